// The lowest energy of an RBM: the smaller layer is enumerated by a Gray code, each unit of the other follows its field.
import type { Rbm } from '../theory/rbm';
import { AnnealerError } from './bqm';

/** Largest smaller layer whose states are all looked at. */
export const MAX_GROUND_LAYER = 24;

/** min E(v,h). @throws AnnealerError when both layers have more than 24 units */
export function groundEnergyOf({ N, M, weights, visibleBias, hiddenBias }: Rbm): number {
	const turned = N > M;
	const [n, m] = turned ? [M, N] : [N, M];
	if (n > MAX_GROUND_LAYER)
		throw new AnnealerError(`The smaller layer has ${n} units; up to ${MAX_GROUND_LAYER} are enumerated.`);
	const own = turned ? hiddenBias : visibleBias;
	const weight = (i: number, j: number) => (turned ? weights[j * M + i] : weights[i * M + j]);
	const field = Float64Array.from(turned ? visibleBias : hiddenBias);
	let state = 0;
	let energy = 0;
	let best = Infinity;
	for (let step = 0; step < 2 ** n; step++) {
		if (step > 0) {
			const i = 31 - Math.clz32(step & -step);
			const sign = (state >> i) & 1 ? -1 : 1;
			state ^= 1 << i;
			energy -= sign * own[i];
			for (let j = 0; j < m; j++) field[j] += sign * weight(i, j);
		}
		let e = energy;
		for (let j = 0; j < m; j++) if (field[j] > 0) e -= field[j];
		if (e < best) best = e;
	}
	return best;
}
