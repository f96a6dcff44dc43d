// One point of a study from start to rows: its machine, its chains in the stationary law, the measurement.
import { disposeModel, makeModel, type ModelArrays } from '../engine/model';
import type { Study } from '../scene/study';
import type { Rbm } from '../theory/rbm';
import { couplingModes } from '../theory/reciprocal';
import { gibbsSampler } from './relaxationGibbs';
import { glauberSampler } from './relaxationGlauber';
import {
	entropicSampler,
	gaussianSampler,
	liftStretch,
	smoothedSampler,
	type LangevinOptions
} from './relaxationLangevin';
import { measure, type Sampler } from './relaxationMeasure';
import { machineAt, pointKey } from './relaxationPlan';
import { startsExactly, stationaryStates } from './relaxationStart';
import { tapSampler } from './relaxationTap';
import type { GivenMachine, Point, Row } from './protocolRelaxation';

/** Modes followed, at most. */
const MODES = 2;
/** Unit updates of Gibbs and of Glauber that a point may cost. */
const GIBBS_BUDGET = 4e8;
const GLAUBER_BUDGET = 4e7;
/** Chains of Glauber dynamics at most: it is plain code. */
const GLAUBER_CHAINS = 8192;

export const arraysOf = (rbm: Rbm): ModelArrays => ({
	N: rbm.N,
	M: rbm.M,
	weights: Float32Array.from(rbm.weights),
	visibleBias: Float32Array.from(rbm.visibleBias),
	hiddenBias: Float32Array.from(rbm.hiddenBias)
});

/** Whether flipping every unit of the machine changes nothing, to float32. */
function isBalanced({ N, M, weights, visibleBias, hiddenBias }: Rbm): boolean {
	for (let i = 0; i < N; i++) {
		let sum = 2 * visibleBias[i];
		for (let j = 0; j < M; j++) sum += weights[i * M + j];
		if (Math.abs(sum) > 1e-9) return false;
	}
	for (let j = 0; j < M; j++) {
		let sum = 2 * hiddenBias[j];
		for (let i = 0; i < N; i++) sum += weights[i * M + j];
		if (Math.abs(sum) > 1e-9) return false;
	}
	return true;
}

/**
 * Measures one point on the current backend; one row for each followed mode.
 * @param pause awaited between records; it may throw to cancel
 * @throws RangeError, with a sentence, where this dynamics has nothing to measure
 */
export async function measurePoint(
	study: Study,
	point: Point,
	given: GivenMachine | null,
	pause: () => Promise<void>
): Promise<Row[]> {
	const began = performance.now();
	const { rbm, beta } = machineAt(study, point.strength, point.N, point.M, given);
	const { singularValues } = couplingModes(rbm);
	const modes = Math.min(MODES, singularValues.length);
	const sampler = await samplerFor(study, point, rbm, beta, modes, pause);
	try {
		const found = await measure(sampler, pause);
		const seconds = (performance.now() - began) / 1000;
		return found.times.map((time, mode): Row => ({
			...point,
			chains: found.chains,
			mode,
			lambda: singularValues[mode],
			beta,
			sigma2: sampler.sigma2,
			tau: time.tau,
			low: time.low,
			high: time.high,
			error: time.error,
			unit: sampler.unit,
			toCommon: toCommonClock(sampler, beta, singularValues[mode]),
			variance: time.variance,
			varianceError: time.varianceError,
			times: Array.from(found.lags),
			rho: Array.from(time.rho),
			rhoError: Array.from(time.rhoError),
			window: time.window,
			records: found.records,
			interval: found.interval,
			dt: sampler.dt,
			start: sampler.start,
			decayed: time.decayed,
			seconds
		}));
	} finally {
		sampler.dispose();
	}
}

/**
 * What turns a dynamics' own time into the clock on which every linear law is 1/ε near criticality: a sweep counts 2, an
 * update a unit 1, Langevin time 4/β, in the lift divided by (1+βσ²λ)² because w is stretched by 1+βσ²λ there.
 */
export function toCommonClock(
	{ unit, sigma2 }: Pick<Sampler, 'unit' | 'sigma2'>,
	beta: number,
	lambda: number
): number {
	if (unit === 'sweeps') return 2;
	if (unit === 'updates a unit') return 1;
	return 4 / beta / (sigma2 === null ? 1 : liftStretch(beta, sigma2, lambda));
}

async function samplerFor(
	study: Study,
	point: Point,
	rbm: Rbm,
	beta: number,
	modes: number,
	pause: () => Promise<void>
): Promise<Sampler> {
	const key = pointKey(study, point.id);
	const balanced = isBalanced(rbm);
	const K = rbm.N + rbm.M;
	const langevin: LangevinOptions = { rbm, beta, particles: point.chains, key, modes, balanced, pause };
	switch (point.method) {
		case 'gaussian':
		case 'fitted':
			return gaussianSampler(langevin, point.method);
		case 'entropic':
			return entropicSampler(langevin);
		case 'tap':
			return tapSampler(langevin);
	}
	const start = startsExactly(rbm) ? 'exact' : 'burn-in';
	const chains = point.method === 'glauber' ? Math.min(GLAUBER_CHAINS, point.chains) : point.chains;
	const model = makeModel(arraysOf(rbm));
	let kept = false;
	try {
		const states = await stationaryStates(rbm, model, beta, chains, key, pause);
		try {
			if (point.method === 'smoothed') return smoothedSampler(langevin, point.wish!, states, start);
			if (point.method === 'glauber') {
				const values = (await states.data<'float32'>()).slice();
				return glauberSampler({
					rbm,
					beta,
					states: values,
					key,
					modes,
					balanced,
					start,
					updates: GLAUBER_BUDGET
				});
			}
			const budget = Math.max(64, Math.floor(GIBBS_BUDGET / point.chains / K));
			const sampler = gibbsSampler({ rbm, model, beta, states, key, modes, balanced, start, budget });
			kept = true;
			return { ...sampler, dispose: () => (sampler.dispose(), disposeModel(model)) };
		} finally {
			states.dispose();
		}
	} finally {
		if (!kept) disposeModel(model);
	}
}
