// A layer's draw and its twins, behind a product that is already there: sigmoid, Bernoulli, Gaussian noise and the
// Langevin step, four units at a time. Every function ends in (scratch, from, to): its
// rows from…to−1, with scratch of its own, so that threads can share one call.
import { cosSmall, exp, log, sinSmall } from './math';
import { fourBlocks, uniformOf } from './philox';

/** The words of a row, in whole groups of sixteen; `scratch` must hold 4·16·⌈columns/16⌉ bytes. */
function rowWords(scratch: usize, columns: i32, row: i32, low: i32, high: i32, key0: i32, key1: i32): void {
	for (let block = 0; block * 4 < columns; block += 4) {
		fourBlocks(scratch + block * 16, block, row, low, high, key0, key1);
	}
}

/** 1 + e^{−β(x+bias)}, the inverse of the probability. */
// @ts-ignore: decorator
@inline
export function inverseProbability(x: v128, bias: v128, minusBeta: v128): v128 {
	return f32x4.add(f32x4.splat(1), exp(f32x4.mul(minusBeta, f32x4.add(x, bias))));
}

/** 1 where the uniform of the word is below the probability, else 0. */
// @ts-ignore: decorator
@inline
export function drawn(words: v128, inverse: v128): v128 {
	const one = f32x4.splat(1);
	return v128.and(f32x4.lt(f32x4.mul(uniformOf(words), inverse), one), one);
}

/** Standard normals from four words: two Box–Muller pairs (cosine, sine, cosine, sine). */
// @ts-ignore: decorator
@inline
export function normals(words: v128): v128 {
	const u = uniformOf(words);
	const first = v128.shuffle<u32>(u, u, 0, 0, 2, 2);
	const second = v128.shuffle<u32>(u, u, 1, 1, 3, 3);
	const radius = f32x4.sqrt(f32x4.mul(f32x4.splat(-2), log(first)));
	// cos and sin of 2π·second: quarter turns q and a rest of at most an eighth of a turn
	const turns = f32x4.mul(second, f32x4.splat(4));
	const q = f32x4.nearest(turns);
	const rest = f32x4.mul(f32x4.sub(turns, q), f32x4.splat(1.57079637));
	// odd lanes want the sine: one quarter turn less
	const quarter = i32x4.sub(i32x4.trunc_sat_f32x4_s(q), i32x4(0, 1, 0, 1));
	const odd = i32x4.eq(v128.and(quarter, i32x4.splat(1)), i32x4.splat(1));
	const size = v128.bitselect(sinSmall(rest), cosSmall(rest), odd);
	// cos(q·π/2 + r) = cos r, −sin r, −cos r, sin r for q = 0, 1, 2, 3
	const negative = i32x4.shl(v128.and(i32x4.add(quarter, i32x4.splat(1)), i32x4.splat(2)), 30);
	return f32x4.mul(radius, v128.xor(size, negative));
}

/** A vector of a row at `at`, or its first `count` < 4 entries and zeros. */
// @ts-ignore: decorator
@inline
export function loadSome(at: usize, count: i32): v128 {
	if (count >= 4) return v128.load(at);
	let some = v128.load32_zero(at);
	if (count > 1) some = f32x4.replace_lane(some, 1, load<f32>(at + 4));
	if (count > 2) some = f32x4.replace_lane(some, 2, load<f32>(at + 8));
	return some;
}

// @ts-ignore: decorator
@inline
export function storeSome(at: usize, values: v128, count: i32): void {
	if (count >= 4) {
		v128.store(at, values);
		return;
	}
	store<f32>(at, f32x4.extract_lane(values, 0));
	if (count > 1) store<f32>(at + 4, f32x4.extract_lane(values, 1));
	if (count > 2) store<f32>(at + 8, f32x4.extract_lane(values, 2));
}

/** out = Bernoulli(sigmoid(β(x + bias))) as 0/1. */
export function sampleUnits(
	x: usize, bias: usize, out: usize, columns: i32, beta: f32,
	low: i32, high: i32, key0: i32, key1: i32, scratch: usize, from: i32, to: i32
): void {
	const minusBeta = f32x4.splat(-beta);
	for (let row = from; row < to; row++) {
		rowWords(scratch, columns, row, low, high, key0, key1);
		const start = <usize>row * columns * 4;
		for (let j = 0; j < columns; j += 4) {
			const at = start + j * 4;
			const count = columns - j;
			const inverse = inverseProbability(loadSome(x + at, count), loadSome(bias + j * 4, count), minusBeta);
			storeSome(out + at, drawn(v128.load(scratch + j * 4), inverse), count);
		}
	}
}

/** out = sigmoid(β(x + bias)). */
export function unitProbabilities(
	x: usize, bias: usize, out: usize, columns: i32, beta: f32, _scratch: usize, from: i32, to: i32
): void {
	const minusBeta = f32x4.splat(-beta);
	for (let row = from; row < to; row++) {
		const start = <usize>row * columns * 4;
		for (let j = 0; j < columns; j += 4) {
			const at = start + j * 4;
			const count = columns - j;
			const inverse = inverseProbability(loadSome(x + at, count), loadSome(bias + j * 4, count), minusBeta);
			storeSome(out + at, f32x4.div(f32x4.splat(1), inverse), count);
		}
	}
}

/** out = standard normals. */
export function gaussianNoise(
	out: usize, columns: i32, low: i32, high: i32, key0: i32, key1: i32, scratch: usize, from: i32, to: i32
): void {
	for (let row = from; row < to; row++) {
		rowWords(scratch, columns, row, low, high, key0, key1);
		const start = <usize>row * columns * 4;
		for (let j = 0; j < columns; j += 4) {
			storeSome(out + start + j * 4, normals(v128.load(scratch + j * 4)), columns - j);
		}
	}
}

/** out = z + dt·(field − linear) − pull·(z − sigmoid((z−½)/σ²)) + noise·ξ. */
export function langevinUpdate(
	z: usize, linear: usize, field: usize, out: usize, columns: i32,
	dt: f32, inverseSigma2: f32, pull: f32, noise: f32,
	low: i32, high: i32, key0: i32, key1: i32, scratch: usize, from: i32, to: i32
): void {
	const minusHalf = f32x4.splat(-0.5);
	const minusSteepness = f32x4.splat(-inverseSigma2);
	for (let row = from; row < to; row++) {
		rowWords(scratch, columns, row, low, high, key0, key1);
		const start = <usize>row * columns * 4;
		for (let j = 0; j < columns; j += 4) {
			const at = start + j * 4;
			const count = columns - j;
			const here = loadSome(z + at, count);
			const mean = f32x4.div(f32x4.splat(1), inverseProbability(here, minusHalf, minusSteepness));
			const force = f32x4.sub(loadSome(field + j * 4, count), loadSome(linear + at, count));
			let next = f32x4.add(here, f32x4.mul(f32x4.splat(dt), force));
			next = f32x4.sub(next, f32x4.mul(f32x4.splat(pull), f32x4.sub(here, mean)));
			next = f32x4.add(next, f32x4.mul(f32x4.splat(noise), normals(v128.load(scratch + j * 4))));
			storeSome(out + at, next, count);
		}
	}
}
