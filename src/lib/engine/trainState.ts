// The state of a training run: what a gradient step needs, made, changed and disposed.
// Ownership: a state owns its tensors, never the packed data.
import {
	matMul,
	reshape,
	tensor1d,
	tidy,
	zerosLike,
	type Tensor1D,
	type Tensor2D
} from '@tensorflow/tfjs-core';
import { permutation } from '$lib/random/draw';
import { foldIn, type Key } from '$lib/random/key';
import { disposeGibbs, initGibbs, type GibbsState } from './gibbs';
import type { Gradient, Offsets } from './gradient';
import { unitProbabilities } from './kernels/unitProbabilities';
import { disposeModel, type Model } from './model';
import type { PackedData } from './packed';

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

/** Children of a run's key. */
export const ORDER = 1;
export const CHAINS = 2;
export const BATCH = 3;

/** Steps of one pass over the data: ⌈rows / batchSize⌉; the last batch of an epoch may be smaller. */
export function stepsPerEpoch(config: TrainConfig, data: PackedData): number {
	return Math.ceil(data.count / config.batchSize);
}

export function checkConfig(config: TrainConfig, data: PackedData, N: number): void {
	if (data.units !== N) throw new RangeError(`Data of ${data.units} units do not fit a model of ${N}.`);
	if (!(config.batchSize >= 1 && config.chains >= 1 && config.k >= 1 && config.beta > 0)) {
		throw new RangeError('Batch size, chains and k are at least 1, and β is positive.');
	}
}

export function orderOf(epoch: number, data: PackedData, key: Key): EpochOrder {
	return { epoch, index: tensor1d(permutation(data.count, foldIn(foldIn(key, ORDER), epoch)), 'int32') };
}

/** Chains' key; a run that draws new chains at a later step takes another. */
const chainKey = (key: Key, step: number): Key => foldIn(foldIn(key, CHAINS), step);

export const newChains = (config: TrainConfig, model: Model, key: Key, step: number): GibbsState | null =>
	config.algorithm === 'pcd' ? initGibbs(model, config.beta, config.chains, chainKey(key, step)) : null;

/** Offsets at their start: the data's means, and the hidden probabilities given these means. */
export function newOffsets(config: TrainConfig, model: Model, data: PackedData): Offsets | null {
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
	checkConfig(config, data, model.N);
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

/**
 * Goes on with other settings: rates, k, batch size and β at once; another gradient with fresh offsets; another
 * algorithm or number of chains with newly drawn chains. Consumes `state`.
 */
export function reconfigureTraining(state: TrainState, config: TrainConfig): TrainState {
	checkConfig(config, state.data, state.model.N);
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

export const disposeGradient = (gradient: Gradient): void => {
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
