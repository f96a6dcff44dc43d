// Block Gibbs sampling as a simulation: init(model, …, key) → state, sweep(state) → [state, info].
// Ownership: `gibbsSweep` CONSUMES the state it is given (disposes its tensors); keep only the state it returns.
import { tensor2d, tidy, zeros, type Tensor2D } from '@tensorflow/tfjs-core';
import { foldIn, type Key } from '$lib/random/key';
import { sampleUnits } from './kernels/sampleUnits';
import { layerGiven } from './layer';
import type { Model } from './model';

/** Chains: float32 0/1. (visible, hidden) of a row is one joint sample. */
export interface GibbsState {
	/** [C, N] */
	readonly visible: Tensor2D;
	/** [C, M], drawn given `visible` */
	readonly hidden: Tensor2D;
	readonly key: Key;
	/** how many draws have been made from `key`; two a sweep */
	readonly counter: number;
}

export interface GibbsInfo {
	/** block sweeps made by this call */
	readonly sweeps: number;
}

/** Where chains start: fair coins, or given visible rows (float32 0/1, row-major [chains, N]). */
export interface GibbsStart {
	readonly visible?: Float32Array | Tensor2D;
}

/** Child of a chain's key from which its start is drawn. */
export const START = 1;

function startRows(model: Model, chains: number, key: Key, visible?: Float32Array | Tensor2D): Tensor2D {
	const { N } = model;
	if (visible instanceof Float32Array) return tensor2d(visible, [chains, N], 'float32');
	if (visible) {
		if (visible.shape[0] !== chains || visible.shape[1] !== N) throw new RangeError('Start rows do not fit.');
		return visible.clone();
	}
	return tidy(() => sampleUnits(zeros([chains, N]), zeros([N]), 1, { key: foldIn(key, START), counter: 0 }));
}

/** Chains at their start; the hidden layer is drawn given the visible one. A start tensor stays the caller's. */
export function initGibbs(
	model: Model,
	beta: number,
	chains: number,
	key: Key,
	start: GibbsStart = {}
): GibbsState {
	if (!(chains >= 1)) throw new RangeError('Gibbs sampling needs at least one chain.');
	const visible = startRows(model, chains, key, start.visible);
	const hidden = layerGiven(model, beta, 'hidden', visible, { key, counter: 0 }, false).states!;
	return { visible, hidden, key, counter: 1 };
}

/** A sweep's states and what its last half-sweep knew of the hidden layer; all owned by the caller. */
export interface Sweep {
	readonly state: GibbsState;
	/** P(hⱼ=1|v) of the new visible layer, [C, M]; null unless asked for */
	readonly hiddenProbabilities: Tensor2D | null;
}

/**
 * `k` ≥ 1 sweeps v ~ P(v|h), h ~ P(h|v). Since h was drawn from P(h|v) before, the visible layer runs the chain
 * v → h → v, and the product behind the last h serves a gradient as well. Consumes `state`.
 */
export function sweepWithProbabilities(
	model: Model,
	beta: number,
	state: GibbsState,
	k: number,
	probabilities: boolean
): Sweep {
	if (!(k >= 1)) throw new RangeError('A sweep count is at least 1.');
	let hiddenProbabilities: Tensor2D | null = null;
	let { visible, hidden, counter } = state;
	const { key } = state;
	for (let sweep = 0; sweep < k; sweep++) {
		visible.dispose();
		visible = layerGiven(model, beta, 'visible', hidden, { key, counter }, false).states!;
		hidden.dispose();
		const wanted = probabilities && sweep === k - 1;
		const layer = layerGiven(model, beta, 'hidden', visible, { key, counter: counter + 1 }, wanted);
		hidden = layer.states!;
		hiddenProbabilities = layer.probabilities;
		counter += 2;
	}
	return { state: { visible, hidden, key, counter }, hiddenProbabilities };
}

/** `k` ≥ 1 block sweeps (v → h → v of the visible layer) at inverse temperature β. Consumes `state`. */
export function gibbsSweep(model: Model, beta: number, state: GibbsState, k = 1): [GibbsState, GibbsInfo] {
	return [sweepWithProbabilities(model, beta, state, k, false).state, { sweeps: k }];
}

/** P(vᵢ=1|h) of every chain's present hidden layer, [C, N]: smoother pictures than the bits. Caller disposes. */
export function visibleProbabilities(model: Model, beta: number, state: GibbsState): Tensor2D {
	return layerGiven(model, beta, 'visible', state.hidden, null, true).probabilities!;
}

export function disposeGibbs(state: GibbsState): void {
	state.visible.dispose();
	state.hidden.dispose();
}
