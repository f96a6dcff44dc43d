// Linear systems: LU with partial pivoting for general matrices, Cholesky for positive definite ones.
import { MatrixError } from './linalg.ts';

/** The factor L (n×n, lower, row-major) with A = LLᵀ, or null where A is not positive definite. */
export function cholesky(n: number, a: Float64Array): Float64Array | null {
	const l = new Float64Array(n * n);
	for (let i = 0; i < n; i++) {
		for (let j = 0; j <= i; j++) {
			let s = a[i * n + j];
			for (let k = 0; k < j; k++) s -= l[i * n + k] * l[j * n + k];
			if (i === j) {
				if (!(s > 0)) return null;
				l[i * n + i] = Math.sqrt(s);
			} else l[i * n + j] = s / l[j * n + j];
		}
	}
	return l;
}

/** ln det A of a symmetric positive definite n×n matrix, or null where it is not positive definite. */
export function logDetPositive(n: number, a: Float64Array): number | null {
	const l = cholesky(n, a);
	if (!l) return null;
	let s = 0;
	for (let i = 0; i < n; i++) s += 2 * Math.log(l[i * n + i]);
	return s;
}

/** x with A x = b from the Cholesky factor L of A. */
export function solveCholesky(n: number, l: Float64Array, b: Float64Array): Float64Array {
	const x = Float64Array.from(b);
	for (let i = 0; i < n; i++) {
		for (let k = 0; k < i; k++) x[i] -= l[i * n + k] * x[k];
		x[i] /= l[i * n + i];
	}
	for (let i = n - 1; i >= 0; i--) {
		for (let k = i + 1; k < n; k++) x[i] -= l[k * n + i] * x[k];
		x[i] /= l[i * n + i];
	}
	return x;
}

/**
 * X with A X = B: A is n×n, B is n×m (m = 1 unless given), both row-major and left as they are.
 * @throws MatrixError when A is singular to working precision.
 */
export function solve(n: number, a: Float64Array, b: Float64Array, m = 1): Float64Array {
	const lu = Float64Array.from(a);
	const x = Float64Array.from(b);
	const scale = lu.reduce((s, e) => Math.max(s, Math.abs(e)), 0);
	for (let k = 0; k < n; k++) {
		let pivot = k;
		for (let i = k + 1; i < n; i++) if (Math.abs(lu[i * n + k]) > Math.abs(lu[pivot * n + k])) pivot = i;
		if (!(Math.abs(lu[pivot * n + k]) > scale * n * Number.EPSILON * 1e-3))
			throw new MatrixError(`solve: the ${n}×${n} matrix is singular (pivot ${k})`);
		if (pivot !== k) {
			swapRows(lu, n, k, pivot);
			swapRows(x, m, k, pivot);
		}
		for (let i = k + 1; i < n; i++) {
			const f = lu[i * n + k] / lu[k * n + k];
			if (f === 0) continue;
			for (let j = k + 1; j < n; j++) lu[i * n + j] -= f * lu[k * n + j];
			for (let j = 0; j < m; j++) x[i * m + j] -= f * x[k * m + j];
		}
	}
	for (let i = n - 1; i >= 0; i--) {
		for (let j = 0; j < m; j++) {
			let s = x[i * m + j];
			for (let k = i + 1; k < n; k++) s -= lu[i * n + k] * x[k * m + j];
			x[i * m + j] = s / lu[i * n + i];
		}
	}
	return x;
}

function swapRows(a: Float64Array, cols: number, i: number, j: number): void {
	for (let k = 0; k < cols; k++) {
		const t = a[i * cols + k];
		a[i * cols + k] = a[j * cols + k];
		a[j * cols + k] = t;
	}
}
