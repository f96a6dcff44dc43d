// LangevinRun: many explicit Langevin steps in one call, products included. On WebGPU one dispatch: an invocation
// carries one particle through all of them in its own memory, and all invocations of a group read the same elements of L
// at once. On wasm tiles of eight particles stay in the first-level cache (wasm/langevin.as). For few units; the numbers
// are those of as many LangevinScheme steps.
import { getBackend, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { fillRow, paddedLength } from '$lib/random/philox';
import { simdOf } from '../wasm/module';
import { drawNumbers, drawUniforms, type Draw } from './draw';
import { philoxWgsl } from '$lib/random/philox.wgsl';
import { normalsFromWords } from './gaussianNoise';
import { register, run, type Kernel } from './kernel';
import { fold, foldWgsl, type SchemeStep } from './langevinScheme';
import { runTiles, tilesTake } from './tileRun';
import { unitFunctions, unitKind, unitUniforms, unitWgsl } from './unitPotential';

/** Units for which an invocation's two rows still are a small part of its memory. */
export const LARGEST_RUN = 64;

/** Whether many steps of K units are best taken in one call here: on WebGPU, or by the SIMD module. */
export const runsWhole = (K: number): boolean =>
	getBackend() === 'webgpu' ? K <= LARGEST_RUN : tilesTake(K);

type Attributes = SchemeStep & Draw & { readonly steps: number };

/** `countersOf` and `normalsOf(row, block, step)`: the generator's counters and normals of a later step of a run. */
export const runNormalsWgsl = `${philoxWgsl}
fn countersOf(row : i32, block : i32, step : i32) -> vec4<u32> {
	let low = uniforms.counterLow + u32(step);
	let high = uniforms.counterHigh + select(0u, 1u, low < uniforms.counterLow);
	return vec4<u32>(u32(block), u32(row), low, high);
}

fn normalsOf(row : i32, block : i32, step : i32) -> vec4<f32> {
	let words = philox(countersOf(row, block, step), vec2<u32>(uniforms.key0, uniforms.key1));
	return vec4<f32>(boxMuller(words.x, words.y), boxMuller(words.z, words.w));
}
`;

export const langevinRunKernel: Kernel<Attributes> = {
	name: 'LangevinRun',
	output: ([z]) => ({ shape: z.shape, dtype: 'float32' }),
	host(out, [z, linear, field], [{ shape }], attributes) {
		const { unit, tau, averaged, reflected, steps, key, counter } = attributes;
		const [rows, K] = shape;
		const { slope } = unitFunctions(unit);
		const words = new Uint32Array(paddedLength(K));
		let normals = new Float64Array(words.length);
		let following = new Float64Array(words.length);
		const noise = Math.sqrt(2 * tau) * (averaged ? 0.5 : 1);
		let [at, next] = [new Float64Array(K), new Float64Array(K)];
		for (let row = 0; row < rows; row++) {
			const draw = (into: Float64Array, n: number) => {
				fillRow(words, K, row, key, counter + n);
				normalsFromWords(into, words, K);
			};
			at.set(z.subarray(row * K, (row + 1) * K));
			if (averaged) draw(following, 0);
			for (let n = 0; n < steps; n++) {
				if (averaged) {
					[normals, following] = [following, normals];
					draw(following, n + 1);
				} else draw(normals, n);
				for (let j = 0; j < K; j++) {
					let force = field[j] - slope(at[j]);
					for (let i = 0; i < K; i++) force -= at[i] * linear[i * K + j];
					const moved = at[j] + tau * force + noise * (normals[j] + (averaged ? following[j] : 0));
					next[j] = reflected ? fold(moved) : moved;
				}
				[at, next] = [next, at];
			}
			for (let j = 0; j < K; j++) out[row * K + j] = at[j];
		}
	},
	wasm(out, [z, linear, field], { unit, tau, averaged, reflected, steps, key, counter }, backend) {
		const simd = simdOf(backend);
		if (!simd) return false;
		const parts = [
			{ tensor: linear, factor: -tau },
			{ tensor: field, factor: tau }
		];
		const push = unit.kind === 'smoothed' ? tau / unit.sigma2 : -tau;
		const noise = Math.sqrt(2 * tau) * (averaged ? 0.5 : 1);
		const rest = [unitKind(unit), 1 / unit.sigma2, push, noise, +averaged, +reflected, steps];
		const numbers = [...rest, ...drawNumbers({ key, counter })];
		runTiles(simd, 'langevinRun', { z, out, parts, tiles: 4, steps, rest: numbers });
		return true;
	},
	shader([z], { unit, tau, averaged, reflected, steps, key, counter }) {
		const [rows, K] = z.shape;
		return {
			variables: ['Z', 'Linear', 'Field'],
			uniforms: [
				{ name: 'steps', type: 'int32', value: steps },
				{ name: 'tau', type: 'float32', value: tau },
				{ name: 'noise', type: 'float32', value: Math.sqrt(2 * tau) * (averaged ? 0.5 : 1) },
				...unitUniforms(unit),
				...drawUniforms({ key, counter })
			],
			invocations: rows,
			key: `LangevinRun ${K} ${unit.kind} ${averaged} ${reflected}`,
			prelude: runNormalsWgsl + unitWgsl(unit) + foldWgsl,
			body: `
				var at : array<f32, ${K}>;
				var next : array<f32, ${K}>;
				for (var j = 0; j < ${K}; j = j + 1) { at[j] = Z[index * ${K} + j]; }
				for (var step = 0; step < uniforms.steps; step = step + 1) {
					for (var first = 0; first < ${K}; first = first + 4) {
						var normals = normalsOf(index, first / 4, step);
						${averaged ? 'normals = normals + normalsOf(index, first / 4, step + 1);' : ''}
						for (var k = 0; k < min(4, ${K} - first); k = k + 1) {
							let j = first + k;
							var linear = 0.0;
							for (var i = 0; i < ${K}; i = i + 1) { linear = linear + at[i] * Linear[i * ${K} + j]; }
							let drift = uniforms.tau * (Field[j] - linear - unitSlope(at[j]));
							let moved = at[j] + drift + uniforms.noise * normals[k];
							next[j] = ${reflected ? 'fold(moved)' : 'moved'};
						}
					}
					at = next;
				}
				for (var j = 0; j < ${K}; j = j + 1) { result[index * ${K} + j] = at[j]; }`
		};
	}
};

export function registerLangevinRun(): void {
	register(langevinRunKernel);
}

/** `steps` steps from z [P, K] under L [K, K] and field f [K], for K that `runsWhole`. Caller disposes. */
export function langevinRun(
	z: Tensor2D,
	linear: Tensor2D,
	field: Tensor1D,
	step: SchemeStep,
	steps: number,
	draw: Draw
): Tensor2D {
	const attributes = { ...step, steps, key: draw.key, counter: draw.counter };
	return run(langevinRunKernel, { z, linear, field }, attributes) as Tensor2D;
}
