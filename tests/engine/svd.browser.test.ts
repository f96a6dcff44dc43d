// Batched SVD on every backend: reconstruction, orthogonality and singular values against theory's float64.
import { tensor3d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { svd } from '../../src/lib/engine/svd';
import { thinSvd } from '../../src/lib/theory/linalg';
import { backends, gaussians, take, use, withoutLeak } from './onBackends';

/** Largest departures: of USVᵀ from A and of s from float64, relative to σ_max; of UᵀU and VᵀV from 1. */
async function judge(a: Float32Array, count: number, m: number, n: number, forceStorage = false) {
	const input = tensor3d(a, [count, m, n]);
	const parts = svd(input, forceStorage);
	const r = Math.min(m, n);
	expect([parts.u.shape, parts.s.shape, parts.v.shape]).toEqual([
		[count, m, r],
		[count, r],
		[count, n, r]
	]);
	const [u, s, v] = [await take(parts.u), await take(parts.s), await take(parts.v)];
	input.dispose();
	const worst = { product: 0, values: 0, orthogonal: 0 };
	for (let k = 0; k < count; k++) {
		const one = Float64Array.from(a.subarray(k * m * n, (k + 1) * m * n));
		const exact = thinSvd(m, n, one).singularValues;
		const top = exact[0] || 1;
		const U = (i: number, c: number) => u[(k * m + i) * r + c];
		const V = (j: number, c: number) => v[(k * n + j) * r + c];
		for (let c = 0; c < r; c++) {
			worst.values = Math.max(worst.values, Math.abs(s[k * r + c] - exact[c]) / top);
			for (let d = 0; d <= c; d++) {
				let [uu, vv] = [0, 0];
				for (let i = 0; i < m; i++) uu += U(i, c) * U(i, d);
				for (let j = 0; j < n; j++) vv += V(j, c) * V(j, d);
				const unit = c === d ? 1 : 0;
				worst.orthogonal = Math.max(worst.orthogonal, Math.abs(uu - unit), Math.abs(vv - unit));
			}
		}
		for (let i = 0; i < m; i++) {
			for (let j = 0; j < n; j++) {
				let sum = 0;
				for (let c = 0; c < r; c++) sum += U(i, c) * s[k * r + c] * V(j, c);
				worst.product = Math.max(worst.product, Math.abs(sum - one[i * n + j]) / top);
			}
		}
	}
	return worst;
}

describe.each(backends)('svd on %s', (backend) => {
	beforeAll(() => use(backend));

	it.each([
		[1, 1, 1, false],
		[3, 6, 1, false],
		[4, 5, 8, false],
		[2, 33, 20, false],
		[2, 64, 32, false],
		[3, 7, 5, true],
		[2, 20, 33, true]
	] as const)('%i matrices of %i×%i, in storage: %s', (count, m, n, forceStorage) =>
		withoutLeak(async () => {
			const worst = await judge(gaussians(count * m * n, m * 100 + n), count, m, n, forceStorage);
			expect(worst.product).toBeLessThan(1e-5);
			expect(worst.values).toBeLessThan(1e-5);
			expect(worst.orthogonal).toBeLessThan(1e-5);
		})
	);

	it('of matrices without full rank, of widely spread and of equal singular values, and of zero', () =>
		withoutLeak(async () => {
			const [m, n] = [9, 7];
			const rankTwo = new Float32Array(m * n).map(
				(_, at) => Math.floor(at / n) * (at % n) + 2 * (at % n) + 1
			);
			const spread = gaussians(m * n, 5).map((x, at) => x * 10 ** -(at % n));
			const identity = new Float32Array(m * n).map((_, at) => (Math.floor(at / n) === at % n ? 3 : 0));
			const huge = gaussians(m * n, 6).map((x) => x * 1e25);
			const tiny = gaussians(m * n, 7).map((x) => x * 1e-25);
			const all = [rankTwo, spread, identity, new Float32Array(m * n), huge, tiny];
			const joined = new Float32Array(all.length * m * n);
			all.forEach((one, k) => joined.set(one, k * m * n));
			const worst = await judge(joined, all.length, m, n);
			expect(Math.max(...Object.values(worst))).toBeLessThan(1e-5);
		}));
});
