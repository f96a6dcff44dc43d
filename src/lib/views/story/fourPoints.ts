// Four points in a plane and the density ρ = ¼Σδ(r − rᵢ) that says the same: averages over the points are integrals over
// the plane. With every δ widened to a Gaussian of width σ the integral is done by quadrature, not by a formula.

export const observables = ['x', 'xy', 'square'] as const;
export type Observable = (typeof observables)[number];

/** O(x,y): x, xy, or x² + y². */
export function valueOf(observable: Observable, x: number, y: number): number {
	return observable === 'x' ? x : observable === 'xy' ? x * y : x * x + y * y;
}

/** ∇²O, the same everywhere for these three: smearing by σ adds ½σ²∇²O, and no more, to the mean. */
export function laplacianOf(observable: Observable): number {
	return observable === 'square' ? 4 : 0;
}

/** O at each of the points x₁,y₁,x₂,y₂,… */
export function valuesAt(observable: Observable, points: readonly number[]): number[] {
	return Array.from({ length: points.length / 2 }, (_, i) =>
		valueOf(observable, points[2 * i], points[2 * i + 1])
	);
}

/** ⟨O⟩ as the average over the points. */
export function pointMean(observable: Observable, points: readonly number[]): number {
	const values = valuesAt(observable, points);
	return values.reduce((a, b) => a + b, 0) / values.length;
}

/** Trapezium nodes out to 8σ, three to a σ: for a Gaussian weight the rule is exact to rounding. */
const REACH = 8;
const PER_SIGMA = 3;

/**
 * ∫ρ_σ O d²r by the trapezium rule about each point, relative error below 1e-12; σ = 0 gives the points' average.
 * @param points x₁,y₁,x₂,y₂,…
 * @param sigma width of each smeared point, ≥ 0
 */
export function smearedMean(observable: Observable, points: readonly number[], sigma: number): number {
	if (sigma === 0) return pointMean(observable, points);
	const n = REACH * PER_SIGMA;
	const nodes = Array.from({ length: 2 * n + 1 }, (_, k) => (k - n) / PER_SIGMA);
	const weights = nodes.map((t) => Math.exp((-t * t) / 2) / PER_SIGMA / Math.sqrt(2 * Math.PI));
	let sum = 0;
	for (let i = 0; i < points.length; i += 2)
		nodes.forEach((s, a) =>
			nodes.forEach((t, b) => {
				sum +=
					weights[a] * weights[b] * valueOf(observable, points[i] + sigma * s, points[i + 1] + sigma * t);
			})
		);
	return sum / (points.length / 2);
}

/** O on a regular grid of cell centres, rows from the bottom up, for level lines. */
export function observableGrid(observable: Observable, reach: number, cells: number): Float64Array {
	const at = (k: number) => -reach + ((k + 0.5) / cells) * 2 * reach;
	return Float64Array.from({ length: cells * cells }, (_, k) =>
		valueOf(observable, at(k % cells), at(Math.floor(k / cells)))
	);
}
