// The plane of a stiff and a soft coordinate of the smallest RBM, one visible and one hidden unit with balanced biases:
// there (u, w), counted from m = ½, are all coordinates. βU and its gradient come from theory's closures.
import type { Closure } from '$lib/theory/closures/closure';
import { gaussianClosure } from '$lib/theory/closures/gaussian';
import { smoothedClosure } from '$lib/theory/closures/smoothed';
import { fokkerPlanckGenerator, nodes, type Axis, type Generator } from '$lib/theory/fokkerPlanck';
import { collectiveRbm } from './softWell';

export interface Plane {
	readonly closure: 'gaussian' | 'smoothed';
	readonly lambda: number;
	readonly beta: number;
}

/** σ² of the lift: the value of theory's table for this machine. */
export const PLANE_SIGMA2 = 0.25;
/** Axes: stiff first, since the solvers cost the square of the first. */
export const PLANE_AXES: readonly [Axis, Axis] = [
	{ min: -2.4, max: 2.4, count: 49 },
	{ min: -3.6, max: 3.6, count: 73 }
];

/** Unit coordinates (v, h) of (u, w). */
export function unitsAt(u: number, w: number): Float64Array {
	return Float64Array.of(0.5 + (w + u) * Math.SQRT1_2, 0.5 + (w - u) * Math.SQRT1_2);
}

export function planeClosure({ closure, lambda, beta }: Plane): Closure {
	const rbm = collectiveRbm(1, lambda);
	return closure === 'gaussian' ? gaussianClosure(rbm, beta) : smoothedClosure(rbm, beta, PLANE_SIGMA2);
}

/** βU and −∇βU in (u, w) at all nodes, index iu + nu·iw. */
export function planeTables(plane: Plane): {
	potential: Float64Array;
	forces: [Float64Array, Float64Array];
} {
	const closure = planeClosure(plane);
	const [us, ws] = PLANE_AXES.map(nodes);
	const potential = new Float64Array(us.length * ws.length);
	const forces: [Float64Array, Float64Array] = [
		new Float64Array(potential.length),
		new Float64Array(potential.length)
	];
	ws.forEach((w, j) =>
		us.forEach((u, i) => {
			const at = unitsAt(u, w);
			const k = i + us.length * j;
			const [gv, gh] = closure.gradient(at);
			potential[k] = closure.potential(at);
			forces[0][k] = -(gv - gh) * Math.SQRT1_2;
			forces[1][k] = -(gv + gh) * Math.SQRT1_2;
		})
	);
	return { potential, forces };
}

/** The generator on the plane's grid, for its stationary law. */
export function planeGenerator(plane: Plane, potential: Float64Array): Generator {
	const [au, aw] = PLANE_AXES;
	const index = (x: number, axis: Axis) =>
		Math.round(((x - axis.min) / (axis.max - axis.min)) * (axis.count - 1));
	return fokkerPlanckGenerator(
		PLANE_AXES,
		(u, w) => potential[index(u, au) + au.count * index(w, aw)],
		1 / plane.beta
	);
}

/** Standard deviation of the round bump that P(u,w,t) starts from. */
export const PLANE_BUMP = 0.22;

/** Cell probabilities of a round bump about (u, w). */
export function planeStart(u: number, w: number): Float64Array {
	const [us, ws] = PLANE_AXES.map(nodes);
	const out = new Float64Array(us.length * ws.length);
	let total = 0;
	ws.forEach((y, j) =>
		us.forEach((x, i) => {
			const p = Math.exp(-((x - u) ** 2 + (y - w) ** 2) / (2 * PLANE_BUMP ** 2));
			out[i + us.length * j] = p;
			total += p;
		})
	);
	return out.map((p) => p / total);
}
