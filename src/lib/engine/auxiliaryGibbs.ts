// Auxiliary-Gaussian Gibbs sampling (theory §5; Martens, Sutskever, AISTATS 2010; Zhang, Sutton, Storkey, Ghahramani,
// NIPS 2012) as a simulation: s → z → s with z|s = s − βσ²∇E(s) + N(0, σ²A⁻¹) and, given z, all units of both layers
// independent, P(sₖ=1|z) = sigmoid((zₖ−½)/σ²). Leaves the RBM's law invariant at every σ² with βσ²λ_max < 1.
// Ownership: `auxiliarySweep` CONSUMES its state, never the machine.
import { fill, tidy, zeros, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { foldIn, type Key } from '$lib/random/key';
import { sampleUnits } from './kernels/sampleUnits';
import { lift, type LangevinMachine } from './langevin';

export interface AuxiliaryState {
	/** float32 0/1, [C, N+M], visible units first; a row is one joint sample */
	readonly states: Tensor2D;
	/** the z that `states` was drawn from, [C, N+M]; null before the first sweep */
	readonly z: Tensor2D | null;
	readonly key: Key;
	/** sweeps done: also the counter of both draws */
	readonly sweep: number;
}

export interface AuxiliaryInfo {
	/** sweeps made by this call */
	readonly sweeps: number;
}

/** Children of a state's key. */
const START = 1;
const LIFT = 2;
const COINS = 3;

/**
 * Chains at given states (float32 0/1 [chains, N+M], the caller's), or at fair coins.
 * @throws RangeError for no chains, or states that do not fit.
 */
export function initAuxiliary(
	machine: LangevinMachine,
	chains: number,
	key: Key,
	states?: Tensor2D
): AuxiliaryState {
	const K = machine.N + machine.M;
	if (!(chains >= 1)) throw new RangeError('Gibbs sampling needs at least one chain.');
	if (states && (states.shape[0] !== chains || states.shape[1] !== K)) {
		throw new RangeError(`${chains} chains of ${K} units start from as many states.`);
	}
	const coins = () => sampleUnits(zeros([chains, K]), zeros([K]), 1, { key: foldIn(key, START), counter: 0 });
	return { states: states ? states.clone() : tidy(coins), z: null, key, sweep: 0 };
}

/** `k` ≥ 1 sweeps s → z → s, no read-back. Consumes `state`. */
export function auxiliarySweep(
	state: AuxiliaryState,
	machine: LangevinMachine,
	k = 1
): [AuxiliaryState, AuxiliaryInfo] {
	if (!(k >= 1)) throw new RangeError('A sweep count is at least 1.');
	const [noise, coins] = [foldIn(state.key, LIFT), foldIn(state.key, COINS)];
	let { states, z } = state;
	const centre = fill([machine.N + machine.M], -0.5) as Tensor1D;
	for (let i = 0; i < k; i++) {
		const counter = state.sweep + i;
		const lifted = lift(machine, states, noise, counter);
		z?.dispose();
		states.dispose();
		z = lifted;
		states = sampleUnits(lifted, centre, 1 / machine.sigma2, { key: coins, counter });
	}
	centre.dispose();
	return [{ states, z, key: state.key, sweep: state.sweep + k }, { sweeps: k }];
}

export function disposeAuxiliary({ states, z }: AuxiliaryState): void {
	states.dispose();
	z?.dispose();
}
