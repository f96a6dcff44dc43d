// Block Gibbs sampling as a simulation: init(model, …, key) → state, sweep(state) → [state, info].
// Ownership: `gibbsSweep` CONSUMES the state it is given (disposes its tensors); keep only the state it returns.
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Key } from '../random/key';
import type { Model } from './model';

/** Chains: float32 0/1. (visible, hidden) of a row is one joint sample. */
export interface GibbsState {
	/** [C, N] */
	readonly visible: Tensor2D;
	/** [C, M] */
	readonly hidden: Tensor2D;
	readonly key: Key;
	/** how many draws have been made from `key`; two a sweep */
	readonly counter: number;
}

export interface GibbsInfo {
	/** block sweeps v→h→v made by this call */
	readonly sweeps: number;
}

/** Where chains start: fair coins, or given visible rows (float32 0/1, row-major [chains, N]). */
export interface GibbsStart {
	readonly visible?: Float32Array | Tensor2D;
}

/** Chains at their start; the hidden layer is drawn given the visible one. The start tensor stays the caller's. */
export declare function initGibbs(
	model: Model,
	beta: number,
	chains: number,
	key: Key,
	start?: GibbsStart
): GibbsState;

/** `k` ≥ 1 sweeps h ~ P(h|v), v ~ P(v|h) at inverse temperature β. Consumes `state`. */
export declare function gibbsSweep(
	model: Model,
	beta: number,
	state: GibbsState,
	k?: number
): [GibbsState, GibbsInfo];

/** P(vᵢ=1|h) of every chain's present hidden layer, [C, N]: smoother pictures than the bits. Caller disposes. */
export declare function visibleProbabilities(model: Model, beta: number, state: GibbsState): Tensor2D;

export declare function disposeGibbs(state: GibbsState): void;
