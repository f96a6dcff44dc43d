// The trials that chapter 11 makes of tensor cross interpolation: which machines, which ranks, and one trial after the
// other in the theory worker.
import type { MachineRecipe } from '$lib/scene/machine';
import type { TheoryClient } from '$lib/session/clientTheory';
import { rbmOf } from '../machineRbm';

/** Bits that are interpolated over: 2^12 weights, and ranks up to 2^6. */
export const BITS = 12;
export const FULL_RANK = 2 ** (BITS / 2);
export const TOLERANCE = 1e-6;
/** Values of λ₁ that are tried; all other singular values are 0.6 of it. */
export const COUPLINGS = [0, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2, 3, 4] as const;
export const RANKS = [1, 2, 4, 8, 16, 32, 64] as const;

/** A machine without preference between its modes: 12×12, balanced. */
export function tensorRecipe(coupling: number): MachineRecipe {
	return {
		N: BITS,
		M: BITS,
		singularValues: [coupling],
		rest: 0.6 * coupling,
		bias: 'balanced',
		biasScale: 0,
		seed: 3
	};
}

export interface RankPoint {
	readonly coupling: number;
	readonly rank: number;
	/** weights evaluated, as a share of all 2^12 */
	readonly share: number;
}
export interface ErrorPoint {
	readonly maxRank: number;
	/** |ln Z − exact|; NaN where the train's sum was not positive */
	readonly error: number;
}

/** The rank that TOLERANCE needs at each coupling. */
export async function rankTrials(
	client: TheoryClient,
	tell: (points: readonly RankPoint[]) => void,
	stopped: () => boolean
): Promise<void> {
	const points: RankPoint[] = [];
	for (const coupling of COUPLINGS) {
		const rbm = rbmOf(tensorRecipe(coupling));
		const trial = await client.run('tensorTrial', { rbm, beta: 1, tolerance: TOLERANCE, maxRank: FULL_RANK });
		if (stopped()) return;
		points.push({ coupling, rank: trial.rank, share: trial.evaluations / trial.states });
		tell([...points]);
	}
}

/** The error of ln Z when the rank is held at each of RANKS. */
export async function errorTrials(
	client: TheoryClient,
	coupling: number,
	tell: (points: readonly ErrorPoint[]) => void,
	stopped: () => boolean
): Promise<void> {
	const rbm = rbmOf(tensorRecipe(coupling));
	const points: ErrorPoint[] = [];
	for (const maxRank of RANKS) {
		const { lnZ, exact } = await client.run('tensorTrial', { rbm, beta: 1, tolerance: 1e-12, maxRank });
		if (stopped()) return;
		points.push({ maxRank, error: lnZ === null ? NaN : Math.abs(lnZ - exact) });
		tell([...points]);
	}
}
