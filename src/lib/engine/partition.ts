// ln Z by annealed importance sampling (Salakhutdinov & Murray 2008), forwards from the base-rate RBM and backwards from
// samples of the RBM, as a simulation: C runs side by side, a step a temperature. Returns log-weights; estimates, error
// bars and the bracket are made of them by theory/partitionAis.ts (`aisEstimate`, `reverseAisEstimate`, `aisBracket`).
// Ownership: `aisStep` CONSUMES its state; the path and the model stay the caller's.
import { add, mul, tensor2d, tidy, zeros, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { foldIn, type Key } from '$lib/random/key';
import { START } from './gibbs';
import { bitProduct } from './kernels/bitProduct';
import { logWeightChange } from './kernels/logWeightChange';
import { sampleUnits } from './kernels/sampleUnits';
import { layerGiven } from './layer';
import type { AnnealingPath } from './partitionPath';
import {
	advanceWeights,
	disposeWeights,
	readParts,
	startWeights,
	type RunningWeights
} from './partitionWeights';

export {
	baseLogOdds,
	DEFAULT_TEMPERATURES,
	defaultSchedule,
	disposePath,
	makePath,
	type AnnealingPath
} from './partitionPath';

export interface AisState {
	/** present visible layers, [C, N] */
	readonly visible: Tensor2D;
	readonly weights: RunningWeights;
	readonly direction: 'forward' | 'reverse';
	/** where in the schedule the runs are: 0 is the base model, schedule.length − 1 the RBM */
	readonly position: number;
	readonly key: Key;
	readonly counter: number;
}

export interface AisInfo {
	/** temperatures left behind, and how many there are */
	readonly steps: number;
	readonly total: number;
	readonly done: boolean;
}

export type AisStart =
	| { readonly direction: 'forward'; readonly chains: number }
	/** visible rows from the RBM at β, independent: exact or long-run samples, float32 0/1 [C, N] */
	| { readonly direction: 'reverse'; readonly samples: Float32Array | Tensor2D };

function startRows(path: AnnealingPath, start: AisStart, key: Key): Tensor2D {
	const { N } = path.model;
	if (start.direction === 'forward') {
		const draw = { key: foldIn(key, START), counter: 0 };
		return tidy(() => sampleUnits(zeros([start.chains, N]), path.baseField, 1, draw));
	}
	const { samples } = start;
	if (samples instanceof Float32Array) {
		if (samples.length % N) throw new RangeError(`Samples have ${N} units each.`);
		return tensor2d(samples, [samples.length / N, N], 'float32');
	}
	if (samples.shape[1] !== N) throw new RangeError(`Samples have ${N} units each.`);
	return samples.clone();
}

/** Runs before their first step: forwards from the base model's own law, in reverse from given samples. */
export function initAis(path: AnnealingPath, start: AisStart, key: Key): AisState {
	const visible = startRows(path, start, key);
	return {
		visible,
		weights: startWeights(visible.shape[0]),
		direction: start.direction,
		position: start.direction === 'forward' ? 0 : path.schedule.length - 1,
		key,
		counter: 0
	};
}

/** The visible bias a with tβ·a = (1−t)·base + tβa₀, t > 0. */
function biasAt(path: AnnealingPath, t: number): Tensor1D {
	const share = (1 - t) / (t * path.beta);
	return tidy(() => add(path.model.visibleBias, mul(path.baseField, share)) as Tensor1D);
}

/** One step on: the change of ln f at the present states, then a Gibbs sweep that leaves the next f invariant. */
function oneStep(path: AnnealingPath, state: AisState, sweeps: number): AisState {
	const { model, beta, schedule } = path;
	const { key } = state;
	const position = state.position + (state.direction === 'forward' ? 1 : -1);
	const [from, to] = [schedule[state.position], schedule[position]];
	const x = bitProduct(state.visible, model.weights);
	const side = (t: number) => ({ x, bias: model.hiddenBias, scale: t * beta });
	const { weights } = state;
	const partial = logWeightChange(
		side(from),
		side(to),
		state.visible,
		path.drift,
		to - from,
		weights.partial
	);
	let { visible, counter } = state;
	if (to === 0) {
		visible.dispose();
		visible = tidy(() => sampleUnits(zeros(state.visible.shape), path.baseField, 1, { key, counter }));
		counter++;
	} else {
		const bias = biasAt(path, to);
		let hidden = sampleUnits(x, model.hiddenBias, to * beta, { key, counter: counter++ });
		const annealed = { ...model, visibleBias: bias };
		for (let sweep = 0; sweep < sweeps; sweep++) {
			if (sweep > 0) {
				hidden = layerGiven(model, to * beta, 'hidden', visible, { key, counter: counter++ }, false).states!;
			}
			visible.dispose();
			visible = layerGiven(
				annealed,
				to * beta,
				'visible',
				hidden,
				{ key, counter: counter++ },
				false
			).states!;
			hidden.dispose();
		}
		bias.dispose();
	}
	x.dispose();
	return { ...state, visible, weights: advanceWeights(weights, partial), position, counter };
}

/** Is the annealing at its end? */
const atEnd = (path: AnnealingPath, { direction, position }: AisState): boolean =>
	position === (direction === 'forward' ? path.schedule.length - 1 : 0);

/**
 * Up to `temperatures` steps along the schedule, with `sweeps` block sweeps at each; none at the end. Consumes `state`.
 * Nothing is read back, so that a caller may stop between calls.
 */
export function aisStep(
	path: AnnealingPath,
	state: AisState,
	temperatures = 1,
	sweeps = 1
): [AisState, AisInfo] {
	let next = state;
	for (let step = 0; step < temperatures && !atEnd(path, next); step++) next = oneStep(path, next, sweeps);
	const total = path.schedule.length - 1;
	const steps = next.direction === 'forward' ? next.position : total - next.position;
	return [next, { steps, total, done: atEnd(path, next) }];
}

/**
 * ln w of every run so far, float64 sums; one read-back. At the end, forwards E[w] = Z/Z₀, in reverse E[w] = Z₀/Z, with
 * ln Z₀ = `baseLnZ(rbm, path.base)` of theory/. Throws when the backend is lost.
 */
export async function readLogWeights(state: AisState): Promise<Float64Array> {
	const parts = await readParts(state.weights);
	return parts[parts.length - 1];
}

/** Disposes the state, not the path. */
export function disposeAis(state: AisState): void {
	state.visible.dispose();
	disposeWeights(state.weights);
}
