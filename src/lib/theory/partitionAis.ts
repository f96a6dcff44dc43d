// Annealed importance sampling (Salakhutdinov & Murray 2008), the half that needs no sampling: the annealing path,
// its log-weight increments, and the estimate of ln Z with its error bar from the log-weights the engine returns.
import type { Rbm } from './rbm.ts';
import { hiddenField, logSumExp, softplus } from './rbm.ts';
import { dot } from './linalgProducts.ts';

/** ln Z by AIS, with what is needed to distrust it. */
export interface AisEstimate {
	readonly lnZ: number;
	/** One standard error of lnZ by the delta method: sd(w)/(mean(w)·√K). Too small when `effective` is small. */
	readonly error: number;
	/** Effective number of runs (Σw)²/Σw²; near 1 means one run carries the estimate. */
	readonly effective: number;
	readonly runs: number;
	/** ln Z₀ + mean ln w, which lies below ln Z on average (Jensen); above it for reverse runs. */
	readonly bound: number;
	/** One standard error of `bound`. */
	readonly boundError: number;
}

/**
 * ln of the unnormalised marginal f_t(v) on the annealing path from the base-rate RBM (no couplings, visible bias
 * `base`) at t = 0 to the RBM itself at t = 1: (1−t)·base·v + tβ a₀·v + Σⱼ ln(1 + e^{tβ(b₀+Wᵀv)ⱼ}).
 * @param base N log-odds of the base-rate model, dimensionless (β included)
 * @param t position on the path, 0…1
 * @param v N visible values
 */
export function annealedLogWeight(
	rbm: Rbm,
	beta: number,
	base: Float64Array,
	t: number,
	v: Float64Array
): number {
	let sum = (1 - t) * dot(base, v) + t * beta * dot(rbm.visibleBias, v);
	for (const field of hiddenField(rbm, v)) sum += softplus(t * beta * field);
	return sum;
}

/** ln Z at t = 0 of that path: M ln 2 + Σᵢ ln(1+e^{baseᵢ}). */
export function baseLnZ(rbm: Rbm, base: Float64Array): number {
	return base.reduce((s, b) => s + softplus(b), rbm.M * Math.LN2);
}

/**
 * What one AIS run adds to ln w between neighbouring temperatures: ln f_to(v) − ln f_from(v) at the state v held
 * *before* the transition that leaves f_to invariant.
 */
export function aisIncrement(
	rbm: Rbm,
	beta: number,
	base: Float64Array,
	from: number,
	to: number,
	v: Float64Array
): number {
	return annealedLogWeight(rbm, beta, base, to, v) - annealedLogWeight(rbm, beta, base, from, v);
}

/**
 * Forward AIS: E[w] = Z/Z₀ exactly, for any number of temperatures, so w is unbiased and ln Z is on average too low.
 * @param logWeights ln w of independent runs
 * @param lnZ0 ln Z of the base model, from `baseLnZ`
 * @throws RangeError for no runs or a NaN
 */
export function aisEstimate(logWeights: ArrayLike<number>, lnZ0: number): AisEstimate {
	const { logMean, meanLog, ...rest } = weightStatistics(logWeights);
	return { lnZ: lnZ0 + logMean, bound: lnZ0 + meanLog, ...rest };
}

/**
 * Reverse AIS: runs start from exact samples of the RBM and are annealed to the base model. With ln w the sum of
 * the same increments ln f_from − ln f_to taken downwards, E[w] = Z₀/Z, and ln Z is on average too high.
 * Samples that are not from the RBM (training data, say) void the bound.
 * @param logWeights ln w of independent reverse runs
 * @param lnZ0 ln Z of the base model
 */
export function reverseAisEstimate(logWeights: ArrayLike<number>, lnZ0: number): AisEstimate {
	const { logMean, meanLog, ...rest } = weightStatistics(logWeights);
	return { lnZ: lnZ0 - logMean, bound: lnZ0 - meanLog, ...rest };
}

/** The bracket [forward mean ln w, reverse mean ln w] around ln Z, each end moved out by `sigmas` standard errors. */
export function aisBracket(
	forward: AisEstimate,
	reverse: AisEstimate,
	sigmas = 0
): readonly [number, number] {
	return [forward.bound - sigmas * forward.boundError, reverse.bound + sigmas * reverse.boundError];
}

/** ln of the mean of e^x, without overflow. @throws RangeError for an empty list */
export function logMeanExp(x: ArrayLike<number>): number {
	if (x.length === 0) throw new RangeError('logMeanExp: no values');
	return logSumExp(x) - Math.log(x.length);
}

function weightStatistics(logWeights: ArrayLike<number>) {
	const runs = logWeights.length;
	if (runs === 0) throw new RangeError('AIS: no runs');
	let top = -Infinity;
	for (let i = 0; i < runs; i++) {
		if (Number.isNaN(logWeights[i])) throw new RangeError(`AIS: log-weight ${i} is NaN`);
		top = Math.max(top, logWeights[i]);
	}
	let sum = 0;
	let squares = 0;
	let meanLog = 0;
	for (let i = 0; i < runs; i++) {
		const w = Math.exp(logWeights[i] - top);
		sum += w;
		squares += w * w;
		meanLog += logWeights[i] / runs;
	}
	const mean = sum / runs;
	let spread = 0;
	let logSpread = 0;
	for (let i = 0; i < runs; i++) {
		spread += (Math.exp(logWeights[i] - top) - mean) ** 2;
		logSpread += (logWeights[i] - meanLog) ** 2;
	}
	const perMean = (total: number) => (runs > 1 ? Math.sqrt(total / (runs - 1) / runs) : Infinity);
	return {
		logMean: top + Math.log(mean),
		meanLog,
		error: perMean(spread) / mean,
		boundError: perMean(logSpread),
		effective: (sum * sum) / squares,
		runs
	};
}
