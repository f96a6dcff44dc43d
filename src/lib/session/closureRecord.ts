// The curvatures of the Scene's closure at a record: closed forms are left to the page, the closures that need a
// minimum or a covariance are computed here, now and then, for machines small enough.
import { entropicClosure } from '$lib/theory/closures/entropic';
import { fittedClosure } from '$lib/theory/closures/fitted';
import { tapClosure } from '$lib/theory/closures/tap';
import type { Closure, ClosureName } from '$lib/theory/closures/closure';
import type { Rbm } from '$lib/theory/rbm';
import type { ClosureRecord } from './protocol';

/** Most units, N+M, for which a closure's Hessian is diagonalised during a run. */
export const CLOSURE_UNITS = 96;

/** Joint binary samples (v,h), row-major [count × (N+M)]. */
export interface JointSamples {
	readonly count: number;
	readonly bits: ArrayLike<number>;
}

/**
 * κ of the stiff and soft mode of each singular value (falling), NaN where the closure has no such mode, for the
 * entropic, TAP and fitted closures; null for the two with closed forms in λ (gaussian, smoothed).
 */
export function closureRecord(
	name: ClosureName,
	rbm: Rbm,
	beta: number,
	samples: JointSamples
): ClosureRecord | null {
	if (name === 'gaussian' || name === 'smoothed') return null;
	const r = Math.min(rbm.N, rbm.M);
	const none = (reason: string): ClosureRecord => ({
		name,
		stiff: new Float32Array(r).fill(NaN),
		soft: new Float32Array(r).fill(NaN),
		valid: false,
		reason
	});
	if (rbm.N + rbm.M > CLOSURE_UNITS)
		return none(`With more than ${CLOSURE_UNITS} units this closure is not computed during a run.`);
	let closure: Closure;
	try {
		closure = {
			entropic: () => entropicClosure(rbm, beta),
			tap: () => tapClosure(rbm, beta),
			fitted: () => fitted(rbm, beta, samples)
		}[name]();
	} catch (error) {
		return none(error instanceof Error ? error.message : String(error));
	}
	if (closure.minima().length === 0) return none('The closure has no minimum here.');
	const found = none(closure.validity.reason);
	for (const mode of closure.modes()) {
		if (mode.singular === null) continue;
		const target = mode.kind === 'stiff' ? found.stiff : found.soft;
		target[mode.singular] = mode.curvature;
	}
	return { ...found, valid: closure.validity.valid };
}

/** K = C⁻¹ of the samples, with the bias of an inverse Wishart matrix, (n−1)/(n−p−2), taken off. */
function fitted(rbm: Rbm, beta: number, { count, bits }: JointSamples): Closure {
	const p = rbm.N + rbm.M;
	const mean = new Float64Array(p);
	for (let s = 0; s < count; s++) for (let i = 0; i < p; i++) mean[i] += bits[s * p + i] / count;
	const unbiased = (count - 1) / (count - p - 2);
	if (!(unbiased > 0)) throw new RangeError(`${count} samples are too few for the covariance of ${p} units.`);
	const covariance = new Float64Array(p * p);
	for (let s = 0; s < count; s++)
		for (let i = 0; i < p; i++) {
			const a = (bits[s * p + i] - mean[i]) / (count - 1);
			for (let j = 0; j <= i; j++) covariance[i * p + j] += a * (bits[s * p + j] - mean[j]);
		}
	for (let i = 0; i < p; i++)
		for (let j = 0; j <= i; j++) {
			covariance[i * p + j] *= unbiased;
			covariance[j * p + i] = covariance[i * p + j];
		}
	return fittedClosure(rbm, beta, mean, covariance, count);
}
