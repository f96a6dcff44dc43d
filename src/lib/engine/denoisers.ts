// Denoisers of the reverse diffusion: E[s|z] of binary rows s seen through noise, z = s + N(0, σ²). For the RBM that is
// the magnetisation of the same RBM with every bias shifted by (zₖ−½)/(βσ²) (theory §5).
import {
	add,
	concat,
	fill,
	matMul,
	mul,
	slice,
	softmax,
	sub,
	tensor1d,
	tensor2d,
	tidy,
	transpose,
	type Tensor1D,
	type Tensor2D
} from '@tensorflow/tfjs-core';
import { assertBackend } from './backend';
import type { Draw } from './kernels/draw';
import { sampleUnits } from './kernels/sampleUnits';
import { unitProbabilities } from './kernels/unitProbabilities';
import type { Model } from './model';
import { prepareTransposed, productWithTransposed } from './product';

/**
 * E[s|z] [P, K] at noise variance σ² for z [P, K]; the draw is for denoisers that sample. Neither disposes z nor keeps
 * it; the caller disposes the result.
 */
export type Denoiser = (z: Tensor2D, sigma2: number, draw: Draw) => Tensor2D | Promise<Tensor2D>;

/** A distribution over listed states, on the device; whoever makes it disposes it. */
export interface StateTable {
	/** [n, K], float32 0/1 */
	readonly states: Tensor2D;
	/** ln of the weights up to a constant, [n] */
	readonly logWeights: Tensor1D;
}

/**
 * Uploads states (row-major [n, K]) with ln-weights [n]: all 2^K of a small RBM with −βE, or a data set with zeros.
 * @throws RangeError when lengths do not fit.
 */
export function makeStateTable(states: ArrayLike<number>, logWeights: ArrayLike<number>): StateTable {
	const n = logWeights.length;
	const K = states.length / n;
	if (!(n >= 1) || !Number.isInteger(K)) throw new RangeError('States and weights do not fit.');
	const top = Array.from(logWeights).reduce((a, b) => Math.max(a, b));
	return {
		states: tensor2d(Float32Array.from(states), [n, K], 'float32'),
		logWeights: tensor1d(
			Float32Array.from(logWeights, (w) => w - top),
			'float32'
		)
	};
}

export function disposeStateTable({ states, logWeights }: StateTable): void {
	states.dispose();
	logWeights.dispose();
}

/**
 * Exact, by enumeration on the device: softmax over the table's states of ln w − |z−s|²/(2σ²), two products with [n, K].
 * For up to some thousands of states.
 */
export function tableDenoiser({ states, logWeights }: StateTable): Denoiser {
	return (z, sigma2) =>
		tidy(() => {
			// −|z−s|²/(2σ²) up to what does not depend on s; for bits s² = s: (z−½)·s/σ²
			const shifted = mul(sub(z, 0.5), 1 / sigma2) as Tensor2D;
			const logits = add(matMul(shifted, transpose(states)), logWeights);
			return matMul(softmax(logits) as Tensor2D, states) as Tensor2D;
		});
}

/**
 * Any function of a row in memory, such as theory's enumeration for min(N,M) ≤ 20: one read-back and upload a call.
 * @param denoise (z [K], σ²) → E[s|z] [K]
 */
export function hostDenoiser(denoise: (z: Float64Array, sigma2: number) => ArrayLike<number>): Denoiser {
	return async (z, sigma2) => {
		const [P, K] = z.shape;
		assertBackend();
		const values = await z.data();
		assertBackend();
		const out = new Float32Array(P * K);
		for (let p = 0; p < P; p++) {
			out.set(denoise(Float64Array.from(values.subarray(p * K, (p + 1) * K)), sigma2), p * K);
		}
		return tensor2d(out, [P, K], 'float32');
	};
}

/** Fields (z−½)/(βσ²) + bias of one layer of every row, [P, n]: columns from…from+n−1 of z. */
function fieldsOf(z: Tensor2D, from: number, bias: Tensor1D, strength: number): Tensor2D {
	const part = slice(z, [0, from], [z.shape[0], bias.shape[0]]);
	return add(mul(sub(part, 0.5), 1 / strength), bias) as Tensor2D;
}

interface Posterior {
	/** P(v=1) given hidden rows, and the other way round; [P, n] */
	readonly visibleGiven: (hidden: Tensor2D) => Tensor2D;
	readonly hiddenGiven: (visible: Tensor2D) => Tensor2D;
	/** the visible fields without coupling */
	readonly visibleField: Tensor2D;
}

/** Fields of the shifted RBM, to be used within one `tidy`. */
function posterior(model: Model, beta: number, z: Tensor2D, sigma2: number): Posterior {
	const strength = beta * sigma2;
	const visibleField = fieldsOf(z, 0, model.visibleBias, strength);
	const hiddenField = fieldsOf(z, model.N, model.hiddenBias, strength);
	const transposed = prepareTransposed(model.weights);
	return {
		visibleField,
		visibleGiven: (h) => add(productWithTransposed(h, transposed), visibleField) as Tensor2D,
		hiddenGiven: (v) => add(matMul(v, model.weights), hiddenField) as Tensor2D
	};
}

const zeroBias = (n: number): Tensor1D => fill([n], 0) as Tensor1D;

/**
 * Naive mean field of the shifted RBM: `rounds` of m_h = σ(β(b′+Wᵀm_v)), m_v = σ(β(a′+Wm_h)) from the denoiser of free
 * units. Close to E[s|z] where the posterior has one mode, which late levels (small σ) have; biased elsewhere.
 */
export function meanFieldDenoiser(model: Model, beta: number, rounds = 20): Denoiser {
	if (!(rounds >= 1)) throw new RangeError('Mean field needs at least one round.');
	const [a, b] = [model.N, model.M];
	return (z, sigma2) =>
		tidy(() => {
			const { visibleField, visibleGiven, hiddenGiven } = posterior(model, beta, z, sigma2);
			let v = unitProbabilities(visibleField, zeroBias(a), beta);
			let h = v;
			for (let round = 0; round < rounds; round++) {
				h = unitProbabilities(hiddenGiven(v), zeroBias(b), beta);
				v = unitProbabilities(visibleGiven(h), zeroBias(a), beta);
			}
			return concat([v, h], 1);
		});
}

/**
 * `sweeps` of block Gibbs on the shifted RBM from free units, the first half thrown away; E[s|z] is the mean of the
 * layers' conditional probabilities over the rest (Rao–Blackwell). Unbiased as sweeps grow; its noise, of variance
 * below 1/sweeps a unit, averages out over the levels.
 */
export function gibbsDenoiser(model: Model, beta: number, sweeps = 10): Denoiser {
	if (!(sweeps >= 1)) throw new RangeError('Gibbs sampling needs at least one sweep.');
	const kept = Math.ceil(sweeps / 2);
	return (z, sigma2, { key, counter }) =>
		tidy(() => {
			const { visibleField, visibleGiven, hiddenGiven } = posterior(model, beta, z, sigma2);
			const [a, b] = [zeroBias(model.N), zeroBias(model.M)];
			// Draws of a level follow each other in the counter.
			let draws = counter * (2 * sweeps + 1);
			const draw = (field: Tensor2D, bias: Tensor1D) =>
				sampleUnits(field, bias, beta, { key, counter: draws++ });
			let v = draw(visibleField, a);
			let total: Tensor2D | null = null;
			for (let sweep = 0; sweep < sweeps; sweep++) {
				const hiddenFields = hiddenGiven(v);
				const h = draw(hiddenFields, b);
				const visibleFields = visibleGiven(h);
				v = draw(visibleFields, a);
				if (sweep < sweeps - kept) continue;
				const means: Tensor2D = concat(
					[unitProbabilities(visibleFields, a, beta), unitProbabilities(hiddenFields, b, beta)],
					1
				);
				total = total ? add(total, means) : means;
			}
			return mul(total!, 1 / kept) as Tensor2D;
		});
}
