// Langevin dynamics as a sampler whose relaxation is measured: in the exact lift by the splitting scheme, in the
// Gaussian closures by their exact flow, in the entropic one by Euler's scheme between its mirrors.
import { add, matMul, reshape, tensor2d, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import { gaussianNoise } from '../engine/kernels/gaussianNoise';
import { disposeMachine, lift, makeMachine } from '../engine/langevin';
import { functionMatrix } from '../engine/langevinModes';
import {
	disposePotential,
	entropicPotential,
	fittedPotential,
	gaussianPotential,
	smoothedPotential,
	type CouplingOptions,
	type EffectivePotential
} from '../engine/langevinPotential';
import {
	disposeDynamics,
	disposeScheme,
	initScheme,
	makeDynamics,
	schemeStep,
	type Scheme,
	type SchemeState
} from '../engine/langevinSchemes';
import { foldIn, type Key } from '../random/key';
import { exactCovariance } from '../theory/closures/exactCovariance';
import { symEigen } from '../theory/linalg';
import type { Rbm } from '../theory/rbm';
import { couplingModes } from '../theory/reciprocal';
import { liftInForce } from '../theory/relaxationPredictions';
import { readColumns } from './relaxationGibbs';
import { softModes } from './relaxationGlauber';
import type { Recorded, Sampler } from './relaxationMeasure';

/** Children of a point's key. */
const LIFT = 21;
const START = 22;
const STEPS = 23;

/**
 * Step of the splitting in units of βσ², or of β times the geometric mean of σ² and `BROAD` where σ² is larger. Its bias
 * is of second order; measured against the Fokker–Planck rates of 1×1 machines it is about 1 % or less.
 */
const SPLITTING_STEP = 0.1;
const BROAD = 0.15;
/** Step of Euler's scheme in the entropic closure, in units of β: mirrors make free diffusion exact, the drift is small. */
const ENTROPIC_STEP = 0.004;
/** Time of burn-in in the entropic closure, in units of β: some ten times its relaxation within a well. */
const ENTROPIC_BURN_IN = 1.6;
/** The flow of a Gaussian closure is exact at any step: one of these, in units of the top mode's time. */
const GAUSSIAN_STEP = 1 / 4;
/** Nearer than this to βλ = 4 a mode of the gaussian closure is flat but for rounding. */
const FLAT = 1e-6;
/** Unit updates that a point may cost, all particles together: some seconds on wasm. */
const BUDGET = 1.2e8;

export interface LangevinOptions {
	readonly rbm: Rbm;
	readonly beta: number;
	readonly particles: number;
	readonly key: Key;
	readonly modes: number;
	readonly balanced: boolean;
	readonly pause: () => Promise<void>;
}

function couplingOptions(rbm: Rbm, beta: number): CouplingOptions {
	const { N, M, visibleBias, hiddenBias } = rbm;
	const { u, v, singularValues } = couplingModes(rbm);
	return { N, M, u, v, singularValues, visibleBias, hiddenBias, beta };
}

interface Prepared {
	readonly options: LangevinOptions;
	readonly potential: EffectivePotential;
	readonly scheme: Scheme;
	readonly dt: number;
	/** [P, K]; consumed */
	readonly z: Tensor2D | null;
	readonly sigma2: number | null;
	/** ticks between records to begin with */
	readonly interval: number;
	readonly start: Sampler['start'];
}

function samplerOf(prepared: Prepared): Sampler & { advance(ticks: number): void } {
	const { options, potential, scheme, dt, z, sigma2, interval, start } = prepared;
	const { rbm, particles, key, modes, balanced } = options;
	const K = rbm.N + rbm.M;
	const shapes = softModes(rbm, modes);
	const dynamics = makeDynamics(potential, scheme, dt);
	let state: SchemeState = initScheme(dynamics, z ? { z } : { particles }, foldIn(key, STEPS));
	z?.dispose();
	const columns = tensor2d(
		Float32Array.from({ length: K * modes }, (_, at) => shapes[at % modes][Math.floor(at / modes)]),
		[K, modes]
	);
	return {
		tick: dt,
		unit: 'Langevin time',
		means: balanced ? shapes.map((s) => s.reduce((sum, e) => sum + e / 2, 0)) : null,
		start,
		sigma2,
		dt,
		interval,
		budget: Math.max(64, Math.floor(BUDGET / particles / K)),
		advance(ticks) {
			[state] = schemeStep(state, dynamics, ticks);
		},
		async record(): Promise<Recorded> {
			return { coordinates: await readColumns(matMul(state.z, columns) as Tensor2D), ahead: null };
		},
		dispose() {
			disposeScheme(state);
			disposeDynamics(dynamics);
			disposePotential(potential);
			columns.dispose();
		}
	};
}

/**
 * Langevin in the exact lift, particles lifted exactly from given states of the RBM [particles, N+M] (the caller's).
 * @param wish σ² asked for; 0.9/(βλ_max) where that is less
 */
export function smoothedSampler(
	options: LangevinOptions,
	wish: number,
	states: Tensor2D,
	start: Sampler['start']
): Sampler {
	const { rbm, beta, key } = options;
	const coupling = couplingOptions(rbm, beta);
	const lambda = coupling.singularValues[0];
	const sigma2 = liftInForce(wish, beta * lambda);
	const machine = makeMachine({ ...coupling, modes: coupling.singularValues.length, sigma2 });
	const z = lift(machine, states, foldIn(key, LIFT), 0);
	disposeMachine(machine);
	const dt = SPLITTING_STEP * beta * Math.sqrt(sigma2 * Math.min(sigma2, BROAD));
	const b = 1 + beta * sigma2 * lambda;
	const expected = beta * ((b * b) / Math.max(1, 4 - beta * lambda) + sigma2 * b);
	return samplerOf({
		options,
		potential: smoothedPotential(coupling, sigma2),
		scheme: 'splitting',
		dt,
		z,
		sigma2,
		interval: expected / 4 / dt,
		start
	});
}

/**
 * Langevin in the gaussian closure, or in the fitted one with the exact covariance: Ornstein–Uhlenbeck processes, started
 * in their own stationary law and moved by their exact flow.
 * @throws RangeError where the closure has no stationary law (a mode with βλ ≥ 4) or cannot be fitted
 */
export function gaussianSampler(options: LangevinOptions, closure: 'gaussian' | 'fitted'): Sampler {
	const { rbm, beta, particles, key } = options;
	const coupling = couplingOptions(rbm, beta);
	let potential: EffectivePotential;
	if (closure === 'gaussian') {
		if (!(4 - beta * coupling.singularValues[0] > FLAT))
			throw new RangeError('βλ₁ ≥ 4: the truncated energy falls without end, so nothing is stationary.');
		potential = gaussianPotential(coupling);
	} else {
		const { mean, covariance } = exactCovariance(rbm, beta);
		const { values, vectors } = symEigen(mean.length, covariance);
		potential = fittedPotential({ beta, mean, vectors, variances: values });
	}
	const { modes, field, K } = potential;
	const z = tidy(() => {
		const noise = gaussianNoise(particles, K, { key: foldIn(key, START), counter: 0 });
		// of a fit every direction is a mode, and its curvature 0 elsewhere stands for nothing
		const spread = functionMatrix(modes, (kappa) => (kappa === 0 ? 0 : 1 / Math.sqrt(kappa)));
		const centre = matMul(
			reshape(field, [1, K]) as Tensor2D,
			functionMatrix(modes, (kappa) => (kappa === 0 ? 0 : 1 / kappa))
		);
		return add(matMul(noise, spread), centre) as Tensor2D;
	});
	const softest = modes.values.reduce((a, b) => Math.min(a, b));
	const dt = (GAUSSIAN_STEP * beta) / softest;
	return samplerOf({
		options,
		potential,
		scheme: 'splitting',
		dt,
		z,
		sigma2: null,
		interval: 1,
		start: 'exact'
	});
}

/** Langevin in the entropic closure, between mirrors at 0 and 1, after a burn-in from everywhere alike. */
export async function entropicSampler(options: LangevinOptions): Promise<Sampler> {
	const { rbm, beta, pause } = options;
	const dt = ENTROPIC_STEP * beta;
	const sampler = samplerOf({
		options,
		potential: entropicPotential(couplingOptions(rbm, beta)),
		scheme: 'euler',
		dt,
		z: null,
		sigma2: null,
		interval: 5,
		start: 'burn-in'
	});
	for (let steps = 0; steps < ENTROPIC_BURN_IN / ENTROPIC_STEP; steps += 50) {
		sampler.advance(50);
		await pause();
	}
	return sampler;
}

/** What turns w of the lift into w of the units: a factor 1+βσ²λ, so that time counts (1+βσ²λ)² as much (theory §5). */
export function liftStretch(beta: number, sigma2: number, lambda: number): number {
	return (1 + beta * sigma2 * lambda) ** 2;
}
