// How far exact enumeration goes, and the error that says so.

/** Largest smaller layer that is enumerated: 2^24 states. */
export const MAX_ENUMERATED = 24;

/** Thrown when min(N,M), or the number of states asked for, is past what can be enumerated. */
export class EnumerationLimitError extends Error {
	override name = 'EnumerationLimitError';
	constructor(N: number, M: number, what = `min(N,M) ≤ ${MAX_ENUMERATED}`) {
		super(`exact enumeration of a ${N}×${M} RBM needs ${what}`);
	}
}
