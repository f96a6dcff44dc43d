// Job of the theory worker: how long exact enumeration takes here, one size at a time, so that the page can show the
// curve as it grows and stop it.
import { lnZByAllStates, measureCost, type CostPoint } from '../theory/costCurve';
import { lnZ } from '../theory/enumerate';

export interface CostJob {
	/** all 2^{N+M} states one by one, or the smaller layer's 2^min(N,M) */
	readonly way: 'states' | 'layer';
	/** N+M */
	readonly units: number;
}

/** Seconds of the shortest of five runs (of one, where that took 0.3 s), and ln Z, on which both ways must agree. */
export function enumerationCost({ way, units }: CostJob): CostPoint & { readonly lnZ: number } {
	const compute = way === 'states' ? lnZByAllStates : lnZ;
	let value = NaN;
	const clock = () => performance.now() / 1000;
	const [point] = measureCost([units], clock, 0.3, (rbm, beta) => (value = compute(rbm, beta)), 5);
	return { ...point, lnZ: value };
}
