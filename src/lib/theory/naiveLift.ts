// What smearing the vertices does to the RBM's law when the energy is left as it stands, and
// when it is lifted, summed over all states of a small machine.
import { bitsOf, jointDistribution, totalVariation } from './enumerateStates.ts';
import { couplingModes } from './reciprocal.ts';
import { liftLogMarginal, makeLift, unliftedLogMarginal } from './lift.ts';
import { logSumExp, type Rbm } from './rbm.ts';

export interface NaiveLiftJob {
	/** N+M ≤ 12: all its states are summed at every width */
	readonly rbm: Rbm;
	readonly beta: number;
	/** σ² with βσ²λ_max < 1 each */
	readonly sigma2s: Float64Array;
	/** the width at which the laws themselves are wanted */
	readonly at: number;
}

export interface NaiveLift {
	/** total variation from the RBM at each σ², exact to rounding: E kept, and E lifted */
	readonly naive: Float64Array;
	readonly lifted: Float64Array;
	/** probabilities of all 2^(N+M) states: the RBM, and at σ² = `at` the naive and the lifted law */
	readonly exact: Float64Array;
	readonly naiveLaw: Float64Array;
	readonly liftedLaw: Float64Array;
	readonly naiveAt: number;
	readonly liftedAt: number;
}

/** @throws RangeError for more than 12 units, LiftBoundError past the bound */
export function naiveLift({ rbm, beta, sigma2s, at }: NaiveLiftJob): NaiveLift {
	const n = rbm.N + rbm.M;
	if (n > 12) throw new RangeError(`naiveLift: all states of ${n} units are too many`);
	const exact = jointDistribution(rbm, beta);
	const modes = couplingModes(rbm);
	const states = Array.from(exact, (_, k) => bitsOf(k, n));
	const laws = (sigma2: number) => {
		const lift = makeLift(rbm, beta, sigma2, modes);
		const law = (log: (s: Float64Array) => number) => {
			const weights = Float64Array.from(states, log);
			const total = logSumExp(weights);
			return weights.map((w) => Math.exp(w - total));
		};
		return {
			naive: law((s) => unliftedLogMarginal(lift, s)),
			lifted: law((s) => liftLogMarginal(lift, s))
		};
	};
	const along = Array.from(sigma2s, laws);
	const here = laws(at);
	return {
		naive: Float64Array.from(along, (l) => totalVariation(exact, l.naive)),
		lifted: Float64Array.from(along, (l) => totalVariation(exact, l.lifted)),
		exact,
		naiveLaw: here.naive,
		liftedLaw: here.lifted,
		naiveAt: totalVariation(exact, here.naive),
		liftedAt: totalVariation(exact, here.lifted)
	};
}
