// The partition function beside the relaxation times: ln Z of the machines of a sweep by enumeration, by annealed
// importance sampling forwards and in reverse, by the oscillators, and by tensor cross interpolation.
import { slice, type Tensor2D } from '@tensorflow/tfjs-core';
import { disposeModel, makeModel } from '../engine/model';
import {
	aisStep,
	baseLogOdds,
	defaultSchedule,
	disposeAis,
	disposePath,
	initAis,
	makePath,
	readLogWeights,
	type AisStart,
	type AnnealingPath
} from '../engine/partition';
import { foldIn, type Key } from '../random/key';
import type { Study } from '../scene/study';
import { lnZ } from '../theory/enumerate';
import { lnZGaussian, lnZLaplace, lnZTap } from '../theory/partition';
import { aisEstimate, baseLnZ, reverseAisEstimate } from '../theory/partitionAis';
import { freeEnergyWeight, tensorCross } from '../theory/tensorCross';
import { machineAt, pointKey } from './relaxationPlan';
import { arraysOf } from './relaxationPoint';
import { stationaryStates } from './relaxationStart';
import type { GivenMachine, PartitionRow } from './protocolRelaxation';

/** Runs and temperatures of AIS: few, so that its failing is seen where it fails. */
const RUNS = 256;
const TEMPERATURES = 200;
/** Smaller layers that are enumerated, and that tensor trains are tried on. */
const EXACT_UNITS = 20;
const TENSOR_UNITS = 20;
const TENSOR_RANK = 24;

const FORWARD = 1;
const REVERSE = 2;

/** ln Z of the study's machine at one strength, by every method that can be had. */
export async function partitionRow(
	study: Study,
	strength: number,
	given: GivenMachine | null,
	pause: () => Promise<void>
): Promise<PartitionRow> {
	const { rbm, beta } = machineAt(study, strength, study.N, study.M, given);
	const key = pointKey(study, `partition-${strength}`);
	const least = Math.min(rbm.N, rbm.M);
	const exact = least <= EXACT_UNITS ? lnZ(rbm, beta) : NaN;
	await pause();
	const model = makeModel(arraysOf(rbm));
	const means = new Float64Array(rbm.N).fill(0.5);
	const path = makePath(model, beta, { base: baseLogOdds(means), schedule: defaultSchedule(TEMPERATURES) });
	const lnZ0 = baseLnZ(rbm, path.base);
	try {
		const forward = aisEstimate(
			await anneal(path, { direction: 'forward', chains: RUNS }, foldIn(key, FORWARD), pause),
			lnZ0
		);
		const states = await stationaryStates(rbm, model, beta, RUNS, foldIn(key, REVERSE), pause);
		const samples = slice(states, [0, 0], [RUNS, rbm.N]) as Tensor2D;
		states.dispose();
		let reverse;
		try {
			reverse = reverseAisEstimate(
				await anneal(path, { direction: 'reverse', samples }, foldIn(key, REVERSE), pause),
				lnZ0
			);
		} finally {
			samples.dispose();
		}
		const { bits, logWeight } = freeEnergyWeight(rbm, beta);
		const train =
			bits > 1 && bits <= TENSOR_UNITS
				? tensorCross(bits, logWeight, { maxRank: TENSOR_RANK, tolerance: 1e-8 })
				: null;
		await pause();
		return {
			strength,
			lambda: strength / beta,
			exact,
			forward: forward.lnZ,
			forwardError: forward.error,
			reverse: reverse.lnZ,
			reverseError: reverse.error,
			gaussian: lnZGaussian(rbm, beta) ?? NaN,
			laplace: lnZLaplace(rbm, beta) ?? NaN,
			tap: lnZTap(rbm, beta) ?? NaN,
			tensor: train?.lnZ ?? NaN,
			tensorRank: train ? Math.max(...train.ranks) : 0,
			tensorEvaluations: train?.evaluations ?? 0,
			states: 2 ** bits
		};
	} finally {
		disposePath(path);
		disposeModel(model);
	}
}

async function anneal(
	path: AnnealingPath,
	start: AisStart,
	key: Key,
	pause: () => Promise<void>
): Promise<Float64Array> {
	let state = initAis(path, start, key);
	try {
		for (;;) {
			const [next, { done }] = aisStep(path, state, 20);
			state = next;
			await pause();
			if (done) return await readLogWeights(state);
		}
	} finally {
		disposeAis(state);
	}
}
