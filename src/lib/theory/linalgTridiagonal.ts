// The symmetric eigenproblem: Householder reduction to tridiagonal form, then implicit QL with Wilkinson shifts
// (Golub & Van Loan, sections 8.3). Eigenvectors are kept as rows, so that each rotation runs along memory.
import { dotAt } from './linalgProducts.ts';

/** Eigenvalues rising, eigenvector k in vectorRows[k·n .. k·n+n), of the symmetric matrix in the lower triangle. */
export function tridiagonalEigen(
	n: number,
	a: Float64Array
): { values: Float64Array; vectorRows: Float64Array } {
	const d = new Float64Array(n);
	const e = new Float64Array(n);
	const q = reduce(n, a, d, e);
	implicitQl(n, d, e, q);
	const order = Array.from(d.keys()).sort((i, j) => d[i] - d[j] || i - j);
	const vectorRows = new Float64Array(n * n);
	order.forEach((from, k) => vectorRows.set(q.subarray(from * n, from * n + n), k * n));
	return { values: Float64Array.from(order, (i) => d[i]), vectorRows };
}

/**
 * Householder: T = QᵀAQ with diagonal d and subdiagonal e (e[k] couples k and k+1). Returns Qᵀ, row-major.
 * Reflection k clears column k below the subdiagonal; its unit vector is kept in `refl` row k.
 */
function reduce(n: number, input: Float64Array, d: Float64Array, e: Float64Array): Float64Array {
	const a = new Float64Array(n * n);
	for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) a[i * n + j] = a[j * n + i] = input[i * n + j];
	const refl = new Float64Array(n * n);
	const p = new Float64Array(n);
	for (let k = 0; k < n - 1; k++) {
		const o = k * n;
		const len = n - k - 1;
		const row = a.subarray(o + k + 1, o + n);
		let below = 0;
		for (let i = 1; i < len; i++) below = Math.max(below, Math.abs(row[i]));
		if (below === 0) {
			e[k] = row[0];
			continue;
		}
		const size = Math.max(below, Math.abs(row[0]));
		const w = refl.subarray(o + k + 1, o + n);
		for (let i = 0; i < len; i++) w[i] = row[i] / size;
		const length = Math.sqrt(dotAt(len, w, 0, w, 0));
		const alpha = w[0] < 0 ? length : -length;
		w[0] -= alpha;
		const unit = 1 / Math.sqrt(dotAt(len, w, 0, w, 0));
		for (let i = 0; i < len; i++) w[i] *= unit;
		e[k] = alpha * size;
		// A ← (I−2wwᵀ)A(I−2wwᵀ) = A − 2(w gᵀ + g wᵀ), g = p − (wᵀp)w, p = A w, on the trailing block.
		let wp = 0;
		for (let i = 0; i < len; i++) {
			p[i] = dotAt(len, a, (k + 1 + i) * n + k + 1, w, 0);
			wp += w[i] * p[i];
		}
		for (let i = 0; i < len; i++) p[i] -= wp * w[i];
		for (let i = 0; i < len; i++) {
			const at = (k + 1 + i) * n + k + 1;
			const wi = 2 * w[i];
			const pi = 2 * p[i];
			for (let j = 0; j < len; j++) a[at + j] -= wi * p[j] + pi * w[j];
		}
	}
	for (let k = 0; k < n; k++) d[k] = a[k * n + k];
	const qt = new Float64Array(n * n);
	for (let i = 0; i < n; i++) qt[i * n + i] = 1;
	// Qᵀ = H_{n-2}…H_0; built from the last reflection on, so that only the trailing block is ever touched.
	for (let k = n - 2; k >= 0; k--) {
		const len = n - k - 1;
		const w = refl.subarray(k * n + k + 1, k * n + n);
		for (let i = k + 1; i < n; i++) {
			const f = 2 * dotAt(len, qt, i * n + k + 1, w, 0);
			if (f !== 0) for (let j = 0; j < len; j++) qt[i * n + k + 1 + j] -= f * w[j];
		}
	}
	return qt;
}

/** Implicit QL on (d, e), rotating the rows of `q` along. Fails never in practice; 60 tries an eigenvalue. */
function implicitQl(n: number, d: Float64Array, e: Float64Array, q: Float64Array): void {
	for (let l = 0; l < n; l++) {
		for (let tries = 0; tries < 60; tries++) {
			let m = l;
			for (; m < n - 1; m++) {
				const size = Math.abs(d[m]) + Math.abs(d[m + 1]);
				if (Math.abs(e[m]) <= Number.EPSILON * 0.5 * size || Math.abs(e[m]) < 1e-300) break;
			}
			if (m === l) break;
			let g = (d[l + 1] - d[l]) / (2 * e[l]);
			let r = Math.hypot(g, 1);
			g = d[m] - d[l] + e[l] / (g + (g < 0 ? -r : r));
			let s = 1;
			let c = 1;
			let p = 0;
			let i = m - 1;
			for (; i >= l; i--) {
				const f = s * e[i];
				const b = c * e[i];
				r = Math.hypot(f, g);
				e[i + 1] = r;
				if (r === 0) {
					d[i + 1] -= p;
					e[m] = 0;
					break;
				}
				s = f / r;
				c = g / r;
				g = d[i + 1] - p;
				r = (d[i] - g) * s + 2 * c * b;
				p = s * r;
				d[i + 1] = g + p;
				g = c * r - b;
				const lower = i * n;
				const upper = lower + n;
				for (let k = 0; k < n; k++) {
					const y = q[upper + k];
					const x = q[lower + k];
					q[upper + k] = s * x + c * y;
					q[lower + k] = c * x - s * y;
				}
			}
			if (r === 0 && i >= l) continue;
			d[l] -= p;
			e[l] = g;
			e[m] = 0;
		}
	}
}
