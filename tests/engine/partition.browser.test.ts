// ln Z by annealing against enumeration. Log-weights are compared with float64 twins; estimates with exact ln Z, at
// 0.1 nat where their standard error is below 0.02 (five of them), or at 5.5 standard errors (4e-8). Fixed seeds.
import { tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { logWeightChange } from '../../src/lib/engine/kernels/logWeightChange';
import { disposeModel, initialModel, makeModel, readModel, type Model } from '../../src/lib/engine/model';
import { disposeData, uploadData } from '../../src/lib/engine/packed';
import {
	aisStep,
	baseLogOdds,
	DEFAULT_TEMPERATURES,
	defaultSchedule,
	disposeAis,
	disposePath,
	initAis,
	makePath,
	readLogWeights,
	type AisStart,
	type AnnealingPath
} from '../../src/lib/engine/partition';
import {
	disposeTrajectoryAis,
	initTrajectoryAis,
	readTrajectoryLogWeights,
	trajectoryAisStep
} from '../../src/lib/engine/partitionTrajectory';
import { disposeTraining, initTraining, trainStep, type TrainConfig } from '../../src/lib/engine/train';
import { keyFromSeed } from '../../src/lib/random/key';
import { lnZ } from '../../src/lib/theory/enumerate';
import {
	aisBracket,
	aisEstimate,
	aisIncrement,
	baseLnZ,
	reverseAisEstimate
} from '../../src/lib/theory/partitionAis';
import { makeRbm, softplus, type Rbm } from '../../src/lib/theory/rbm';
import { drawByHidden } from './exactLaws';
import {
	arraysOf,
	backends,
	coins,
	gaussians,
	misfit,
	randomRbm,
	take,
	use,
	withoutLeak
} from './onBackends';
import { barsAndStripes, pack } from './patterns';

const row = (values: ArrayLike<number>, width: number, index: number) =>
	Float64Array.from({ length: width }, (_, k) => values[index * width + k]);

describe.each(backends)('annealing on %s', (backend) => {
	beforeAll(() => use(backend));

	it.each([
		[1, 1, 1],
		[5, 4, 7],
		[66, 3, 2]
	])('adds the change of ln f between two models, %i runs, %i×%i', (C, N, M) =>
		withoutLeak(async () => {
			const [from, to] = [randomRbm(N, M, 1), randomRbm(N, M, 2)];
			const visible = coins(C * N, 3);
			const before = gaussians(C, 4, 5);
			const fields = (of: Rbm) => {
				const x = new Float32Array(C * M);
				for (let r = 0; r < C; r++)
					for (let j = 0; j < M; j++)
						for (let i = 0; i < N; i++) x[r * M + j] += visible[r * N + i] * of.weights[i * M + j];
				return x;
			};
			const drift = gaussians(N, 5);
			const [scaleOld, scaleNew, factor] = [0.75, 1.25, 0.5];
			const side = (of: Rbm, scale: number) => ({
				x: tensor2d(fields(of), [C, M]),
				bias: tensor1d(Float32Array.from(of.hiddenBias)),
				scale
			});
			const [old, fresh] = [side(from, scaleOld), side(to, scaleNew)];
			const rest = [tensor2d(visible, [C, N]), tensor1d(drift), tensor1d(before)] as const;
			const sum = await take(logWeightChange(old, fresh, rest[0], rest[1], factor, rest[2]));
			const expected = Array.from({ length: C }, (_, r) => {
				const v = row(visible, N, r);
				let total = before[r] + factor * v.reduce((s, x, i) => s + x * drift[i], 0);
				for (let j = 0; j < M; j++) {
					total += softplus(scaleNew * (row(fields(to), M, r)[j] + to.hiddenBias[j]));
					total -= softplus(scaleOld * (row(fields(from), M, r)[j] + from.hiddenBias[j]));
				}
				return total;
			});
			expect(misfit(sum, expected, 2e-6)).toBeLessThan(1);
			[old.x, old.bias, fresh.x, fresh.bias, ...rest].forEach((tensor) => tensor.dispose());
		})
	);

	it('sums what theory sums along the path, forwards and in reverse', () =>
		withoutLeak(async () => {
			const [N, M, beta] = [6, 5, 1.25];
			const rbm = randomRbm(N, M, 6, 0.8);
			const model = makeModel(arraysOf(rbm));
			// On the software GPU a few steps, elsewhere enough for partial sums to be closed.
			const temperatures = backend === 'webgpu' ? 6 : 150;
			const path = makePath(model, beta, {
				base: baseLogOdds([0, 0.2, 0.4, 0.6, 0.8, 1]),
				schedule: defaultSchedule(temperatures)
			});
			expect(path.base[0]).toBeCloseTo(Math.log(0.01 / 0.99), 5);
			const starts: AisStart[] = [
				{ direction: 'forward', chains: 3 },
				{ direction: 'reverse', samples: coins(3 * N, 7) }
			];
			for (const start of starts) {
				let state = initAis(path, start, keyFromSeed(8));
				const sums = [0, 0, 0];
				for (let step = 0; step < temperatures; step++) {
					const v = (await state.visible.data()).slice();
					const forward = start.direction === 'forward';
					const at = forward ? step : temperatures - step;
					const to = forward ? at + 1 : at - 1;
					sums.forEach((_, r) => {
						const [t, next] = [path.schedule[at], path.schedule[to]];
						sums[r] += aisIncrement(rbm, beta, path.base, t, next, row(v, N, r));
					});
					let info;
					[state, info] = aisStep(path, state, 1, 1 + (step % 2));
					expect(info).toEqual({ steps: step + 1, total: temperatures, done: step + 1 === temperatures });
				}
				expect(misfit(await readLogWeights(state), sums, 1e-5)).toBeLessThan(1);
				const [same] = aisStep(path, state, 5);
				expect(same).toBe(state);
				disposeAis(state);
			}
			disposePath(path);
			disposeModel(model);
		}));
});

/** Bars and stripes 5×5 learned by 20 hidden units: 62 patterns, sharp wells. */
async function trainedRbm(): Promise<{ rbm: Rbm; means: Float32Array }> {
	const patterns = barsAndStripes(5);
	const data = uploadData(pack(patterns));
	const config: TrainConfig = {
		algorithm: 'pcd',
		k: 1,
		gradient: 'centred',
		learningRate: 0.1,
		momentum: 0,
		weightDecay: 0,
		batchSize: patterns.length,
		chains: 128,
		beta: 1
	};
	const options = { N: 25, M: 20, weightScale: 0.05, beta: 1, visibleMeans: data.means };
	let state = initTraining(config, data, initialModel(options, keyFromSeed(21)), keyFromSeed(22));
	for (let step = 0; step < 1500; step++) [state] = trainStep(state);
	const rbm = makeRbm(await readModel(state.model));
	disposeTraining(state);
	disposeData(data);
	return { rbm, means: data.means };
}

async function anneal(path: AnnealingPath, start: AisStart, seed: number): Promise<Float64Array> {
	let state = initAis(path, start, keyFromSeed(seed));
	for (;;) {
		const [next, info] = aisStep(path, state, 250);
		state = next;
		if (info.done) break;
	}
	const weights = await readLogWeights(state);
	disposeAis(state);
	return weights;
}

describe('AIS of models with 20 hidden units on wasm', () => {
	beforeAll(() => use('wasm'));

	it.each(['random', 'trained'] as const)(
		'brackets exact ln Z with the default schedule, %s',
		async (what) => {
			const { rbm, means } =
				what === 'trained'
					? await trainedRbm()
					: { rbm: randomRbm(30, 20, 23, 0.5), means: new Float32Array(30).fill(0.5) };
			const chains = 100;
			const exact = drawByHidden({ rbm, beta: 1 }, chains, 24);
			expect(exact.lnZ).toBeCloseTo(lnZ(rbm, 1), 8);
			const model = makeModel(arraysOf(rbm));
			const path = makePath(model, 1, { base: baseLogOdds(means) });
			expect(path.schedule.length).toBe(DEFAULT_TEMPERATURES + 1);
			const lnZ0 = baseLnZ(rbm, path.base);
			// The base model is not the answer: the annealing has something to do.
			expect(Math.abs(lnZ0 - exact.lnZ)).toBeGreaterThan(1);

			const forward = aisEstimate(await anneal(path, { direction: 'forward', chains }, 25), lnZ0);
			const samples = { direction: 'reverse', samples: exact.visible } as const;
			const reverse = reverseAisEstimate(await anneal(path, samples, 26), lnZ0);
			for (const estimate of [forward, reverse]) {
				expect(estimate.error).toBeLessThan(0.02);
				expect(Math.abs(estimate.lnZ - exact.lnZ)).toBeLessThan(0.1);
			}
			const [low, high] = aisBracket(forward, reverse, 5.5);
			expect(low).toBeLessThan(exact.lnZ);
			expect(high).toBeGreaterThan(exact.lnZ);
			expect(high - low).toBeLessThan(0.3);
			disposePath(path);
			disposeModel(model);
		}
	);

	it('gives ln Z along training', async () => {
		const patterns = barsAndStripes(4);
		const data = uploadData(pack(patterns));
		const config: TrainConfig = {
			algorithm: 'pcd',
			k: 1,
			gradient: 'centred',
			learningRate: 0.1,
			momentum: 0,
			weightDecay: 0,
			batchSize: patterns.length,
			chains: 64,
			beta: 1
		};
		const options = { N: 16, M: 12, weightScale: 0.05, beta: 1, visibleMeans: data.means };
		let training = initTraining(config, data, initialModel(options, keyFromSeed(31)), keyFromSeed(32));
		const base = baseLogOdds(data.means);
		let ais = initTrajectoryAis(options, 1, { base, chains: 300 }, keyFromSeed(33));
		const exact: number[] = [];
		const step = async (model: Model): Promise<void> => {
			let info;
			[ais, info] = trajectoryAisStep(ais, model, 2);
			if (info.models % 50 === 1) exact.push(lnZ(makeRbm(await readModel(model)), 1));
		};
		await step(training.model);
		for (let done = 0; done < 1000; done++) {
			[training] = trainStep(training);
			if (done % 5 === 4) await step(training.model);
		}
		const logWeights = await readTrajectoryLogWeights(ais);
		expect(logWeights.length).toBe(201);
		const lnZ0 = baseLnZ(makeRbm(await readModel(training.model)), base);
		const estimates = logWeights.filter((_, at) => at % 50 === 0).map((w) => aisEstimate(w, lnZ0));
		expect(exact.length).toBe(estimates.length);
		estimates.forEach((estimate, at) => {
			expect(estimate.error).toBeLessThan(0.1);
			expect(Math.abs(estimate.lnZ - exact[at])).toBeLessThan(Math.max(1e-4, 5.5 * estimate.error));
		});
		// Training has gone somewhere.
		expect(Math.abs(exact[exact.length - 1] - exact[0])).toBeGreaterThan(3);
		disposeTrajectoryAis(ais);
		disposeTraining(training);
		disposeData(data);
	});

	it('refuses what does not fit', () =>
		withoutLeak(() => {
			const model = makeModel(arraysOf(randomRbm(3, 2, 1)));
			const base = [0, 0, 0];
			expect(() => makePath(model, 1, { base: [0] })).toThrow(RangeError);
			expect(() => makePath(model, 1, { base, schedule: [0, 0.5] })).toThrow(RangeError);
			expect(() => makePath(model, 1, { base, schedule: [0, 0.6, 0.4, 1] })).toThrow(RangeError);
			const path = makePath(model, 1, { base });
			const bad = { direction: 'reverse', samples: new Float32Array(4) } as const;
			expect(() => initAis(path, bad, keyFromSeed(1))).toThrow(RangeError);
			disposePath(path);
			disposeModel(model);
		}));
});
