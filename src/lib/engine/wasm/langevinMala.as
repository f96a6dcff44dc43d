// Metropolis-adjusted Langevin steps for whole tiles (kernels/malaRun.ts and metropolis.ts are the definition): proposal,
// its force, ln α and the coin, every step of a call while the tile is in the first-level cache.
import { ENTROPIC, SMOOTHED } from './langevin';
import { COLUMN, PARTICLES, addProduct, loadTile, storeTile } from './tile';
import { CONSTANTS_BYTES, LOG2E, addPushed, exp2, fillConstants, logScaled, softplus } from './tileMath';
import { KEYS_BYTES, fillKeys, fillNormals, firstWords } from './tileNoise';

/**
 * A tile's forces F = field − zL − g′(z), with −g′ and g by themselves. `matrix` is −L. g by kind: SMOOTHED:
 * −ln(1+e^{(z−½)·steepness}); ENTROPIC: z ln z + (1−z) ln(1−z); else 0.
 */
function forces(
	table: usize, z: usize, columns: i32, matrix: usize, field: usize, blocks: i32, kind: i32, steepness: f32,
	force: usize, pull: usize, value: usize
): void {
	const bytes = blocks * 4 * COLUMN;
	memory.fill(pull, 0, bytes);
	const slope = f32x4.splat(-steepness * LOG2E);
	const offset = f32x4.splat(0.5 * steepness * LOG2E);
	const push = f32x4.splat(steepness);
	const one = f32x4.splat(1);
	const none = f32x4.splat(0);
	let at = 0;
	for (let j = 0; j < columns; j++) {
		for (let half = 0; half < 32; half += 16) {
			const x = v128.load(z + at + half);
			if (kind == SMOOTHED) {
				const t = f32x4.add(f32x4.mul(x, slope), offset);
				v128.store(value + at + half, f32x4.neg(softplus(table, f32x4.neg(t))));
			} else if (kind == ENTROPIC) {
				const rest = f32x4.sub(one, x);
				const a = logScaled(table, x, none);
				const b = logScaled(table, rest, none);
				v128.store(pull + at + half, f32x4.sub(b, a));
				v128.store(value + at + half, f32x4.add(f32x4.mul(x, a), f32x4.mul(rest, b)));
			} else v128.store(value + at + half, none);
		}
		if (kind == SMOOTHED) {
			const s = f32x4.add(f32x4.mul(v128.load(z + at), slope), offset);
			const t = f32x4.add(f32x4.mul(v128.load(z + at, 16), slope), offset);
			addPushed(table, s, t, push, pull + at);
		}
		const constant = v128.load32_splat(field + j * 4);
		v128.store(force + at, f32x4.add(constant, v128.load(pull + at)));
		v128.store(force + at, f32x4.add(constant, v128.load(pull + at, 16)), 16);
		at += COLUMN;
	}
	addProduct(z, columns, matrix, blocks, force);
}

/** One half of the tile: ln α of four particles, −∞ where one is outside (0,1) and the closure ends there. */
// @ts-ignore: decorator
@inline
function logRatio(
	now: usize, next: usize, here: usize, there: usize, pull: usize, pullThere: usize, value: usize, valueThere: usize,
	columns: i32, quarter: v128, bounded: bool
): v128 {
	let total = f32x4.splat(0);
	let outside = i32x4.splat(0);
	const half = f32x4.splat(-0.5);
	for (let at: usize = 0; at < <usize>columns * COLUMN; at += COLUMN) {
		const x = v128.load(next + at);
		const d = f32x4.mul(f32x4.sub(x, v128.load(now + at)), half);
		const f = v128.load(here + at);
		const g = v128.load(there + at);
		total = f32x4.add(total, f32x4.mul(d, f32x4.add(v128.load(pull + at), v128.load(pullThere + at))));
		total = f32x4.sub(total, f32x4.sub(v128.load(valueThere + at), v128.load(value + at)));
		total = f32x4.add(total, f32x4.mul(quarter, f32x4.mul(f32x4.sub(f, g), f32x4.add(f, g))));
		if (bounded) {
			const inside = v128.and(f32x4.gt(x, f32x4.splat(0)), f32x4.lt(x, f32x4.splat(1)));
			outside = v128.or(outside, v128.not(inside));
		}
	}
	return v128.bitselect(f32x4.splat(-1e9), total, outside);
}

/**
 * `steps` steps for tiles tile…end−1 of z [rows, columns] into out [rows, columns+1], whose last column counts the
 * proposals that were taken. matrix = −L, [columns, 4·⌈columns/4⌉]; field as long as its rows; coins from their own key.
 */
export function malaRun(
	z: usize, matrix: usize, field: usize, out: usize, rows: i32, columns: i32,
	kind: i32, steepness: f32, tau: f32, steps: i32,
	counterLow: u32, counterHigh: u32, key0: u32, key1: u32, coin0: u32, coin1: u32,
	scratch: usize, tile: i32, end: i32
): void {
	const blocks = (columns + 3) / 4;
	const bytes = blocks * 4 * COLUMN;
	const table = scratch;
	const keys = table + CONSTANTS_BYTES;
	const random = keys + KEYS_BYTES;
	const now = random + bytes;
	const next = now + bytes;
	const here = next + bytes;
	const there = here + bytes;
	const pull = there + bytes;
	const pullThere = pull + bytes;
	const value = pullThere + bytes;
	const valueThere = value + bytes;
	const coins = valueThere + bytes;
	fillConstants(table);
	fillKeys(keys, key0, key1);
	const start = (<u64>counterHigh << 32) | <u64>counterLow;
	const drift = f32x4.splat(tau);
	const quarter = f32x4.splat(0.25 * tau);
	const noise: f32 = sqrt<f32>(2 * tau);
	const one = f32x4.splat(1);
	// Columns beyond the last are never read, but they are added to.
	memory.fill(random, 0, 9 * bytes);
	for (; tile < end; tile++) {
		const row = tile * PARTICLES;
		loadTile(z, rows, columns, row, now, blocks);
		forces(table, now, columns, matrix, field, blocks, kind, steepness, here, pull, value);
		let taken = f32x4.splat(0);
		let takenToo = f32x4.splat(0);
		for (let n: u64 = 0; n < <u64>steps; n++) {
			fillNormals(random, blocks, row, start + n, key0, key1, noise, keys, table);
			for (let at = 0; at < columns * COLUMN; at += 16) {
				const moved = f32x4.add(v128.load(now + at), f32x4.mul(drift, v128.load(here + at)));
				v128.store(next + at, f32x4.add(moved, v128.load(random + at)));
			}
			forces(table, next, columns, matrix, field, blocks, kind, steepness, there, pullThere, valueThere);
			firstWords(coins, row, start + n, coin0, coin1);
			const bounded = kind == ENTROPIC;
			const a = logRatio(now, next, here, there, pull, pullThere, value, valueThere, columns, quarter, bounded);
			const b = logRatio(
				now + 16, next + 16, here + 16, there + 16, pull + 16, pullThere + 16, value + 16, valueThere + 16,
				columns, quarter, bounded
			);
			const takes = takesProposal(table, v128.load(coins), a);
			const takesToo = takesProposal(table, v128.load(coins, 16), b);
			taken = f32x4.add(taken, v128.and(takes, one));
			takenToo = f32x4.add(takenToo, v128.and(takesToo, one));
			for (let at = 0; at < columns * COLUMN; at += COLUMN) {
				choose(now + at, next + at, takes, takesToo);
				choose(here + at, there + at, takes, takesToo);
				choose(pull + at, pullThere + at, takes, takesToo);
				choose(value + at, valueThere + at, takes, takesToo);
			}
		}
		storeTile(now, out, rows, columns, row, columns + 1);
		v128.store(coins, taken);
		v128.store(coins, takenToo, 16);
		for (let p = 0; p < min(PARTICLES, rows - row); p++) {
			store<f32>(out + (<usize>(row + p) * (columns + 1) + columns) * 4, load<f32>(coins + p * 4));
		}
	}
}

/** Ones where the uniform of the word is below e^{min(0, log)}; none where log is not a number. */
// @ts-ignore: decorator
@inline
function takesProposal(table: usize, words: v128, log: v128): v128 {
	const n = f32x4.add(f32x4.convert_i32x4_s(i32x4.shr_u(words, 9)), f32x4.splat(0.5));
	const u = f32x4.mul(n, f32x4.splat(1.1920928955078125e-7));
	const share = exp2(table, f32x4.mul(f32x4.pmin(f32x4.splat(0), log), f32x4.splat(LOG2E)));
	return v128.and(f32x4.lt(u, share), f32x4.eq(log, log));
}

/** The eight values at `kept`, or those at `proposed` where taken. */
// @ts-ignore: decorator
@inline
function choose(kept: usize, proposed: usize, takes: v128, takesToo: v128): void {
	v128.store(kept, v128.bitselect(v128.load(proposed), v128.load(kept), takes));
	v128.store(kept, v128.bitselect(v128.load(proposed, 16), v128.load(kept, 16), takesToo), 16);
}
