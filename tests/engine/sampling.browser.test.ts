// Samplers against enumeration: block Gibbs and the lifted Langevin dynamics of a 10×8 RBM, from a far start and from
// exact samples. What is compared: the visible marginal (2¹⁰ states) and the joint law of five visible and five
// hidden units (2¹⁰ states); the 2¹⁸ joint states are too many for total variation, and the second marginal sees the
// coupling of the layers. Bound: what independent samples exceed once in 10⁷ (patterns.ts), some 1.6 Monte-Carlo floors,
// where four are allowed; fixed seeds.
import { tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { disposeGibbs, gibbsSweep, initGibbs, visibleProbabilities } from '../../src/lib/engine/gibbs';
import {
	decode,
	disposeLangevin,
	disposeMachine,
	initLangevin,
	langevinStep,
	makeMachine,
	projectModes,
	stableDt,
	type LangevinMachine
} from '../../src/lib/engine/langevin';
import { applyLinear } from '../../src/lib/engine/machine';
import { makeModel, type Model } from '../../src/lib/engine/model';
import { uniforms } from '../../src/lib/random/draw';
import { keyFromSeed } from '../../src/lib/random/key';
import { bitsOf, totalVariation, visibleDistribution } from '../../src/lib/theory/enumerateStates';
import { liftDrift, makeLift, meanGivenState } from '../../src/lib/theory/lift';
import { hiddenGivenVisible, visibleGivenHidden, type Rbm } from '../../src/lib/theory/rbm';
import { couplingModes } from '../../src/lib/theory/reciprocal';
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
import { exceededByChance, histogram, monteCarloFloor } from './patterns';

const beta = 1.2;
const [N, M] = [10, 8];
const rbm = randomRbm(N, M, 4, 0.6);
const visibleColumns = Array.from({ length: N }, (_, i) => i);
const mixedColumns = [0, 2, 4, 6, 8, N, N + 1, N + 3, N + 5, N + 7];

/** Exact laws of the two marginals, in the order of `histogram` (first column the lowest bit). */
function exactLaws() {
	const visible = visibleDistribution(rbm, beta);
	const joint = new Float64Array(2 ** mixedColumns.length);
	visible.forEach((p, index) => {
		const v = bitsOf(index, N);
		const h = hiddenGivenVisible(rbm, beta, v);
		const low = mixedColumns.slice(0, 5).reduce((s, column, bit) => s | (v[column] << bit), 0);
		for (let high = 0; high < 32; high++) {
			const share = mixedColumns.slice(5).reduce((product, column, bit) => {
				return product * ((high >> bit) & 1 ? h[column - N] : 1 - h[column - N]);
			}, p);
			joint[low | (high << 5)] += share;
		}
	});
	return { visible, mixed: joint };
}
const laws = exactLaws();

/** Total variation over the bound for independent samples, the worse of the two marginals; rows [n, N+M]. */
function excess(rows: ArrayLike<number>): number {
	const n = rows.length / (N + M);
	const ratio = (columns: readonly number[], p: Float64Array) =>
		totalVariation(histogram(rows, N + M, columns), p) / exceededByChance(p, n);
	return Math.max(ratio(visibleColumns, laws.visible), ratio(mixedColumns, laws.mixed));
}

/** Rows of both layers side by side. */
function joinLayers(visible: ArrayLike<number>, hidden: ArrayLike<number>): Float32Array {
	const count = visible.length / N;
	return Float32Array.from({ length: count * (N + M) }, (_, at) => {
		const [row, column] = [Math.floor(at / (N + M)), at % (N + M)];
		return column < N ? visible[row * N + column] : hidden[row * M + column - N];
	});
}

/** Exact independent samples, by inversion of the visible law and the conditional of the hidden layer. */
function exactSamples(count: number, seed: number): Float32Array {
	const p = visibleDistribution(rbm, beta);
	const u = uniforms(count * (1 + M), keyFromSeed(seed));
	const cumulative = new Float64Array(p.length);
	p.forEach((value, s) => (cumulative[s] = value + (s ? cumulative[s - 1] : 0)));
	const rows = new Float32Array(count * (N + M));
	for (let row = 0; row < count; row++) {
		let [low, high] = [0, p.length - 1];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (cumulative[middle] > u[row * (1 + M)]) high = middle;
			else low = middle + 1;
		}
		const v = bitsOf(low, N);
		rows.set(v, row * (N + M));
		hiddenGivenVisible(rbm, beta, v).forEach((h, j) => {
			rows[row * (N + M) + N + j] = u[row * (1 + M) + 1 + j] < h ? 1 : 0;
		});
	}
	return rows;
}

function machineOf(of: Rbm, sigma2: number, dt?: number): LangevinMachine {
	const { u, v, singularValues } = couplingModes(of);
	const modes = singularValues.length;
	const { N, M, visibleBias, hiddenBias } = of;
	return makeMachine({ N, M, modes, u, v, singularValues, visibleBias, hiddenBias, beta, sigma2, dt });
}

it('has a yardstick inside four floors that exact samples pass and slightly wrong ones fail', () => {
	const n = 40_000;
	for (const p of Object.values(laws)) expect(exceededByChance(p, n)).toBeLessThan(4 * monteCarloFloor(p, n));
	const rows = exactSamples(n, 1);
	expect(excess(rows)).toBeLessThan(1);
	// In every second row one unit is replaced by a fair coin.
	const wrong = rows.slice();
	coins(n, 2).forEach((bit, row) => {
		if (row % 2) wrong[row * (N + M) + (row % N)] = bit;
	});
	expect(excess(wrong)).toBeGreaterThan(1);
});

describe.each(['cpu', 'wasm'] as const)('block Gibbs on %s', (backend) => {
	let model: Model;
	beforeAll(async () => {
		await use(backend);
		model = makeModel(arraysOf(rbm));
	});

	it('reaches the exact law from fair coins', async () => {
		const chains = 5000;
		let state = initGibbs(model, beta, chains, keyFromSeed(11));
		// The slowest mode shrinks by less than 0.6 a sweep here: after 60 sweeps nothing is left of the start, and
		// between samples 20 sweeps apart nothing is left of the one before.
		[state] = gibbsSweep(model, beta, state, 60);
		const rows: number[] = [];
		for (let sample = 0; sample < 10; sample++) {
			[state] = gibbsSweep(model, beta, state, 20);
			const layers = [await state.visible.data(), await state.hidden.data()];
			rows.push(...joinLayers(layers[0], layers[1]));
		}
		disposeGibbs(state);
		expect(excess(rows)).toBeLessThan(1);
	});

	it.each([1, 4, 16])('stays in the exact law, %i sweeps', async (sweeps) => {
		const chains = 40_000;
		const exact = exactSamples(chains, 20 + sweeps);
		const visible = Float32Array.from({ length: chains * N }, (_, at) => {
			return exact[Math.floor(at / N) * (N + M) + (at % N)];
		});
		let state = initGibbs(model, beta, chains, keyFromSeed(12 + sweeps), { visible });
		[state] = gibbsSweep(model, beta, state, sweeps);
		const rows = joinLayers(await state.visible.data(), await state.hidden.data());
		expect(excess(rows)).toBeLessThan(1);
		disposeGibbs(state);
	});

	it('gives the probabilities of the visible layer', () =>
		withoutLeak(async () => {
			const state = initGibbs(model, beta, 7, keyFromSeed(13));
			const p = await take(visibleProbabilities(model, beta, state));
			const hidden = await state.hidden.data();
			const expected = Array.from({ length: 7 }, (_, row) => [
				...visibleGivenHidden(rbm, beta, Float64Array.from(hidden.subarray(row * M, (row + 1) * M)))
			]);
			expect(misfit(p, expected.flat(), 2e-6)).toBeLessThan(1);
			disposeGibbs(state);
		}));
});

describe.each(backends)('the machine on %s', (backend) => {
	beforeAll(() => use(backend));

	it.each([
		[10, 8],
		[3, 7],
		[1, 1]
	])('has the drift of theory and lifts as theory does, %i×%i', (n, m) =>
		withoutLeak(async () => {
			const of = randomRbm(n, m, 30 + n, 0.5);
			const sigma2 = 0.2;
			const machine = machineOf(of, sigma2);
			const lift = makeLift(of, beta, sigma2);
			const z0 = gaussians(5 * (n + m), 31, 1);
			const z = tensor2d(z0, [5, n + m]);
			const linear = await take(applyLinear(machine, z));
			const field = await machine.field.data();
			const drift: number[] = [];
			const expected: number[] = [];
			for (let row = 0; row < 5; row++) {
				const at = Float64Array.from(z0.subarray(row * (n + m), (row + 1) * (n + m)));
				expected.push(...liftDrift(lift, at));
				at.forEach((value, k) => {
					const mean = 1 / (1 + Math.exp((0.5 - value) / sigma2));
					drift.push(field[k] - linear[row * (n + m) + k] - (value - mean) / (beta * sigma2));
				});
			}
			expect(misfit(drift, expected, 1e-5)).toBeLessThan(1);
			z.dispose();

			// The mean of the lift, over many draws from one vertex: standard error of each unit below
			// √(σ²(1+βσ²λ_max)/P), six of them.
			const particles = 4000;
			const vertex = coins(n + m, 32);
			const states = tensor2d(
				Array.from({ length: particles }, () => [...vertex]),
				[particles, n + m]
			);
			const state = initLangevin(machine, { particles, from: 'lift', states }, keyFromSeed(33));
			const lifted = await state.z.data();
			const mean = new Float64Array(n + m);
			lifted.forEach((value, at) => (mean[at % (n + m)] += value / particles));
			const exact = meanGivenState(lift, Float64Array.from(vertex));
			const top = Math.max(...lift.modes.singularValues);
			const error = Math.sqrt((sigma2 * (1 + beta * sigma2 * top)) / particles);
			expect(misfit(mean, exact, 6 * error, 0)).toBeLessThan(1);
			disposeLangevin(state);
			states.dispose();
			disposeMachine(machine);
		})
	);
});

describe('lifted Langevin on wasm', () => {
	const particles = 10_000;
	let machine: LangevinMachine;
	beforeAll(async () => {
		await use('wasm');
		machine = machineOf(rbm, 0.15);
	});

	it('takes a fifth of the stability bound as its time step, and refuses a σ² beyond the bound', () => {
		const top = Math.max(...couplingModes(rbm).singularValues);
		expect(machine.dt).toBeCloseTo(stableDt(beta, 0.15, top) / 5, 12);
		expect(stableDt(beta, 0.15, top)).toBeCloseTo(2 * beta * 0.15 * (1 - beta * 0.15 * top), 12);
		expect(() => machineOf(rbm, 1 / (beta * top))).toThrow(RangeError);
	});

	it('stays in the exact law when it starts there', async () => {
		const states = tensor2d(exactSamples(particles, 41), [particles, N + M]);
		let state = initLangevin(machine, { particles, from: 'lift', states }, keyFromSeed(42));
		states.dispose();
		for (const steps of [0, 1, 15, 64]) {
			if (steps) [state] = langevinStep(state, machine, steps);
			expect(excess(await take(decode(state, machine)))).toBeLessThan(1);
		}
		expect(state.step).toBe(80);
		expect(state.time).toBeCloseTo(80 * machine.dt, 9);
		disposeLangevin(state);
	});

	it.each(['vertices', 'uniform'] as const)('reaches the exact law from %s', async (from) => {
		let state = initLangevin(machine, { particles, from }, keyFromSeed(43));
		expect(excess(await take(decode(state, machine)))).toBeGreaterThan(1);
		// 400 steps are 14.5 units of time, thirty relaxation times of the slowest mode here.
		[state] = langevinStep(state, machine, 400);
		expect(excess(await take(decode(state, machine)))).toBeLessThan(1);
		disposeLangevin(state);
	});

	it('projects particles onto a mode', async () => {
		const state = initLangevin(machine, { particles: 3, from: 'uniform' }, keyFromSeed(44));
		const [u, v] = [gaussians(N, 45), gaussians(M, 46)];
		const projected = await take(projectModes(state, u, v));
		const z = await state.z.data();
		const dot = (a: Float32Array, row: number, from: number) =>
			a.reduce((sum, entry, k) => sum + entry * z[row * (N + M) + from + k], 0);
		const expected = [0, 1, 2].flatMap((row) => [dot(u, row, 0), dot(v, row, N)]);
		expect(misfit(projected, expected, 1e-5)).toBeLessThan(1);
		disposeLangevin(state);
	});
});
