// Linear algebra held to its stated accuracy and against ml-matrix.
import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { MatrixError, svd, symEigen, thinSvd, thinSvdFrom, type Svd } from '../../src/lib/theory/linalg.ts';
import { matMul, matTVec, matVec, norm2, transpose } from '../../src/lib/theory/linalgProducts.ts';
import { cholesky, logDetPositive, solve, solveCholesky } from '../../src/lib/theory/linalgSolve.ts';
import { gaussians } from './randomRbm.ts';

/** ‖QᵀQ − I‖_F/‖I‖_F of an n×k matrix with k columns. */
function orthogonality(n: number, k: number, q: Float64Array): number {
	const g = matMul(transpose(q, n, k), k, n, q, k);
	for (let i = 0; i < k; i++) g[i * k + i] -= 1;
	return norm2(g) / Math.sqrt(Math.max(k, 1));
}

function reconstruction(w: Float64Array, s: Svd, uCols: number, vCols: number): number {
	const r = s.singularValues.length;
	const top = norm2(w);
	if (top === 0) return norm2(s.singularValues);
	const us = new Float64Array(s.rows * r);
	for (let i = 0; i < s.rows; i++)
		for (let k = 0; k < r; k++) us[i * r + k] = s.u[i * uCols + k] * (s.singularValues[k] / top);
	const vt = new Float64Array(r * s.cols);
	for (let k = 0; k < r; k++) for (let j = 0; j < s.cols; j++) vt[k * s.cols + j] = s.v[j * vCols + k];
	const back = matMul(us, s.rows, r, vt, s.cols);
	return norm2(back.map((x, i) => x - w[i] / top));
}

function expectGood(rows: number, cols: number, w: Float64Array): void {
	const r = Math.min(rows, cols);
	const full = svd(rows, cols, w);
	expect(full.u.length).toBe(rows * rows);
	expect(full.v.length).toBe(cols * cols);
	expect(reconstruction(w, full, rows, cols)).toBeLessThan(1e-13);
	expect(orthogonality(rows, rows, full.u)).toBeLessThan(1e-13);
	expect(orthogonality(cols, cols, full.v)).toBeLessThan(1e-13);
	const thin = thinSvd(rows, cols, w);
	expect(reconstruction(w, thin, r, r)).toBeLessThan(1e-13);
	expect([...thin.singularValues]).toEqual([...full.singularValues]);
	for (let k = 1; k < r; k++) expect(thin.singularValues[k]).toBeLessThanOrEqual(thin.singularValues[k - 1]);
	for (const s of thin.singularValues) expect(s).toBeGreaterThanOrEqual(0);
}

const shapes: [string, number, number][] = [
	['tall', 13, 5],
	['wide', 4, 9],
	['square', 7, 7],
	['1×1', 1, 1],
	['one row', 1, 6],
	['one column', 6, 1],
	['tall past the direct limit', 60, 40],
	['wide past the direct limit', 36, 70]
];

describe('svd', () => {
	it.each(shapes)('is exact for a random %s matrix and agrees with ml-matrix', (_, rows, cols) => {
		const w = gaussians(rows * 100 + cols, rows * cols);
		expectGood(rows, cols, w);
		const theirs = new SingularValueDecomposition(Matrix.from1DArray(rows, cols, [...w]), {
			autoTranspose: true
		});
		const ours = thinSvd(rows, cols, w).singularValues;
		theirs.diagonal.forEach((s, k) => expect(Math.abs(ours[k] - s)).toBeLessThan(1e-13 * ours[0]));
	});
	it.each(shapes)('is exact for zero and for rank-one %s matrices', (_, rows, cols) => {
		expectGood(rows, cols, new Float64Array(rows * cols));
		const a = gaussians(3, rows);
		const b = gaussians(4, cols);
		expectGood(rows, cols, matMul(a, rows, 1, b, cols));
	});
	it.each(shapes)(
		'is exact for %s matrices scaled by 1e±150 as a whole, by row and by column',
		(_, rows, cols) => {
			const w = gaussians(5, rows * cols);
			for (const f of [1e150, 1e-150, 1e-310]) {
				// Subnormal numbers hold few digits: there only the shape of the answer is asked for.
				if (f > 1e-300)
					expectGood(
						rows,
						cols,
						w.map((x) => x * f)
					);
				else
					expect(
						svd(
							rows,
							cols,
							w.map((x) => x * f)
						).singularValues.every(Number.isFinite)
					).toBe(true);
			}
			const e = gaussians(6, rows + cols).map((x) => 10 ** Math.max(-150, Math.min(150, 75 * x)));
			expectGood(
				rows,
				cols,
				w.map((x, i) => x * e[Math.floor(i / cols)])
			);
			expectGood(
				rows,
				cols,
				w.map((x, i) => x * e[rows + (i % cols)])
			);
		}
	);
	it('keeps singular values far below ε·‖W‖ for graded small matrices', () => {
		const s = svd(2, 2, Float64Array.of(1e150, 0, 0, 1e-120)).singularValues;
		expect(s[0]).toBe(1e150);
		expect(svd(2, 2, Float64Array.of(1, 0, 0, 1e-100)).singularValues[1]).toBeCloseTo(1e-100, 110);
	});
	it('repeats singular values of an orthogonal matrix', () => {
		const q = svd(50, 50, gaussians(8, 2500)).u;
		expectGood(50, 50, q);
		for (const s of svd(50, 50, q).singularValues) expect(Math.abs(s - 1)).toBeLessThan(1e-13);
	});
	it('follows the signs of a nearby decomposition', () => {
		for (const [rows, cols] of [
			[60, 40],
			[40, 60],
			[9, 5]
		]) {
			const w = gaussians(9, rows * cols);
			const r = Math.min(rows, cols);
			const turned = thinSvd(rows, cols, w);
			const flip = (x: number, i: number) => ((i % r) % 2 === 0 ? -x : x);
			const before = { ...turned, u: turned.u.map(flip), v: turned.v.map(flip) };
			const near = w.map((x, i) => x + 1e-6 * Math.sin(i));
			const after = thinSvdFrom(rows, cols, near, before);
			expect(reconstruction(near, after, r, r)).toBeLessThan(1e-13);
			for (let k = 0; k < r; k++) {
				let along = 0;
				for (let i = 0; i < cols; i++) along += after.v[i * r + k] * before.v[i * r + k];
				expect(along).toBeGreaterThan(0.99);
			}
		}
	});
	it('refuses NaN, infinity and wrong lengths', () => {
		expect(() => svd(2, 2, Float64Array.of(1, 2, 3))).toThrow(MatrixError);
		expect(() => svd(1, 2, Float64Array.of(1, NaN))).toThrow(/entry 1 is NaN/);
		expect(() => thinSvd(1, 2, Float64Array.of(Infinity, 0))).toThrow(MatrixError);
		const other = thinSvd(3, 3, gaussians(1, 9));
		expect(() => thinSvdFrom(4, 3, gaussians(1, 12), other)).toThrow(/3×3/);
		expect(() => symEigen(1.5, Float64Array.of(1))).toThrow(MatrixError);
	});
});

describe('symEigen', () => {
	it.each([1, 2, 3, 8, 33])('diagonalises a random symmetric matrix of size %i', (n) => {
		const g = gaussians(20 + n, n * n);
		const a = g.map((x, i) => x + g[(i % n) * n + Math.floor(i / n)]);
		const { values, vectors } = symEigen(n, a);
		const av = matMul(a, n, n, vectors, n);
		const vl = vectors.map((x, i) => x * values[i % n]);
		expect(norm2(av.map((x, i) => x - vl[i]))).toBeLessThan(1e-13 * norm2(a));
		expect(orthogonality(n, n, vectors)).toBeLessThan(1e-13);
		const theirs = new EigenvalueDecomposition(Matrix.from1DArray(n, n, [...a]), { assumeSymmetric: true });
		const sorted = [...theirs.realEigenvalues].sort((x, y) => x - y);
		sorted.forEach((x, k) => expect(Math.abs(values[k] - x)).toBeLessThan(1e-13 * norm2(a)));
	});
	it('takes zero, diagonal, degenerate and badly scaled matrices', () => {
		expect([...symEigen(3, new Float64Array(9)).values]).toEqual([0, 0, 0]);
		expect([...symEigen(3, Float64Array.of(3, 0, 0, 0, -1, 0, 0, 0, 2)).values]).toEqual([-1, 2, 3]);
		const ones = new Float64Array(25).fill(1e150);
		expect(symEigen(5, ones).values[4] / 5e150).toBeCloseTo(1, 13);
		expect(
			symEigen(
				5,
				ones.map(() => 1e-150)
			).values[4] / 5e-150
		).toBeCloseTo(1, 13);
	});
});

describe('linear systems', () => {
	it('solve and Cholesky agree, and give back the right-hand side', () => {
		const n = 7;
		const g = gaussians(31, n * n);
		const a = matMul(g, n, n, transpose(g, n, n), n);
		const b = gaussians(32, n);
		const x = solve(n, a, b);
		const l = cholesky(n, a);
		expect(l).not.toBeNull();
		expect(norm2(matVec(a, n, n, x).map((e, i) => e - b[i]))).toBeLessThan(1e-10);
		const y = solveCholesky(n, l!, b);
		expect(norm2(y.map((e, i) => e - x[i]))).toBeLessThan(1e-9 * norm2(x));
		const eig = symEigen(n, a).values.reduce((s, e) => s + Math.log(e), 0);
		expect(Math.abs(logDetPositive(n, a)! - eig)).toBeLessThan(1e-10);
	});
	it('solves for several right-hand sides with pivoting', () => {
		const a = Float64Array.of(0, 2, 1, 1);
		const x = solve(2, a, Float64Array.of(2, 4, 3, 5), 2);
		expect([...x]).toEqual([2, 3, 1, 2]);
	});
	it('says when there is no answer', () => {
		expect(() => solve(2, Float64Array.of(1, 2, 2, 4), Float64Array.of(1, 1))).toThrow(/singular/);
		expect(cholesky(1, Float64Array.of(-1))).toBeNull();
		expect(logDetPositive(2, Float64Array.of(1, 2, 2, 1))).toBeNull();
	});
	it('matTVec is the product with the transpose', () => {
		const a = gaussians(40, 12);
		const y = gaussians(41, 4);
		const direct = matVec(transpose(a, 4, 3), 3, 4, y);
		matTVec(a, 4, 3, y).forEach((e, i) => expect(e).toBeCloseTo(direct[i], 13));
	});
});
