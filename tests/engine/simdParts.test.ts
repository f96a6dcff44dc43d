// The SIMD module shared out: parts computed in another order, each with scratch of its own, give the bits of one
// call, so that a run does not depend on how many threads a machine has. Runs in Node on the shared build.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { normals, uniforms } from '../../src/lib/random/draw';
import { keyFromSeed } from '../../src/lib/random/key';
import type { Exports, Shared } from '../../src/lib/engine/wasm/module';
import { CONTROL, MAX_NUMBERS, SHARED, takeParts } from '../../src/lib/engine/wasm/parts';

const memory = new WebAssembly.Memory({ initial: 256, maximum: 65536, shared: true });
let exports: Exports;
let end = 64;
const place = (bytes: number): number => {
	const at = end;
	end += Math.ceil(bytes / 64) * 64;
	return at;
};
const floats = (at: number, count: number) => new Float32Array(memory.buffer, at, count);
function put(values: ArrayLike<number>): number {
	const at = place(values.length * 4);
	floats(at, values.length).set(values);
	return at;
}

beforeAll(async () => {
	const binary = readFileSync('src/lib/engine/wasm/kernels-shared.wasm');
	const { instance } = await WebAssembly.instantiate(binary, { env: { memory } });
	exports = instance.exports as unknown as Exports;
});

const [N, M, rows] = [130, 97, 65];
const words = Math.ceil(N / 64);
const draw = [7, 0, ...keyFromSeed(3)];
const scratchBytes = 1 << 18;

describe('parts in any order are the whole', () => {
	/** Outputs of a call made whole, and made part by part from the last to the first with alternating scratch. */
	function twice(
		name: Shared,
		count: number,
		grain: number,
		numbers: (out: number) => number[],
		size: number
	) {
		const results = [0, 1].map(() => put(new Float32Array(size).fill(NaN)));
		const scratch = place(2 * scratchBytes);
		exports[name](...numbers(results[0]), scratch, 0, count);
		let part = 0;
		for (let from = Math.floor((count - 1) / grain) * grain; from >= 0; from -= grain, part++) {
			const own = scratch + (part % 2) * scratchBytes;
			exports[name](...numbers(results[1]), own, from, Math.min(count, from + grain));
		}
		expect(part).toBeGreaterThan(1);
		const [whole, parts] = results.map((at) => [...floats(at, size)]);
		expect(whole.some(Number.isNaN)).toBe(false);
		expect(parts).toEqual(whole);
	}
	const weights = () => put(normals(N * M, keyFromSeed(1)));
	const bitsOf = (): number => {
		const states = put(Float32Array.from(uniforms(rows * N, keyFromSeed(2)), (u) => (u < 0.5 ? 1 : 0)));
		const bits = place(rows * words * 8);
		exports.packRows(states, bits, rows, N, words);
		return bits;
	};

	it('drawLayer, by tiles', () => {
		const [bits, w, bias] = [bitsOf(), weights(), put(new Float32Array(M))];
		const numbers = (out: number) => [bits, rows, words, w, N, M, 0, bias, 1, 0, out, ...draw];
		twice('drawLayer', Math.ceil(M / 32), 1, numbers, rows * M);
	});

	it('multiplyBits, by tiles', () => {
		const [bits, w] = [bitsOf(), weights()];
		twice('multiplyBits', Math.ceil(M / 32), 1, (out) => [bits, rows, words, w, N, M, 0, out], rows * M);
	});

	it('noise, draws and Langevin steps, by rows', () => {
		const [x, bias] = [put(normals(rows * M, keyFromSeed(4))), put(normals(M, keyFromSeed(5)))];
		twice('gaussianNoise', rows, 7, (out) => [out, M, ...draw], rows * M);
		twice('sampleUnits', rows, 7, (out) => [x, bias, out, M, 1, ...draw], rows * M);
		twice('unitProbabilities', rows, 7, (out) => [x, bias, out, M, 1], rows * M);
		twice('langevinUpdate', rows, 7, (out) => [x, x, bias, out, M, 0.01, 5, 0.1, 0.1, ...draw], rows * M);
	});

	it('Langevin runs, by tiles of eight rows', () => {
		const [x, shift] = [put(normals(rows * M, keyFromSeed(4))), put(new Float32Array(100).fill(0.1))];
		const matrix = () => put(normals(M * 100, keyFromSeed(6)).map((e) => 0.01 * e));
		const [first, second] = [matrix(), matrix()];
		const tiles = Math.ceil(rows / 8);
		for (const averaged of [0, 1]) {
			const rest = [rows, M, 1, 5, 0.1, 0.2, averaged, 0, 3, ...draw];
			twice('langevinRun', tiles, 2, (out) => [x, first, shift, out, ...rest], rows * M);
		}
		const rest = [rows, M, 5, 0.1, 3, ...draw];
		twice('splittingRun', tiles, 2, (out) => [x, first, second, shift, out, ...rest], rows * M);
		const own = [rows, M, 1, 5, 0.01, 3, ...draw, 8, 9];
		twice('malaRun', tiles, 2, (out) => [x, first, shift, out, ...own], rows * (M + 1));
	});
});

it('exact sums, by groups of states, whatever the order', () => {
	const [units, hidden, inner, middle] = [8, 9, 3, 2];
	const groups = 2 ** (hidden - inner - middle);
	const doubles = (values: ArrayLike<number>): number => {
		const at = place(values.length * 8);
		new Float64Array(memory.buffer, at, values.length).set(values);
		return at;
	};
	const fields = normals(hidden * units, keyFromSeed(1));
	const base = normals(units, keyFromSeed(2));
	const bias = Float64Array.from({ length: 3 * hidden }, (_, k) => [1.5, k % 7, Math.log(1.5)][k % 3]);
	const ends = place(8);
	new Int32Array(memory.buffer, ends, 2).set([4, units]);
	const given = [doubles(fields.map(Math.exp)), doubles(fields), doubles(base.map(Math.exp)), doubles(base)];
	const numbers = [...given, doubles(bias), ends, 2, units, hidden, inner, middle, 1];
	const bytes = exports.enumerateScratch(units, hidden, inner, 1);
	const scratch = place(2 * bytes + 64);
	const [whole, parts] = [0, 1].map(() => doubles(new Float64Array(3 * groups).fill(NaN)));
	exports.enumerateStates(...numbers, whole, scratch, 0, groups);
	for (let group = groups - 1; group >= 0; group--) {
		exports.enumerateStates(...numbers, parts, scratch + (group % 2) * bytes, group, group + 1);
	}
	const [a, b] = [whole, parts].map((at) => [...new Float64Array(memory.buffer, at, 3 * groups)]);
	expect(a.every(Number.isFinite)).toBe(true);
	expect(b).toEqual(a);
});

it('a shared call takes every part once', () => {
	const control = new Int32Array(new SharedArrayBuffer(CONTROL.WORDS * 4));
	const numbers = new Float64Array(MAX_NUMBERS).fill(5, 0, 2);
	const seen: number[][] = [];
	const fake = { multiplyBits: (...all: number[]) => seen.push(all) } as unknown as Exports;
	control[CONTROL.FUNCTION] = SHARED.indexOf('multiplyBits');
	control[CONTROL.NUMBERS] = 2;
	control[CONTROL.COUNT] = 10;
	control[CONTROL.GRAIN] = 4;
	control[CONTROL.SCRATCH] = 0x90000000 | 0;
	control[CONTROL.SCRATCH_BYTES] = 64;
	takeParts(fake, control, numbers, 2);
	takeParts(fake, control, numbers, 0);
	const scratch = 0x90000000 + 128;
	expect(seen).toEqual([
		[5, 5, scratch, 0, 4],
		[5, 5, scratch, 4, 8],
		[5, 5, scratch, 8, 10]
	]);
});
