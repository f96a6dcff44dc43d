// One reciprocal coordinate of uniform binary units, x = Σ c_k s_k with Σ c_k² = 1: its law, and how far that is from
// the Gaussian of mean ½Σc_k and variance ¼ that the gaussian closure puts in its place (theory section 4, k = 4).
import { normalCdf } from './normalCdf.ts';

/**
 * The law of X = Σ c_k (s_k − ½), s_k fair bits, on a lattice: each c_k is rounded to a multiple of `spacing`, and the
 * law of the rounded sum is then exact (one convolution a unit).
 */
export interface ProjectionLaw {
	/** distance of neighbouring lattice points, in units of x */
	readonly spacing: number;
	/** probability of the point `spacing`·(i − ½(length−1)) */
	readonly probability: Float64Array;
	/** no atom is further than this from where it should be: Σ|rounding of c_k|/2 */
	readonly shift: number;
	/** Var X = ¼Σc_k², of the coefficients as given */
	readonly variance: number;
}

/**
 * @param coefficients c_k, a column of U (or any direction)
 * @param spacing of the lattice, > 0
 * @throws RangeError for a spacing that is not positive, or a lattice of more than 2^22 points
 */
export function projectionLaw(coefficients: ArrayLike<number>, spacing = 2 ** -14): ProjectionLaw {
	if (!(spacing > 0)) throw new RangeError(`projectionLaw: the spacing ${spacing} is not positive`);
	const c = Array.from(coefficients, Math.abs);
	// the law of c(s − ½) does not know the sign of c
	const steps = c.map((e) => Math.round(e / spacing));
	const length = 1 + steps.reduce((a, b) => a + b, 0);
	if (length > 2 ** 22) throw new RangeError(`projectionLaw: a lattice of ${length} points is too fine`);
	const probability = new Float64Array(length);
	probability[0] = 1;
	let end = 0;
	for (const step of steps) {
		end += step;
		// downwards, so that p[i − step] is still the old one
		for (let i = end; i >= 0; i--)
			probability[i] =
				0.5 * ((i <= end - step ? probability[i] : 0) + (i >= step ? probability[i - step] : 0));
	}
	return {
		spacing,
		probability,
		shift: 0.5 * c.reduce((sum, e, k) => sum + Math.abs(e - steps[k] * spacing), 0),
		variance: 0.25 * c.reduce((sum, e) => sum + e * e, 0)
	};
}

/** Position of lattice point i, measured from the mean. */
export function positionOf(law: ProjectionLaw, i: number): number {
	return law.spacing * (i - 0.5 * (law.probability.length - 1));
}

/** A Kolmogorov distance, and the bound of its error. */
export interface GaussianDistance {
	/** sup_x |P(X ≤ x) − Φ(x/√Var)| of the law on the lattice */
	readonly distance: number;
	/** the distance of the law itself differs by no more: the atoms' shift times the Gaussian's greatest density */
	readonly error: number;
}

/** Kolmogorov distance of the law from N(0, Var X). */
export function gaussianDistance(law: ProjectionLaw): GaussianDistance {
	const sigma = Math.sqrt(law.variance);
	let below = 0;
	let distance = 0;
	law.probability.forEach((p, i) => {
		if (p === 0) return;
		const gauss = normalCdf(positionOf(law, i) / sigma);
		distance = Math.max(distance, Math.abs(below - gauss), Math.abs(below + p - gauss));
		below += p;
	});
	return { distance, error: law.shift / (sigma * Math.sqrt(2 * Math.PI)) };
}

/**
 * The law as a histogram: probability per unit length in `bins` equal bins of [−reach, reach], atoms on an edge
 * counted half to either side.
 */
export function projectionHistogram(law: ProjectionLaw, bins: number, reach: number): Float64Array {
	const out = new Float64Array(bins);
	const width = (2 * reach) / bins;
	law.probability.forEach((p, i) => {
		if (p === 0) return;
		const at = (positionOf(law, i) + reach) / width;
		const bin = Math.floor(at);
		const edge = Math.abs(at - Math.round(at)) < 1e-9;
		const put = (b: number, share: number) => {
			if (b >= 0 && b < bins) out[b] += share / width;
		};
		if (edge) {
			put(Math.round(at) - 1, p / 2);
			put(Math.round(at), p / 2);
		} else put(bin, p);
	});
	return out;
}

/** How many units a unit vector lives on: 1/Σc_k⁴, from 1 (one unit alone) to N (all alike). */
export function participation(coefficients: ArrayLike<number>): number {
	let fourth = 0;
	for (let k = 0; k < coefficients.length; k++) fourth += coefficients[k] ** 4;
	return 1 / fourth;
}

export interface ProjectionJob {
	/** one unit vector each: the coefficients c_k of x = Σ c_k s_k */
	readonly directions: readonly Float64Array[];
	/** lattice spacing, in units of x */
	readonly spacing: number;
}

export interface ProjectionDistances {
	/** Kolmogorov distance from the Gaussian of the same mean and variance, one a direction */
	readonly distance: Float64Array;
	/** bound of its error */
	readonly error: Float64Array;
}

/** Distances of all directions; some 10 ms for one of 64 units at a spacing of 2⁻¹⁴. */
export function projectionDistances({ directions, spacing }: ProjectionJob): ProjectionDistances {
	const all = directions.map((c) => gaussianDistance(projectionLaw(c, spacing)));
	return {
		distance: Float64Array.from(all, (d) => d.distance),
		error: Float64Array.from(all, (d) => d.error)
	};
}
