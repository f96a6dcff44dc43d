// Training by contrastive divergence, CD-k or persistent (PCD-k), plain or centred gradient, as a simulation.
// Ownership: `trainStep` CONSUMES its state; `model` of the returned state is a new tensor set each step, alive until
// the next step. A state never owns the packed data. No step reads anything back.
import {
	add,
	matMul,
	mean,
	mul,
	sub,
	tidy,
	type Tensor,
	type Tensor1D,
	type Tensor2D
} from '@tensorflow/tfjs-core';
import { foldIn } from '$lib/random/key';
import { disposeGibbs, sweepWithProbabilities, type GibbsState } from './gibbs';
import { contrast, type Gradient, type Offsets } from './gradient';
import { sampleUnits } from './kernels/sampleUnits';
import { unitProbabilities } from './kernels/unitProbabilities';
import { unpackBits } from './kernels/unpackBits';
import { disposeModel, type Model } from './model';
import { BATCH, disposeGradient, orderOf, stepsPerEpoch, type TrainState } from './trainState';

export type { Offsets } from './gradient';
export { checkpointTraining, restoreTraining, type TrainCheckpoint } from './trainCheckpoint';
export {
	disposeTraining,
	initTraining,
	reconfigureTraining,
	stepsPerEpoch,
	type TrainConfig,
	type TrainState
} from './trainState';

/** Cheap facts of a step; monitors (monitors.ts) are computed from the model when somebody asks. */
export interface TrainInfo {
	/** gradient steps done, this one included */
	readonly step: number;
	/** passes over the data, counted in batches: step / ⌈rows / batchSize⌉ */
	readonly epoch: number;
	/** rows in this batch */
	readonly rows: number;
}

/** How fast the centring offsets follow the batches (the sliding factor ν of Melchior et al.). */
export const OFFSET_RATE = 0.01;

/** One gradient step on the next batch of the epoch's order. Consumes `state`. */
export function trainStep(state: TrainState): [TrainState, TrainInfo] {
	const { config, data, model, key } = state;
	const { beta, batchSize } = config;
	const perEpoch = stepsPerEpoch(config, data);
	const epoch = Math.floor(state.step / perEpoch);
	const from = (state.step % perEpoch) * batchSize;
	const rows = Math.min(batchSize, data.count - from);
	let { order } = state;
	if (order.epoch !== epoch) {
		order.index.dispose();
		order = orderOf(epoch, data, key);
	}

	const batch = unpackBits(data.words, order.index, data.units, from, rows);
	const x = matMul(batch, model.weights) as Tensor2D;
	const hidden = unitProbabilities(x, model.hiddenBias, beta);
	const start = state.chains ?? batchChains(state, batch, x);
	x.dispose();
	const sweep = sweepWithProbabilities(model, beta, start, config.k, true);
	const modelHidden = sweep.hiddenProbabilities!;

	const offsets = followOffsets(state.offsets, batch, hidden);
	const gradient = contrast(
		{ visible: batch, hidden },
		{ visible: sweep.state.visible, hidden: modelHidden },
		config.learningRate * beta,
		offsets
	);
	batch.dispose();
	hidden.dispose();
	modelHidden.dispose();
	const chains = state.chains ? sweep.state : null;
	if (!chains) disposeGibbs(sweep.state);

	const moved = update(state, gradient);
	const step = state.step + 1;
	return [
		{ ...state, ...moved, offsets, chains, order, step },
		{ step, epoch: step / perEpoch, rows }
	];
}

/** CD: one chain a row of the batch, whose first hidden layer reuses the product `x` of the positive phase. */
function batchChains(state: TrainState, batch: Tensor2D, x: Tensor2D): GibbsState {
	const { config, model } = state;
	const key = foldIn(foldIn(state.key, BATCH), state.step);
	const hidden = sampleUnits(x, model.hiddenBias, config.beta, { key, counter: 0 });
	return { visible: batch.clone(), hidden, key, counter: 1 };
}

/** μ ← (1−ν)μ + ν⟨v⟩_batch, λ likewise, before the gradient uses them. Consumes `offsets`. */
function followOffsets(offsets: Offsets | null, visible: Tensor2D, hidden: Tensor2D): Offsets | null {
	if (!offsets) return null;
	const follow = (old: Tensor1D, rows: Tensor2D): Tensor1D => {
		const next = tidy(() => add(mul(old, 1 - OFFSET_RATE), mul(mean(rows, 0), OFFSET_RATE)) as Tensor1D);
		old.dispose();
		return next;
	};
	return { visible: follow(offsets.visible, visible), hidden: follow(offsets.hidden, hidden) };
}

/**
 * velocity ← momentum·velocity + gradient − learningRate·weightDecay·W (weights only), parameters += velocity; the
 * gradient comes with the learning rate in it. Consumes the state's model and velocity, and the gradient.
 */
function update(state: TrainState, gradient: Gradient): { model: Model; velocity: Gradient } {
	const { model, config } = state;
	const { momentum, learningRate, weightDecay } = config;
	const [weights, visibleBias, hiddenBias, velocityWeights, velocityVisible, velocityHidden] = tidy(
		(): Tensor[] => {
			const speed = (old: Tensor, step: Tensor, parameters: Tensor, decay: number): Tensor => {
				const pushed = momentum > 0 ? add(mul(old, momentum), step) : step;
				return decay > 0 ? sub(pushed, mul(parameters, decay)) : pushed.clone();
			};
			const w = speed(state.velocity.weights, gradient.weights, model.weights, learningRate * weightDecay);
			const a = speed(state.velocity.visibleBias, gradient.visibleBias, model.visibleBias, 0);
			const b = speed(state.velocity.hiddenBias, gradient.hiddenBias, model.hiddenBias, 0);
			return [add(model.weights, w), add(model.visibleBias, a), add(model.hiddenBias, b), w, a, b];
		}
	);
	disposeModel(model);
	disposeGradient(state.velocity);
	disposeGradient(gradient);
	return {
		model: {
			N: model.N,
			M: model.M,
			weights: weights as Tensor2D,
			visibleBias: visibleBias as Tensor1D,
			hiddenBias: hiddenBias as Tensor1D
		},
		velocity: {
			weights: velocityWeights as Tensor2D,
			visibleBias: velocityVisible as Tensor1D,
			hiddenBias: velocityHidden as Tensor1D
		}
	};
}
