// Products of row-major float64 matrices: operands are copied into panels of four rows or columns, so that the inner
// loop, 4×4 results in eight vectors, reads memory in order.

/** Length of the sum taken at a time: a panel of four then fills a quarter of the first-level cache. */
const DEPTH: i32 = 256;
/** Columns of the right operand taken at a time: their panels stay in the second-level cache. */
const WIDTH: i32 = 96;

/** Bytes of scratch that `multiply` needs when C has so many rows: both operands' panels and a tile. */
export function multiplyScratch(rows: i32): usize {
	return (<usize>((rows + 3) & ~3) * DEPTH + WIDTH * DEPTH + 16) * 8;
}

/** Panel of rows: four rows from `x` (stride bytes apart) to k-major order; rows past `count` are zeros. */
function packRowPanel(x: usize, stride: usize, count: i32, depth: i32, to: usize): void {
	if (count == 4) {
		const x1 = x + stride;
		const x2 = x1 + stride;
		const x3 = x2 + stride;
		let k = 0;
		for (; k + 2 <= depth; k += 2) {
			const at = <usize>k << 3;
			const a = v128.load(x + at);
			const b = v128.load(x1 + at);
			const c = v128.load(x2 + at);
			const d = v128.load(x3 + at);
			v128.store(to, v128.shuffle<f64>(a, b, 0, 2));
			v128.store(to, v128.shuffle<f64>(c, d, 0, 2), 16);
			v128.store(to, v128.shuffle<f64>(a, b, 1, 3), 32);
			v128.store(to, v128.shuffle<f64>(c, d, 1, 3), 48);
			to += 64;
		}
		if (k < depth) {
			const at = <usize>k << 3;
			store<f64>(to, load<f64>(x + at));
			store<f64>(to, load<f64>(x1 + at), 8);
			store<f64>(to, load<f64>(x2 + at), 16);
			store<f64>(to, load<f64>(x3 + at), 24);
		}
		return;
	}
	for (let k = 0; k < depth; k++) {
		for (let i = 0; i < 4; i++) {
			store<f64>(to, i < count ? load<f64>(x + i * stride + (<usize>k << 3)) : 0);
			to += 8;
		}
	}
}

/** Panel of columns: four columns from `x`, rows stride bytes apart; columns past `count` are zeros. */
function packColumnPanel(x: usize, stride: usize, count: i32, depth: i32, to: usize): void {
	if (count == 4) {
		for (let k = 0; k < depth; k++) {
			v128.store(to, v128.load(x));
			v128.store(to, v128.load(x, 16), 16);
			x += stride;
			to += 32;
		}
		return;
	}
	for (let k = 0; k < depth; k++) {
		for (let j = 0; j < 4; j++) {
			store<f64>(to, j < count ? load<f64>(x + (j << 3)) : 0);
			to += 8;
		}
		x += stride;
	}
}

/** Packs `count` lines (rows, or columns when `byColumns`) of depth `depth` into panels. */
function pack(x: usize, stride: usize, byColumns: bool, count: i32, depth: i32, to: usize): void {
	for (let i = 0; i < count; i += 4) {
		const some = min(4, count - i);
		if (byColumns) packColumnPanel(x + (<usize>i << 3), stride, some, depth, to);
		else packRowPanel(x + i * stride, stride, some, depth, to);
		to += <usize>depth << 5;
	}
}

/** Adds (or subtracts, or with `fresh` stores) the product of two panels to the 4×4 tile at c. */
// @ts-ignore: decorator
@inline
function tile(a: usize, b: usize, depth: i32, c: usize, stride: usize, fresh: bool, minus: bool): void {
	let c00 = f64x2.splat(0);
	let c01 = f64x2.splat(0);
	let c10 = f64x2.splat(0);
	let c11 = f64x2.splat(0);
	let c20 = f64x2.splat(0);
	let c21 = f64x2.splat(0);
	let c30 = f64x2.splat(0);
	let c31 = f64x2.splat(0);
	const end = a + (<usize>depth << 5);
	while (a < end) {
		const b0 = v128.load(b);
		const b1 = v128.load(b, 16);
		const a0 = v128.load64_splat(a);
		c00 = f64x2.add(c00, f64x2.mul(a0, b0));
		c01 = f64x2.add(c01, f64x2.mul(a0, b1));
		const a1 = v128.load64_splat(a, 8);
		c10 = f64x2.add(c10, f64x2.mul(a1, b0));
		c11 = f64x2.add(c11, f64x2.mul(a1, b1));
		const a2 = v128.load64_splat(a, 16);
		c20 = f64x2.add(c20, f64x2.mul(a2, b0));
		c21 = f64x2.add(c21, f64x2.mul(a2, b1));
		const a3 = v128.load64_splat(a, 24);
		c30 = f64x2.add(c30, f64x2.mul(a3, b0));
		c31 = f64x2.add(c31, f64x2.mul(a3, b1));
		a += 32;
		b += 32;
	}
	putRow(c, c00, c01, fresh, minus);
	c += stride;
	putRow(c, c10, c11, fresh, minus);
	c += stride;
	putRow(c, c20, c21, fresh, minus);
	c += stride;
	putRow(c, c30, c31, fresh, minus);
}

// @ts-ignore: decorator
@inline
function putRow(c: usize, x0: v128, x1: v128, fresh: bool, minus: bool): void {
	if (fresh) {
		v128.store(c, x0);
		v128.store(c, x1, 16);
	} else if (minus) {
		v128.store(c, f64x2.sub(v128.load(c), x0));
		v128.store(c, f64x2.sub(v128.load(c, 16), x1), 16);
	} else {
		v128.store(c, f64x2.add(v128.load(c), x0));
		v128.store(c, f64x2.add(v128.load(c, 16), x1), 16);
	}
}

function plainTile(a: usize, b: usize, depth: i32, c: usize, stride: usize, fresh: bool, minus: bool): void {
	tile(a, b, depth, c, stride, fresh, minus);
}

/** A tile of fewer than 4×4 entries, by way of a whole one at `spare`. */
function edgeTile(
	a: usize, b: usize, depth: i32, c: usize, stride: usize, fresh: bool, minus: bool, rows: i32, columns: i32, spare: usize
): void {
	plainTile(a, b, depth, spare, 32, true, false);
	for (let i = 0; i < rows; i++) {
		for (let j = 0; j < columns; j++) {
			const at = c + i * stride + (j << 3);
			const x = load<f64>(spare + (i << 5) + (j << 3));
			store<f64>(at, fresh ? x : minus ? load<f64>(at) - x : load<f64>(at) + x);
		}
	}
}

/** What `multiply` does with the product. */
export const SET: i32 = 0;
export const ADD: i32 = 1;
export const SUBTRACT: i32 = 2;

/**
 * C ⟵ A·B, C + A·B or C − A·B; C is rows×columns, strides in bytes. A's lines are its rows, or with `aColumns` the
 * columns of the array at `a` (that is, A is given transposed); B's lines are the columns of the array at `b`, or with
 * `bRows` its rows (B transposed). `upper` leaves out tiles that lie below the diagonal of C.
 */
export function multiply(
	rows: i32, columns: i32, depth: i32,
	a: usize, aStride: usize, aColumns: bool,
	b: usize, bStride: usize, bRows: bool,
	c: usize, cStride: usize, mode: i32, upper: bool, scratch: usize
): void {
	const left = scratch;
	const right = left + (<usize>((rows + 3) & ~3) * DEPTH << 3);
	const spare = right + (WIDTH * DEPTH << 3);
	const minus = mode == SUBTRACT;
	if (depth == 0 && mode == SET) {
		for (let i = 0; i < rows; i++) memory.fill(c + i * cStride, 0, <usize>columns << 3);
		return;
	}
	for (let k0 = 0; k0 < depth; k0 += DEPTH) {
		const some = min(DEPTH, depth - k0);
		const fresh = mode == SET && k0 == 0;
		const panel = <usize>some << 5;
		pack(aColumns ? a + k0 * aStride : a + (<usize>k0 << 3), aStride, aColumns, rows, some, left);
		for (let j0 = 0; j0 < columns; j0 += WIDTH) {
			const wide = min(WIDTH, columns - j0);
			const from = bRows ? b + j0 * bStride + (<usize>k0 << 3) : b + k0 * bStride + (<usize>j0 << 3);
			pack(from, bStride, !bRows, wide, some, right);
			const last = upper ? min(rows, j0 + wide) : rows;
			for (let i = 0; i < last; i += 4) {
				const ap = left + (i >> 2) * panel;
				const tall = min(4, rows - i);
				// The first tile of the row that reaches the diagonal.
				let j = upper && i > j0 ? (i - j0) & ~3 : 0;
				let bp = right + (j >> 2) * panel;
				let cp = c + i * cStride + (<usize>(j0 + j) << 3);
				if (tall == 4) {
					for (; j + 4 <= wide; j += 4) {
						plainTile(ap, bp, some, cp, cStride, fresh, minus);
						bp += panel;
						cp += 32;
					}
				}
				for (; j < wide; j += 4) {
					edgeTile(ap, bp, some, cp, cStride, fresh, minus, tall, min(4, wide - j), spare);
					bp += panel;
					cp += 32;
				}
			}
		}
	}
}
