// Auxiliary-Gaussian Gibbs against the exact joint law of a 6×4 RBM (2¹⁰ states). Bound: total variation that
// independent samples exceed once in 10⁷ (patterns.ts), inside four Monte-Carlo floors; fixed seeds.
import { tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { auxiliarySweep, disposeAuxiliary, initAuxiliary } from '../../src/lib/engine/auxiliaryGibbs';
import { disposeMachine, makeMachine, type LangevinMachine } from '../../src/lib/engine/machine';
import { foldIn, keyFromSeed } from '../../src/lib/random/key';
import { jointDistribution } from '../../src/lib/theory/enumerateStates';
import { drawGivenState, makeLift } from '../../src/lib/theory/lift';
import { drawStates, excess } from './exactLaws';
import { couplingOptions, noiseRow } from './langevinParts';
import { backends, coins, misfit, randomRbm, take, use, withoutLeak } from './onBackends';
import { exceededByChance, monteCarloFloor } from './patterns';

const [N, M] = [6, 4];
const K = N + M;
const beta = 1.2;
const sigma2 = 0.2;
const rbm = randomRbm(N, M, 5, 0.7);
const law = jointDistribution(rbm, beta);
const columns = Array.from({ length: K }, (_, k) => k);
const key = keyFromSeed(21);

function machineOf(): LangevinMachine {
	const options = couplingOptions(rbm, beta);
	return makeMachine({ ...options, modes: options.singularValues.length, sigma2 });
}

describe.each(backends)('auxiliary Gibbs on %s', (backend) => {
	beforeAll(() => use(backend));

	it('lifts as theory does, and leaves no tensor behind', () =>
		withoutLeak(async () => {
			const machine = machineOf();
			const rows = coins(3 * K, 22);
			const states = tensor2d(rows, [3, K]);
			let state = initAuxiliary(machine, 3, key, states);
			states.dispose();
			[state] = auxiliarySweep(state, machine, 1);
			const z = (await state.z!.data<'float32'>()).slice();
			const lift = makeLift(rbm, beta, sigma2);
			for (let p = 0; p < 3; p++) {
				const noise = noiseRow(key, K, p, 0);
				const from = Float64Array.from(rows.subarray(p * K, (p + 1) * K));
				const expected = drawGivenState(lift, from, noise);
				const tolerance = backend === 'webgpu' ? 1e-3 : 1e-5;
				expect(misfit(z.subarray(p * K, (p + 1) * K), expected, tolerance)).toBeLessThan(1);
			}
			[state] = auxiliarySweep(state, machine, 3);
			expect(state.sweep).toBe(4);
			expect((await state.states.data()).every((bit) => bit === 0 || bit === 1)).toBe(true);
			disposeAuxiliary(state);
			disposeMachine(machine);
		}));
});

describe('the law of auxiliary Gibbs on wasm', () => {
	const chains = 20_000;
	beforeAll(() => use('wasm'));

	it('has a yardstick inside four floors', () => {
		expect(exceededByChance(law, chains)).toBeLessThan(4 * monteCarloFloor(law, chains));
	});

	it.each([1, 4, 16])('stays exact, %i sweeps', async (sweeps) => {
		const machine = machineOf();
		const states = tensor2d(drawStates(law, chains, 30 + sweeps), [chains, K]);
		let state = initAuxiliary(machine, chains, foldIn(key, sweeps), states);
		states.dispose();
		[state] = auxiliarySweep(state, machine, sweeps);
		const rows = await take(state.states);
		state.z!.dispose();
		expect(excess(rows, K, columns, law)).toBeLessThan(1);
		disposeMachine(machine);
	});

	it('gets there from fair coins, which are far', async () => {
		const machine = machineOf();
		let state = initAuxiliary(machine, chains, foldIn(key, 99));
		expect(excess((await state.states.data()).slice(), K, columns, law)).toBeGreaterThan(1);
		// A sweep leaves bV/(bV+σ²) of a mode whose units have the variance V, b = 1+βσ²λ: below 0.8 here (V < 0.4,
		// b < 1.71), and of the start 2e-10 after a hundred.
		[state] = auxiliarySweep(state, machine, 100);
		expect(excess((await state.states.data()).slice(), K, columns, law)).toBeLessThan(1);
		disposeAuxiliary(state);
		disposeMachine(machine);
	});

	it('refuses chains that do not fit', () => {
		const machine = machineOf();
		expect(() => initAuxiliary(machine, 0, key)).toThrow(RangeError);
		const states = tensor2d(coins(2 * K, 1), [2, K]);
		expect(() => initAuxiliary(machine, 3, key, states)).toThrow(RangeError);
		states.dispose();
		const state = initAuxiliary(machine, 1, key);
		expect(() => auxiliarySweep(state, machine, 0)).toThrow(RangeError);
		disposeAuxiliary(state);
		disposeMachine(machine);
	});
});
