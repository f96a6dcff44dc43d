// The path of annealed importance sampling from the base-rate RBM (no couplings, the data's means) to the RBM itself
// (Salakhutdinov & Murray 2008): f_t(v) = e^{(1−t)·base·v + tβ a₀·v} Πⱼ (1 + e^{tβ(b₀+Wᵀv)ⱼ}), t from 0 to 1. Its
// float64 twin, and what is made of the log-weights, are in theory/partitionAis.ts.
import { sub, mul, tensor1d, tidy, type Tensor1D } from '@tensorflow/tfjs-core';
import type { Model } from './model';

/** Where on the path each annealing stops, from the base model at 0 to the RBM at 1. */
export interface AnnealingPath {
	readonly model: Model;
	readonly beta: number;
	/** log-odds of the base model's visible units, dimensionless, float32 values; `baseLnZ` of theory/ takes them */
	readonly base: Float64Array;
	/** increasing, first 0 and last 1; float32 values */
	readonly schedule: Float64Array;
	/** base, [N] */
	readonly baseField: Tensor1D;
	/** βa₀ − base, [N] */
	readonly drift: Tensor1D;
}

/** Temperatures unless told otherwise, about as many as Salakhutdinov & Murray took. */
export const DEFAULT_TEMPERATURES = 10_000;

/** Means nearer to 0 or 1 than this would make a base model that the path has to leave first. */
const MEAN_MARGIN = 0.01;

/** Log-odds of the base model from visible means of the data, clipped to [0.01, 0.99]; rounded to float32. */
export function baseLogOdds(means: ArrayLike<number>): Float64Array {
	return Float64Array.from(means, (mean) => {
		const p = Math.min(1 - MEAN_MARGIN, Math.max(MEAN_MARGIN, mean));
		return Math.fround(Math.log(p / (1 - p)));
	});
}

/**
 * `temperatures` + 1 stops from 0 to 1, t_k = √(k/temperatures): closer together towards the RBM, where the law changes
 * fastest. With 10 000 of them a hundred runs gave ln Z of models with 20 hidden units to a standard error of 0.012
 * (25×20 trained on bars and stripes) and 0.044 (784×20 trained on MNIST), falling with the root of the runs.
 */
export function defaultSchedule(temperatures = DEFAULT_TEMPERATURES): Float64Array {
	if (!(temperatures >= 1)) throw new RangeError('Annealing takes at least one step.');
	return Float64Array.from({ length: temperatures + 1 }, (_, k) => Math.fround(Math.sqrt(k / temperatures)));
}

function checkSchedule(schedule: ArrayLike<number>): Float64Array {
	const rounded = Float64Array.from(schedule, Math.fround);
	const last = rounded.length - 1;
	const rising = rounded.every((t, k) => k === 0 || t > rounded[k - 1]);
	if (last < 1 || rounded[0] !== 0 || rounded[last] !== 1 || !rising) {
		throw new RangeError('A schedule rises from 0 to 1.');
	}
	return rounded;
}

/** Makes a path to `model`, which stays the caller's and must live as long as the path; dispose with `disposePath`. */
export function makePath(
	model: Model,
	beta: number,
	options: { readonly base: ArrayLike<number>; readonly schedule?: ArrayLike<number> }
): AnnealingPath {
	if (options.base.length !== model.N) {
		throw new RangeError(`${options.base.length} log-odds for ${model.N} units.`);
	}
	const schedule = checkSchedule(options.schedule ?? defaultSchedule());
	const base = Float64Array.from(options.base, Math.fround);
	const baseField = tensor1d(Float32Array.from(base), 'float32');
	const drift = tidy(() => sub(mul(model.visibleBias, beta), baseField) as Tensor1D);
	return { model, beta, base, schedule, baseField, drift };
}

/** Disposes the path, not the model. */
export function disposePath(path: AnnealingPath): void {
	path.baseField.dispose();
	path.drift.dispose();
}
