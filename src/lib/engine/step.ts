// The step of all parameters along the contrastive gradient, with momentum and weight decay: tensor operations, or one
// pass of our SIMD module on wasm, or four dispatches on webgpu.
import { add, mul, sub, tidy, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { contrast, type Gradient, type Offsets, type Statistics } from './gradient';
import { drawsLayerAtOnce } from './kernels/drawLayer';
import { stepAtOnce, type StepAttributes } from './kernels/stepParameters';
import type { Model } from './model';

/** Parameters and their velocities. */
export interface Moving {
	readonly model: Model;
	readonly velocity: Gradient;
}

export interface StepSettings {
	readonly learningRate: number;
	readonly beta: number;
	readonly momentum: number;
	readonly weightDecay: number;
}

/**
 * velocity ← momentum·velocity + learningRate·(gradient − weightDecay·W) (decay of weights only), parameters +=
 * velocity; rows of data and model as `contrast` takes them, visible rows binary, no row weights. Nothing is disposed;
 * the results are the caller's.
 */
export function stepParameters(
	{ model, velocity }: Moving,
	data: Statistics,
	chains: Statistics,
	offsets: Offsets | null,
	settings: StepSettings
): Moving {
	const attributes: StepAttributes = {
		factor: settings.learningRate * settings.beta,
		momentum: settings.momentum,
		decay: settings.learningRate * settings.weightDecay
	};
	const tensors = drawsLayerAtOnce()
		? fused(model, velocity, data, chains, offsets, attributes)
		: composed(model, velocity, data, chains, offsets, attributes);
	return {
		model: { N: model.N, M: model.M, ...named(tensors.slice(0, 3)) },
		velocity: named(tensors.slice(3))
	};
}

const named = ([weights, visibleBias, hiddenBias]: Tensor[]): Gradient => ({
	weights: weights as Tensor2D,
	visibleBias: visibleBias as Tensor1D,
	hiddenBias: hiddenBias as Tensor1D
});

function fused(
	model: Model,
	velocity: Gradient,
	data: Statistics,
	chains: Statistics,
	offsets: Offsets | null,
	attributes: StepAttributes
): Tensor[] {
	const inputs = {
		dataVisible: data.visible,
		dataHidden: data.hidden,
		modelVisible: chains.visible,
		modelHidden: chains.hidden,
		weights: model.weights,
		visibleBias: model.visibleBias,
		hiddenBias: model.hiddenBias,
		weightsVelocity: velocity.weights,
		visibleVelocity: velocity.visibleBias,
		hiddenVelocity: velocity.hiddenBias,
		...(offsets ? { mu: offsets.visible, lambda: offsets.hidden } : {})
	};
	return stepAtOnce(inputs, attributes);
}

/** The definition, from tensor operations on any backend; exported so that a test can hold the other way to it. */
export function composed(
	model: Model,
	velocity: Gradient,
	data: Statistics,
	chains: Statistics,
	offsets: Offsets | null,
	{ factor, momentum, decay }: StepAttributes
): Tensor[] {
	const gradient = contrast(data, chains, factor, offsets);
	const tensors = tidy((): Tensor[] => {
		const speed = (last: Tensor, step: Tensor, parameters: Tensor, rate: number): Tensor => {
			const pushed = momentum > 0 ? add(mul(last, momentum), step) : step;
			return rate > 0 ? sub(pushed, mul(parameters, rate)) : pushed.clone();
		};
		const w = speed(velocity.weights, gradient.weights, model.weights, decay);
		const a = speed(velocity.visibleBias, gradient.visibleBias, model.visibleBias, 0);
		const b = speed(velocity.hiddenBias, gradient.hiddenBias, model.hiddenBias, 0);
		return [add(model.weights, w), add(model.visibleBias, a), add(model.hiddenBias, b), w, a, b];
	});
	Object.values(gradient).forEach((tensor) => tensor.dispose());
	return tensors;
}
