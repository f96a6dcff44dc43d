// Elementary functions on four float32 at once, to a few units of the last place: argument reduction and minimax
// polynomials (coefficients of Cephes, S. Moshier 1989, expf, logf, sinf, cosf).

/** e^x, with x clamped to [−87, 87]. */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
	x = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-87)), f32x4.splat(87));
	const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504)));
	let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
	r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
	let p = f32x4.splat(1.9875691500e-4);
	p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
	p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
	p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
	p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
	p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
	p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
	const exponent = i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127));
	return f32x4.mul(p, i32x4.shl(exponent, 23));
}

/** ln x for normal x > 0. */
// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
	let e = i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(126));
	// mantissa in [½, 1), moved to [√½, √2)
	let m = v128.or(v128.and(x, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000));
	const small = f32x4.lt(m, f32x4.splat(0.70710678));
	e = i32x4.add(e, small);
	m = f32x4.sub(f32x4.add(m, v128.and(m, small)), f32x4.splat(1));
	const f = f32x4.convert_i32x4_s(e);
	const z = f32x4.mul(m, m);
	let p = f32x4.splat(7.0376836292e-2);
	p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-1.1514610310e-1));
	p = f32x4.add(f32x4.mul(p, m), f32x4.splat(1.1676998740e-1));
	p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-1.2420140846e-1));
	p = f32x4.add(f32x4.mul(p, m), f32x4.splat(1.4249322787e-1));
	p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-1.6668057665e-1));
	p = f32x4.add(f32x4.mul(p, m), f32x4.splat(2.0000714765e-1));
	p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-2.4999993993e-1));
	p = f32x4.add(f32x4.mul(p, m), f32x4.splat(3.3333331174e-1));
	let y = f32x4.mul(f32x4.mul(p, m), z);
	y = f32x4.add(y, f32x4.mul(f, f32x4.splat(-2.12194440e-4)));
	y = f32x4.sub(y, f32x4.mul(z, f32x4.splat(0.5)));
	return f32x4.add(f32x4.add(m, y), f32x4.mul(f, f32x4.splat(0.693359375)));
}

/** sin(x), |x| ≤ π/4. */
// @ts-ignore: decorator
@inline
export function sinSmall(x: v128): v128 {
	const z = f32x4.mul(x, x);
	let p = f32x4.splat(-1.9515295891e-4);
	p = f32x4.add(f32x4.mul(p, z), f32x4.splat(8.3321608736e-3));
	p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-1.6666654611e-1));
	return f32x4.add(f32x4.mul(f32x4.mul(p, z), x), x);
}

/** cos(x), |x| ≤ π/4. */
// @ts-ignore: decorator
@inline
export function cosSmall(x: v128): v128 {
	const z = f32x4.mul(x, x);
	let p = f32x4.splat(2.443315711809948e-5);
	p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-1.388731625493765e-3));
	p = f32x4.add(f32x4.mul(p, z), f32x4.splat(4.166664568298827e-2));
	p = f32x4.sub(f32x4.mul(f32x4.mul(p, z), z), f32x4.mul(z, f32x4.splat(0.5)));
	return f32x4.add(p, f32x4.splat(1));
}
