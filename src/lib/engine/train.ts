// Training by contrastive divergence, CD-k or persistent (PCD-k), plain or centred gradient, as a simulation.
// Ownership: `trainStep` CONSUMES its state; `model` of the returned state is a new tensor set each step, alive until
// the next step. A state never owns the packed data. No step reads anything back.
import { add, getBackend, mean, mul, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { foldIn } from '$lib/random/key';
import { disposeGibbs, sweepWithProbabilities, type GibbsState } from './gibbs';
import type { Offsets } from './gradient';
import { followOffsetsWebgpu } from './kernels/followOffsets';
import { unpackBits } from './kernels/unpackBits';
import { layerGiven } from './layer';
import { disposeModel } from './model';
import { stepParameters } from './step';
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
	const { hidden, start } = positivePhase(state, batch);
	const sweep = sweepWithProbabilities(model, beta, start, config.k, true);
	const modelHidden = sweep.hiddenProbabilities!;

	const offsets = followOffsets(state.offsets, batch, hidden);
	const moved = stepParameters(
		state,
		{ visible: batch, hidden },
		{ visible: sweep.state.visible, hidden: modelHidden },
		offsets,
		config
	);
	[batch, hidden, modelHidden].forEach((tensor) => tensor.dispose());
	disposeModel(model);
	disposeGradient(state.velocity);
	const chains = state.chains ? sweep.state : null;
	if (!chains) disposeGibbs(sweep.state);
	const step = state.step + 1;
	return [
		{ ...state, ...moved, offsets, chains, order, step },
		{ step, epoch: step / perEpoch, rows }
	];
}

/** P(h|v) of the batch, and where the negative phase starts: the persistent chains or, with CD, at the batch itself. */
function positivePhase(state: TrainState, batch: Tensor2D): { hidden: Tensor2D; start: GibbsState } {
	const { config, model, chains } = state;
	if (chains) {
		const { probabilities } = layerGiven(model, config.beta, 'hidden', batch, null, true);
		return { hidden: probabilities!, start: chains };
	}
	const key = foldIn(foldIn(state.key, BATCH), state.step);
	const layer = layerGiven(model, config.beta, 'hidden', batch, { key, counter: 0 }, true);
	return {
		hidden: layer.probabilities!,
		start: { visible: batch.clone(), hidden: layer.states!, key, counter: 1 }
	};
}

/** μ ← (1−ν)μ + ν⟨v⟩_batch, λ likewise, before the gradient uses them. Consumes `offsets`. */
function followOffsets(offsets: Offsets | null, visible: Tensor2D, hidden: Tensor2D): Offsets | null {
	if (!offsets) return null;
	if (getBackend() === 'webgpu') {
		const next = followOffsetsWebgpu(offsets, { visible, hidden }, OFFSET_RATE);
		Object.values(offsets).forEach((tensor) => tensor.dispose());
		return next;
	}
	const follow = (old: Tensor1D, rows: Tensor2D): Tensor1D => {
		const next = tidy(() => add(mul(old, 1 - OFFSET_RATE), mul(mean(rows, 0), OFFSET_RATE)) as Tensor1D);
		old.dispose();
		return next;
	};
	return { visible: follow(offsets.visible, visible), hidden: follow(offsets.hidden, hidden) };
}
