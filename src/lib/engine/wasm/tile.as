// Tiles of eight particles for the Langevin runs: a tile holds a column's eight values in two vectors, columns one after
// another (32 bytes each), so that neither the generator nor Box–Muller nor the product needs a shuffle, and a tile with
// all its noise stays in the first-level cache for as many steps as a call has. (Its noise: tileNoise.as.)

/** Particles of a tile. */
// @ts-ignore: decorator
@inline export const PARTICLES: i32 = 8;
/** Bytes of a tile's column. */
// @ts-ignore: decorator
@inline export const COLUMN: i32 = 32;

/**
 * out += tile·matrix for a tile of `inputs` columns and a matrix [inputs, 4·blocks]; out has 4·blocks columns. Eight
 * sums in registers.
 */
export function addProduct(tile: usize, inputs: i32, matrix: usize, blocks: i32, out: usize): void {
	const stride = blocks * 16;
	const end = tile + inputs * COLUMN;
	for (let block = 0; block < blocks; block++) {
		let a0 = v128.load(out);
		let b0 = v128.load(out, 16);
		let a1 = v128.load(out, 32);
		let b1 = v128.load(out, 48);
		let a2 = v128.load(out, 64);
		let b2 = v128.load(out, 80);
		let a3 = v128.load(out, 96);
		let b3 = v128.load(out, 112);
		let entry = matrix + block * 16;
		for (let from = tile; from < end; from += COLUMN) {
			const a = v128.load(from);
			const b = v128.load(from, 16);
			let m = v128.load32_splat(entry);
			a0 = f32x4.add(a0, f32x4.mul(m, a));
			b0 = f32x4.add(b0, f32x4.mul(m, b));
			m = v128.load32_splat(entry, 4);
			a1 = f32x4.add(a1, f32x4.mul(m, a));
			b1 = f32x4.add(b1, f32x4.mul(m, b));
			m = v128.load32_splat(entry, 8);
			a2 = f32x4.add(a2, f32x4.mul(m, a));
			b2 = f32x4.add(b2, f32x4.mul(m, b));
			m = v128.load32_splat(entry, 12);
			a3 = f32x4.add(a3, f32x4.mul(m, a));
			b3 = f32x4.add(b3, f32x4.mul(m, b));
			entry += stride;
		}
		v128.store(out, a0);
		v128.store(out, b0, 16);
		v128.store(out, a1, 32);
		v128.store(out, b1, 48);
		v128.store(out, a2, 64);
		v128.store(out, b2, 80);
		v128.store(out, a3, 96);
		v128.store(out, b3, 112);
		out += 4 * COLUMN;
	}
}

/** Four vectors at from, from+stride, … transposed to to, to+step, …. */
// @ts-ignore: decorator
@inline
function transpose(from: usize, stride: usize, to: usize, step: usize): void {
	const a = v128.load(from);
	const b = v128.load(from + stride);
	const c = v128.load(from + 2 * stride);
	const d = v128.load(from + 3 * stride);
	const p = v128.shuffle<u32>(a, b, 0, 4, 1, 5);
	const q = v128.shuffle<u32>(a, b, 2, 6, 3, 7);
	const r = v128.shuffle<u32>(c, d, 0, 4, 1, 5);
	const s = v128.shuffle<u32>(c, d, 2, 6, 3, 7);
	v128.store(to, v128.shuffle<u64>(p, r, 0, 2));
	v128.store(to + step, v128.shuffle<u64>(p, r, 1, 3));
	v128.store(to + 2 * step, v128.shuffle<u64>(q, s, 0, 2));
	v128.store(to + 3 * step, v128.shuffle<u64>(q, s, 1, 3));
}

/** Rows row…row+7 of x [rows, columns] as a tile; beyond the last row its values again. Columns to 4·blocks: 0. */
export function loadTile(x: usize, rows: i32, columns: i32, row: i32, tile: usize, blocks: i32): void {
	const stride = <usize>columns * 4;
	memory.fill(tile + columns * COLUMN, 0, (blocks * 4 - columns) * COLUMN);
	let j = 0;
	if (row + PARTICLES <= rows) {
		const from = x + <usize>row * stride;
		for (; j + 4 <= columns; j += 4) {
			transpose(from + j * 4, stride, tile + j * COLUMN, COLUMN);
			transpose(from + 4 * stride + j * 4, stride, tile + j * COLUMN + 16, COLUMN);
		}
	}
	for (; j < columns; j++) {
		for (let p = 0; p < PARTICLES; p++) {
			const from = x + <usize>min(row + p, rows - 1) * stride;
			store<f32>(tile + j * COLUMN + p * 4, load<f32>(from + j * 4));
		}
	}
}

/** The tile's columns 0…columns−1 to rows row…row+7 of out [rows, width], as far as they exist. */
export function storeTile(tile: usize, out: usize, rows: i32, columns: i32, row: i32, width: i32): void {
	const stride = <usize>width * 4;
	const to = out + <usize>row * stride;
	const count = min(PARTICLES, rows - row);
	let j = 0;
	if (count == PARTICLES) {
		for (; j + 4 <= columns; j += 4) {
			transpose(tile + j * COLUMN, COLUMN, to + j * 4, stride);
			transpose(tile + j * COLUMN + 16, COLUMN, to + 4 * stride + j * 4, stride);
		}
	}
	for (; j < columns; j++) {
		for (let p = 0; p < count; p++) store<f32>(to + p * stride + j * 4, load<f32>(tile + j * COLUMN + p * 4));
	}
}
