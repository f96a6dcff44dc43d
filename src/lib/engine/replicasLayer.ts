// Half a Gibbs sweep of R replicas at once: one batched product and one kernel, whatever R is. On wasm, where tfjs's
// batched product is slow and a dispatch costs nothing, the replicas take the single model's fast way one by one.
import {
	concat,
	getBackend,
	matMul,
	reshape,
	tidy,
	transpose,
	type Tensor1D,
	type Tensor2D,
	type Tensor3D
} from '@tensorflow/tfjs-core';
import { bitProduct } from './kernels/bitProduct';
import { canDrawLayer } from './kernels/drawLayer';
import { pageOf } from './kernels/pageOf';
import { replicaProbabilities } from './kernels/replicaProbabilities';
import { sampleReplicas } from './kernels/sampleReplicas';
import { sampleUnits } from './kernels/sampleUnits';
import { layerGiven, type Side } from './layer';
import { disposeModel } from './model';
import { replicaModel, type ReplicaModel, type Seats } from './replicasModel';

/** The pages [a, b] of all replicas as [R, a, b]; consumes them. */
export function joinPages(pages: readonly Tensor2D[]): Tensor3D {
	const [a, b] = pages[0].shape;
	const joined = tidy(() => reshape(pages.length > 1 ? concat([...pages]) : pages[0], [pages.length, a, b]));
	pages.forEach((tensor) => tensor.dispose());
	return joined as Tensor3D;
}

const each = (R: number, make: (r: number) => Tensor2D): Tensor3D =>
	tidy(() => joinPages(Array.from({ length: R }, (_, r) => make(r))));

type Product = (a: Tensor2D, w: Tensor2D) => Tensor2D;

/** a·w page by page with a product of matrices; one product where all share w. */
function pageByPage(a: Tensor3D, w: Tensor3D, product: Product): Tensor3D {
	const [R, k, n] = a.shape;
	return tidy(() => {
		if (w.shape[0] > 1) return each(R, (r) => product(pageOf(a, r) as Tensor2D, pageOf(w, r) as Tensor2D));
		const all = product(reshape(a, [R * k, n]), pageOf(w, 0) as Tensor2D);
		return reshape(all, [R, k, w.shape[2]]) as Tensor3D;
	});
}

/** a·w page by page: a [R, k, n], w [R, n, m] or [1, n, m] → [R, k, m]. */
export function replicaProduct(a: Tensor3D, w: Tensor3D): Tensor3D {
	if (w.shape[0] === 1 || getBackend() === 'wasm') return pageByPage(a, w, matMul);
	return matMul(a, w) as Tensor3D;
}

/** The same for BINARY a, faster on wasm. */
export function replicaBitProduct(a: Tensor3D, w: Tensor3D): Tensor3D {
	return canDrawLayer() ? pageByPage(a, w, bitProduct) : replicaProduct(a, w);
}

/** a·wᵀ page by page: a [R, k, m], w [R, n, m] or [1, n, m] → [R, k, n]. */
export function replicaProductTransposed(a: Tensor3D, w: Tensor3D): Tensor3D {
	const [R, k, m] = a.shape;
	const [pages, n] = w.shape;
	return tidy(() => {
		if (getBackend() === 'wasm') return replicaProduct(a, transpose(w, [0, 2, 1]));
		if (pages > 1) return matMul(a, w, false, true) as Tensor3D;
		const product = matMul(reshape(a, [R * k, m]), reshape(w, [n, m]), false, true);
		return reshape(product, [R, k, n]) as Tensor3D;
	});
}

/** aᵀb page by page: a [R, k, n], b [R, k, m] → [R, n, m]. */
export function replicaOuter(a: Tensor3D, b: Tensor3D): Tensor3D {
	if (getBackend() !== 'wasm') return matMul(a, b, true, false) as Tensor3D;
	return tidy(() => replicaProduct(transpose(a, [0, 2, 1]), b));
}

/** Draws of R replicas from x = states·W [R, C, n]: sigmoid(β_r(x + bias_r)), each with its own key. */
export function drawReplicas(x: Tensor3D, bias: Tensor2D, seats: Seats, counter: number): Tensor3D {
	if (!canDrawLayer()) return sampleReplicas(x, bias, seats.betaTensor, seats.keyTensor, counter);
	return each(x.shape[0], (r) => {
		const own = pageOf(bias, r) as Tensor1D;
		return sampleUnits(pageOf(x, r) as Tensor2D, own, seats.betas[r], { key: seats.keys[r], counter });
	});
}

/** A layer given the other; tensors are the caller's. */
export interface ReplicaLayer {
	/** 0/1 [R, C, n], null unless drawn */
	readonly states: Tensor3D | null;
	/** [R, C, n], null unless asked for */
	readonly probabilities: Tensor3D | null;
}

/** The layer `side` of R replicas given BINARY states of the other [R, C, ·]; drawn when `counter` is a number. */
export function replicaLayer(
	model: ReplicaModel,
	seats: Seats,
	side: Side,
	other: Tensor3D,
	counter: number | null,
	probabilities: boolean
): ReplicaLayer {
	return canDrawLayer()
		? oneByOne(model, seats, side, other, counter, probabilities)
		: batched(model, seats, side, other, counter, probabilities);
}

function batched(
	model: ReplicaModel,
	seats: Seats,
	side: Side,
	other: Tensor3D,
	counter: number | null,
	probabilities: boolean
): ReplicaLayer {
	const visible = side === 'visible';
	const product = visible ? replicaProductTransposed : replicaProduct;
	const x = product(other, model.weights);
	const bias = visible ? model.visibleBias : model.hiddenBias;
	const layer = {
		states: counter === null ? null : drawReplicas(x, bias, seats, counter),
		probabilities: probabilities ? replicaProbabilities(x, bias, seats.betaTensor) : null
	};
	x.dispose();
	return layer;
}

function oneByOne(
	model: ReplicaModel,
	seats: Seats,
	side: Side,
	other: Tensor3D,
	counter: number | null,
	probabilities: boolean
): ReplicaLayer {
	const states: Tensor2D[] = [];
	const means: Tensor2D[] = [];
	for (let r = 0; r < model.R; r++) {
		const own = replicaModel(model, r);
		const given = pageOf(other, r) as Tensor2D;
		const draw = counter === null ? null : { key: seats.keys[r], counter };
		const layer = layerGiven(own, seats.betas[r], side, given, draw, probabilities);
		if (layer.states) states.push(layer.states);
		if (layer.probabilities) means.push(layer.probabilities);
		given.dispose();
		disposeModel(own);
	}
	return {
		states: states.length ? joinPages(states) : null,
		probabilities: means.length ? joinPages(means) : null
	};
}
