// Monitors and packed data against their definitions in float64.
import { tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { disposeModel, initialArrays, initialModel, makeModel, readModel } from '../../src/lib/engine/model';
import { freeEnergy, monitor } from '../../src/lib/engine/monitors';
import { dataMeans, disposeData, unpackRows, uploadData } from '../../src/lib/engine/packed';
import { keyFromSeed } from '../../src/lib/random/key';
import { freeEnergyVisible, hiddenGivenVisible, visibleGivenHidden } from '../../src/lib/theory/rbm';
import { arraysOf, backends, coins, misfit, randomRbm, take, use, withoutLeak } from './onBackends';
import { pack } from './patterns';

const beta = 0.9;
const [N, M, B] = [13, 9, 37];
const rbm = randomRbm(N, M, 2, 0.7);
const bits = coins(B * N, 3);
const heldOutBits = coins(5 * N, 4);
const rowsOf = (values: Float32Array) =>
	Array.from({ length: values.length / N }, (_, r) => Float64Array.from(values.subarray(r * N, (r + 1) * N)));
const rows = rowsOf(bits);
const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const standardError = (values: number[]) => {
	const average = mean(values);
	return Math.sqrt(
		values.reduce((sum, x) => sum + (x - average) ** 2, 0) / (values.length - 1) / values.length
	);
};

const logConditional = (v: Float64Array, unit: number) => {
	const flipped = v.map((bit, i) => (i === unit ? 1 - bit : bit));
	return -Math.log1p(Math.exp(freeEnergyVisible(rbm, beta, v) - freeEnergyVisible(rbm, beta, flipped)));
};
const pseudo = rows.map((v) => v.reduce((sum, _bit, unit) => sum + logConditional(v, unit), 0));

describe.each(backends)('monitors on %s', (backend) => {
	beforeAll(() => use(backend));

	it('are what their definitions say', () =>
		withoutLeak(async () => {
			const model = makeModel(arraysOf(rbm));
			const train = tensor2d(bits, [B, N]);
			const heldOut = tensor2d(heldOutBits, [5, N]);
			const seen = await monitor(model, beta, { train, heldOut }, keyFromSeed(5));
			const reconstruction = rows.map((v) => {
				const back = visibleGivenHidden(rbm, beta, hiddenGivenVisible(rbm, beta, v));
				return mean([...v].map((bit, i) => Math.abs(bit - back[i])));
			});
			const energies = (all: Float64Array[]) => all.map((v) => freeEnergyVisible(rbm, beta, v) / beta);
			const expected = [pseudo, reconstruction, energies(rows), energies(rowsOf(heldOutBits))];
			const got = [
				seen.pseudoLikelihood,
				seen.reconstructionError,
				seen.trainFreeEnergy,
				seen.heldOutFreeEnergy!
			];
			expect(seen.pseudoLikelihoodExact).toBe(true);
			got.forEach((estimate, i) => {
				expect(estimate.rows).toBe(expected[i].length);
				expect(misfit([estimate.mean], [mean(expected[i])], 1e-5)).toBeLessThan(1);
				expect(misfit([estimate.standardError], [standardError(expected[i])], 1e-4)).toBeLessThan(1);
			});
			const f = await take(freeEnergy(model, beta, train));
			expect(misfit(f, energies(rows), 1e-5)).toBeLessThan(1);

			const sampled = await monitor(model, beta, { train, heldOut: null }, keyFromSeed(6), { exactWork: 0 });
			expect(sampled.pseudoLikelihoodExact).toBe(false);
			expect(sampled.heldOutFreeEnergy).toBeNull();
			// one unit a row: unbiased with the standard error it gives; 5.5 of them
			const { mean: stochastic, standardError: error } = sampled.pseudoLikelihood;
			expect(Math.abs(stochastic - mean(pseudo))).toBeLessThan(5.5 * error);
			expect(Math.abs(stochastic - mean(pseudo))).toBeGreaterThan(0);
			[train, heldOut].forEach((tensor) => tensor.dispose());
			disposeModel(model);
		}));

	it('packed data come back as they were', () =>
		withoutLeak(async () => {
			const packed = pack(rows.map((row) => [...row]));
			const data = uploadData(packed);
			const index = Int32Array.of(36, 0, 7, 7);
			const back = await take(unpackRows(data, index));
			expect([...back]).toEqual([...index].flatMap((row) => [...rows[row]]));
			const means = Array.from({ length: N }, (_, i) => mean(rows.map((row) => row[i])));
			expect(misfit(dataMeans(packed), means, 1e-7)).toBeLessThan(1);
			expect(data.means).toEqual(dataMeans(packed));
			expect(() => uploadData({ ...packed, count: 99 })).toThrow(RangeError);
			disposeData(data);
		}));

	it('a model starts as asked and reads back as it was made', () =>
		withoutLeak(async () => {
			const key = keyFromSeed(8);
			const means = Float32Array.of(0, 0.25, 1);
			const options = { N: 3, M: 200, weightScale: 0.3, beta, visibleMeans: means };
			const model = initialModel(options, key);
			const arrays = await readModel(model);
			expect(arrays).toEqual(initialArrays(options, key));
			const logit = (p: number) => Math.log(p / (1 - p)) / beta;
			expect(misfit(arrays.visibleBias, [logit(0.01), logit(0.25), logit(0.99)], 1e-6)).toBeLessThan(1);
			expect(arrays.hiddenBias.every((b) => b === 0)).toBe(true);
			// 600 weights: the standard deviation of their root mean square is 0.3/√1200, five of them
			const rms = Math.sqrt(mean([...arrays.weights].map((w) => w * w)));
			expect(Math.abs(rms - 0.3)).toBeLessThan((5 * 0.3) / Math.sqrt(1200));
			disposeModel(model);

			const balanced = initialArrays({ N: 3, M: 2, weightScale: 1, beta, balanced: true }, key);
			const w = balanced.weights;
			expect(
				misfit(
					balanced.visibleBias,
					[0, 2, 4].map((i) => -(w[i] + w[i + 1]) / 2),
					1e-6
				)
			).toBeLessThan(1);
			expect(
				misfit(
					balanced.hiddenBias,
					[0, 1].map((j) => -(w[j] + w[2 + j] + w[4 + j]) / 2),
					1e-6
				)
			).toBeLessThan(1);
			expect(() => makeModel({ ...balanced, N: 4 })).toThrow(RangeError);
		}));
});
