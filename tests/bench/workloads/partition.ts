// Exact ln Z by summing over every state of the hidden layer: one go is one ln Z.
import { exactSums } from '../../../src/lib/engine/exactSums';
import { normals } from '../../../src/lib/random/draw';
import { foldIn, keyFromSeed } from '../../../src/lib/random/key';
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
			note: 'engine/exactSums, float64 in SIMD WebAssembly, on all threads',
			async run(times) {
				for (let i = 0; i < times; i++) {
					if (!Number.isFinite(exactSums(rbm, 1, false)?.lnZ)) throw new Error('ln Z is no number.');
				}
			},
			dispose() {}
		};
	}
};
