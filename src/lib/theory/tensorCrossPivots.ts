// The local step of tensor cross interpolation: a full-pivoting LU that picks the rows and columns of a matrix
// from which the rest of it can be interpolated, and the solve with the pivot matrix that interpolation needs.

/** Rows and columns chosen, largest pivot first, and the size of the largest element left out. */
export interface CrossPivots {
	readonly rows: readonly number[];
	readonly columns: readonly number[];
	/** |largest element of the remainder| after the last pivot: the local interpolation error. */
	readonly remainder: number;
}

/**
 * Rank-revealing LU with full pivoting of a rows×cols row-major matrix, which is destroyed.
 * @param tolerance pivots at or below this absolute size are not taken (one pivot is, if any element is not 0)
 * @param maxRank at most this many pivots
 */
export function crossPivots(
	rows: number,
	cols: number,
	matrix: Float64Array,
	tolerance: number,
	maxRank: number
): CrossPivots {
	const rowOf = Array.from({ length: rows }, (_, i) => i);
	const colOf = Array.from({ length: cols }, (_, j) => j);
	const most = Math.min(rows, cols);
	let rank = 0;
	for (;;) {
		let largest = 0;
		let pi = rank;
		let pj = rank;
		for (let i = rank; i < rows; i++)
			for (let j = rank; j < cols; j++) {
				const size = Math.abs(matrix[rowOf[i] * cols + colOf[j]]);
				if (size > largest) [largest, pi, pj] = [size, i, j];
			}
		const enough = rank >= Math.min(most, maxRank) || largest === 0 || (rank > 0 && largest <= tolerance);
		if (enough) return { rows: rowOf.slice(0, rank), columns: colOf.slice(0, rank), remainder: largest };
		[rowOf[rank], rowOf[pi]] = [rowOf[pi], rowOf[rank]];
		[colOf[rank], colOf[pj]] = [colOf[pj], colOf[rank]];
		const pivotRow = rowOf[rank] * cols;
		const pivot = matrix[pivotRow + colOf[rank]];
		for (let i = rank + 1; i < rows; i++) {
			const factor = matrix[rowOf[i] * cols + colOf[rank]] / pivot;
			if (factor === 0) continue;
			for (let j = rank + 1; j < cols; j++)
				matrix[rowOf[i] * cols + colOf[j]] -= factor * matrix[pivotRow + colOf[j]];
		}
		rank++;
	}
}

/**
 * X = T·P^{−1} for an n×n pivot matrix P and an m×n matrix T, by Gaussian elimination with full pivoting on P
 * (P is ill conditioned by nature: its pivots fall to the tolerance).
 */
export function timesInverse(m: number, n: number, t: Float64Array, p: Float64Array): Float64Array {
	const a = Float64Array.from(p);
	const x = Float64Array.from(t);
	const row = Array.from({ length: n }, (_, i) => i);
	const col = Array.from({ length: n }, (_, i) => i);
	for (let k = 0; k < n; k++) {
		let largest = -1;
		let pi = k;
		let pj = k;
		for (let i = k; i < n; i++)
			for (let j = k; j < n; j++) {
				const size = Math.abs(a[row[i] * n + col[j]]);
				if (size > largest) [largest, pi, pj] = [size, i, j];
			}
		[row[k], row[pi]] = [row[pi], row[k]];
		[col[k], col[pj]] = [col[pj], col[k]];
		const pivot = a[row[k] * n + col[k]];
		for (let i = k + 1; i < n; i++) {
			const factor = a[row[i] * n + col[k]] / pivot;
			a[row[i] * n + col[k]] = factor;
			for (let j = k + 1; j < n; j++) a[row[i] * n + col[j]] -= factor * a[row[k] * n + col[j]];
		}
	}
	// With Pʳᶜ = LU (rows and columns permuted), X P = T reads Xʳ·L·U = Tᶜ: first U from the left, then L.
	const out = new Float64Array(m * n);
	for (let i = 0; i < m; i++) {
		const y = new Float64Array(n);
		for (let j = 0; j < n; j++) {
			let s = x[i * n + col[j]];
			for (let k = 0; k < j; k++) s -= y[k] * a[row[k] * n + col[j]];
			y[j] = s / a[row[j] * n + col[j]];
		}
		for (let j = n - 1; j >= 0; j--) {
			let s = y[j];
			for (let k = j + 1; k < n; k++) s -= y[k] * a[row[k] * n + col[j]];
			y[j] = s;
		}
		for (let j = 0; j < n; j++) out[i * n + row[j]] = y[j];
	}
	return out;
}
