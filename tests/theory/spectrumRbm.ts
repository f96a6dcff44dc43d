// RBMs with chosen singular values and random singular vectors, balanced, for the tests of the dynamics.
import { svd } from '../../src/lib/theory/linalg.ts';
import { balanced, makeRbm, type Rbm } from '../../src/lib/theory/rbm.ts';
import { gaussians } from './randomRbm.ts';

/** W = UΣVᵀ with the given λ (zero beyond the list), U and V from a seeded normal matrix; balanced biases. */
export function spectrumRbm(seed: number, N: number, M: number, lambdas: readonly number[]): Rbm {
	const frame = svd(N, M, gaussians(seed, N * M));
	const weights = new Float64Array(N * M);
	lambdas.forEach((lambda, k) => {
		for (let i = 0; i < N; i++)
			for (let j = 0; j < M; j++) weights[i * M + j] += frame.u[i * N + k] * lambda * frame.v[j * M + k];
	});
	return balanced(
		makeRbm({ N, M, weights, visibleBias: new Float64Array(N), hiddenBias: new Float64Array(M) })
	);
}

/** The spectrum of the measured table: λ₁, 0.6λ₁, and 0.3 for the rest. */
export function tableSpectrum(lambda: number, r: number): number[] {
	return Array.from({ length: r }, (_, k) => (k === 0 ? lambda : k === 1 ? 0.6 * lambda : 0.3));
}

/** Central difference of a scalar function along coordinate k. */
export function slope(f: (at: Float64Array) => number, at: Float64Array, k: number, h = 1e-5): number {
	const up = at.slice();
	const down = at.slice();
	up[k] += h;
	down[k] -= h;
	return (f(up) - f(down)) / (2 * h);
}

/** Largest |a − b| over two arrays of one length. */
export function gap(a: ArrayLike<number>, b: ArrayLike<number>): number {
	if (a.length !== b.length) return Infinity;
	let most = 0;
	for (let k = 0; k < a.length; k++) most = Math.max(most, Math.abs(a[k] - b[k]));
	return most;
}
