// A half-sweep in one pass: product with the states' bits, bias, sigmoid and draw, tile by tile, so that what lies
// between never leaves the cache.
import { GROUP, TABLE_BYTES, TILE, TILE_BYTES, fillPanel, multiplyPanel } from './product';
import { fourBlocks } from './philox';
import { drawn, inverseProbability, storeSome } from './units';

/** Scratch bytes of `drawLayer` for one worker. */
export function drawLayerScratch(rows: i32, words: i32): i32 {
	return words * GROUP * TILE_BYTES + TABLE_BYTES + rows * TILE_BYTES + 2 * TILE_BYTES;
}

/**
 * For output tiles tile…end−1 of a layer with `outputs` units: t = β(bits·W + bias), probabilities = sigmoid(t) and
 * states = Bernoulli of them; either pointer may be 0. bits [rows, 64·words]; W [inputs, outputs], or transposed.
 */
export function drawLayer(
	bits: usize, rows: i32, words: i32,
	w: usize, inputs: i32, outputs: i32, transposed: bool, bias: usize, beta: f32,
	states: usize, probabilities: usize,
	low: i32, high: i32, key0: i32, key1: i32,
	scratch: usize, tile: i32, end: i32
): void {
	const panel = scratch;
	const tables = panel + words * GROUP * TILE_BYTES;
	const biases = tables + TABLE_BYTES;
	const random = biases + TILE_BYTES;
	const sums = random + TILE_BYTES;
	const minusBeta = f32x4.splat(-beta);
	for (; tile < end; tile++) {
		const first = tile * TILE;
		const count = min(TILE, outputs - first);
		fillPanel(w, panel, inputs, outputs, first, transposed);
		multiplyPanel(bits, rows, words, panel, tables, sums);
		memory.fill(biases, 0, TILE_BYTES);
		memory.copy(biases, bias + first * 4, count * 4);
		for (let row = 0; row < rows; row++) {
			const sum = sums + row * TILE_BYTES;
			const at = (<usize>row * outputs + first) * 4;
			if (states) {
				fourBlocks(random, tile * 8, row, low, high, key0, key1);
				if (count > 16) fourBlocks(random + 64, tile * 8 + 4, row, low, high, key0, key1);
			}
			for (let j = 0; j < count; j += 4) {
				const inverse = inverseProbability(v128.load(sum + j * 4), v128.load(biases + j * 4), minusBeta);
				if (states) storeSome(states + at + j * 4, drawn(v128.load(random + j * 4), inverse), count - j);
				if (probabilities) {
					storeSome(probabilities + at + j * 4, f32x4.div(f32x4.splat(1), inverse), count - j);
				}
			}
		}
	}
}
