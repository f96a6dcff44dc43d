// SampleUnits: a layer's draw behind its matrix product, in one dispatch: s ~ Bernoulli(sigmoid(β(x + bias))) with
// the app's own generator, states as float32 0/1.
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { fillRow, paddedLength } from '$lib/random/philox';
import { simdOf } from '../wasm/module';
import { drawInvocations, drawNumbers, drawPlace, drawUniforms, drawWgsl, rowWork, type Draw } from './draw';
import { register, run, type Kernel } from './kernel';

interface Attributes extends Draw {
	readonly beta: number;
}

export const sampleUnitsKernel: Kernel<Attributes> = {
	name: 'SampleUnits',
	output: ([x]) => ({ shape: x.shape, dtype: 'float32' }),
	host(out, [x, bias], _infos, { beta, key, counter }) {
		const columns = bias.length;
		const words = new Uint32Array(paddedLength(columns));
		for (let row = 0, at = 0; at < out.length; row++) {
			fillRow(words, columns, row, key, counter);
			// u < 1/(1+e^{−t}) with u = ((word>>>9)+½)·2⁻²³, without the division
			for (let j = 0; j < columns; j++, at++) {
				const u = ((words[j] >>> 9) + 0.5) * 2 ** -23;
				out[at] = u * (1 + Math.exp(-beta * (x[at] + bias[j]))) < 1 ? 1 : 0;
			}
		}
	},
	wasm(out, [x, bias], { beta, ...draw }, backend) {
		const simd = simdOf(backend);
		if (!simd) return false;
		const [rows, columns] = x.shape;
		const numbers = [
			simd.pointer(x),
			simd.pointer(bias),
			simd.pointer(out),
			columns,
			beta,
			...drawNumbers(draw)
		];
		simd.share('sampleUnits', numbers, rowWork(simd, rows, columns));
		return true;
	},
	shader([x, bias], { beta, key, counter }) {
		const columns = bias.shape[0];
		const rows = x.shape.reduce((product, n) => product * n, 1) / columns;
		return {
			variables: ['X', 'Bias'],
			uniforms: [
				{ name: 'columns', type: 'int32', value: columns },
				{ name: 'beta', type: 'float32', value: beta },
				...drawUniforms({ key, counter })
			],
			invocations: drawInvocations(rows, columns),
			key: 'SampleUnits',
			prelude: drawWgsl,
			body: `${drawPlace}
				let words = drawWords(row, block);
				for (var j = 0; j < count; j = j + 1) {
					let t = uniforms.beta * (X[start + j] + Bias[first + j]);
					let p = 1.0 / (1.0 + exp(clamp(-t, -80.0, 80.0)));
					result[start + j] = select(0.0, 1.0, uniformOf(words[j]) < p);
				}`
		};
	}
};

export function registerSampleUnits(): void {
	register(sampleUnitsKernel);
}

/**
 * States of a layer: float32 0/1 of x's shape [.., n], 1 with probability sigmoid(β(x + bias)); bias [n].
 * The random words depend on (row, column, key, counter) alone, on every backend.
 */
export function sampleUnits(x: Tensor2D, bias: Tensor1D, beta: number, draw: Draw): Tensor2D {
	return run(sampleUnitsKernel, { x, bias }, { beta, key: draw.key, counter: draw.counter }) as Tensor2D;
}
