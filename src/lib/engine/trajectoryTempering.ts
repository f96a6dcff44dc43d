// Parallel trajectory tempering (PTT: Béreux, Decelle, Furtlehner, Rosset, Seoane, "Fast training and sampling of
// restricted Boltzmann machines", arXiv 2405.15376): the rungs are the models of successive training steps, all at one
// β, and neighbours exchange with probability min(1, e^{ΔH}), ΔH the free-energy differences of both models at both
// configurations. Early models mix at once and learning moves few modes between neighbours, so that no first-order
// transition stands in the way, as it does along β.
// Ownership: `trajectoryTemperingStep` CONSUMES its state; the trajectory stays the caller's.
import { concat, slice, tidy, type Tensor3D } from '@tensorflow/tfjs-core';
import type { Key } from '$lib/random/key';
import type { Model } from './model';
import { disposeReplicas, disposeSeats, sharedReplicas, type ReplicaModel } from './replicasModel';
import {
	exchangeStep,
	initExchange,
	restartStatistics,
	rungSeats,
	type TemperingInfo,
	type TemperingStart,
	type TemperingState
} from './temperingExchange';

export {
	disposeTempering,
	readStatistics,
	restartStatistics,
	type TemperingInfo,
	type TemperingState,
	type TemperingStatistics
} from './temperingExchange';
export { disposeReplicas as disposeTrajectory, stackModels as makeTrajectory } from './replicasModel';
export { rungChains } from './tempering';
export { thinTrajectory } from './temperingLadder';

/**
 * Chains at their start on every model of the trajectory (R ≥ 2, in the order of training; the first should mix at
 * once: untrained, or with the biases alone). Fair coins unless rows are given.
 */
export function initTrajectoryTempering(
	trajectory: ReplicaModel,
	beta: number,
	start: TemperingStart,
	key: Key
): TemperingState {
	return initExchange(trajectory, new Array<number>(trajectory.R).fill(beta), start, key);
}

/** `sweeps` ≥ 1 block sweeps of every model and one round of exchanges. Consumes `state`. */
export function trajectoryTemperingStep(
	trajectory: ReplicaModel,
	state: TemperingState,
	sweeps = 1
): [TemperingState, TemperingInfo] {
	return exchangeStep(trajectory, state, sweeps);
}

/**
 * The trajectory with one model more at its end, and the state to go with it: the new model's chains start where those
 * of the one before are, and counting begins from zero. Consumes `trajectory` and `state`, copies `model`.
 */
export function extendTrajectory(
	trajectory: ReplicaModel,
	state: TemperingState,
	model: Model
): [ReplicaModel, TemperingState] {
	if (model.N !== trajectory.N || model.M !== trajectory.M) {
		throw new RangeError(`The trajectory's models are ${trajectory.N}×${trajectory.M}.`);
	}
	const last = sharedReplicas(model, 1);
	const { chains, seats, key } = state;
	const grown = tidy(() => ({
		weights: concat([trajectory.weights, last.weights]) as ReplicaModel['weights'],
		visibleBias: concat([trajectory.visibleBias, last.visibleBias]) as ReplicaModel['visibleBias'],
		hiddenBias: concat([trajectory.hiddenBias, last.hiddenBias]) as ReplicaModel['hiddenBias']
	}));
	const again = (x: Tensor3D): Tensor3D => {
		const longer = tidy(() => concat([x, slice(x, x.shape[0] - 1, 1)]) as Tensor3D);
		x.dispose();
		return longer;
	};
	const betas = [...seats.betas, seats.betas[seats.betas.length - 1]];
	const next = {
		...state,
		chains: { visible: again(chains.visible), hidden: again(chains.hidden), counter: chains.counter },
		seats: rungSeats(betas, key)
	};
	disposeSeats(seats);
	disposeReplicas(last);
	disposeReplicas(trajectory);
	return [{ ...trajectory, ...grown, R: trajectory.R + 1 }, restartStatistics(next)];
}
