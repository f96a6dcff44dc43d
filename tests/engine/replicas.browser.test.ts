// Replicas: R runs at once are the same R runs alone. Draws, sweeps and training steps are compared bit by bit or to
// rounding, so no chance enters on a given machine. (Should another machine round a probability differently, one of
// the some 3000 drawn bits of this file flips with probability below 1e-7 each; parameters and rates are short binary
// fractions, so that scaling by them is exact.)
import { tensor1d, tensor2d, tensor3d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { disposeGibbs, gibbsSweep, initGibbs } from '../../src/lib/engine/gibbs';
import { pageOf } from '../../src/lib/engine/kernels/pageOf';
import { replicaProbabilities } from '../../src/lib/engine/kernels/replicaProbabilities';
import { sampleReplicas } from '../../src/lib/engine/kernels/sampleReplicas';
import { disposeModel, initialArrays, makeModel, readModel } from '../../src/lib/engine/model';
import { uploadData, type PackedData } from '../../src/lib/engine/packed';
import {
	disposeReplicaChains,
	disposeReplicas,
	disposeSeats,
	initReplicaGibbs,
	initReplicas,
	makeReplicas,
	makeSeats,
	readReplicas,
	replicaGibbsSweep,
	replicaModel,
	sharedReplicas,
	stackModels
} from '../../src/lib/engine/replicas';
import { replicaBitProduct, replicaProduct } from '../../src/lib/engine/replicasLayer';
import {
	disposeReplicaTraining,
	initReplicaTraining,
	replicaTrainStep,
	type ReplicaTrainConfig
} from '../../src/lib/engine/replicasTrain';
import { disposeTraining, initTraining, trainStep } from '../../src/lib/engine/train';
import { bernoullis, normals } from '../../src/lib/random/draw';
import { foldIn, keyFromSeed } from '../../src/lib/random/key';
import { fillRow, paddedLength, uniformOf } from '../../src/lib/random/philox';
import { backends, coins, misfit, take, use, withoutLeak } from './onBackends';
import { pack } from './patterns';

const R = 3;
const keys = [5, 6, 7].map(keyFromSeed);
const betas = [1, 0.75, 1.25];

/** Sixteenths: sums and products of a few are exact in float32. */
const sixteenths = (count: number, seed: number): Float32Array =>
	Float32Array.from(normals(count, keyFromSeed(seed)), (x) => Math.round(10 * x) / 16);

const arrays = (N: number, M: number, seed: number) => ({
	N,
	M,
	weights: sixteenths(N * M, seed),
	visibleBias: sixteenths(N, seed + 100),
	hiddenBias: sixteenths(M, seed + 200)
});

describe.each(backends)('replica kernels on %s', (backend) => {
	beforeAll(() => use(backend));

	it.each([
		[1, 1, 1],
		[3, 5, 7],
		[4, 33, 6],
		[2, 3, 130]
	])('draw with each replica’s own key, β and bias: %i×%i×%i', (replicas, rows, columns) =>
		withoutLeak(async () => {
			const x = sixteenths(replicas * rows * columns, 1);
			const temperatures = Float32Array.from({ length: replicas }, (_, r) => 0.5 + r / 4);
			const ownKeys = Array.from({ length: replicas }, (_, r) => foldIn(keyFromSeed(2), r));
			const inputs = [
				tensor3d(x, [replicas, rows, columns]),
				tensor1d(temperatures),
				tensor2d(Int32Array.from(ownKeys.flatMap(([a, b]) => [a | 0, b | 0])), [replicas, 2], 'int32')
			] as const;
			const counter = 2 ** 33 + 5;
			const words = new Uint32Array(paddedLength(columns));
			for (const biases of [1, replicas]) {
				const bias = sixteenths(biases * columns, 3);
				const biasTensor = tensor2d(bias, [biases, columns]);
				const drawn = await take(sampleReplicas(inputs[0], biasTensor, inputs[1], inputs[2], counter));
				const p = await take(replicaProbabilities(inputs[0], biasTensor, inputs[1]));
				biasTensor.dispose();
				let wrong = 0;
				const expected = x.map((value, at) => {
					const column = at % columns;
					const replica = Math.floor(at / columns / rows);
					return (
						1 / (1 + Math.exp(-temperatures[replica] * (value + bias[(replica % biases) * columns + column])))
					);
				});
				for (let line = 0; line < replicas * rows; line++) {
					const replica = Math.floor(line / rows);
					fillRow(words, columns, line % rows, ownKeys[replica], counter);
					for (let j = 0; j < columns; j++) {
						const at = line * columns + j;
						const margin = uniformOf(words[j]) - expected[at];
						if (Math.abs(margin) > 1e-5 && drawn[at] !== (margin < 0 ? 1 : 0)) wrong++;
					}
				}
				expect(wrong).toBe(0);
				expect(misfit(p, expected, 1e-6)).toBeLessThan(1);
			}
			inputs.forEach((tensor) => tensor.dispose());
		})
	);
});

describe.each(backends)('pages and products on %s', (backend) => {
	beforeAll(() => use(backend));

	it.each([
		[1, 1, 1, 1],
		[3, 2, 5, 7],
		[2, 33, 65, 34]
	])('are those of each replica: %i pages, %i×%i times %i', (pages, k, n, m) =>
		withoutLeak(async () => {
			const [bits, real] = [coins(pages * k * n, 1), sixteenths(pages * n * m, 2)];
			const [a, w] = [tensor3d(bits, [pages, k, n]), tensor3d(real, [pages, n, m])];
			const last = pages - 1;
			expect(await take(pageOf(w, last))).toEqual(real.slice(last * n * m));
			const expected = (shared: boolean) =>
				Float32Array.from({ length: pages * k * m }, (_, at) => {
					const [row, column] = [Math.floor(at / m), at % m];
					const first = shared ? 0 : Math.floor(row / k) * n * m;
					let sum = 0;
					for (let i = 0; i < n; i++) sum += bits[row * n + i] * real[first + i * m + column];
					return sum;
				});
			// Sums of a few sixteenths: exact in float32, in any order.
			const one = tensor3d(real.slice(0, n * m), [1, n, m]);
			for (const product of [replicaProduct, replicaBitProduct]) {
				expect(await take(product(a, w))).toEqual(expected(false));
				expect(await take(product(a, one))).toEqual(expected(true));
			}
			[a, w, one].forEach((tensor) => tensor.dispose());
		})
	);
});

describe.each(backends)('replicas on %s', (backend) => {
	const [N, M] = [6, 5];
	beforeAll(() => use(backend));

	it('sweep as each does alone, with parameters of their own or shared', () =>
		withoutLeak(async () => {
			const chains = 7;
			const models = [1, 2, 3].map((seed) => makeModel(arrays(N, M, seed)));
			const seats = makeSeats(betas, keys);
			for (const shared of [false, true]) {
				const stack = shared ? sharedReplicas(models[0], R) : stackModels(models);
				const start = initReplicaGibbs(stack, seats, chains);
				const [together, info] = replicaGibbsSweep(stack, seats, start, 3);
				expect(info.sweeps).toBe(3);
				const visible = await together.visible.data();
				const hidden = await together.hidden.data();
				for (let r = 0; r < R; r++) {
					const model = models[shared ? 0 : r];
					let alone = initGibbs(model, betas[r], chains, keys[r]);
					[alone] = gibbsSweep(model, betas[r], alone, 3);
					expect(visible.slice(r * chains * N, (r + 1) * chains * N)).toEqual(await alone.visible.data());
					expect(hidden.slice(r * chains * M, (r + 1) * chains * M)).toEqual(await alone.hidden.data());
					expect(together.counter).toBe(alone.counter);
					disposeGibbs(alone);
				}
				disposeReplicaChains(together);
				disposeReplicas(stack);
			}
			disposeSeats(seats);
			models.forEach(disposeModel);
		}));

	it('start from given rows and seeds, and come back from the device', () =>
		withoutLeak(async () => {
			const options = { N, M, weightScale: 0.1, beta: 1 };
			const stack = initReplicas(options, keys);
			const read = await readReplicas(stack);
			expect(read).toEqual(keys.map((key) => initialArrays(options, key)));
			const second = replicaModel(stack, 1);
			expect(await readModel(second)).toEqual(read[1]);
			disposeModel(second);

			const rows = Float32Array.from(bernoullis(R * 2 * N, 0.5, keyFromSeed(9)));
			const seats = makeSeats(1, keys);
			const chains = initReplicaGibbs(stack, seats, 2, { visible: rows });
			expect(await chains.visible.data()).toEqual(rows);
			expect(() => initReplicaGibbs(stack, seats, 3, { visible: chains.visible })).toThrow(RangeError);
			disposeReplicaChains(chains);
			disposeSeats(seats);
			disposeReplicas(stack);
			expect(() => makeReplicas([arrays(2, 2, 1), arrays(2, 3, 1)])).toThrow(RangeError);
			expect(() => makeSeats([1, 2], keys)).toThrow(RangeError);
		}));
});

const trained: [string, Partial<ReplicaTrainConfig>][] = [
	['PCD, plain', { algorithm: 'pcd', gradient: 'plain' }],
	[
		'PCD-2, centred, momentum and decay',
		{ algorithm: 'pcd', gradient: 'centred', k: 2, momentum: 0.5, weightDecay: 0.25 }
	],
	['CD, centred', { algorithm: 'cd', gradient: 'centred' }]
];

describe.each(backends)('training replicas on %s', (backend) => {
	const [N, M] = [6, 5];
	const rows = Array.from({ length: 7 }, (_, r) => [...bernoullis(N, 0.4, foldIn(keyFromSeed(20), r))]);
	const config: ReplicaTrainConfig = {
		algorithm: 'pcd',
		k: 1,
		gradient: 'plain',
		learningRate: [0.25, 0.125, 0.5],
		momentum: 0,
		weightDecay: 0,
		batchSize: 4,
		chains: 4,
		beta: betas
	};
	let data: PackedData;
	beforeAll(async () => {
		await use(backend);
		data = uploadData(pack(rows));
	});

	it.each(backend === 'webgpu' ? trained.slice(1, 2) : trained)(
		'%s: each is the run alone',
		(_name, change) =>
			withoutLeak(async () => {
				// Three steps reach into the second epoch, whose order is another, past a last batch that is shorter.
				const steps = 3;
				const settings = { ...config, ...change };
				const models = [11, 12, 13].map((seed) => arrays(N, M, seed));
				let together = initReplicaTraining(settings, data, makeReplicas(models), keys);
				let info;
				for (let step = 0; step < steps; step++) [together, info] = replicaTrainStep(together);
				expect(info).toEqual({ step: 3, epoch: 1.5, rows: 4 });
				const learned = await readReplicas(together.model);
				disposeReplicaTraining(together);
				for (let r = 0; r < R; r++) {
					const own = {
						...settings,
						algorithm: settings.algorithm as 'cd' | 'pcd',
						beta: betas[r],
						learningRate: (config.learningRate as number[])[r]
					};
					let alone = initTraining(own, data, makeModel(models[r]), keys[r]);
					for (let step = 0; step < steps; step++) [alone] = trainStep(alone);
					const expected = await readModel(alone.model);
					disposeTraining(alone);
					for (const field of ['weights', 'visibleBias', 'hiddenBias'] as const) {
						expect(misfit(learned[r][field], expected[field], 2e-6)).toBeLessThan(1);
						// and it did learn something
						expect(misfit(learned[r][field], models[r][field], 1e-3)).toBeGreaterThan(1);
					}
				}
			})
	);

	it('refuses settings that do not fit', () => {
		const model = makeReplicas([arrays(N, M, 1), arrays(N, M, 2)]);
		expect(() => initReplicaTraining(config, data, model, keys)).toThrow(RangeError);
		disposeReplicas(model);
	});
});
