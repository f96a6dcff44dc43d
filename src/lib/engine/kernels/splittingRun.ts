// SplittingRun: many steps of the Langevin splitting in one call: half a flow of the units, the exact linear flow
// z·decay + ξ·spread + shift, half a flow. One invocation a particle, or tiles of eight, as in langevinRun.ts; the numbers
// are those of GaussianNoise at the same counters.
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { fillRow, paddedLength } from '$lib/random/philox';
import { simdOf } from '../wasm/module';
import { drawNumbers, drawUniforms, type Draw } from './draw';
import { normalsFromWords } from './gaussianNoise';
import { register, run, type Kernel } from './kernel';
import { runNormalsWgsl } from './langevinRun';
import { runTiles } from './tileRun';
import { flowOf, flowPrelude, flowUniforms, flowed, type UnitFlow } from './unitFlow';

type Attributes = UnitFlow & Draw & { readonly steps: number };

const kernel: Kernel<Attributes> = {
	name: 'SplittingRun',
	output: ([z]) => ({ shape: z.shape, dtype: 'float32' }),
	host(out, [z, decay, spread, shift], [{ shape }], attributes) {
		const { steps, key, counter } = attributes;
		const [rows, K] = shape;
		const flow = flowOf(attributes);
		const words = new Uint32Array(paddedLength(K));
		const normals = new Float64Array(words.length);
		const [at, next] = [new Float64Array(K), new Float64Array(K)];
		for (let row = 0; row < rows; row++) {
			for (let j = 0; j < K; j++) at[j] = z[row * K + j];
			for (let n = 0; n < steps; n++) {
				fillRow(words, K, row, key, counter + n);
				normalsFromWords(normals, words, K);
				for (let j = 0; j < K; j++) at[j] = flow(at[j]);
				for (let j = 0; j < K; j++) {
					let total = shift[j];
					for (let i = 0; i < K; i++) total += at[i] * decay[i * K + j] + normals[i] * spread[i * K + j];
					next[j] = flow(total);
				}
				at.set(next);
			}
			for (let j = 0; j < K; j++) out[row * K + j] = at[j];
		}
	},
	wasm(out, [z, decay, spread, shift], { unit, tau, steps, key, counter }, backend) {
		const simd = simdOf(backend);
		if (!simd || unit.kind === 'entropic') return false;
		const parts = [decay, spread, shift].map((tensor) => ({ tensor, factor: 1 }));
		const push = unit.kind === 'none' ? 0 : tau / unit.sigma2;
		const rest = [1 / unit.sigma2, push, steps, ...drawNumbers({ key, counter })];
		// three tiles, and one for the two vectors between
		runTiles(simd, 'splittingRun', { z, out, parts, tiles: 4, steps, rest });
		return true;
	},
	shader([z], attributes) {
		const [rows, K] = z.shape;
		return {
			variables: ['Z', 'Decay', 'Spread', 'Shift'],
			uniforms: [
				{ name: 'steps', type: 'int32', value: attributes.steps },
				...flowUniforms(attributes),
				...drawUniforms(attributes)
			],
			invocations: rows,
			key: `SplittingRun ${K} ${attributes.unit.kind}`,
			prelude: runNormalsWgsl + flowPrelude(attributes),
			body: `
				var at : array<f32, ${K}>;
				var next : array<f32, ${K}>;
				var noise : array<f32, ${K}>;
				for (var j = 0; j < ${K}; j = j + 1) { at[j] = Z[index * ${K} + j]; }
				for (var step = 0; step < uniforms.steps; step = step + 1) {
					for (var first = 0; first < ${K}; first = first + 4) {
						let normals = normalsOf(index, first / 4, step);
						for (var k = 0; k < min(4, ${K} - first); k = k + 1) {
							noise[first + k] = normals[k];
							let here = at[first + k];
							at[first + k] = ${flowed(attributes, 'here')};
						}
					}
					for (var j = 0; j < ${K}; j = j + 1) {
						var total = Shift[j];
						for (var i = 0; i < ${K}; i = i + 1) {
							total = total + at[i] * Decay[i * ${K} + j] + noise[i] * Spread[i * ${K} + j];
						}
						next[j] = ${flowed(attributes, 'total')};
					}
					at = next;
				}
				for (var j = 0; j < ${K}; j = j + 1) { result[index * ${K} + j] = at[j]; }`
		};
	}
};

export function registerSplittingRun(): void {
	register(kernel);
}

/** The exact linear flow of a step: see langevinSplitting.ts. */
export interface LinearFlow {
	/** [K, K] */
	readonly decay: Tensor2D;
	/** [K, K] */
	readonly spread: Tensor2D;
	/** [K] */
	readonly shift: Tensor1D;
}

/** `steps` steps from z [P, K], for K that `runsWhole`; `flow` is half a step of the units. Caller disposes. */
export function splittingRun(
	z: Tensor2D,
	{ decay, spread, shift }: LinearFlow,
	flow: Omit<UnitFlow, 'repeats'>,
	steps: number,
	draw: Draw
): Tensor2D {
	const attributes = { ...flow, repeats: 1 as const, steps, key: draw.key, counter: draw.counter };
	return run(kernel, { z, decay, spread, shift }, attributes) as Tensor2D;
}
