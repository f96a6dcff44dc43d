// Exact ln Z by summing over every state of the hidden layer: one go is one ln Z.
import { normals } from '../../../src/lib/random/draw';
import { foldIn, keyFromSeed } from '../../../src/lib/random/key';
import { lnZ } from '../../../src/lib/theory/enumerate';
import { makeRbm } from '../../../src/lib/theory/rbm';
import { Unavailable, type Workload } from '../contender';

export const workload: Workload = {
	async make(side, { visible: N, hidden: M }) {
		if (side !== 'ours')
			throw new Unavailable(`${side} has no enumeration; a composition would be the plain sum.`);
		const draw = (count: number, label: number) => normals(count, foldIn(keyFromSeed(4), label));
		const rbm = makeRbm({
			N,
			M,
			weights: draw(N * M, 1).map((x) => 0.1 * x),
			visibleBias: draw(N, 2),
			hiddenBias: draw(M, 3)
		});
		return {
			amount: 1,
			note: 'theory/enumerate, float64, one thread',
			async run(times) {
				for (let i = 0; i < times; i++) {
					if (!Number.isFinite(lnZ(rbm, 1))) throw new Error('ln Z is no number.');
				}
			},
			dispose() {}
		};
	}
};
