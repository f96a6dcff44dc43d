// UnpackBits: a batch of binary rows, gathered by index from packed words that stay on the device.
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { register, run, type Kernel } from './kernel';

interface Attributes {
	readonly units: number;
	/** rows index[from … from+rows−1] */
	readonly from: number;
	readonly rows: number;
}

export const unpackBitsKernel: Kernel<Attributes> = {
	name: 'UnpackBits',
	output: (_inputs, { units, rows }) => ({ shape: [rows, units], dtype: 'float32' }),
	host(out, [words, index], [{ shape }], { units, from, rows }) {
		const stride = shape[1];
		for (let row = 0, at = 0; row < rows; row++) {
			const start = index[from + row] * stride;
			for (let i = 0; i < units; i++, at++) out[at] = (words[start + (i >> 5)] >>> (31 - (i & 31))) & 1;
		}
	},
	shader([words], { units, from, rows }) {
		return {
			variables: ['Words', 'Index'],
			uniforms: [
				{ name: 'units', type: 'int32', value: units },
				{ name: 'stride', type: 'int32', value: words.shape[1] },
				{ name: 'offset', type: 'int32', value: from }
			],
			invocations: rows * units,
			key: 'UnpackBits',
			body: `
				let row = index / uniforms.units;
				let unit = index - row * uniforms.units;
				let word = bitcast<u32>(Words[Index[uniforms.offset + row] * uniforms.stride + (unit >> 5u)]);
				result[index] = f32((word >> (31u - (u32(unit) & 31u))) & 1u);`
		};
	}
};

export function registerUnpackBits(): void {
	register(unpackBitsKernel);
}

/**
 * Rows index[from … from+rows−1] of `words` (int32 [count, ⌈units/32⌉], first unit in the highest bit) as float32
 * 0/1 [rows, units]. Indices must lie in the data; nothing checks them on a GPU.
 */
export function unpackBits(
	words: Tensor2D,
	index: Tensor1D,
	units: number,
	from: number,
	rows: number
): Tensor2D {
	return run(unpackBitsKernel, { words, index }, { units, from, rows }) as Tensor2D;
}
