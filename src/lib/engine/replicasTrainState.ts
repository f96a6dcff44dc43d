// The state of R training runs at once: settings, start and end. The steps are in replicasTrain.ts.
// Ownership: a state owns its tensors, never the packed data.
import {
	reshape,
	tensor1d,
	tensor3d,
	tidy,
	tile,
	zerosLike,
	type Tensor1D,
	type Tensor2D,
	type Tensor3D
} from '@tensorflow/tfjs-core';
import { permutation } from '$lib/random/draw';
import { foldIn, type Key } from '$lib/random/key';
import { replicaProbabilities } from './kernels/replicaProbabilities';
import { disposeMagnetisations, type Magnetisations, type MeanFieldOptions } from './meanField';
import type { PackedData } from './packed';
import { disposeReplicaChains, initReplicaGibbs, type ReplicaChains } from './replicas';
import { disposeReplicaGradient, type ReplicaGradient, type ReplicaOffsets } from './replicasGradient';
import { replicaProduct, replicaProductTransposed } from './replicasLayer';
import {
	disposeReplicas,
	disposeSeats,
	makeSeats,
	perReplica,
	type ReplicaModel,
	type Seats
} from './replicasModel';
import { disposeRates, initRates, type RateOptions, type RateState } from './replicasRate';
import { CHAINS, ORDER, type TrainConfig } from './trainState';

export interface ReplicaTrainConfig extends Omit<TrainConfig, 'algorithm' | 'beta' | 'learningRate'> {
	/** 'cd' and 'pcd' as in TrainConfig; 'tap': `chains` persistent mean-field states, k fixed-point rounds a step */
	readonly algorithm: 'cd' | 'pcd' | 'tap';
	/** one for all or one a replica */
	readonly beta: number | readonly number[];
	readonly learningRate: number | readonly number[];
	/** adaptive rates; absent: the learning rate as it is */
	readonly rate?: RateOptions;
	/** for 'tap' */
	readonly meanField?: MeanFieldOptions;
}

/** Rows of the data in each replica's own order, step by step: [steps][replicas][rows of the batch]. */
interface EpochOrder {
	readonly epoch: number;
	/** int32 [R·rows] */
	readonly index: Tensor1D;
}

export interface ReplicaTrainState {
	readonly config: ReplicaTrainConfig;
	readonly data: PackedData;
	readonly model: ReplicaModel;
	readonly velocity: ReplicaGradient;
	/** null with the plain gradient */
	readonly offsets: ReplicaOffsets | null;
	/** persistent chains; null unless 'pcd' */
	readonly chains: ReplicaChains | null;
	/** persistent mean-field states; null unless 'tap' */
	readonly magnetisations: Magnetisations | null;
	readonly rates: RateState | null;
	/** β and the chains' keys */
	readonly seats: Seats;
	/** one a run */
	readonly keys: readonly Key[];
	/** gradient steps done */
	readonly step: number;
	readonly order: EpochOrder;
}

function check(
	config: ReplicaTrainConfig,
	data: PackedData,
	model: ReplicaModel,
	keys: readonly Key[]
): void {
	if (data.units !== model.N) throw new RangeError(`Data of ${data.units} units do not fit ${model.N}.`);
	if (keys.length !== model.R || model.weights.shape[0] !== model.R) {
		throw new RangeError('Training needs a key and parameters of its own for each replica.');
	}
	if (!(config.batchSize >= 1 && config.chains >= 1 && config.k >= 1)) {
		throw new RangeError('Batch size, chains and k are at least 1.');
	}
}

/** Every replica's epoch order, batch by batch, as one index that `unpackBits` can take a step's rows from. */
export function replicaOrder(
	epoch: number,
	data: PackedData,
	keys: readonly Key[],
	batchSize: number
): EpochOrder {
	const orders = keys.map((key) => permutation(data.count, foldIn(foldIn(key, ORDER), epoch)));
	const index = new Int32Array(keys.length * data.count);
	let at = 0;
	for (let from = 0; from < data.count; from += batchSize) {
		for (const order of orders) {
			const rows = order.subarray(from, from + batchSize);
			index.set(rows, at);
			at += rows.length;
		}
	}
	return { epoch, index: tensor1d(index, 'int32') };
}

function startOffsets(model: ReplicaModel, data: PackedData, seats: Seats): ReplicaOffsets {
	const { R, N, M } = model;
	const [visible, hidden] = tidy(() => {
		const means = tile(tensor3d(data.means, [1, 1, N], 'float32'), [R, 1, 1]) as Tensor3D;
		const x = replicaProduct(means, model.weights);
		const probabilities = replicaProbabilities(x, model.hiddenBias, seats.betaTensor);
		return [reshape(means, [R, N]), reshape(probabilities, [R, M])];
	});
	return { visible: visible as Tensor2D, hidden: hidden as Tensor2D };
}

/** P(v|h) and P(h|v) of chains at their start: interior points, each row another. */
function startMagnetisations(model: ReplicaModel, seats: Seats, chains: number): Magnetisations {
	const start = initReplicaGibbs(model, seats, chains);
	const [visible, hidden] = tidy(() => {
		const down = replicaProductTransposed(start.hidden, model.weights);
		const v = replicaProbabilities(down, model.visibleBias, seats.betaTensor);
		return [v, replicaProbabilities(replicaProduct(v, model.weights), model.hiddenBias, seats.betaTensor)];
	});
	disposeReplicaChains(start);
	return { visible, hidden };
}

/**
 * The state before the first step of R runs, one a key. Takes over `model` (do not dispose it); `data` stays the
 * caller's and is shared by all runs, each in its own order. Throws RangeError on settings that do not fit.
 */
export function initReplicaTraining(
	config: ReplicaTrainConfig,
	data: PackedData,
	model: ReplicaModel,
	keys: readonly Key[]
): ReplicaTrainState {
	check(config, data, model, keys);
	const { R, N, M } = model;
	const learningRates = perReplica(R, config.learningRate);
	const seats = makeSeats(
		config.beta,
		keys.map((key) => foldIn(foldIn(key, CHAINS), 0))
	);
	return {
		config,
		data,
		model,
		velocity: {
			weights: zerosLike(model.weights),
			visibleBias: zerosLike(model.visibleBias),
			hiddenBias: zerosLike(model.hiddenBias)
		},
		offsets: config.gradient === 'centred' ? startOffsets(model, data, seats) : null,
		chains: config.algorithm === 'pcd' ? initReplicaGibbs(model, seats, config.chains) : null,
		magnetisations: config.algorithm === 'tap' ? startMagnetisations(model, seats, config.chains) : null,
		rates: config.rate ? initRates(learningRates, N, M, config.rate) : null,
		seats,
		keys,
		step: 0,
		order: replicaOrder(0, data, keys, config.batchSize)
	};
}

/** Disposes everything but the data. */
export function disposeReplicaTraining(state: ReplicaTrainState): void {
	disposeReplicas(state.model);
	disposeReplicaGradient(state.velocity);
	if (state.offsets) {
		state.offsets.visible.dispose();
		state.offsets.hidden.dispose();
	}
	if (state.chains) disposeReplicaChains(state.chains);
	if (state.magnetisations) disposeMagnetisations(state.magnetisations);
	if (state.rates) disposeRates(state.rates);
	disposeSeats(state.seats);
	state.order.index.dispose();
}
