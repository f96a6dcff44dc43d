// BitProduct, wasm only: the product of binary states with a matrix by the SIMD module's tables of partial sums
// (wasm/product.as). Elsewhere, and without the module, it is a matrix product like any other.
import { engine, matMul, registerKernel, type Tensor2D, type TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { aligned, simdOf, TILE } from '../wasm/module';
import { canDrawLayer } from './drawLayer';

export function registerBitProduct(): void {
	registerKernel({
		kernelName: 'BitProduct',
		backendName: 'wasm',
		kernelFunc: ({ inputs, backend }) => {
			const wasm = backend as BackendWasm;
			const [states, weights] = Object.values(inputs) as TensorInfo[];
			const [rows, length] = states.shape;
			const outputs = weights.shape[1];
			const out = wasm.makeOutput([rows, outputs], 'float32');
			const simd = simdOf(wasm)!;
			const words = Math.ceil(length / 64);
			const scratchBytes = aligned(simd.exports.productScratch(rows, words));
			const bitsBytes = aligned(rows * words * 8);
			const bits = simd.scratch(bitsBytes + scratchBytes * simd.threads);
			simd.exports.packRows(simd.pointer(states), bits, rows, length, words);
			const numbers = [bits, rows, words, simd.pointer(weights), length, outputs, 0, simd.pointer(out)];
			const cost = (rows * outputs * length) / 70;
			const count = Math.ceil(outputs / TILE);
			const work = { count, grain: 1, scratch: bits + bitsBytes, scratchBytes, cost };
			simd.share('multiplyBits', numbers, work);
			return out;
		}
	});
}

/** states·W for BINARY states [B, n] and W [n, m], [B, m]. */
export function bitProduct(states: Tensor2D, weights: Tensor2D): Tensor2D {
	if (!canDrawLayer()) return matMul(states, weights) as Tensor2D;
	return engine().runKernel('BitProduct', { states, weights }) as Tensor2D;
}
