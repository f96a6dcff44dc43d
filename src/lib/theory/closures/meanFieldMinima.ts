// The minima of a mean-field free energy: monotone sweeps from every start, then Newton's method in the log-odds,
// then one copy of each.
import { sigmoid } from '../rbm.ts';
import type { Minimum } from './closure.ts';
import type { MeanField, MeanFieldPoint } from './meanField.ts';
import { distance, sameWell } from './wells.ts';

/** Sweeps before Newton takes over; near βλ = 4 sweeps are slow, so this is a compromise, not an accuracy. */
const SWEEPS = 400;

/**
 * All minima reached from the starts, lowest first. Where no start ends in a point with a positive definite Hessian
 * (exactly at a critical point) the lowest stationary point is returned alone.
 * @param field the free energy
 * @param starts magnetisations, N+M each
 * @param most at most this many minima are kept
 */
export function meanFieldMinima(field: MeanField, starts: readonly Float64Array[], most = 64): Minimum[] {
	const reached: MeanFieldPoint[] = [];
	for (const start of starts) {
		const point = descend(field, start);
		if (!reached.some((p) => distance(p.m, point.m) < 1e-7)) reached.push(point);
	}
	const found: { minimum: Minimum; definite: boolean }[] = [];
	for (const point of reached) {
		const { polished, definite } = polish(field, point);
		const minimum = { at: polished.m, value: field.potential(polished.m) };
		found.push({ minimum, definite });
	}
	found.sort((p, q) => p.minimum.value - q.minimum.value);
	const potential = (m: Float64Array) => field.potential(m);
	const wells: Minimum[] = [];
	for (const { minimum, definite } of found)
		if (definite && wells.length < most && !wells.some((w) => sameWell(potential, w, minimum)))
			wells.push(minimum);
	return wells.length > 0 ? wells : found.slice(0, 1).map((f) => f.minimum);
}

function descend(field: MeanField, start: Float64Array): MeanFieldPoint {
	let point = field.sweep(start);
	for (let k = 1; k < SWEEPS; k++) {
		const next = field.sweep(point.m);
		const moved = distance(next.m, point.m);
		point = next;
		if (moved < 1e-9) break;
	}
	return point;
}

/** Newton's method with a sweep wherever its step is undefined or raises the free energy. */
function polish(field: MeanField, start: MeanFieldPoint): { polished: MeanFieldPoint; definite: boolean } {
	let point = start;
	let definite = false;
	for (let k = 0; k < 100; k++) {
		const step = field.newtonStep(point);
		definite = step !== null;
		const value = field.potential(point.m);
		let next: MeanFieldPoint | null = null;
		if (step) {
			const theta = point.theta.map((t, i) => t + step[i]);
			const candidate = { theta, m: theta.map(sigmoid) };
			// equal to rounding counts as down: near the minimum values cannot tell any more
			if (field.potential(candidate.m) <= value + 1e-13 * Math.max(1, Math.abs(value))) next = candidate;
		}
		next ??= field.sweep(point.m);
		const moved = distance(next.m, point.m);
		point = next;
		if (moved < 1e-15) break;
	}
	return { polished: point, definite };
}
