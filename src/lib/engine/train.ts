// Training by contrastive divergence, CD-k or persistent (PCD-k), plain or centred gradient, as a simulation.
// Ownership: `trainStep` CONSUMES its state; `model` of the returned state is a new tensor set each step, alive until
// the next step. A state never owns the packed data. No step reads anything back.
import {
	add,
	matMul,
	mean,
	mul,
	reshape,
	sub,
	tensor1d,
	tensor2d,
	tidy,
	zerosLike,
	type Tensor,
	type Tensor1D,
	type Tensor2D
} from '@tensorflow/tfjs-core';
import { permutation } from '$lib/random/draw';
import { foldIn, type Key } from '$lib/random/key';
import { assertBackend } from './backend';
import { disposeGibbs, initGibbs, sweepWithProbabilities, type GibbsState } from './gibbs';
import { contrast, type Gradient, type Offsets } from './gradient';
import { sampleUnits } from './kernels/sampleUnits';
import { unitProbabilities } from './kernels/unitProbabilities';
import { unpackBits } from './kernels/unpackBits';
import { disposeModel, makeModel, readModel, type Model, type ModelArrays } from './model';
import type { PackedData } from './packed';

export type { Offsets } from './gradient';

export interface TrainConfig {
	readonly algorithm: 'cd' | 'pcd';
	/** block-Gibbs sweeps a gradient step */
	readonly k: number;
	readonly gradient: 'plain' | 'centred';
	readonly learningRate: number;
	readonly momentum: number;
	/** L2 penalty of the weights alone: ∂W gains −weightDecay·W */
	readonly weightDecay: number;
	readonly batchSize: number;
	/** persistent chains (PCD); CD uses one chain a batch row */
	readonly chains: number;
	readonly beta: number;
}

/** Rows of the data in this epoch's order. */
interface EpochOrder {
	readonly epoch: number;
	/** int32 [rows] */
	readonly index: Tensor1D;
}

export interface TrainState {
	readonly config: TrainConfig;
	readonly data: PackedData;
	readonly model: Model;
	/** the last update, for momentum; same shapes as the model */
	readonly velocity: Gradient;
	/** μ, λ; null with the plain gradient */
	readonly offsets: Offsets | null;
	/** persistent chains; null with CD */
	readonly chains: GibbsState | null;
	readonly key: Key;
	/** gradient steps done */
	readonly step: number;
	readonly order: EpochOrder;
}

/** Cheap facts of a step; monitors (monitors.ts) are computed from the model when somebody asks. */
export interface TrainInfo {
	/** gradient steps done, this one included */
	readonly step: number;
	/** passes over the data, counted in batches: step / ⌈rows / batchSize⌉ */
	readonly epoch: number;
	/** rows in this batch */
	readonly rows: number;
}

/** A training run in memory: everything that the next step needs. Structured-cloneable. */
export interface TrainCheckpoint {
	readonly model: ModelArrays;
	readonly velocity: ModelArrays;
	readonly offsets: { readonly visible: Float32Array; readonly hidden: Float32Array } | null;
	readonly chains: {
		readonly count: number;
		readonly visible: Float32Array;
		readonly hidden: Float32Array;
		readonly key: Key;
		readonly counter: number;
	} | null;
	readonly key: Key;
	readonly step: number;
}

/** How fast the centring offsets follow the batches (the sliding factor ν of Melchior et al.). */
export const OFFSET_RATE = 0.01;

/** Children of a run's key. */
const ORDER = 1;
const CHAINS = 2;
const BATCH = 3;

/** Steps of one pass over the data: ⌈rows / batchSize⌉; the last batch of an epoch may be smaller. */
export function stepsPerEpoch(config: TrainConfig, data: PackedData): number {
	return Math.ceil(data.count / config.batchSize);
}

function check(config: TrainConfig, data: PackedData, N: number): void {
	if (data.units !== N) throw new RangeError(`Data of ${data.units} units do not fit a model of ${N}.`);
	if (!(config.batchSize >= 1 && config.chains >= 1 && config.k >= 1 && config.beta > 0)) {
		throw new RangeError('Batch size, chains and k are at least 1, and β is positive.');
	}
}

function orderOf(epoch: number, data: PackedData, key: Key): EpochOrder {
	return { epoch, index: tensor1d(permutation(data.count, foldIn(foldIn(key, ORDER), epoch)), 'int32') };
}

/** Chains' key; a run that draws new chains at a later step takes another. */
const chainKey = (key: Key, step: number): Key => foldIn(foldIn(key, CHAINS), step);

const newChains = (config: TrainConfig, model: Model, key: Key, step: number): GibbsState | null =>
	config.algorithm === 'pcd' ? initGibbs(model, config.beta, config.chains, chainKey(key, step)) : null;

/** Offsets at their start: the data's means, and the hidden probabilities given these means. */
function newOffsets(config: TrainConfig, model: Model, data: PackedData): Offsets | null {
	if (config.gradient === 'plain') return null;
	const visible = tensor1d(data.means, 'float32');
	const hidden = tidy(() => {
		const x = matMul(reshape(visible, [1, -1]), model.weights) as Tensor2D;
		return reshape(unitProbabilities(x, model.hiddenBias, config.beta), [-1]) as Tensor1D;
	});
	return { visible, hidden };
}

/** The state before the first step. Takes over `model` (do not dispose it); `data` stays the caller's. */
export function initTraining(config: TrainConfig, data: PackedData, model: Model, key: Key): TrainState {
	check(config, data, model.N);
	return {
		config,
		data,
		model,
		velocity: {
			weights: zerosLike(model.weights),
			visibleBias: zerosLike(model.visibleBias),
			hiddenBias: zerosLike(model.hiddenBias)
		},
		offsets: newOffsets(config, model, data),
		chains: newChains(config, model, key, 0),
		key,
		step: 0,
		order: orderOf(0, data, key)
	};
}

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
	const start = state.chains ?? batchChains(config, model, batch, x, state);
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
function batchChains(
	config: TrainConfig,
	model: Model,
	batch: Tensor2D,
	x: Tensor2D,
	state: TrainState
): GibbsState {
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

/**
 * Goes on with other settings: rates, k, batch size and β at once; another gradient with fresh offsets; another
 * algorithm or number of chains with newly drawn chains. Consumes `state`.
 */
export function reconfigureTraining(state: TrainState, config: TrainConfig): TrainState {
	check(config, state.data, state.model.N);
	const before = state.config;
	let { offsets, chains } = state;
	if (config.gradient !== before.gradient) {
		disposeOffsets(offsets);
		offsets = newOffsets(config, state.model, state.data);
	}
	const chainsChange = config.algorithm === 'pcd' && config.chains !== before.chains;
	if (config.algorithm !== before.algorithm || chainsChange) {
		if (chains) disposeGibbs(chains);
		chains = newChains(config, state.model, state.key, state.step);
	}
	return { ...state, config, offsets, chains };
}

const read = async (tensor: Tensor): Promise<Float32Array> => (await tensor.data<'float32'>()).slice();

/** Reads everything back; the state lives on. A restored run repeats the uninterrupted one on the same backend. */
export async function checkpointTraining(state: TrainState): Promise<TrainCheckpoint> {
	assertBackend();
	const { model, velocity, offsets, chains, key, step } = state;
	const [parameters, speeds, offsetArrays, chainArrays] = await Promise.all([
		readModel(model),
		readModel({ N: model.N, M: model.M, ...velocity }),
		offsets && Promise.all([read(offsets.visible), read(offsets.hidden)]),
		chains && Promise.all([read(chains.visible), read(chains.hidden)])
	]);
	assertBackend();
	return {
		model: parameters,
		velocity: speeds,
		offsets: offsetArrays && { visible: offsetArrays[0], hidden: offsetArrays[1] },
		chains: chains &&
			chainArrays && {
				count: chains.visible.shape[0],
				visible: chainArrays[0],
				hidden: chainArrays[1],
				counter: chains.counter,
				key: chains.key
			},
		key,
		step
	};
}

/** The state of a checkpoint, on the current backend; a config that asks for other chains or gradient gets them. */
export function restoreTraining(
	config: TrainConfig,
	data: PackedData,
	checkpoint: TrainCheckpoint
): TrainState {
	const { N, M } = checkpoint.model;
	check(config, data, N);
	const { key, step } = checkpoint;
	const model = makeModel(checkpoint.model);
	const velocity = makeModel(checkpoint.velocity);
	const saved = checkpoint.chains;
	const reuse = config.algorithm === 'pcd' && saved?.count === config.chains;
	const chains =
		reuse && saved
			? {
					visible: tensor2d(saved.visible, [saved.count, N], 'float32'),
					hidden: tensor2d(saved.hidden, [saved.count, M], 'float32'),
					key: saved.key,
					counter: saved.counter
				}
			: newChains(config, model, key, step);
	const offsets =
		config.gradient === 'centred' && checkpoint.offsets
			? {
					visible: tensor1d(checkpoint.offsets.visible, 'float32'),
					hidden: tensor1d(checkpoint.offsets.hidden, 'float32')
				}
			: newOffsets(config, model, data);
	const order = orderOf(Math.floor(step / stepsPerEpoch(config, data)), data, key);
	return { config, data, model, velocity, offsets, chains, key, step, order };
}

const disposeGradient = (gradient: Gradient): void => {
	gradient.weights.dispose();
	gradient.visibleBias.dispose();
	gradient.hiddenBias.dispose();
};

const disposeOffsets = (offsets: Offsets | null): void => {
	offsets?.visible.dispose();
	offsets?.hidden.dispose();
};

/** Disposes everything but the data. */
export function disposeTraining(state: TrainState): void {
	disposeModel(state.model);
	disposeGradient(state.velocity);
	disposeOffsets(state.offsets);
	if (state.chains) disposeGibbs(state.chains);
	state.order.index.dispose();
}
