// Block Gibbs sampling of R RBMs at once, an ensemble of seeds or one model at several temperatures: the simulation of
// gibbs.ts with one more axis. Each replica is, up to rounding, the same run alone with its key.
// Ownership: `replicaGibbsSweep` CONSUMES the chains it is given; the seats and the model stay the caller's.
import { tensor3d, tidy, zeros, type Tensor3D } from '@tensorflow/tfjs-core';
import { foldIn, type Key } from '$lib/random/key';
import { START } from './gibbs';
import { initialArrays, type InitialModelOptions } from './model';
import { drawReplicas, replicaLayer } from './replicasLayer';
import { disposeSeats, makeReplicas, makeSeats, type ReplicaModel, type Seats } from './replicasModel';

export {
	disposeReplicas,
	disposeSeats,
	makeReplicas,
	makeSeats,
	readReplicas,
	replicaModel,
	sharedReplicas,
	stackModels,
	type ReplicaModel,
	type Seats
} from './replicasModel';

/** C chains of each replica: float32 0/1. */
export interface ReplicaChains {
	/** [R, C, N] */
	readonly visible: Tensor3D;
	/** [R, C, M], drawn given `visible` */
	readonly hidden: Tensor3D;
	/** how many draws have been made from each replica's key */
	readonly counter: number;
}

/** The models before training, one for each key: `initialModel` of every seed in one set of tensors. */
export function initReplicas(options: InitialModelOptions, keys: readonly Key[]): ReplicaModel {
	return makeReplicas(keys.map((key) => initialArrays(options, key)));
}

function fairCoins(model: ReplicaModel, seats: Seats, chains: number): Tensor3D {
	const { R, N } = model;
	const start = makeSeats(
		1,
		seats.keys.map((key) => foldIn(key, START))
	);
	const coins = tidy(() => drawReplicas(zeros([R, chains, N]), zeros([1, N]), start, 0));
	disposeSeats(start);
	return coins;
}

/**
 * Chains at their start: fair coins, or given visible rows, float32 0/1 [R, chains, N] row-major (a tensor stays the
 * caller's); the hidden layer drawn given them.
 */
export function initReplicaGibbs(
	model: ReplicaModel,
	seats: Seats,
	chains: number,
	start: { readonly visible?: Float32Array | Tensor3D } = {}
): ReplicaChains {
	if (!(chains >= 1)) throw new RangeError('Gibbs sampling needs at least one chain.');
	if (seats.keys.length !== model.R) throw new RangeError('As many keys as replicas.');
	const shape: [number, number, number] = [model.R, chains, model.N];
	let visible: Tensor3D;
	if (start.visible instanceof Float32Array) visible = tensor3d(start.visible, shape, 'float32');
	else if (start.visible) visible = start.visible.clone();
	else visible = fairCoins(model, seats, chains);
	if (visible.shape.some((length, axis) => length !== shape[axis])) {
		visible.dispose();
		throw new RangeError('Start rows do not fit.');
	}
	const hidden = replicaLayer(model, seats, 'hidden', visible, 0, false).states!;
	return { visible, hidden, counter: 1 };
}

/** A sweep's chains and what its last half-sweep knew of the hidden layer; all owned by the caller. */
export interface ReplicaSweep {
	readonly chains: ReplicaChains;
	/** P(hⱼ=1|v) of the new visible layer, [R, C, M]; null unless asked for */
	readonly hiddenProbabilities: Tensor3D | null;
}

/** `k` ≥ 1 sweeps v ~ P(v|h), h ~ P(h|v) of every replica. Consumes `chains`. */
export function replicaSweep(
	model: ReplicaModel,
	seats: Seats,
	chains: ReplicaChains,
	k: number,
	probabilities: boolean
): ReplicaSweep {
	if (!(k >= 1)) throw new RangeError('A sweep count is at least 1.');
	let { visible, hidden, counter } = chains;
	let hiddenProbabilities: Tensor3D | null = null;
	for (let sweep = 1; sweep <= k; sweep++) {
		visible.dispose();
		visible = replicaLayer(model, seats, 'visible', hidden, counter, false).states!;
		hidden.dispose();
		const wanted = probabilities && sweep === k;
		const layer = replicaLayer(model, seats, 'hidden', visible, counter + 1, wanted);
		hidden = layer.states!;
		hiddenProbabilities = layer.probabilities;
		counter += 2;
	}
	return { chains: { visible, hidden, counter }, hiddenProbabilities };
}

/** `k` ≥ 1 block sweeps of every replica at its own β. Consumes `chains`. */
export function replicaGibbsSweep(
	model: ReplicaModel,
	seats: Seats,
	chains: ReplicaChains,
	k = 1
): [ReplicaChains, { readonly sweeps: number }] {
	return [replicaSweep(model, seats, chains, k, false).chains, { sweeps: k }];
}

export function disposeReplicaChains(chains: ReplicaChains): void {
	chains.visible.dispose();
	chains.hidden.dispose();
}
