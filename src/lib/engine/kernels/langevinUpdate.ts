// LangevinUpdate: everything of an Euler–Maruyama step behind its matrix product, in one dispatch (theory §5):
// z + dt·[field − Gz − (z − m(z))/(βσ²)] + √(2dt/β)·ξ, with m = sigmoid((z−½)/σ²) and ξ standard normal.
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { fillRow, paddedLength } from '$lib/random/philox';
import { simdOf } from '../wasm/module';
import { drawInvocations, drawNumbers, drawPlace, drawUniforms, drawWgsl, rowWork, type Draw } from './draw';
import { normalsFromWords } from './gaussianNoise';
import { register, run, type Kernel } from './kernel';

interface Attributes extends Draw {
	readonly beta: number;
	readonly sigma2: number;
	readonly dt: number;
}

export const langevinUpdateKernel: Kernel<Attributes> = {
	name: 'LangevinUpdate',
	output: ([z]) => ({ shape: z.shape, dtype: 'float32' }),
	host(out, [z, linear, field], [{ shape }], { beta, sigma2, dt, key, counter }) {
		const [rows, columns] = shape;
		const words = new Uint32Array(paddedLength(columns));
		const normals = new Float64Array(words.length);
		const pull = dt / (beta * sigma2);
		const noise = Math.sqrt((2 * dt) / beta);
		for (let row = 0, at = 0; row < rows; row++) {
			fillRow(words, columns, row, key, counter);
			normalsFromWords(normals, words, columns);
			for (let j = 0; j < columns; j++, at++) {
				const m = 1 / (1 + Math.exp((0.5 - z[at]) / sigma2));
				out[at] = z[at] + dt * (field[j] - linear[at]) - pull * (z[at] - m) + noise * normals[j];
			}
		}
	},
	wasm(out, inputs, { beta, sigma2, dt, ...draw }, backend) {
		const simd = simdOf(backend);
		if (!simd) return false;
		const [rows, columns] = inputs[0].shape;
		const pointers = [...inputs, out].map((tensor) => simd.pointer(tensor));
		const constants = [dt, 1 / sigma2, dt / (beta * sigma2), Math.sqrt((2 * dt) / beta)];
		const numbers = [...pointers, columns, ...constants, ...drawNumbers(draw)];
		simd.share('langevinUpdate', numbers, rowWork(simd, rows, columns));
		return true;
	},
	shader([z], { beta, sigma2, dt, key, counter }) {
		const [rows, columns] = z.shape;
		return {
			variables: ['Z', 'Linear', 'Field'],
			uniforms: [
				{ name: 'columns', type: 'int32', value: columns },
				{ name: 'dt', type: 'float32', value: dt },
				{ name: 'inverseSigma2', type: 'float32', value: 1 / sigma2 },
				{ name: 'pull', type: 'float32', value: dt / (beta * sigma2) },
				{ name: 'noise', type: 'float32', value: Math.sqrt((2 * dt) / beta) },
				...drawUniforms({ key, counter })
			],
			invocations: drawInvocations(rows, columns),
			key: 'LangevinUpdate',
			prelude: drawWgsl,
			body: `${drawPlace}
				let words = drawWords(row, block);
				let normals = vec4<f32>(boxMuller(words.x, words.y), boxMuller(words.z, words.w));
				for (var j = 0; j < count; j = j + 1) {
					let at = start + j;
					let m = 1.0 / (1.0 + exp(clamp((0.5 - Z[at]) * uniforms.inverseSigma2, -80.0, 80.0)));
					result[at] = Z[at] + uniforms.dt * (Field[first + j] - Linear[at])
						- uniforms.pull * (Z[at] - m) + uniforms.noise * normals[j];
				}`
		};
	}
};

export function registerLangevinUpdate(): void {
	register(langevinUpdateKernel);
}

/** One step from z [P, K], given linear = z·G [P, K] and field [K]; dt is a time step, σ² and β as in theory §5. */
export function langevinUpdate(
	z: Tensor2D,
	linear: Tensor2D,
	field: Tensor1D,
	dynamics: { readonly beta: number; readonly sigma2: number; readonly dt: number },
	draw: Draw
): Tensor2D {
	const { beta, sigma2, dt } = dynamics;
	const attributes = { beta, sigma2, dt, key: draw.key, counter: draw.counter };
	return run(langevinUpdateKernel, { z, linear, field }, attributes) as Tensor2D;
}
