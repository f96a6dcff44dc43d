// The gradient of the average log-likelihood from two sets of rows, one of the data and one of the model, plain or
// centred. Pure: train.ts supplies the rows, tests may supply exact ones.
import {
	concat,
	fill,
	matMul,
	mul,
	neg,
	reshape,
	sub,
	sum,
	tidy,
	type Tensor,
	type Tensor1D,
	type Tensor2D
} from '@tensorflow/tfjs-core';
import { productTransposedLeft } from './product';

/** Rows of both layers and how much each counts. */
export interface Statistics {
	/** [B, N] */
	readonly visible: Tensor2D;
	/** states or probabilities, [B, M] */
	readonly hidden: Tensor2D;
	/** weights of the rows, [B, 1], summing to 1; absent: 1/B each */
	readonly rowWeights?: Tensor2D;
}

/** One number for each parameter; the caller's. */
export interface Gradient {
	readonly weights: Tensor2D;
	readonly visibleBias: Tensor1D;
	readonly hiddenBias: Tensor1D;
}

/** Running averages that centre the gradient: μ of the visible, λ of the hidden units. */
export interface Offsets {
	/** μ, [N] */
	readonly visible: Tensor1D;
	/** λ, [M] */
	readonly hidden: Tensor1D;
}

/** How much every row counts, times `factor`, [B, 1]. */
function weightsOf({ visible, rowWeights }: Statistics, factor: number): Tensor2D {
	const rows = visible.shape[0];
	return rowWeights ? mul(rowWeights, factor) : (fill([rows, 1], factor / rows) as Tensor2D);
}

/**
 * factor·(⟨·⟩_data − ⟨·⟩_model) for W, a₀ and b₀ (factor = β gives the gradient of the average log-likelihood);
 * with offsets the centred gradient:
 *   ∇W = ⟨(v−μ)(h−λ)ᵀ⟩_data − ⟨(v−μ)(h−λ)ᵀ⟩_model,
 *   ∇a₀ = ⟨v⟩_data − ⟨v⟩_model − ∇W·λ,   ∇b₀ = ⟨h⟩_data − ⟨h⟩_model − ∇Wᵀ·μ,
 * which is the gradient in the parameters of E = −(v−μ)·a − (h−λ)·b − (v−μ)ᵀW(h−λ), written as a step of the normal
 * parameters a₀ = a − Wλ, b₀ = b − Wᵀμ at fixed offsets. (Melchior, Fischer, Wiskott, JMLR 17 (2016) 99, algorithm 1;
 * Montavon, Müller 2012.)
 *
 * One product does it: data rows and, with a minus sign, model rows are stacked; centring is two rows more, because
 * ∇W = (⟨vhᵀ⟩_data − ⟨vhᵀ⟩_model) − μ(⟨h⟩_data − ⟨h⟩_model)ᵀ − (⟨v⟩_data − ⟨v⟩_model)λᵀ.
 */
export function contrast(
	data: Statistics,
	model: Statistics,
	factor: number,
	offsets: Offsets | null
): Gradient {
	const tensors = tidy((): Tensor[] => {
		const rowWeights = concat([weightsOf(data, factor), weightsOf(model, -factor)]);
		const visible = concat([data.visible, model.visible]);
		const hidden = mul(concat([data.hidden, model.hidden]), rowWeights) as Tensor2D;
		const visibleMeans = matMul(reshape(rowWeights, [1, -1]), visible) as Tensor2D;
		const hiddenMeans = sum(hidden, 0, true) as Tensor2D;
		if (!offsets) {
			return [
				productTransposedLeft(visible, hidden),
				reshape(visibleMeans, [-1]),
				reshape(hiddenMeans, [-1])
			];
		}
		const mu = reshape(offsets.visible, [1, -1]) as Tensor2D;
		const lambda = reshape(offsets.hidden, [1, -1]) as Tensor2D;
		const weights = productTransposedLeft(
			concat([visible, mu, visibleMeans]),
			concat([hidden, neg(hiddenMeans), neg(lambda)])
		);
		return [
			weights,
			reshape(sub(visibleMeans, reshape(matMul(weights, reshape(lambda, [-1, 1])), [1, -1])), [-1]),
			reshape(sub(hiddenMeans, matMul(mu, weights)), [-1])
		];
	});
	return {
		weights: tensors[0] as Tensor2D,
		visibleBias: tensors[1] as Tensor1D,
		hiddenBias: tensors[2] as Tensor1D
	};
}
