// The eigenvalue solver for operators: against full diagonalisation, degenerate and small spaces included.
import { describe, expect, it } from 'vitest';
import { symEigen } from '../../src/lib/theory/linalg.ts';
import { topEigenpairs } from '../../src/lib/theory/linalgKrylov.ts';
import { dot, matMul, matVec, norm2, transpose } from '../../src/lib/theory/linalgProducts.ts';
import { gap } from './arbitraries.ts';
import { gaussians } from './randomRbm.ts';

const operator = (n: number, a: Float64Array) => (block: Float64Array[]) =>
	block.map((x) => matVec(a, n, n, x));

function symmetric(seed: number, n: number): Float64Array {
	const g = gaussians(seed, n * n);
	return g.map((x, k) => x + g[(k % n) * n + Math.floor(k / n)]);
}

describe('topEigenpairs', () => {
	it.each([1, 2, 3, 5, 20, 120])(
		'finds the largest eigenvalues of a random symmetric matrix, n = %i',
		(n) => {
			const a = symmetric(n, n);
			const all = [...symEigen(n, a).values].reverse();
			const top = topEigenpairs(n, operator(n, a), 3);
			expect(top.values.length).toBe(Math.min(3, n));
			expect(gap(top.values, all.slice(0, 3))).toBeLessThan(1e-9 * norm2(a));
			top.vectors.forEach((v, k) => {
				expect(norm2(v)).toBeCloseTo(1, 10);
				const rest = matVec(a, n, n, v).map((e, i) => e - top.values[k] * v[i]);
				expect(norm2(rest)).toBeLessThan(1e-6 * norm2(a));
			});
			expect(top.residual).toBeLessThan(1e-6 * norm2(a));
		}
	);
	it('leaves the deflated directions out', () => {
		const n = 30;
		const a = symmetric(4, n);
		const { values, vectors } = symEigen(n, a);
		const first = Float64Array.from({ length: n }, (_, i) => vectors[i * n + n - 1]);
		const top = topEigenpairs(n, operator(n, a), 2, [first]);
		expect(gap(top.values, [values[n - 2], values[n - 3]])).toBeLessThan(1e-10 * norm2(a));
		for (const v of top.vectors) expect(Math.abs(dot(v, first))).toBeLessThan(1e-10);
	});
	it('sees degenerate eigenvalues, zero operators and projections', () => {
		const n = 40;
		expect([...topEigenpairs(n, operator(n, new Float64Array(n * n)), 3).values]).toEqual([0, 0, 0]);
		const q = symEigen(n, symmetric(5, n)).vectors;
		const d = Float64Array.from({ length: n }, (_, k) => (k < 3 ? 2 : 1));
		const a = matMul(
			q.map((x, k) => x * d[k % n]),
			n,
			n,
			transpose(q, n, n),
			n
		);
		expect(gap(topEigenpairs(n, operator(n, a), 4).values, [2, 2, 2, 1])).toBeLessThan(1e-12);
		expect(topEigenpairs(2, operator(2, new Float64Array(4)), 3, [Float64Array.of(1, 0)]).values.length).toBe(
			1
		);
	});
	it('stops at the largest dimension it is allowed', () => {
		const n = 60;
		const a = Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 1 + k / n / n : 0));
		const top = topEigenpairs(n, operator(n, a), 2, [], 6);
		expect(top.residual).toBeGreaterThan(1e-8);
		expect(top.values[0]).toBeLessThanOrEqual(a[n * n - 1]);
	});
});
