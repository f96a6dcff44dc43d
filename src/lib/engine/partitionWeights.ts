// Log-weights of annealed runs: increments are summed on the device in float32 for a few steps at a time, and these
// partial sums in float64 in memory when they are read, so that thousands of steps lose no accuracy and no step reads
// anything back.
import { zeros, type Tensor1D } from '@tensorflow/tfjs-core';
import { assertBackend } from './backend';

export interface RunningWeights {
	/** sum of the last `steps` increments, [C] */
	readonly partial: Tensor1D;
	readonly steps: number;
	/** sums of the increments before, in parts, [C] each */
	readonly closed: readonly Tensor1D[];
}

/** Increments in one float32 sum. */
const PART = 64;

export function startWeights(chains: number): RunningWeights {
	return { partial: zeros([chains]), steps: 0, closed: [] };
}

/** The weights with `partial` after one increment more (made from the old one). Consumes `weights`. */
export function advanceWeights(weights: RunningWeights, partial: Tensor1D): RunningWeights {
	weights.partial.dispose();
	const steps = weights.steps + 1;
	return steps < PART ? { ...weights, partial, steps } : closeWeights({ ...weights, partial, steps });
}

/** Begins another partial sum, so that what follows can be told from what was before. Consumes `weights`. */
export function closeWeights(weights: RunningWeights): RunningWeights {
	return {
		partial: zeros([weights.partial.shape[0]]),
		steps: 0,
		closed: [...weights.closed, weights.partial]
	};
}

/** Cumulative ln w of every chain after each closed part and after the open one. One wait. */
export async function readParts(weights: RunningWeights): Promise<Float64Array[]> {
	assertBackend();
	const parts = [...weights.closed, weights.partial];
	const values = await Promise.all(parts.map((part) => part.data<'float32'>()));
	assertBackend();
	const total = new Float64Array(values[0].length);
	return values.map((part) => {
		part.forEach((x, chain) => (total[chain] += x));
		return total.slice();
	});
}

export function disposeWeights(weights: RunningWeights): void {
	weights.partial.dispose();
	weights.closed.forEach((part) => part.dispose());
}
