// Philox4x32-10 (Salmon, Moraes, Dror, Shaw, SC'11): a counter-based generator. Sixteen bytes of random words are a
// pure function of a 128-bit counter and a 64-bit key, the same integers in TypeScript, WGSL and WebAssembly.
// Plain numbers: Math.imul gives the low product, 16-bit halves the high one.
import type { Key } from './key.ts';

/** The four words of one counter. */
export declare function philox(
	c0: number,
	c1: number,
	c2: number,
	c3: number,
	key: Key
): [number, number, number, number];
