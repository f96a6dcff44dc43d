// A closure's potential along one direction with everything else relaxed: at each value of rᵀs the lowest point reachable
// from a minimum. For a quadratic closure it is the parabola whose curvature is the inverse variance of rᵀs.
import { dot } from '../linalgProducts.ts';
import { MatrixError } from '../linalg.ts';
import { solve } from '../linalgSolve.ts';
import type { Closure } from './closure.ts';

/** Newton steps at one place before the valley counts as ended. */
const MOST_STEPS = 60;

/**
 * βU at min over s with rᵀs fixed, followed by continuation from `start` in both directions of the grid: stationary points
 * of the constrained problem by Newton's method, steps halved where they would leave the closure's domain.
 * @param closure any closure
 * @param r unit vector, N+M entries
 * @param start a stationary point of βU (a minimum; the centre of the cube for an unstable closure)
 * @param grid values of rᵀs − rᵀ·start, rising
 * @returns βU − βU(start) at each; NaN where no point is found, as beyond the reach of the cube
 */
export function valley(
	closure: Closure,
	r: Float64Array,
	start: Float64Array,
	grid: Float64Array
): Float64Array {
	const out = new Float64Array(grid.length).fill(NaN);
	const base = closure.potential(start);
	const zero = dot(r, start);
	const first = grid.findIndex((t) => t >= 0);
	const middle = first < 0 ? grid.length : first;
	for (const [from, to, by] of [
		[middle, grid.length, 1],
		[middle - 1, -1, -1]
	]) {
		let point = start;
		for (let k = from; k !== to; k += by) {
			const next = relax(closure, r, point, zero + grid[k]);
			if (!next) break;
			point = next;
			out[k] = closure.potential(point) - base;
		}
	}
	return out;
}

/** 1/(rᵀK⁻¹r): the valley's curvature at a minimum, K the Hessian there; rᵀKr-like for an unstable K as well. */
export function valleyCurvature(closure: Closure, r: Float64Array, at: Float64Array): number {
	return 1 / dot(r, solve(r.length, closure.hessian(at), r));
}

/** The stationary point with rᵀs = `target` that Newton's method finds from `start`; null when it finds none. */
function relax(closure: Closure, r: Float64Array, start: Float64Array, target: number): Float64Array | null {
	const n = closure.size;
	let point = start;
	for (let step = 0; step < MOST_STEPS; step++) {
		const matrix = new Float64Array((n + 1) ** 2);
		const hessian = closure.hessian(point);
		for (let i = 0; i < n; i++) {
			for (let j = 0; j < n; j++) matrix[i * (n + 1) + j] = hessian[i * n + j];
			matrix[i * (n + 1) + n] = matrix[n * (n + 1) + i] = r[i];
		}
		const right = new Float64Array(n + 1);
		right.set(closure.gradient(point).map((g) => -g));
		right[n] = target - dot(r, point);
		let move: Float64Array;
		try {
			move = solve(n + 1, matrix, right);
		} catch (error) {
			if (error instanceof MatrixError) return null;
			throw error;
		}
		let length = 1;
		let next: Float64Array = point.map((e, i) => e + move[i]);
		while (!Number.isFinite(closure.potential(next))) {
			length /= 2;
			if (length < 1e-9) return null;
			next = halfway(point, move, length);
		}
		point = next;
		const moved = Math.max(...move.subarray(0, n).map(Math.abs));
		if (length === 1 && moved < 1e-9) return Math.abs(dot(r, point) - target) < 1e-8 ? point : null;
	}
	return null;
}

function halfway(point: Float64Array, move: Float64Array, length: number): Float64Array {
	return point.map((e, i) => e + length * move[i]);
}
