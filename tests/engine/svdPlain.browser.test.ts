// Decompositions where there is no WebAssembly: a file of its own, for the module is tried once a page.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { judge } from './decompositions';
import { gaussians } from './onBackends';

let plain: typeof import('../../src/lib/engine/svdFloat64');

beforeAll(async () => {
	vi.stubGlobal('WebAssembly', undefined);
	plain = await import('../../src/lib/engine/svdFloat64');
});
afterAll(() => void vi.unstubAllGlobals());

const [m, n] = [9, 6];

it('svdFrom runs in plain code', () => {
	const w = gaussians(m * n, 71);
	const { u, singularValues, v } = plain.svdFrom(w, m, n);
	const verdict = judge(m, n, w, { u, s: singularValues, v });
	expect(Math.max(verdict.values, verdict.product, verdict.orthogonal)).toBeLessThan(1e-13);
	expect(() => plain.svdFrom(w.fill(NaN, 3, 4), m, n)).toThrow(RangeError);
});

it('svdBatch does, and a matrix with NaN spoils no other', () => {
	const batch = gaussians(3 * m * n, 72);
	batch[m * n] = NaN;
	const [u, s, v] = [3 * m * n, 3 * n, 3 * n * n].map((length) => new Float32Array(length));
	plain.svdBatch(3, m, n, batch, u, s, v);
	const part = (x: Float32Array, k: number) => x.subarray((k * x.length) / 3, ((k + 1) * x.length) / 3);
	for (const k of [0, 2]) {
		const verdict = judge(m, n, part(batch, k), { u: part(u, k), s: part(s, k), v: part(v, k) });
		expect(Math.max(verdict.values, verdict.product, verdict.orthogonal)).toBeLessThan(1e-6);
	}
	for (const x of [u, s, v]) expect(part(x, 1).every(Number.isNaN)).toBe(true);
});
