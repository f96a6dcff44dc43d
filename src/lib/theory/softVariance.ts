// The variance of the leading soft mode through a family of machines, exact and as the
// closures that know a minimum give it.
import { entropicClosure } from './closures/entropic.ts';
import type { Closure } from './closures/closure.ts';
import { exactCovariance } from './closures/exactCovariance.ts';
import { gaussianClosure } from './closures/gaussian.ts';
import { tapClosure } from './closures/tap.ts';
import { matVec, dot } from './linalgProducts.ts';
import { solve } from './linalgSolve.ts';
import type { Rbm } from './rbm.ts';
import { modesToUnits, reciprocalFrame } from './reciprocal.ts';

export interface SoftVarianceJob {
	/** the machines, each enumerable */
	readonly rbms: readonly Rbm[];
	readonly beta: number;
}

export interface SoftVariances {
	/** ⟨w₁²⟩ − ⟨w₁⟩² of the RBM, exact */
	readonly exact: Float64Array;
	/** rᵀK⁻¹r at the closure's lowest minimum; NaN where it has none */
	readonly gaussian: Float64Array;
	readonly entropic: Float64Array;
	readonly tap: Float64Array;
}

/** Exact variance of w₁ = rᵀs, r the unit vector (u₁, v₁)/√2. */
export function softVariance(rbm: Rbm, beta: number): number {
	const r = softDirection(rbm);
	return dot(r, matVec(exactCovariance(rbm, beta).covariance, r.length, r.length, r));
}

/** All four curves; some milliseconds a machine. */
export function softVariances({ rbms, beta }: SoftVarianceJob): SoftVariances {
	const through = (f: (rbm: Rbm) => number) => Float64Array.from(rbms, f);
	const laplace = (make: (rbm: Rbm, beta: number) => Closure) =>
		through((rbm) => {
			const closure = make(rbm, beta);
			const lowest = closure.minima()[0];
			if (!lowest) return NaN;
			const r = softDirection(rbm);
			const k = closure.hessian(lowest.at);
			return dot(r, solve(r.length, k, r));
		});
	return {
		exact: through((rbm) => softVariance(rbm, beta)),
		gaussian: laplace(gaussianClosure),
		entropic: laplace(entropicClosure),
		tap: laplace(tapClosure)
	};
}

function softDirection(rbm: Rbm): Float64Array {
	const frame = reciprocalFrame(rbm);
	const unit = new Float64Array(rbm.N + rbm.M);
	unit[frame.r] = 1;
	return modesToUnits(frame, unit);
}
