// ln Z and ⟨E⟩ by the SIMD module against theory's enumeration, on tfjs's wasm heap and in the module's own memory.
import { beforeAll, describe, expect, it } from 'vitest';
import { exactSums } from '../../src/lib/engine/exactSums';
import { lnZ, moments } from '../../src/lib/theory/enumerate';
import { makeRbm } from '../../src/lib/theory/rbm';
import { randomRbm, use } from './onBackends';

// Both layers the smaller one, odd and even; one table alone, with a middle, with groups; one chunk of units and many.
const cases: ReadonlyArray<readonly [number, number, number, number, number]> = [
	[2, 2, 1, 1, 1],
	[3, 5, 2, 1, 0.7],
	[7, 4, 1.5, 2, 1.3],
	[31, 6, 1, 3, 1],
	[9, 12, 1, 1, 0.4],
	[40, 11, 3, 5, 1],
	[784, 9, 0.1, 1, 1],
	[783, 7, 1.5, 4, 2],
	[14, 13, 0.5, 20, 1],
	[33, 14, 0.02, 0.1, 1e-3]
];

describe.each(['wasm', 'cpu'] as const)('exact sums on %s', (backend) => {
	beforeAll(() => use(backend));

	it.each(cases)('%i visible, %i hidden, weights %f, biases %f, β = %f', (N, M, scale, biasScale, beta) => {
		const rbm = randomRbm(N, M, 21, scale, biasScale);
		const exact = moments(rbm, beta);
		const found = exactSums(rbm, beta)!;
		expect(Math.abs(found.lnZ / exact.lnZ - 1)).toBeLessThan(1e-13);
		// in units of the largest that a state's energy can be
		const most = [...rbm.weights, ...rbm.visibleBias, ...rbm.hiddenBias].reduce((s, e) => s + Math.abs(e), 0);
		expect(Math.abs(found.meanEnergy - exact.meanEnergy) / most).toBeLessThan(1e-13);
		const alone = exactSums(rbm, beta, false)!;
		expect(alone.lnZ).toBe(found.lnZ);
		expect(alone.meanEnergy).toBeNaN();
	});

	it('takes hidden biases past the range of an exponential, and fields up to 250', () => {
		const rbm = makeRbm({
			N: 5,
			M: 3,
			weights: new Float64Array(15).map((_, k) => (k % 2 ? 60 : -55) + k),
			visibleBias: new Float64Array([3, -40, 50, 0, -2]),
			hiddenBias: new Float64Array([-900, 800, 30])
		});
		const exact = moments(rbm, 1);
		const found = exactSums(rbm, 1)!;
		expect(Math.abs(found.lnZ / exact.lnZ - 1)).toBeLessThan(1e-13);
		expect(Math.abs(found.meanEnergy / exact.meanEnergy - 1)).toBeLessThan(1e-12);
	});

	it('says so where it has no answer', () => {
		const strong = makeRbm({
			N: 3,
			M: 2,
			weights: new Float64Array(6).fill(200),
			visibleBias: new Float64Array(3),
			hiddenBias: new Float64Array(2)
		});
		expect(exactSums(strong, 1)).toBeNull();
		expect(exactSums(strong, 0.1)!.lnZ).toBeCloseTo(lnZ(strong, 0.1), 9);
		expect(exactSums(randomRbm(4, 1, 1), 1)).toBeNull();
		expect(exactSums(randomRbm(4, 3, 1), 0)).toBeNull();
		expect(exactSums(randomRbm(25, 25, 1), 1)).toBeNull();
	});
});
