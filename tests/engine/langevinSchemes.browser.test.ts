// The steps of every Langevin scheme and closure on every backend: against float64 twins written from theory, and
// against each other however they are taken. What the steps sample is in langevinLaws.browser.test.ts.
import { matMul, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { langevinRun } from '../../src/lib/engine/kernels/langevinRun';
import { langevinScheme } from '../../src/lib/engine/kernels/langevinScheme';
import { malaRun } from '../../src/lib/engine/kernels/malaRun';
import { splittingRun } from '../../src/lib/engine/kernels/splittingRun';
import { disposeMachine, langevinStep, makeMachine } from '../../src/lib/engine/langevin';
import { disposePotential, smoothedPotential, stableStep } from '../../src/lib/engine/langevinPotential';
import {
	disposeDynamics,
	disposeScheme,
	initScheme,
	makeDynamics,
	schemeStep,
	type Scheme
} from '../../src/lib/engine/langevinSchemes';
import { foldIn, keyFromSeed } from '../../src/lib/random/key';
import { fillRow, uniformOf } from '../../src/lib/random/philox';
import { sigmoid } from '../../src/lib/theory/rbm';
import { couplingModes, functionOfCoupling } from '../../src/lib/theory/reciprocal';
import { bothOf, closed, couplingOptions, noiseRow, peek } from './langevinParts';
import { backends, gaussians, misfit, randomRbm, take, use, withoutLeak } from './onBackends';

const beta = 1.2;
const sigma2 = 0.2;
const schemes: readonly Scheme[] = ['euler', 'leimkuhler-matthews', 'mala', 'splitting'];
const key = keyFromSeed(7);

describe.each(backends)('one step on %s', (backend) => {
	beforeAll(() => use(backend));
	const [N, M] = [5, 3];
	const K = N + M;
	const P = 6;
	const rbm = randomRbm(N, M, 3, 0.5);
	// inside (0,1), where all closures are defined
	const z0 = gaussians(P * K, 4, 1).map((x) => sigmoid(x));
	// The device's log and cosine behind the noise are good to some 1e-5 of it (WGSL asks for no more).
	const tolerance = backend === 'webgpu' ? 2e-4 : 1e-5;
	const row = (values: ArrayLike<number>, p: number) =>
		Float64Array.from({ length: K }, (_, k) => values[p * K + k]);

	it.each(closed)('is the drift and noise of theory, %s', (name) =>
		withoutLeak(async () => {
			const { potential, closure } = bothOf(name, rbm, beta, sigma2);
			const z = tensor2d(z0, [P, K]);
			const dt = 0.02;
			const tau = dt / beta;
			const made: Record<string, Float32Array> = {};
			for (const scheme of ['euler', 'leimkuhler-matthews', 'mala'] as const) {
				if (name === 'entropic' && scheme === 'leimkuhler-matthews') continue;
				const dynamics = makeDynamics(potential, scheme, dt);
				let state = initScheme(dynamics, { z }, key);
				[state] = schemeStep(state, dynamics, 1);
				made[scheme] = await peek(state.z);
				if (scheme === 'mala') made.accepted = (await state.accepted!.data<'float32'>()).slice();
				disposeScheme(state);
				disposeDynamics(dynamics);
			}
			const word = new Uint32Array(4);
			const fold = (x: number) => (x < 0 ? -x : x > 1 ? 2 - x : x);
			for (let p = 0; p < P; p++) {
				const here = row(z0, p);
				const slope = closure.gradient(here);
				const now = noiseRow(key, K, p, 0);
				const next = noiseRow(key, K, p, 1);
				const step = (noise: (k: number) => number) =>
					here.map((e, k) => e - tau * slope[k] + Math.sqrt(2 * tau) * noise(k));
				const proposal = step((k) => now[k]);
				const euler = name === 'entropic' ? proposal.map(fold) : proposal;
				expect(misfit(row(made.euler, p), euler, tolerance)).toBeLessThan(1);
				if (made['leimkuhler-matthews']) {
					const averaged = step((k) => (now[k] + next[k]) / 2);
					expect(misfit(row(made['leimkuhler-matthews'], p), averaged, tolerance)).toBeLessThan(1);
				}
				// Metropolis in its definition: densities of the proposal there and back.
				const inside = name !== 'entropic' || proposal.every((e) => e > 0 && e < 1);
				let share = 0;
				if (inside) {
					const back = closure.gradient(proposal);
					let log = closure.potential(here) - closure.potential(proposal);
					for (let k = 0; k < K; k++) {
						const d = proposal[k] - here[k];
						log += ((d + tau * slope[k]) ** 2 - (d - tau * back[k]) ** 2) / (4 * tau);
					}
					share = Math.exp(Math.min(0, log));
				}
				fillRow(word, 1, p, foldIn(key, 4), 0);
				const u = uniformOf(word[0]);
				expect(Math.abs(u - share)).toBeGreaterThan(1e-4); // a fixed seed whose coins are no near miss
				expect(made.accepted[p]).toBe(u < share ? 1 : 0);
				expect(misfit(row(made.mala, p), u < share ? proposal : here, tolerance)).toBeLessThan(1);
			}
			z.dispose();
			disposePotential(potential);
		})
	);

	it.each(closed)('is one of many in a dispatch of LangevinRun, %s', (name) =>
		withoutLeak(async () => {
			const { potential } = bothOf(name, rbm, beta, sigma2);
			const { field, unit } = potential;
			const start = tensor2d(z0, [P, K]);
			// the counter carries into its high word within the run
			const counter = 2 ** 32 - 2;
			for (const averaged of [false, true]) {
				const step = { unit, tau: 0.01, averaged, reflected: name === 'entropic' };
				const whole = await take(langevinRun(start, potential.linear, field, step, 5, { key, counter }));
				let z = start.clone();
				for (let n = 0; n < 5; n++) {
					const linear = matMul(z, potential.linear) as Tensor2D;
					const next = langevinScheme(z, linear, field, step, { key, counter: counter + n });
					linear.dispose();
					z.dispose();
					z = next;
				}
				expect(misfit(whole, await take(z), 1e-4)).toBeLessThan(1);
			}
			start.dispose();
			disposePotential(potential);
		})
	);

	it.each(['smoothed', 'gaussian'] as const)('is the splitting of theory, %s', (name) =>
		withoutLeak(async () => {
			const { potential } = bothOf(name, rbm, beta, sigma2);
			const dt = 0.3;
			const tau = dt / beta;
			const dynamics = makeDynamics(potential, 'splitting', dt);
			const z = tensor2d(z0, [P, K]);
			let state = initScheme(dynamics, { z }, key);
			[state] = schemeStep(state, dynamics, 2);
			const once = await take(state.z);
			const modes = couplingModes(rbm);
			const c = Float64Array.from([...rbm.visibleBias, ...rbm.hiddenBias]);
			const smoothed = name === 'smoothed';
			const lift = (j: number) => 1 / (1 - beta * sigma2 * j);
			const kappa = smoothed ? (j: number) => lift(j) / sigma2 : (j: number) => 4 + beta * j;
			const force = functionOfCoupling(modes, (j) => beta * (smoothed ? lift(j) : 1), c).map((e) =>
				smoothed ? e : e + 2
			);
			const push = (e: number) => (smoothed ? sigmoid((e - 0.5) / sigma2) / sigma2 : 0);
			const kick = (e: number) => e + (tau / 2) * push(e + (tau / 4) * push(e));
			for (let p = 0; p < P; p++) {
				let at = row(z0, p);
				for (const counter of [0, 1]) {
					at = at.map(kick);
					const decayed = functionOfCoupling(modes, (j) => Math.exp(-kappa(j) * tau), at);
					const shift = functionOfCoupling(modes, (j) => -Math.expm1(-kappa(j) * tau) / kappa(j), force);
					const spread = functionOfCoupling(
						modes,
						(j) => Math.sqrt(-Math.expm1(-2 * kappa(j) * tau) / kappa(j)),
						noiseRow(key, K, p, counter)
					);
					at = at.map((_, k) => kick(decayed[k] + shift[k] + spread[k]));
				}
				expect(misfit(row(once, p), at, 2 * tolerance)).toBeLessThan(1);
			}
			z.dispose();
			disposeDynamics(dynamics);
			disposePotential(potential);
		})
	);
});

// Steps one by one on cpu, against the same call elsewhere and against the kernels that take all steps at once.
describe('five steps are the same everywhere', () => {
	const [N, M] = [5, 4];
	const K = N + M;
	const P = 7;
	const rbm = randomRbm(N, M, 13, 0.5);
	const z0 = gaussians(P * K, 14, 1).map((x) => sigmoid(x));
	const cases = closed.flatMap((name) =>
		schemes
			.filter((scheme) => name !== 'entropic' || scheme === 'mala' || scheme === 'euler')
			.map((scheme) => ({ name, scheme }))
	);

	async function five({ name, scheme }: (typeof cases)[number]) {
		const { potential } = bothOf(name, rbm, beta, sigma2);
		const dynamics = makeDynamics(potential, scheme, 0.3 * stableStep(potential));
		const z = tensor2d(z0, [P, K]);
		let state = initScheme(dynamics, { z }, key);
		[state] = schemeStep(state, dynamics, 5);
		const stepped = await peek(state.z);
		const taken = state.accepted ? (await state.accepted.data<'float32'>()).slice() : new Float32Array(P);
		disposeScheme(state);
		const draw = { key: foldIn(key, 2), counter: 0 };
		const tau = dynamics.dt / beta;
		const { unit, linear, field } = potential;
		let atOnce: Float32Array = stepped;
		let takenAtOnce: Float32Array = taken;
		if (scheme === 'mala') {
			const [end, count] = malaRun(z, linear, field, { unit, tau, coin: foldIn(key, 4) }, 5, draw);
			[atOnce, takenAtOnce] = [(await take(end)) as Float32Array, (await take(count)) as Float32Array];
		} else if (scheme === 'splitting') {
			const end = splittingRun(z, dynamics.splitting!, { unit, tau: tau / 2 }, 5, draw);
			atOnce = (await take(end)) as Float32Array;
		}
		z.dispose();
		disposeDynamics(dynamics);
		disposePotential(potential);
		return { stepped, taken, atOnce, takenAtOnce };
	}

	const reference = new Map<string, Awaited<ReturnType<typeof five>>>();
	beforeAll(async () => {
		await use('cpu');
		for (const each of cases) reference.set(`${each.name} ${each.scheme}`, await five(each));
		// some proposals are taken and some are not, or equal counts would say little
		const shares = closed.flatMap((name) => [...reference.get(`${name} mala`)!.taken]);
		expect(Math.max(...shares)).toBeGreaterThan(2);
		expect(Math.min(...shares)).toBeLessThan(5);
	});

	describe.each(backends)('%s', (backend) => {
		beforeAll(() => use(backend));
		it.each(cases)('$name $scheme', (each) =>
			withoutLeak(async () => {
				const { stepped, taken } = reference.get(`${each.name} ${each.scheme}`)!;
				const here = await five(each);
				const tolerance = backend === 'webgpu' ? 5e-3 : 1e-4;
				expect(misfit(here.stepped, stepped, tolerance)).toBeLessThan(1);
				expect(misfit(here.atOnce, stepped, tolerance)).toBeLessThan(1);
				expect([...here.taken]).toEqual([...taken]);
				expect([...here.takenAtOnce]).toEqual([...taken]);
			})
		);
	});
});

it.each([
	[1, 1],
	[13, 6],
	[40, 24],
	[40, 25],
	[180, 76],
	[180, 77]
])('agrees with cpu at and past the largest run in one call, %i+%i units', async (N, M) => {
	const [K, P] = [N + M, 11];
	const rbm = randomRbm(N, M, 15, K < 100 ? 0.1 : 0.05);
	const options = couplingOptions(rbm, beta);
	const ends = new Map<string, Float32Array>();
	// The largest run is of 64 units on WebGPU, in software too slow for many more, and of 256 on wasm.
	for (const backend of K < 100 ? backends : (['cpu', 'wasm'] as const)) {
		await use(backend);
		const check = (name: string, end: Float32Array): void => {
			if (backend === 'cpu') ends.set(name, end);
			else expect(misfit(end, ends.get(name)!, backend === 'wasm' ? 1e-4 : 5e-3)).toBeLessThan(1);
		};
		const potential = smoothedPotential(options, sigma2);
		const start = gaussians(P * K, 16);
		for (const scheme of schemes) {
			const dynamics = makeDynamics(potential, scheme);
			const z = tensor2d(start, [P, K]);
			let state = initScheme(dynamics, { z }, key);
			z.dispose();
			[state] = schemeStep(state, dynamics, 3);
			check(scheme, await peek(state.z));
			disposeScheme(state);
			disposeDynamics(dynamics);
		}
		disposePotential(potential);
		const machine = makeMachine({ ...options, modes: Math.min(N, M), sigma2 });
		const z = tensor2d(start, [P, K]);
		const [stepped] = langevinStep({ z, key, step: 2 ** 32 - 2, time: 0 }, machine, 5);
		check('langevinStep', (await take(stepped.z)) as Float32Array);
		disposeMachine(machine);
	}
});
