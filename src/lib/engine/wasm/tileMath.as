// Elementary functions for the Langevin tiles (tile.as), on four float32 at once. Their constants come from a table in
// memory that the caller fills: a browser's compiler builds a constant vector anew at each use, which costs more than
// the operation it is for, and these functions are called for every unit of every step. Polynomials: minimax fits in
// relative error (2^r: 2e-9; sine and cosine over half a turn: 5e-9), the logarithm's by S. Moshier (Cephes, logf).

/** log₂e */
// @ts-ignore: decorator
@inline export const LOG2E: f32 = 1.44269504;

/** Bytes of the table. */
// @ts-ignore: decorator
@inline export const CONSTANTS_BYTES: i32 = 36 * 16;

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
	put(table, 5, 1.5353362061762063e-4);
	put(table, 6, 1.3398874557156923e-3);
	put(table, 7, 9.6184373582384637e-3);
	put(table, 8, 5.5503324707834686e-2);
	put(table, 9, 2.4022647913615663e-1);
	put(table, 10, 6.9314720285521092e-1);
	// ln(1+m) = m − m²/2 + m³·(…), √½ ≤ 1+m < √2
	put(table, 11, 7.0376836292e-2);
	put(table, 12, -1.151461031e-1);
	put(table, 13, 1.167699874e-1);
	put(table, 14, -1.2420140846e-1);
	put(table, 15, 1.4249322787e-1);
	put(table, 16, -1.6668057665e-1);
	put(table, 17, 2.0000714765e-1);
	put(table, 18, -2.4999993993e-1);
	put(table, 19, 3.3333331174e-1);
	put(table, 20, 0.69314718);
	putBits(table, 21, 0x3f3504f3); // √½
	// sin x = x + x·z·(…), cos x = 1 − z/2 + z²·(…), z = x², |x| ≤ π/2
	put(table, 22, 2.6000546466493565e-6);
	put(table, 23, -1.9806615145797095e-4);
	put(table, 24, 8.3330172907772997e-3);
	put(table, 25, -1.6666657096471546e-1);
	put(table, 26, -2.6193814259951008e-7);
	put(table, 27, 2.4769304194841198e-5);
	put(table, 28, -1.3888569161146678e-3);
	put(table, 29, 4.1666655773129939e-2);
	put(table, 30, 7.314590396335798e-10); // π·2⁻³²
	putBits(table, 31, 0xfffffc00);
	putBits(table, 32, 0x200);
	putBits(table, 33, 0x80000000);
	put(table, 34, -23);
	put(table, 35, -2);
}

// @ts-ignore: decorator
@inline
function step(p: v128, x: v128, c: v128): v128 {
	return f32x4.add(f32x4.mul(p, x), c);
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
	const rounded = f32x4.add(s, c);
	const roundedT = f32x4.add(t, c);
	s = f32x4.sub(s, f32x4.sub(rounded, c));
	t = f32x4.sub(t, f32x4.sub(roundedT, c));
	c = v128.load(table, 5 * 16);
	let d = v128.load(table, 6 * 16);
	let p = step(c, s, d);
	let q = step(c, t, d);
	c = v128.load(table, 7 * 16);
	d = v128.load(table, 8 * 16);
	p = step(step(p, s, c), s, d);
	q = step(step(q, t, c), t, d);
	c = v128.load(table, 9 * 16);
	d = v128.load(table, 10 * 16);
	p = step(step(p, s, c), s, d);
	q = step(step(q, t, c), t, d);
	const one = v128.load(table);
	p = i32x4.add(step(p, s, one), i32x4.shl(rounded, 23));
	q = i32x4.add(step(q, t, one), i32x4.shl(roundedT, 23));
	v128.store(to, f32x4.add(v128.load(to), f32x4.div(push, f32x4.add(p, one))));
	v128.store(to, f32x4.add(v128.load(to, 16), f32x4.div(push, f32x4.add(q, one))), 16);
}

/** ln(x·2^scale) for normal x > 0, `scale` an integer as float in every lane. */
// @ts-ignore: decorator
@inline
export function logScaled(table: usize, x: v128, scale: v128): v128 {
	const e = i32x4.shr_s(i32x4.sub(x, v128.load(table, 21 * 16)), 23);
	const m = f32x4.sub(i32x4.sub(x, i32x4.shl(e, 23)), v128.load(table));
	const exponent = f32x4.add(f32x4.convert_i32x4_s(e), scale);
	const z = f32x4.mul(m, m);
	let p = step(v128.load(table, 11 * 16), m, v128.load(table, 12 * 16));
	p = step(p, m, v128.load(table, 13 * 16));
	p = step(p, m, v128.load(table, 14 * 16));
	p = step(p, m, v128.load(table, 15 * 16));
	p = step(p, m, v128.load(table, 16 * 16));
	p = step(p, m, v128.load(table, 17 * 16));
	p = step(p, m, v128.load(table, 18 * 16));
	p = step(p, m, v128.load(table, 19 * 16));
	const y = f32x4.mul(f32x4.sub(f32x4.mul(p, m), v128.load(table, 16)), z);
	return f32x4.add(f32x4.add(y, m), f32x4.mul(exponent, v128.load(table, 20 * 16)));
}

/** scale·√(−2 ln u), at `out`, for the uniforms u of two vectors of words. */
// @ts-ignore: decorator
@inline
function radii(table: usize, a: v128, b: v128, scale: v128, out: usize): void {
	let c = v128.load(table, 16);
	const x = f32x4.add(f32x4.convert_i32x4_s(i32x4.shr_u(a, 9)), c);
	const y = f32x4.add(f32x4.convert_i32x4_s(i32x4.shr_u(b, 9)), c);
	c = v128.load(table, 21 * 16);
	const e = i32x4.shr_s(i32x4.sub(x, c), 23);
	const f = i32x4.shr_s(i32x4.sub(y, c), 23);
	c = v128.load(table);
	const m = f32x4.sub(i32x4.sub(x, i32x4.shl(e, 23)), c);
	const n = f32x4.sub(i32x4.sub(y, i32x4.shl(f, 23)), c);
	c = v128.load(table, 11 * 16);
	let d = v128.load(table, 12 * 16);
	let p = step(c, m, d);
	let q = step(c, n, d);
	c = v128.load(table, 13 * 16);
	d = v128.load(table, 14 * 16);
	p = step(step(p, m, c), m, d);
	q = step(step(q, n, c), n, d);
	c = v128.load(table, 15 * 16);
	d = v128.load(table, 16 * 16);
	p = step(step(p, m, c), m, d);
	q = step(step(q, n, c), n, d);
	c = v128.load(table, 17 * 16);
	d = v128.load(table, 18 * 16);
	p = step(step(p, m, c), m, d);
	q = step(step(q, n, c), n, d);
	c = v128.load(table, 19 * 16);
	d = v128.load(table, 16);
	p = f32x4.mul(f32x4.sub(f32x4.mul(step(p, m, c), m), d), f32x4.mul(m, m));
	q = f32x4.mul(f32x4.sub(f32x4.mul(step(q, n, c), n), d), f32x4.mul(n, n));
	c = v128.load(table, 34 * 16);
	d = v128.load(table, 20 * 16);
	p = f32x4.add(f32x4.add(p, m), f32x4.mul(f32x4.add(f32x4.convert_i32x4_s(e), c), d));
	q = f32x4.add(f32x4.add(q, n), f32x4.mul(f32x4.add(f32x4.convert_i32x4_s(f), c), d));
	c = v128.load(table, 35 * 16);
	v128.store(out, f32x4.mul(scale, f32x4.sqrt(f32x4.mul(p, c))));
	v128.store(out, f32x4.mul(scale, f32x4.sqrt(f32x4.mul(q, c))), 16);
}

/**
 * Standard normals times `scale` of eight particles, cosines at `out` and sines at out+32, from the words of radius and
 * angle of particles 0–3 and 4–7 (random/draw.ts).
 */
// @ts-ignore: decorator
@inline
export function boxMuller(table: usize, radius: v128, angle: v128, radius4: v128, angle4: v128, scale: v128, out: usize): void {
	radii(table, radius, radius4, scale, out);
	// The angle's word counts 2⁻³² turns, twice it half turns, of which the signed lower word is what is over a whole
	// number: an angle within ±π/2, and both cosine and sine turned where that number is odd.
	const twice = i32x4.shl(angle, 1);
	const twice4 = i32x4.shl(angle4, 1);
	let c = v128.load(table, 33 * 16);
	const r = v128.xor(v128.load(out), v128.and(v128.xor(angle, twice), c));
	const r4 = v128.xor(v128.load(out, 16), v128.and(v128.xor(angle4, twice4), c));
	c = v128.load(table, 31 * 16);
	let d = v128.load(table, 32 * 16);
	let x = f32x4.convert_i32x4_s(v128.or(v128.and(twice, c), d));
	let y = f32x4.convert_i32x4_s(v128.or(v128.and(twice4, c), d));
	c = v128.load(table, 30 * 16);
	x = f32x4.mul(x, c);
	y = f32x4.mul(y, c);
	const z = f32x4.mul(x, x);
	const w = f32x4.mul(y, y);
	c = v128.load(table, 26 * 16);
	d = v128.load(table, 27 * 16);
	let p = step(c, z, d);
	let q = step(c, w, d);
	c = v128.load(table, 28 * 16);
	d = v128.load(table, 29 * 16);
	p = step(step(p, z, c), z, d);
	q = step(step(q, w, c), w, d);
	c = v128.load(table, 16);
	d = v128.load(table);
	p = step(f32x4.sub(f32x4.mul(p, z), c), z, d);
	q = step(f32x4.sub(f32x4.mul(q, w), c), w, d);
	v128.store(out, f32x4.mul(r, p));
	v128.store(out, f32x4.mul(r4, q), 16);
	c = v128.load(table, 22 * 16);
	d = v128.load(table, 23 * 16);
	p = step(c, z, d);
	q = step(c, w, d);
	c = v128.load(table, 24 * 16);
	d = v128.load(table, 25 * 16);
	p = step(step(p, z, c), z, d);
	q = step(step(q, w, c), w, d);
	v128.store(out, f32x4.mul(r, step(f32x4.mul(p, z), x, x)), 32);
	v128.store(out, f32x4.mul(r4, step(f32x4.mul(q, w), y, y)), 48);
}
