// What a run came to, so that a repeated one can be held against it: its integers (states of the chains, counters of the
// random streams) as a hash, and the figures that a page shows, computed from the weights of this very step.
import type { BitRows } from '$lib/data/dataset';
import { svdFrom } from '$lib/engine/svdFloat64';
import { figure, integersHash, type Results } from '$lib/scene/resultHash';
import { freeEnergyVisible, type Rbm } from '$lib/theory/rbm';
import { exactMonitors, toRbm } from './record';
import type { RunCheckpoint } from './run';

/** Rows of the data that the mean free energy is taken over, and singular values that are told, at most. */
const ROWS = 500;
const VALUES = 4;

/** Every integer that the next step of the run needs; the order is part of the file format. */
export function integersOf({ step, train, gibbs, langevin }: RunCheckpoint): ArrayLike<number>[] {
	const { chains } = train;
	const { ladder } = gibbs;
	return [
		[step, train.step, ...train.key],
		chains ? [chains.counter, ...chains.key] : [],
		chains?.visible ?? [],
		chains?.hidden ?? [],
		[gibbs.counter],
		gibbs.visible,
		gibbs.hidden,
		ladder ? [ladder.round, ...ladder.record] : [],
		langevin ? [langevin.step] : []
	];
}

/** The mean of βF(v) over the first rows of the data, in float64. */
function meanFreeEnergy(rbm: Rbm, beta: number, { count, units, stride, bytes }: BitRows): number {
	const rows = Math.min(count, ROWS);
	let sum = 0;
	for (let r = 0; r < rows; r++) {
		const v = Float64Array.from(
			{ length: units },
			(_, i) => (bytes[r * stride + (i >> 3)] >> (7 - (i & 7))) & 1
		);
		sum += freeEnergyVisible(rbm, beta, v);
	}
	return sum / rows;
}

/**
 * The results of a run where it stands.
 * @param backend name of the backend in use
 */
export async function fingerprint(
	checkpoint: RunCheckpoint,
	beta: number,
	data: BitRows,
	backend: string
): Promise<Results> {
	const rbm = toRbm(checkpoint.train.model);
	const { singularValues } = svdFrom(rbm.weights, rbm.N, rbm.M);
	const { lnZ, energy } = exactMonitors(rbm, beta, 0);
	const free = meanFreeEnergy(rbm, beta, data);
	const numbers: Record<string, string> = {};
	for (let k = 0; k < Math.min(VALUES, singularValues.length); k++)
		numbers[`λ${'₁₂₃₄'[k]}`] = figure(singularValues[k]);
	if (Number.isNaN(lnZ)) numbers['mean βF of the data'] = figure(free);
	else {
		numbers['ln Z'] = figure(lnZ);
		numbers['⟨E⟩'] = figure(energy);
		numbers['mean ln p of the data'] = figure(-free - lnZ);
	}
	return { step: checkpoint.step, hash: await integersHash(integersOf(checkpoint)), numbers, backend };
}
