// Sums of ln(1+e^t) over units, for the weights of annealing, exchanges and free energies (kernels/sumSoftplus.ts is the
// definition): float64, since what is wanted is the difference of two such sums. ln(1+e^t) = max(t, 0) + ln(1+e^{−|t|}),
// the last terms by one logarithm for a product of factors between 1 and 2. Constants from a table, as in tileMath.as.

/** Scratch bytes of every function here for one thread. */
// @ts-ignore: decorator
@inline const TABLE_BYTES: i32 = 14 * 16;

export function softplusScratch(): i32 {
	return TABLE_BYTES;
}

/** Most factors up to 2 in a lane, so that two lanes' product cannot overflow. */
// @ts-ignore: decorator
@inline const MOST_FACTORS: i32 = 500;

function put(table: usize, index: i32, value: f64): void {
	v128.store(table + index * 16, f64x2.splat(value));
}

/** 2^r = 1 + r·(…) on |r| ≤ ½ to 6e-16 (interpolation at Chebyshev nodes), and what reduces −|t| to r. */
function fillTable(table: usize): void {
	put(table, 0, 7.0709778665081386e-9);
	put(table, 1, 1.0205905413765596e-7);
	put(table, 2, 1.3215451633221434e-6);
	put(table, 3, 1.5252672924850736e-5);
	put(table, 4, 1.5403530424776528e-4);
	put(table, 5, 1.3333558200794593e-3);
	put(table, 6, 9.6181291076186656e-3);
	put(table, 7, 5.5504108664651672e-2);
	put(table, 8, 0.24022650695910076);
	put(table, 9, 0.69314718055994616);
	put(table, 10, 1);
	put(table, 11, -1.4426950408889634);
	put(table, 12, 6755399441055744); // 1.5·2⁵²: adding it rounds to the nearest integer
	put(table, 13, -1000);
}

// @ts-ignore: decorator
@inline
function step(p: v128, x: v128, c: v128): v128 {
	return f64x2.add(f64x2.mul(p, x), c);
}

/** 1 + e^{−|t|}. */
// @ts-ignore: decorator
@inline
function factor(table: usize, t: v128): v128 {
	const y = f64x2.pmax(v128.load(table, 13 * 16), f64x2.mul(f64x2.abs(t), v128.load(table, 11 * 16)));
	const magic = v128.load(table, 12 * 16);
	const whole = f64x2.add(y, magic);
	const r = f64x2.sub(y, f64x2.sub(whole, magic));
	const z = f64x2.mul(r, r);
	const w = f64x2.mul(z, z);
	const a = step(v128.load(table), r, v128.load(table, 16));
	const b = step(v128.load(table, 2 * 16), r, v128.load(table, 3 * 16));
	const c = step(v128.load(table, 4 * 16), r, v128.load(table, 5 * 16));
	const d = step(v128.load(table, 6 * 16), r, v128.load(table, 7 * 16));
	const one = v128.load(table, 10 * 16);
	const p = step(step(a, z, b), w, step(c, z, d));
	const e = step(p, f64x2.mul(z, r), step(step(v128.load(table, 8 * 16), r, v128.load(table, 9 * 16)), r, one));
	return f64x2.add(i64x2.add(e, i64x2.shl(whole, 52)), one);
}

/** ln x for normal x > 0 (fdlibm, Sun Microsystems 1993: the reduction and its coefficients). */
function ln(x: f64): f64 {
	const bits = reinterpret<u64>(x) + (0x3ff0000000000000 - 0x3fe6a09e667f3bcd);
	const k = <f64>(<i32>(bits >> 52) - 1023);
	const f = reinterpret<f64>((bits & 0x000fffffffffffff) + 0x3fe6a09e667f3bcd) - 1;
	const s = f / (2 + f);
	const z = s * s;
	const w = z * z;
	const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
	const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
	const half = 0.5 * f * f;
	return k * 6.93147180369123816490e-1 - (half - (s * (half + even + odd) + k * 1.90821492927058770002e-10) - f);
}

// @ts-ignore: decorator
@inline
function both(x: v128): f64 {
	return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

/** ln of the product of both lanes of both vectors. */
// @ts-ignore: decorator
@inline
function lnAll(p: v128, q: v128): f64 {
	return ln(f64x2.extract_lane(p, 0) * f64x2.extract_lane(p, 1))
		+ ln(f64x2.extract_lane(q, 0) * f64x2.extract_lane(q, 1));
}

/** t = scale·(x + bias + shift·more) of two units. */
// @ts-ignore: decorator
@inline
function field(x: usize, bias: usize, more: usize, shift: v128, scale: v128): v128 {
	let sum = f64x2.add(f64x2.promote_low_f32x4(v128.load64_zero(x)), f64x2.promote_low_f32x4(v128.load64_zero(bias)));
	if (more) sum = f64x2.add(sum, f64x2.mul(shift, f64x2.promote_low_f32x4(v128.load64_zero(more))));
	return f64x2.mul(scale, sum);
}

/** Σⱼ ln(1+e^{scale(xⱼ + biasⱼ + shift·moreⱼ)}); more = 0: without it. */
// @ts-ignore: decorator
@inline
function sum(table: usize, x: usize, bias: usize, more: usize, shift: f64, scale: f64, count: i32): f64 {
	const none = f64x2.splat(0);
	const one = f64x2.splat(1);
	const by = f64x2.splat(shift);
	const factorOf = f64x2.splat(scale);
	let positive = none;
	let total: f64 = 0;
	let p = one;
	let q = one;
	let left = MOST_FACTORS;
	let at: usize = 0;
	for (const end = <usize>(count & ~3) * 4; at < end; at += 16) {
		const t = field(x + at, bias + at, more ? more + at : 0, by, factorOf);
		const u = field(x + at + 8, bias + at + 8, more ? more + at + 8 : 0, by, factorOf);
		positive = f64x2.add(positive, f64x2.add(f64x2.pmax(none, t), f64x2.pmax(none, u)));
		p = f64x2.mul(p, factor(table, t));
		q = f64x2.mul(q, factor(table, u));
		if (--left == 0) {
			total += lnAll(p, q);
			p = one;
			q = one;
			left = MOST_FACTORS;
		}
	}
	for (; at < <usize>count * 4; at += 4) {
		let term = <f64>load<f32>(x + at) + <f64>load<f32>(bias + at);
		if (more) term += shift * <f64>load<f32>(more + at);
		// the other lane adds nothing
		const t = f64x2.replace_lane(f64x2.splat(-1e9), 0, scale * term);
		positive = f64x2.add(positive, f64x2.pmax(none, t));
		p = f64x2.mul(p, factor(table, t));
	}
	return total + lnAll(p, q) + both(positive);
}

/** sums[row] = Σⱼ ln(1+e^{scale(x[row, j] + biasⱼ)}), float64. */
export function sumSoftplus(
	x: usize, bias: usize, sums: usize, columns: i32, scale: f64, scratch: usize, from: i32, to: i32
): void {
	fillTable(scratch);
	for (let row = from; row < to; row++) {
		store<f64>(sums + row * 8, sum(scratch, x + <usize>row * columns * 4, bias, 0, 0, scale, columns));
	}
}

/** sums[row] = Σᵢ x[row, i]·rowᵢ, float64. */
export function dotRows(
	x: usize, weights: usize, sums: usize, columns: i32, _scratch: usize, from: i32, to: i32
): void {
	for (let row = from; row < to; row++) {
		const start = x + <usize>row * columns * 4;
		let a = f64x2.splat(0);
		let b = a;
		let at: usize = 0;
		for (const end = <usize>(columns & ~3) * 4; at < end; at += 16) {
			const v = v128.load(start + at);
			const w = v128.load(weights + at);
			a = f64x2.add(a, f64x2.mul(f64x2.promote_low_f32x4(v), f64x2.promote_low_f32x4(w)));
			const high = v128.shuffle<u64>(v, v, 1, 1);
			b = f64x2.add(b, f64x2.mul(f64x2.promote_low_f32x4(high), f64x2.promote_low_f32x4(v128.shuffle<u64>(w, w, 1, 1))));
		}
		let total = both(f64x2.add(a, b));
		for (; at < <usize>columns * 4; at += 4) total += <f64>load<f32>(start + at) * <f64>load<f32>(weights + at);
		store<f64>(sums + row * 8, total);
	}
}

/**
 * out[row, c] = ln P(unit | rest) of unit = units[row, c] (int32) with the hidden layer summed out: minus ln(1+e^g),
 * g = −β(F(flipped) − F(v)) (kernels/logConditional.ts).
 */
export function logConditional(
	x: usize, weights: usize, visible: usize, visibleBias: usize, hiddenBias: usize, units: usize, out: usize,
	hidden: i32, visibles: i32, count: i32, beta: f64, scratch: usize, from: i32, to: i32
): void {
	fillTable(scratch);
	for (let row = from; row < to; row++) {
		const fields = x + <usize>row * hidden * 4;
		const now = sum(scratch, fields, hiddenBias, 0, 0, beta, hidden);
		for (let c = 0; c < count; c++) {
			const at = (<usize>row * count + c) * 4;
			const unit = load<i32>(units + at);
			const flip = <f64>(1 - 2 * load<f32>(visible + (<usize>row * visibles + unit) * 4));
			const then = sum(scratch, fields, hiddenBias, weights + <usize>unit * hidden * 4, flip, beta, hidden);
			const gain = beta * <f64>load<f32>(visibleBias + unit * 4) * flip + (then - now);
			// one unit with field g: the other lane adds nothing
			const all = factor(scratch, f64x2.replace_lane(f64x2.splat(-1e9), 0, gain));
			store<f32>(out + at, <f32>-(max<f64>(gain, 0) + ln(f64x2.extract_lane(all, 0))));
		}
	}
}
