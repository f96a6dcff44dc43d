// fast-check generators shared by the property tests of theory/: RBMs of all shapes, zero couplings included.
import fc from 'fast-check';
import { makeRbm, type Rbm } from '../../src/lib/theory/rbm.ts';
import { randomRbm } from './randomRbm.ts';

/** Fixed seed and a modest number of runs, so that a property is the same test every time. */
export const runs = (numRuns = 40) => ({ seed: 20241128, numRuns });

/** An RBM with N and M from 1 to `most`; one in five has no couplings, one in five no biases. */
export function anyRbm(most = 5, strongest = 3): fc.Arbitrary<Rbm> {
	return fc
		.record({
			N: fc.integer({ min: 1, max: most }),
			M: fc.integer({ min: 1, max: most }),
			seed: fc.integer({ min: 1, max: 1_000_000 }),
			weight: fc.oneof(
				{ weight: 4, arbitrary: fc.double({ min: 0.05, max: strongest, noNaN: true }) },
				{ weight: 1, arbitrary: fc.constant(0) }
			),
			bias: fc.oneof(
				{ weight: 4, arbitrary: fc.double({ min: 0.05, max: 2, noNaN: true }) },
				{ weight: 1, arbitrary: fc.constant(0) }
			)
		})
		.map(({ N, M, seed, weight, bias }) => randomRbm(seed, N, M, weight, bias));
}

/** Inverse temperatures from hot to cold. */
export const anyBeta = fc.double({ min: 0.05, max: 2.5, noNaN: true });

/** A seed for whatever numbers a test draws besides. */
export const anySeed = fc.integer({ min: 1, max: 1_000_000 });

/** A copy of `rbm` with one parameter moved by `step`; parameters are numbered weights, visible, hidden. */
export function nudged(rbm: Rbm, index: number, step: number): Rbm {
	const w = Float64Array.from(rbm.weights);
	const a = Float64Array.from(rbm.visibleBias);
	const b = Float64Array.from(rbm.hiddenBias);
	if (index < w.length) w[index] += step;
	else if (index < w.length + rbm.N) a[index - w.length] += step;
	else b[index - w.length - rbm.N] += step;
	return makeRbm({ N: rbm.N, M: rbm.M, weights: w, visibleBias: a, hiddenBias: b });
}

/** max |aᵢ − bᵢ|. */
export function gap(a: ArrayLike<number>, b: ArrayLike<number>): number {
	if (a.length !== b.length) return Infinity;
	let worst = 0;
	for (let i = 0; i < a.length; i++) worst = Math.max(worst, Math.abs(a[i] - b[i]));
	return worst;
}
