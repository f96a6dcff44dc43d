// Training by contrastive divergence, CD-k or persistent (PCD-k), plain or centred gradient, as a simulation.
// Ownership: `trainStep` CONSUMES its state; `model` of the returned state is a new tensor set each step, alive until
// the next step. A state never owns the packed data. No step reads anything back.
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Key } from '../random/key';
import type { GibbsState } from './gibbs';
import type { Model, ModelArrays } from './model';
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

/** Running averages that centre the gradient: μ of the visible, λ of the hidden units. */
export interface Offsets {
	/** μ, [N] */
	readonly visible: Tensor1D;
	/** λ, [M] */
	readonly hidden: Tensor1D;
}

export interface TrainState {
	readonly config: TrainConfig;
	readonly data: PackedData;
	readonly model: Model;
	/** the last update, for momentum; same shapes as the model */
	readonly velocity: {
		readonly weights: Tensor2D;
		readonly visibleBias: Tensor1D;
		readonly hiddenBias: Tensor1D;
	};
	/** μ, λ; null with the plain gradient */
	readonly offsets: Offsets | null;
	/** persistent chains; null with CD */
	readonly chains: GibbsState | null;
	readonly key: Key;
	/** gradient steps done */
	readonly step: number;
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
		readonly counter: number;
	} | null;
	readonly key: Key;
	readonly step: number;
}

/** Steps of one pass over the data: ⌈rows / batchSize⌉; the last batch of an epoch may be smaller. */
export declare function stepsPerEpoch(config: TrainConfig, data: PackedData): number;

/** The state before the first step. Takes over `model` (do not dispose it); `data` stays the caller's. */
export declare function initTraining(
	config: TrainConfig,
	data: PackedData,
	model: Model,
	key: Key
): TrainState;

/** One gradient step on the next batch of the epoch's order. Consumes `state`. */
export declare function trainStep(state: TrainState): [TrainState, TrainInfo];

/** Goes on with other settings: rates, k, batch and gradient at once; the number of chains by drawing new ones. Consumes `state`. */
export declare function reconfigureTraining(state: TrainState, config: TrainConfig): TrainState;

/** Reads everything back; the state lives on. A restored run repeats the uninterrupted one on the same backend. */
export declare function checkpointTraining(state: TrainState): Promise<TrainCheckpoint>;

/** The state of a checkpoint, on the current backend. */
export declare function restoreTraining(
	config: TrainConfig,
	data: PackedData,
	checkpoint: TrainCheckpoint
): TrainState;

/** Disposes everything but the data. */
export declare function disposeTraining(state: TrainState): void;
