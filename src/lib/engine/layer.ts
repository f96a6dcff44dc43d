// Half a Gibbs sweep: one layer's states, probabilities or both, given binary states of the other. One pass of our SIMD
// module on wasm, one dispatch on webgpu; a matrix product and kernels of ours elsewhere.
import { matMul, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Draw } from './kernels/draw';
import { drawLayer, drawsLayerAtOnce } from './kernels/drawLayer';
import { sampleUnits } from './kernels/sampleUnits';
import { unitProbabilities } from './kernels/unitProbabilities';
import type { Model } from './model';
import { prepareTransposed, productWithTransposed } from './product';

/** A layer given the other; tensors are the caller's. */
export interface Layer {
	/** 0/1, null unless drawn */
	readonly states: Tensor2D | null;
	/** null unless asked for */
	readonly probabilities: Tensor2D | null;
}

export type Side = 'visible' | 'hidden';

/**
 * The layer `side` given binary states of the other, [rows, units]: drawn with `draw` unless that is null,
 * probabilities when asked for.
 */
export function layerGiven(
	model: Model,
	beta: number,
	side: Side,
	other: Tensor2D,
	draw: Draw | null,
	probabilities: boolean
): Layer {
	const transposed = side === 'visible';
	const bias = transposed ? model.visibleBias : model.hiddenBias;
	const made = drawsLayerAtOnce()
		? drawLayer(other, model.weights, bias, { beta, transposed, draw, probabilities })
		: compose(other, model.weights, transposed, bias, beta, draw, probabilities);
	return { states: draw ? made[0] : null, probabilities: probabilities ? made[made.length - 1] : null };
}

function compose(
	other: Tensor2D,
	weights: Tensor2D,
	transposed: boolean,
	bias: Tensor1D,
	beta: number,
	draw: Draw | null,
	probabilities: boolean
): Tensor2D[] {
	return tidy(() => {
		const x = transposed
			? productWithTransposed(other, prepareTransposed(weights))
			: (matMul(other, weights) as Tensor2D);
		return [
			...(draw ? [sampleUnits(x, bias, beta, draw)] : []),
			...(probabilities ? [unitProbabilities(x, bias, beta)] : [])
		];
	});
}
