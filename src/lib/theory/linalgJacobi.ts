// One-sided Jacobi: columns are rotated in pairs until all are orthogonal. It reaches full accuracy for any
// matrix and any orthogonal start (Demmel & Veselić 1992), and so doubles as the repair of a fast rough start.
import { dotAt, matMul, transpose } from './linalgProducts.ts';

/** Squared norms below this are taken for zero: entries were scaled to at most 1, so nothing visible is lost. */
const NOTHING = 1e-290;
const MAX_SWEEPS = 60;

/** Rotates rows p and q of the row-length-`m` array `a`, and returns their new squared norms. */
function rotate(m: number, a: Float64Array, p: number, q: number, c: number, s: number): [number, number] {
	let np = 0;
	let nq = 0;
	for (let i = 0; i < m; i++) {
		const x = a[p + i];
		const y = a[q + i];
		const x1 = c * x - s * y;
		const y1 = s * x + c * y;
		a[p + i] = x1;
		a[q + i] = y1;
		np += x1 * x1;
		nq += y1 * y1;
	}
	return [np, nq];
}

/**
 * Makes the `n` vectors a[k·m .. k·m+m) orthogonal by plane rotations, applying the same ones to the `n` rows of
 * `vt` (length n), both in place. Vectors shorter than noise·(longest) end as exact zeros.
 * @returns their n norms, unsorted.
 */
export function jacobiColumns(
	n: number,
	m: number,
	a: Float64Array,
	vt: Float64Array,
	noise: number
): Float64Array {
	const sq = new Float64Array(n);
	// Rounding of a dot product of unit vectors grows like √m·ε at most; asking for less would never end.
	const tol = 2 * Number.EPSILON * Math.max(1, Math.sqrt(m) / 8);
	for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
		let max = 0;
		for (let k = 0; k < n; k++) {
			sq[k] = dotAt(m, a, k * m, a, k * m);
			max = Math.max(max, sq[k]);
		}
		const floor = Math.max(NOTHING, noise * noise * max);
		for (let k = 0; k < n; k++) {
			if (sq[k] > floor) continue;
			sq[k] = 0;
			a.fill(0, k * m, k * m + m);
		}
		let rotations = 0;
		for (let p = 0; p < n - 1; p++) {
			for (let q = p + 1; q < n; q++) {
				if (sq[p] === 0 || sq[q] === 0) continue;
				const g = dotAt(m, a, p * m, a, q * m);
				if (Math.abs(g) <= tol * Math.sqrt(sq[p]) * Math.sqrt(sq[q])) continue;
				rotations++;
				const zeta = (sq[q] - sq[p]) / (2 * g);
				const t =
					Math.abs(zeta) > 1e150
						? 0.5 / zeta
						: (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
				const c = 1 / Math.sqrt(1 + t * t);
				[sq[p], sq[q]] = rotate(m, a, p * m, q * m, c, c * t);
				rotate(n, vt, p * n, q * n, c, c * t);
			}
		}
		if (rotations === 0) break;
	}
	return sq.map(Math.sqrt);
}

/** One Newton–Schulz step V(3I − VᵀV)/2: takes a nearly orthogonal n×n matrix to rounding accuracy. */
export function orthonormalise(n: number, v: Float64Array): Float64Array {
	const g = matMul(transpose(v, n, n), n, n, v, n);
	for (let i = 0; i < n * n; i++) g[i] *= -0.5;
	for (let i = 0; i < n; i++) g[i * n + i] += 1.5;
	return matMul(v, n, n, g, n);
}

/**
 * Fills columns from..cols of the row-major rows×cols matrix `q` (rows ≥ cols), whose first `from` columns are
 * orthonormal, so that all are: Householder reflections that reduce the given columns, run backwards on the
 * unit vectors left over.
 */
export function completeBasis(rows: number, cols: number, from: number, q: Float64Array): void {
	const w = new Float64Array(from * rows);
	for (let j = 0; j < from; j++) for (let i = 0; i < rows; i++) w[j * rows + i] = q[i * cols + j];
	const reflect = (k: number, target: Float64Array, at: number): void => {
		const o = k * rows;
		const f = 2 * dotAt(rows - k, w, o + k, target, at + k);
		for (let i = k; i < rows; i++) target[at + i] -= f * w[o + i];
	};
	for (let k = 0; k < from; k++) {
		const o = k * rows;
		const length = Math.sqrt(dotAt(rows - k, w, o + k, w, o + k));
		w[o + k] += w[o + k] < 0 ? -length : length;
		const unit = 1 / Math.sqrt(dotAt(rows - k, w, o + k, w, o + k));
		for (let i = 0; i < k; i++) w[o + i] = 0;
		for (let i = k; i < rows; i++) w[o + i] *= unit;
		for (let j = k + 1; j < from; j++) reflect(k, w, j * rows);
	}
	const e = new Float64Array(rows);
	for (let j = from; j < cols; j++) {
		e.fill(0);
		e[j] = 1;
		for (let k = from - 1; k >= 0; k--) reflect(k, e, 0);
		for (let i = 0; i < rows; i++) q[i * cols + j] = e[i];
	}
}
