// Elementary functions for the Langevin tiles (tile.as), on two vectors of four float32 at once. Their constants come
// from a table in memory that the caller fills: a browser's compiler builds a constant vector anew at each use, which
// takes a twentieth more time. Polynomials are minimax fits (2^r: 9e-8 of it; sine and cosine over half a turn: 5e-9 and
// 9e-8 of 1), the logarithm's by S. Moshier (Cephes, logf), all split so that half their products do not wait for the
// other half: a tenth less time.

/** log₂e */
// @ts-ignore: decorator
@inline export const LOG2E: f32 = 1.44269504;

/** Bytes of the table. */
// @ts-ignore: decorator
@inline export const CONSTANTS_BYTES: i32 = 34 * 16;

function put(table: usize, index: i32, value: f32): void {
	v128.store(table + index * 16, f32x4.splat(value));
}

function putBits(table: usize, index: i32, value: i32): void {
	v128.store(table + index * 16, i32x4.splat(value));
}

/** Fills the table, before any other function of this file. */
export function fillConstants(table: usize): void {
	put(table, 0, 1);
	put(table, 1, 0.5);
	put(table, 2, 126);
	put(table, 3, -126);
	// 1.5·2²³: adding it rounds to the nearest integer, which then is in the low bits
	put(table, 4, 12582912);
	// 2^r = 1 + r·(…), |r| ≤ ½
	put(table, 5, 1.32647272527029e-3);
	put(table, 6, 9.67151278578003e-3);
	put(table, 7, 5.550733744471018e-2);
	put(table, 8, 2.402224208311177e-1);
	put(table, 9, 6.931469775976787e-1);
	// ln(1+m) = m − m²/2 + m³·(…), √½ ≤ 1+m < √2
	put(table, 10, 7.0376836292e-2);
	put(table, 11, -1.151461031e-1);
	put(table, 12, 1.167699874e-1);
	put(table, 13, -1.2420140846e-1);
	put(table, 14, 1.4249322787e-1);
	put(table, 15, -1.6668057665e-1);
	put(table, 16, 2.0000714765e-1);
	put(table, 17, -2.4999993993e-1);
	put(table, 18, 3.3333331174e-1);
	put(table, 19, 0.69314718);
	putBits(table, 20, 0x3f3504f3); // √½
	// sin x = x + x·z·(…), cos x = 1 − z/2 + z²·(…), z = x², |x| ≤ π/2
	put(table, 21, 2.6000546466493565e-6);
	put(table, 22, -1.9806615145797095e-4);
	put(table, 23, 8.3330172907772997e-3);
	put(table, 24, -1.6666657096471546e-1);
	put(table, 25, 2.3379384164806541e-5);
	put(table, 26, -1.3865231112385643e-3);
	put(table, 27, 4.1665440019487236e-2);
	put(table, 28, 7.314590396335798e-10); // π·2⁻³²
	putBits(table, 29, 0xfffffc00);
	putBits(table, 30, 0x200);
	putBits(table, 31, 0x80000000);
	put(table, 32, -23);
	put(table, 33, -2);
}

/** p·x + c */
// @ts-ignore: decorator
@inline
function step(p: v128, x: v128, c: v128): v128 {
	return f32x4.add(f32x4.mul(p, x), c);
}

/** 2^r, |r| ≤ ½. */
// @ts-ignore: decorator
@inline
function exp2Rest(table: usize, r: v128): v128 {
	const z = f32x4.mul(r, r);
	const high = step(v128.load(table, 5 * 16), r, v128.load(table, 6 * 16));
	const middle = step(v128.load(table, 7 * 16), r, v128.load(table, 8 * 16));
	return step(step(high, z, middle), z, step(v128.load(table, 9 * 16), r, v128.load(table)));
}

/** 2^t, t clamped to [−126, 126]. */
// @ts-ignore: decorator
@inline
export function exp2(table: usize, t: v128): v128 {
	t = f32x4.pmax(v128.load(table, 3 * 16), f32x4.pmin(v128.load(table, 2 * 16), t));
	const c = v128.load(table, 4 * 16);
	const whole = f32x4.add(t, c);
	return i32x4.add(exp2Rest(table, f32x4.sub(t, f32x4.sub(whole, c))), i32x4.shl(whole, 23));
}

/** ln(1+2^t); what is below 6e-8 is lost, which float32 sums do not hold either. */
// @ts-ignore: decorator
@inline
export function softplus(table: usize, t: v128): v128 {
	const none = f32x4.splat(0);
	const e = exp2(table, f32x4.neg(f32x4.abs(t)));
	const rest = logScaled(table, f32x4.add(e, v128.load(table)), none);
	return f32x4.add(f32x4.mul(f32x4.pmax(none, t), v128.load(table, 19 * 16)), rest);
}

/** Adds push/(1+2^s) and push/(1+2^t), s and t clamped to [−126, 126], to the two vectors at `to`: a sigmoid's pull. */
// @ts-ignore: decorator
@inline
export function addPushed(table: usize, s: v128, t: v128, push: v128, to: usize): void {
	let c = v128.load(table, 2 * 16);
	s = f32x4.pmin(c, s);
	t = f32x4.pmin(c, t);
	c = v128.load(table, 3 * 16);
	s = f32x4.pmax(c, s);
	t = f32x4.pmax(c, t);
	c = v128.load(table, 4 * 16);
	const whole = f32x4.add(s, c);
	const wholeT = f32x4.add(t, c);
	const one = v128.load(table);
	const p = i32x4.add(exp2Rest(table, f32x4.sub(s, f32x4.sub(whole, c))), i32x4.shl(whole, 23));
	const q = i32x4.add(exp2Rest(table, f32x4.sub(t, f32x4.sub(wholeT, c))), i32x4.shl(wholeT, 23));
	v128.store(to, f32x4.add(v128.load(to), f32x4.div(push, f32x4.add(p, one))));
	v128.store(to, f32x4.add(v128.load(to, 16), f32x4.div(push, f32x4.add(q, one))), 16);
}

/** ln(x·2^scale) for normal x > 0, `scale` an integer as float in every lane. */
// @ts-ignore: decorator
@inline
export function logScaled(table: usize, x: v128, scale: v128): v128 {
	const e = i32x4.shr_s(i32x4.sub(x, v128.load(table, 20 * 16)), 23);
	const m = f32x4.sub(i32x4.sub(x, i32x4.shl(e, 23)), v128.load(table));
	const z = f32x4.mul(m, m);
	const w = f32x4.mul(z, z);
	const a = step(v128.load(table, 11 * 16), m, v128.load(table, 12 * 16));
	const b = step(v128.load(table, 13 * 16), m, v128.load(table, 14 * 16));
	const c = step(v128.load(table, 15 * 16), m, v128.load(table, 16 * 16));
	const d = step(v128.load(table, 17 * 16), m, v128.load(table, 18 * 16));
	const p = step(step(v128.load(table, 10 * 16), w, step(a, z, b)), w, step(c, z, d));
	const y = f32x4.mul(f32x4.sub(f32x4.mul(p, m), v128.load(table, 16)), z);
	const exponent = f32x4.add(f32x4.convert_i32x4_s(e), scale);
	return f32x4.add(f32x4.add(y, m), f32x4.mul(exponent, v128.load(table, 19 * 16)));
}

/** scale·√(−2 ln u) for the uniforms u of a vector of words. */
// @ts-ignore: decorator
@inline
function radius(table: usize, words: v128, scale: v128): v128 {
	const n = f32x4.add(f32x4.convert_i32x4_s(i32x4.shr_u(words, 9)), v128.load(table, 16));
	const log = logScaled(table, n, v128.load(table, 32 * 16));
	return f32x4.mul(scale, f32x4.sqrt(f32x4.mul(log, v128.load(table, 33 * 16))));
}

/**
 * Cosine and sine, at `out` and out+32, of the angle of four particles. The angle's word counts 2⁻³² turns, twice it half
 * turns, of which the signed lower word is what is over a whole number: an angle within ±π/2, and both cosine and sine
 * turned where that number is odd.
 */
// @ts-ignore: decorator
@inline
function turn(table: usize, words: v128, out: usize): void {
	const twice = i32x4.shl(words, 1);
	const sign = v128.and(v128.xor(words, twice), v128.load(table, 31 * 16));
	const rest = v128.or(v128.and(twice, v128.load(table, 29 * 16)), v128.load(table, 30 * 16));
	const x = f32x4.mul(f32x4.convert_i32x4_s(rest), v128.load(table, 28 * 16));
	const z = f32x4.mul(x, x);
	let c = step(step(v128.load(table, 25 * 16), z, v128.load(table, 26 * 16)), z, v128.load(table, 27 * 16));
	c = step(f32x4.sub(f32x4.mul(c, z), v128.load(table, 16)), z, v128.load(table));
	v128.store(out, v128.xor(sign, c));
	let s = step(step(v128.load(table, 21 * 16), z, v128.load(table, 22 * 16)), z, v128.load(table, 23 * 16));
	s = step(s, z, v128.load(table, 24 * 16));
	v128.store(out, v128.xor(sign, step(f32x4.mul(s, z), x, x)), 32);
}

/**
 * Box–Muller for eight particles: words of radius at `tile` and of angle at tile+32 become normals times `scale`, cosine
 * and sine (random/draw.ts).
 */
// @ts-ignore: decorator
@inline
export function boxMuller(table: usize, tile: usize, scale: v128): void {
	const r = v128.load(tile);
	const s = v128.load(tile, 16);
	turn(table, v128.load(tile, 32), tile);
	turn(table, v128.load(tile, 48), tile + 16);
	const a = radius(table, r, scale);
	const b = radius(table, s, scale);
	v128.store(tile, f32x4.mul(a, v128.load(tile)));
	v128.store(tile, f32x4.mul(b, v128.load(tile, 16)), 16);
	v128.store(tile, f32x4.mul(a, v128.load(tile, 32)), 32);
	v128.store(tile, f32x4.mul(b, v128.load(tile, 48)), 48);
}
