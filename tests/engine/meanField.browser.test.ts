// TAP training and adaptive rates against float64 twins and enumeration. Nothing here is left to chance but the fixed
// seeds of the data's order and of the starting points.
import { tensor2d, tensor3d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
	disposeMagnetisations,
	meanFieldFreeEnergy,
	meanFieldSweep,
	onsagerStatistics,
	type Magnetisations
} from '../../src/lib/engine/meanField';
import { initialArrays, type ModelArrays } from '../../src/lib/engine/model';
import { disposeData, uploadData } from '../../src/lib/engine/packed';
import {
	disposeReplicas,
	disposeSeats,
	makeReplicas,
	makeSeats,
	readReplicas
} from '../../src/lib/engine/replicas';
import type { ReplicaGradient } from '../../src/lib/engine/replicasGradient';
import {
	disposeRates,
	initRates,
	rateStep,
	RATE_CHANGE,
	type RateOptions
} from '../../src/lib/engine/replicasRate';
import {
	disposeReplicaTraining,
	initReplicaTraining,
	replicaTrainStep,
	type ReplicaTrainConfig
} from '../../src/lib/engine/replicasTrain';
import { uniforms } from '../../src/lib/random/draw';
import { keyFromSeed } from '../../src/lib/random/key';
import { MeanField } from '../../src/lib/theory/closures/meanField';
import { averageLogLikelihood, logLikelihoodGradient, moments } from '../../src/lib/theory/enumerate';
import { visibleDistribution } from '../../src/lib/theory/enumerateStates';
import { lnZTap } from '../../src/lib/theory/partition';
import { makeRbm, sigmoid, type Rbm } from '../../src/lib/theory/rbm';
import { doubleWell, drawStates } from './exactLaws';
import { arraysOf, backends, gaussians, misfit, randomRbm, take, use, withoutLeak } from './onBackends';
import { barsAndStripes, pack } from './patterns';

const interior = (count: number, seed: number) =>
	Float32Array.from(uniforms(count, keyFromSeed(seed)), (u) => 0.05 + 0.9 * u);

/** One round of the fixed-point equations in float64, each layer from the newest other one. */
function twin(rbm: Rbm, beta: number, v: Float64Array, h: Float64Array, onsager: boolean, damping: number) {
	const { N, M, weights } = rbm;
	const layer = (
		old: Float64Array,
		other: Float64Array,
		bias: Float64Array,
		w: (k: number, l: number) => number
	) =>
		old.map((m, k) => {
			let [field, reaction] = [bias[k], 0];
			other.forEach((x, l) => {
				field += w(k, l) * x;
				reaction += w(k, l) ** 2 * (x - x * x);
			});
			const fresh = sigmoid(beta * field - (onsager ? beta * beta * (m - 0.5) * reaction : 0));
			return damping * m + (1 - damping) * fresh;
		});
	const hidden = layer(h, v, rbm.hiddenBias, (j, i) => weights[i * M + j]);
	const visible = layer(v, hidden, rbm.visibleBias, (i, j) => weights[i * M + j]);
	expect(visible.length).toBe(N);
	return [visible, hidden] as const;
}

const rowsOf = (values: ArrayLike<number>, width: number) =>
	Array.from({ length: values.length / width }, (_, r) =>
		Float64Array.from({ length: width }, (_, k) => values[r * width + k])
	);

describe.each(backends)('mean field on %s', (backend) => {
	const [N, M, C] = [6, 4, 3];
	const betas = [1, 1.25];
	const rbms = [randomRbm(N, M, 1, 0.4), randomRbm(N, M, 2, 0.3)];
	const keys = [1, 2].map(keyFromSeed);
	beforeAll(() => use(backend));

	it.each([
		[true, 0],
		[false, 0.25],
		[true, 0.5]
	])('iterates the equations, Onsager term %s, damping %d', (onsager, damping) =>
		withoutLeak(async () => {
			const model = makeReplicas(rbms.map(arraysOf));
			const seats = makeSeats(betas, keys);
			const [v0, h0] = [interior(2 * C * N, 3), interior(2 * C * M, 4)];
			let m: Magnetisations = { visible: tensor3d(v0, [2, C, N]), hidden: tensor3d(h0, [2, C, M]) };
			m = meanFieldSweep(model, seats, m, 2, { onsager, damping });
			const expected: { v: number[]; h: number[]; f: number[] } = { v: [], h: [], f: [] };
			rowsOf(v0, N).forEach((start, at) => {
				const r = Math.floor(at / C);
				let [v, h] = [start, rowsOf(h0, M)[at]];
				for (let round = 0; round < 2; round++) [v, h] = twin(rbms[r], betas[r], v, h, onsager, damping);
				expected.v.push(...v);
				expected.h.push(...h);
				expected.f.push(new MeanField(rbms[r], betas[r], onsager).potential(Float64Array.from([...v, ...h])));
			});
			const free = await take(meanFieldFreeEnergy(model, seats, m, onsager));
			expect(misfit(await m.visible.data(), expected.v, 2e-6)).toBeLessThan(1);
			expect(misfit(await m.hidden.data(), expected.h, 2e-6)).toBeLessThan(1);
			expect(misfit(free, expected.f, 1e-5)).toBeLessThan(1);
			disposeMagnetisations(m);
			disposeReplicas(model);
			disposeSeats(seats);
		})
	);
});

describe('TAP on wasm', () => {
	beforeAll(() => use('wasm'));

	it('has the derivatives of its free energy at the fixed point, and better moments than naive mean field', async () => {
		const [N, M, beta] = [7, 6, 1.25];
		const rbm = randomRbm(N, M, 5, 0.45, 0.3);
		const model = makeReplicas([arraysOf(rbm)]);
		const seats = makeSeats(beta, [keyFromSeed(6)]);
		const fixedPoint = (onsager: boolean) => {
			const start = {
				visible: tensor3d(interior(N, 7), [1, 1, N]),
				hidden: tensor3d(interior(M, 8), [1, 1, M])
			};
			return meanFieldSweep(model, seats, start, 200, { onsager });
		};
		const tap = fixedPoint(true);
		const [v, h] = [await tap.visible.data(), await tap.hidden.data()];
		const residual = new MeanField(rbm, beta, true).gradient(Float64Array.from([...v, ...h]));
		expect(misfit(residual, new Float64Array(N + M), 5e-6)).toBeLessThan(1);
		const extra = await take(onsagerStatistics(model, seats, tap));
		const products = Array.from(extra, (x, at) => x + v[Math.floor(at / M)] * h[at % M]);
		// −βF at the one minimum is lnZTap; its slope in W, by central differences, over β.
		const slope = products.map((_, at) => {
			const at2 = (by: number) => {
				const weights = rbm.weights.slice();
				weights[at] += by;
				return lnZTap({ ...rbm, weights }, beta)!;
			};
			return (at2(1e-4) - at2(-1e-4)) / 2e-4 / beta;
		});
		expect(misfit(products, slope, 2e-5)).toBeLessThan(1);

		const naive = fixedPoint(false);
		const [nv, nh] = [await naive.visible.data(), await naive.hidden.data()];
		const exact = moments(rbm, beta);
		const away = (a: ArrayLike<number>, b: ArrayLike<number>) =>
			Math.sqrt(Array.from(b, (x, k) => (a[k] - x) ** 2).reduce((sum, d) => sum + d, 0));
		const naiveProducts = products.map((_, at) => nv[Math.floor(at / M)] * nh[at % M]);
		expect(away(products, exact.meanVH)).toBeLessThan(away(naiveProducts, exact.meanVH) / 2);
		expect(away(v, exact.meanV)).toBeLessThan(away(nv, exact.meanV) / 2);
		[tap, naive].forEach(disposeMagnetisations);
		disposeReplicas(model);
		disposeSeats(seats);
	});

	const patterns = barsAndStripes(3);
	const config: ReplicaTrainConfig = {
		algorithm: 'tap',
		k: 3,
		gradient: 'centred',
		learningRate: 0.05,
		momentum: 0,
		weightDecay: 0,
		batchSize: patterns.length,
		chains: 16,
		beta: 1
	};
	const rows = { count: patterns.length, values: patterns.flat() };
	const keys = [11, 12].map(keyFromSeed);

	it.each(['plain', 'centred'] as const)(
		'steps along the exact gradient while couplings are weak, %s',
		async (gradient) => {
			const data = uploadData(pack(patterns));
			const start = [5, 6].map((seed) => arraysOf(randomRbm(9, 6, seed, 0.3, 0.2)));
			const settings = { ...config, gradient: 'plain' as const, k: 30 };
			let state = initReplicaTraining({ ...settings, gradient }, data, makeReplicas(start), keys);
			[state] = replicaTrainStep(state);
			const learned = await readReplicas(state.model);
			learned.forEach((after, r) => {
				const exact = logLikelihoodGradient(makeRbm(start[r]), 1, rows);
				const fields = ['weights', 'visibleBias', 'hiddenBias'] as const;
				const [step, slope] = [after, exact].map((set) => fields.flatMap((field) => [...set[field]]));
				const before = fields.flatMap((field) => [...start[r][field]]);
				const moved = step.map((x, k) => (x - before[k]) / 0.05);
				const dot = (a: number[], b: number[]) => a.reduce((sum, x, k) => sum + x * b[k], 0);
				if (gradient === 'plain') expect(misfit(moved, slope, 0.02)).toBeLessThan(1);
				expect(dot(moved, slope) / Math.sqrt(dot(moved, moved) * dot(slope, slope))).toBeGreaterThan(
					gradient === 'plain' ? 0.999 : 0.4
				);
			});
			disposeReplicaTraining(state);
			disposeData(data);
		}
	);

	it('learns, below criticality, as well as the machine that drew the data and better than naive mean field', async () => {
		const [N, M] = [10, 6];
		const well = doubleWell(N, M, 3);
		const truth = { ...well, visibleBias: well.visibleBias.map((a, i) => a + 0.15 * Math.sin(3 * i)) };
		const drawn = drawStates(visibleDistribution(truth, 1), 200, 3);
		const seen = { count: 200, values: drawn };
		const data = uploadData(pack(Array.from({ length: 200 }, (_, r) => drawn.subarray(r * N, (r + 1) * N))));
		const likelihood = (arrays: ModelArrays) => averageLogLikelihood(makeRbm(arrays), 1, seen);
		const learn = async (change: Partial<ReplicaTrainConfig>) => {
			const start = keys.map((key) => initialArrays({ N, M, weightScale: 0.1, beta: 1 }, key));
			const settings = { ...config, learningRate: 0.15, batchSize: 200, ...change };
			let state = initReplicaTraining(settings, data, makeReplicas(start), keys);
			for (let step = 0; step < 400; step++) [state] = replicaTrainStep(state);
			const after = (await readReplicas(state.model)).map(likelihood);
			const rates = state.rates && (await state.rates.rates.data()).slice();
			disposeReplicaTraining(state);
			return { before: start.map(likelihood), after, rates };
		};
		const best = averageLogLikelihood(truth, 1, seen);
		const tap = await learn({});
		tap.before.forEach((value) => expect(value).toBeLessThan(best - 0.1));
		tap.after.forEach((value) => expect(value).toBeGreaterThan(best - 0.06));
		const naive = await learn({ meanField: { onsager: false } });
		expect(naive.after[0] + naive.after[1]).toBeLessThan(tap.after[0] + tap.after[1] - 0.06);
		const adaptive = await learn({ learningRate: 0.1, rate: { rule: 'cosine', maxRate: 0.2, maxNorm: 2 } });
		adaptive.after.forEach((value) => expect(value).toBeGreaterThan(best - 0.1));
		adaptive.rates!.forEach((rate) => {
			expect(rate).toBeGreaterThan(0.11);
			expect(rate).toBeLessThanOrEqual(Math.fround(0.2));
		});
		disposeData(data);
	});
});

describe.each(backends)('learning rates on %s', (backend) => {
	const [R, N, M] = [2, 3, 2];
	beforeAll(() => use(backend));

	/** A gradient from flat numbers [R·(NM+N+M)], replica by replica. */
	const upload = (g: number[][]): ReplicaGradient => ({
		weights: tensor3d(
			g.flatMap((x) => x.slice(0, N * M)),
			[R, N, M]
		),
		visibleBias: tensor2d(
			g.flatMap((x) => x.slice(N * M, N * M + N)),
			[R, N]
		),
		hiddenBias: tensor2d(
			g.flatMap((x) => x.slice(N * M + N)),
			[R, M]
		)
	});
	const download = async (g: ReplicaGradient): Promise<number[][]> => {
		const parts = [await take(g.weights), await take(g.visibleBias), await take(g.hiddenBias)];
		return Array.from({ length: R }, (_, r) =>
			parts.flatMap((p) => [...p.slice((r * p.length) / R, ((r + 1) * p.length) / R)])
		);
	};
	const groups = [
		[0, N * M],
		[N * M, N * M + N],
		[N * M + N, N * M + N + M]
	];

	const cases: [string, RateOptions][] = [
		['constant, scaled by size', { rule: 'constant', scaleBySize: true }],
		['cosine', { rule: 'cosine', maxRate: 0.1003 }],
		['cosine per group, clipped', { rule: 'cosine', perGroup: true, maxNorm: 1.5 }],
		['normalised', { rule: 'cosine', normalise: true }]
	];
	it.each(cases)('%s: as the rule says', (_name, options) =>
		withoutLeak(async () => {
			const start = [0.1, 0.2].map(Math.fround);
			let state = initRates(start, N, M, options);
			const scale = options.scaleBySize ? (N * M) ** -0.25 : 1;
			const rates = start.map((rate) =>
				[0, 1, 2].map(() => Math.min(rate, options.maxRate ?? Infinity) * scale)
			);
			let last: number[][] | null = null;
			for (let step = 0; step < 4; step++) {
				// The second and third replicas' gradients turn in turn; step 2 is far below the dead zone.
				const tiny = step === 2 ? 1e-4 : 1;
				const g = Array.from({ length: R }, (_, r) =>
					[...gaussians(N * M + N + M, 50 + step + 10 * r)].map((x) => Math.fround(tiny * x))
				);
				const bounded = g.map((x) => {
					const norm = Math.sqrt(x.reduce((sum, e) => sum + e * e, 0));
					const by = options.normalise ? 1 / norm : Math.min(1, (options.maxNorm ?? Infinity) / norm);
					return x.map((e) => e * by);
				});
				if (last && options.rule === 'cosine') {
					rates.forEach((own, r) => {
						const dots = groups.map(([from, to]) =>
							bounded[r].slice(from, to).reduce((sum, e, k) => sum + e * last![r][from + k], 0)
						);
						const all = dots[0] + dots[1] + dots[2];
						own.forEach((rate, group) => {
							const along = options.perGroup ? dots[group] : all;
							const sign = along > 1e-6 ? 1 : along < -1e-6 ? -1 : 0;
							own[group] = Math.min(rate * (1 + RATE_CHANGE * sign), options.maxRate ?? Infinity);
						});
					});
				}
				last = bounded;
				const expected = bounded.map((x, r) =>
					x.map((e, k) => e * rates[r][groups.findIndex(([from, to]) => k >= from && k < to)])
				);
				const made = rateStep(state, upload(g));
				state = made.state;
				expect(misfit((await download(made.step)).flat(), expected.flat(), 2e-6, 2e-6)).toBeLessThan(1);
				expect(misfit(await state.rates.data(), rates.flat(), 1e-6)).toBeLessThan(1);
			}
			disposeRates(state);
		})
	);
});

it('looks ahead as Nesterov does', async () => {
	await use('wasm');
	const patterns = barsAndStripes(2);
	const data = uploadData(pack(patterns));
	const momentum = 0.5;
	const settings: ReplicaTrainConfig = {
		algorithm: 'pcd',
		k: 1,
		gradient: 'plain',
		learningRate: 0.25,
		momentum,
		weightDecay: 0.125,
		batchSize: 3,
		chains: 4,
		beta: 1,
		rate: { rule: 'constant', nesterov: true }
	};
	const start = makeReplicas([arraysOf(randomRbm(4, 3, 9, 0.5))]);
	let state = initReplicaTraining(settings, data, start, [keyFromSeed(10)]);
	let [parameters] = await readReplicas(state.model);
	let velocity = new Float32Array(12);
	for (let step = 0; step < 3; step++) {
		[state] = replicaTrainStep(state);
		const [moved] = await readReplicas(state.model);
		const speed = (await state.velocity.weights.data<'float32'>()).slice();
		// velocity = momentum·velocity + step; parameters += step + momentum·velocity
		const expected = speed.map((v, k) => v - momentum * velocity[k] + momentum * v);
		const by = moved.weights.map((w, k) => w - parameters.weights[k]);
		expect(misfit(by, expected, 1e-6)).toBeLessThan(1);
		[parameters, velocity] = [moved, speed];
	}
	expect(Math.max(...velocity.map(Math.abs))).toBeGreaterThan(1e-3);
	disposeReplicaTraining(state);
	disposeData(data);
	expect(() => initRates([0.1], 2, 2, { rule: 'constant', maxRate: 0 })).toThrow(RangeError);
});
