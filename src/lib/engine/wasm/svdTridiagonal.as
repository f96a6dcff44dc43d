// Symmetric to tridiagonal by Householder reflections. The matrix is given by its upper triangle, row-major; the
// reflections' vectors stay in its rows, above the diagonal.
import { multiply, multiplyScratch, SUBTRACT } from './svdProduct';
import { addScaled, dot, scale, subtractTwo } from './svdVector';

/** Reflections gathered before the rest of the matrix is updated by a product. */
export const BLOCK: i32 = 24;
/** From this order down the rest is reduced one reflection at a time. */
const UNBLOCKED: i32 = 64;

/** Bytes of scratch for `tridiagonalise`, and for `reflectRows` with as many rows. */
export function tridiagonalScratch(n: i32): usize {
	return (3 * BLOCK * <usize>n + BLOCK * BLOCK) * 8 + multiplyScratch(n);
}

/** y ⟵ A·x, A of order n by its upper triangle. */
function symmetricTimes(n: i32, a: usize, stride: usize, x: usize, y: usize): void {
	memory.fill(y, 0, <usize>n << 3);
	let i = 0;
	for (; i + 4 <= n; i += 4) {
		const r0 = a + i * stride + (<usize>i << 3);
		const r1 = r0 + stride + 8;
		const r2 = r1 + stride + 8;
		const r3 = r2 + stride + 8;
		const xi = x + (<usize>i << 3);
		const yi = y + (<usize>i << 3);
		const x0 = load<f64>(xi);
		const x1 = load<f64>(xi, 8);
		const x2 = load<f64>(xi, 16);
		const x3 = load<f64>(xi, 24);
		// The block on the diagonal.
		const a01 = load<f64>(r0, 8);
		const a02 = load<f64>(r0, 16);
		const a03 = load<f64>(r0, 24);
		const a12 = load<f64>(r1, 8);
		const a13 = load<f64>(r1, 16);
		const a23 = load<f64>(r2, 8);
		let y0 = load<f64>(r0) * x0 + a01 * x1 + (a02 * x2 + a03 * x3);
		let y1 = a01 * x0 + load<f64>(r1) * x1 + (a12 * x2 + a13 * x3);
		let y2 = a02 * x0 + a12 * x1 + (load<f64>(r2) * x2 + a23 * x3);
		let y3 = a03 * x0 + a13 * x1 + (a23 * x2 + load<f64>(r3) * x3);
		// The columns past it: once as rows, once as columns.
		const v0 = f64x2.splat(x0);
		const v1 = f64x2.splat(x1);
		const v2 = f64x2.splat(x2);
		const v3 = f64x2.splat(x3);
		let s0 = f64x2.splat(0);
		let s1 = f64x2.splat(0);
		let s2 = f64x2.splat(0);
		let s3 = f64x2.splat(0);
		let p0 = r0 + 32;
		let p1 = r1 + 24;
		let p2 = r2 + 16;
		let p3 = r3 + 8;
		let xp = xi + 32;
		let yp = yi + 32;
		const rest = n - i - 4;
		const end = xp + (<usize>(rest & ~1) << 3);
		while (xp < end) {
			const xx = v128.load(xp);
			const a0 = v128.load(p0);
			const a1 = v128.load(p1);
			const a2 = v128.load(p2);
			const a3 = v128.load(p3);
			s0 = f64x2.add(s0, f64x2.mul(a0, xx));
			s1 = f64x2.add(s1, f64x2.mul(a1, xx));
			s2 = f64x2.add(s2, f64x2.mul(a2, xx));
			s3 = f64x2.add(s3, f64x2.mul(a3, xx));
			const t0 = f64x2.add(f64x2.mul(a0, v0), f64x2.mul(a1, v1));
			const t1 = f64x2.add(f64x2.mul(a2, v2), f64x2.mul(a3, v3));
			v128.store(yp, f64x2.add(v128.load(yp), f64x2.add(t0, t1)));
			p0 += 16;
			p1 += 16;
			p2 += 16;
			p3 += 16;
			xp += 16;
			yp += 16;
		}
		y0 += f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1);
		y1 += f64x2.extract_lane(s1, 0) + f64x2.extract_lane(s1, 1);
		y2 += f64x2.extract_lane(s2, 0) + f64x2.extract_lane(s2, 1);
		y3 += f64x2.extract_lane(s3, 0) + f64x2.extract_lane(s3, 1);
		if (rest & 1) {
			const xx = load<f64>(xp);
			const a0 = load<f64>(p0);
			const a1 = load<f64>(p1);
			const a2 = load<f64>(p2);
			const a3 = load<f64>(p3);
			y0 += a0 * xx;
			y1 += a1 * xx;
			y2 += a2 * xx;
			y3 += a3 * xx;
			store<f64>(yp, load<f64>(yp) + (a0 * x0 + a1 * x1 + (a2 * x2 + a3 * x3)));
		}
		store<f64>(yi, load<f64>(yi) + y0);
		store<f64>(yi, load<f64>(yi, 8) + y1, 8);
		store<f64>(yi, load<f64>(yi, 16) + y2, 16);
		store<f64>(yi, load<f64>(yi, 24) + y3, 24);
	}
	for (; i < n; i++) {
		const row = a + i * stride + (<usize>i << 3);
		const xi = load<f64>(x + (<usize>i << 3));
		let sum = load<f64>(row) * xi;
		for (let j = i + 1; j < n; j++) {
			const aij = load<f64>(row + (<usize>(j - i) << 3));
			const jj = <usize>j << 3;
			sum += aij * load<f64>(x + jj);
			store<f64>(y + jj, load<f64>(y + jj) + aij * xi);
		}
		store<f64>(y + (<usize>i << 3), load<f64>(y + (<usize>i << 3)) + sum);
	}
}

/**
 * The reflection I − τvvᵀ that takes the n entries at x to (β, 0, …): v is written over x, v₀ = 1, β to `beta`; returns
 * τ. The matrix is scaled, so that squares neither overflow nor, where it matters, underflow.
 */
function reflection(n: i32, x: usize, beta: usize): f64 {
	const first = load<f64>(x);
	const rest = n > 1 ? dot(n - 1, x + 8, x + 8) : 0;
	if (rest == 0) {
		store<f64>(beta, first);
		store<f64>(x, 1);
		if (n > 1) memory.fill(x + 8, 0, <usize>(n - 1) << 3);
		return 0;
	}
	const norm = Math.sqrt(first * first + rest);
	const b = first > 0 ? -norm : norm;
	scale(n - 1, 1 / (first - b), x + 8);
	store<f64>(x, 1);
	store<f64>(beta, b);
	return (b - first) / b;
}

/** w ⟵ τ(w − ½τ(wᵀv)v): the vector with which A − vwᵀ − wvᵀ is the two-sided reflection, w having been A·v. */
// @ts-ignore: decorator
@inline
function halve(n: i32, tau: f64, v: usize, w: usize): void {
	scale(n, tau, w);
	addScaled(n, -0.5 * tau * dot(n, w, v), v, w);
}

/** Reduces rows `from`… one reflection at a time. */
function reduceRest(n: i32, from: i32, a: usize, stride: usize, d: usize, e: usize, tau: usize, w: usize): void {
	for (let k = from; k < n; k++) {
		const row = a + k * stride + (<usize>k << 3);
		const at = <usize>k << 3;
		store<f64>(d + at, load<f64>(row));
		if (k == n - 1) return;
		const m = n - k - 1;
		const v = row + 8;
		const t = reflection(m, v, e + at);
		store<f64>(tau + at, t);
		if (t == 0) continue;
		const below = row + stride + 8;
		symmetricTimes(m, below, stride, v, w);
		halve(m, t, v, w);
		for (let i = 0; i < m; i++) {
			const o = <usize>i << 3;
			subtractTwo(m - i, load<f64>(v + o), w + o, load<f64>(w + o), v + o, below + i * stride + o);
		}
	}
}

/**
 * A = H·T·Hᵀ, T tridiagonal with diagonal d and off-diagonal e, H = H₀H₁…; A's upper triangle (stride in bytes) is
 * overwritten by the reflections' vectors, τ holds their factors.
 */
export function tridiagonalise(
	n: i32, a: usize, stride: usize, d: usize, e: usize, tau: usize, scratch: usize
): void {
	const row8 = <usize>n << 3;
	// The block's vectors v (copies: the rows of A hold them above the diagonal only) and w, as rows.
	const vs = scratch;
	const ws = vs + BLOCK * row8;
	const product = ws + BLOCK * row8;
	let k0 = 0;
	while (n - k0 > UNBLOCKED) {
		for (let i = 0; i < BLOCK; i++) {
			const k = k0 + i;
			const at = <usize>k << 3;
			const row = a + k * stride;
			const len = n - k;
			for (let j = 0; j < i; j++) {
				const v = vs + j * row8 + at;
				const w = ws + j * row8 + at;
				subtractTwo(len, load<f64>(v), w, load<f64>(w), v, row + at);
			}
			store<f64>(d + at, load<f64>(row + at));
			const m = len - 1;
			const from = at + 8;
			const v = row + from;
			const t = reflection(m, v, e + at);
			store<f64>(tau + at, t);
			const keep = vs + i * row8;
			memory.fill(keep, 0, from);
			memory.copy(keep + from, v, <usize>m << 3);
			const w = ws + i * row8;
			memory.fill(w, 0, from);
			if (t == 0) {
				memory.fill(w + from, 0, <usize>m << 3);
				continue;
			}
			symmetricTimes(m, a + (k + 1) * stride + from, stride, v, w + from);
			for (let j = 0; j < i; j++) {
				const vj = vs + j * row8 + from;
				const wj = ws + j * row8 + from;
				subtractTwo(m, dot(m, wj, v), vj, dot(m, vj, v), wj, w + from);
			}
			halve(m, t, v, w + from);
		}
		const next = k0 + BLOCK;
		const o = <usize>next << 3;
		const m = n - next;
		// A − VᵀW − WᵀV in two products of depth BLOCK.
		const corner = a + next * stride + o;
		multiply(m, m, BLOCK, vs + o, row8, true, ws + o, row8, false, corner, stride, SUBTRACT, true, product);
		multiply(m, m, BLOCK, ws + o, row8, true, vs + o, row8, false, corner, stride, SUBTRACT, true, product);
		k0 = next;
	}
	reduceRest(n, k0, a, stride, d, e, tau, vs);
}
