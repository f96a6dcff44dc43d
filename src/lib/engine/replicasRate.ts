// Learning rates that adapt on the device, for R replicas: the choices of the Python package `rbms` (Béreux, Decelle,
// Furtlehner, Seoane; its options are named beside ours), from their published behaviour. No step reads anything back.
import {
	add,
	greater,
	less,
	minimum,
	mul,
	cast,
	concat,
	div,
	reshape,
	slice,
	sqrt,
	sub,
	sum,
	tensor2d,
	tidy,
	type Tensor,
	type Tensor2D
} from '@tensorflow/tfjs-core';
import { disposeReplicaGradient, type ReplicaGradient } from './replicasGradient';

export interface RateOptions {
	/**
	 * 'constant' (rbms: sgd): the rate stays. 'cosine' (rbms: cossim): a rate grows by 0.2 % in a step whose gradient
	 * points along the one before (their scalar product above 1e-6) and shrinks by 0.2 % when it points against it.
	 */
	readonly rule: 'constant' | 'cosine';
	/** rates never pass this; `max_lr`. Default: no bound. */
	readonly maxRate?: number;
	/** divide rate and bound by (N·M)^¼, so that one rate suits all sizes; `scale_lr`. Default false. */
	readonly scaleBySize?: boolean;
	/** W, a₀ and b₀ each adapt a rate of their own; `mult_optim`. Default false. */
	readonly perGroup?: boolean;
	/** divide the whole gradient by its norm; `normalize_grad`. Default false. */
	readonly normalise?: boolean;
	/** shorten the whole gradient to this norm when it is longer; `max_norm_grad`. Default: never. */
	readonly maxNorm?: number;
	/** Nesterov's look-ahead with the configured momentum; `nag`. Default false. */
	readonly nesterov?: boolean;
}

/** How much a rate moves in a step, and below which scalar product it does not, by the 'cosine' rule. */
export const RATE_CHANGE = 0.002;
export const RATE_DEAD_ZONE = 1e-6;

/** Rates and what the next step compares its gradient with. */
export interface RateState {
	readonly options: RateOptions;
	/** [R, 3]: of W, a₀ and b₀ */
	readonly rates: Tensor2D;
	readonly bound: number;
	/** the last step's gradient; null with the constant rule */
	readonly last: ReplicaGradient | null;
}

/** Rates at their start; `learningRates` one a replica. Throws RangeError on a bound that is not positive. */
export function initRates(
	learningRates: readonly number[],
	N: number,
	M: number,
	options: RateOptions
): RateState {
	const { maxRate = Infinity, maxNorm = Infinity } = options;
	if (!(maxRate > 0 && maxNorm > 0)) throw new RangeError('Bounds of rate and gradient are positive.');
	const scale = options.scaleBySize ? (N * M) ** -0.25 : 1;
	const rates = learningRates.flatMap((rate) => Array<number>(3).fill(Math.min(maxRate, rate) * scale));
	return {
		options,
		rates: tensor2d(rates, [learningRates.length, 3], 'float32'),
		bound: maxRate * scale,
		last: null
	};
}

type Parts = [Tensor, Tensor, Tensor];
const partsOf = (g: ReplicaGradient): Parts => [g.weights, g.visibleBias, g.hiddenBias];

/** Σ a·b of each replica and group, [R, 3]. */
function products(a: ReplicaGradient, b: ReplicaGradient): Tensor2D {
	const R = a.weights.shape[0];
	const others = partsOf(b);
	const columns = partsOf(a).map((part, g) => {
		const all = reshape(mul(part, others[g]), [R, -1]);
		return sum(all, 1, true) as Tensor2D;
	});
	return concat(columns, 1) as Tensor2D;
}

/** [R, 3] with each row's sum in all three places. */
const together = (x: Tensor2D): Tensor2D => mul(sum(x, 1, true), tensor2d([[1, 1, 1]])) as Tensor2D;

/** Each group times its column of `factors` [R, 3] or [R, 1]. */
function scaled(g: ReplicaGradient, factors: Tensor2D): ReplicaGradient {
	const [R, columns] = factors.shape;
	const column = (group: number): Tensor => slice(factors, [0, Math.min(group, columns - 1)], [R, 1]);
	return {
		weights: mul(g.weights, reshape(column(0), [R, 1, 1])),
		visibleBias: mul(g.visibleBias, column(1)),
		hiddenBias: mul(g.hiddenBias, column(2))
	};
}

/** The gradient at the length that the options allow; norms over all parameters of a replica. */
function bounded(g: ReplicaGradient, { normalise, maxNorm }: RateOptions): ReplicaGradient {
	if (!normalise && maxNorm === undefined) return g;
	const R = g.weights.shape[0];
	const norm = add(sqrt(sum(products(g, g), 1)), 1e-30);
	const factor = normalise ? div(1, norm) : minimum(div(maxNorm!, norm), 1);
	return scaled(g, reshape(factor, [R, 1]) as Tensor2D);
}

function adapted(state: RateState, g: ReplicaGradient): Tensor2D {
	const { options, last, rates, bound } = state;
	if (options.rule === 'constant' || !last) return rates.clone();
	const own = products(g, last);
	const along = options.perGroup ? own : together(own);
	const sign = sub(
		cast(greater(along, RATE_DEAD_ZONE), 'float32'),
		cast(less(along, -RATE_DEAD_ZONE), 'float32')
	);
	const moved = mul(rates, add(mul(sign, RATE_CHANGE), 1)) as Tensor2D;
	return Number.isFinite(bound) ? (minimum(moved, bound) as Tensor2D) : moved;
}

const tensorsOf = (g: ReplicaGradient): Tensor[] => partsOf(g);
const gradientOf = ([weights, visibleBias, hiddenBias]: Tensor[]): ReplicaGradient =>
	({ weights, visibleBias, hiddenBias }) as ReplicaGradient;

/**
 * The gradient times its rates, after bounding it and adapting them. Consumes `state` and `gradient`; the step is the
 * caller's.
 */
export function rateStep(
	state: RateState,
	gradient: ReplicaGradient
): { readonly state: RateState; readonly step: ReplicaGradient; readonly rates: Tensor2D } {
	const remember = state.options.rule !== 'constant';
	const tensors = tidy(() => {
		const g = bounded(gradient, state.options);
		const rates = adapted(state, g);
		const kept = remember ? tensorsOf(g).map((part) => part.clone()) : [];
		return [rates, ...tensorsOf(scaled(g, rates)), ...kept];
	});
	disposeRates(state);
	disposeReplicaGradient(gradient);
	const rates = tensors[0] as Tensor2D;
	const last = remember ? gradientOf(tensors.slice(4)) : null;
	return { state: { ...state, rates, last }, step: gradientOf(tensors.slice(1, 4)), rates };
}

/** How much of the velocity the step takes besides the gradient itself (see `RateOptions.nesterov`). */
export function lookAhead(velocity: Tensor, step: Tensor, momentum: number): Tensor {
	return add(step, mul(velocity, momentum));
}

export function disposeRates(state: RateState): void {
	state.rates.dispose();
	if (state.last) disposeReplicaGradient(state.last);
}
