// Job of the theory worker: exact ln Z by enumeration.
import { lnZ } from '../theory/enumerate';
import type { Rbm } from '../theory/rbm';

export interface LnZJob {
	readonly rbm: Rbm;
	readonly beta: number;
}

/** ln Z at β, exact; throws where min(N,M) is too large to enumerate. */
export function exactLnZ({ rbm, beta }: LnZJob): number {
	return lnZ(rbm, beta);
}
