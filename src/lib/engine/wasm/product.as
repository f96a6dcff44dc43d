// Products with a binary matrix by tables of partial sums (the method of four Russians): four inputs of an output have
// sixteen possible sums, so a table of them turns 4 multiply-adds into one addition. Outputs go in tiles of 32 held in
// eight vectors; inputs in groups of 64, whose sixteen tables (32 kB) stay in the first-level cache while every row of
// the binary matrix runs past them. No multiplication, no transpose, float32 sums.

/** Outputs of a tile. */
// @ts-ignore: decorator
@inline export const TILE: i32 = 32;
/** Bytes of a tile's row. */
// @ts-ignore: decorator
@inline export const TILE_BYTES: i32 = 128;
/** Inputs of a group: one 64-bit word of a packed row. */
// @ts-ignore: decorator
@inline export const GROUP: i32 = 64;
/** Bytes of a group's tables: 16 tables of 16 rows. */
// @ts-ignore: decorator
@inline export const TABLE_BYTES: i32 = 32768;

/** Packs 0/1 rows [rows, columns] to `words` 64-bit words a row, input k in bit k of the row; the rest is 0. */
export function packRows(x: usize, bits: usize, rows: i32, columns: i32, words: i32): void {
	const half = f32x4.splat(0.5);
	for (let row = 0; row < rows; row++) {
		const from = x + <usize>row * columns * 4;
		const to = bits + <usize>row * words * 8;
		memory.fill(to, 0, words * 8);
		let k = 0;
		for (; k + 16 <= columns; k += 16) {
			const at = from + k * 4;
			const a = i16x8.narrow_i32x4_s(
				f32x4.gt(v128.load(at), half), f32x4.gt(v128.load(at, 16), half));
			const b = i16x8.narrow_i32x4_s(
				f32x4.gt(v128.load(at, 32), half), f32x4.gt(v128.load(at, 48), half));
			store<u16>(to + (k >> 3), <u16>i8x16.bitmask(i8x16.narrow_i16x8_s(a, b)));
		}
		let last: u32 = 0;
		for (let bit = 0; k + bit < columns; bit++) {
			if (load<f32>(from + (k + bit) * 4) > 0.5) last |= 1 << bit;
		}
		if (k < columns) store<u16>(to + (k >> 3), <u16>last);
	}
}

/**
 * Copies outputs first…first+31 of W into a panel, one row of 32 an input, zeros beyond W. W is [inputs, outputs], or
 * with `transposed` [outputs, inputs], row-major; the panel has a whole number of groups of rows.
 */
export function fillPanel(w: usize, panel: usize, inputs: i32, outputs: i32, first: i32, transposed: bool): void {
	const count = min(TILE, outputs - first);
	const rows = (inputs + GROUP - 1) / GROUP * GROUP;
	if (!transposed) {
		for (let k = 0; k < inputs; k++) {
			const to = panel + k * TILE_BYTES;
			memory.copy(to, w + (<usize>k * outputs + first) * 4, count * 4);
			if (count < TILE) memory.fill(to + count * 4, 0, TILE_BYTES - count * 4);
		}
	} else {
		if (count < TILE) memory.fill(panel, 0, inputs * TILE_BYTES);
		let j = 0;
		for (; j + 4 <= count; j += 4) {
			const a = w + <usize>(first + j) * inputs * 4;
			const b = a + inputs * 4;
			const c = b + inputs * 4;
			const d = c + inputs * 4;
			let k = 0;
			for (; k + 4 <= inputs; k += 4) {
				const at = k * 4;
				const ab0 = v128.shuffle<u32>(v128.load(a + at), v128.load(b + at), 0, 4, 1, 5);
				const ab1 = v128.shuffle<u32>(v128.load(a + at), v128.load(b + at), 2, 6, 3, 7);
				const cd0 = v128.shuffle<u32>(v128.load(c + at), v128.load(d + at), 0, 4, 1, 5);
				const cd1 = v128.shuffle<u32>(v128.load(c + at), v128.load(d + at), 2, 6, 3, 7);
				const to = panel + k * TILE_BYTES + j * 4;
				v128.store(to, v128.shuffle<u64>(ab0, cd0, 0, 2));
				v128.store(to + TILE_BYTES, v128.shuffle<u64>(ab0, cd0, 1, 3));
				v128.store(to + 2 * TILE_BYTES, v128.shuffle<u64>(ab1, cd1, 0, 2));
				v128.store(to + 3 * TILE_BYTES, v128.shuffle<u64>(ab1, cd1, 1, 3));
			}
			for (; k < inputs; k++) {
				const to = panel + k * TILE_BYTES + j * 4;
				store<f32>(to, load<f32>(a + k * 4));
				store<f32>(to + 4, load<f32>(b + k * 4));
				store<f32>(to + 8, load<f32>(c + k * 4));
				store<f32>(to + 12, load<f32>(d + k * 4));
			}
		}
		for (; j < count; j++) {
			for (let k = 0; k < inputs; k++) {
				store<f32>(panel + k * TILE_BYTES + j * 4, load<f32>(w + (<usize>(first + j) * inputs + k) * 4));
			}
		}
	}
	memory.fill(panel + inputs * TILE_BYTES, 0, (rows - inputs) * TILE_BYTES);
}

/** The sixteen tables of a group of 64 panel rows: table n, entry s, is the sum of rows 4n+b over the bits b of s. */
function buildTables(panel: usize, tables: usize): void {
	for (let n = 0; n < 16; n++) {
		for (let v = 0; v < TILE_BYTES; v += 16) {
			const from = panel + n * 4 * TILE_BYTES + v;
			const to = tables + n * 16 * TILE_BYTES + v;
			const a = v128.load(from);
			const b = v128.load(from, 128);
			const c = v128.load(from, 256);
			const d = v128.load(from, 384);
			const ab = f32x4.add(a, b);
			const ac = f32x4.add(a, c);
			const bc = f32x4.add(b, c);
			const abc = f32x4.add(ab, c);
			v128.store(to, f32x4.splat(0));
			v128.store(to, a, 128);
			v128.store(to, b, 256);
			v128.store(to, ab, 384);
			v128.store(to, c, 512);
			v128.store(to, ac, 640);
			v128.store(to, bc, 768);
			v128.store(to, abc, 896);
			v128.store(to, d, 1024);
			v128.store(to, f32x4.add(a, d), 1152);
			v128.store(to, f32x4.add(b, d), 1280);
			v128.store(to, f32x4.add(ab, d), 1408);
			v128.store(to, f32x4.add(c, d), 1536);
			v128.store(to, f32x4.add(ac, d), 1664);
			v128.store(to, f32x4.add(bc, d), 1792);
			v128.store(to, f32x4.add(abc, d), 1920);
		}
	}
}

/**
 * sums [rows, 32] = bits [rows, inputs] · panel [inputs, 32], rows of the bits `words` 64-bit words apart.
 */
export function multiplyPanel(bits: usize, rows: i32, words: i32, panel: usize, tables: usize, sums: usize): void {
	for (let group = 0; group < words; group++) {
		buildTables(panel + group * GROUP * TILE_BYTES, tables);
		let sum = sums;
		let source = bits + group * 8;
		for (let row = 0; row < rows; row++) {
			let word = load<u64>(source);
			let a0: v128, a1: v128, a2: v128, a3: v128, a4: v128, a5: v128, a6: v128, a7: v128;
			if (group == 0) {
				a0 = a1 = a2 = a3 = a4 = a5 = a6 = a7 = f32x4.splat(0);
			} else {
				a0 = v128.load(sum);
				a1 = v128.load(sum, 16);
				a2 = v128.load(sum, 32);
				a3 = v128.load(sum, 48);
				a4 = v128.load(sum, 64);
				a5 = v128.load(sum, 80);
				a6 = v128.load(sum, 96);
				a7 = v128.load(sum, 112);
			}
			for (let table = tables; table < tables + TABLE_BYTES; table += 16 * TILE_BYTES) {
				const entry = table + ((<usize>word & 15) << 7);
				word >>= 4;
				a0 = f32x4.add(a0, v128.load(entry));
				a1 = f32x4.add(a1, v128.load(entry, 16));
				a2 = f32x4.add(a2, v128.load(entry, 32));
				a3 = f32x4.add(a3, v128.load(entry, 48));
				a4 = f32x4.add(a4, v128.load(entry, 64));
				a5 = f32x4.add(a5, v128.load(entry, 80));
				a6 = f32x4.add(a6, v128.load(entry, 96));
				a7 = f32x4.add(a7, v128.load(entry, 112));
			}
			v128.store(sum, a0);
			v128.store(sum, a1, 16);
			v128.store(sum, a2, 32);
			v128.store(sum, a3, 48);
			v128.store(sum, a4, 64);
			v128.store(sum, a5, 80);
			v128.store(sum, a6, 96);
			v128.store(sum, a7, 112);
			sum += TILE_BYTES;
			source += words * 8;
		}
	}
}

/** Scratch bytes of a product by tables for one thread. */
export function productScratch(rows: i32, words: i32): i32 {
	return words * GROUP * TILE_BYTES + TABLE_BYTES + rows * TILE_BYTES;
}

/** out [rows, outputs] = bits · W for output tiles tile…end−1 (see fillPanel for W). */
export function multiplyBits(
	bits: usize, rows: i32, words: i32, w: usize, inputs: i32, outputs: i32, transposed: bool,
	out: usize, scratch: usize, tile: i32, end: i32
): void {
	const panel = scratch;
	const tables = panel + words * GROUP * TILE_BYTES;
	const sums = tables + TABLE_BYTES;
	for (; tile < end; tile++) {
		const first = tile * TILE;
		const count = min(TILE, outputs - first);
		fillPanel(w, panel, inputs, outputs, first, transposed);
		multiplyPanel(bits, rows, words, panel, tables, sums);
		for (let row = 0; row < rows; row++) {
			memory.copy(out + (<usize>row * outputs + first) * 4, sums + row * TILE_BYTES, count * 4);
		}
	}
}
