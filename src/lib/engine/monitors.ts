// What a run reports of a model, each named for what it is; computed on the device, one small read-back a call.
// (The exact log-likelihood comes from theory/, from weights read back.)
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Key } from '../random/key';
import type { Model } from './model';

/** F(v) with P(v) ∝ e^{−βF(v)}: F = −a₀·v − (1/β) Σⱼ ln(1+e^{β(b₀ⱼ + (Wᵀv)ⱼ)}); [B]. Caller disposes. */
export declare function freeEnergy(model: Model, beta: number, visible: Tensor2D): Tensor1D;

/** A mean over rows with its standard error (of the rows and, where said, of the random bits). */
export interface Estimate {
	readonly mean: number;
	readonly standardError: number;
	readonly rows: number;
}

export interface MonitorRows {
	/** training rows, float32 0/1 [B, N]; the caller's */
	readonly train: Tensor2D;
	/** held-out rows; null where there are none */
	readonly heldOut: Tensor2D | null;
}

export interface Monitors {
	/** pseudo-log-likelihood of the training rows, nats a row; see `exact` */
	readonly pseudoLikelihood: Estimate;
	/** true: the sum over all units; false: N times one random unit a row (unbiased, noisier) */
	readonly pseudoLikelihoodExact: boolean;
	/** mean over rows of Σᵢ|vᵢ − P(vᵢ=1|E[h|v])|/N: no likelihood, an under-regularised model can make it small */
	readonly reconstructionError: Estimate;
	/** mean free energy of the training rows, energy units */
	readonly trainFreeEnergy: Estimate;
	/** mean free energy of the held-out rows; null where there are none */
	readonly heldOutFreeEnergy: Estimate | null;
}

/**
 * All monitors of a model on given rows. The pseudo-likelihood is exact when rows·N·M ≤ `exactWork`
 * (default 4e6), else stochastic with bits drawn from `key`.
 */
export declare function monitor(
	model: Model,
	beta: number,
	rows: MonitorRows,
	key: Key,
	options?: { readonly exactWork?: number }
): Promise<Monitors>;
