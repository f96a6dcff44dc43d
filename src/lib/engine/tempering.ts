// Parallel tempering over β as a simulation: C ladders of R chains, rung r at inverse temperature β_r, neighbours
// exchanging configurations after every step (temperingExchange.ts). The swap decisions are drawn on the device; a step
// reads nothing back, `readStatistics` reads one small tensor when asked.
// Ownership: `temperingStep` CONSUMES its state; the model stays the caller's.
import { slice, reshape, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Key } from '$lib/random/key';
import type { GibbsState } from './gibbs';
import type { Model } from './model';
import { disposeReplicas, disposeSeats, sharedReplicas } from './replicasModel';
import {
	exchangeStep,
	initExchange,
	readStatistics,
	restartStatistics,
	rungSeats,
	type TemperingInfo,
	type TemperingStart,
	type TemperingState
} from './temperingExchange';
import { equaliseLadder } from './temperingLadder';

export {
	disposeTempering,
	readStatistics,
	restartStatistics,
	type TemperingInfo,
	type TemperingStart,
	type TemperingState,
	type TemperingStatistics
} from './temperingExchange';
export { evenLadder, equaliseLadder } from './temperingLadder';

/**
 * Ladders at their start, fair coins unless rows are given. `betas`: R ≥ 2 inverse temperatures in order, one end the
 * one that is wanted (β = 0 is allowed at the other: independent fair coins).
 */
export function initTempering(
	model: Model,
	betas: readonly number[],
	start: TemperingStart,
	key: Key
): TemperingState {
	const rungs = sharedReplicas(model, betas.length);
	try {
		return initExchange(rungs, betas, start, key);
	} finally {
		disposeReplicas(rungs);
	}
}

/** `sweeps` ≥ 1 block sweeps on every rung and one round of exchanges. Consumes `state`. */
export function temperingStep(
	model: Model,
	state: TemperingState,
	sweeps = 1
): [TemperingState, TemperingInfo] {
	const rungs = sharedReplicas(model, state.seats.betas.length);
	const stepped = exchangeStep(rungs, state, sweeps);
	disposeReplicas(rungs);
	return stepped;
}

/** Goes on with another ladder of as many rungs, counting from zero. Consumes `state`. */
export function changeLadder(state: TemperingState, betas: readonly number[]): TemperingState {
	if (betas.length !== state.seats.betas.length)
		throw new RangeError('The ladder keeps its number of rungs.');
	const seats = rungSeats(betas, state.key);
	disposeSeats(state.seats);
	return restartStatistics({ ...state, seats });
}

/**
 * Moves the rungs, ends excepted, so that neighbours exchange equally often, by the acceptance measured since the
 * statistics were begun (one small read-back). During it the chains are not yet in the new laws: sweep before
 * measuring. Consumes `state`.
 */
export async function adaptLadder(state: TemperingState): Promise<TemperingState> {
	const { acceptance } = await readStatistics(state);
	return changeLadder(state, equaliseLadder(state.seats.betas, acceptance));
}

/** A copy of one rung's chains, in the shape of a Gibbs state without a future; the caller disposes it. */
export function rungChains(state: TemperingState, rung: number): Pick<GibbsState, 'visible' | 'hidden'> {
	const [visible, hidden] = tidy(() =>
		[state.chains.visible, state.chains.hidden].map((x) => reshape(slice(x, rung, 1), x.shape.slice(1)))
	);
	return { visible: visible as Tensor2D, hidden: hidden as Tensor2D };
}
