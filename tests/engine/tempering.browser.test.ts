// Tempering over β and over a trajectory, against enumeration. Bounds: total variation that independent samples exceed
// once in 10⁷ (patterns.ts), at most eight comparisons a test; counts within 5.5 standard errors (4e-8 each). Fixed seeds.
import { memory, tensor1d, tensor3d, type Tensor3D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { disposeGibbs, gibbsSweep, initGibbs } from '../../src/lib/engine/gibbs';
import { exchangeDecision } from '../../src/lib/engine/kernels/exchangeDecision';
import { exchangeDifference } from '../../src/lib/engine/kernels/exchangeDifference';
import { partnerOf } from '../../src/lib/engine/kernels/exchangePartner';
import { exchangeRecord } from '../../src/lib/engine/kernels/exchangeRecord';
import { exchangeRows } from '../../src/lib/engine/kernels/exchangeRows';
import { disposeModel, makeModel, type Model } from '../../src/lib/engine/model';
import { makeReplicas } from '../../src/lib/engine/replicas';
import { replicaProduct } from '../../src/lib/engine/replicasLayer';
import {
	adaptLadder,
	changeLadder,
	disposeTempering,
	evenLadder,
	initTempering,
	readStatistics,
	rungChains,
	temperingStep,
	type TemperingState
} from '../../src/lib/engine/tempering';
import {
	disposeTrajectory,
	extendTrajectory,
	initTrajectoryTempering,
	makeTrajectory,
	trajectoryTemperingStep
} from '../../src/lib/engine/trajectoryTempering';
import { foldIn, keyFromSeed } from '../../src/lib/random/key';
import { fillRow, paddedLength, uniformOf } from '../../src/lib/random/philox';
import { visibleDistribution } from '../../src/lib/theory/enumerateStates';
import { freeEnergyVisible, type Rbm } from '../../src/lib/theory/rbm';
import { doubleWell, drawLadder, exactAcceptance, excess, pairLaw, type Law } from './exactLaws';
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
import { exceededByChance, monteCarloFloor } from './patterns';

const [N, M] = [7, 5];
const columns = Array.from({ length: N }, (_, i) => i);
const rbm = randomRbm(N, M, 4, 0.8);
const betas = [0.3, 0.7, 1.1, 1.5].map(Math.fround);
const ladder: Law[] = betas.map((beta) => ({ rbm, beta }));
/** Models of a made-up training: one direction of growth, all at one β. */
const trajectoryBeta = 1.25;
const trajectory: Law[] = [0.1, 0.5, 0.8, 1.2].map((scale) => ({
	rbm: {
		...rbm,
		weights: rbm.weights.map((w) => Math.fround(scale * w)),
		visibleBias: rbm.visibleBias.map((a, i) => Math.fround(a * (1 - scale / 2) + 0.1 * i * scale))
	},
	beta: trajectoryBeta
}));

/** The worse of: every rung's visible law, and the joint law of four units of each of two neighbours. */
async function excessOf(laws: readonly Law[], visible: Tensor3D): Promise<number> {
	const rows = await visible.data<'float32'>();
	const [R, C] = visible.shape;
	const p = laws.map((law) => visibleDistribution(law.rbm, law.beta));
	let worst = 0;
	for (let r = 0; r < R; r++) {
		const own = rows.subarray(r * C * N, (r + 1) * C * N);
		worst = Math.max(worst, excess(own, N, columns, p[r]));
		if (r + 1 === R) continue;
		const pairs = Float32Array.from({ length: C * 8 }, (_, at) => {
			const [chain, place] = [Math.floor(at / 8), at % 8];
			return rows[((r + (place >> 2)) * C + chain) * N + (place & 3)];
		});
		const both = pairLaw(p[r], p[r + 1], [0, 1, 2, 3]);
		worst = Math.max(worst, excess(pairs, 8, [0, 1, 2, 3, 4, 5, 6, 7], both));
	}
	return worst;
}

describe.each(backends)('exchange kernels on %s', (backend) => {
	beforeAll(() => use(backend));

	it.each([
		[2, 1, 1, 1],
		[3, 5, 4, 7],
		[5, 66, 3, 2]
	])('do as their definition says, %i rungs of %i chains, %i×%i', (R, C, n, m) =>
		withoutLeak(async () => {
			const models = Array.from({ length: R }, (_, r) => randomRbm(n, m, 10 + r, 0.7));
			const temperatures = Float32Array.from({ length: R }, (_, r) => 0.5 + 0.25 * r);
			const stack = makeReplicas(models.map(arraysOf));
			const rows = coins(R * C * n, 3);
			const visible = tensor3d(rows, [R, C, n]);
			const laws = {
				visibleBias: stack.visibleBias,
				hiddenBias: stack.hiddenBias,
				betas: tensor1d(temperatures)
			};
			const row = (r: number, c: number) =>
				Float64Array.from(rows.subarray((r * C + c) * n, (r * C + c + 1) * n));
			const walkers = Int32Array.from({ length: 2 * R * C }, (_, at) =>
				at < R * C ? (at * 7) % 11 : at % 5
			);
			const record = tensor3d(walkers, [2, R, C], 'int32');
			const x = replicaProduct(visible, stack.weights);
			for (const parity of [0, 1]) {
				const partner = (r: number) => partnerOf(r, R, parity);
				const swapped = Float32Array.from(rows, (_, at) => {
					const [r, rest] = [Math.floor(at / (C * n)), at % (C * n)];
					return rows[partner(r) * C * n + rest];
				});
				const partnersVisible = tensor3d(swapped, [R, C, n]);
				const cross = replicaProduct(partnersVisible, stack.weights);
				const difference = exchangeDifference(x, cross, visible, laws, parity);
				const expected: number[] = [];
				for (let r = 0; r < R; r++) {
					for (let c = 0; c < C; c++) {
						const lnF = (v: Float64Array) => -freeEnergyVisible(models[r], temperatures[r], v);
						expected.push(lnF(row(partner(r), c)) - lnF(row(r, c)));
					}
				}
				const gains = await difference.data();
				expect(misfit(gains, expected, 5e-6)).toBeLessThan(1);

				const draw = { key: keyFromSeed(4), counter: 9 };
				const decision = exchangeDecision(difference, parity, draw);
				const taken = await decision.data<'int32'>();
				const words = new Uint32Array(paddedLength(C));
				for (let r = 0; r < R; r++) {
					fillRow(words, C, Math.min(r, partner(r)), draw.key, draw.counter);
					for (let c = 0; c < C; c++) {
						const gain = expected[r * C + c] + expected[partner(r) * C + c];
						const margin = Math.exp(Math.min(0, gain)) - uniformOf(words[c]);
						const wanted = partner(r) !== r && margin > 0 ? 1 : 0;
						if (Math.abs(margin) > 1e-4 || partner(r) === r) expect(taken[r * C + c]).toBe(wanted);
					}
				}

				const from = (at: number) => {
					const r = Math.floor(at / C);
					return taken[at] ? at + (partner(r) - r) * C : at;
				};
				const moved = await take(exchangeRows(decision, visible, null, parity));
				expect(moved).toEqual(rows.map((_, at) => rows[from(Math.floor(at / n)) * n + (at % n)]));
				const chosen = await take(exchangeRows(decision, x, cross, parity));
				const [own, theirs] = [await x.data(), await cross.data()];
				expect(chosen).toEqual(own.map((value, at) => (taken[Math.floor(at / m)] ? theirs[at] : value)));

				const kept = await take(exchangeRecord(decision, record, parity));
				const after = walkers.map((_, at) => {
					if (at >= R * C) {
						const r = Math.floor((at - R * C) / C);
						return walkers[at] + (partner(r) > r ? taken[at - R * C] : 0);
					}
					const r = Math.floor(at / C);
					const walker = walkers[from(at)];
					if (r === 0) return 4 * (walker >> 2) + 1 + ((walker & 3) === 2 ? 4 : 0);
					return r === R - 1 && (walker & 3) === 1 ? walker + 1 : walker;
				});
				expect(kept).toEqual(after);
				[partnersVisible, cross, difference, decision].forEach((tensor) => tensor.dispose());
			}
			[visible, laws.betas, record, x, stack.weights, stack.visibleBias, stack.hiddenBias].forEach((tensor) =>
				tensor.dispose()
			);
		})
	);
});

describe.each(['cpu', 'wasm'] as const)('stationarity on %s', (backend) => {
	const chains = 10_000;
	beforeAll(() => use(backend));

	const cases = (['tempering', 'trajectory tempering'] as const).flatMap((what) =>
		[1, 4, 16].map((steps) => [what, steps] as const)
	);
	it.each(cases)('%s stays in every exact law, %i steps', (what, steps) =>
		withoutLeak(async () => {
			const along = what === 'trajectory tempering';
			const laws = along ? trajectory : ladder;
			const start = { chains, visible: drawLadder(laws, chains, 5 + steps) };
			const models = laws.map((law) => makeModel(arraysOf(law.rbm)));
			const stack = makeTrajectory(models);
			const key = keyFromSeed(6 + steps);
			let state: TemperingState = along
				? initTrajectoryTempering(stack, trajectoryBeta, start, key)
				: initTempering(models[0], betas, start, key);
			for (let step = 0; step < steps; step++) {
				[state] = along ? trajectoryTemperingStep(stack, state) : temperingStep(models[0], state);
			}
			expect(await excessOf(laws, state.chains.visible)).toBeLessThan(1);
			const { acceptance, tried, acceptanceError } = await readStatistics(state);
			acceptance.forEach((rate, r) => {
				const rounds = tried[r] / chains;
				expect(rounds).toBe(Math.ceil((steps - (r % 2)) / 2));
				if (rounds === 0) return;
				// Tries of one chain are correlated in time; were they all equal, the error would be √rounds times larger.
				const exact = exactAcceptance(laws[r], laws[r + 1]);
				expect(Math.abs(rate - exact)).toBeLessThan(5.5 * Math.sqrt(rounds) * acceptanceError[r]);
			});
			disposeTempering(state);
			disposeTrajectory(stack);
			models.forEach(disposeModel);
		})
	);
});

describe('tempering on wasm', () => {
	let model: Model;
	beforeAll(async () => {
		await use('wasm');
		model = makeModel(arraysOf(rbm));
	});

	it('has a yardstick within four Monte-Carlo floors that fails when every exchange is accepted', async () => {
		const chains = 10_000;
		for (const { rbm, beta } of [...ladder, ...trajectory]) {
			const p = visibleDistribution(rbm, beta);
			expect(exceededByChance(p, chains)).toBeLessThan(4 * monteCarloFloor(p, chains));
		}
		const rows = drawLadder(ladder, chains, 7);
		const page = chains * N;
		const exchanged = Float32Array.from(rows, (_, at) => rows[at < 2 * page ? (at + page) % (2 * page) : at]);
		const [right, wrong] = [rows, exchanged].map((values) => tensor3d(values, [4, chains, N]));
		expect(await excessOf(ladder, right)).toBeLessThan(1);
		expect(await excessOf(ladder, wrong)).toBeGreaterThan(1);
		[right, wrong].forEach((tensor) => tensor.dispose());
	});

	it('accepts exchanges as often as the exact expectation says, first round of either kind', async () => {
		const chains = 40_000;
		const sets = [
			{ laws: ladder, stack: makeReplicas(ladder.map((law) => arraysOf(law.rbm))), temperatures: betas },
			{
				laws: trajectory,
				stack: makeReplicas(trajectory.map((law) => arraysOf(law.rbm))),
				temperatures: trajectory.map((law) => law.beta)
			}
		];
		for (const { laws, stack, temperatures } of sets) {
			const visible = tensor3d(drawLadder(laws, chains, 8), [4, chains, N]);
			const x = replicaProduct(visible, stack.weights);
			const seats = tensor1d(temperatures);
			for (const parity of [0, 1]) {
				const swapped = Array.from({ length: 4 }, (_, r) => partnerOf(r, 4, parity));
				const rows = await visible.data();
				const across = Float32Array.from(rows, (_, at) => {
					const r = Math.floor(at / (chains * N));
					return rows[at + (swapped[r] - r) * chains * N];
				});
				const partners = tensor3d(across, [4, chains, N]);
				const cross = replicaProduct(partners, stack.weights);
				const gain = exchangeDifference(x, cross, visible, { ...stack, betas: seats }, parity);
				const decision = exchangeDecision(gain, parity, { key: keyFromSeed(9), counter: parity });
				const taken = await decision.data<'int32'>();
				for (let r = parity; r + 1 < 4; r += 2) {
					// Independent pairs from the exact laws: a binomial count.
					const rate = taken.slice(r * chains, (r + 1) * chains).reduce((sum, t) => sum + t, 0) / chains;
					const exact = exactAcceptance(laws[r], laws[r + 1]);
					expect(exact).toBeGreaterThan(0.05);
					expect(exact).toBeLessThan(0.95);
					expect(Math.abs(rate - exact)).toBeLessThan(5.5 * Math.sqrt((exact * (1 - exact)) / chains));
				}
				[partners, cross, gain, decision].forEach((tensor) => tensor.dispose());
			}
			[visible, x, seats, stack.weights, stack.visibleBias, stack.hiddenBias].forEach((t) => t.dispose());
		}
	});

	it('exchanges in detailed balance: as many a↔b one way as the other', async () => {
		const [n, m] = [2, 3];
		const tiny = randomRbm(n, m, 12, 1.2);
		const laws = [0.4, 1.6].map((beta) => ({ rbm: tiny, beta: Math.fround(beta) }));
		const chains = 200_000;
		const rows = drawLadder(laws, chains, 10);
		const stack = makeReplicas([arraysOf(tiny), arraysOf(tiny)]);
		const visible = tensor3d(rows, [2, chains, n]);
		const x = replicaProduct(visible, stack.weights);
		const seats = tensor1d(laws.map((law) => law.beta));
		const page = chains * n;
		const partners = tensor3d(
			Float32Array.from(rows, (_, at) => rows[(at + page) % (2 * page)]),
			[2, chains, n]
		);
		const cross = replicaProduct(partners, stack.weights);
		const gain = exchangeDifference(x, cross, visible, { ...stack, betas: seats }, 0);
		const decision = exchangeDecision(gain, 0, { key: keyFromSeed(11), counter: 0 });
		const taken = await decision.data();
		const flow = new Float64Array(16);
		const present = new Float64Array(16);
		for (let chain = 0; chain < chains; chain++) {
			const state = (r: number) => rows[(r * chains + chain) * n] + 2 * rows[(r * chains + chain) * n + 1];
			const pair = 4 * state(0) + state(1);
			present[pair]++;
			flow[pair] += taken[chain];
		}
		const imbalance = (count: Float64Array): number => {
			let worst = 0;
			for (let a = 0; a < 4; a++) {
				for (let b = 0; b < a; b++) {
					const [forth, back] = [count[4 * a + b], count[4 * b + a]];
					worst = Math.max(worst, Math.abs(forth - back) / Math.sqrt(forth + back));
				}
			}
			return worst;
		};
		// Six differences of Poisson-like counts; were every exchange accepted, they would not balance.
		expect(imbalance(flow)).toBeLessThan(5.5);
		expect(imbalance(present)).toBeGreaterThan(20);
		[visible, x, seats, partners, cross, gain, decision].forEach((tensor) => tensor.dispose());
		[stack.weights, stack.visibleBias, stack.hiddenBias].forEach((tensor) => tensor.dispose());
	});

	it('counts round trips: with equal β every exchange is accepted, and a trip takes 2R rounds', async () => {
		const [R, chains] = [4, 3];
		let state = initTempering(model, Array<number>(R).fill(1), { chains }, keyFromSeed(13));
		const rounds = 40;
		for (let round = 0; round < rounds; round++) [state] = temperingStep(model, state);
		const statistics = await readStatistics(state);
		expect(statistics.acceptance).toEqual([1, 1, 1]);
		// R walkers a ladder, each back at the first rung every 2R rounds; the trip under way is not counted.
		const walkers = Array.from({ length: R }, (_, r) => r);
		const trips = walkers.map(() => 0);
		const seen = walkers.map((_, r) => Number(r === 0));
		for (let round = 0; round < rounds; round++) {
			for (let r = round % 2; r + 1 < R; r += 2) {
				[walkers[r], walkers[r + 1]] = [walkers[r + 1], walkers[r]];
			}
			const [first, last] = [walkers[0], walkers[R - 1]];
			if (seen[first] === 2) trips[first]++;
			seen[first] = 1;
			if (seen[last] === 1) seen[last] = 2;
		}
		const expected = trips.reduce((sum, t) => sum + t, 0);
		expect(expected).toBeGreaterThanOrEqual(R * (Math.floor(rounds / (2 * R)) - 1));
		expect(statistics.roundTrips).toBe(chains * expected);
		expect(statistics.roundTripRate).toBeCloseTo(expected / rounds, 12);
		disposeTempering(state);
	});

	it('moves its rungs until neighbours exchange equally often', async () => {
		const chains = 400;
		let state = initTempering(model, evenLadder(5, 0, 3), { chains }, keyFromSeed(14));
		const spread = () => {
			const at = state.seats.betas;
			const rates = at.slice(1).map((beta, r) => {
				return exactAcceptance({ rbm, beta: at[r] }, { rbm, beta });
			});
			return Math.max(...rates) - Math.min(...rates);
		};
		const before = spread();
		for (let pass = 0; pass < 4; pass++) {
			for (let step = 0; step < 20; step++) [state] = temperingStep(model, state);
			state = changeLadder(state, state.seats.betas);
			for (let step = 0; step < 40; step++) [state] = temperingStep(model, state);
			state = await adaptLadder(state);
			expect(state.counted).toEqual([0, 0]);
		}
		expect(state.seats.betas[0]).toBe(0);
		expect(state.seats.betas[4]).toBe(3);
		// 8000 tries a pair: acceptances good to 0.01; the exact ones at the new rungs then differ by a few of these.
		expect(before).toBeGreaterThan(0.25);
		expect(spread()).toBeLessThan(0.1);
		disposeTempering(state);
	});

	it('crosses between wells where block Gibbs stays in one', async () => {
		const well = doubleWell(8, 8, 11);
		const p = visibleDistribution(well, 1);
		const eight = [0, 1, 2, 3, 4, 5, 6, 7];
		const deep = makeModel(arraysOf(well));
		const chains = 1000;
		// Every chain starts in the same well.
		const bottom = Float32Array.from({ length: chains * 8 }, (_, at) => (at % 8) % 2);
		let gibbs = initGibbs(deep, 1, chains, keyFromSeed(15), { visible: bottom });
		[gibbs] = gibbsSweep(deep, 1, gibbs, 120);
		expect(excess(await gibbs.visible.data(), 8, eight, p)).toBeGreaterThan(1);
		disposeGibbs(gibbs);
		const rungs = 6;
		const visible = Float32Array.from({ length: rungs * chains * 8 }, (_, at) => (at % 8) % 2);
		let state = initTempering(deep, evenLadder(rungs, 0, 1), { chains, visible }, keyFromSeed(16));
		for (let step = 0; step < 120; step++) [state] = temperingStep(deep, state);
		const top = rungChains(state, rungs - 1);
		expect(excess(await top.visible.data(), 8, eight, p)).toBeLessThan(1);
		expect((await readStatistics(state)).roundTrips).toBeGreaterThan(chains);
		Object.values(top).forEach((tensor) => tensor.dispose());
		disposeTempering(state);
		disposeModel(deep);
	});

	it('lets a trajectory grow, the new model starting from the last', () =>
		withoutLeak(async () => {
			const models = trajectory.map((law) => makeModel(arraysOf(law.rbm)));
			let stack = makeTrajectory(models.slice(0, 2));
			let state = initTrajectoryTempering(stack, trajectoryBeta, { chains: 50 }, keyFromSeed(17));
			for (let step = 0; step < 3; step++) [state] = trajectoryTemperingStep(stack, state, 2);
			const last = (await state.chains.visible.data()).slice(50 * N);
			[stack, state] = extendTrajectory(stack, state, models[2]);
			expect(stack.R).toBe(3);
			const rows = await state.chains.visible.data();
			expect(rows.slice(50 * N, 100 * N)).toEqual(last);
			expect(rows.slice(100 * N)).toEqual(last);
			expect(state.counted).toEqual([0, 0]);
			[state] = trajectoryTemperingStep(stack, state);
			expect(state.chains.hidden.shape).toEqual([3, 50, M]);
			expect(() => initTempering(models[0], [1], { chains: 2 }, keyFromSeed(1))).toThrow(RangeError);
			disposeTempering(state);
			disposeTrajectory(stack);
			models.forEach(disposeModel);
		}));
});

it('gives the same configurations on a GPU as on the host, two steps of either kind', async () => {
	// Parameters in sixteenths: all sums are exact, so that only a probability within rounding of its uniform number
	// could differ, below 1e-4 for the 400 draws here on another device, and never on the same one twice.
	const models: Rbm[] = [1, 2, 3].map((seed) => {
		const round = (count: number, label: number) =>
			Float64Array.from(gaussians(count, 10 * seed + label), (x) => Math.round(8 * x) / 16);
		return { N: 5, M: 4, weights: round(20, 1), visibleBias: round(5, 2), hiddenBias: round(4, 3) };
	});
	const results: Record<string, (Float32Array | Int32Array)[]> = {};
	for (const backend of ['cpu', 'webgpu'] as const) {
		await use(backend);
		const before = memory().numTensors;
		const onDevice = models.map((of) => makeModel(arraysOf(of)));
		const stack = makeTrajectory(onDevice);
		const key = foldIn(keyFromSeed(18), 1);
		let hot = initTempering(onDevice[0], [0.25, 0.5, 1], { chains: 3 }, key);
		let along = initTrajectoryTempering(stack, 1, { chains: 3 }, key);
		for (let step = 0; step < 2; step++) {
			[hot] = temperingStep(onDevice[0], hot);
			[along] = trajectoryTemperingStep(stack, along);
		}
		const tensors = [hot, along].flatMap(({ chains, record }) => [chains.visible, chains.hidden, record]);
		results[backend] = await Promise.all(
			tensors.map(async (tensor) => (await tensor.data()).slice()) as never[]
		);
		disposeTempering(hot);
		disposeTempering(along);
		disposeTrajectory(stack);
		onDevice.forEach(disposeModel);
		expect(memory().numTensors).toBe(before);
	}
	expect(results.webgpu).toEqual(results.cpu);
});
