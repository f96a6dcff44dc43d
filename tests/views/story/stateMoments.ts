// The mean square of Σ(s − ½)/√n over all states of a small machine, by plain enumeration.
import { bitsOf, jointDistribution } from '../../../src/lib/theory/enumerateStates';
import type { Rbm } from '../../../src/lib/theory/rbm';

export function stateMoments(rbm: Rbm, beta: number): number {
	const n = rbm.N + rbm.M;
	let sum = 0;
	jointDistribution(rbm, beta).forEach((p, s) => {
		const w = bitsOf(s, n).reduce((a, e) => a + e - 0.5, 0) / Math.sqrt(n);
		sum += p * w * w;
	});
	return sum;
}
