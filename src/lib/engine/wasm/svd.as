// What the engine calls for singular value decompositions. This module has a memory of its own, laid out by its caller:
// it serves every backend, not only tfjs's wasm. All pointers are multiples of 8.
import {
	columnsOfA, columnsOfB, columnsOfV, complete, decompose, decomposeScratch, layOut, order, spareLong, spareSquare, squares
} from './svdDecompose';
import { scale, transpose } from './svdVector';

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

/** n numbers at x to every `step`-th float32 from `to`. */
// @ts-ignore: decorator
@inline
function scatter(n: i32, x: usize, to: usize, step: i32): void {
	for (let i = 0; i < n; i++) {
		store<f32>(to, <f32>load<f64>(x));
		x += 8;
		to += <usize>step << 2;
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

/** Singular value k before scaling back. */
// @ts-ignore: decorator
@inline
function lengthOf(k: i32): f64 {
	return Math.sqrt(load<f64>(squares + (<usize>load<i32>(order + (<usize>k << 2)) << 3)));
}

/** The vectors by falling singular value, as rows: the longer side's to spareLong, completed, the others to spareSquare. */
function arrange(m: i32, n: i32): void {
	const m8 = <usize>m << 3;
	const n8 = <usize>n << 3;
	let rank = 0;
	for (let k = 0; k < n; k++) {
		const from = load<i32>(order + (<usize>k << 2));
		const length = lengthOf(k);
		const vRow = spareSquare + k * n8;
		const uRow = spareLong + k * m8;
		memory.copy(vRow, columnsOfV + from * n8, n8);
		memory.copy(uRow, columnsOfB + from * m8, m8);
		const sign = signOfLargest(n, vRow);
		if (sign < 0) scale(n, sign, vRow);
		if (length == 0) continue;
		scale(m, sign / length, uRow);
		rank++;
	}
	complete(m, n, rank, spareLong);
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
			arrange(m, n);
			for (let k = 0; k < n; k++) {
				const at = <usize>k << 2;
				store<f32>(s + at, <f32>timesPower(lengthOf(k), e));
				scatter(m, spareLong + ((<usize>k * m) << 3), long + at, n);
				scatter(n, spareSquare + ((<usize>k * n) << 3), short + at, n);
			}
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
	const m8 = <usize>m << 3;
	const n8 = <usize>n << 3;
	const top = largest<f64>(rows * columns, x);
	if (isNaN(top)) return 1;
	const e = exponentOf(top);
	if (tall) transpose(rows, columns, x, n8, columnsOfA, m8);
	else memory.copy(columnsOfA, x, m8 * n);
	// Two powers: one would be out of range for the largest entries.
	const half = e >> 1;
	scale(m * n, power(-half), columnsOfA);
	scale(m * n, power(half - e), columnsOfA);
	const done = decompose(m, n, floor, tolerance);
	for (let k = 0; k < n; k++) store<f64>(s + (<usize>k << 3), timesPower(lengthOf(k), e));
	arrange(m, n);
	transpose(n, m, spareLong, m8, tall ? u : v, n8);
	transpose(n, n, spareSquare, n8, tall ? v : u, n8);
	return done ? 0 : 2;
}
