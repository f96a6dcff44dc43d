// The noise of a tile: Philox4x32-10 for eight rows side by side (random/philox.ts), and Box–Muller.
import { COLUMN } from './tile';
import { boxMuller } from './tileMath';

// @ts-ignore: decorator
@inline const M0: u32 = 0xd2511f53;
// @ts-ignore: decorator
@inline const M1: u32 = 0xcd9e8d57;
// @ts-ignore: decorator
@inline const W0: u32 = 0x9e3779b9;
// @ts-ignore: decorator
@inline const W1: u32 = 0xbb67ae85;

/** Bytes of `fillKeys`. */
// @ts-ignore: decorator
@inline export const KEYS_BYTES: i32 = 16 * 16;

/** The generator's keys of rounds 4 to 10 and its multipliers, as vectors. */
export function fillKeys(keys: usize, key0: u32, key1: u32): void {
	for (let round = 3; round < 10; round++) {
		v128.store(keys + (round - 3) * 32, i32x4.splat(key0 + round * W0));
		v128.store(keys + (round - 3) * 32, i32x4.splat(key1 + round * W1), 16);
	}
	v128.store(keys, i32x4.splat(M0), 14 * 16);
	v128.store(keys, i32x4.splat(M1), 15 * 16);
}

// @ts-ignore: decorator
@inline
function lows(a: v128, b: v128): v128 {
	return v128.shuffle<u32>(a, b, 0, 2, 4, 6);
}

// @ts-ignore: decorator
@inline
function highs(a: v128, b: v128): v128 {
	return v128.shuffle<u32>(a, b, 1, 3, 5, 7);
}

// @ts-ignore: decorator
@inline
function low(a: v128, m: v128): v128 {
	return i64x2.extmul_low_i32x4_u(a, m);
}

// @ts-ignore: decorator
@inline
function high(a: v128, m: v128): v128 {
	return i64x2.extmul_high_i32x4_u(a, m);
}

/**
 * `scale` times the standard normals of rows row…row+7 of a draw (random/draw.ts), into a tile of 4·blocks columns.
 * Philox's first three rounds hang on the row or on the column's block alone, so that half of their products are made
 * once a tile or once a block.
 */
export function fillNormals(
	out: usize, blocks: i32, row: i32, counter: u64, key0: u32, key1: u32, scale: f32, keys: usize, table: usize
): void {
	const start = out;
	const m0 = v128.load(keys, 14 * 16);
	const m1 = v128.load(keys, 15 * 16);
	const factor = f32x4.splat(scale);
	const counterHigh = <u32>(counter >> 32);
	const first = <u64><u32>counter * M1;
	const c1 = <u32>first;
	const rowKey = i32x4.splat(<u32>(first >> 32) ^ key0);
	const x = v128.xor(i32x4.add(i32x4.splat(row), i32x4(0, 1, 2, 3)), rowKey);
	const y = v128.xor(i32x4.add(i32x4.splat(row), i32x4(4, 5, 6, 7)), rowKey);
	const xl = low(x, m0);
	const xh = high(x, m0);
	const yl = low(y, m0);
	const yh = high(y, m0);
	const xHigh = highs(xl, xh);
	const xLow = lows(xl, xh);
	const yHigh = highs(yl, yh);
	const yLow = lows(yl, yh);
	for (let block = 0; block < blocks; block++) {
		const a = <u64>block * M0;
		const b = <u64>(<u32>(a >> 32) ^ counterHigh ^ key1) * M1;
		const c = <u64>(<u32>(b >> 32) ^ c1 ^ (key0 + W0)) * M0;
		// after round 2
		const inner = i32x4.splat(<u32>a ^ (key1 + W1));
		const p2 = v128.xor(xHigh, inner);
		const q2 = v128.xor(yHigh, inner);
		// round 3
		const sum = i32x4.splat(<u32>b ^ (key0 + 2 * W0));
		const other = i32x4.splat(<u32>(c >> 32) ^ (key1 + 2 * W1));
		let s = low(p2, m1);
		let t = high(p2, m1);
		let p0 = v128.xor(highs(s, t), sum);
		let p1 = lows(s, t);
		let p = v128.xor(xLow, other);
		let p3 = i32x4.splat(<u32>c);
		s = low(q2, m1);
		t = high(q2, m1);
		let q0 = v128.xor(highs(s, t), sum);
		let q1 = lows(s, t);
		let q = v128.xor(yLow, other);
		let q3 = i32x4.splat(<u32>c);
		for (let key = keys; key < keys + 14 * 16; key += 32) {
			const k0 = v128.load(key);
			const k1 = v128.load(key, 16);
			let al = low(p0, m0);
			let ah = high(p0, m0);
			let bl = low(p, m1);
			let bh = high(p, m1);
			p0 = v128.xor(v128.xor(highs(bl, bh), k0), p1);
			p = v128.xor(v128.xor(highs(al, ah), k1), p3);
			p1 = lows(bl, bh);
			p3 = lows(al, ah);
			al = low(q0, m0);
			ah = high(q0, m0);
			bl = low(q, m1);
			bh = high(q, m1);
			q0 = v128.xor(v128.xor(highs(bl, bh), k0), q1);
			q = v128.xor(v128.xor(highs(al, ah), k1), q3);
			q1 = lows(bl, bh);
			q3 = lows(al, ah);
		}
		v128.store(out, p0);
		v128.store(out, q0, 16);
		v128.store(out, p1, 32);
		v128.store(out, q1, 48);
		v128.store(out, p, 64);
		v128.store(out, q, 80);
		v128.store(out, p3, 96);
		v128.store(out, q3, 112);
		out += 4 * COLUMN;
	}
	for (let at = start; at < out; at += 2 * COLUMN) boxMuller(table, at, factor);
}

/** First words of block 0 of rows row…row+7 of a draw: eight u32 at `out`. */
export function firstWords(out: usize, row: i32, counter: u64, key0: u32, key1: u32): void {
	const m0 = i32x4.splat(M0);
	const m1 = i32x4.splat(M1);
	for (let half = 0; half < 8; half += 4) {
		let c0 = i32x4.splat(0);
		let c1 = i32x4.add(i32x4.splat(row + half), i32x4(0, 1, 2, 3));
		let c2 = i32x4.splat(<u32>counter);
		let c3 = i32x4.splat(<u32>(counter >> 32));
		for (let round = 0; round < 10; round++) {
			const al = low(c0, m0);
			const ah = high(c0, m0);
			const bl = low(c2, m1);
			const bh = high(c2, m1);
			c0 = v128.xor(v128.xor(highs(bl, bh), c1), i32x4.splat(key0 + round * W0));
			c2 = v128.xor(v128.xor(highs(al, ah), c3), i32x4.splat(key1 + round * W1));
			c1 = lows(bl, bh);
			c3 = lows(al, ah);
		}
		v128.store(out + half * 4, c0);
	}
}
