// What makes the columns of B = A·V orthogonal to the accuracy asked for, once V diagonalises AᵀA to rounding: the small
// columns, of which AᵀA knew too little, by an eigenproblem of their own; small angles by one first-order correction in
// matrix products; what is left by Jacobi rotations.
import { tridiagonalEigen } from './svdDivide';
import { ADD, multiply, SET } from './svdProduct';
import { reflectRows } from './svdReflect';
import { tridiagonalise } from './svdTridiagonal';
import { dot, rotate } from './svdVector';

/** Angles up to this are corrected to first order: their squares are below rounding. */
const SMALL_ANGLE: f64 = 1e-9;
/** Columns whose squares are smaller than this part of the largest are looked at again by themselves. */
const APART: f64 = 1e-5;
/** Fewer columns than this are left to rotations. */
const FEW: i32 = 16;
const MAX_PASSES: i32 = 40;

/**
 * Rows of b (n of length m) made orthogonal within `tolerance` relative to their lengths, the rows of v (n of length n)
 * turned along. Rows not longer than `floor` become zeros and take no part. `squares` receives the squared lengths; the
 * rows come nearly in rising order. g and k are n×n, `spare` n×m, e and tau n; `scratch` as the eigenproblem needs.
 * Returns false if 40 passes did not do.
 */
export function repair(
	n: i32, m: i32, b: usize, v: usize, floor: f64, tolerance: f64,
	squares: usize, g: usize, k: usize, spare: usize, e: usize, tau: usize, scratch: usize
): bool {
	const row8 = <usize>n << 3;
	const b8 = <usize>m << 3;
	const limit = tolerance * tolerance;
	let ceiling: f64 = 0;
	for (let pass = 0; pass < MAX_PASSES; pass++) {
		multiply(n, n, m, b, b8, false, b, b8, true, g, row8, SET, true, scratch);
		for (let i = 0; i < n; i++) {
			let x = load<f64>(g + i * row8 + (<usize>i << 3));
			if (x <= floor * floor) {
				x = 0;
				memory.fill(b + i * b8, 0, b8);
			}
			store<f64>(squares + (<usize>i << 3), x);
			if (pass == 0) ceiling = max(ceiling, x);
		}
		let wrong = 0;
		let wide = 0;
		for (let i = 0; i < n; i++) {
			const gi = load<f64>(squares + (<usize>i << 3));
			const row = g + i * row8;
			for (let j = i + 1; j < n; j++) {
				const at = <usize>j << 3;
				const gj = load<f64>(squares + at);
				if (gi == 0 || gj == 0) {
					store<f64>(row + at, 0);
					continue;
				}
				const x = load<f64>(row + at);
				if (x * x <= limit * gi * gj) continue;
				wrong++;
				if (!(Math.abs(x) <= SMALL_ANGLE * Math.abs(gj - gi))) wide++;
			}
		}
		if (wrong == 0) return true;
		const apart = smallRows(n, squares, APART * ceiling);
		if (wide > n && apart >= FEW) {
			ceiling *= APART;
			// Their squared lengths are not needed before they are computed afresh.
			const q = k;
			tridiagonalise(apart, g, row8, squares, e, tau, scratch);
			tridiagonalEigen(apart, squares, e, q, row8, scratch);
			reflectRows(apart, g, row8, tau, apart, q, row8, scratch);
			memory.copy(spare, b, b8 * apart);
			multiply(apart, m, apart, q, row8, false, spare, b8, false, b, b8, SET, false, scratch);
			memory.copy(spare, v, row8 * apart);
			multiply(apart, n, apart, q, row8, false, spare, row8, false, v, row8, SET, false, scratch);
		} else if (wide > 0 || wrong < n) {
			turnPairs(n, m, b, v, wrong < n ? 0 : SMALL_ANGLE, limit, squares, g);
		} else {
			correct(n, m, b, v, squares, g, k, spare, scratch);
		}
	}
	return false;
}

/** How many of the first rows have squares up to `most`. */
function smallRows(n: i32, squares: usize, most: f64): i32 {
	let count = 0;
	while (count < n && load<f64>(squares + (<usize>count << 3)) <= most) count++;
	return count;
}

/** Jacobi rotations of the pairs that g shows to be too far from orthogonal, by an angle above `angle`. */
function turnPairs(n: i32, m: i32, b: usize, v: usize, angle: f64, limit: f64, squares: usize, g: usize): void {
	const row8 = <usize>n << 3;
	const b8 = <usize>m << 3;
	for (let i = 0; i < n; i++) {
		for (let j = i + 1; j < n; j++) {
			const ii = squares + (<usize>i << 3);
			const jj = squares + (<usize>j << 3);
			const gi = load<f64>(ii);
			const gj = load<f64>(jj);
			const old = load<f64>(g + i * row8 + (<usize>j << 3));
			if (old * old <= limit * gi * gj) continue;
			if (Math.abs(old) <= angle * Math.abs(gj - gi)) continue;
			const x = dot(m, b + i * b8, b + j * b8);
			if (x * x <= limit * gi * gj) continue;
			const zeta = (gj - gi) / (2 * x);
			const t = Math.abs(zeta) > 1e150
				? 0.5 / zeta
				: (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
			const c = 1 / Math.sqrt(1 + t * t);
			const s = c * t;
			rotate(m, b + i * b8, b + j * b8, c, s);
			rotate(n, v + i * row8, v + j * row8, c, s);
			store<f64>(ii, dot(m, b + i * b8, b + i * b8));
			store<f64>(jj, dot(m, b + j * b8, b + j * b8));
		}
	}
}

/** B ⟵ (1 + K)B and V ⟵ (1 + K)V with the antisymmetric K that removes g's off-diagonal part to first order. */
function correct(
	n: i32, m: i32, b: usize, v: usize, squares: usize, g: usize, k: usize, spare: usize, scratch: usize
): void {
	const row8 = <usize>n << 3;
	const b8 = <usize>m << 3;
	for (let i = 0; i < n; i++) {
		const gi = load<f64>(squares + (<usize>i << 3));
		store<f64>(k + i * row8 + (<usize>i << 3), 0);
		for (let j = i + 1; j < n; j++) {
			const gap = gi - load<f64>(squares + (<usize>j << 3));
			const x = load<f64>(g + i * row8 + (<usize>j << 3));
			// Pairs that are orthogonal enough may lie too close for this formula.
			const angle = Math.abs(x) <= SMALL_ANGLE * Math.abs(gap) && gap != 0 ? x / gap : 0;
			store<f64>(k + i * row8 + (<usize>j << 3), angle);
			store<f64>(k + j * row8 + (<usize>i << 3), -angle);
		}
	}
	memory.copy(spare, b, b8 * n);
	multiply(n, m, n, k, row8, false, spare, b8, false, b, b8, ADD, false, scratch);
	memory.copy(spare, v, row8 * n);
	multiply(n, n, n, k, row8, false, spare, row8, false, v, row8, ADD, false, scratch);
}
