// Small symmetric tridiagonal eigenproblems: implicit QL with Wilkinson shifts.
import { rotate } from './svdVector';

/**
 * Eigenvalues of the tridiagonal matrix (d, e) of order n over d, rising, and its eigenvectors as the rows of q
 * (width n, stride in bytes), which is overwritten. e is used up; e[n−1] need not exist.
 */
export function tridiagonalQL(n: i32, d: usize, e: usize, q: usize, stride: usize): void {
	for (let i = 0; i < n; i++) {
		memory.fill(q + i * stride, 0, <usize>n << 3);
		store<f64>(q + i * stride + (<usize>i << 3), 1);
	}
	// An off-diagonal entry below the matrix's rounding is nothing.
	let top: f64 = 0;
	for (let i = 0; i < n; i++) {
		top = max(top, Math.abs(load<f64>(d + (<usize>i << 3))));
		if (i < n - 1) top = max(top, Math.abs(load<f64>(e + (<usize>i << 3))));
	}
	const nothing = 1.1e-16 * top;
	for (let l = 0; l < n; l++) {
		for (let turn = 0; turn < 60; turn++) {
			let m = l;
			for (; m < n - 1; m++) {
				if (Math.abs(load<f64>(e + (<usize>m << 3))) <= nothing) break;
			}
			if (m == l) break;
			const dl = d + (<usize>l << 3);
			const el = load<f64>(e + (<usize>l << 3));
			let g = (load<f64>(dl, 8) - load<f64>(dl)) / (2 * el);
			let r = Math.sqrt(g * g + 1);
			g = load<f64>(d + (<usize>m << 3)) - load<f64>(dl) + el / (g + (g >= 0 ? r : -r));
			let s: f64 = 1;
			let c: f64 = 1;
			let p: f64 = 0;
			let i = m - 1;
			for (; i >= l; i--) {
				const at = <usize>i << 3;
				const f = s * load<f64>(e + at);
				const b = c * load<f64>(e + at);
				r = Math.sqrt(f * f + g * g);
				if (i + 1 < n - 1) store<f64>(e + at, r, 8);
				if (r == 0) {
					store<f64>(d + at, load<f64>(d + at, 8) - p, 8);
					break;
				}
				const inverse = 1 / r;
				s = f * inverse;
				c = g * inverse;
				g = load<f64>(d + at, 8) - p;
				r = (load<f64>(d + at) - g) * s + 2 * c * b;
				p = s * r;
				store<f64>(d + at, g + p, 8);
				g = c * r - b;
				rotate(n, q + i * stride, q + (i + 1) * stride, c, s);
			}
			if (r == 0 && i >= l) {
				if (m < n - 1) store<f64>(e + (<usize>m << 3), 0);
				continue;
			}
			store<f64>(dl, load<f64>(dl) - p);
			store<f64>(e + (<usize>l << 3), g);
			if (m < n - 1) store<f64>(e + (<usize>m << 3), 0);
		}
	}
	sortRows(n, d, q, stride);
}

/** Selection sort, rising: at most n exchanges of rows. */
function sortRows(n: i32, d: usize, q: usize, stride: usize): void {
	for (let i = 0; i < n - 1; i++) {
		let least = i;
		for (let j = i + 1; j < n; j++) {
			if (load<f64>(d + (<usize>j << 3)) < load<f64>(d + (<usize>least << 3))) least = j;
		}
		if (least == i) continue;
		const x = load<f64>(d + (<usize>i << 3));
		store<f64>(d + (<usize>i << 3), load<f64>(d + (<usize>least << 3)));
		store<f64>(d + (<usize>least << 3), x);
		const a = q + i * stride;
		const b = q + least * stride;
		for (let k: usize = 0; k < <usize>n << 3; k += 8) {
			const t = load<f64>(a + k);
			store<f64>(a + k, load<f64>(b + k));
			store<f64>(b + k, t);
		}
	}
}
