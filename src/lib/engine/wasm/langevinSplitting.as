// Steps of the Langevin splitting for whole tiles (kernels/splittingRun.ts is the definition): half a flow of the units,
// the exact linear flow with its noise, half a flow.
import { COLUMN, PARTICLES, addProduct, loadTile, storeTile } from './tile';
import { CONSTANTS_BYTES, LOG2E, addPushed, fillConstants } from './tileMath';
import { KEYS_BYTES, fillKeys, fillNormals } from './tileNoise';

/**
 * z + push·m(z + ½push·m(z)) for a whole tile, the midpoint rule for dz/dt ∝ m(z) = sigmoid((z−½)·steepness); `middle`
 * is room for two vectors.
 */
function flow(table: usize, tile: usize, bytes: i32, steepness: f32, push: f32, middle: usize): void {
	const slope = f32x4.splat(-steepness * LOG2E);
	const offset = f32x4.splat(0.5 * steepness * LOG2E);
	const whole = f32x4.splat(push);
	const half = f32x4.splat(0.5 * push);
	for (let at = tile; at < tile + bytes; at += COLUMN) {
		let a = v128.load(at);
		let b = v128.load(at, 16);
		v128.store(middle, a);
		v128.store(middle, b, 16);
		a = f32x4.add(f32x4.mul(a, slope), offset);
		b = f32x4.add(f32x4.mul(b, slope), offset);
		addPushed(table, a, b, half, middle);
		a = f32x4.add(f32x4.mul(v128.load(middle), slope), offset);
		b = f32x4.add(f32x4.mul(v128.load(middle, 16), slope), offset);
		addPushed(table, a, b, whole, at);
	}
}

/**
 * `steps` steps for tiles tile…end−1 of z [rows, columns]: flow, z·decay + ξ·spread + shift, flow; decay and spread
 * [columns, 4·⌈columns/4⌉], zeros beyond, shift as long as their rows. push = 0: no flow.
 */
export function splittingRun(
	z: usize, decay: usize, spread: usize, shift: usize, out: usize, rows: i32, columns: i32,
	steepness: f32, push: f32, steps: i32,
	counterLow: u32, counterHigh: u32, key0: u32, key1: u32, scratch: usize, tile: i32, end: i32
): void {
	const blocks = (columns + 3) / 4;
	const bytes = blocks * 4 * COLUMN;
	const table = scratch;
	const keys = table + CONSTANTS_BYTES;
	const random = keys + KEYS_BYTES;
	let now = random + bytes;
	let next = now + bytes;
	const middle = next + bytes;
	fillConstants(table);
	fillKeys(keys, key0, key1);
	const start = (<u64>counterHigh << 32) | <u64>counterLow;
	for (; tile < end; tile++) {
		const row = tile * PARTICLES;
		loadTile(z, rows, columns, row, now, blocks);
		for (let n: u64 = 0; n < <u64>steps; n++) {
			fillNormals(random, blocks, row, start + n, key0, key1, 1, keys, table);
			if (push != 0) flow(table, now, bytes, steepness, push, middle);
			for (let j = 0; j < blocks * 4; j++) {
				const constant = v128.load32_splat(shift + j * 4);
				v128.store(next + j * COLUMN, constant);
				v128.store(next + j * COLUMN, constant, 16);
			}
			addProduct(now, columns, decay, blocks, next);
			addProduct(random, columns, spread, blocks, next);
			if (push != 0) flow(table, next, bytes, steepness, push, middle);
			const spare = now;
			now = next;
			next = spare;
		}
		storeTile(now, out, rows, columns, row, columns);
	}
}
