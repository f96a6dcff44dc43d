// All five closures side by side: the curvatures that each assigns to the N+M normal modes of one RBM.
import { LiftBoundError } from '../lift.ts';
import type { Rbm } from '../rbm.ts';
import { curvatures, type ClosureName } from './closure.ts';
import { entropicClosure } from './entropic.ts';
import { canEnumerateCovariance, exactCovariance } from './exactCovariance.ts';
import { fittedClosure } from './fitted.ts';
import { gaussianClosure } from './gaussian.ts';
import { smoothedClosure } from './smoothed.ts';
import { tapClosure } from './tap.ts';

/**
 * Curvatures κ of βU_eff, N+M numbers rising, by closure:
 * - `gaussian`: 4±βλᵢ and |N−M| times 4, the same everywhere; negative ones (βλ > 4, unstable) are kept.
 * - `entropic`: eigenvalues of diag(1/(m(1−m))) + βJ at the lowest minimum of the mean-field free energy.
 * - `tap`: eigenvalues of the Hessian with the Onsager term at that free energy's own lowest minimum.
 * - `fitted`: eigenvalues of C^{−1}, C the exact covariance of the units by enumeration; null when min(N,M) > 20, when
 *   2^min(N,M)·(N+M)² > 1e10, or when a unit is pinned so hard that C is singular to rounding.
 * - `smoothed`: eigenvalues of A/σ² − diag(m(1−m))/σ⁴ at the lowest minimum of the lifted potential; null when
 *   βσ²λ_max ≥ 1 or β = 0.
 * D times a curvature is the rate of that mode's oscillator.
 * @param rbm any RBM
 * @param beta inverse temperature, ≥ 0
 * @param sigma2 σ² of the smoothed closure; min(¼, 0.9/(βλ_max)) when left out
 */
export function curvaturesByClosure(
	rbm: Rbm,
	beta: number,
	sigma2?: number
): Record<ClosureName, number[] | null> {
	return {
		gaussian: Array.from(curvatures(gaussianClosure(rbm, beta))),
		entropic: Array.from(curvatures(entropicClosure(rbm, beta))),
		tap: Array.from(curvatures(tapClosure(rbm, beta))),
		fitted: fitted(rbm, beta),
		smoothed: smoothed(rbm, beta, sigma2)
	};
}

function fitted(rbm: Rbm, beta: number): number[] | null {
	if (!canEnumerateCovariance(rbm)) return null;
	const { mean, covariance } = exactCovariance(rbm, beta);
	try {
		return Array.from(curvatures(fittedClosure(rbm, beta, mean, covariance)));
	} catch (error) {
		if (error instanceof RangeError) return null;
		throw error;
	}
}

function smoothed(rbm: Rbm, beta: number, sigma2?: number): number[] | null {
	if (beta === 0) return null;
	try {
		return Array.from(curvatures(smoothedClosure(rbm, beta, sigma2)));
	} catch (error) {
		if (error instanceof LiftBoundError) return null;
		throw error;
	}
}
