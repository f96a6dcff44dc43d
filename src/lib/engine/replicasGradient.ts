// The gradient of R replicas at once: `contrast` of gradient.ts with one more axis, and the centring of a gradient that
// has another term in it.
import {
	add,
	concat,
	mul,
	neg,
	reshape,
	sub,
	sum,
	tensor3d,
	tidy,
	transpose,
	type Tensor,
	type Tensor2D,
	type Tensor3D
} from '@tensorflow/tfjs-core';
import { replicaOuter, replicaProduct } from './replicasLayer';

/** Rows of both layers of every replica; visible [R, B, N], hidden states or probabilities [R, B, M]. */
export interface ReplicaStatistics {
	readonly visible: Tensor3D;
	readonly hidden: Tensor3D;
}

/** One number for each parameter; the caller's. */
export interface ReplicaGradient {
	/** [R, N, M] */
	readonly weights: Tensor3D;
	/** [R, N] */
	readonly visibleBias: Tensor2D;
	/** [R, M] */
	readonly hiddenBias: Tensor2D;
}

/** μ [R, N] and λ [R, M] of every replica. */
export interface ReplicaOffsets {
	readonly visible: Tensor2D;
	readonly hidden: Tensor2D;
}

/** factor_r/rows for rows of the data, −factor_r/rows for rows of the model, [R, B, 1]. */
function rowWeights(factors: readonly number[], dataRows: number, modelRows: number): Tensor3D {
	const rows = dataRows + modelRows;
	const weights = Float32Array.from({ length: factors.length * rows }, (_, at) => {
		const factor = factors[Math.floor(at / rows)];
		return at % rows < dataRows ? factor / dataRows : -factor / modelRows;
	});
	return tensor3d(weights, [factors.length, rows, 1], 'float32');
}

/**
 * factor_r·(⟨·⟩_data − ⟨·⟩_model) of every replica, plain or, with offsets, centred; see gradient.ts for the formulas.
 * `extra` [R, N, M], where given, is added to the weights' part before centring.
 */
export function replicaContrast(
	data: ReplicaStatistics,
	model: ReplicaStatistics,
	factors: readonly number[],
	offsets: ReplicaOffsets | null,
	extra: Tensor3D | null = null
): ReplicaGradient {
	const [R, dataRows, N] = data.visible.shape;
	const M = data.hidden.shape[2];
	const tensors = tidy((): Tensor[] => {
		const weightOfRow = rowWeights(factors, dataRows, model.visible.shape[1]);
		const visible = concat([data.visible, model.visible], 1) as Tensor3D;
		const hidden = mul(concat([data.hidden, model.hidden], 1), weightOfRow) as Tensor3D;
		const visibleMeans = replicaProduct(transpose(weightOfRow, [0, 2, 1]), visible);
		const hiddenMeans = sum(hidden, 1, true) as Tensor3D;
		const plus = (weights: Tensor3D): Tensor3D => (extra ? add(weights, extra) : weights) as Tensor3D;
		if (!offsets) {
			return [
				plus(replicaOuter(visible, hidden)),
				reshape(visibleMeans, [R, N]),
				reshape(hiddenMeans, [R, M])
			];
		}
		const mu = reshape(offsets.visible, [R, 1, N]) as Tensor3D;
		const lambda = reshape(offsets.hidden, [R, 1, M]) as Tensor3D;
		const weights = plus(
			replicaOuter(
				concat([visible, mu, visibleMeans], 1) as Tensor3D,
				concat([hidden, neg(hiddenMeans), neg(lambda)], 1) as Tensor3D
			)
		);
		return [
			weights,
			reshape(sub(reshape(visibleMeans, [R, N, 1]), replicaProduct(weights, transpose(lambda, [0, 2, 1]))), [
				R,
				N
			]),
			reshape(sub(hiddenMeans, replicaProduct(mu, weights)), [R, M])
		];
	});
	return {
		weights: tensors[0] as Tensor3D,
		visibleBias: tensors[1] as Tensor2D,
		hiddenBias: tensors[2] as Tensor2D
	};
}

export function disposeReplicaGradient(gradient: ReplicaGradient): void {
	gradient.weights.dispose();
	gradient.visibleBias.dispose();
	gradient.hiddenBias.dispose();
}
