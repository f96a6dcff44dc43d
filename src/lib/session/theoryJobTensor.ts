// Job of the theory worker: tensor cross interpolation of a machine's free-energy weight, held against the exact ln Z.
import { lnZ } from '../theory/enumerate';
import type { Rbm } from '../theory/rbm';
import { freeEnergyWeight, tensorCross } from '../theory/tensorCross';

export interface TensorJob {
	readonly rbm: Rbm;
	readonly beta: number;
	/** pivots below this share of the largest weight are not taken */
	readonly tolerance: number;
	/** largest bond dimension allowed */
	readonly maxRank: number;
}

export interface TensorAnswer {
	/** largest bond dimension used */
	readonly rank: number;
	/** ln Z of the tensor train; null where its sum was not positive */
	readonly lnZ: number | null;
	readonly exact: number;
	/** weights evaluated, and all there are */
	readonly evaluations: number;
	readonly states: number;
	readonly converged: boolean;
}

export function tensorTrial({ rbm, beta, tolerance, maxRank }: TensorJob): TensorAnswer {
	const { bits, logWeight } = freeEnergyWeight(rbm, beta);
	const result = tensorCross(bits, logWeight, { tolerance, maxRank, maxSweeps: 6 });
	return {
		rank: Math.max(1, ...result.ranks),
		lnZ: result.lnZ,
		exact: lnZ(rbm, beta),
		evaluations: result.evaluations,
		states: 2 ** bits,
		converged: result.converged
	};
}
