// Singular value decompositions on the CPU in float64, by a SIMD module with a memory of its own (wasm/svd.as): the twin
// of the WebGPU kernel on tfjs's other backends, and the session's decompositions of the weights. At LAPACK's speed on
// one thread. Where WebAssembly has no SIMD plain code does it.
import type { ThinSvd } from '$lib/theory/linalg';
import { plainSvd } from './svdPlain';
import { moduleWith, places, release } from './wasm/float64';

/** Singular values below this part of ‖W‖_F are rounding, in float64 and of a matrix that was float32. */
const FLOOR64 = 2 ** -52;
export const FLOOR32 = 2 ** -25;
/** Departure from orthogonality: a few roundings of a scalar product; and what float32 can hold of it. */
const FULL = 2e-14;
const SINGLE = 1e-7;

/** Floats of a batch copied to the module at a time. */
const CHUNK = 1 << 20;

/**
 * Decomposes `count` row-major matrices rows×cols at x into u [count, rows, r], s [count, r] and v [count, cols, r],
 * r = min(rows, cols), computed in float64. A matrix with an entry that is not finite gives NaN throughout.
 */
export function svdBatch(
	count: number,
	rows: number,
	cols: number,
	x: Float32Array | Int32Array,
	u: Float32Array,
	s: Float32Array,
	v: Float32Array
): void {
	const r = Math.min(rows, cols);
	const sizes = [rows * cols, rows * r, r, cols * r];
	const [, uSize, sSize, vSize] = sizes;
	const size = rows * cols;
	const most = Math.max(1, Math.min(count, Math.floor(CHUNK / size)));
	// Without the module nothing asks for how much memory it would want.
	const scratch = moduleWith(0)?.exports.svdScratch(rows, cols) ?? 0;
	const at = places(...sizes.map((n) => n * most * 4), scratch);
	const simd = moduleWith(at[5]);
	if (!simd) {
		for (let k = 0; k < count; k++) {
			const one = x.subarray(k * size, (k + 1) * size);
			const finite = one.every(Number.isFinite);
			const parts = finite ? plainSvd(rows, cols, one, FLOOR32) : null;
			if (parts) u.set(parts.u, k * uSize);
			else u.fill(NaN, k * uSize, (k + 1) * uSize);
			if (parts) s.set(parts.s, k * sSize);
			else s.fill(NaN, k * sSize, (k + 1) * sSize);
			if (parts) v.set(parts.v, k * vSize);
			else v.fill(NaN, k * vSize, (k + 1) * vSize);
		}
		return;
	}
	const heap = new Float32Array(simd.memory.buffer);
	const view = (index: number, length: number) => heap.subarray(at[index] / 4, at[index] / 4 + length);
	for (let first = 0; first < count; first += most) {
		const some = Math.min(most, count - first);
		heap.set(x.subarray(first * size, (first + some) * size), at[0] / 4);
		simd.exports.svdBatch(some, rows, cols, at[0], at[1], at[2], at[3], FLOOR32, SINGLE, at[4]);
		u.set(view(1, some * uSize), first * uSize);
		s.set(view(2, some * sSize), first * sSize);
		v.set(view(3, some * vSize), first * vSize);
	}
	release();
}

/** Turns the sign of each pair of columns to that of the decomposition of a nearby matrix. */
function followSigns(parts: ThinSvd, previous: ThinSvd): void {
	const r = parts.singularValues.length;
	const along = new Float64Array(r);
	for (const side of ['u', 'v'] as const) {
		const [now, then] = [parts[side], previous[side]];
		for (let i = 0; i < now.length;) for (let k = 0; k < r; k++, i++) along[k] += now[i] * then[i];
	}
	const signs = along.map((x) => (x < 0 ? -1 : 1));
	for (const now of [parts.u, parts.v]) {
		for (let i = 0; i < now.length;) for (let k = 0; k < r; k++, i++) now[i] *= signs[k];
	}
}

/**
 * Thin singular value decomposition of the N×M row-major weights, in float64: u N×r, v M×r, singular values falling,
 * r = min(N, M). u and v have orthonormal columns whatever the rank. Alone, to rounding: ‖UΣVᵀ − W‖ ≤ 1e-13·‖W‖ and
 * orthogonal to 1e-13; the largest entry of each column on the shorter side (v when N = M) is positive. With `previous`,
 * the decomposition of a nearby matrix of the same shape (the last training step), column signs follow it, so that drawn
 * modes do not flip, and the longer side's columns are orthogonal to 1e-7, the rounding of float32 weights, which costs
 * less. (Starting the computation itself from the old V gains nothing: that product alone costs as much as the tridiagonal
 * form that it would save.)
 * @throws RangeError on entries that are not finite, on a length that does not fit, and when the shapes differ.
 */
export function svdFrom(
	weights: Float32Array | Float64Array,
	N: number,
	M: number,
	previous: ThinSvd | null = null
): ThinSvd {
	if (weights.length !== N * M)
		throw new RangeError(`svdFrom: ${weights.length} entries do not fill a ${N}×${M} matrix`);
	if (previous && (previous.rows !== N || previous.cols !== M))
		throw new RangeError(`svdFrom: previous is ${previous.rows}×${previous.cols}, not ${N}×${M}`);
	const r = Math.min(N, M);
	const parts = decomposeOne(weights, N, M, r, previous ? SINGLE : FULL);
	if (previous) followSigns(parts, previous);
	return parts;
}

function decomposeOne(
	weights: Float32Array | Float64Array,
	rows: number,
	cols: number,
	r: number,
	tolerance: number
): ThinSvd {
	const scratch = moduleWith(0)?.exports.svdScratch(rows, cols) ?? 0;
	const at = places(rows * cols * 8, rows * r * 8, r * 8, cols * r * 8, scratch);
	const simd = moduleWith(at[5]);
	if (!simd) {
		if (!weights.every(Number.isFinite)) throw new RangeError('svdFrom: an entry is not finite');
		const { u, s, v } = plainSvd(rows, cols, weights, FLOOR64);
		return { rows, cols, u, singularValues: s, v };
	}
	const heap = new Float64Array(simd.memory.buffer);
	heap.set(weights, at[0] / 8);
	const status = simd.exports.svdOne(rows, cols, at[0], at[1], at[2], at[3], FLOOR64, tolerance, at[4]);
	if (status === 1) throw new RangeError('svdFrom: an entry is not finite');
	if (status !== 0) throw new Error('svdFrom: the decomposition did not reach its accuracy');
	const part = (index: number, length: number) => heap.slice(at[index] / 8, at[index] / 8 + length);
	const result = { rows, cols, u: part(1, rows * r), singularValues: part(2, r), v: part(3, cols * r) };
	release();
	return result;
}
