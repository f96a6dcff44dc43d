// The RBM as tensors: E(v,h) = −a₀·v − b₀·h − vᵀWh, float32. (theory §1)
import { tensor1d, tensor2d, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { normals } from '$lib/random/draw';
import type { Key } from '$lib/random/key';
import { assertBackend } from './backend';

/** Parameters on the device. Whoever holds a Model owns its tensors. */
export interface Model {
	readonly N: number;
	readonly M: number;
	/** W, [N, M] */
	readonly weights: Tensor2D;
	/** a₀, [N] */
	readonly visibleBias: Tensor1D;
	/** b₀, [M] */
	readonly hiddenBias: Tensor1D;
}

/** Parameters in memory, float32; `weights` row-major N×M. */
export interface ModelArrays {
	readonly N: number;
	readonly M: number;
	readonly weights: Float32Array;
	readonly visibleBias: Float32Array;
	readonly hiddenBias: Float32Array;
}

export interface InitialModelOptions {
	readonly N: number;
	readonly M: number;
	/** standard deviation of the iid Gaussian weights */
	readonly weightScale: number;
	readonly beta: number;
	/** visible means of the data: a₀ = logit(mean)/β with means clipped to [0.01, 0.99]; null or absent: 0 */
	readonly visibleMeans?: Float32Array | null;
	/** a₀ = −½W1, b₀ = −½Wᵀ1, so that ½ is the symmetric point (theory §6); excludes `visibleMeans` */
	readonly balanced?: boolean;
}

/** Means nearer to 0 or 1 than this would start biases that learning hardly moves back. */
const MEAN_MARGIN = 0.01;

/** Parameters before training, in memory: a pure function of the options and the key. */
export function initialArrays(options: InitialModelOptions, key: Key): ModelArrays {
	const { N, M, weightScale, beta, visibleMeans, balanced } = options;
	if (balanced && visibleMeans)
		throw new RangeError('A balanced model has no room for the means of the data.');
	if (visibleMeans && visibleMeans.length !== N)
		throw new RangeError(`${visibleMeans.length} means for ${N} units.`);
	const weights = Float32Array.from(normals(N * M, key), (x) => weightScale * x);
	const visibleBias = new Float32Array(N);
	const hiddenBias = new Float32Array(M);
	if (balanced) {
		for (let i = 0; i < N; i++) {
			for (let j = 0; j < M; j++) {
				visibleBias[i] -= weights[i * M + j] / 2;
				hiddenBias[j] -= weights[i * M + j] / 2;
			}
		}
	} else if (visibleMeans) {
		for (let i = 0; i < N; i++) {
			const mean = Math.min(1 - MEAN_MARGIN, Math.max(MEAN_MARGIN, visibleMeans[i]));
			visibleBias[i] = Math.log(mean / (1 - mean)) / beta;
		}
	}
	return { N, M, weights, visibleBias, hiddenBias };
}

/** The model before training, on the device; hidden biases 0 unless balanced. */
export function initialModel(options: InitialModelOptions, key: Key): Model {
	return makeModel(initialArrays(options, key));
}

/** Uploads parameters. Throws RangeError on lengths that do not fit. */
export function makeModel(arrays: ModelArrays): Model {
	const { N, M, weights, visibleBias, hiddenBias } = arrays;
	if (weights.length !== N * M || visibleBias.length !== N || hiddenBias.length !== M) {
		throw new RangeError(`Parameters of a ${N}×${M} RBM have ${N * M}, ${N} and ${M} entries.`);
	}
	return {
		N,
		M,
		weights: tensor2d(weights, [N, M], 'float32'),
		visibleBias: tensor1d(visibleBias, 'float32'),
		hiddenBias: tensor1d(hiddenBias, 'float32')
	};
}

/** Reads the parameters back: one wait, no change to the model. Throws when the backend is lost. */
export async function readModel(model: Model): Promise<ModelArrays> {
	assertBackend();
	const [weights, visibleBias, hiddenBias] = await Promise.all(
		[model.weights, model.visibleBias, model.hiddenBias].map((tensor) => tensor.data<'float32'>())
	);
	assertBackend();
	// Copies: on webgpu and cpu `data` may hand out the array that the backend keeps.
	return {
		N: model.N,
		M: model.M,
		weights: weights.slice(),
		visibleBias: visibleBias.slice(),
		hiddenBias: hiddenBias.slice()
	};
}

export function disposeModel(model: Model): void {
	model.weights.dispose();
	model.visibleBias.dispose();
	model.hiddenBias.dispose();
}
