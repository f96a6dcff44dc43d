// Exact mean and covariance of all N+M units by enumerating the smaller layer: what the fitted closure is held to.
import { lnZ } from '../enumerate.ts';
import { EnumerationLimitError } from '../enumerateLimit.ts';
import { sigmoid, softplus, swapLayers, type Rbm } from '../rbm.ts';

/** Largest smaller layer for which the covariance is enumerated. */
export const MAX_COVARIANCE = 20;
/** Largest number of multiplications spent on it: some ten seconds. */
const MAX_WORK = 1e10;

export interface Covariance {
	/** ⟨s⟩, N+M entries, visible first. */
	readonly mean: Float64Array;
	/** ⟨ss′⟩ − ⟨s⟩⟨s′⟩, (N+M)² row-major. */
	readonly covariance: Float64Array;
}

/** Whether `exactCovariance` takes this RBM: min(N,M) ≤ 20 and 2^min·(N+M)² ≤ 1e10. */
export function canEnumerateCovariance(rbm: Rbm): boolean {
	const least = Math.min(rbm.N, rbm.M);
	return least <= MAX_COVARIANCE && 2 ** least * (rbm.N + rbm.M) ** 2 <= MAX_WORK;
}

/**
 * Mean and covariance under e^{−βE}/Z. Given the smaller layer the other is independent, so
 * Cov = Σ p(h)·(centred conditional means)(…)ᵀ + diag ⟨m(1−m)⟩: a sum of squares, accurate for pinned units too.
 * @throws EnumerationLimitError when `canEnumerateCovariance` says no
 */
export function exactCovariance(rbm: Rbm, beta: number): Covariance {
	if (!canEnumerateCovariance(rbm)) throw new EnumerationLimitError(rbm.N, rbm.M);
	const turned = rbm.N < rbm.M;
	const { N, M, weights, visibleBias, hiddenBias } = turned ? swapLayers(rbm) : rbm;
	const n = N + M;
	const total = lnZ(rbm, beta);
	const row = new Float64Array(n);
	/** Calls `use` with p(h) after filling `row` with (m_v(h), h). */
	const everyState = (use: (p: number) => void) => {
		const field = new Float64Array(N);
		for (let state = 0; state < 2 ** M; state++) {
			field.set(visibleBias);
			let logP = -total;
			for (let j = 0; j < M; j++) {
				row[N + j] = (state >> j) & 1;
				if (row[N + j] === 0) continue;
				logP += beta * hiddenBias[j];
				for (let i = 0; i < N; i++) field[i] += weights[i * M + j];
			}
			for (let i = 0; i < N; i++) {
				logP += softplus(beta * field[i]);
				row[i] = sigmoid(beta * field[i]);
			}
			use(Math.exp(logP));
		}
	};
	const mean = new Float64Array(n);
	everyState((p) => {
		for (let k = 0; k < n; k++) mean[k] += p * row[k];
	});
	const covariance = new Float64Array(n * n);
	everyState((p) => {
		for (let i = 0; i < N; i++) covariance[i * n + i] += p * row[i] * (1 - row[i]);
		for (let i = 0; i < n; i++) row[i] -= mean[i];
		for (let i = 0; i < n; i++) {
			const weight = p * row[i];
			for (let j = i; j < n; j++) covariance[i * n + j] += weight * row[j];
		}
	});
	for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) covariance[i * n + j] = covariance[j * n + i];
	return turned ? unswap(mean, covariance, N, M) : { mean, covariance };
}

/** Puts the layers back in order after `swapLayers`: entries N… come first. */
function unswap(mean: Float64Array, covariance: Float64Array, N: number, M: number): Covariance {
	const n = N + M;
	const from = (k: number) => (k < M ? N + k : k - M);
	return {
		mean: mean.map((_, k) => mean[from(k)]),
		covariance: covariance.map((_, e) => covariance[from(Math.floor(e / n)) * n + from(e % n)])
	};
}
