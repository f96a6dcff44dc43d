// ln Z along training: annealed importance sampling whose intermediate models are those of successive training steps, as
// a simulation that is fed each new model. Between two of them the parameters may be interpolated. It costs two to three
// products a step and gives ln Z at every step, where AIS from scratch would cost thousands each.
// Ownership: `trajectoryAisStep` CONSUMES its state, which keeps copies of the last model; the models stay the caller's.
import {
	add,
	mul,
	sub,
	tensor1d,
	tidy,
	zeros,
	type Tensor,
	type Tensor1D,
	type Tensor2D
} from '@tensorflow/tfjs-core';
import { foldIn, type Key } from '$lib/random/key';
import { START } from './gibbs';
import { bitProduct } from './kernels/bitProduct';
import { logWeightChange } from './kernels/logWeightChange';
import { sampleUnits } from './kernels/sampleUnits';
import { layerGiven } from './layer';
import { disposeModel, type Model } from './model';
import {
	advanceWeights,
	closeWeights,
	disposeWeights,
	readParts,
	startWeights,
	type RunningWeights
} from './partitionWeights';

export interface TrajectoryAisState {
	/** present visible layers, about the last model's law, [C, N] */
	readonly visible: Tensor2D;
	/** a copy of the model reached */
	readonly model: Model;
	readonly beta: number;
	readonly weights: RunningWeights;
	/** how many closed parts of `weights` lie before each model, the base excluded */
	readonly marks: readonly number[];
	readonly key: Key;
	readonly counter: number;
}

export interface TrajectoryAisInfo {
	/** models passed, the base excluded */
	readonly models: number;
}

/**
 * C runs at the base model: no couplings, hidden biases 0, visible log-odds `base` (dimensionless; `baseLogOdds`). Its
 * ln Z₀ = M ln 2 + Σ ln(1+e^{baseᵢ}) is exact (`baseLnZ` of theory/).
 */
export function initTrajectoryAis(
	shape: { readonly N: number; readonly M: number },
	beta: number,
	options: { readonly base: ArrayLike<number>; readonly chains: number },
	key: Key
): TrajectoryAisState {
	const { N, M } = shape;
	if (options.base.length !== N) throw new RangeError(`${options.base.length} log-odds for ${N} units.`);
	const field = tensor1d(Float32Array.from(options.base), 'float32');
	const draw = { key: foldIn(key, START), counter: 0 };
	const visible = tidy(() => sampleUnits(zeros([options.chains, N]), field, 1, draw));
	const visibleBias = tidy(() => mul(field, 1 / beta) as Tensor1D);
	field.dispose();
	return {
		visible,
		model: { N, M, weights: zeros([N, M]), visibleBias, hiddenBias: zeros([M]) },
		beta,
		weights: startWeights(options.chains),
		marks: [],
		key,
		counter: 0
	};
}

/** Parameters a share `s` of the way from one model to another; the caller's. */
function between(from: Model, to: Model, s: number): Model {
	const mix = (a: Tensor, b: Tensor): Tensor => (s === 1 ? b.clone() : add(mul(a, 1 - s), mul(b, s)));
	const [weights, visibleBias, hiddenBias] = tidy(() => [
		mix(from.weights, to.weights),
		mix(from.visibleBias, to.visibleBias),
		mix(from.hiddenBias, to.hiddenBias)
	]);
	return { ...from, weights, visibleBias, hiddenBias } as Model;
}

/** Weighs the chains for the step to `to`, which the state takes over, and moves them one Gibbs sweep in its law. */
function stepTo(state: TrajectoryAisState, to: Model, sweeps: number): TrajectoryAisState {
	const { model, beta, weights, key } = state;
	let { visible, counter } = state;
	const partial = tidy(() => {
		const side = (of: Model) => ({
			x: bitProduct(visible, of.weights),
			bias: of.hiddenBias,
			scale: beta
		});
		const drift = sub(to.visibleBias, model.visibleBias) as Tensor1D;
		return logWeightChange(side(model), side(to), visible, drift, beta, weights.partial);
	});
	for (let sweep = 0; sweep < sweeps; sweep++) {
		const hidden = layerGiven(to, beta, 'hidden', visible, { key, counter: counter++ }, false).states!;
		visible.dispose();
		visible = layerGiven(to, beta, 'visible', hidden, { key, counter: counter++ }, false).states!;
		hidden.dispose();
	}
	disposeModel(model);
	return { ...state, visible, model: to, weights: advanceWeights(weights, partial), counter };
}

/**
 * On to the next model of the trajectory, by way of `stops` ≥ 1 evenly spaced interpolations (the model itself being
 * the last), with `sweeps` block sweeps at each. Consumes `state`; nothing is read back.
 */
export function trajectoryAisStep(
	state: TrajectoryAisState,
	model: Model,
	stops = 1,
	sweeps = 1
): [TrajectoryAisState, TrajectoryAisInfo] {
	if (model.N !== state.model.N || model.M !== state.model.M) {
		throw new RangeError(`The trajectory's models are ${state.model.N}×${state.model.M}.`);
	}
	const from = between(state.model, state.model, 1);
	let next = state;
	for (let stop = 1; stop <= stops; stop++) next = stepTo(next, between(from, model, stop / stops), sweeps);
	disposeModel(from);
	const weights = next.weights.steps > 0 ? closeWeights(next.weights) : next.weights;
	const marks = [...next.marks, weights.closed.length];
	return [{ ...next, weights, marks }, { models: marks.length }];
}

/**
 * ln w of every run at each model so far, one Float64Array [C] a model: E[w] = Z_model/Z₀. One read-back. Throws when
 * the backend is lost.
 */
export async function readTrajectoryLogWeights(state: TrajectoryAisState): Promise<Float64Array[]> {
	const parts = await readParts(state.weights);
	return state.marks.map((mark) => parts[mark - 1]);
}

export function disposeTrajectoryAis(state: TrajectoryAisState): void {
	state.visible.dispose();
	disposeModel(state.model);
	disposeWeights(state.weights);
}
