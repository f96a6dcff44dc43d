// GaussianNoise: a tensor of independent standard normals by Box–Muller from the app's own generator.
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { fillRow, paddedLength } from '$lib/random/philox';
import { simdOf } from '../wasm/module';
import { drawInvocations, drawNumbers, drawPlace, drawUniforms, drawWgsl, rowWork, type Draw } from './draw';
import { register, run, type HostArray, type Kernel } from './kernel';

interface Attributes extends Draw {
	readonly rows: number;
	readonly columns: number;
}

/** Normals of one row from its words: words 2i and 2i+1 give columns 2i and 2i+1. Writes normals[0 … padded−1]. */
export function normalsFromWords(
	normals: Float64Array | HostArray,
	words: Uint32Array,
	columns: number
): void {
	for (let j = 0; j < columns; j += 2) {
		const radius = Math.sqrt(-2 * Math.log(((words[j] >>> 9) + 0.5) * 2 ** -23));
		const angle = 2 * Math.PI * (((words[j + 1] >>> 9) + 0.5) * 2 ** -23);
		normals[j] = radius * Math.cos(angle);
		normals[j + 1] = radius * Math.sin(angle);
	}
}

export const gaussianNoiseKernel: Kernel<Attributes> = {
	name: 'GaussianNoise',
	output: (_inputs, { rows, columns }) => ({ shape: [rows, columns], dtype: 'float32' }),
	host(out, _inputs, _infos, { rows, columns, key, counter }) {
		const words = new Uint32Array(paddedLength(columns));
		const normals = new Float64Array(words.length);
		for (let row = 0; row < rows; row++) {
			fillRow(words, columns, row, key, counter);
			normalsFromWords(normals, words, columns);
			for (let j = 0; j < columns; j++) out[row * columns + j] = normals[j];
		}
	},
	wasm(out, _inputs, { rows, columns, ...draw }, backend) {
		const simd = simdOf(backend);
		if (!simd) return false;
		const numbers = [simd.pointer(out), columns, ...drawNumbers(draw)];
		simd.share('gaussianNoise', numbers, rowWork(simd, rows, columns));
		return true;
	},
	shader(_inputs, { rows, columns, key, counter }) {
		return {
			variables: [],
			uniforms: [{ name: 'columns', type: 'int32', value: columns }, ...drawUniforms({ key, counter })],
			invocations: drawInvocations(rows, columns),
			key: 'GaussianNoise',
			prelude: drawWgsl,
			body: `${drawPlace}
				let words = drawWords(row, block);
				let normals = vec4<f32>(boxMuller(words.x, words.y), boxMuller(words.z, words.w));
				for (var j = 0; j < count; j = j + 1) { result[start + j] = normals[j]; }`
		};
	}
};

export function registerGaussianNoise(): void {
	register(gaussianNoiseKernel);
}

/** Independent standard normals, [rows, columns]; the words behind them are the same on every backend. */
export function gaussianNoise(rows: number, columns: number, draw: Draw): Tensor2D {
	return run(gaussianNoiseKernel, {}, { rows, columns, key: draw.key, counter: draw.counter }) as Tensor2D;
}
