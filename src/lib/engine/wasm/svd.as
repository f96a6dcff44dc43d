// What the engine calls in float64: singular value decompositions, and exact sums over states. This module has a memory of
// its own, laid out by its caller: it serves every backend, not only tfjs's wasm. All pointers are multiples of 8.
import {
	columnsOfA, columnsOfB, columnsOfV, complete, decompose, decomposeScratch, factors, layOut, offDiagonal, order, squares
} from './svdDecompose';
import { scale, transpose } from './svdVector';

export { enumerateScratch, enumerateStates } from './enumerate';

/** Exponents so near 0 that fourth powers of the entries, down to their rounding, stay in range unscaled. */
const NEAR: i32 = 100;

/** Bytes of scratch for matrices of this shape. */
export function svdScratch(rows: i32, columns: i32): usize {
	return decomposeScratch(max(rows, columns), min(rows, columns));
}

/** 2^e for exponents of normal numbers. */
// @ts-ignore: decorator
@inline
function power(e: i32): f64 {
	return reinterpret<f64>(<u64>(e + 1023) << 52);
}

/** x·2^e, also for e past the range of one power. */
// @ts-ignore: decorator
@inline
function timesPower(x: f64, e: i32): f64 {
	const half = e >> 1;
	return x * power(half) * power(e - half);
}

/** Exponent e with x < 2^e, and ½ ≤ x/2^e for normal numbers. */
// @ts-ignore: decorator
@inline
function exponentOf(x: f64): i32 {
	return <i32>((reinterpret<u64>(x) >> 52) & 0x7ff) - 1022;
}

/** Largest modulus of `count` numbers at x; NaN if one is not finite. */
function largest<T>(count: i32, x: usize): f64 {
	let most: f64 = 0;
	for (let i = 0; i < count; i++) {
		const value = Math.abs(<f64>load<T>(x));
		if (!(value < Infinity)) return NaN;
		most = max(most, value);
		x += sizeof<T>();
	}
	return most;
}

/** 1 or −1, by which the largest entry of a row becomes positive; of entries equal to 1e-9 the first decides. */
function signOfLargest(n: i32, row: usize): f64 {
	let lead: f64 = 0;
	for (let i = 0; i < n; i++) {
		const x = load<f64>(row + (<usize>i << 3));
		if (Math.abs(x) > Math.abs(lead) * (1 + 1e-9)) lead = x;
	}
	return lead < 0 ? -1 : 1;
}

function fillNaN(count: i32, x: usize): void {
	for (let i = 0; i < count; i++) store<f32>(x + (<usize>i << 2), NaN);
}

/**
 * Rows of `length` numbers, the n of them in `order` and each times its factor, to the columns of a row-major array of
 * numbers of type T.
 */
function spread<T>(n: i32, length: i32, rows: usize, factor: usize, to: usize): void {
	const step = <usize>n * sizeof<T>();
	let k = 0;
	for (; k + 4 <= n; k += 4) {
		const by = order + (<usize>k << 2);
		let r0 = rows + ((<usize>load<i32>(by) * length) << 3);
		let r1 = rows + ((<usize>load<i32>(by, 4) * length) << 3);
		let r2 = rows + ((<usize>load<i32>(by, 8) * length) << 3);
		let r3 = rows + ((<usize>load<i32>(by, 12) * length) << 3);
		const f = factor + (<usize>k << 3);
		const f0 = load<f64>(f);
		const f1 = load<f64>(f, 8);
		const f2 = load<f64>(f, 16);
		const f3 = load<f64>(f, 24);
		let at = to + k * sizeof<T>();
		for (let i = 0; i < length; i++) {
			store<T>(at, <T>(load<f64>(r0) * f0));
			store<T>(at + sizeof<T>(), <T>(load<f64>(r1) * f1));
			store<T>(at + 2 * sizeof<T>(), <T>(load<f64>(r2) * f2));
			store<T>(at + 3 * sizeof<T>(), <T>(load<f64>(r3) * f3));
			r0 += 8;
			r1 += 8;
			r2 += 8;
			r3 += 8;
			at += step;
		}
	}
	for (; k < n; k++) {
		let row = rows + ((<usize>load<i32>(order + (<usize>k << 2)) * length) << 3);
		const f = load<f64>(factor + (<usize>k << 3));
		let at = to + k * sizeof<T>();
		for (let i = 0; i < length; i++) {
			store<T>(at, <T>(load<f64>(row) * f));
			row += 8;
			at += step;
		}
	}
}

/** A float32 matrix to columnsOfA, times 2^−e. */
function gather(rows: i32, columns: i32, x: usize, e: i32): void {
	const factor = power(-e);
	const size = rows * columns;
	if (rows < columns) {
		for (let i = 0; i < size; i++) {
			store<f64>(columnsOfA + (<usize>i << 3), <f64>load<f32>(x + (<usize>i << 2)) * factor);
		}
		return;
	}
	for (let i = 0; i < rows; i++) {
		let to = columnsOfA + (<usize>i << 3);
		for (let j = 0; j < columns; j++) {
			store<f64>(to, <f64>load<f32>(x) * factor);
			x += 4;
			to += <usize>rows << 3;
		}
	}
}

/** What decompose() left, by falling singular value: s times 2^e, the longer side's vectors, the shorter side's. */
function writeOut<T>(m: i32, n: i32, e: i32, long: usize, s: usize, short: usize): void {
	const signs = offDiagonal;
	let rank = 0;
	for (let k = 0; k < n; k++) {
		const column = <usize>load<i32>(order + (<usize>k << 2));
		const length = Math.sqrt(load<f64>(squares + (column << 3)));
		const sign = signOfLargest(n, columnsOfV + ((column * n) << 3));
		const at = <usize>k << 3;
		store<f64>(signs + at, sign);
		store<f64>(factors + at, sign / length);
		store<T>(s + k * sizeof<T>(), <T>timesPower(length, e));
		if (length > 0) rank++;
	}
	if (rank < n) {
		complete(m, n, rank);
		memory.copy(factors, signs, <usize>n << 3);
	}
	spread<T>(n, m, columnsOfB, factors, long);
	spread<T>(n, n, columnsOfV, signs, short);
}

/**
 * Decomposes `count` float32 matrices [rows, columns] at x one after the other: u [rows, r], s [r], v [columns, r] of
 * each in float32, r = min(rows, columns). A matrix with an entry that is not finite gives NaN throughout.
 */
export function svdBatch(
	count: i32, rows: i32, columns: i32, x: usize, u: usize, s: usize, v: usize, floor: f64, tolerance: f64, scratch: usize
): void {
	const tall = rows >= columns;
	const m = max(rows, columns);
	const n = min(rows, columns);
	layOut(m, n, scratch);
	for (let item = 0; item < count; item++) {
		const long = tall ? u : v;
		const short = tall ? v : u;
		const top = largest<f32>(rows * columns, x);
		const e = exponentOf(top);
		let good = !isNaN(top);
		if (good) {
			gather(rows, columns, x, e);
			good = decompose(m, n, floor, tolerance);
		}
		if (good) {
			writeOut<f32>(m, n, e, long, s, short);
		} else {
			fillNaN(m * n, long);
			fillNaN(n, s);
			fillNaN(n * n, short);
		}
		x += <usize>(rows * columns) << 2;
		u += <usize>(rows * n) << 2;
		s += <usize>n << 2;
		v += <usize>(columns * n) << 2;
	}
}

/** Decomposes one float64 matrix. Returns 0, 1 if an entry is not finite, or 2 if the accuracy was not reached. */
export function svdOne(
	rows: i32, columns: i32, x: usize, u: usize, s: usize, v: usize, floor: f64, tolerance: f64, scratch: usize
): i32 {
	const tall = rows >= columns;
	const m = max(rows, columns);
	const n = min(rows, columns);
	layOut(m, n, scratch);
	const top = largest<f64>(rows * columns, x);
	if (isNaN(top)) return 1;
	let e = exponentOf(top);
	if (tall) transpose(rows, columns, x, <usize>n << 3, columnsOfA, <usize>m << 3);
	else memory.copy(columnsOfA, x, <usize>(m * n) << 3);
	if (e > -NEAR && e < NEAR) {
		e = 0;
	} else {
		// Two powers: one would be out of range for the largest entries.
		const half = e >> 1;
		scale(m * n, power(-half), columnsOfA);
		scale(m * n, power(half - e), columnsOfA);
	}
	const done = decompose(m, n, floor, tolerance);
	writeOut<f64>(m, n, e, tall ? u : v, s, tall ? v : u);
	return done ? 0 : 2;
}
