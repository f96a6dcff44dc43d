// Explicit Langevin steps of whole tiles (kernels/langevinRun.ts and langevinUpdate.ts are the definitions): Euler–
// Maruyama and Leimkuhler–Matthews, every step of a call while the tile is in the first-level cache.
import { COLUMN, PARTICLES, addProduct, loadTile, storeTile } from './tile';
import { CONSTANTS_BYTES, LOG2E, addPushed, fillConstants, logScaled } from './tileMath';
import { KEYS_BYTES, fillKeys, fillNormals } from './tileNoise';

/** Kinds of the unit's own force. */
// @ts-ignore: decorator
@inline export const SMOOTHED: i32 = 1;
// @ts-ignore: decorator
@inline export const ENTROPIC: i32 = 2;

/** Scratch bytes of a run for one thread: constants and `tiles` tiles. */
export function tileScratch(columns: i32, tiles: i32): i32 {
	return CONSTANTS_BYTES + KEYS_BYTES + tiles * ((columns + 3) / 4 * 4) * COLUMN;
}

/** Mirrors at 0 and 1, then a distance of 1e-6 from both. */
// @ts-ignore: decorator
@inline
function folded(z: v128): v128 {
	const size = f32x4.abs(z);
	const whole = f32x4.floor(f32x4.mul(size, f32x4.splat(0.5)));
	const turned = f32x4.sub(size, f32x4.add(whole, whole));
	const inside = f32x4.pmin(f32x4.sub(f32x4.splat(2), turned), turned);
	return f32x4.pmin(f32x4.splat(0.999999), f32x4.pmax(f32x4.splat(1e-6), inside));
}

/**
 * `steps` steps z′ = z + z·matrix + shift + push·g(z) + noise·ξ, for tiles tile…end−1 of z [rows, columns]. matrix is
 * [columns, 4·⌈columns/4⌉], zeros beyond; shift as long as its rows. g by kind: 0: none; SMOOTHED: the sigmoid of
 * (z−½)·steepness; ENTROPIC: ln(z/(1−z)), and z′ is folded into (0,1) when `reflected`. With `averaged` ξ is the sum of
 * this step's normals and the next's.
 */
export function langevinRun(
	z: usize, matrix: usize, shift: usize, out: usize, rows: i32, columns: i32,
	kind: i32, steepness: f32, push: f32, noise: f32, averaged: bool, reflected: bool, steps: i32,
	counterLow: u32, counterHigh: u32, key0: u32, key1: u32, scratch: usize, tile: i32, end: i32
): void {
	const blocks = (columns + 3) / 4;
	const bytes = blocks * 4 * COLUMN;
	const table = scratch;
	const keys = table + CONSTANTS_BYTES;
	let now = keys + KEYS_BYTES;
	let next = now + bytes;
	let random = next + bytes;
	let following = random + bytes;
	fillConstants(table);
	fillKeys(keys, key0, key1);
	const start = (<u64>counterHigh << 32) | <u64>counterLow;
	const slope = f32x4.splat(-steepness * LOG2E);
	const offset = f32x4.splat(0.5 * steepness * LOG2E);
	const factor = f32x4.splat(push);
	// Columns beyond the last are never read, but they are added to.
	memory.fill(now, 0, 2 * bytes);
	for (; tile < end; tile++) {
		const row = tile * PARTICLES;
		loadTile(z, rows, columns, row, now, blocks);
		if (averaged) fillNormals(following, blocks, row, start, key0, key1, noise, keys, table);
		for (let n: u64 = 0; n < <u64>steps; n++) {
			if (averaged) {
				const spare = random;
				random = following;
				following = spare;
				fillNormals(following, blocks, row, start + n + 1, key0, key1, noise, keys, table);
			} else fillNormals(random, blocks, row, start + n, key0, key1, noise, keys, table);
			let at = 0;
			for (let j = 0; j < columns; j++) {
				const shifted = v128.load32_splat(shift + j * 4);
				const a = v128.load(now + at);
				const b = v128.load(now + at, 16);
				let x = f32x4.add(f32x4.add(a, shifted), v128.load(random + at));
				let y = f32x4.add(f32x4.add(b, shifted), v128.load(random + at, 16));
				if (averaged) {
					x = f32x4.add(x, v128.load(following + at));
					y = f32x4.add(y, v128.load(following + at, 16));
				}
				if (kind == ENTROPIC) {
					const one = f32x4.splat(1);
					const none = f32x4.splat(0);
					x = f32x4.add(x, f32x4.mul(factor, logScaled(table, f32x4.div(a, f32x4.sub(one, a)), none)));
					y = f32x4.add(y, f32x4.mul(factor, logScaled(table, f32x4.div(b, f32x4.sub(one, b)), none)));
				}
				v128.store(next + at, x);
				v128.store(next + at, y, 16);
				if (kind == SMOOTHED) {
					const s = f32x4.add(f32x4.mul(a, slope), offset);
					const t = f32x4.add(f32x4.mul(b, slope), offset);
					addPushed(table, s, t, factor, next + at);
				}
				at += COLUMN;
			}
			addProduct(now, columns, matrix, blocks, next);
			if (reflected) {
				for (let to = next; to < next + bytes; to += 16) v128.store(to, folded(v128.load(to)));
			}
			const spare = now;
			now = next;
			next = spare;
		}
		storeTile(now, out, rows, columns, row, columns);
	}
}
