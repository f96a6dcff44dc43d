// The entropic closure: −ln ρ by its large-deviation form, the entropy of independent units, so that βU_eff is the
// naive mean-field free energy. Exact for one strong mode spread over many units; it keeps the quartic term that
// confines soft modes past βλ = 4, and its wells there are the symmetry-broken states.
import type { Rbm } from '../rbm.ts';
import type { Closure } from './closure.ts';
import { meanFieldClosure } from './meanFieldClosure.ts';
import { meanFieldCoupling, plefkaParameter } from './plefka.ts';

/** Within this relative distance of a vanishing curvature the expansion about the minimum is not trusted. */
export const NEAR_CRITICAL = 0.05;
/** Above this Onsager stiffening the naive mean field is not trusted. */
const BULK = 0.1;

/**
 * βU = βE(m) + Σ[m ln m + (1−m)ln(1−m)] on [0,1]^{N+M}; K = diag(1/(m(1−m))) + βJ.
 * All minima reachable from a fixed set of starts are found; valid while the Onsager term is small and no curvature
 * is about to vanish.
 * @param rbm any RBM
 * @param beta inverse temperature, ≥ 0
 */
export function entropicClosure(rbm: Rbm, beta: number): Closure {
	return meanFieldClosure('entropic', rbm, beta, false, (_, lowest) => {
		const bulk = plefkaParameter(rbm, beta, lowest.at);
		if (bulk > BULK)
			return {
				valid: false,
				reason: `The Onsager term left out would stiffen units by about ${(100 * bulk).toFixed(0)} %: use tap.`
			};
		const softness = 1 - meanFieldCoupling(rbm, beta, lowest.at);
		if (softness < NEAR_CRITICAL)
			return {
				valid: false,
				reason: `The softest mode is within ${(100 * NEAR_CRITICAL).toFixed(0)} % of criticality: fluctuations are not small.`
			};
		return { valid: true, reason: 'The lowest minimum is well curved and the Onsager term is small.' };
	});
}
