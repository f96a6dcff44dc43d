// Where every state of the map lies at a progress, in the units of z, from the picture's middle: unfolded axis by
// axis, turned as a whole, rolled by π/4, and moved one gradient step as σ grows. And how far that reaches.
import type { MapModel } from './mapModel';
import { share } from './mapStages';
import { turnPicture } from './mapTurn';

/** How much of unit k's axis has unfolded (0–1): one after the other where few, all at once where many. */
export function unfolded(model: Pick<MapModel, 'n' | 'exact'>, progress: number, k: number): number {
	const t = share(progress, 1.12, 1.92);
	if (!model.exact) return t;
	return share(t * (model.n + 0.6), k, k + 1.6);
}

/** Share of the turn to reciprocal coordinates, 0–1. */
export const turnShare = (progress: number): number => share(progress, 2, 2.9);

/** Angle of the roll to stiff and soft coordinates, 0–π/4, clockwise. */
export const rollAngle = (progress: number): number => (Math.PI / 4) * share(progress, 3.45, 3.92);

/** Share of the shift of the axes' origin from s = 0 to the centre. */
export const shiftShare = (progress: number): number => share(progress, 3.05, 3.4);

/** σ² of the smear at a progress: σ grows evenly from 0 to the model's own within stage 5. */
export function smearVariance(model: Pick<MapModel, 'sigma2'>, progress: number): number {
	const t = share(progress, 4.05, 4.95);
	return model.sigma2 * t * t;
}

/** Tilt of the plane against the eye when it is seen from the side. */
export const TILT = (60 * Math.PI) / 180;

/** Share of the tilt, from above (0) to the side (1), within stage 6. */
export const tiltShare = (progress: number): number => share(progress, 5.25, 5.92);

/**
 * Positions of all states, (right, up) pairs, from the middle.
 * @param model the map's model
 * @param progress 0–8; nothing moves past 5, where the plane only tilts
 * @param out 2·count numbers, written in place
 */
export function statePositions(model: MapModel, progress: number, out: Float64Array): Float64Array {
	const { count, bits } = model.states;
	if (progress < 2) {
		const { n, axes } = model;
		const [ax, ay] = [new Float64Array(n), new Float64Array(n)];
		for (let k = 0; k < n; k++) {
			const part = unfolded(model, progress, k);
			ax[k] = part * axes.right[k];
			ay[k] = part * axes.up[k];
		}
		for (let s = 0; s < count; s++) {
			let x = 0;
			let y = 0;
			for (let k = 0; k < n; k++) {
				const side = bits[s * n + k] - 0.5;
				x += side * ax[k];
				y += side * ay[k];
			}
			out[2 * s] = x;
			out[2 * s + 1] = y;
		}
		return out;
	}
	const p = turnPicture(model.turn, turnShare(progress));
	const [c, s] = [Math.cos(rollAngle(progress)), Math.sin(rollAngle(progress))];
	const g = model.beta * smearVariance(model, progress);
	const [sx, mx] = [1 - g * model.soft.coupling, g * model.soft.field];
	const [sy, my] = [1 - g * model.stiff.coupling, g * model.stiff.field];
	for (let i = 0; i < count; i++) {
		const [q0, q1, q2, q3] = [0, 1, 2, 3].map((e) => model.products[4 * i + e]);
		const right = p[0] * q0 + p[1] * q1 + p[2] * q2 + p[3] * q3;
		const up = p[4] * q0 + p[5] * q1 + p[6] * q2 + p[7] * q3;
		// clockwise: the soft diagonal comes to lie along the right
		out[2 * i] = sx * (c * right + s * up) + mx;
		out[2 * i + 1] = sy * (c * up - s * right) + my;
	}
	return out;
}

/** Half extents (right, up) that a picture needs. */
export interface Reach {
	readonly right: number;
	readonly up: number;
}

/** Reaches at the three poses: the general view, the mode's plane, and the smeared plane in soft and stiff axes. */
export interface Reaches {
	readonly general: Reach;
	readonly plane: Reach;
	readonly smeared: Reach;
	/** what a grid over the smeared plane must cover, so that nothing that weighs is cut off */
	readonly grid: Reach;
}

/** How far states reach from the middle at each pose, the smear by three widths where it weighs anything. */
export function reachesOf(model: MapModel): Reaches {
	const out = new Float64Array(2 * model.states.count);
	const of = (progress: number, width: (axis: 0 | 1) => number): Reach => {
		statePositions(model, progress, out);
		const most = [0.5, 0.5];
		for (let i = 0; i < out.length; i++)
			most[i % 2] = Math.max(most[i % 2], Math.abs(out[i]) + width((i % 2) as 0 | 1));
		return { right: most[0], up: most[1] };
	};
	const g = model.beta * model.sigma2;
	const sd = [model.soft, model.stiff].map((a) => Math.sqrt(model.sigma2 * (1 - g * a.coupling)));
	// The axes from the vertex s = 0 need room as well.
	const flat = of(3, () => 0.12);
	return {
		general: of(2, () => 0.2),
		plane: { right: Math.max(flat.right, flat.up), up: Math.max(flat.up, flat.right) },
		smeared: of(5, (axis) => 2.2 * sd[axis]),
		grid: of(5, (axis) => 4 * sd[axis])
	};
}

/** Reach at any progress, between the poses. */
export function reachAt(reaches: Reaches, progress: number): Reach {
	const mix = (a: Reach, b: Reach, t: number): Reach => ({
		right: a.right ** (1 - t) * b.right ** t,
		up: a.up ** (1 - t) * b.up ** t
	});
	if (progress < 2) {
		// The cube grows as it unfolds; the camera draws back with it.
		const t = 0.5 + 0.5 * share(progress, 1.1, 1.95);
		return { right: reaches.general.right * t, up: reaches.general.up * t };
	}
	if (progress <= 3) return mix(reaches.general, reaches.plane, turnShare(progress));
	return mix(reaches.plane, reaches.smeared, share(progress, 3.05, 3.95));
}
