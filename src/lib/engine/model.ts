// The RBM as tensors: E(v,h) = −a₀·v − b₀·h − vᵀWh, float32. (theory §1)
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Key } from '../random/key';

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

/** The model before training, a pure function of the options and the key; hidden biases 0 unless balanced. */
export declare function initialModel(options: InitialModelOptions, key: Key): Model;

/** Uploads parameters. Throws RangeError on lengths that do not fit. */
export declare function makeModel(arrays: ModelArrays): Model;

/** Reads the parameters back: one small wait, no change to the model. */
export declare function readModel(model: Model): Promise<ModelArrays>;

export declare function disposeModel(model: Model): void;
