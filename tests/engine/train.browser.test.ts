// Training against theory: gradients against enumeration and finite differences, CD-1 against its exact expectation,
// momentum, weight decay, checkpoints, and a run that learns.
import { memory, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { contrast } from '../../src/lib/engine/gradient';
import {
	disposeModel,
	initialModel,
	makeModel,
	readModel,
	type ModelArrays
} from '../../src/lib/engine/model';
import { disposeData, uploadData, unpackRows, type PackedData } from '../../src/lib/engine/packed';
import {
	checkpointTraining,
	disposeTraining,
	initTraining,
	reconfigureTraining,
	restoreTraining,
	stepsPerEpoch,
	trainStep,
	type TrainConfig,
	type TrainState
} from '../../src/lib/engine/train';
import { keyFromSeed } from '../../src/lib/random/key';
import { averageLogLikelihood, logLikelihoodGradient } from '../../src/lib/theory/enumerate';
import { bitsOf, visibleDistribution } from '../../src/lib/theory/enumerateStates';
import { hiddenGivenVisible, makeRbm, visibleGivenHidden, type Rbm } from '../../src/lib/theory/rbm';
import { arraysOf, backends, gaussians, misfit, randomRbm, take, use, withoutLeak } from './onBackends';
import { barsAndStripes, pack } from './patterns';

const beta = 1.3;
const N = 6;
const M = 5;
const rbm = randomRbm(N, M, 1, 0.8);
const patterns = [
	[1, 0, 1, 0, 1, 1],
	[0, 0, 1, 1, 0, 1],
	[1, 1, 0, 0, 0, 0]
];
const rows = { count: patterns.length, values: patterns.flat() };
const config: TrainConfig = {
	algorithm: 'pcd',
	k: 1,
	gradient: 'centred',
	learningRate: 0.1,
	momentum: 0,
	weightDecay: 0,
	batchSize: 2,
	chains: 8,
	beta
};

type Parameters = Pick<ModelArrays, 'weights' | 'visibleBias' | 'hiddenBias'>;
const difference = (a: Parameters, b: Parameters) => ({
	weights: a.weights.map((x, i) => x - b.weights[i]),
	visibleBias: a.visibleBias.map((x, i) => x - b.visibleBias[i]),
	hiddenBias: a.hiddenBias.map((x, i) => x - b.hiddenBias[i])
});
const flat = (p: {
	weights: ArrayLike<number>;
	visibleBias: ArrayLike<number>;
	hiddenBias: ArrayLike<number>;
}) => [...Array.from(p.weights), ...Array.from(p.visibleBias), ...Array.from(p.hiddenBias)];

/** Exact model statistics as rows: every visible state with its probability. */
function everyState(of: Rbm) {
	const p = visibleDistribution(of, beta);
	const states = Array.from(p, (_, index) => bitsOf(index, of.N));
	const hidden = states.flatMap((v) => [...hiddenGivenVisible(of, beta, v)]);
	return {
		visible: tensor2d(
			states.flatMap((v) => [...v]),
			[p.length, of.N]
		),
		hidden: tensor2d(hidden, [p.length, of.M]),
		rowWeights: tensor2d(Array.from(p), [p.length, 1])
	};
}

function dataRows(of: Rbm) {
	const hidden = patterns.flatMap((v) => [...hiddenGivenVisible(of, beta, Float64Array.from(v))]);
	return {
		visible: tensor2d(patterns, [patterns.length, N]),
		hidden: tensor2d(hidden, [patterns.length, M])
	};
}

/** The step of the normal parameters along the gradient in centred parameters, by central differences of ln L. */
function centredByDifferences(mu: Float32Array, lambda: Float32Array): number[] {
	const step = 1e-5;
	// (W, a, b) of E = −(v−μ)·a − (h−λ)·b − (v−μ)ᵀW(h−λ), as normal parameters
	const normal = (w: Float64Array, a: Float64Array, b: Float64Array) =>
		makeRbm({
			N,
			M,
			weights: w,
			visibleBias: a.map((x, i) => x - lambda.reduce((sum, l, j) => sum + w[i * M + j] * l, 0)),
			hiddenBias: b.map((x, j) => x - mu.reduce((sum, m, i) => sum + w[i * M + j] * m, 0))
		});
	const w0 = rbm.weights;
	const a0 = rbm.visibleBias.map((x, i) => x + lambda.reduce((sum, l, j) => sum + w0[i * M + j] * l, 0));
	const b0 = rbm.hiddenBias.map((x, j) => x + mu.reduce((sum, m, i) => sum + w0[i * M + j] * m, 0));
	const at = (which: 0 | 1 | 2, index: number, by: number) => {
		const moved = [w0.slice(), a0.slice(), b0.slice()];
		moved[which][index] += by;
		return averageLogLikelihood(normal(moved[0], moved[1], moved[2]), beta, rows);
	};
	const slope = (which: 0 | 1 | 2, length: number) =>
		Array.from({ length }, (_, i) => (at(which, i, step) - at(which, i, -step)) / (2 * step));
	const w = slope(0, N * M);
	const a = slope(1, N).map((x, i) => x - lambda.reduce((sum, l, j) => sum + w[i * M + j] * l, 0));
	const b = slope(2, M).map((x, j) => x - mu.reduce((sum, m, i) => sum + w[i * M + j] * m, 0));
	return [...w, ...a, ...b];
}

describe.each(backends)('gradient on %s', (backend) => {
	beforeAll(() => use(backend));

	it('plain: equals the exact gradient of the average log-likelihood', () =>
		withoutLeak(async () => {
			const [data, model] = [dataRows(rbm), everyState(rbm)];
			const gradient = contrast(data, model, beta, null);
			const exact = logLikelihoodGradient(rbm, beta, rows);
			const computed = [gradient.weights, gradient.visibleBias, gradient.hiddenBias];
			const values = await Promise.all(computed.map(take));
			expect(
				misfit(
					values.flatMap((v) => [...v]),
					flat(exact),
					2e-6
				)
			).toBeLessThan(1);
			[...Object.values(data), ...Object.values(model)].forEach((tensor) => tensor.dispose());
		}));

	it('centred: equals the gradient in centred parameters, as a step of the normal ones', () =>
		withoutLeak(async () => {
			const mu = gaussians(N, 5, 0.2).map((x) => 0.4 + x);
			const lambda = gaussians(M, 6, 0.2).map((x) => 0.6 + x);
			const offsets = { visible: tensor1d(mu), hidden: tensor1d(lambda) };
			const [data, model] = [dataRows(rbm), everyState(rbm)];
			const gradient = contrast(data, model, beta, offsets);
			const computed = [gradient.weights, gradient.visibleBias, gradient.hiddenBias];
			const values = (await Promise.all(computed.map(take))).flatMap((v) => [...v]);
			expect(misfit(values, centredByDifferences(mu, lambda), 3e-6)).toBeLessThan(1);
			// It is another direction than the plain one, and still uphill.
			const plain = flat(logLikelihoodGradient(rbm, beta, rows));
			expect(misfit(values, plain, 1e-2)).toBeGreaterThan(1);
			expect(values.reduce((sum, x, i) => sum + x * plain[i], 0)).toBeGreaterThan(0);
			[...Object.values(data), ...Object.values(model), ...Object.values(offsets)].forEach((t) =>
				t.dispose()
			);
		}));
});

/** E over the chain's draws of the CD-1 update's direction, by enumeration of h and v′. */
function expectedCd1(): number[] {
	const total = new Float64Array(N * M + N + M);
	const count = (v: ArrayLike<number>, h: ArrayLike<number>, weight: number) => {
		for (let i = 0; i < N; i++) for (let j = 0; j < M; j++) total[i * M + j] += weight * v[i] * h[j];
		for (let i = 0; i < N; i++) total[N * M + i] += weight * v[i];
		for (let j = 0; j < M; j++) total[N * M + N + j] += weight * h[j];
	};
	const probability = (bits: Float64Array, p: Float64Array) =>
		bits.reduce((product, bit, k) => product * (bit ? p[k] : 1 - p[k]), 1);
	for (const pattern of patterns) {
		const v = Float64Array.from(pattern);
		const h = hiddenGivenVisible(rbm, beta, v);
		count(v, h, 1 / patterns.length);
		for (let hidden = 0; hidden < 2 ** M; hidden++) {
			const bits = bitsOf(hidden, M);
			const reach = probability(bits, h) / patterns.length;
			const p = visibleGivenHidden(rbm, beta, bits);
			for (let visible = 0; visible < 2 ** N; visible++) {
				const next = bitsOf(visible, N);
				count(next, hiddenGivenVisible(rbm, beta, next), -reach * probability(next, p));
			}
		}
	}
	return [...total].map((x) => beta * x);
}

describe.each(['cpu', 'wasm'] as const)('CD-1 on %s', (backend) => {
	beforeAll(() => use(backend));

	it('steps on average along its exact expectation, which is not the gradient of the likelihood', async () => {
		const copies = 1024;
		const steps = 12;
		const repeated = pack(
			Array.from({ length: copies * patterns.length }, (_, i) => patterns[i % patterns.length])
		);
		const data = uploadData(repeated);
		const cd: TrainConfig = {
			...config,
			algorithm: 'cd',
			gradient: 'plain',
			batchSize: repeated.count,
			learningRate: 1
		};
		const mean = new Float64Array(N * M + N + M);
		for (let seed = 0; seed < steps; seed++) {
			const state = initTraining(cd, data, makeModel(arraysOf(rbm)), keyFromSeed(seed));
			const [next] = trainStep(state);
			const moved = difference(await readModel(next.model), arraysOf(rbm));
			flat(moved).forEach((x, i) => (mean[i] += x / steps));
			disposeTraining(next);
		}
		// A row's entry lies in [0,1], so one standard error is below β/2/√(rows·steps) = 3.4e-3; six of them for 41
		// entries are passed by chance once in 10⁷ runs.
		const bound = (6 * beta) / 2 / Math.sqrt(repeated.count * steps);
		expect(misfit(mean, expectedCd1(), bound, 0)).toBeLessThan(1);
		expect(misfit(mean, flat(logLikelihoodGradient(rbm, beta, rows)), bound, 0)).toBeGreaterThan(2);
		disposeData(data);
	});
});

/** Makes `steps` steps. */
function advance(state: TrainState, steps: number): TrainState {
	for (let i = 0; i < steps; i++) [state] = trainStep(state);
	return state;
}

describe.each(backends)('training on %s', (backend) => {
	let data: PackedData;
	beforeAll(async () => {
		await use(backend);
		data = uploadData(pack(barsAndStripes(2)));
	});
	const start = (c: TrainConfig, seed = 3) => {
		const options = { N: 4, M: 3, weightScale: 0.1, beta: c.beta, visibleMeans: data.means };
		return initTraining(c, data, initialModel(options, keyFromSeed(seed)), keyFromSeed(seed));
	};

	it('counts steps and epochs, and takes every row once an epoch', async () => {
		const c = { ...config, batchSize: 4 };
		expect(stepsPerEpoch(c, data)).toBe(2);
		let state = start(c);
		const seen: number[][] = [];
		for (const [step, epoch, count] of [
			[1, 0.5, 4],
			[2, 1, 2],
			[3, 1.5, 4]
		]) {
			const [next, info] = trainStep(state);
			expect(info).toEqual({ step, epoch, rows: count });
			seen.push([...(await next.order.index.data())]);
			state = next;
		}
		for (const order of seen) expect([...order].sort()).toEqual([0, 1, 2, 3, 4, 5]);
		expect(seen[0]).toEqual(seen[1]);
		expect(seen[2]).not.toEqual(seen[0]);
		disposeTraining(state);
	});

	it.each(['cd', 'pcd'] as const)(
		'%s: goes on from a checkpoint as if nothing had happened',
		async (algorithm) => {
			const c: TrainConfig = { ...config, algorithm, k: 2, momentum: 0.5, weightDecay: 0.01, batchSize: 4 };
			const whole = advance(start(c), 7);
			const expected = await checkpointTraining(whole);
			disposeTraining(whole);
			const half = advance(start(c), 3);
			const saved = structuredClone(await checkpointTraining(half));
			disposeTraining(half);
			const rest = advance(restoreTraining(c, data, saved), 4);
			expect(await checkpointTraining(rest)).toEqual(expected);
			disposeTraining(rest);
		}
	);

	it('adds momentum times the last update, and takes learningRate·weightDecay·W away', async () => {
		const c: TrainConfig = { ...config, momentum: 0.5 };
		const state = advance(start(c), 3);
		const saved = await checkpointTraining(state);
		disposeTraining(state);
		const after = async (cc: TrainConfig, checkpoint = saved) => {
			const next = advance(restoreTraining(cc, data, checkpoint), 1);
			const parameters = await readModel(next.model);
			disposeTraining(next);
			return parameters;
		};
		const plain = await after({ ...c, momentum: 0 });
		const pushed = difference(await after(c), plain);
		expect(
			misfit(
				flat(pushed),
				flat(saved.velocity).map((x) => 0.5 * x),
				1e-6
			)
		).toBeLessThan(1);
		const decayed = difference(await after({ ...c, momentum: 0, weightDecay: 0.2 }), plain);
		const expected = saved.model.weights.map((w) => -c.learningRate * 0.2 * w);
		expect(misfit(decayed.weights, expected, 1e-6)).toBeLessThan(1);
		expect(misfit(decayed.visibleBias, new Float32Array(4), 1e-7)).toBeLessThan(1);
	});

	it('takes other settings on the way', async () => {
		const before = memory().numTensors;
		let state = advance(start(config), 2);
		state = advance(reconfigureTraining(state, { ...config, learningRate: 0.01, k: 3, batchSize: 6 }), 2);
		state = advance(reconfigureTraining(state, { ...config, gradient: 'plain', chains: 5 }), 2);
		expect(state.chains?.visible.shape).toEqual([5, 4]);
		state = advance(reconfigureTraining(state, { ...config, algorithm: 'cd' }), 2);
		expect(state.chains).toBeNull();
		expect(state.step).toBe(8);
		disposeTraining(state);
		expect(memory().numTensors).toBe(before);
	});

	it('refuses data that do not fit the model', async () => {
		const model = makeModel(arraysOf(rbm));
		expect(() => initTraining(config, data, model, keyFromSeed(1))).toThrow(RangeError);
		disposeModel(model);
		expect(() => unpackRows(data, Int32Array.of(6))).toThrow(RangeError);
	});
});

it('learns 3×3 bars and stripes on wasm, centred better than plain', async () => {
	await use('wasm');
	const all = barsAndStripes(3);
	const data = uploadData(pack(all));
	const learn = async (gradient: TrainConfig['gradient']) => {
		const c: TrainConfig = { ...config, beta: 1, gradient, batchSize: 14, chains: 128 };
		const options = { N: 9, M: 8, weightScale: 0.1, beta: 1, visibleMeans: data.means };
		const state = advance(initTraining(c, data, initialModel(options, keyFromSeed(2)), keyFromSeed(2)), 3000);
		const trained = makeRbm(await readModel(state.model));
		disposeTraining(state);
		return averageLogLikelihood(trained, 1, { count: all.length, values: all.flat() });
	};
	const [plain, centred] = [await learn('plain'), await learn('centred')];
	// ln(1/14) = −2.639 bounds both, and an untrained model has 9 ln ½ = −6.24; the seed is fixed.
	// Reached: −3.21 and −2.87.
	expect(plain).toBeGreaterThan(-3.5);
	expect(centred).toBeGreaterThan(-3.1);
	expect(Math.max(plain, centred)).toBeLessThan(-Math.log(14));
	disposeData(data);
});
