// Random keys: every random number of the app is a pure function of a key and a counter, so that a seed repeats a
// run on any backend. Keys are derived from keys by labels, never by drawing.

/** A Philox key: two unsigned 32-bit words. */
export type Key = readonly [number, number];

/** The key of a seed (an integer from 0 to 2⁵³−1). */
export declare function keyFromSeed(seed: number): Key;

/** A key independent of `key` and of its other children: the child named by `label` (an integer from 0 to 2⁵³−1). */
export declare function foldIn(key: Key, label: number): Key;
