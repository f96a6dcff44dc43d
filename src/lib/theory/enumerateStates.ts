// The full distribution of a small RBM, and distances between distributions. States are numbered by their bits:
// bit k of the index is unit k, the visible layer first.
import { EnumerationLimitError, MAX_ENUMERATED } from './enumerateLimit.ts';
import { lnZ } from './enumerate.ts';
import { freeEnergyVisible, logSumExp, swapLayers, type Rbm } from './rbm.ts';

/** Bits 0..n of `index` as n numbers 0 or 1. */
export function bitsOf(index: number, n: number): Float64Array {
	return Float64Array.from({ length: n }, (_, k) => Math.floor(index / 2 ** k) % 2);
}

/** The index of a state of 0/1 numbers: inverse of `bitsOf`. */
export function indexOf(bits: ArrayLike<number>): number {
	let index = 0;
	for (let k = 0; k < bits.length; k++) if (bits[k]) index += 2 ** k;
	return index;
}

/** ln p(v) for all 2^N visible states, exact and normalised. @throws EnumerationLimitError past N = 24. */
export function visibleLogDistribution(rbm: Rbm, beta: number): Float64Array {
	const { N, M } = rbm;
	if (N > MAX_ENUMERATED) throw new EnumerationLimitError(N, M, `N ≤ ${MAX_ENUMERATED} for all of p(v)`);
	const out = new Float64Array(2 ** N);
	for (let s = 0; s < out.length; s++) out[s] = -freeEnergyVisible(rbm, beta, bitsOf(s, N));
	const total = N <= M ? logSumExp(out) : lnZ(rbm, beta);
	return out.map((x) => x - total);
}

/** p(v) for all 2^N visible states. @throws EnumerationLimitError past N = 24. */
export function visibleDistribution(rbm: Rbm, beta: number): Float64Array {
	return visibleLogDistribution(rbm, beta).map(Math.exp);
}

/** p(h) for all 2^M hidden states. @throws EnumerationLimitError past M = 24. */
export function hiddenDistribution(rbm: Rbm, beta: number): Float64Array {
	return visibleDistribution(swapLayers(rbm), beta);
}

/** −βE(s) for all 2^{N+M} joint states. @throws EnumerationLimitError past N+M = 24. */
export function jointLogWeights(rbm: Rbm, beta: number): Float64Array {
	const { N, M } = rbm;
	if (N + M > MAX_ENUMERATED)
		throw new EnumerationLimitError(N, M, `N+M ≤ ${MAX_ENUMERATED} for all of p(v,h)`);
	const out = new Float64Array(2 ** (N + M));
	// Each state is an earlier one with its highest unit switched on, which adds β times the field on that unit.
	for (let s = 1; s < out.length; s++) {
		const k = 31 - Math.clz32(s);
		const from = s - 2 ** k;
		let field = k < N ? rbm.visibleBias[k] : rbm.hiddenBias[k - N];
		if (k >= N) for (let i = 0; i < N; i++) if ((from >> i) & 1) field += rbm.weights[i * M + k - N];
		out[s] = out[from] + beta * field;
	}
	return out;
}

/** p(v,h) for all 2^{N+M} joint states. @throws EnumerationLimitError past N+M = 24. */
export function jointDistribution(rbm: Rbm, beta: number): Float64Array {
	const lw = jointLogWeights(rbm, beta);
	const total = logSumExp(lw);
	return lw.map((x) => Math.exp(x - total));
}

/** KL(p‖q) = Σ p ln(p/q) in nats; ∞ where q is zero and p is not. */
export function kullbackLeibler(p: ArrayLike<number>, q: ArrayLike<number>): number {
	let s = 0;
	for (let i = 0; i < p.length; i++) if (p[i] > 0) s += p[i] * Math.log(p[i] / q[i]);
	return s;
}

/** Total variation ½Σ|p−q|, in [0,1]. */
export function totalVariation(p: ArrayLike<number>, q: ArrayLike<number>): number {
	let s = 0;
	for (let i = 0; i < p.length; i++) s += Math.abs(p[i] - q[i]);
	return s / 2;
}
