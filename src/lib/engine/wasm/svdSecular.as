// Eigenvalues of diag(d) + ρzzᵀ, the roots of the secular equation 1 + ρ Σ zᵢ²/(dᵢ − λ) = 0, and its eigenvectors.
import { scale } from './svdVector';

/** Sums over poles from…to−1 at τ: value Σ wᵢ/(δᵢ−τ) and derivative Σ wᵢ/(δᵢ−τ)², δᵢ = dᵢ − d_origin. */
// @ts-ignore: decorator
@inline
function poles(from: i32, to: i32, d: usize, w: usize, origin: f64, tau: f64, out: usize): void {
	const one = f64x2.splat(1);
	let value = f64x2.splat(0);
	let slope = f64x2.splat(0);
	const oo = f64x2.splat(origin);
	const tt = f64x2.splat(tau);
	let i = from;
	for (; i + 2 <= to; i += 2) {
		const at = <usize>i << 3;
		const gap = f64x2.sub(f64x2.sub(v128.load(d + at), oo), tt);
		// One division, the slow part, for both.
		const inverse = f64x2.div(one, gap);
		const term = f64x2.mul(v128.load(w + at), inverse);
		value = f64x2.add(value, term);
		slope = f64x2.add(slope, f64x2.mul(term, inverse));
	}
	let v = f64x2.extract_lane(value, 0) + f64x2.extract_lane(value, 1);
	let s = f64x2.extract_lane(slope, 0) + f64x2.extract_lane(slope, 1);
	if (i < to) {
		const at = <usize>i << 3;
		const gap = load<f64>(d + at) - origin - tau;
		const term = load<f64>(w + at) / gap;
		v += term;
		s += term / gap;
	}
	store<f64>(out, v);
	store<f64>(out, s, 8);
}

/**
 * Root j of n (d rising strictly, weights w = ρz² > 0): writes dᵢ − λ for every i to `gaps`, accurate in the relative
 * sense, and returns λ. The iteration interpolates the poles on either side of the root by one each (Bunch, Nielsen &
 * Sorensen), inside a bracket that halves when a step would leave it. `work` holds four numbers.
 */
export function secularRoot(n: i32, j: i32, d: usize, w: usize, gaps: usize, work: usize): f64 {
	const dj = load<f64>(d + (<usize>j << 3));
	let origin = dj;
	let lo: f64;
	let hi: f64;
	let tau: f64;
	const last = j == n - 1;
	if (last) {
		let total: f64 = 0;
		for (let i = 0; i < n; i++) total += load<f64>(w + (<usize>i << 3));
		lo = 0;
		hi = total;
		tau = load<f64>(w + (<usize>j << 3));
		if (tau <= 0 || tau > hi) tau = hi / 2;
	} else {
		const gap = load<f64>(d + (<usize>j << 3), 8) - dj;
		const half = gap / 2;
		poles(0, j + 1, d, w, dj, half, work);
		poles(j + 1, n, d, w, dj, half, work + 16);
		const f = 1 + load<f64>(work) + load<f64>(work, 16);
		// The root of the two nearest poles plus what the others give at the middle.
		const s = load<f64>(w + (<usize>j << 3));
		const t = load<f64>(w + (<usize>j << 3), 8);
		const c = f + (s - t) / half;
		if (f >= 0) {
			lo = 0;
			hi = half;
			// c − s/τ + t/(gap−τ) = 0
			tau = quadratic(c, c * gap + s + t, s * gap);
		} else {
			origin = load<f64>(d + (<usize>j << 3), 8);
			lo = -half;
			hi = 0;
			// c − s/(gap+τ) − t/τ = 0
			tau = quadratic(c, -c * gap + s + t, -t * gap);
		}
		if (!(tau > lo && tau < hi)) tau = (lo + hi) / 2;
	}
	const dLeft = dj - origin;
	const dRight = last ? 0 : load<f64>(d + (<usize>j << 3), 8) - origin;
	for (let turn = 0; turn < 80; turn++) {
		poles(0, j + 1, d, w, origin, tau, work);
		const psi = load<f64>(work);
		const psiSlope = load<f64>(work, 8);
		let phi: f64 = 0;
		let phiSlope: f64 = 0;
		if (!last) {
			poles(j + 1, n, d, w, origin, tau, work + 16);
			phi = load<f64>(work, 16);
			phiSlope = load<f64>(work, 24);
		}
		const f = 1 + psi + phi;
		if (f <= 0) lo = tau;
		else hi = tau;
		const doubt = 1 + 8 * (Math.abs(psi) + Math.abs(phi)) + Math.abs(tau) * (psiSlope + phiSlope);
		if (Math.abs(f) <= 1.1e-16 * doubt) break;
		const left = dLeft - tau;
		let step: f64;
		if (last) {
			// r + s/(left − η) = 0
			const s = psiSlope * left * left;
			step = left + s / (f - psiSlope * left);
		} else {
			const right = dRight - tau;
			const s = psiSlope * left * left;
			const t = phiSlope * right * right;
			const c = f - psiSlope * left - phiSlope * right;
			step = quadratic(c, c * (left + right) + s + t, left * right * f);
		}
		let next = tau + step;
		if (!(next > lo && next < hi)) next = (lo + hi) / 2;
		if (next == tau || !(hi - lo > 2.3e-16 * Math.abs(tau))) break;
		tau = next;
	}
	const oo = f64x2.splat(origin);
	const tt = f64x2.splat(tau);
	let i = 0;
	for (; i + 2 <= n; i += 2) {
		const at = <usize>i << 3;
		v128.store(gaps + at, f64x2.sub(f64x2.sub(v128.load(d + at), oo), tt));
	}
	if (i < n) {
		const at = <usize>i << 3;
		store<f64>(gaps + at, load<f64>(d + at) - origin - tau);
	}
	return origin + tau;
}

/** The root of cη² − aη + b that the secular equation means, without cancellation. */
// @ts-ignore: decorator
@inline
function quadratic(c: f64, a: f64, b: f64): f64 {
	const root = Math.sqrt(max<f64>(0, a * a - 4 * b * c));
	return a <= 0 ? (a - root) / (2 * c) : (2 * b) / (a + root);
}

/**
 * Eigenvectors of diag(d) + ρzzᵀ as rows over `gaps` (row j: dᵢ − λⱼ). z is first replaced by the one for which the
 * computed λ are exact (Löwner), which is what makes the vectors orthogonal.
 */
export function coupledVectors(n: i32, d: usize, z: usize, gaps: usize, work: usize): void {
	const row8 = <usize>n << 3;
	for (let i = 0; i < n; i++) store<f64>(work + (<usize>i << 3), -load<f64>(gaps + i * row8 + (<usize>i << 3)));
	for (let j = 0; j < n; j++) {
		const row = gaps + j * row8;
		const dj = load<f64>(d + (<usize>j << 3));
		ratios(0, j, row, d, dj, work);
		ratios(j + 1, n, row, d, dj, work);
	}
	for (let i = 0; i < n; i++) {
		const at = <usize>i << 3;
		const x = Math.sqrt(load<f64>(work + at));
		store<f64>(z + at, load<f64>(z + at) < 0 ? -x : x);
	}
	for (let j = 0; j < n; j++) {
		const row = gaps + j * row8;
		let square = f64x2.splat(0);
		let i = 0;
		for (; i + 2 <= n; i += 2) {
			const at = <usize>i << 3;
			const x = f64x2.div(v128.load(z + at), v128.load(row + at));
			v128.store(row + at, x);
			square = f64x2.add(square, f64x2.mul(x, x));
		}
		let sum = f64x2.extract_lane(square, 0) + f64x2.extract_lane(square, 1);
		if (i < n) {
			const at = <usize>i << 3;
			const x = load<f64>(z + at) / load<f64>(row + at);
			store<f64>(row + at, x);
			sum += x * x;
		}
		scale(n, 1 / Math.sqrt(sum), row);
	}
}

// @ts-ignore: decorator
@inline
function ratios(from: i32, to: i32, row: usize, d: usize, dj: f64, product: usize): void {
	const djs = f64x2.splat(dj);
	let i = from;
	for (; i + 2 <= to; i += 2) {
		const at = <usize>i << 3;
		const ratio = f64x2.div(v128.load(row + at), f64x2.sub(v128.load(d + at), djs));
		v128.store(product + at, f64x2.mul(v128.load(product + at), ratio));
	}
	if (i < to) {
		const at = <usize>i << 3;
		store<f64>(product + at, load<f64>(product + at) * (load<f64>(row + at) / (load<f64>(d + at) - dj)));
	}
}
