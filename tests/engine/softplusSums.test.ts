// The SIMD module's sums of ln(1+e^t) and scalar products in Node, against float64 over the whole range of fields.
import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import type { Exports } from '../../src/lib/engine/wasm/module';
import { normals, uniforms } from '../../src/lib/random/draw';
import { foldIn, keyFromSeed } from '../../src/lib/random/key';
import { softplus } from '../../src/lib/theory/rbm';

const memory = new WebAssembly.Memory({ initial: 64 });
let exports: Exports;

beforeAll(async () => {
	const binary = readFileSync('src/lib/engine/wasm/kernels.wasm');
	const { instance } = await WebAssembly.instantiate(binary, { env: { memory } });
	exports = instance.exports as unknown as Exports;
});

const key = keyFromSeed(5);
/** Arrays laid one after another from 64 on, then the places of sums and scratch. */
function lay(...arrays: Float32Array[]): number[] {
	let at = 64;
	return [...arrays, new Float32Array(4096)].map((values) => {
		new Float32Array(memory.buffer, at, values.length).set(values);
		at += Math.ceil(values.length / 16) * 64;
		return at - Math.ceil(values.length / 16) * 64;
	});
}

// one unit, blocks of four and their rests, and more than the 2000 factors that a product may have
it.each([
	[1, 400],
	[3, 5],
	[4, 1],
	[17, 0.3],
	[2050, 2]
])('sums ln(1+e^t) of %i units, fields to ±%f', (columns, reach) => {
	const rows = 7;
	const spread = (label: number, count: number) =>
		Float32Array.from(uniforms(count, foldIn(key, label)), (u) => reach * (2 * u - 1));
	const [x, bias] = [spread(1, rows * columns), spread(2, columns)];
	const [xAt, biasAt, sums] = lay(x, bias);
	for (const scale of [1, 1.7, 1e-3, 0]) {
		exports.sumSoftplus(xAt, biasAt, sums, columns, scale, sums + 64 * 8, 0, rows);
		const found = new Float64Array(memory.buffer, sums, rows);
		for (let row = 0; row < rows; row++) {
			// added up with its rounding errors (Kahan): two thousand equal terms lose as many last digits without
			let [expected, lost] = [0, 0];
			for (let j = 0; j < columns; j++) {
				const term = softplus(scale * (x[row * columns + j] + bias[j])) - lost;
				lost = expected + term - expected - term;
				expected += term;
			}
			expect(Math.abs(found[row] - expected)).toBeLessThan(2e-15 * (columns + expected));
		}
	}
});

it('is ln(1+e^t) of one unit for every size of t, to a few roundings of 1', () => {
	for (const t of uniforms(3000, key).map((u, i) => (i % 2 ? 1 : -1) * (1 + u) * 2 ** ((i % 70) - 58))) {
		const [x, bias, sums] = lay(Float32Array.of(t), Float32Array.of(0));
		exports.sumSoftplus(x, bias, sums, 1, 1, sums + 64, 0, 1);
		const [found] = new Float64Array(memory.buffer, sums, 1);
		const expected = softplus(Math.fround(t));
		expect(Math.abs(found - expected)).toBeLessThan(5e-16 * Math.max(1, expected));
	}
});

it.each([1, 4, 31])('takes scalar products of rows of %i', (columns) => {
	const rows = 5;
	const draw = (label: number, count: number) => Float32Array.from(normals(count, foldIn(key, label)));
	const [x, row] = [draw(3, rows * columns), draw(4, columns)];
	const [xAt, rowAt, sums] = lay(x, row);
	exports.dotRows(xAt, rowAt, sums, columns, 0, 0, rows);
	const found = new Float64Array(memory.buffer, sums, rows);
	for (let r = 0; r < rows; r++) {
		const expected = row.reduce((total, e, j) => total + e * x[r * columns + j], 0);
		expect(Math.abs(found[r] - expected)).toBeLessThan(1e-14 * columns);
	}
});
