// The fitted closure: U_eff as the Gaussian with the mean and covariance of samples, data, or exact enumeration. It
// assumes nothing about ρ; the constraint's own curvature is what is left after the coupling is taken away.
import { symEigen } from '../linalg.ts';
import { matVec } from '../linalgProducts.ts';
import { cholesky, solveCholesky } from '../linalgSolve.ts';
import type { Rbm } from '../rbm.ts';
import { couplingMatrix, reciprocalFrame, type Frame } from '../reciprocal.ts';
import type { Closure, NormalMode } from './closure.ts';
import { nameModes } from './modes.ts';

export interface FittedClosure extends Closure {
	/** k = C^{−1} − βJ, (N+M)² row-major: the curvature of the constraint potential that the fit implies. */
	constraintHessian(): Float64Array;
}

/**
 * βU = ½(s−μ)ᵀC^{−1}(s−μ) + ½ ln det 2πC, a normalised Gaussian (Z is not known from samples).
 * @param rbm the RBM whose couplings name the modes
 * @param beta inverse temperature
 * @param mean μ, N+M entries
 * @param covariance C, (N+M)² row-major, symmetric positive definite
 * @param samples how many independent samples C comes from, if not exact: fewer than N+M+1 cannot be right
 * @throws RangeError for wrong lengths, or a C that is not positive definite (a unit that never changes, say)
 */
export function fittedClosure(
	rbm: Rbm,
	beta: number,
	mean: Float64Array,
	covariance: Float64Array,
	samples = Infinity
): FittedClosure {
	const n = rbm.N + rbm.M;
	if (mean.length !== n || covariance.length !== n * n)
		throw new RangeError(`fittedClosure: mean and covariance must have ${n} and ${n * n} entries`);
	const factor = cholesky(n, covariance);
	const { values, vectors } = symEigen(n, covariance);
	if (!factor || !(values[0] > 1e-14 * values[n - 1]))
		throw new RangeError(
			'fittedClosure: the covariance is not positive definite (does some unit never change?)'
		);
	let frame: Frame | null = null;
	let modes: NormalMode[] | null = null;
	let precision: Float64Array | null = null;
	const constant = values.reduce((s, c) => s + 0.5 * Math.log(2 * Math.PI * c), 0);
	const hessian = () => {
		if (!precision) {
			precision = new Float64Array(n * n);
			for (let j = 0; j < n; j++) {
				const unit = new Float64Array(n);
				unit[j] = 1;
				solveCholesky(n, factor, unit).forEach((e, i) => ((precision as Float64Array)[i * n + j] = e));
			}
		}
		return precision;
	};
	const gradient = (at: Float64Array) =>
		matVec(
			hessian(),
			n,
			n,
			at.map((e, k) => e - mean[k])
		);
	const potential = (at: Float64Array) => {
		const g = gradient(at);
		return at.reduce((s, e, k) => s + 0.5 * (e - mean[k]) * g[k], constant);
	};
	return {
		name: 'fitted',
		size: n,
		beta,
		validity:
			samples > n
				? {
						valid: true,
						reason: 'Curvatures are inverse variances: upper bounds on the rates of linear observables.'
					}
				: { valid: false, reason: `${samples} samples cannot fix a covariance of ${n} units.` },
		potential,
		gradient,
		hessian: () => hessian().slice(),
		minima: () => [{ at: mean.slice(), value: constant }],
		modes: () =>
			(modes ??= nameModes(
				(frame ??= reciprocalFrame(rbm)),
				Array.from(values, (_, p) => {
					const k = n - 1 - p;
					return {
						curvature: 1 / values[k],
						shape: Float64Array.from({ length: n }, (__, i) => vectors[i * n + k])
					};
				})
			)),
		constraintHessian: () => {
			const j = couplingMatrix(rbm);
			return hessian().map((e, k) => e - beta * j[k]);
		}
	};
}
