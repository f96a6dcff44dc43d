// Langevin dynamics of any closure by four schemes, as a simulation: makeDynamics(potential, scheme) → dynamics,
// initScheme(dynamics, start, key) → state, schemeStep(state, dynamics, k) → [state, info]; no read-back.
// With harmonic U_eff of curvature κ (of βU) and τ = dt/β the stationary variance of a mode is
//   euler: 1/(κ(1−κτ/2));   leimkuhler-matthews, mala, splitting: 1/κ exactly, at any stable step.
// For smooth potentials the stationary bias is of order dt for euler, dt² for leimkuhler-matthews and splitting, none
// for mala.
// Ownership: `schemeStep` CONSUMES its state, never the dynamics; dynamics do not own their potential.
import { add, matMul, tensor2d, tidy, zeros, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { uniforms } from '$lib/random/draw';
import { foldIn, type Key } from '$lib/random/key';
import { assertBackend } from './backend';
import { gaussianNoise } from './kernels/gaussianNoise';
import { langevinRun, runsWhole } from './kernels/langevinRun';
import { langevinScheme } from './kernels/langevinScheme';
import { malaRun } from './kernels/malaRun';
import { metropolisDecision, selectRows } from './kernels/metropolis';
import { splittingRun } from './kernels/splittingRun';
import { unitFlow, unitFlowAfter } from './kernels/unitFlow';
import { stableStep, type EffectivePotential } from './langevinPotential';
import { disposeSplitting, makeSplitting, type Splitting } from './langevinSplitting';

export type Scheme = 'euler' | 'leimkuhler-matthews' | 'mala' | 'splitting';

export interface Dynamics {
	readonly potential: EffectivePotential;
	readonly scheme: Scheme;
	readonly dt: number;
	/** the exact flow of the linear part; null for the other schemes */
	readonly splitting: Splitting | null;
}

export interface SchemeState {
	/** [P, K], unit coordinates, visible units first */
	readonly z: Tensor2D;
	/** z·L of MALA, which needs it once more; null for the others */
	readonly linear: Tensor2D | null;
	/** proposals that each particle has taken since `initScheme`, [P]; null but for MALA */
	readonly accepted: Tensor1D | null;
	readonly key: Key;
	/** steps done: also the counter of the noise */
	readonly step: number;
	/** time elapsed, sum of dt */
	readonly time: number;
}

export interface SchemeInfo {
	readonly steps: number;
	readonly time: number;
}

/** Fraction of the stability bound that is the default time step. */
const DEFAULT_FRACTION = 1 / 5;

/** Children of a state's key; the noise's is that of langevin.ts, so that both draw the same numbers. */
const START = 1;
const NOISE = 2;
const ACCEPT = 4;

/**
 * A scheme for a potential, which stays the caller's. The entropic closure lives on (0,1)^K with an infinite slope at
 * the walls: `euler` reflects there (its bias then is not that of a smooth potential), `mala` refuses proposals outside
 * and is exact; the other two have no form that keeps their order there.
 * @param dt time step; a fifth of `stableStep` when left out
 * @throws RangeError for a step that is not positive, or a scheme that the entropic closure does not have.
 */
export function makeDynamics(potential: EffectivePotential, scheme: Scheme, dt?: number): Dynamics {
	const step = dt ?? DEFAULT_FRACTION * stableStep(potential);
	if (!(step > 0)) throw new RangeError('A time step is positive.');
	if (potential.unit.kind === 'entropic' && (scheme === 'splitting' || scheme === 'leimkuhler-matthews')) {
		throw new RangeError(
			`The entropic closure ends at walls; ${scheme} has no order there. Use mala or euler.`
		);
	}
	const splitting = scheme === 'splitting' ? makeSplitting(potential, step) : null;
	return { potential, scheme, dt: step, splitting };
}

/** Disposes what the dynamics made; not the potential. */
export function disposeDynamics({ splitting }: Dynamics): void {
	if (splitting) disposeSplitting(splitting);
}

/** Given positions [P, K] (the caller's, copied), or a number of particles uniform in [0,1]^K. */
export type SchemeStart = { readonly z: Tensor2D } | { readonly particles: number };

/** Particles at their start. @throws RangeError for none, or for positions of another number of units. */
export function initScheme(dynamics: Dynamics, start: SchemeStart, key: Key): SchemeState {
	const { K } = dynamics.potential;
	const particles = 'z' in start ? start.z.shape[0] : start.particles;
	if (!(particles >= 1)) throw new RangeError('Langevin dynamics needs at least one particle.');
	if ('z' in start && start.z.shape[1] !== K)
		throw new RangeError('Particles and potential differ in units.');
	const z =
		'z' in start
			? start.z.clone()
			: tensor2d(Float32Array.from(uniforms(particles * K, foldIn(key, START))), [particles, K], 'float32');
	const mala = dynamics.scheme === 'mala';
	return {
		z,
		linear: mala ? matMul(z, dynamics.potential.linear) : null,
		accepted: mala ? zeros([particles]) : null,
		key,
		step: 0,
		time: 0
	};
}

/** `n` ≥ 1 steps, no read-back. Consumes `state`, which must come from `initScheme` of the same scheme. */
export function schemeStep(state: SchemeState, dynamics: Dynamics, n = 1): [SchemeState, SchemeInfo] {
	if (!(n >= 1)) throw new RangeError('A step count is at least 1.');
	if ((state.linear !== null) !== (dynamics.scheme === 'mala')) {
		throw new RangeError('The particles were started for another scheme.');
	}
	const time = n * dynamics.dt;
	const moved = { mala: metropolised, splitting: split, euler: explicit, 'leimkuhler-matthews': explicit };
	const parts = moved[dynamics.scheme](state, dynamics, n);
	const next = { ...state, ...parts, step: state.step + n, time: state.time + time };
	return [next, { steps: n, time }];
}

type Parts = Pick<SchemeState, 'z'> & Partial<SchemeState>;

function explicit(state: SchemeState, { potential, scheme, dt }: Dynamics, n: number): Parts {
	const { unit, beta } = potential;
	const averaged = scheme === 'leimkuhler-matthews';
	const step = { unit, tau: dt / beta, averaged, reflected: unit.kind === 'entropic' };
	const key = foldIn(state.key, NOISE);
	let { z } = state;
	if (runsWhole(potential.K)) {
		const draw = { key, counter: state.step };
		const next = langevinRun(z, potential.linear, potential.field, step, n, draw);
		z.dispose();
		return { z: next };
	}
	for (let i = 0; i < n; i++) {
		const linear = matMul(z, potential.linear) as Tensor2D;
		const next = langevinScheme(z, linear, potential.field, step, { key, counter: state.step + i });
		linear.dispose();
		z.dispose();
		z = next;
	}
	return { z };
}

function metropolised(state: SchemeState, { potential, dt }: Dynamics, n: number): Parts {
	const { unit, field } = potential;
	const tau = dt / potential.beta;
	const step = { unit, tau, averaged: false, reflected: false };
	const [noise, coin] = [foldIn(state.key, NOISE), foldIn(state.key, ACCEPT)];
	let z = state.z;
	let linear = state.linear!;
	let accepted = state.accepted!;
	if (runsWhole(potential.K)) {
		const draw = { key: noise, counter: state.step };
		const [next, taken] = malaRun(z, potential.linear, field, { unit, tau, coin }, n, draw);
		const parts = { z: next, linear: matMul(next, potential.linear), accepted: add(accepted, taken) };
		[z, linear, accepted, taken].forEach((tensor) => tensor.dispose());
		return parts as Parts;
	}
	for (let i = 0; i < n; i++) {
		const counter = state.step + i;
		const old = [z, linear, accepted];
		[z, linear, accepted] = tidy(() => {
			const proposed = langevinScheme(z, linear, field, step, { key: noise, counter });
			const there = { z: proposed, linear: matMul(proposed, potential.linear) as Tensor2D };
			const taken = metropolisDecision({ z, linear }, there, field, { unit, tau }, { key: coin, counter });
			return [
				selectRows(taken, z, proposed),
				selectRows(taken, linear, there.linear),
				add(accepted, taken) as Tensor1D
			] as [Tensor2D, Tensor2D, Tensor1D];
		});
		old.forEach((tensor) => tensor.dispose());
	}
	return { z, linear, accepted };
}

function split(state: SchemeState, { potential, dt, splitting }: Dynamics, n: number): Parts {
	const { decay, spread, shift } = splitting!;
	const flow = { unit: potential.unit, tau: dt / (2 * potential.beta) };
	const key = foldIn(state.key, NOISE);
	if (runsWhole(potential.K)) {
		const z = splittingRun(state.z, splitting!, flow, n, { key, counter: state.step });
		state.z.dispose();
		return { z };
	}
	const [rows, columns] = state.z.shape;
	let z = unitFlow(state.z, { ...flow, repeats: 1 });
	state.z.dispose();
	for (let i = 0; i < n; i++) {
		const next = tidy(() => {
			const noise = gaussianNoise(rows, columns, { key, counter: state.step + i });
			// Between two steps of one call the end of the one and the start of the next are one dispatch.
			const repeats = i < n - 1 ? 2 : 1;
			return unitFlowAfter(matMul(z, decay), matMul(noise, spread), shift, { ...flow, repeats });
		});
		z.dispose();
		z = next;
	}
	return { z };
}

export interface Acceptance {
	/** mean share of proposals taken; NaN before the first step */
	readonly rate: number;
	/** one standard error, from the spread between particles */
	readonly error: number;
}

/** How many of MALA's proposals were taken since `initScheme`: one read-back. @throws RangeError for other schemes. */
export async function readAcceptance(state: SchemeState): Promise<Acceptance> {
	if (!state.accepted) throw new RangeError('Only MALA accepts or refuses.');
	assertBackend();
	const counts = Float64Array.from(await state.accepted.data(), (count) => count / state.step);
	assertBackend();
	const rate = counts.reduce((sum, share) => sum + share, 0) / counts.length;
	const squares = counts.reduce((sum, share) => sum + (share - rate) ** 2, 0);
	return { rate, error: Math.sqrt(squares / (counts.length - 1) / counts.length) };
}

export function disposeScheme(state: SchemeState): void {
	state.z.dispose();
	state.linear?.dispose();
	state.accepted?.dispose();
}
