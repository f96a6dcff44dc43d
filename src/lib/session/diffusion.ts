// Reverse diffusion as the session runs it: from noise to images level by level, each level told as pictures; and single
// images of the data seen through noise. Works on a copy of the run's weights and leaves the run alone.
import * as tf from '@tensorflow/tfjs-core';
import type { Dataset } from '$lib/data/dataset';
import { unpack } from '$lib/data/unpack';
import { assertBackend } from '$lib/engine/backend';
import { disposeModel, makeModel, type Model, type ModelArrays } from '$lib/engine/model';
import type { Denoiser } from '$lib/engine/denoisers';
import { gaussianNoise } from '$lib/engine/kernels/gaussianNoise';
import { layerGiven } from '$lib/engine/layer';
import {
	disposeReverse,
	geometricSchedule,
	initReverse,
	reverseStep,
	type ReverseState
} from '$lib/engine/reverseDiffusion';
import { uniforms } from '$lib/random/draw';
import { foldIn, keyFromSeed, type Key } from '$lib/random/key';
import { macrotask } from './clock';
import { denoiserOf } from './denoiserOf';
import { KEY } from './keys';
import type {
	DiffusionEnd,
	DiffusionFrame,
	DiffusionListener,
	DiffusionOptions,
	NoisedImages,
	NoisedOptions
} from './protocolDiffusion';

/** Children of a diffusion's key. */
const WALK = 1;
const COINS = 2;
const HIDDEN = 3;
const NOISE = 4;
const DENOISE = 5;

/** What a diffusion works on. */
export interface DiffusionSource {
	readonly arrays: ModelArrays;
	readonly beta: number;
	readonly dataset: Dataset;
}

const keyOf = (seed: number): Key => foldIn(keyFromSeed(seed), KEY.diffusion);

/** The visible part of [P, N+M] as grey values, 0…255. */
async function grey(rows: tf.Tensor2D, N: number): Promise<Uint8Array> {
	const scaled = tf.tidy(() => tf.clipByValue(tf.slice(rows, [0, 0], [rows.shape[0], N]), 0, 1));
	const values = await scaled.data();
	scaled.dispose();
	return Uint8Array.from(values, (x) => Math.round(255 * x));
}

function check(options: DiffusionOptions): void {
	const whole = (n: number, most: number) => Number.isInteger(n) && n >= 1 && n <= most;
	if (!whole(options.images, 64)) throw new RangeError('From 1 to 64 images are made at once.');
	if (!whole(options.levels, 1000)) throw new RangeError('A diffusion takes from 1 to 1000 levels.');
	if (!(options.sigmaMin > 0 && options.sigmaMax > options.sigmaMin && options.sigmaMax <= 1e4))
		throw new RangeError('σ falls from at most 10,000 to a smaller positive value.');
}

export class Diffusion {
	#held = false;
	#cancelled = false;
	#wake: () => void = () => {};

	hold(held: boolean): void {
		this.#held = held;
		if (!held) this.#wake();
	}

	cancel(): void {
		this.#cancelled = true;
		this.#wake();
	}

	/** @throws RangeError for options out of range; what the backend throws */
	async run(
		{ arrays, beta, dataset }: DiffusionSource,
		options: DiffusionOptions,
		listener: DiffusionListener
	): Promise<DiffusionEnd> {
		check(options);
		const { N, M } = arrays;
		const schedule = geometricSchedule({
			steps: options.levels,
			sigmaMax: options.sigmaMax,
			sigmaMin: options.sigmaMin
		});
		const key = keyOf(options.seed);
		const model = makeModel(arrays);
		let chosen: ReturnType<typeof denoiserOf> | null = null;
		let state: ReverseState | null = null;
		let pictures: Omit<DiffusionFrame, 'level' | 'sigma'> | null = null;
		try {
			chosen = denoiserOf(model, arrays, beta, options.denoiser, options.sweeps);
			listener.facts({
				N,
				M,
				rows: dataset.rows,
				cols: dataset.cols,
				sigmas: schedule.map(Math.sqrt),
				denoiser: chosen.sentence
			});
			const inner = chosen.denoise;
			let level = 0;
			/** The denoiser of the steps, looked at on its way: a level's guess costs nothing extra. */
			const watched: Denoiser = async (z, sigma2, draw) => {
				const mean = await inner(z, sigma2, draw);
				const denoised = await grey(mean, N);
				pictures = { noisy: await grey(z, N), denoised, bits: coins(denoised, foldIn(key, COINS), level) };
				return mean;
			};
			state = initReverse(schedule, options.images, N + M, foldIn(key, WALK));
			for (; ; level++) {
				await this.#turn();
				if (this.#cancelled) return 'cancelled';
				assertBackend();
				if (level < options.levels) {
					const walking: ReverseState = state;
					// a step consumes its state, also when it fails
					state = null;
					[state] = await reverseStep(walking, watched, schedule);
				} else {
					const draw = { key: foldIn(foldIn(key, WALK), DENOISE), counter: level };
					(await watched(state.z, schedule[level], draw)).dispose();
				}
				listener.frame({ level, sigma: Math.sqrt(schedule[level]), ...pictures! });
				if (level === options.levels) return 'done';
			}
		} finally {
			if (state) disposeReverse(state);
			chosen?.dispose();
			disposeModel(model);
		}
	}

	/** Lets messages in, and waits while the diffusion is held. */
	async #turn(): Promise<void> {
		await macrotask();
		while (this.#held && !this.#cancelled)
			await new Promise<void>((resolve) => {
				this.#wake = resolve;
			});
	}
}

/** Independent coins of grey probabilities. */
function coins(probabilities: Uint8Array, key: Key, level: number): Uint8Array {
	const draws = uniforms(probabilities.length, key, level);
	return probabilities.map((p, i) => (draws[i] * 255 < p ? 1 : 0));
}

/** z = s + N(0, σ²) for rows of the data and hidden layers drawn given them, [P, N+M]. Caller disposes. */
function noised(model: Model, beta: number, visible: tf.Tensor2D, sigma: number, key: Key): tf.Tensor2D {
	return tf.tidy(() => {
		const draw = { key: foldIn(key, HIDDEN), counter: 0 };
		const hidden = layerGiven(model, beta, 'hidden', visible, draw, false).states!;
		const [P, K] = [visible.shape[0], model.N + model.M];
		const noise = gaussianNoise(P, K, { key: foldIn(key, NOISE), counter: 0 });
		return tf.add(tf.concat([visible, hidden], 1), tf.mul(noise, sigma)) as tf.Tensor2D;
	});
}

/** Data rows through noise of one σ, and E[s|z]. @throws RangeError for rows that are not there or a σ that is not > 0 */
export async function noisedImages(
	{ arrays, beta, dataset }: DiffusionSource,
	options: NoisedOptions
): Promise<NoisedImages> {
	const { rows, sigma, denoiser, sweeps, seed } = options;
	const { train } = dataset;
	if (!(rows.length >= 1 && rows.length <= 64))
		throw new RangeError('From 1 to 64 rows are looked at at once.');
	if (rows.some((row) => !(Number.isInteger(row) && row >= 0 && row < train.count)))
		throw new RangeError(`There are ${train.count} training rows.`);
	if (!(sigma > 0 && sigma <= 1e4)) throw new RangeError('σ is positive, and at most 10,000.');
	const key = keyOf(seed);
	const clean = unpack(train, rows);
	const model = makeModel(arrays);
	const visible = tf.tensor2d(Float32Array.from(clean), [rows.length, arrays.N]);
	let z: tf.Tensor2D | null = null;
	let chosen: ReturnType<typeof denoiserOf> | null = null;
	try {
		chosen = denoiserOf(model, arrays, beta, denoiser, sweeps);
		z = noised(model, beta, visible, sigma, key);
		const mean = await chosen.denoise(z, sigma * sigma, { key: foldIn(key, DENOISE), counter: 0 });
		const denoised = await grey(mean, arrays.N);
		mean.dispose();
		return { clean, noisy: await grey(z, arrays.N), denoised, denoiser: chosen.sentence };
	} finally {
		tf.dispose(z ? [visible, z] : [visible]);
		chosen?.dispose();
		disposeModel(model);
	}
}
