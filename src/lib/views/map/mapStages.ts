// The map's one number: `progress` from 0 to 8. Stage k runs from k−1 to k and is complete at k, so that whole
// numbers are the poses that the eye rests on.

export const STAGES = 8;

/** Stage 1…8 that a progress belongs to: the one that is running, or that has just been completed. */
export function stageOf(progress: number): number {
	return Math.min(STAGES, Math.max(1, Math.ceil(progress - 1e-9)));
}

/** How far the share of [from, to] is done at p: 0 before, 1 after, straight between. */
export function share(p: number, from: number, to: number): number {
	return Math.min(1, Math.max(0, (p - from) / (to - from)));
}

/** The same with a soft start and end (3s²−2s³). */
export function smooth(p: number, from: number, to: number): number {
	const s = share(p, from, to);
	return s * s * (3 - 2 * s);
}

/** 1 between b and c, 0 outside a…d: how visible something is that comes and goes. */
export function shown(p: number, a: number, b: number, c: number, d: number): number {
	return smooth(p, a, b) * (1 - smooth(p, c, d));
}

/** Share of a stage's time in which it moves; the rest it stands, to be read. */
const MOVING = 0.62;

/** Progress at a time, counted in stages: each stage eases in and out, then rests. Rises from 0 at 0 to 8 at 8. */
export function progressAt(time: number): number {
	const t = Math.min(STAGES, Math.max(0, time));
	const k = Math.min(STAGES - 1, Math.floor(t));
	return k + smooth(t - k, 0, MOVING);
}

/** The time at which the map stands at a progress: inverse of `progressAt`, at the start of a rest. */
export function timeAt(progress: number): number {
	const p = Math.min(STAGES, Math.max(0, progress));
	const k = Math.min(STAGES - 1, Math.floor(p));
	const f = p - k;
	// smooth(s) = f by the closed form ½ − sin(⅓ arcsin(1−2f)).
	return k + MOVING * (0.5 - Math.sin(Math.asin(1 - 2 * f) / 3));
}
