// MalaRun: many Metropolis-adjusted Langevin steps in one call, one invocation a particle, or tiles, as in langevinRun.ts:
// proposal, its linear force, ln α (metropolis.ts) and the coin. The numbers are those of LangevinScheme and
// MetropolisDecision at the same counters.
import { slice, tidy, reshape, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Key } from '$lib/random/key';
import { fillRow, paddedLength, philoxInto, uniformOf } from '$lib/random/philox';
import { simdOf } from '../wasm/module';
import { drawNumbers, drawUniforms, type Draw } from './draw';
import { normalsFromWords } from './gaussianNoise';
import { register, run, type Kernel } from './kernel';
import { runNormalsWgsl } from './langevinRun';
import { runTiles } from './tileRun';
import { unitFunctions, unitKind, unitUniforms, unitWgsl, type UnitPotential } from './unitPotential';

interface Attributes extends Draw {
	readonly unit: UnitPotential;
	readonly tau: number;
	readonly steps: number;
	/** key of the acceptance coins */
	readonly coin: Key;
}

const kernel: Kernel<Attributes> = {
	name: 'MalaRun',
	// z, then how many proposals were taken
	output: ([z]) => ({ shape: [z.shape[0], z.shape[1] + 1], dtype: 'float32' }),
	host(out, [z, linear, field], [{ shape }], { unit, tau, steps, key, counter, coin }) {
		const [rows, K] = shape;
		const { value, slope } = unitFunctions(unit);
		const words = new Uint32Array(paddedLength(K));
		const normals = new Float64Array(words.length);
		const word = new Uint32Array(4);
		const [at, next] = [new Float64Array(K), new Float64Array(K)];
		const forces = (from: Float64Array) =>
			from.map((e, j) => {
				let force = field[j] - slope(e);
				for (let i = 0; i < K; i++) force -= from[i] * linear[i * K + j];
				return force;
			});
		for (let row = 0; row < rows; row++) {
			for (let j = 0; j < K; j++) at[j] = z[row * K + j];
			let here = forces(at);
			let taken = 0;
			for (let n = 0; n < steps; n++) {
				const count = counter + n;
				fillRow(words, K, row, key, count);
				normalsFromWords(normals, words, K);
				for (let j = 0; j < K; j++) next[j] = at[j] + tau * here[j] + Math.sqrt(2 * tau) * normals[j];
				if (unit.kind === 'entropic' && !next.every((e) => e > 0 && e < 1)) continue;
				const there = forces(next);
				let log = 0;
				for (let j = 0; j < K; j++) {
					log += 0.5 * (next[j] - at[j]) * (slope(at[j]) + slope(next[j])) - (value(next[j]) - value(at[j]));
					log += 0.25 * tau * (here[j] - there[j]) * (here[j] + there[j]);
				}
				philoxInto(word, 0, 0, row, count >>> 0, Math.floor(count / 4294967296), coin[0], coin[1]);
				if (!(uniformOf(word[0]) < Math.exp(Math.min(0, log)))) continue;
				taken++;
				at.set(next);
				here = there;
			}
			for (let j = 0; j < K; j++) out[row * (K + 1) + j] = at[j];
			out[row * (K + 1) + K] = taken;
		}
	},
	wasm(out, [z, linear, field], { unit, tau, steps, key, counter, coin }, backend) {
		const simd = simdOf(backend);
		if (!simd) return false;
		const parts = [
			{ tensor: linear, factor: -1 },
			{ tensor: field, factor: 1 }
		];
		const rest = [unitKind(unit), 1 / unit.sigma2, tau, steps, ...drawNumbers({ key, counter }), ...coin];
		// nine tiles, and one for the coins
		runTiles(simd, 'malaRun', { z, out, parts, tiles: 10, steps, rest });
		return true;
	},
	shader([z], { unit, tau, steps, key, counter, coin }) {
		const [rows, K] = z.shape;
		const outside = unit.kind === 'entropic' ? 'inside = inside && next[j] > 0.0 && next[j] < 1.0;' : '';
		const force = (of: string, into: string) => `
			for (var j = 0; j < ${K}; j = j + 1) {
				var linear = 0.0;
				for (var i = 0; i < ${K}; i = i + 1) { linear = linear + ${of}[i] * Linear[i * ${K} + j]; }
				${into}[j] = Field[j] - linear - unitSlope(${of}[j]);
			}`;
		return {
			variables: ['Z', 'Linear', 'Field'],
			uniforms: [
				{ name: 'steps', type: 'int32', value: steps },
				{ name: 'tau', type: 'float32', value: tau },
				{ name: 'noise', type: 'float32', value: Math.sqrt(2 * tau) },
				...unitUniforms(unit),
				...drawUniforms({ key, counter }),
				{ name: 'coin0', type: 'uint32', value: coin[0] },
				{ name: 'coin1', type: 'uint32', value: coin[1] }
			],
			invocations: rows,
			key: `MalaRun ${K} ${unit.kind}`,
			prelude: runNormalsWgsl + unitWgsl(unit),
			body: `
				var at : array<f32, ${K}>;
				var next : array<f32, ${K}>;
				var here : array<f32, ${K}>;
				var there : array<f32, ${K}>;
				for (var j = 0; j < ${K}; j = j + 1) { at[j] = Z[index * ${K} + j]; }
				${force('at', 'here')}
				var count = 0.0;
				for (var step = 0; step < uniforms.steps; step = step + 1) {
					var inside = true;
					for (var first = 0; first < ${K}; first = first + 4) {
						let normals = normalsOf(index, first / 4, step);
						for (var k = 0; k < min(4, ${K} - first); k = k + 1) {
							let j = first + k;
							next[j] = at[j] + uniforms.tau * here[j] + uniforms.noise * normals[k];
							${outside}
						}
					}
					if (!inside) { continue; }
					${force('next', 'there')}
					var total = 0.0;
					for (var j = 0; j < ${K}; j = j + 1) {
						total = total + 0.5 * (next[j] - at[j]) * (unitSlope(at[j]) + unitSlope(next[j]))
							- (unitValue(next[j]) - unitValue(at[j]))
							+ 0.25 * uniforms.tau * (here[j] - there[j]) * (here[j] + there[j]);
					}
					let words = philox(countersOf(index, 0, step), vec2<u32>(uniforms.coin0, uniforms.coin1));
					if (uniformOf(words.x) < exp(clamp(total, -80.0, 0.0))) {
						count = count + 1.0;
						at = next;
						here = there;
					}
				}
				for (var j = 0; j < ${K}; j = j + 1) { result[index * ${K + 1} + j] = at[j]; }
				result[index * ${K + 1} + ${K}] = count;`
		};
	}
};

export function registerMalaRun(): void {
	register(kernel);
}

/**
 * `steps` steps from z [P, K] under L [K, K] and field f [K], for K that `runsWhole`: z, and how many proposals each particle
 * took, [P]. `coin` is the key of the acceptance coins, at the counters of `draw`. Caller disposes.
 */
export function malaRun(
	z: Tensor2D,
	linear: Tensor2D,
	field: Tensor1D,
	dynamics: { readonly unit: UnitPotential; readonly tau: number; readonly coin: Key },
	steps: number,
	draw: Draw
): [Tensor2D, Tensor1D] {
	const [P, K] = z.shape;
	const attributes = { ...dynamics, steps, key: draw.key, counter: draw.counter };
	return tidy(() => {
		const out = run(kernel, { z, linear, field }, attributes) as Tensor2D;
		return [slice(out, [0, 0], [P, K]), reshape(slice(out, [0, K], [P, 1]), [P])] as [Tensor2D, Tensor1D];
	});
}
