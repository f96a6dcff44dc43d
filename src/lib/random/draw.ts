// Random numbers for host code: uniforms, normals, coins and permutations, each a pure function of key and counter.
import type { Key } from './key.ts';
import { fillRow, paddedLength, philoxInto, uniformOf } from './philox.ts';

function words(count: number, key: Key, counter: number): Uint32Array {
	const out = new Uint32Array(paddedLength(count));
	fillRow(out, count, 0, key, counter);
	return out;
}

/** Uniforms in the open interval (0,1), 23 bits, exact in float32: ((x>>>9)+½)·2⁻²³. */
export function uniforms(count: number, key: Key, counter = 0): Float64Array {
	const source = words(count, key, counter);
	return Float64Array.from({ length: count }, (_, i) => uniformOf(source[i]));
}

/** Standard normals by Box–Muller: words 2i and 2i+1 give the normals 2i (cosine) and 2i+1 (sine). */
export function normals(count: number, key: Key, counter = 0): Float64Array {
	const source = words(count, key, counter);
	const out = new Float64Array(count);
	for (let i = 0; i < count; i += 2) {
		const radius = Math.sqrt(-2 * Math.log(uniformOf(source[i])));
		const angle = 2 * Math.PI * uniformOf(source[i + 1]);
		out[i] = radius * Math.cos(angle);
		if (i + 1 < count) out[i + 1] = radius * Math.sin(angle);
	}
	return out;
}

/** Coins: 1 with probability p, else 0 (p is met to 2⁻²⁴). */
export function bernoullis(count: number, p: number, key: Key, counter = 0): Uint8Array {
	const source = words(count, key, counter);
	return Uint8Array.from({ length: count }, (_, i) => (uniformOf(source[i]) < p ? 1 : 0));
}

/**
 * A uniformly random order of 0…n−1: Fisher–Yates fed with bounded integers that are unbiased by rejection (a word
 * beyond the last full multiple of the bound is thrown away).
 */
export function permutation(n: number, key: Key): Int32Array {
	const order = Int32Array.from({ length: n }, (_, i) => i);
	const block = new Uint32Array(4);
	let used = 4;
	let blocks = 0;
	for (let i = n - 1; i > 0; i--) {
		const bound = i + 1;
		const limit = 4294967296 - (4294967296 % bound);
		let word: number;
		do {
			if (used === 4) {
				philoxInto(block, 0, blocks++, 0, 0, 0, key[0], key[1]);
				used = 0;
			}
			word = block[used++];
		} while (word >= limit);
		const j = word % bound;
		const kept = order[i];
		order[i] = order[j];
		order[j] = kept;
	}
	return order;
}
