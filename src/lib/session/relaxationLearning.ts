// Relaxation during learning: a training run on bars and stripes, stopped now and then to ask how slow Gibbs sampling of
// the model has become, what the closures' softest oscillators say, and how fast the persistent chains really mix.
import { matMul, slice, type Tensor2D } from '@tensorflow/tfjs-core';
import { barsAndStripes } from '../data/barsAndStripes';
import { disposeModel, initialModel, makeModel, readModel } from '../engine/model';
import { dataMeans, disposeData, uploadData } from '../engine/packed';
import { disposeTraining, initTraining, trainStep, type TrainConfig, type TrainState } from '../engine/train';
import { foldIn, keyFromSeed, type Key } from '../random/key';
import { averageLogLikelihood, lnZ } from '../theory/enumerate';
import { entropicClosure } from '../theory/closures/entropic';
import { exactCovariance } from '../theory/closures/exactCovariance';
import { tapClosure } from '../theory/closures/tap';
import type { Closure } from '../theory/closures/closure';
import { symEigen } from '../theory/linalg';
import { makeRbm, type Rbm } from '../theory/rbm';
import { couplingModes } from '../theory/reciprocal';
import { laggedProducts, relaxationTime, type RelaxationTime } from '../theory/relaxationTime';
import { gibbsSampler, leadingColumns, readColumns } from './relaxationGibbs';
import { measure } from './relaxationMeasure';
import { startsExactly, stationaryStates } from './relaxationStart';
import type { LearningRecord } from './protocolRelaxation';
import type { LearningSpec } from '../scene/learning';

/** Children of a run's key. */
const MODEL = 1;
const TRAINING = 2;
const MEASURE = 3;

/** Modes whose memory is looked at; the slowest counts. */
const MODES = 3;
const CHAINS = 2048;
const GIBBS_BUDGET = 1.2e8;
/** Gradient steps during which the persistent chains are followed at a record, and the longest lag among them. */
const WATCHED = 64;
const WATCH_LAGS = 40;

/** Steps at which a run is looked at: the start, then ever further apart, the end. */
export function recordSteps({ steps, records }: LearningSpec): number[] {
	const first = 250;
	const out = Array.from({ length: records - 1 }, (_, k) =>
		Math.round(first * (steps / first) ** (k / (records - 2)))
	);
	return [...new Set([0, ...out])];
}

/**
 * Trains and measures; records come through `hear`. Deterministic in the spec.
 * @param pause awaited between pieces of work; it may throw to cancel
 */
export async function runLearning(
	spec: LearningSpec,
	hear: (record: LearningRecord) => void,
	pause: () => Promise<void>
): Promise<void> {
	const { train } = barsAndStripes({ kind: 'bars-and-stripes', side: spec.side });
	const { beta } = spec;
	const root = keyFromSeed(spec.seed);
	const data = uploadData(train);
	const config: TrainConfig = {
		algorithm: 'pcd',
		k: spec.k,
		gradient: 'centred',
		learningRate: spec.learningRate,
		momentum: 0,
		weightDecay: 0,
		batchSize: train.count,
		chains: spec.chains,
		beta
	};
	const sizes = { N: train.units, M: spec.hidden, weightScale: spec.weightScale, beta };
	const model = initialModel({ ...sizes, visibleMeans: dataMeans(train) }, foldIn(root, MODEL));
	let state = initTraining(config, data, model, foldIn(root, TRAINING));
	try {
		let step = 0;
		for (const at of recordSteps(spec)) {
			while (step < at) {
				[state] = trainStep(state);
				step++;
				await pause();
			}
			const looked = step;
			const arrays = await readModel(state.model);
			const rbm = makeRbm(arrays);
			const gibbs = await gibbsTime(rbm, beta, foldIn(foldIn(root, MEASURE), at), pause);
			const followed = await followChains(state, rbm, pause);
			state = followed.state;
			step += WATCHED;
			const closures = softFrequencies(rbm, beta);
			const { singularValues } = couplingModes(rbm);
			const z = lnZ(rbm, beta);
			hear({
				step: looked,
				singularValues: Array.from(singularValues.slice(0, 6)),
				...closures,
				gibbs: short(gibbs),
				chains: followed.time && short(followed.time),
				logLikelihood: averageLogLikelihood(rbm, beta, train, z)
			});
			await pause();
		}
	} finally {
		disposeTraining(state);
		disposeData(data);
	}
}

const short = ({ tau, low, high, decayed }: RelaxationTime) => ({ tau, low, high, decayed });

/** The slowest of the leading modes under block Gibbs with the weights held. */
async function gibbsTime(
	rbm: Rbm,
	beta: number,
	key: Key,
	pause: () => Promise<void>
): Promise<RelaxationTime> {
	const model = makeModel({
		N: rbm.N,
		M: rbm.M,
		weights: Float32Array.from(rbm.weights),
		visibleBias: Float32Array.from(rbm.visibleBias),
		hiddenBias: Float32Array.from(rbm.hiddenBias)
	});
	try {
		const states = await stationaryStates(rbm, model, beta, CHAINS, key, pause);
		const sampler = gibbsSampler({
			rbm,
			model,
			beta,
			states,
			key,
			modes: Math.min(MODES, rbm.N, rbm.M),
			balanced: false,
			start: startsExactly(rbm) ? 'exact' : 'burn-in',
			budget: Math.floor(GIBBS_BUDGET / CHAINS / (rbm.N + rbm.M))
		});
		states.dispose();
		try {
			const { times } = await measure(sampler, pause);
			return times.reduce((a, b) => (b.tau > a.tau ? b : a));
		} finally {
			sampler.dispose();
		}
	} finally {
		disposeModel(model);
	}
}

/**
 * How long the persistent chains remember the leading modes while learning goes on, in gradient steps (k sweeps each):
 * slower than Gibbs at held weights where the chains lag, faster where moving weights carry them along.
 */
async function followChains(
	start: TrainState,
	rbm: Rbm,
	pause: () => Promise<void>
): Promise<{ state: TrainState; time: RelaxationTime | null }> {
	const modes = Math.min(MODES, rbm.N, rbm.M);
	const columns = leadingColumns(rbm, modes);
	const records: Float32Array[][] = [];
	let state = start;
	try {
		for (let n = 0; n < WATCHED; n++) {
			[state] = trainStep(state);
			const visible = state.chains!.visible;
			const rows = slice(visible, [0, 0], visible.shape) as Tensor2D;
			records.push(await readColumns(matMul(rows, columns) as Tensor2D));
			rows.dispose();
			await pause();
		}
	} finally {
		columns.dispose();
	}
	const times = Float64Array.from({ length: WATCH_LAGS + 1 }, (_, k) => k);
	const found = Array.from({ length: modes }, (_, mode) =>
		relaxationTime({
			times,
			blocks: laggedProducts(
				records.map((r) => r[mode]),
				WATCH_LAGS
			)
		})
	);
	return { state, time: found.reduce((a, b) => (b.tau > a.tau ? b : a)) };
}

/** ω = κ/2 of the softest mode in four closures; negative: the gaussian closure past its threshold. */
function softFrequencies(rbm: Rbm, beta: number) {
	const { singularValues } = couplingModes(rbm);
	const softest = (closure: Closure) => {
		const [mode] = closure.minima().length ? closure.modes() : [];
		return mode ? mode.frequency : NaN;
	};
	const n = rbm.N + rbm.M;
	const { covariance } = exactCovariance(rbm, beta);
	return {
		gaussian: (4 - beta * singularValues[0]) / 2,
		entropic: softest(entropicClosure(rbm, beta)),
		tap: softest(tapClosure(rbm, beta)),
		fitted: 1 / symEigen(n, covariance).values[n - 1] / 2
	};
}
