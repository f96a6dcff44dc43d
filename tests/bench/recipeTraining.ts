// The training loop that recipes share: gradient steps on the engine, a look at the model every so many of them.
import { settle } from '../../src/lib/engine/backend';
import { initialModel, readModel, type ModelArrays } from '../../src/lib/engine/model';
import { dataMeans, disposeData, uploadData } from '../../src/lib/engine/packed';
import {
	disposeTraining,
	initTraining,
	reconfigureTraining,
	stepsPerEpoch,
	trainStep,
	type TrainConfig
} from '../../src/lib/engine/train';
import type { BitRows } from '../../src/lib/data/dataset';
import { foldIn, keyFromSeed } from '../../src/lib/random/key';
import type { Rbm } from '../../src/lib/theory/rbm';
import type { CurvePoint } from './recipe';

/** Children of a recipe's key. */
const MODEL = 1;
const TRAINING = 2;

export interface Plan {
	readonly config: TrainConfig;
	readonly rows: BitRows;
	readonly hidden: number;
	/** standard deviation of the initial weights; visible biases start at the logit of the data's means */
	readonly weightScale: number;
	readonly seed: number;
	readonly steps: number;
	/** share of the steps after which the learning rate falls linearly to 0; absent or 1: it never does */
	readonly decayFrom?: number;
	/** gradient steps between two looks; the start and the end are looked at in any case */
	readonly every: number;
	/** figures of the model for the curve */
	look(model: ModelArrays, step: number): Promise<Record<string, number>> | Record<string, number>;
	/** hears of every point */
	told(point: CurvePoint): void;
}

export const toRbm = ({ N, M, weights, visibleBias, hiddenBias }: ModelArrays): Rbm => ({
	N,
	M,
	weights: Float64Array.from(weights),
	visibleBias: Float64Array.from(visibleBias),
	hiddenBias: Float64Array.from(hiddenBias)
});

/** The learning rate before gradient step `step`, changed every 50 steps. */
export function rateAt({ config, steps, decayFrom = 1 }: Plan, step: number): number {
	const from = decayFrom * steps;
	return step <= from || from >= steps
		? config.learningRate
		: (config.learningRate * (steps - step)) / (steps - from);
}

/** Trains to the end of the plan; the curve, and the final model in memory. */
export async function train(plan: Plan): Promise<{ curve: CurvePoint[]; model: ModelArrays }> {
	const { config, rows, seed, steps, every } = plan;
	const root = keyFromSeed(seed);
	const data = uploadData(rows);
	const initial = initialModel(
		{
			N: rows.units,
			M: plan.hidden,
			weightScale: plan.weightScale,
			beta: config.beta,
			visibleMeans: dataMeans(rows)
		},
		foldIn(root, MODEL)
	);
	let state = initTraining(config, data, initial, foldIn(root, TRAINING));
	const perEpoch = stepsPerEpoch(config, data);
	const curve: CurvePoint[] = [];
	let seconds = 0;
	let model = await readModel(state.model);
	const look = async (step: number) => {
		const point = { step, epoch: step / perEpoch, seconds, ...(await plan.look(model, step)) };
		curve.push(point);
		plan.told(point);
	};
	await look(0);
	for (let step = 0; step < steps;) {
		const start = performance.now();
		const until = Math.min(steps, step + every);
		while (step < until) {
			[state] = trainStep(state);
			step++;
			// WebGPU would queue without end, and messages want through.
			if (step % 50 !== 0) continue;
			await settle();
			const learningRate = rateAt(plan, step);
			if (learningRate !== state.config.learningRate)
				state = reconfigureTraining(state, { ...config, learningRate });
		}
		model = await readModel(state.model);
		seconds += (performance.now() - start) / 1000;
		await look(step);
	}
	disposeTraining(state);
	disposeData(data);
	return { curve, model };
}
