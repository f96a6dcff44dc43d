// Random keys: every random number of the app is a pure function of a key and a counter, so that a seed repeats a
// run on any backend. Keys are derived from keys by labels, never by drawing (the manner of jax.random).
import { philox } from './philox.ts';

/** A Philox key: two unsigned 32-bit words. */
export type Key = readonly [number, number];

// The last counter word keeps derivation apart from drawing: a draw's is ⌊counter/2³²⌋ < 2²¹ (philox.ts, fillRow).
const SEED = 0xf0000000;
const CHILD = 0xf0000001;

function derive(label: number, domain: number, key: Key): Key {
	if (!Number.isSafeInteger(label) || label < 0) {
		throw new RangeError(`A seed or label is an integer from 0 to 2^53−1, not ${label}.`);
	}
	const words = philox(label >>> 0, Math.floor(label / 4294967296), 0, domain, key);
	return [words[0], words[1]];
}

/** The key of a seed (an integer from 0 to 2⁵³−1). */
export function keyFromSeed(seed: number): Key {
	return derive(seed, SEED, [0, 0]);
}

/** The child of `key` named by `label` (an integer from 0 to 2⁵³−1), independent of it and of its other children. */
export function foldIn(key: Key, label: number): Key {
	return derive(label, CHILD, key);
}
