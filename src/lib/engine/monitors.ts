// What a run reports of a model, each named for what it is; computed on the device, one small read-back a call.
// (The exact log-likelihood comes from theory/, from weights read back.)
import {
	abs,
	add,
	concat,
	matMul,
	mean,
	mul,
	neg,
	reshape,
	sub,
	tensor2d,
	tidy,
	type Tensor1D,
	type Tensor2D
} from '@tensorflow/tfjs-core';
import { uniforms } from '$lib/random/draw';
import type { Key } from '$lib/random/key';
import { assertBackend } from './backend';
import { logHidden } from './kernels/freeEnergy';
import { logConditional } from './kernels/logConditional';
import { unitProbabilities } from './kernels/unitProbabilities';
import type { Model } from './model';
import { prepareTransposed, productWithTransposed } from './product';

/** F(v) with P(v) ∝ e^{−βF(v)}: F = −a₀·v − (1/β) Σⱼ ln(1+e^{β(b₀ⱼ + (Wᵀv)ⱼ)}); [B]. Caller disposes. */
export function freeEnergy(model: Model, beta: number, visible: Tensor2D): Tensor1D {
	return tidy(() => freeEnergyFrom(model, beta, visible, matMul(visible, model.weights) as Tensor2D));
}

function freeEnergyFrom(model: Model, beta: number, visible: Tensor2D, x: Tensor2D): Tensor1D {
	const field = reshape(matMul(visible, reshape(model.visibleBias, [-1, 1])), [-1]);
	return neg(add(field, logHidden(x, model.hiddenBias, beta))) as Tensor1D;
}

/** A mean over rows with its standard error (of the rows and, where said, of the random bits). */
export interface Estimate {
	readonly mean: number;
	/** NaN for a single row */
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
	/** pseudo-log-likelihood of the training rows, nats a row; see `pseudoLikelihoodExact` */
	readonly pseudoLikelihood: Estimate;
	/** true: the sum over all units; false: N times one random unit a row (unbiased, noisier) */
	readonly pseudoLikelihoodExact: boolean;
	/** mean over rows of Σᵢ|vᵢ − P(vᵢ=1|E[h|v])|/N: no likelihood, a poor model can make it small */
	readonly reconstructionError: Estimate;
	/** mean free energy of the training rows, energy units */
	readonly trainFreeEnergy: Estimate;
	/** mean free energy of the held-out rows; null where there are none */
	readonly heldOutFreeEnergy: Estimate | null;
}

/** Work (rows·N·M) up to which every unit is summed over. */
const EXACT_WORK = 4e6;

function estimate(values: Float32Array): Estimate {
	const rows = values.length;
	let total = 0;
	for (const value of values) total += value;
	const average = total / rows;
	let squares = 0;
	for (const value of values) squares += (value - average) ** 2;
	return { mean: average, standardError: Math.sqrt(squares / (rows - 1) / rows), rows };
}

/** Which units the pseudo-likelihood looks at, int32 [B, N] or, drawn from `key`, [B, 1]. */
function unitsOf(rows: number, N: number, exact: boolean, key: Key): Tensor2D {
	if (exact)
		return tensor2d(
			Int32Array.from({ length: rows * N }, (_, i) => i % N),
			[rows, N],
			'int32'
		);
	const drawn = Int32Array.from(uniforms(rows, key), (u) => Math.floor(u * N));
	return tensor2d(drawn, [rows, 1], 'int32');
}

/** E[h|v] through the model and back: mean of |v − P(v=1|E[h|v])| over the units, [B]. */
function reconstruction(model: Model, beta: number, visible: Tensor2D, x: Tensor2D): Tensor1D {
	const hidden = unitProbabilities(x, model.hiddenBias, beta);
	const back = productWithTransposed(hidden, prepareTransposed(model.weights));
	return mean(abs(sub(visible, unitProbabilities(back, model.visibleBias, beta))), 1) as Tensor1D;
}

/**
 * All monitors of a model on given rows. The pseudo-likelihood is exact when rows·N·M ≤ `exactWork`
 * (default 4e6), else stochastic with units drawn from `key`. Throws when the backend is lost.
 */
export async function monitor(
	model: Model,
	beta: number,
	rows: MonitorRows,
	key: Key,
	options: { readonly exactWork?: number } = {}
): Promise<Monitors> {
	assertBackend();
	const { train, heldOut } = rows;
	const { N, M } = model;
	const count = train.shape[0];
	const exact = count * N * M <= (options.exactWork ?? EXACT_WORK);
	const packed = tidy(() => {
		const x = matMul(train, model.weights) as Tensor2D;
		const conditionals = logConditional(x, model, train, unitsOf(count, N, exact, key), beta);
		return concat([
			mul(mean(conditionals, 1), N),
			reconstruction(model, beta, train, x),
			freeEnergyFrom(model, beta, train, x),
			...(heldOut ? [freeEnergy(model, beta, heldOut)] : [])
		] as Tensor1D[]);
	});
	const values = await packed.data<'float32'>();
	packed.dispose();
	assertBackend();
	const part = (index: number): Float32Array => values.slice(index * count, (index + 1) * count);
	return {
		pseudoLikelihood: estimate(part(0)),
		pseudoLikelihoodExact: exact,
		reconstructionError: estimate(part(1)),
		trainFreeEnergy: estimate(part(2)),
		heldOutFreeEnergy: heldOut ? estimate(values.slice(3 * count)) : null
	};
}
