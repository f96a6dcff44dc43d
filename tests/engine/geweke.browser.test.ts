// Geweke's joint test ("Getting it right", JASA 99 (2004) 799) of the training sampler with a fixed model. The joint law
// is that of (v, h) of an RBM, 20 000 independent rows side by side.
//   Marginal-conditional simulator: v by inversion of the enumerated p(v), h from P(h|v), both in float64.
//   Successive-conditional simulator, cycle by cycle: h from P(h|v) in float64; then one training step whose persistent
//   chains are these (v, h) and whose data are the same v, packed, uploaded, shuffled and gathered as training does; its
//   chains' new v are the next cycle's v, and the data of the next training step.
// If packing, batches, sweeps and draws are right the two have the same law, and the gradient, of data from the model,
// has mean zero. The learning rate is so small that the model does not move in float32.
// Compared: all first and second moments of units within and between layers, with enumeration and with each other, and
// every gradient component of every cycle with zero: fewer than 450 comparisons a test at six standard errors (2e-9).
import { beforeAll, describe, expect, it } from 'vitest';
import { makeModel, readModel } from '../../src/lib/engine/model';
import { disposeData, uploadData } from '../../src/lib/engine/packed';
import {
	checkpointTraining,
	disposeTraining,
	initTraining,
	restoreTraining,
	trainStep,
	type TrainConfig
} from '../../src/lib/engine/train';
import { foldIn, keyFromSeed } from '../../src/lib/random/key';
import { bitsOf, jointDistribution, visibleDistribution } from '../../src/lib/theory/enumerateStates';
import { hiddenGivenVisible, type Rbm } from '../../src/lib/theory/rbm';
import { drawHidden, drawStates } from './exactLaws';
import { arraysOf, misfit, randomRbm, use } from './onBackends';
import { pack } from './patterns';

const beta = 1.25;
const [N, M] = [6, 4];
const rbm = randomRbm(N, M, 3, 0.7);
const law = { rbm, beta };
const count = 20_000;
const SIX = 6;

/** Products of pairs of units and the units themselves, in a fixed order. */
const pairs = Array.from({ length: N + M }, (_, a) => Array.from({ length: a + 1 }, (_, b) => [a, b])).flat();

/** Exact mean and variance of each. */
const exactMoments = (() => {
	const p = jointDistribution(rbm, beta);
	const means = pairs.map(([a, b]) => p.reduce((sum, x, s) => sum + ((s >> a) & (s >> b) & 1 ? x : 0), 0));
	return means.map((mean) => ({ mean, variance: mean * (1 - mean) }));
})();

function sampleMoments(visible: ArrayLike<number>, hidden: ArrayLike<number>): number[] {
	const unit = (row: number, k: number) => (k < N ? visible[row * N + k] : hidden[row * M + k - N]);
	return pairs.map(([a, b]) => {
		let sum = 0;
		for (let row = 0; row < count; row++) sum += unit(row, a) * unit(row, b);
		return sum / count;
	});
}

/** Largest deviation of sample moments from exact ones, in standard errors. */
const worst = (moments: readonly number[]): number =>
	Math.max(
		...moments.map((x, k) => Math.abs(x - exactMoments[k].mean) / Math.sqrt(exactMoments[k].variance / count))
	);

/** Standard deviations of the statistics v, P(h|v) and v P(h|v) under the law. */
const spreads = (() => {
	const p = visibleDistribution(rbm, beta);
	const sd = (f: (v: Float64Array, h: Float64Array) => number) => {
		let [first, second] = [0, 0];
		p.forEach((x, s) => {
			const v = bitsOf(s, N);
			const value = f(v, hiddenGivenVisible(rbm, beta, v));
			first += x * value;
			second += x * value * value;
		});
		return Math.sqrt(second - first * first);
	};
	return {
		visible: Array.from({ length: N }, (_, i) => sd((v) => v[i])),
		hidden: Array.from({ length: M }, (_, j) => sd((_v, h) => h[j])),
		weights: Array.from({ length: N * M }, (_, at) => sd((v, h) => v[Math.floor(at / M)] * h[at % M]))
	};
})();

/**
 * Largest gradient component in bounds on its standard error: data and chains may depend on each other, so that the
 * standard deviations of the two averages add; centring adds those of the means, with offsets below 1.
 */
function worstGradient(
	velocity: { weights: Float32Array; visibleBias: Float32Array; hiddenBias: Float32Array },
	rate: number,
	centred: boolean
) {
	const w = spreads.weights.map(
		(sd, at) => sd + (centred ? spreads.visible[Math.floor(at / M)] + spreads.hidden[at % M] : 0)
	);
	const total = (sds: number[]) => (centred ? sds.reduce((sum, sd) => sum + sd, 0) : 0);
	const a = spreads.visible.map((sd, i) => sd + total(w.slice(i * M, (i + 1) * M)));
	const b = spreads.hidden.map((sd, j) => sd + total(w.filter((_, at) => at % M === j)));
	const g = [...velocity.weights, ...velocity.visibleBias, ...velocity.hiddenBias];
	return Math.max(
		...g.map((x, k) => Math.abs(x / rate / beta) / ((2 * [...w, ...a, ...b][k]) / Math.sqrt(count)))
	);
}

const config: TrainConfig = {
	algorithm: 'pcd',
	k: 1,
	gradient: 'plain',
	learningRate: 1e-20,
	momentum: 0,
	weightDecay: 0,
	batchSize: count,
	chains: count,
	beta
};

const rowsOf = (visible: Float32Array) =>
	Array.from({ length: count }, (_, row) => visible.subarray(row * N, (row + 1) * N));

/** `cycles` of the successive-conditional simulator with the trainer's model `of`. */
async function successive(of: Rbm, settings: TrainConfig, cycles: number, seed: number) {
	let visible = drawStates(visibleDistribution(rbm, beta), count, seed);
	let hidden = drawHidden(law, visible, seed);
	let gradient = 0;
	for (let cycle = 0; cycle < cycles; cycle++) {
		const data = uploadData(pack(rowsOf(visible)));
		const key = foldIn(keyFromSeed(seed), cycle);
		const blank = initTraining(settings, data, makeModel(arraysOf(of)), key);
		const saved = await checkpointTraining(blank);
		disposeTraining(blank);
		const chains = saved.chains && { ...saved.chains, visible, hidden };
		let state = restoreTraining(settings, data, { ...saved, chains });
		[state] = trainStep(state);
		const speed = await readModel({ N, M, ...state.velocity });
		gradient = Math.max(
			gradient,
			worstGradient(speed, settings.learningRate, settings.gradient === 'centred')
		);
		const model = await readModel(state.model);
		expect(misfit(model.weights, of.weights, 0, 1e-7)).toBeLessThan(1);
		if (state.chains) {
			visible = (await state.chains.visible.data<'float32'>()).slice();
			hidden = (await state.chains.hidden.data<'float32'>()).slice();
		}
		disposeTraining(state);
		disposeData(data);
		if (cycle < cycles - 1) {
			// CD keeps its chains to itself: fresh exact data for the next cycle.
			if (!saved.chains) visible = drawStates(visibleDistribution(rbm, beta), count, seed + 7 * (cycle + 1));
			hidden = drawHidden(law, visible, seed + cycle + 1);
		}
	}
	return { moments: sampleMoments(visible, hidden), gradient };
}

describe.each(['cpu', 'wasm'] as const)('Geweke on %s', (backend) => {
	beforeAll(() => use(backend));

	it.each([
		['plain', 1],
		['centred', 2]
	] as const)(
		'PCD training keeps the joint law of data and chains, %s gradient, k = %i',
		async (gradient, k) => {
			const visible = drawStates(visibleDistribution(rbm, beta), count, 40 + k);
			const marginal = sampleMoments(visible, drawHidden(law, visible, 50 + k));
			const joint = await successive(rbm, { ...config, gradient, k }, 6, 60 + k);
			expect(worst(marginal)).toBeLessThan(SIX);
			expect(worst(joint.moments)).toBeLessThan(SIX);
			const between = joint.moments.map((x, at) => {
				return Math.abs(x - marginal[at]) / Math.sqrt((2 * exactMoments[at].variance) / count);
			});
			expect(Math.max(...between)).toBeLessThan(SIX);
			expect(joint.gradient).toBeLessThan(SIX);
			expect(joint.gradient).toBeGreaterThan(0.1);
		}
	);

	it('CD training has no gradient on data from its own model', async () => {
		const { gradient } = await successive(rbm, { ...config, algorithm: 'cd' }, 3, 70);
		expect(gradient).toBeLessThan(SIX);
		expect(gradient).toBeGreaterThan(0.1);
	});

	it('would notice couplings a fifth too strong', async () => {
		const wrong = { ...rbm, weights: rbm.weights.map((w) => Math.fround(1.2 * w)) };
		const { moments, gradient } = await successive(wrong, config, 3, 80);
		expect(worst(moments)).toBeGreaterThan(SIX);
		expect(gradient).toBeGreaterThan(SIX);
	});
});
