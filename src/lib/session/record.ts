// One record of a run: the SVD of the weights, the lift that follows from it, and the monitors.
import * as tf from '@tensorflow/tfjs-core';
import { exactSums } from '$lib/engine/exactSums';
import { stableDt } from '$lib/engine/langevin';
import { freeEnergy, monitor } from '$lib/engine/monitors';
import type { Model, ModelArrays } from '$lib/engine/model';
import { svdFrom } from '$lib/engine/svdFloat64';
import type { Key } from '$lib/random/key';
import { moments } from '$lib/theory/enumerate';
import type { Rbm } from '$lib/theory/rbm';
import type { Scene } from '$lib/scene/schema';
import { fixSigns, followModes, type Modes } from './modes';
import type { LiftInForce, Monitors } from './protocol';

/** Most units of the smaller layer for which ln Z is enumerated, and the size up to which it is at every record. */
export const EXACT_UP_TO = 20;
const EXACT_EACH_RECORD_UP_TO = 16;

/** The parameters in float64, as theory/ takes them. */
export function toRbm(arrays: ModelArrays): Rbm {
	return {
		N: arrays.N,
		M: arrays.M,
		weights: Float64Array.from(arrays.weights),
		visibleBias: Float64Array.from(arrays.visibleBias),
		hiddenBias: Float64Array.from(arrays.hiddenBias)
	};
}

/** The modes of W, followed from the last record so that lines do not jump. */
export class ModeTracker {
	#last: Modes | null = null;

	next(rbm: Rbm): Modes {
		const { N, M, weights } = rbm;
		const svd = svdFrom(weights, N, M);
		const modes: Modes = {
			N,
			M,
			r: Math.min(N, M),
			singularValues: svd.singularValues,
			u: svd.u,
			v: svd.v
		};
		this.#last = this.#last ? followModes(this.#last, modes) : fixSigns(modes);
		return this.#last;
	}
}

/** σ² and dt in force for these weights: what the Scene asks for, unless βσ²λ_max < 1 or stability forbids it. */
export function liftInForce(scene: Scene, lambdaMax: number): LiftInForce {
	const { beta, langevin } = scene;
	const ceiling = lambdaMax > 0 ? 0.9 / (beta * lambdaMax) : Infinity;
	const wanted = langevin.sigma2 ?? 0.25;
	const sigma2 = Math.min(wanted, ceiling);
	const bound = stableDt(beta, sigma2, lambdaMax);
	const safe = bound / 5;
	const dt = Math.min(langevin.dt ?? safe, bound / 2);
	const notices: string[] = [];
	if (sigma2 < wanted) {
		notices.push(
			`The lift exists only while βσ²λ_max < 1; with λ_max = ${lambdaMax.toFixed(3)} it would end at ` +
				`σ² = ${(1 / (beta * lambdaMax)).toPrecision(3)}, so σ² = ${sigma2.toPrecision(3)} is used ` +
				`instead of ${wanted}.`
		);
	}
	if (langevin.dt !== null && dt < langevin.dt) {
		notices.push(
			`The stiffest mode allows time steps below 2βσ²(1−βσ²λ_max) = ${bound.toPrecision(3)}; ` +
				`half of that, ${dt.toPrecision(3)}, is used instead of ${langevin.dt}.`
		);
	}
	return { sigma2, dt, notice: notices.join(' ') };
}

/** Rows on which the monitors look: fixed for the run, so that curves are comparable from record to record. */
export interface MonitorRows {
	readonly train: tf.Tensor2D;
	readonly heldOut: tf.Tensor2D | null;
	/** the training rows here are all there are */
	readonly complete: boolean;
}

/** E(v,h) of paired binary rows, [B]. Caller disposes. */
export function energies(model: Model, visible: tf.Tensor2D, hidden: tf.Tensor2D): tf.Tensor1D {
	return tf.tidy(() => {
		const coupling = tf.sum(tf.mul(tf.matMul(visible, model.weights), hidden), 1);
		const fields = tf.add(
			tf.sum(tf.mul(visible, model.visibleBias), 1),
			tf.sum(tf.mul(hidden, model.hiddenBias), 1)
		);
		return tf.neg(tf.add(coupling, fields)) as tf.Tensor1D;
	});
}

/** Mean and standard error of independent values. */
export function meanAndError(values: ArrayLike<number>): { mean: number; error: number } {
	const n = values.length;
	let mean = 0;
	for (let i = 0; i < n; i++) mean += values[i];
	mean /= n;
	let square = 0;
	for (let i = 0; i < n; i++) square += (values[i] - mean) ** 2;
	return { mean, error: n > 1 ? Math.sqrt(square / (n - 1) / n) : NaN };
}

async function meanOf(tensor: tf.Tensor): Promise<{ mean: number; error: number }> {
	const values = await tensor.data();
	tensor.dispose();
	return meanAndError(values);
}

export interface Samples {
	readonly gibbs: { readonly visible: tf.Tensor2D; readonly hidden: tf.Tensor2D };
	/** decoded particles, [P, N+M], or null without particles; disposed here */
	readonly langevin: tf.Tensor2D | null;
}

/** Exact quantities by enumeration, at every record up to 16 units and at every 2^(n−16)-th beyond; else NaN. */
export function exactMonitors(rbm: Rbm, beta: number, index: number): { lnZ: number; energy: number } {
	const n = Math.min(rbm.N, rbm.M);
	const every = n <= EXACT_EACH_RECORD_UP_TO ? 1 : 2 ** (n - EXACT_EACH_RECORD_UP_TO);
	if (n > EXACT_UP_TO || index % every !== 0) return { lnZ: NaN, energy: NaN };
	const { lnZ, meanEnergy } = exactSums(rbm, beta) ?? moments(rbm, beta);
	return { lnZ, energy: meanEnergy };
}

/** All monitors of a model. One small read-back each; nothing here changes the run. */
export async function computeMonitors(
	model: Model,
	beta: number,
	rows: MonitorRows,
	samples: Samples,
	exact: { lnZ: number; energy: number },
	key: Key
): Promise<Monitors> {
	const N = model.N;
	const measured = await monitor(model, beta, { train: rows.train, heldOut: rows.heldOut }, key);
	const gibbs = await meanOf(energies(model, samples.gibbs.visible, samples.gibbs.hidden));
	let langevin = { mean: NaN, error: NaN };
	if (samples.langevin) {
		const decoded = samples.langevin;
		const visible = tf.slice(decoded, [0, 0], [-1, N]);
		const hidden = tf.slice(decoded, [0, N], [-1, -1]);
		langevin = await meanOf(energies(model, visible, hidden));
		tf.dispose([visible, hidden, decoded]);
	}
	const train = await logLikelihood(model, beta, rows.train, exact.lnZ, rows.complete);
	const heldOut = rows.heldOut ? await logLikelihood(model, beta, rows.heldOut, exact.lnZ, false) : null;
	return {
		logLikelihood: train.mean,
		logLikelihoodError: train.error,
		heldOutLogLikelihood: heldOut?.mean ?? NaN,
		heldOutLogLikelihoodError: heldOut?.error ?? NaN,
		lnZ: exact.lnZ,
		pseudoLikelihood: measured.pseudoLikelihood.mean,
		pseudoLikelihoodError: measured.pseudoLikelihood.standardError,
		reconstruction: measured.reconstructionError.mean,
		freeEnergyTrain: measured.trainFreeEnergy.mean,
		freeEnergyTrainError: measured.trainFreeEnergy.standardError,
		freeEnergyHeldOut: measured.heldOutFreeEnergy?.mean ?? NaN,
		freeEnergyHeldOutError: measured.heldOutFreeEnergy?.standardError ?? NaN,
		energyExact: exact.energy,
		energyGibbs: gibbs.mean,
		energyGibbsError: gibbs.error,
		energyLangevin: langevin.mean,
		energyLangevinError: langevin.error
	};
}

/** Average of ln p(v) = −βF(v) − ln Z over rows; no error when the rows are all there are. */
async function logLikelihood(
	model: Model,
	beta: number,
	rows: tf.Tensor2D,
	lnZ: number,
	complete: boolean
): Promise<{ mean: number; error: number }> {
	if (Number.isNaN(lnZ)) return { mean: NaN, error: NaN };
	const f = await meanOf(freeEnergy(model, beta, rows));
	return { mean: -beta * f.mean - lnZ, error: complete ? 0 : beta * f.error };
}
