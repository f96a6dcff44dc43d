// A training run in memory, to survive a lost device, a change of backend, or a closed page.
import { tensor1d, tensor2d, type Tensor } from '@tensorflow/tfjs-core';
import type { Key } from '$lib/random/key';
import { assertBackend } from './backend';
import { makeModel, readModel, type ModelArrays } from './model';
import type { PackedData } from './packed';
import {
	checkConfig,
	newChains,
	newOffsets,
	orderOf,
	stepsPerEpoch,
	type TrainConfig,
	type TrainState
} from './trainState';

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
	checkConfig(config, data, N);
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
