// Seeded numbers and RBMs for the tests of theory/: a small generator of its own, so that the oracle's tests
// lean on no other room.
import { balanced, makeRbm, type Rbm } from '../../src/lib/theory/rbm.ts';

/** mulberry32: uniform numbers in [0,1) from a 32-bit seed. */
export function uniforms(seed: number): () => number {
	let a = seed | 0;
	return () => {
		a = (a + 0x6d2b79f5) | 0;
		let t = Math.imul(a ^ (a >>> 15), 1 | a);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

/** n standard normal numbers (Box–Muller). */
export function gaussians(seed: number, n: number): Float64Array {
	const next = uniforms(seed);
	return Float64Array.from({ length: n }, () => {
		const r = Math.sqrt(-2 * Math.log(1 - next()));
		return r * Math.cos(2 * Math.PI * next());
	});
}

/** An RBM with normal weights of scale `weight` and normal biases of scale `bias`. */
export function randomRbm(seed: number, N: number, M: number, weight = 1, bias = 0.5): Rbm {
	const g = gaussians(seed, N * M + N + M);
	return makeRbm({
		N,
		M,
		weights: g.slice(0, N * M).map((x) => x * weight),
		visibleBias: g.slice(N * M, N * M + N).map((x) => x * bias),
		hiddenBias: g.slice(N * M + N).map((x) => x * bias)
	});
}

/** A random RBM with balanced biases: m = ½ is its symmetric point. */
export function randomBalanced(seed: number, N: number, M: number, weight = 1): Rbm {
	return balanced(randomRbm(seed, N, M, weight));
}
