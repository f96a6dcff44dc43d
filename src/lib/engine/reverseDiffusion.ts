// Reverse-time diffusion with a denoiser (theory §5, end; Song et al., ICLR 2021, variance exploding; Ho, Jain, Abbeel,
// NeurIPS 2020) as a simulation: noised rows z = s + N(0, σ²) are led from a large σ to a small one and then rounded.
// The score of the noised law is (E[s|z]−z)/σ². A step from σ² to σ′² draws from the bridge between z and the denoised
// row, z′ = z + (σ²−σ′²)·score + √(σ′²(σ²−σ′²)/σ²)·ξ: exact in the limit of many levels.
// Ownership: `reverseStep` CONSUMES its state, also when it fails; denoisers and what they hold stay the caller's.
import {
	add,
	clipByValue,
	log,
	mul,
	sub,
	tidy,
	zeros,
	type Tensor1D,
	type Tensor2D
} from '@tensorflow/tfjs-core';
import { foldIn, type Key } from '$lib/random/key';
import type { Denoiser } from './denoisers';
import { gaussianNoise } from './kernels/gaussianNoise';
import { sampleUnits } from './kernels/sampleUnits';

/** Variances σ² from the noisiest level to the last, falling. */
export type NoiseSchedule = Float64Array;

export interface ScheduleOptions {
	/** how many denoising steps, ≥ 1 */
	readonly steps: number;
	/** σ of the start; well above the rows' own spread √K/2, or the start remembers nothing of the law's mean */
	readonly sigmaMax: number;
	/** σ of the last level; rounding there is by the denoiser itself */
	readonly sigmaMin: number;
}

/** Geometric in σ: `steps` + 1 levels. @throws RangeError unless σ_max > σ_min > 0 and steps ≥ 1. */
export function geometricSchedule({ steps, sigmaMax, sigmaMin }: ScheduleOptions): NoiseSchedule {
	if (!(steps >= 1 && sigmaMin > 0 && sigmaMax > sigmaMin)) {
		throw new RangeError('A schedule falls from σ_max to σ_min > 0 in at least one step.');
	}
	const ratio = sigmaMin / sigmaMax;
	return Float64Array.from({ length: steps + 1 }, (_, k) => (sigmaMax * ratio ** (k / steps)) ** 2);
}

export interface ReverseState {
	/** [P, K], unit coordinates, visible units first */
	readonly z: Tensor2D;
	readonly key: Key;
	/** index of the present noise level in the schedule: also the counter of the draws */
	readonly level: number;
}

export interface ReverseInfo {
	readonly level: number;
	/** σ² of the present level */
	readonly sigma2: number;
	/** whether the last level is reached */
	readonly done: boolean;
}

/** Children of a state's key. */
const START = 1;
const NOISE = 2;
const DENOISE = 3;
const ROUND = 4;

/**
 * Pure noise about the cube's centre, N(½, σ₀² + ¼): the mean and variance of uniformly random rows at that noise.
 * @throws RangeError for no particles or units.
 */
export function initReverse(
	schedule: NoiseSchedule,
	particles: number,
	units: number,
	key: Key
): ReverseState {
	if (!(particles >= 1 && units >= 1)) throw new RangeError('A diffusion needs particles and units.');
	const z = tidy(() => {
		const noise = gaussianNoise(particles, units, { key: foldIn(key, START), counter: 0 });
		return add(mul(noise, Math.sqrt(schedule[0] + 0.25)), 0.5) as Tensor2D;
	});
	return { z, key, level: 0 };
}

/** (E[s|z]−z)/σ² at the present level, [P, K]: the score of the noised law. Caller disposes. */
export async function reverseScore(
	state: ReverseState,
	denoiser: Denoiser,
	schedule: NoiseSchedule
): Promise<Tensor2D> {
	const sigma2 = schedule[state.level];
	const mean = await denoiser(state.z, sigma2, { key: foldIn(state.key, DENOISE), counter: state.level });
	const score = tidy(() => mul(sub(mean, state.z), 1 / sigma2) as Tensor2D);
	mean.dispose();
	return score;
}

/** One level down; at the last level nothing moves. Consumes `state`. */
export async function reverseStep(
	state: ReverseState,
	denoiser: Denoiser,
	schedule: NoiseSchedule
): Promise<[ReverseState, ReverseInfo]> {
	const last = schedule.length - 1;
	if (state.level >= last) return [state, infoOf(state.level)];
	const { z, key, level } = state;
	const [from, to] = [schedule[level], schedule[level + 1]];
	let score: Tensor2D;
	try {
		score = await reverseScore(state, denoiser, schedule);
	} catch (error) {
		z.dispose();
		throw error;
	}
	const next = tidy(() => {
		const noise = gaussianNoise(z.shape[0], z.shape[1], { key: foldIn(key, NOISE), counter: level });
		const spread = Math.sqrt((to * (from - to)) / from);
		return add(add(z, mul(score, from - to)), mul(noise, spread)) as Tensor2D;
	});
	score.dispose();
	z.dispose();
	return [{ z: next, key, level: level + 1 }, infoOf(level + 1)];

	function infoOf(at: number): ReverseInfo {
		return { level: at, sigma2: schedule[at], done: at >= last };
	}
}

/**
 * Binary rows from the present level, float32 0/1 [P, K]: independent coins of the denoised means. At a small σ the
 * means are all but 0 or 1, and what coins lose of the units' correlations is small. The state lives on.
 */
export async function roundReverse(
	state: ReverseState,
	denoiser: Denoiser,
	schedule: NoiseSchedule
): Promise<Tensor2D> {
	const { z, key, level } = state;
	const mean = await denoiser(z, schedule[level], { key: foldIn(key, DENOISE), counter: level });
	const drawn = tidy(() => coins(mean, { key: foldIn(key, ROUND), counter: level }));
	mean.dispose();
	return drawn;
}

/** 1 where a uniform number is below p: through the logit, which is what `sampleUnits` takes. */
function coins(p: Tensor2D, draw: { readonly key: Key; readonly counter: number }): Tensor2D {
	const clipped = clipByValue(p, TINY, 1 - TINY);
	const logit = sub(log(clipped), log(sub(1, clipped))) as Tensor2D;
	return sampleUnits(logit, zeros([p.shape[1]]) as Tensor1D, 1, draw);
}

/** Means are kept this far from 0 and 1, below what 23-bit uniforms resolve. */
const TINY = 2 ** -24;

export function disposeReverse(state: ReverseState): void {
	state.z.dispose();
}
