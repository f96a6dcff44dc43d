// The contrastive gradient and the step along it in one pass over the weights: Vᵀ·H with V binary by tables, centring,
// momentum, weight decay, and the new parameters written out. (engine/gradient.ts is the definition.)
import { GROUP, TABLE_BYTES, TILE, TILE_BYTES, fillPanel, multiplyPanel } from './product';

/**
 * Packs 0/1 rows [rows, columns] by columns into rows first…first+rows−1 of a bit matrix [columns, 64·words] that
 * holds a bit a row: the transpose of `packRows`. The words must be 0 there before.
 */
export function packColumns(x: usize, bits: usize, rows: i32, columns: i32, first: i32, words: i32): void {
	const half = f32x4.splat(0.5);
	// Row by row of the 32-bit halves of a word; four columns at once.
	for (let row = 0; row < rows; ) {
		const place = first + row;
		const until = min(rows, row + 32 - (place & 31));
		const word = bits + (place >> 5) * 4;
		let column = 0;
		for (; column + 4 <= columns; column += 4) {
			let all = i32x4.splat(0);
			for (let r = row; r < until; r++) {
				const ones = f32x4.gt(v128.load(x + (<usize>r * columns + column) * 4), half);
				all = v128.or(all, v128.and(ones, i32x4.splat(1 << ((first + r) & 31))));
			}
			const at = word + <usize>column * words * 8;
			store<i32>(at, load<i32>(at) | i32x4.extract_lane(all, 0));
			store<i32>(at + words * 8, load<i32>(at + words * 8) | i32x4.extract_lane(all, 1));
			store<i32>(at + words * 16, load<i32>(at + words * 16) | i32x4.extract_lane(all, 2));
			store<i32>(at + words * 24, load<i32>(at + words * 24) | i32x4.extract_lane(all, 3));
		}
		for (; column < columns; column++) {
			const at = word + <usize>column * words * 8;
			for (let r = row; r < until; r++) {
				if (load<f32>(x + (<usize>r * columns + column) * 4) > 0.5) {
					store<i32>(at, load<i32>(at) | (1 << ((first + r) & 31)));
				}
			}
		}
		row = until;
	}
}

/** out = factor·x for rows [rows, count], and sums[j] += Σ of the new column j. */
export function stackRows(x: usize, out: usize, sums: usize, rows: i32, count: i32, factor: f32): void {
	const scale = f32x4.splat(factor);
	for (let row = 0; row < rows; row++) {
		let j = 0;
		for (; j + 4 <= count; j += 4) {
			const values = f32x4.mul(v128.load(x + j * 4), scale);
			v128.store(out + j * 4, values);
			v128.store(sums + j * 4, f32x4.add(v128.load(sums + j * 4), values));
		}
		for (; j < count; j++) {
			const value = load<f32>(x + j * 4) * factor;
			store<f32>(out + j * 4, value);
			store<f32>(sums + j * 4, load<f32>(sums + j * 4) + value);
		}
		x += count * 4;
		out += count * 4;
	}
}

/** Scratch bytes of `stepWeights` for one worker. */
export function stepWeightsScratch(visibles: i32, words: i32): i32 {
	return words * GROUP * TILE_BYTES + TABLE_BYTES + visibles * TILE_BYTES + 2 * TILE_BYTES;
}

/**
 * For hidden tiles tile…end−1: G = bits·H − μ·dhᵀ − dv·λᵀ (H the stacked rows, scaled, the model's negative; bits the
 * stacked visible rows by columns, [visibles, 64·words]), velocity′ = momentum·velocity + G − decay·W,
 * W′ = W + velocity′; visibleDots[tile][i] = Σⱼ Gᵢⱼλⱼ over a tile, hiddenDots[j] = Σᵢ Gᵢⱼμᵢ. μ = λ = 0: plain.
 * A tile's results do not depend on who computes the others, so that a run repeats on any number of threads.
 */
export function stepWeights(
	bits: usize, visibles: i32, words: i32, h: usize, rows: i32, hidden: i32,
	mu: usize, lambda: usize, visibleMeans: usize, hiddenMeans: usize,
	w: usize, velocity: usize, newW: usize, newVelocity: usize, momentum: f32, decay: f32,
	visibleDots: usize, hiddenDots: usize, scratch: usize, tile: i32, end: i32
): void {
	const panel = scratch;
	const tables = panel + words * GROUP * TILE_BYTES;
	const lambdas = tables + TABLE_BYTES;
	const means = lambdas + TILE_BYTES;
	const sums = means + TILE_BYTES;
	for (; tile < end; tile++) {
		const first = tile * TILE;
		const count = min(TILE, hidden - first);
		fillPanel(h, panel, rows, hidden, first, false);
		multiplyPanel(bits, visibles, words, panel, tables, sums);
		memory.fill(lambdas, 0, 2 * TILE_BYTES);
		memory.copy(lambdas, lambda + first * 4, count * 4);
		memory.copy(means, hiddenMeans + first * 4, count * 4);
		memory.fill(hiddenDots + first * 4, 0, count * 4);
		for (let i = 0; i < visibles; i++) {
			const m = load<f32>(mu + i * 4);
			const dv = load<f32>(visibleMeans + i * 4);
			const at = (<usize>i * hidden + first) * 4;
			const sum = sums + i * TILE_BYTES;
			let dots = f32x4.splat(0);
			let j = 0;
			for (; j + 4 <= count; j += 4) {
				const l = v128.load(lambdas + j * 4);
				let g = f32x4.sub(v128.load(sum + j * 4), f32x4.mul(f32x4.splat(m), v128.load(means + j * 4)));
				g = f32x4.sub(g, f32x4.mul(f32x4.splat(dv), l));
				dots = f32x4.add(dots, f32x4.mul(g, l));
				const dot = hiddenDots + (first + j) * 4;
				v128.store(dot, f32x4.add(v128.load(dot), f32x4.mul(g, f32x4.splat(m))));
				const old = v128.load(w + at + j * 4);
				let speed = f32x4.mul(f32x4.splat(momentum), v128.load(velocity + at + j * 4));
				speed = f32x4.sub(f32x4.add(speed, g), f32x4.mul(f32x4.splat(decay), old));
				v128.store(newVelocity + at + j * 4, speed);
				v128.store(newW + at + j * 4, f32x4.add(old, speed));
			}
			let rest: f32 = 0;
			for (; j < count; j++) {
				const l = load<f32>(lambdas + j * 4);
				const g = load<f32>(sum + j * 4) - m * load<f32>(means + j * 4) - dv * l;
				rest += g * l;
				const dot = hiddenDots + (first + j) * 4;
				store<f32>(dot, load<f32>(dot) + g * m);
				const old = load<f32>(w + at + j * 4);
				const speed = momentum * load<f32>(velocity + at + j * 4) + g - decay * old;
				store<f32>(newVelocity + at + j * 4, speed);
				store<f32>(newW + at + j * 4, old + speed);
			}
			const total = rest + f32x4.extract_lane(dots, 0) + f32x4.extract_lane(dots, 1)
				+ f32x4.extract_lane(dots, 2) + f32x4.extract_lane(dots, 3);
			store<f32>(visibleDots + (<usize>tile * visibles + i) * 4, total);
		}
	}
}

/** How many bits are set in each of `rows` packed rows from bit 0 to bit `split`−1, and from there on; two i32 a row. */
export function countBits(bits: usize, counts: usize, rows: i32, words: i32, split: i32): void {
	for (let row = 0; row < rows; row++) {
		let before: i32 = 0;
		let after: i32 = 0;
		for (let word = 0; word < words; word++) {
			const all = load<u64>(bits + (<usize>row * words + word) * 8);
			const kept = split - word * 64;
			const mask: u64 = kept >= 64 ? ~0 : kept <= 0 ? 0 : (<u64>1 << kept) - 1;
			before += <i32>popcnt(all & mask);
			after += <i32>popcnt(all & ~mask);
		}
		store<i32>(counts + row * 8, before);
		store<i32>(counts + row * 8 + 4, after);
	}
}
