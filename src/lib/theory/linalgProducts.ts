// Products and small helpers on flat row-major float64 matrices, written so that the inner loop always runs
// along contiguous memory.

/** Dot product of x[xo .. xo+n) with y[yo .. yo+n). */
export function dotAt(n: number, x: Float64Array, xo: number, y: Float64Array, yo: number): number {
	let s0 = 0;
	let s1 = 0;
	let s2 = 0;
	let s3 = 0;
	let i = 0;
	for (; i + 3 < n; i += 4) {
		s0 += x[xo + i] * y[yo + i];
		s1 += x[xo + i + 1] * y[yo + i + 1];
		s2 += x[xo + i + 2] * y[yo + i + 2];
		s3 += x[xo + i + 3] * y[yo + i + 3];
	}
	for (; i < n; i++) s0 += x[xo + i] * y[yo + i];
	return s0 + s1 + (s2 + s3);
}

/** x·y over their common length. */
export function dot(x: Float64Array, y: Float64Array): number {
	return dotAt(x.length, x, 0, y, 0);
}

/** A·x for a rows×cols matrix; result has `rows` entries. */
export function matVec(a: Float64Array, rows: number, cols: number, x: Float64Array): Float64Array {
	const out = new Float64Array(rows);
	for (let i = 0; i < rows; i++) out[i] = dotAt(cols, a, i * cols, x, 0);
	return out;
}

/** Aᵀ·y for a rows×cols matrix; result has `cols` entries. */
export function matTVec(a: Float64Array, rows: number, cols: number, y: Float64Array): Float64Array {
	const out = new Float64Array(cols);
	for (let i = 0; i < rows; i++) {
		const yi = y[i];
		for (let j = 0; j < cols; j++) out[j] += a[i * cols + j] * yi;
	}
	return out;
}

/** Aᵀ (cols×rows) of a rows×cols matrix. */
export function transpose(a: Float64Array, rows: number, cols: number): Float64Array {
	const out = new Float64Array(rows * cols);
	for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) out[j * rows + i] = a[i * cols + j];
	return out;
}

/** A·B, A being n×k and B k×m: n×m, row-major. Four rows of B a pass, to save memory traffic. */
export function matMul(a: Float64Array, n: number, k: number, b: Float64Array, m: number): Float64Array {
	const out = new Float64Array(n * m);
	for (let i = 0; i < n; i++) {
		const o = i * m;
		let l = 0;
		for (; l + 3 < k; l += 4) {
			const a0 = a[i * k + l];
			const a1 = a[i * k + l + 1];
			const a2 = a[i * k + l + 2];
			const a3 = a[i * k + l + 3];
			const b0 = l * m;
			const b1 = b0 + m;
			const b2 = b1 + m;
			const b3 = b2 + m;
			for (let j = 0; j < m; j++)
				out[o + j] += a0 * b[b0 + j] + a1 * b[b1 + j] + (a2 * b[b2 + j] + a3 * b[b3 + j]);
		}
		for (; l < k; l++) {
			const a0 = a[i * k + l];
			for (let j = 0; j < m; j++) out[o + j] += a0 * b[l * m + j];
		}
	}
	return out;
}

/** The n×n identity. */
export function identity(n: number): Float64Array {
	const out = new Float64Array(n * n);
	for (let i = 0; i < n; i++) out[i * n + i] = 1;
	return out;
}

/** √Σx², safe against overflow and underflow. */
export function norm2(x: Float64Array): number {
	let max = 0;
	for (const e of x) max = Math.max(max, Math.abs(e));
	if (max === 0 || !Number.isFinite(max)) return max;
	let s = 0;
	for (const e of x) s += (e / max) * (e / max);
	return max * Math.sqrt(s);
}

/**
 * Two powers of two whose product brings the largest entry into [½, 1): multiplying by them is exact (save for
 * entries lost to underflow) and keeps every square in range. Two, since one may overflow for subnormal input.
 */
export function powerOfTwoScale(x: Float64Array): readonly [number, number] {
	let max = 0;
	for (const e of x) max = Math.max(max, Math.abs(e));
	if (max === 0) return [1, 1];
	const exponent = -(Math.floor(Math.log2(max)) + 1);
	const half = Math.trunc(exponent / 2);
	return [2 ** half, 2 ** (exponent - half)];
}
