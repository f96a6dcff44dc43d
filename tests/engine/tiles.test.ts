// The SIMD module's tiles of particles in Node: their elementary functions against float64 over their whole range, and
// their noise against random/draw.ts. With matrix −I a step forgets where it was, z + z·(−I) = 0 exactly, so that what is
// left is the term looked at. (Whole steps: langevinSchemes.browser.test.ts.)
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Exports } from '../../src/lib/engine/wasm/module';
import { normalsFromWords } from '../../src/lib/engine/kernels/gaussianNoise';
import { uniforms } from '../../src/lib/random/draw';
import { keyFromSeed } from '../../src/lib/random/key';
import { fillRow, paddedLength } from '../../src/lib/random/philox';

const memory = new WebAssembly.Memory({ initial: 512 });
let exports: Exports;

beforeAll(async () => {
	const binary = readFileSync('src/lib/engine/wasm/kernels.wasm');
	const { instance } = await WebAssembly.instantiate(binary, { env: { memory } });
	exports = instance.exports as unknown as Exports;
});

const NONE = 0;
const SMOOTHED = 1;
const ENTROPIC = 2;
const key = keyFromSeed(11);

interface Step {
	readonly z: Float32Array;
	readonly columns: number;
	readonly kind?: number;
	readonly steepness?: number;
	readonly push?: number;
	readonly noise?: number;
	readonly averaged?: boolean;
	readonly reflected?: boolean;
	readonly counter?: number;
}

/** One step under matrix −I: push·g(z) + noise·ξ. */
function forgetful({ z, columns, kind = NONE, counter = 0, ...rest }: Step): Float32Array {
	const rows = z.length / columns;
	const padded = Math.ceil(columns / 4) * 4;
	let end = 64;
	const at = [z.length, columns * padded, padded, z.length].map((count) => {
		end += Math.ceil(count / 16) * 64;
		return end - Math.ceil(count / 16) * 64;
	});
	const view = (place: number, count: number) => new Float32Array(memory.buffer, at[place], count);
	view(0, z.length).set(z);
	view(1, columns * padded).fill(0);
	for (let j = 0; j < columns; j++) view(1, columns * padded)[j * padded + j] = -1;
	view(2, padded).fill(0);
	const { steepness = 1, push = 0, noise = 0, averaged = false, reflected = false } = rest;
	const numbers = [kind, steepness, push, noise, +averaged, +reflected, 1];
	const draw = [counter >>> 0, Math.floor(counter / 2 ** 32), ...key];
	exports.langevinRun(...at, rows, columns, ...numbers, ...draw, end, 0, Math.ceil(rows / 8));
	return view(3, z.length).slice();
}

/** Normals of a draw in float64, [rows, columns]. */
function normalsOf(rows: number, columns: number, counter: number): Float64Array {
	const out = new Float64Array(rows * columns);
	const words = new Uint32Array(paddedLength(columns));
	const row = new Float64Array(words.length);
	for (let r = 0; r < rows; r++) {
		fillRow(words, columns, r, key, counter);
		normalsFromWords(row, words, columns);
		out.set(row.subarray(0, columns), r * columns);
	}
	return out;
}

const largest = (a: ArrayLike<number>, of: (index: number) => number): number => {
	let worst = 0;
	for (let i = 0; i < a.length; i++) worst = Math.max(worst, Math.abs(a[i] - of(i)));
	return worst;
};

describe('a tile’s noise is the draw’s', () => {
	// Half a million normals pass over most of both words' range. 1.5e-6: of a radius up to 5.8 the cosine's 9e-8 and three
	// roundings of 6e-8.
	it.each([
		[20_000, 24, 5],
		[1, 1, 0],
		[9, 5, 2 ** 32 - 1],
		[17, 7, 2 ** 40 + 3]
	])('%i rows of %i, draw %i', (rows, columns, counter) => {
		const expected = normalsOf(rows, columns, counter);
		const z = Float32Array.from(expected, (_, i) => i % 3);
		const found = forgetful({ z, columns, noise: 1, counter });
		expect(largest(found, (i) => expected[i])).toBeLessThan(1.5e-6);
	});

	it('averages with the next draw’s, past a counter’s low word', () => {
		const [rows, columns, counter] = [11, 6, 2 ** 32 - 1];
		const [now, next] = [normalsOf(rows, columns, counter), normalsOf(rows, columns, counter + 1)];
		const z = new Float32Array(rows * columns);
		const found = forgetful({ z, columns, noise: 0.5, averaged: true, counter });
		expect(largest(found, (i) => (now[i] + next[i]) / 2)).toBeLessThan(1.5e-6);
	});
});

describe('a unit’s own force', () => {
	const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

	it('is the sigmoid, to 3e-7 of it wherever float32 holds it', () => {
		// at z = 0 nothing else is added; the argument −steepness/2 is exact up to its own factor log₂e
		for (const steepness of uniforms(4000, key).map((u) => 400 * u - 200)) {
			const [found] = forgetful({ z: new Float32Array(1), columns: 1, kind: SMOOTHED, steepness, push: 1 });
			const t = -Math.fround(steepness) / 2;
			if (t < -87) expect(found).toBeLessThan(2e-38);
			// what rounding the argument makes of an exponential grows with it
			else expect(Math.abs(found / sigmoid(t) - 1)).toBeLessThan(3e-7 + 1.2e-7 * Math.max(0, -t));
		}
	});

	it.each([1, 4, 37])('is taken at the particle, steepness %f', (steepness) => {
		const z = Float32Array.from(uniforms(30_000, key), (u) => 6 * u - 2.5);
		const found = forgetful({ z, columns: 3, kind: SMOOTHED, steepness, push: 1 });
		// z itself, up to 3.5, is added and taken off again
		expect(largest(found, (i) => sigmoid((z[i] - 0.5) * steepness))).toBeLessThan(1e-6);
	});

	it('is the logit of the entropic closure, folded between the walls', () => {
		const inside = Float32Array.from(uniforms(30_000, key), (u, i) =>
			i % 3 ? u : i % 2 ? u * 2 ** -(i % 20) : 1 - u * 2 ** -(i % 20)
		).map((x) => Math.min(1 - 1e-6, Math.max(1e-6, x)));
		const found = forgetful({ z: inside, columns: 5, kind: ENTROPIC, push: -1 });
		// 1−z is exact down to its last bit, 6e-8 of 1e-6
		expect(largest(found, (i) => -Math.log(inside[i] / (1 - inside[i])))).toBeLessThan(4e-6);
		// at ½ the logit is 0; noise carries the particles out and mirrors bring them back
		const middle = new Float32Array(3000).fill(0.5);
		const thrown = forgetful({ z: middle, columns: 4, kind: ENTROPIC, noise: 3, reflected: true });
		const raw = normalsOf(750, 4, 0);
		const fold = (x: number) => {
			const turned = Math.abs(x) % 2;
			return Math.min(1 - 1e-6, Math.max(1e-6, turned > 1 ? 2 - turned : turned));
		};
		expect(largest(thrown, (i) => fold(3 * raw[i]))).toBeLessThan(4e-6);
	});
});
