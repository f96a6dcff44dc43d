// Reverse diffusion: denoisers against theory's enumeration, scores, and the law generated on a small machine.
import { tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
	disposeStateTable,
	gibbsDenoiser,
	hostDenoiser,
	makeStateTable,
	meanFieldDenoiser,
	tableDenoiser,
	type Denoiser,
	type StateTable
} from '../../src/lib/engine/denoisers';
import { chainDenoiser } from '../../src/lib/engine/denoiserChain';
import { disposeModel, makeModel } from '../../src/lib/engine/model';
import {
	disposeReverse,
	geometricSchedule,
	initReverse,
	reverseScore,
	reverseStep,
	roundReverse
} from '../../src/lib/engine/reverseDiffusion';
import { keyFromSeed } from '../../src/lib/random/key';
import { denoise, denoiseMeanField } from '../../src/lib/theory/denoiser';
import {
	bitsOf,
	jointDistribution,
	jointLogWeights,
	totalVariation
} from '../../src/lib/theory/enumerateStates';
import { arraysOf, backends, gaussians, misfit, randomRbm, take, use, withoutLeak } from './onBackends';
import { noiseRow } from './langevinParts';
import { exceededByChance, histogram } from './patterns';

const [N, M] = [4, 3];
const K = N + M;
const beta = 1.2;
const rbm = randomRbm(N, M, 6, 0.8);
const law = jointDistribution(rbm, beta);
const columns = Array.from({ length: K }, (_, k) => k);
const key = keyFromSeed(31);

function tableOf(): StateTable {
	const logs = jointLogWeights(rbm, beta);
	return makeStateTable(Array.from(logs, (_, s) => [...bitsOf(s, K)]).flat(), logs);
}

describe.each(backends)('denoisers on %s', (backend) => {
	beforeAll(() => use(backend));

	it.each([9, 0.7, 0.1])('agree with enumeration and mean field at σ² = %f', (sigma2) =>
		withoutLeak(async () => {
			const P = 5;
			const z0 = gaussians(P * K, 32, 1);
			const z = tensor2d(z0, [P, K]);
			const table = tableOf();
			const model = makeModel(arraysOf(rbm));
			const rows = (f: (z: Float64Array) => Float64Array) =>
				Array.from({ length: P }, (_, p) => [
					...f(Float64Array.from(z0.subarray(p * K, (p + 1) * K)))
				]).flat();
			const exact = rows((at) => denoise(rbm, beta, sigma2, at));
			const draw = { key, counter: 3 };
			expect(misfit(await take(await tableDenoiser(table)(z, sigma2, draw)), exact, 1e-5)).toBeLessThan(1);
			const host = hostDenoiser((at, s) => denoise(rbm, beta, s, at));
			expect(misfit(await take(await host(z, sigma2, draw)), exact, 1e-6)).toBeLessThan(1);
			const field = await take(await meanFieldDenoiser(model, beta, 20)(z, sigma2, draw));
			expect(
				misfit(
					field,
					rows((at) => denoiseMeanField(rbm, beta, sigma2, at, 20)),
					1e-4
				)
			).toBeLessThan(1);
			const sampled = await take(await gibbsDenoiser(model, beta, 4)(z, sigma2, draw));
			expect(sampled.every((m) => m >= 0 && m <= 1)).toBe(true);
			z.dispose();
			disposeStateTable(table);
			disposeModel(model);
		})
	);

	it('makes the score (E[s|z]−z)/σ² and a step along it', () =>
		withoutLeak(async () => {
			const schedule = geometricSchedule({ steps: 3, sigmaMax: 2, sigmaMin: 0.5 });
			expect(Math.sqrt(schedule[1])).toBeCloseTo(2 * 0.25 ** (1 / 3), 12);
			let state = initReverse(schedule, 2, K, key);
			const denoiser = hostDenoiser((z, s) => denoise(rbm, beta, s, z));
			const score = await take(await reverseScore(state, denoiser, schedule));
			const z = (await state.z.data()).slice();
			const expected = [0, 1].flatMap((p) => {
				const at = Float64Array.from(z.subarray(p * K, (p + 1) * K));
				return [...denoise(rbm, beta, schedule[0], at)].map((m, k) => (m - at[k]) / schedule[0]);
			});
			expect(misfit(score, expected, 1e-5)).toBeLessThan(1);
			[state] = await reverseStep(state, denoiser, schedule);
			const [from, to] = schedule;
			const moved = [0, 1].flatMap((p) =>
				[...noiseRow(key, K, p, 0)].map((xi, k) => {
					const at = p * K + k;
					return z[at] + (from - to) * expected[at] + Math.sqrt(to * (1 - to / from)) * xi;
				})
			);
			const tolerance = backend === 'webgpu' ? 3e-3 : 1e-5;
			expect(misfit(await take(state.z.clone()), moved, tolerance)).toBeLessThan(1);
			disposeReverse(state);
		}));
});

describe('reverse diffusion on wasm', () => {
	beforeAll(() => use('wasm'));

	it('has a Gibbs denoiser whose mean is the exact one', async () => {
		// One z in 20 000 rows, 40 sweeps: a row's mean varies by less than ½, so six standard errors are below
		// 6·½/√20000 = 0.021; what 20 sweeps leave of the start is far below that here.
		const [P, sigma2] = [20_000, 0.7];
		const at = gaussians(K, 33, 1);
		const z = tensor2d(
			Float32Array.from({ length: P * K }, (_, i) => at[i % K]),
			[P, K]
		);
		const model = makeModel(arraysOf(rbm));
		const rows = await take(await gibbsDenoiser(model, beta, 40)(z, sigma2, { key, counter: 0 }));
		const mean = new Float64Array(K);
		rows.forEach((m, i) => (mean[i % K] += m / P));
		expect(misfit(mean, denoise(rbm, beta, sigma2, Float64Array.from(at)), 0.021, 0)).toBeLessThan(1);
		z.dispose();
		disposeModel(model);
	});

	// Distance from the exact joint law (2⁷ states) against what independent exact samples exceed once in 10⁷: 0.060 for
	// 10 000 rows, of which 0.026 are their own noise on average.
	describe('from pure noise to the law of a 4×3 RBM', () => {
		const P = 10_000;
		const bound = exceededByChance(law, P);

		async function generate(denoiser: Denoiser, steps: number): Promise<number> {
			const schedule = geometricSchedule({ steps, sigmaMax: 10, sigmaMin: 0.1 });
			let state = initReverse(schedule, P, K, key);
			for (let done = false; !done;) {
				const [next, info] = await reverseStep(state, denoiser, schedule);
				[state, done] = [next, info.done];
			}
			expect(state.level).toBe(steps);
			const rows = await take(await roundReverse(state, denoiser, schedule));
			disposeReverse(state);
			return totalVariation(histogram(rows, K, columns), law);
		}

		it('by enumeration, in 60 levels, but not in 8', () =>
			withoutLeak(async () => {
				const table = tableOf();
				const distance = await generate(tableDenoiser(table), 60);
				const coarse = await generate(tableDenoiser(table), 8);
				expect(distance).toBeLessThan(bound);
				expect(coarse).toBeGreaterThan(bound);
				disposeStateTable(table);
			}));

		it('by draws of s|z in place of their mean: in as few as 8 levels', () =>
			withoutLeak(async () => {
				const model = makeModel(arraysOf(rbm));
				const chain = chainDenoiser(model, beta, 20, 'draw');
				expect(await generate(chain.denoise, 8)).toBeLessThan(bound);
				chain.dispose();
				disposeModel(model);
			}));

		it.each([
			['Gibbs', gibbsDenoiser],
			['mean field', meanFieldDenoiser]
		] as const)('by %s, 10 rounds a level', (_, denoiserOf) =>
			withoutLeak(async () => {
				const model = makeModel(arraysOf(rbm));
				const distance = await generate(denoiserOf(model, beta, 10), 60);
				expect(distance).toBeLessThan(bound);
				disposeModel(model);
			})
		);
	});

	it('has a chain that goes on from call to call, and whose mean becomes the exact one', () =>
		withoutLeak(async () => {
			// One z in 4000 chains, 12 calls of 4 sweeps: conditional means vary by less than ½ a row, so six standard errors
			// of the last call's average are below 6·½/√4000 = 0.048; the chains have long left their start.
			const [P, sigma2] = [4000, 0.7];
			const at = gaussians(K, 33, 1);
			const z = tensor2d(
				Float32Array.from({ length: P * K }, (_, i) => at[i % K]),
				[P, K]
			);
			const exact = denoise(rbm, beta, sigma2, Float64Array.from(at));
			const model = makeModel(arraysOf(rbm));
			for (const answer of ['mean', 'draw'] as const) {
				const chain = chainDenoiser(model, beta, 4, answer);
				let rows: ArrayLike<number> = [];
				for (let counter = 0; counter < 12; counter++)
					rows = await take(await chain.denoise(z, sigma2, { key, counter }));
				const mean = new Float64Array(K);
				Array.from(rows).forEach((m, i) => (mean[i % K] += m / P));
				expect(misfit(mean, exact, 0.048, 0)).toBeLessThan(1);
				if (answer === 'draw') expect(Array.from(rows).every((b) => b === 0 || b === 1)).toBe(true);
				chain.dispose();
			}
			z.dispose();
			disposeModel(model);
		}));

	it('refuses schedules that do not fall', () => {
		expect(() => geometricSchedule({ steps: 0, sigmaMax: 2, sigmaMin: 1 })).toThrow(RangeError);
		expect(() => geometricSchedule({ steps: 3, sigmaMax: 1, sigmaMin: 2 })).toThrow(RangeError);
		expect(() => makeStateTable([0, 1, 1], [0, 0])).toThrow(RangeError);
	});
});
