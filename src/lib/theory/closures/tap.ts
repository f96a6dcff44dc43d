// The tap closure: the entropic one plus the Onsager term, the second order of Plefka's expansion. It stiffens units
// that couple weakly to many others, which an iid bulk of weights does and one strong mode does not.
import { cholesky } from '../linalgSolve.ts';
import type { Rbm } from '../rbm.ts';
import type { Closure } from './closure.ts';
import { NEAR_CRITICAL } from './entropic.ts';
import { meanFieldClosure } from './meanFieldClosure.ts';
import { plefkaParameter } from './plefka.ts';

/**
 * βU = βE(m) + Σ[m ln m + (1−m)ln(1−m)] − ½β²Σ m_v(1−m_v)W²m_h(1−m_h).
 * At m = ½: κ± of spectra.ts, `coupledCurvatures`. Minima as for the entropic closure.
 * @param rbm any RBM
 * @param beta inverse temperature, ≥ 0
 */
export function tapClosure(rbm: Rbm, beta: number): Closure {
	return meanFieldClosure('tap', rbm, beta, true, (field, lowest) => {
		const bulk = plefkaParameter(rbm, beta, lowest.at);
		if (bulk >= 1)
			return { valid: false, reason: `Plefka's condition is broken (${bulk.toFixed(2)} is not below 1).` };
		const margin = field.scaledHessian(lowest.at);
		for (let k = 0; k < field.size; k++) margin[k * field.size + k] -= NEAR_CRITICAL;
		if (!cholesky(field.size, margin))
			return {
				valid: false,
				reason: `The softest mode is within ${(100 * NEAR_CRITICAL).toFixed(0)} % of criticality: fluctuations are not small.`
			};
		return {
			valid: true,
			reason: `Plefka's condition holds (${bulk.toFixed(2)} < 1) and no mode is critical.`
		};
	});
}
