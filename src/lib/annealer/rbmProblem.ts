// An RBM as a QUBO or Ising problem and back. QUBO: Qᵢᵢ = −a₀ᵢ, −b₀ⱼ, Qᵢⱼ = −Wᵢⱼ; Ising by s = 2x − 1: J = −W/4,
// h_v = −a₀/2 − ΣW/4, h_h = −b₀/2 − ΣW/4, and an offset, so that every energy is the RBM's own. Visible units come
// first, named v0, v1, …, then hidden units h0, h1, …
import type { Rbm } from '../theory/rbm';
import { AnnealerError, toBinary, toSpin, type Bqm, type Label } from './bqm';

/** The names of N visible and M hidden units. */
export function unitLabels(N: number, M: number): Label[] {
	return [...Array.from({ length: N }, (_, i) => `v${i}`), ...Array.from({ length: M }, (_, j) => `h${j}`)];
}

/** E(v,h) over bits. All N·M terms are kept, also those that are zero. */
export function rbmToQubo(rbm: Rbm): Bqm {
	const { N, M, weights } = rbm;
	const linear = new Float64Array(N + M);
	for (let i = 0; i < N; i++) linear[i] = -rbm.visibleBias[i];
	for (let j = 0; j < M; j++) linear[N + j] = -rbm.hiddenBias[j];
	return {
		vartype: 'BINARY',
		labels: unitLabels(N, M),
		linear,
		heads: Int32Array.from({ length: N * M }, (_, k) => Math.floor(k / M)),
		tails: Int32Array.from({ length: N * M }, (_, k) => N + (k % M)),
		quadratic: weights.map((w) => -w),
		offset: 0
	};
}

/** E(v,h) over spins, offset included. */
export function rbmToIsing(rbm: Rbm): Bqm {
	return toSpin(rbmToQubo(rbm));
}

/**
 * The RBM of a model over N visible and then M hidden variables, and the constant that its energy leaves out.
 * @throws AnnealerError when the sizes differ or two units of one layer are coupled
 */
export function problemToRbm(bqm: Bqm, N: number, M: number): { rbm: Rbm; offset: number } {
	if (bqm.labels.length !== N + M)
		throw new AnnealerError(`The problem has ${bqm.labels.length} variables, not ${N} + ${M}.`);
	const bits = toBinary(bqm);
	const weights = new Float64Array(N * M);
	for (let k = 0; k < bits.quadratic.length; k++) {
		const [a, b] = [Math.min(bits.heads[k], bits.tails[k]), Math.max(bits.heads[k], bits.tails[k])];
		if (a >= N || b < N)
			throw new AnnealerError(
				`${bits.labels[a]} and ${bits.labels[b]} are coupled and lie in one layer: that is no RBM.`
			);
		weights[a * M + b - N] -= bits.quadratic[k];
	}
	const rbm: Rbm = {
		N,
		M,
		weights,
		visibleBias: bits.linear.slice(0, N).map((q) => -q),
		hiddenBias: bits.linear.slice(N).map((q) => -q)
	};
	return { rbm, offset: bits.offset };
}
