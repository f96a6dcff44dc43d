// Where P(w,t) starts on the story's line: in one cell, as a bump, as two, or as the visitor drew it.
import { nodes, spacing, type Generator } from '$lib/theory/fokkerPlanck';
import { SHOWN } from './softWell';

export type StartKind = 'point' | 'bump' | 'two' | 'drawn';

export interface LineStart {
	readonly kind: StartKind;
	/** where: the point's or the bump's w; two bumps stand at ±w */
	readonly at: number;
	/** heights, evenly spaced over ±SHOWN, each 0 … 1, joined by straight lines */
	readonly drawn: readonly number[];
}

/** Standard deviation of a bump. */
export const BUMP = 0.25;
/** How many heights a drawn start has. */
export const HEIGHTS = 17;

/** w of drawn height k. */
export const heightAt = (k: number) => SHOWN * ((2 * k) / (HEIGHTS - 1) - 1);

/** A drawn start's height at w: straight lines between the heights, zero outside. */
export function drawnHeight(drawn: readonly number[], w: number): number {
	const at = ((w / SHOWN + 1) / 2) * (HEIGHTS - 1);
	const k = Math.floor(at);
	if (k < 0 || at > HEIGHTS - 1) return 0;
	const left = drawn[k] ?? 0;
	return left + (at - k) * ((drawn[Math.min(HEIGHTS - 1, k + 1)] ?? 0) - left);
}

/**
 * Cell probabilities of a start, sum 1, zero where the potential is infinite. An empty drawing is a point at 0, and
 * so is a start that lies wholly behind a wall.
 */
export function startProbabilities(generator: Generator, { kind, at, drawn }: LineStart): Float64Array {
	const { potential } = generator;
	const [axis] = generator.axes;
	const x = nodes(axis);
	const open = (i: number) => Number.isFinite(potential[i]);
	const gauss = (w: number, mean: number) => Math.exp(-((w - mean) ** 2) / (2 * BUMP * BUMP));
	const shape = (w: number) =>
		kind === 'bump'
			? gauss(w, at)
			: kind === 'two'
				? gauss(w, at) + gauss(w, -at)
				: kind === 'drawn'
					? drawnHeight(drawn, w)
					: 0;
	const p = x.map((w, i) => (open(i) ? shape(w) : 0));
	const total = p.reduce((s, e) => s + e, 0);
	if (total > 1e-12) return p.map((e) => e / total);
	const wanted = kind === 'drawn' ? 0 : at;
	let nearest = -1;
	for (let i = 0; i < x.length; i++)
		if (open(i) && (nearest < 0 || Math.abs(x[i] - wanted) < Math.abs(x[nearest] - wanted))) nearest = i;
	p.fill(0);
	p[nearest] = 1;
	return p;
}

/** Positions with the law of cell probabilities p, by inversion; uniform within a cell. `u` holds uniforms in (0,1). */
export function drawPositions(generator: Generator, p: Float64Array, u: Float64Array): Float64Array {
	const [axis] = generator.axes;
	const h = spacing(axis);
	const order = u.slice().sort();
	let cell = 0;
	let below = 0;
	return order.map((e) => {
		while (cell < p.length - 1 && below + p[cell] <= e) below += p[cell++];
		const within = p[cell] > 0 ? (e - below) / p[cell] : 0.5;
		return axis.min + h * (cell - 0.5 + Math.min(1, Math.max(0, within)));
	});
}
