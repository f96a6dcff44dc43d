// The distance to the stationary law against time: exact for the density, and for a cloud of particles with what its
// finite number makes of it.
import { cloudAt, type Cloud } from './cloud';
import {
	binned,
	binParticles,
	equalBins,
	sampledDistance,
	sumTerms,
	totalVariation,
	type LineTerms
} from './lineTerms';

/** Bins about equally likely under the stationary law, in which particles are counted. */
export const BINS = 16;
/** Times of a curve; those of the points are every fifth of them. */
const TIMES = 60;

export interface DistanceCurve {
	readonly times: Float64Array;
	/** ½∫|P − P_st|dw on the grid */
	readonly distance: Float64Array;
}

export function distanceCurve(terms: LineTerms, horizon: number): DistanceCurve {
	const times = Float64Array.from({ length: TIMES + 1 }, (_, k) => (horizon * k) / TIMES);
	return {
		times,
		distance: times.map((t) => totalVariation(sumTerms(terms, t), terms.generator.stationary))
	};
}

export interface SampledCurve {
	readonly times: Float64Array;
	/** ½Σ|share − law| over the bins */
	readonly distance: Float64Array;
	/** its standard deviation from the finite number of particles, at the density's own shares */
	readonly sd: Float64Array;
	/** mean ± 2 sd of what so many particles of the density's own law would show */
	readonly lo: Float64Array;
	readonly hi: Float64Array;
	/** mean of what so many particles of the stationary law itself would show */
	readonly floor: number;
	readonly count: number;
	readonly bins: number;
}

export function sampledCurve(terms: LineTerms, cloud: Cloud): SampledCurve {
	const { generator } = terms;
	const bins = equalBins(generator.stationary, BINS);
	const law = binned(generator.stationary, bins, BINS);
	const times = Float64Array.from({ length: TIMES / 5 + 1 }, (_, k) => (cloud.horizon * k) / (TIMES / 5));
	const expected = Array.from(times, (t) =>
		sampledDistance(binned(sumTerms(terms, t), bins, BINS), law, cloud.count)
	);
	const sd = Float64Array.from(expected, (e) => e.sd);
	return {
		times,
		distance: times.map((t) => {
			const hits = binParticles(cloudAt(cloud, t), generator.axes[0], bins, BINS);
			return totalVariation(
				hits.map((e) => e / cloud.count),
				law
			);
		}),
		sd,
		lo: Float64Array.from(expected, (e) => Math.max(1e-9, e.mean - 2 * e.sd)),
		hi: Float64Array.from(expected, (e) => Math.min(1, e.mean + 2 * e.sd)),
		floor: sampledDistance(law, law, cloud.count).mean,
		count: cloud.count,
		bins: BINS
	};
}

/** The time at which a start's distance falls to `level`, by bisection (it never rises); Infinity if not by `latest`. */
export function forgottenAt(terms: LineTerms, level: number, latest: number): number {
	const far = (t: number) => totalVariation(sumTerms(terms, t), terms.generator.stationary) > level;
	if (far(latest)) return Infinity;
	let [lo, hi] = [0, latest];
	for (let k = 0; k < 20; k++) {
		const mid = (lo + hi) / 2;
		if (far(mid)) lo = mid;
		else hi = mid;
	}
	return hi;
}
