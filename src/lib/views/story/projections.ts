// Directions along which N binary units are seen, from one that spreads over all of them to a single unit: what decides
// whether the projection looks Gaussian.
import { normals } from '$lib/random/draw';
import { foldIn, keyFromSeed } from '$lib/random/key';
import { gaussianDistance, projectionHistogram, projectionLaw } from '$lib/theory/projectionLaw';
import { normalDensity } from '$lib/theory/normalCdf';

/** Sizes at which the laws are computed. */
export const sizes = [2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64] as const;
/** Below this Kolmogorov distance the law passes for Gaussian. */
export const CLOSE = 0.01;

/**
 * A unit vector of N entries: a random direction, leaning towards the first unit.
 * @param lean 0: uniformly random, 1: the first unit's own axis
 */
export function direction(N: number, seed: number, lean = 0): Float64Array {
	const g = normals(N, foldIn(keyFromSeed(seed), N));
	const length = Math.hypot(...g);
	const mixed = g.map((e, k) => ((1 - lean) * e) / length + (k === 0 ? lean * Math.sign(g[0] || 1) : 0));
	const norm = Math.hypot(...mixed);
	return mixed.map((e) => e / norm);
}

/** All entries alike: the projection counts the units that are on. */
export function evenDirection(N: number): Float64Array {
	return new Float64Array(N).fill(1 / Math.sqrt(N));
}

/** The first unit alone. */
export function unitDirection(N: number): Float64Array {
	const out = new Float64Array(N);
	out[0] = 1;
	return out;
}

/** Distances of random directions by N and seed: asked again at every move of a slider. */
const distances = new Map<string, number>();

/** The first of `candidates` whose random direction has a law within `CLOSE` of the Gaussian; null when none has. */
export function firstClose(candidates: readonly number[], seed: number): number | null {
	for (const N of candidates) {
		const key = `${N}/${seed}`;
		const known =
			distances.get(key) ?? gaussianDistance(projectionLaw(direction(N, seed), 2 ** -12)).distance;
		distances.set(key, known);
		if (known < CLOSE) return N;
	}
	return null;
}

/** Half width of the histogram, in units of x: nearly five standard deviations of any projection. */
export const REACH = 2.4;
/** An odd number of bins: the centre is the middle of one. */
export const BINS = 97;

export interface Bars {
	/** middle of each bin, from the mean */
	readonly x: Float64Array;
	/** the law: probability per unit length, averaged over the bin */
	readonly law: Float64Array;
	/** N(0, ¼) at the middle */
	readonly gauss: Float64Array;
	/** −ln of both; NaN where the bin is empty */
	readonly lawPotential: Float64Array;
	readonly gaussPotential: Float64Array;
}

/** The law of one projection as bars, beside the Gaussian of variance ¼. */
export function barsOf(coefficients: Float64Array): Bars {
	const law = projectionHistogram(projectionLaw(coefficients, 2 ** -12), BINS, REACH);
	const x = Float64Array.from({ length: BINS }, (_, k) => -REACH + ((k + 0.5) / BINS) * 2 * REACH);
	const gauss = x.map((t) => 2 * normalDensity(2 * t));
	return {
		x,
		law,
		gauss,
		lawPotential: law.map((p) => (p > 0 ? -Math.log(p) : NaN)),
		gaussPotential: gauss.map((p) => -Math.log(p))
	};
}

/** The outline of bars: two points a bin, so that a line through them has steps. */
export function outline(
	x: Float64Array,
	y: Float64Array,
	width: number
): { x: Float64Array; y: Float64Array } {
	return {
		x: Float64Array.from(
			{ length: 2 * x.length },
			(_, k) => x[k >> 1] + (k % 2 === 0 ? -1 : 1) * (width / 2)
		),
		y: Float64Array.from({ length: 2 * x.length }, (_, k) => y[k >> 1])
	};
}

/** The square of two units seen along an axis at `angle`: where its four corners fall, from the middle. */
export function squareOnAxis(angle: number): { places: Float64Array; variance: number } {
	const [c, s] = [Math.cos(angle), Math.sin(angle)];
	const places = Float64Array.of(-c - s, c - s, -c + s, c + s).map((e) => e / 2);
	return { places, variance: places.reduce((sum, e) => sum + e * e, 0) / 4 };
}
