// A denoiser that remembers: block Gibbs on the shifted RBM (denoisers.ts) that goes on from where the last noise level
// left it. Levels change the posterior a little at a time, so the chain follows it, where one that starts from free
// units at each level would have to find its mode anew. It answers with E[s|z], or with a draw of s|z: a reverse step
// with a draw in the mean's place has the right law for any number of levels, because z′ given z and s is Gaussian with
// the very mean and variance that the step uses; the mean's place in it is right only as levels grow.
import {
	add,
	concat,
	matMul,
	mul,
	slice,
	sub,
	tidy,
	zeros,
	type Tensor1D,
	type Tensor2D
} from '@tensorflow/tfjs-core';
import type { Denoiser } from './denoisers';
import { sampleUnits } from './kernels/sampleUnits';
import { unitProbabilities } from './kernels/unitProbabilities';
import type { Model } from './model';
import { prepareTransposed, productWithTransposed } from './product';

export interface ChainDenoiser {
	readonly denoise: Denoiser;
	/** Forgets the chains; the next call starts from free units. */
	dispose(): void;
}

/**
 * @param sweeps block sweeps a call
 * @param answer `mean`: average of the layers' conditional means over the later half of the sweeps (Rao–Blackwell);
 * `draw`: the chain's state after them
 * @throws RangeError for less than one sweep
 */
export function chainDenoiser(
	model: Model,
	beta: number,
	sweeps: number,
	answer: 'mean' | 'draw' = 'mean'
): ChainDenoiser {
	if (!(sweeps >= 1)) throw new RangeError('Gibbs sampling needs at least one sweep.');
	const { N, M } = model;
	const kept = Math.ceil(sweeps / 2);
	let chains: Tensor2D | null = null;

	const denoise: Denoiser = (z, sigma2, { key, counter }) => {
		const P = z.shape[0];
		if (chains && chains.shape[0] !== P) throw new RangeError('The chains follow other particles.');
		const before = chains;
		const [states, mean] = tidy(() => {
			const strength = 1 / (beta * sigma2);
			const field = (from: number, size: number, bias: Tensor1D) =>
				add(mul(sub(slice(z, [0, from], [P, size]), 0.5), strength), bias) as Tensor2D;
			const [visibleField, hiddenField] = [field(0, N, model.visibleBias), field(N, M, model.hiddenBias)];
			const [a, b] = [zeros([N]) as Tensor1D, zeros([M]) as Tensor1D];
			const transposed = prepareTransposed(model.weights);
			// Draws of a call follow each other in the counter.
			let draws = counter * (2 * sweeps + 1);
			const draw = (fields: Tensor2D, bias: Tensor1D) =>
				sampleUnits(fields, bias, beta, { key, counter: draws++ });
			let v = before ? (slice(before, [0, 0], [P, N]) as Tensor2D) : draw(visibleField, a);
			let h = v;
			let total: Tensor2D | null = null;
			for (let sweep = 0; sweep < sweeps; sweep++) {
				const hiddenFields = add(matMul(v, model.weights), hiddenField) as Tensor2D;
				h = draw(hiddenFields, b);
				const visibleFields = add(productWithTransposed(h, transposed), visibleField) as Tensor2D;
				v = draw(visibleFields, a);
				if (answer === 'draw' || sweep < sweeps - kept) continue;
				const means: Tensor2D = concat(
					[unitProbabilities(visibleFields, a, beta), unitProbabilities(hiddenFields, b, beta)],
					1
				);
				total = total ? add(total, means) : means;
			}
			const last = concat([v, h], 1) as Tensor2D;
			return [last, total ? (mul(total, 1 / kept) as Tensor2D) : (last.clone() as Tensor2D)];
		});
		before?.dispose();
		chains = states;
		return mean;
	};
	return {
		denoise,
		dispose() {
			chains?.dispose();
			chains = null;
		}
	};
}
