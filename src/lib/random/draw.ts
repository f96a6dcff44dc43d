// Random numbers for host code: uniforms, normals, coins and permutations, each a pure function of key and counter.
import type { Key } from './key.ts';

/** Uniforms in the open interval (0,1), 23 bits, exact in float32: ((x>>>9)+½)·2⁻²³. */
export declare function uniforms(count: number, key: Key, counter?: number): Float64Array;

/** Standard normals by Box–Muller. */
export declare function normals(count: number, key: Key, counter?: number): Float64Array;

/** 1 with probability p, else 0. */
export declare function bernoullis(count: number, p: number, key: Key, counter?: number): Uint8Array;

/** A uniformly random order of 0…n−1 (Fisher–Yates with unbiased bounded integers). */
export declare function permutation(n: number, key: Key): Int32Array;
