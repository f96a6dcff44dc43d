// Symmetric tridiagonal eigenproblem by divide and conquer (Cuppen; Gu & Eisenstat 1995): halves, coupled by a matrix of
// rank one; nearly all of the work is in products.
import { multiply, multiplyScratch, SET } from './svdProduct';
import { tridiagonalQL } from './svdQL';
import { coupledVectors, secularRoot } from './svdSecular';
import { rotate } from './svdVector';

/** Largest order left to QL. */
const SMALL: i32 = 24;

/** Bytes of scratch for `tridiagonalEigen`. */
export function divideScratch(n: i32): usize {
	const nn = <usize>n;
	return (2 * nn * nn + 10 * nn + 64) * 8 + multiplyScratch(n);
}

/**
 * Eigenvalues of the tridiagonal (d, e) of order n over d, rising; eigenvectors as rows of q (width n, stride in bytes).
 * e is used up.
 */
export function tridiagonalEigen(n: i32, d: usize, e: usize, q: usize, stride: usize, scratch: usize): void {
	if (n <= SMALL) {
		tridiagonalQL(n, d, e, q, stride);
		return;
	}
	const half = n >> 1;
	const rho = load<f64>(e + (<usize>(half - 1) << 3));
	const size = Math.abs(rho);
	const a = d + (<usize>(half - 1) << 3);
	store<f64>(a, load<f64>(a) - size);
	store<f64>(a, load<f64>(a, 8) - size, 8);
	tridiagonalEigen(half, d, e, q, stride, scratch);
	const second = <usize>half << 3;
	tridiagonalEigen(n - half, d + second, e + second, q + half * stride + second, stride, scratch);
	for (let i = 0; i < n; i++) {
		const row = q + i * stride;
		if (i < half) memory.fill(row + second, 0, <usize>(n - half) << 3);
		else memory.fill(row, 0, second);
	}
	merge(n, half, rho, d, q, stride, scratch);
}

/** Rows whose entries lie in the first half, in both (after a rotation), in the second. */
const FIRST: i32 = 0;
const BOTH: i32 = 1;
const SECOND: i32 = 2;

function merge(n: i32, half: i32, rho: f64, d: usize, q: usize, stride: usize, scratch: usize): void {
	const row8 = <usize>n << 3;
	const z = scratch;
	const order = z + row8; // i32: rows by rising d
	const kind = order + row8; // i32, by row
	const kept = kind + row8; // i32: rows that take part by rising d, then the others
	const poles = kept + row8; // d of the rows that take part
	const weight = poles + row8; // ρz²
	const zKept = weight + row8;
	const values = zKept + row8; // the eigenvalues, those that take part first
	const grouped = values + row8; // i32: the rows that take part, by kind
	const work = grouped + row8;
	const gaps = work + 64;
	const rows = gaps + row8 * n;
	const product = rows + row8 * n;

	// The coupling vector in the halves' eigenvectors, of length 1: the rank-one term is ρzzᵀ with ρ = 2|e|.
	const sign: f64 = rho < 0 ? -1 : 1;
	const lastOfFirst = <usize>(half - 1) << 3;
	let top: f64 = 0;
	for (let i = 0; i < n; i++) {
		const at = q + i * stride + lastOfFirst;
		store<f64>(z + (<usize>i << 3), Math.SQRT1_2 * (i < half ? load<f64>(at) : sign * load<f64>(at, 8)));
		top = max(top, Math.abs(load<f64>(d + (<usize>i << 3))));
		store<i32>(kind + (<usize>i << 2), i < half ? FIRST : SECOND);
	}
	const strength = 2 * Math.abs(rho);
	mergeOrder(n, half, d, order);
	const count = deflate(n, strength, 8 * 1.1e-16 * max(top, strength), d, z, order, kind, kept, q, stride);

	for (let j = 0; j < n; j++) {
		const i = <usize>load<i32>(kept + (<usize>j << 2)) << 3;
		const zi = load<f64>(z + i);
		store<f64>(poles + (<usize>j << 3), load<f64>(d + i));
		store<f64>(zKept + (<usize>j << 3), zi);
		store<f64>(weight + (<usize>j << 3), strength * zi * zi);
	}
	const gapRow = <usize>count << 3;
	for (let j = 0; j < count; j++) {
		store<f64>(values + (<usize>j << 3), secularRoot(count, j, poles, weight, gaps + j * gapRow, work));
	}
	coupledVectors(count, poles, zKept, gaps, weight);

	// The rows that take part, by kind, and the vectors' columns in the same order: two products, one for each half.
	let at = 0;
	let first = 0;
	let upToBoth = 0;
	for (let which = FIRST; which <= SECOND; which++) {
		for (let j = 0; j < count; j++) {
			const i = load<i32>(kept + (<usize>j << 2));
			if (load<i32>(kind + (<usize>i << 2)) != which) continue;
			store<i32>(grouped + (<usize>at << 2), j);
			memory.copy(rows + at * row8, q + i * stride, row8);
			at++;
		}
		if (which == FIRST) first = at;
		if (which == BOTH) upToBoth = at;
	}
	for (let j = 0; j < count; j++) gather(count, gaps + j * gapRow, grouped, weight);
	for (let j = count; j < n; j++) {
		memory.copy(rows + j * row8, q + load<i32>(kept + (<usize>j << 2)) * stride, row8);
		store<f64>(values + (<usize>j << 3), load<f64>(poles + (<usize>j << 3)));
	}
	const left = <usize>half << 3;
	multiply(count, half, upToBoth, gaps, gapRow, false, rows, row8, false, q, stride, SET, false, product);
	multiply(
		count, n - half, count - first, gaps + (<usize>first << 3), gapRow, false,
		rows + first * row8 + left, row8, false, q + left, stride, SET, false, product
	);
	// Everything back by rising eigenvalue.
	for (let j = 0; j < count; j++) memory.copy(rows + j * row8, q + j * stride, row8);
	insertionOrder(n, values, order);
	for (let j = 0; j < n; j++) {
		const from = load<i32>(order + (<usize>j << 2));
		memory.copy(q + j * stride, rows + from * row8, row8);
		store<f64>(d + (<usize>j << 3), load<f64>(values + (<usize>from << 3)));
	}
}

/** Rows 0…n−1 by rising d, each half being in order already. */
function mergeOrder(n: i32, half: i32, d: usize, order: usize): void {
	let a = 0;
	let b = half;
	for (let r = 0; r < n; r++) {
		const takeA = b >= n || (a < half && load<f64>(d + (<usize>a << 3)) <= load<f64>(d + (<usize>b << 3)));
		store<i32>(order + (<usize>r << 2), takeA ? a : b);
		if (takeA) a++;
		else b++;
	}
}

/** 0…n−1 by rising value, for values that are nearly in order. */
function insertionOrder(n: i32, values: usize, order: usize): void {
	for (let i = 0; i < n; i++) {
		const x = load<f64>(values + (<usize>i << 3));
		let j = i;
		for (; j > 0; j--) {
			const before = load<i32>(order + (<usize>(j - 1) << 2));
			if (load<f64>(values + (<usize>before << 3)) <= x) break;
			store<i32>(order + (<usize>j << 2), before);
		}
		store<i32>(order + (<usize>j << 2), i);
	}
}

/**
 * Rows that the coupling does not reach, or that equal a neighbour (made so by a rotation), stay as they are. Writes to
 * `kept` the others' numbers by rising d, then those of the rows that stay; returns how many others there are.
 */
function deflate(
	n: i32, strength: f64, nothing: f64, d: usize, z: usize, order: usize, kind: usize, kept: usize, q: usize, stride: usize
): i32 {
	let count = 0;
	let out = n;
	let before = -1;
	for (let r = 0; r < n; r++) {
		const i = load<i32>(order + (<usize>r << 2));
		const at = <usize>i << 3;
		const zi = load<f64>(z + at);
		if (strength * Math.abs(zi) <= nothing) {
			store<i32>(kept + (<usize>(--out) << 2), i);
			continue;
		}
		if (before >= 0) {
			const bt = <usize>before << 3;
			const zb = load<f64>(z + bt);
			const length = Math.sqrt(zb * zb + zi * zi);
			const c = zi / length;
			const s = zb / length;
			const di = load<f64>(d + at);
			const db = load<f64>(d + bt);
			if (Math.abs((di - db) * c * s) <= nothing) {
				store<f64>(z + at, length);
				rotate(n, q + before * stride, q + i * stride, c, s);
				store<f64>(d + bt, db * c * c + di * s * s);
				store<f64>(d + at, db * s * s + di * c * c);
				if (load<i32>(kind + (<usize>i << 2)) != load<i32>(kind + (<usize>before << 2))) {
					store<i32>(kind + (<usize>i << 2), BOTH);
					store<i32>(kind + (<usize>before << 2), BOTH);
				}
				store<i32>(kept + (<usize>(--out) << 2), before);
			} else {
				store<i32>(kept + (<usize>(count++) << 2), before);
			}
		}
		before = i;
	}
	if (before >= 0) store<i32>(kept + (<usize>(count++) << 2), before);
	return count;
}

/** Row of n numbers into the order given. */
function gather(n: i32, row: usize, order: usize, work: usize): void {
	memory.copy(work, row, <usize>n << 3);
	for (let i = 0; i < n; i++) {
		store<f64>(row + (<usize>i << 3), load<f64>(work + (<usize>load<i32>(order + (<usize>i << 2)) << 3)));
	}
}
