// When two points found by a search are one minimum: nearly the same place, or no barrier between them.
import type { Minimum } from './closure.ts';

/** Points nearer than this (largest difference of a unit) are the same. */
const SAME = 1e-6;
/** Up to this distance the midpoint is asked whether there is a barrier. */
const NEAR = 0.05;
/** A barrier below this, in kT, is no barrier: near a critical point the bottom of a well is flat to rounding. */
const BARRIER = 1e-10;

/** Largest difference between two points' coordinates. */
export function distance(a: Float64Array, b: Float64Array): number {
	let most = 0;
	for (let k = 0; k < a.length; k++) most = Math.max(most, Math.abs(a[k] - b[k]));
	return most;
}

/** Whether two minima of a potential are one. */
export function sameWell(potential: (at: Float64Array) => number, a: Minimum, b: Minimum): boolean {
	const apart = distance(a.at, b.at);
	if (apart < SAME) return true;
	if (apart > NEAR) return false;
	const middle = a.at.map((x, k) => (x + b.at[k]) / 2);
	return potential(middle) - Math.max(a.value, b.value) < BARRIER;
}

/** Whether a point on its way down is about to end in a minimum already known: near it, and downhill towards it. */
export function headsFor(potential: (at: Float64Array) => number, at: Float64Array, known: Minimum): boolean {
	if (distance(at, known.at) > NEAR) return false;
	const middle = at.map((x, k) => (x + known.at[k]) / 2);
	return potential(middle) <= potential(at);
}
