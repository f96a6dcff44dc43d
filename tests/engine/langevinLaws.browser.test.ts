// What the Langevin schemes sample: closed forms of the harmonic closure, weak orders, exact laws of small RBMs. False
// alarms: variances within 5.5 standard errors (4e-8 each), total variation as patterns.ts has it (1e-7 each); fixed
// seeds.
import { tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { decode, disposeMachine, langevinStep, makeMachine } from '../../src/lib/engine/langevin';
import { inModes } from '../../src/lib/engine/langevinModes';
import { disposePotential, smoothedPotential, stableStep } from '../../src/lib/engine/langevinPotential';
import {
	disposeDynamics,
	disposeScheme,
	initScheme,
	makeDynamics,
	readAcceptance,
	schemeStep,
	type Scheme
} from '../../src/lib/engine/langevinSchemes';
import { foldIn, keyFromSeed } from '../../src/lib/random/key';
import { jointDistribution } from '../../src/lib/theory/enumerateStates';
import { balanced, makeRbm } from '../../src/lib/theory/rbm';
import { excess } from './exactLaws';
import { bothOf, columnMoments, couplingOptions, exactLift, liftedVariances, peek } from './langevinParts';
import { gaussians, misfit, randomRbm, take, use, withoutLeak } from './onBackends';

const beta = 1.2;
const sigma2 = 0.2;
const schemes: readonly Scheme[] = ['euler', 'leimkuhler-matthews', 'mala', 'splitting'];
const key = keyFromSeed(7);

describe('the Langevin schemes on wasm', () => {
	beforeAll(() => use('wasm'));

	it('draws the numbers of the plain Langevin step, and calls of any length are one run', () =>
		withoutLeak(async () => {
			const rbm = randomRbm(4, 3, 8, 0.5);
			const options = couplingOptions(rbm, beta);
			const potential = smoothedPotential(options, sigma2);
			const machine = makeMachine({ ...options, modes: 3, sigma2 });
			expect(stableStep(potential) / 5).toBeCloseTo(machine.dt, 12);
			const z = tensor2d(gaussians(5 * 7, 9), [5, 7]);
			for (const scheme of schemes) {
				const dynamics = makeDynamics(potential, scheme);
				const [whole] = schemeStep(initScheme(dynamics, { z }, key), dynamics, 7);
				let parts = initScheme(dynamics, { z }, key);
				[parts] = schemeStep(parts, dynamics, 3);
				[parts] = schemeStep(parts, dynamics, 4);
				expect(parts.step).toBe(7);
				expect(misfit(await peek(parts.z), await peek(whole.z), 1e-6)).toBeLessThan(1);
				if (scheme === 'euler') {
					const [plain] = langevinStep({ z: z.clone(), key, step: 0, time: 0 }, machine, 7);
					expect(misfit(await peek(whole.z), await take(plain.z), 1e-4)).toBeLessThan(1);
				}
				disposeScheme(whole);
				disposeScheme(parts);
				disposeDynamics(dynamics);
			}
			z.dispose();
			disposePotential(potential);
			disposeMachine(machine);
		}));

	it('refuses what has no meaning', () => {
		const options = couplingOptions(randomRbm(3, 2, 1, 0.5), beta);
		expect(() => smoothedPotential(options, 1 / (beta * options.singularValues[0]))).toThrow(RangeError);
		const { potential } = bothOf('entropic', randomRbm(3, 2, 1, 0.5), beta, sigma2);
		expect(() => makeDynamics(potential, 'splitting')).toThrow(RangeError);
		expect(() => makeDynamics(potential, 'leimkuhler-matthews')).toThrow(RangeError);
		expect(() => makeDynamics(potential, 'euler', 0)).toThrow(RangeError);
		const dynamics = makeDynamics(potential, 'euler');
		const state = initScheme(dynamics, { particles: 2 }, key);
		expect(() => schemeStep(state, makeDynamics(potential, 'mala'))).toThrow(RangeError);
		disposeScheme(state);
		disposePotential(potential);
	});

	// Variances of 20 000 independent particles in every mode: 1 % standard error each. Euler's bias at this step is up
	// to 43 %, so each line tells the schemes apart.
	it.each(schemes)(
		'has the stationary variance of its closed form in the gaussian closure, %s',
		async (scheme) => {
			const [N, M] = [5, 3];
			const K = N + M;
			const P = 20_000;
			const { potential } = bothOf('gaussian', randomRbm(N, M, 3, 0.5), beta, sigma2);
			const dynamics = makeDynamics(potential, scheme, 0.3 * stableStep(potential));
			const tau = dynamics.dt / beta;
			const slowest = Math.min(...potential.modes.values);
			let state = initScheme(dynamics, { particles: P }, key);
			// e^{−8} of the start's mean is left; of its variance, e^{−16}
			const steps = Math.ceil((8 / (slowest * tau)) * (scheme === 'mala' ? 2 : 1));
			[state] = schemeStep(state, dynamics, steps);
			const moments = columnMoments(
				await take(inModes(potential.modes, state.z)),
				potential.modes.values.length
			);
			moments.forEach(({ variance }, mode) => {
				const kappa = potential.modes.values[mode];
				const expected = scheme === 'euler' ? 1 / (kappa * (1 - (kappa * tau) / 2)) : 1 / kappa;
				expect(Math.abs(variance / expected - 1)).toBeLessThan(5.5 * Math.sqrt(2 / P));
			});
			const units = columnMoments(await peek(state.z), K);
			expect(units.length).toBe(K);
			if (scheme === 'mala') {
				const { rate, error } = await readAcceptance(state);
				expect(rate).toBeGreaterThan(0.3);
				expect(rate).toBeLessThan(1);
				expect(error).toBeLessThan(0.01);
			}
			disposeScheme(state);
			disposeDynamics(dynamics);
			disposePotential(potential);
		}
	);

	// MALA started from exact samples: the decoded law, and the variance of every mode of z itself, which sees far more
	// of a step's bias than the decoded bits do.
	describe('in the exact law of a 6×4 RBM', () => {
		const [N, M] = [6, 4];
		const K = N + M;
		const P = 20_000;
		const rbm = randomRbm(N, M, 5, 0.7);
		const law = jointDistribution(rbm, beta);
		const columns = Array.from({ length: K }, (_, k) => k);

		/** Worst |variance − exact| over its own standard error, and the decoded law's distance over its bound. */
		async function after(scheme: Scheme, steps: number) {
			const options = couplingOptions(rbm, beta);
			const potential = smoothedPotential(options, sigma2);
			const machine = makeMachine({ ...options, modes: options.singularValues.length, sigma2 });
			const dynamics = makeDynamics(potential, scheme, 0.5 * stableStep(potential));
			const z = tensor2d(exactLift(rbm, beta, sigma2, P, 60 + steps), [P, K]);
			let state = initScheme(dynamics, { z }, foldIn(key, steps));
			z.dispose();
			[state] = schemeStep(state, dynamics, steps);
			const law10 = excess(await take(decode(state, machine)), K, columns, law);
			const coordinates = await take(inModes(potential.modes, state.z));
			const vectors = await peek(potential.modes.vectors);
			const n = potential.modes.values.length;
			const exact = liftedVariances(rbm, beta, sigma2, vectors, n);
			const worst = columnMoments(coordinates, n).reduce((most, { mean, variance }, mode) => {
				let fourth = 0;
				for (let p = 0; p < P; p++) fourth += (coordinates[p * n + mode] - mean) ** 4 / P;
				const error = Math.sqrt((fourth - variance ** 2) / P);
				return Math.max(most, Math.abs(variance - exact[mode]) / error);
			}, 0);
			const acceptance = scheme === 'mala' ? (await readAcceptance(state)).rate : NaN;
			disposeScheme(state);
			disposeDynamics(dynamics);
			disposePotential(potential);
			disposeMachine(machine);
			return { law: law10, worst, acceptance };
		}

		it.each([1, 4, 16])('MALA stays, %i steps', async (steps) => {
			const { law, worst, acceptance } = await after('mala', steps);
			expect(law).toBeLessThan(1);
			expect(worst).toBeLessThan(5.5);
			expect(acceptance).toBeGreaterThan(0.5);
			expect(acceptance).toBeLessThan(0.95);
		});

		it('Euler–Maruyama leaves it at the same step, so that the test can fail', async () => {
			const { worst } = await after('euler', 16);
			expect(worst).toBeGreaterThan(20);
		});
	});

	// The 1×1 balanced RBM with W = 2, β = 1, σ² = ¼: relative bias of the stiff mode's stationary variance, from 50 000
	// particles at two times that are independent for it (its rate is above 4): standard error 0.0045 of the variance, so
	// 0.04 in the exponent for Euler–Maruyama and 0.07 for the splitting; 5.5 of them fit into the bounds.
	describe('has its weak order in the smoothed closure', () => {
		const P = 50_000;
		const rbm = balanced(makeRbm({ N: 1, M: 1, weights: [2], visibleBias: [0], hiddenBias: [0] }));

		async function ratio(scheme: Scheme, dt: number): Promise<number> {
			const potential = smoothedPotential(couplingOptions(rbm, 1), 0.25);
			const dynamics = makeDynamics(potential, scheme, dt);
			const z = tensor2d(exactLift(rbm, 1, 0.25, P, 71), [P, 2]);
			let state = initScheme(dynamics, { z }, key);
			z.dispose();
			const [exact] = liftedVariances(rbm, 1, 0.25, await peek(potential.modes.vectors), 2);
			let measured = 0;
			for (let time = 0; time < 2; time++) {
				[state] = schemeStep(state, dynamics, Math.ceil(3 / dt));
				measured += columnMoments(await take(inModes(potential.modes, state.z)), 2)[0].variance / 2;
			}
			disposeScheme(state);
			disposeDynamics(dynamics);
			disposePotential(potential);
			return measured / exact;
		}

		it('one for Euler–Maruyama', async () => {
			// 1 − exact/measured is linear in dt to all orders for a harmonic mode; the variance itself is not.
			const [coarse, fine] = [1 - 1 / (await ratio('euler', 0.1)), 1 - 1 / (await ratio('euler', 0.05))];
			expect(Math.log2(coarse / fine)).toBeGreaterThan(0.75);
			expect(Math.log2(coarse / fine)).toBeLessThan(1.25);
		});

		it('two for the splitting', async () => {
			const [coarse, fine] = [(await ratio('splitting', 0.3)) - 1, (await ratio('splitting', 0.15)) - 1];
			expect(fine).toBeGreaterThan(0.05);
			expect(Math.log2(coarse / fine)).toBeGreaterThan(1.5);
			expect(Math.log2(coarse / fine)).toBeLessThan(2.5);
		});

		it('Leimkuhler–Matthews and MALA are right where Euler–Maruyama is wrong by half', async () => {
			expect(await ratio('euler', 0.1)).toBeGreaterThan(1.4);
			// 5.5 standard errors
			expect(Math.abs((await ratio('leimkuhler-matthews', 0.1)) - 1)).toBeLessThan(0.025);
			expect(Math.abs((await ratio('mala', 0.1)) - 1)).toBeLessThan(0.025);
		});
	});

	it('MALA has the law of the entropic closure, walls included; Euler–Maruyama stays within them', async () => {
		const rbm = makeRbm({ N: 1, M: 1, weights: [3], visibleBias: [-1], hiddenBias: [-2] });
		const { potential, closure } = bothOf('entropic', rbm, 1, sigma2);
		// moments by the midpoint rule on 400² points; its density is smooth but for x ln x at the walls
		const grid = 400;
		let [total, mean, square] = [0, 0, 0];
		for (let i = 0; i < grid; i++) {
			for (let j = 0; j < grid; j++) {
				const [x, y] = [(i + 0.5) / grid, (j + 0.5) / grid];
				const weight = Math.exp(-closure.potential(Float64Array.of(x, y)));
				total += weight;
				mean += weight * x;
				square += weight * x * x;
			}
		}
		mean /= total;
		const variance = square / total - mean ** 2;
		const P = 40_000;
		// Between walls one apart the slowest rate is of the order of π²: two units of time leave nothing of the start.
		for (const scheme of ['mala', 'euler'] as const) {
			const dynamics = makeDynamics(potential, scheme, 0.02);
			let state = initScheme(dynamics, { particles: P }, key);
			[state] = schemeStep(state, dynamics, 100);
			const values = await take(state.z.clone());
			expect(values.every((z) => z > 0 && z < 1)).toBe(true);
			if (scheme === 'mala') {
				const [first] = columnMoments(values, 2);
				expect(Math.abs(first.mean - mean)).toBeLessThan(5.5 * Math.sqrt(variance / P));
				// a bounded variable's fourth moment is below its variance's quarter
				expect(Math.abs(first.variance - variance)).toBeLessThan(5.5 * Math.sqrt(variance / 4 / P));
			}
			disposeScheme(state);
			disposeDynamics(dynamics);
		}
		disposePotential(potential);
	});
});
