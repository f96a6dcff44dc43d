// How a call of the SIMD module is shared out among threads: a control block that caller and workers read, and the loop
// in which each takes parts until none is left.
import type { Exports, Shared } from './module';

/** Functions by number, the same list on both sides. */
export const SHARED: readonly Shared[] = [
	'dotRows',
	'drawLayer',
	'enumerateStates',
	'gaussianNoise',
	'langevinRun',
	'langevinUpdate',
	'logConditional',
	'malaRun',
	'multiplyBits',
	'sampleUnits',
	'splittingRun',
	'stepWeights',
	'sumSoftplus',
	'unitProbabilities'
];

/** Words of the control block (int32). */
export const CONTROL = {
	/** number of the call; workers sleep on it */
	CALL: 0,
	/** workers that have not finished the call */
	BUSY: 1,
	/** first item not yet taken */
	NEXT: 2,
	COUNT: 3,
	GRAIN: 4,
	FUNCTION: 5,
	/** how many numbers the call has */
	NUMBERS: 6,
	SCRATCH: 7,
	SCRATCH_BYTES: 8,
	WORDS: 16
} as const;

/** Most numbers of a call, besides scratch, from and to. */
export const MAX_NUMBERS = 32;

/** What a worker is told once. */
export interface ThreadStart {
	readonly module: WebAssembly.Module;
	readonly memory: WebAssembly.Memory;
	readonly control: Int32Array;
	readonly numbers: Float64Array;
	/** 1…threads−1; the caller is 0 */
	readonly index: number;
}

/** Takes parts of the present call until none is left. */
export function takeParts(exports: Exports, control: Int32Array, numbers: Float64Array, index: number): void {
	const { NEXT, COUNT, GRAIN, FUNCTION, NUMBERS, SCRATCH, SCRATCH_BYTES } = CONTROL;
	const call = exports[SHARED[control[FUNCTION]]];
	const given = [...numbers.subarray(0, control[NUMBERS])];
	// Pointers are unsigned; the heap may pass 2 GiB.
	const scratch = (control[SCRATCH] >>> 0) + index * control[SCRATCH_BYTES];
	const count = control[COUNT];
	const grain = control[GRAIN];
	for (;;) {
		const from = Atomics.add(control, NEXT, grain);
		if (from >= count) return;
		call(...given, scratch, from, Math.min(count, from + grain));
	}
}
