// DrawLayer, wasm and webgpu: a half-sweep in one pass of the SIMD module (wasm/layer.as) or in one dispatch
// (drawLayerWebgpu.ts). Elsewhere the same is a product and SampleUnits (layer.ts).
import {
	engine,
	registerKernel,
	type Tensor,
	type Tensor1D,
	type Tensor2D,
	type TensorInfo
} from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { aligned, simdOf, TILE, type Simd } from '../wasm/module';
import { drawNumbers, type Draw } from './draw';
import { drawLayerOnWebGPU } from './drawLayerWebgpu';

export interface LayerAttributes {
	readonly beta: number;
	/** the layer's units are W's rows, not its columns */
	readonly transposed: boolean;
	/** null: probabilities only */
	readonly draw: Draw | null;
	readonly probabilities: boolean;
}

/** Packs 0/1 rows into the scratch at `bits`; returns 64-bit words a row. */
const wordsOf = (inputs: number): number => Math.ceil(inputs / 64);

function drawLayerFused(
	simd: Simd,
	tensors: TensorInfo[],
	outs: (TensorInfo | null)[],
	attributes: LayerAttributes
): void {
	const [states, weights, bias] = tensors;
	const { beta, transposed, draw } = attributes;
	const [rows, inputs] = states.shape;
	const outputs = bias.shape[0];
	const words = wordsOf(inputs);
	const scratchBytes = aligned(simd.exports.drawLayerScratch(rows, words));
	const bitsBytes = aligned(rows * words * 8);
	const bits = simd.scratch(bitsBytes + scratchBytes * simd.threads);
	simd.exports.packRows(simd.pointer(states), bits, rows, inputs, words);
	const [drawn, probabilities] = outs.map((out) => (out ? simd.pointer(out) : 0));
	const numbers = [
		...[bits, rows, words, simd.pointer(weights), inputs, outputs, transposed ? 1 : 0],
		...[simd.pointer(bias), beta, drawn, probabilities],
		...(draw ? drawNumbers(draw) : [0, 0, 0, 0])
	];
	const cost = rows * outputs * (4 + inputs / 70);
	const count = Math.ceil(outputs / TILE);
	const work = { count, grain: 1, scratch: bits + bitsBytes, scratchBytes, cost };
	simd.share('drawLayer', numbers, work);
}

export function registerDrawLayer(): void {
	registerKernel({
		kernelName: 'DrawLayer',
		backendName: 'wasm',
		kernelFunc: ({ inputs, attrs, backend }) => {
			const wasm = backend as BackendWasm;
			const tensors = Object.values(inputs) as TensorInfo[];
			const attributes = attrs as unknown as LayerAttributes;
			const shape = [tensors[0].shape[0], tensors[2].shape[0]];
			const states = attributes.draw ? wasm.makeOutput(shape, 'float32') : null;
			const probabilities = attributes.probabilities ? wasm.makeOutput(shape, 'float32') : null;
			drawLayerFused(simdOf(wasm)!, tensors, [states, probabilities], attributes);
			return [states, probabilities].filter((out) => out !== null);
		}
	});
	registerKernel({
		kernelName: 'DrawLayer',
		backendName: 'webgpu',
		kernelFunc: ({ inputs, attrs, backend }) =>
			drawLayerOnWebGPU(
				backend as WebGPUBackend,
				Object.values(inputs) as TensorInfo[],
				attrs as unknown as LayerAttributes
			)
	});
}

/** Is the SIMD module, with its half-sweep in one pass, there on the current backend? */
export function canDrawLayer(): boolean {
	const { backendName, backend } = engine();
	return backendName === 'wasm' && simdOf(backend as BackendWasm) !== null;
}

/** Does the current backend have the half-sweep as one kernel? */
export function drawsLayerAtOnce(): boolean {
	return engine().backendName === 'webgpu' || canDrawLayer();
}

/**
 * States and, when asked for, probabilities of a layer given BINARY states of the other: sigmoid(β(states·W + bias)),
 * with Wᵀ for `transposed`. Outputs in that order, those asked for only.
 */
export function drawLayer(
	states: Tensor2D,
	weights: Tensor2D,
	bias: Tensor1D,
	attributes: LayerAttributes
): Tensor2D[] {
	const inputs = { states, weights, bias };
	return engine().runKernel('DrawLayer', inputs, attributes as never) as Tensor[] as Tensor2D[];
}
