// Several RBMs of one shape as one set of tensors [R, N, M]: an ensemble of seeds, the steps of a training run, or one
// model at several temperatures; and what each of them samples with, its own β and key.
import {
	concat,
	reshape,
	tensor1d,
	tensor2d,
	tensor3d,
	tidy,
	type Tensor1D,
	type Tensor2D,
	type Tensor3D
} from '@tensorflow/tfjs-core';
import type { Key } from '$lib/random/key';
import { assertBackend } from './backend';
import { pageOf } from './kernels/pageOf';
import type { Model, ModelArrays } from './model';

/** R RBMs of one shape. Whoever holds them owns the tensors. */
export interface ReplicaModel {
	readonly R: number;
	readonly N: number;
	readonly M: number;
	/** W, [R, N, M]; [1, N, M] when all share it */
	readonly weights: Tensor3D;
	/** a₀, [R, N] or [1, N] */
	readonly visibleBias: Tensor2D;
	/** b₀, [R, M] or [1, M] */
	readonly hiddenBias: Tensor2D;
}

/** β and key of every replica, in memory and on the device. */
export interface Seats {
	/** rounded to float32, as the device has them */
	readonly betas: readonly number[];
	readonly keys: readonly Key[];
	/** [R] */
	readonly betaTensor: Tensor1D;
	/** int32 [R, 2] */
	readonly keyTensor: Tensor2D;
}

/** Uploads R models. Throws RangeError when there are none, or shapes differ. */
export function makeReplicas(models: readonly ModelArrays[]): ReplicaModel {
	const [first] = models;
	if (!first) throw new RangeError('Replicas: no models.');
	const { N, M } = first;
	const R = models.length;
	const join = (field: 'weights' | 'visibleBias' | 'hiddenBias', length: number): Float32Array => {
		const all = new Float32Array(R * length);
		models.forEach((model, r) => {
			if (model.N !== N || model.M !== M || model[field].length !== length) {
				throw new RangeError(`Replicas have one shape; number ${r} is not ${N}×${M}.`);
			}
			all.set(model[field], r * length);
		});
		return all;
	};
	return {
		R,
		N,
		M,
		weights: tensor3d(join('weights', N * M), [R, N, M], 'float32'),
		visibleBias: tensor2d(join('visibleBias', N), [R, N], 'float32'),
		hiddenBias: tensor2d(join('hiddenBias', M), [R, M], 'float32')
	};
}

/** Copies R models that are on the device already, without a read-back. Throws RangeError as `makeReplicas`. */
export function stackModels(models: readonly Model[]): ReplicaModel {
	const [first] = models;
	if (!first) throw new RangeError('Replicas: no models.');
	const { N, M } = first;
	if (models.some((model) => model.N !== N || model.M !== M)) {
		throw new RangeError(`Replicas have one shape, here ${N}×${M}.`);
	}
	const [weights, visibleBias, hiddenBias] = tidy(() => [
		concat(models.map((model) => reshape(model.weights, [1, N, M]))),
		concat(models.map((model) => reshape(model.visibleBias, [1, N]))),
		concat(models.map((model) => reshape(model.hiddenBias, [1, M])))
	]);
	return {
		R: models.length,
		N,
		M,
		weights: weights as Tensor3D,
		visibleBias: visibleBias as Tensor2D,
		hiddenBias: hiddenBias as Tensor2D
	};
}

/** One model seen as R replicas that share its parameters; dispose the view, the model stays. */
export function sharedReplicas(model: Model, R: number): ReplicaModel {
	const { N, M } = model;
	return {
		R,
		N,
		M,
		weights: reshape(model.weights, [1, N, M]),
		visibleBias: reshape(model.visibleBias, [1, N]),
		hiddenBias: reshape(model.hiddenBias, [1, M])
	};
}

/** A copy of replica `r` as a model of its own; the caller disposes it. */
export function replicaModel({ N, M, weights, visibleBias, hiddenBias }: ReplicaModel, r: number): Model {
	return {
		N,
		M,
		weights: pageOf(weights, r) as Tensor2D,
		visibleBias: pageOf(visibleBias, r) as Tensor1D,
		hiddenBias: pageOf(hiddenBias, r) as Tensor1D
	};
}

/** Reads all parameters back: one wait. Throws when the backend is lost. */
export async function readReplicas(replicas: ReplicaModel): Promise<ModelArrays[]> {
	assertBackend();
	const { R, N, M } = replicas;
	const tensors = [replicas.weights, replicas.visibleBias, replicas.hiddenBias];
	const [weights, visibleBias, hiddenBias] = await Promise.all(tensors.map((t) => t.data<'float32'>()));
	assertBackend();
	const part = (all: Float32Array, length: number, r: number): Float32Array => {
		const from = all.length > length ? r * length : 0;
		return all.slice(from, from + length);
	};
	return Array.from({ length: R }, (_, r) => ({
		N,
		M,
		weights: part(weights, N * M, r),
		visibleBias: part(visibleBias, N, r),
		hiddenBias: part(hiddenBias, M, r)
	}));
}

export function disposeReplicas(replicas: ReplicaModel): void {
	replicas.weights.dispose();
	replicas.visibleBias.dispose();
	replicas.hiddenBias.dispose();
}

/** One number for all, or one for each of R, as a list of R. Throws RangeError on another count. */
export function perReplica(R: number, values: number | readonly number[]): number[] {
	const list = typeof values === 'number' ? new Array<number>(R).fill(values) : values;
	if (list.length !== R) throw new RangeError(`${list.length} values for ${R} replicas.`);
	return [...list];
}

/** β (one for all or one each, ≥ 0) and key of every replica. */
export function makeSeats(beta: number | readonly number[], keys: readonly Key[]): Seats {
	const betas = perReplica(keys.length, beta).map(Math.fround);
	if (!betas.every((b) => Number.isFinite(b) && b >= 0)) throw new RangeError('Each β is a number ≥ 0.');
	return { betas, keys, ...seatTensors(betas, keys) };
}

function seatTensors(betas: readonly number[], keys: readonly Key[]) {
	const words = Int32Array.from(keys.flatMap((key) => [key[0] | 0, key[1] | 0]));
	return {
		betaTensor: tensor1d(Float32Array.from(betas), 'float32'),
		keyTensor: tensor2d(words, [keys.length, 2], 'int32')
	};
}

export function disposeSeats(seats: Seats): void {
	seats.betaTensor.dispose();
	seats.keyTensor.dispose();
}
