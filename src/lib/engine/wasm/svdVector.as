// Vectors of float64: the loops that everything else is made of. Pointers need no alignment.

/** x·y over n entries. */
export function dot(n: i32, x: usize, y: usize): f64 {
	let s0 = f64x2.splat(0);
	let s1 = f64x2.splat(0);
	let s2 = f64x2.splat(0);
	let s3 = f64x2.splat(0);
	const end8 = x + (<usize>(n & ~7) << 3);
	while (x < end8) {
		s0 = f64x2.add(s0, f64x2.mul(v128.load(x), v128.load(y)));
		s1 = f64x2.add(s1, f64x2.mul(v128.load(x, 16), v128.load(y, 16)));
		s2 = f64x2.add(s2, f64x2.mul(v128.load(x, 32), v128.load(y, 32)));
		s3 = f64x2.add(s3, f64x2.mul(v128.load(x, 48), v128.load(y, 48)));
		x += 64;
		y += 64;
	}
	s0 = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
	let s = f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1);
	for (let i = n & 7; i > 0; i--) {
		s += load<f64>(x) * load<f64>(y);
		x += 8;
		y += 8;
	}
	return s;
}

/** y ⟵ y + a·x */
export function addScaled(n: i32, a: f64, x: usize, y: usize): void {
	const aa = f64x2.splat(a);
	const end = x + (<usize>(n & ~3) << 3);
	while (x < end) {
		v128.store(y, f64x2.add(v128.load(y), f64x2.mul(aa, v128.load(x))));
		v128.store(y, f64x2.add(v128.load(y, 16), f64x2.mul(aa, v128.load(x, 16))), 16);
		x += 32;
		y += 32;
	}
	for (let i = n & 3; i > 0; i--) {
		store<f64>(y, load<f64>(y) + a * load<f64>(x));
		x += 8;
		y += 8;
	}
}

/** y ⟵ y − a·x − b·w */
export function subtractTwo(n: i32, a: f64, x: usize, b: f64, w: usize, y: usize): void {
	const aa = f64x2.splat(a);
	const bb = f64x2.splat(b);
	const end = x + (<usize>(n & ~1) << 3);
	while (x < end) {
		const t = f64x2.add(f64x2.mul(aa, v128.load(x)), f64x2.mul(bb, v128.load(w)));
		v128.store(y, f64x2.sub(v128.load(y), t));
		x += 16;
		w += 16;
		y += 16;
	}
	if (n & 1) store<f64>(y, load<f64>(y) - a * load<f64>(x) - b * load<f64>(w));
}

/** x ⟵ a·x */
export function scale(n: i32, a: f64, x: usize): void {
	const aa = f64x2.splat(a);
	const end = x + (<usize>(n & ~1) << 3);
	while (x < end) {
		v128.store(x, f64x2.mul(aa, v128.load(x)));
		x += 16;
	}
	if (n & 1) store<f64>(x, a * load<f64>(x));
}

/** (x, y) ⟵ (c·x − s·y, s·x + c·y) */
export function rotate(n: i32, x: usize, y: usize, c: f64, s: f64): void {
	const cc = f64x2.splat(c);
	const ss = f64x2.splat(s);
	const end = x + (<usize>(n & ~1) << 3);
	while (x < end) {
		const a = v128.load(x);
		const b = v128.load(y);
		v128.store(x, f64x2.sub(f64x2.mul(cc, a), f64x2.mul(ss, b)));
		v128.store(y, f64x2.add(f64x2.mul(ss, a), f64x2.mul(cc, b)));
		x += 16;
		y += 16;
	}
	if (n & 1) {
		const a = load<f64>(x);
		const b = load<f64>(y);
		store<f64>(x, c * a - s * b);
		store<f64>(y, s * a + c * b);
	}
}

/** Rows×columns at `x` to columns×rows at `to`; strides in bytes. */
export function transpose(rows: i32, columns: i32, x: usize, xStride: usize, to: usize, toStride: usize): void {
	for (let i0 = 0; i0 < rows; i0 += 32) {
		const i1 = min(rows, i0 + 32);
		for (let j = 0; j < columns; j++) {
			let from = x + i0 * xStride + (<usize>j << 3);
			let at = to + j * toStride + (<usize>i0 << 3);
			for (let i = i0; i < i1; i++) {
				store<f64>(at, load<f64>(from));
				from += xStride;
				at += 8;
			}
		}
	}
}
