// Glauber dynamics on joint states: each unit is redrawn from its conditional, at unit rate in continuous time or
// at random one at a time. Its generator, spectrum and gap, exact for N+M ≤ 12.
import { EnumerationLimitError } from './enumerateLimit.ts';
import { jointDistribution } from './enumerateStates.ts';
import { topEigenpairs } from './linalgKrylov.ts';
import { sigmoid, validateBeta, type Rbm } from './rbm.ts';

/** Largest N+M whose 2^{N+M} states are worked with. */
export const MAX_GLAUBER_UNITS = 12;

function check(rbm: Rbm, beta: number): number {
	validateBeta(beta);
	const n = rbm.N + rbm.M;
	if (n > MAX_GLAUBER_UNITS) throw new EnumerationLimitError(rbm.N, rbm.M, `N+M ≤ ${MAX_GLAUBER_UNITS}`);
	return n;
}

/** P(sₖ=1 | all others) in state `index` (bit k is unit k, visible first); the bit of k itself does not matter. */
export function conditionalOn(rbm: Rbm, beta: number, index: number, k: number): number {
	const { N, M } = rbm;
	let f: number;
	if (k < N) {
		f = rbm.visibleBias[k];
		for (let j = 0; j < M; j++) if ((index >> (N + j)) & 1) f += rbm.weights[k * M + j];
	} else {
		f = rbm.hiddenBias[k - N];
		for (let i = 0; i < N; i++) if ((index >> i) & 1) f += rbm.weights[i * M + k - N];
	}
	return sigmoid(beta * f);
}

/** Rate at which unit k flips in state `index`, when each unit is redrawn once per unit time on average. */
export function glauberRate(rbm: Rbm, beta: number, index: number, k: number): number {
	const on = conditionalOn(rbm, beta, index, k);
	return (index >> k) & 1 ? 1 - on : on;
}

/**
 * Random scan: one of the N+M units, picked evenly, is redrawn. 2^{N+M} squared entries, rows sum to 1. It keeps
 * detailed balance. @throws EnumerationLimitError past N+M = 12.
 */
export function randomScanMatrix(rbm: Rbm, beta: number): Float64Array {
	const units = check(rbm, beta);
	const n = 2 ** units;
	const out = new Float64Array(n * n);
	for (let s = 0; s < n; s++) {
		let stay = 1;
		for (let k = 0; k < units; k++) {
			const p = glauberRate(rbm, beta, s, k) / units;
			out[s * n + (s ^ (1 << k))] = p;
			stay -= p;
		}
		out[s * n + s] = stay;
	}
	return out;
}

/**
 * The `count` slowest relaxation rates of unit-rate Glauber dynamics, rising from the 0 of the stationary state;
 * the second is the gap. @throws EnumerationLimitError past N+M = 12.
 */
export function glauberRates(rbm: Rbm, beta: number, count = 3): Float64Array {
	const units = check(rbm, beta);
	const n = 2 ** units;
	// In the basis √p a redraw of unit k is the projection of each pair of states onto (√(1−q), √q).
	const on = new Float64Array(units * n);
	for (let k = 0; k < units; k++)
		for (let s = 0; s < n; s++) on[k * n + s] = Math.sqrt(glauberRate(rbm, beta, s ^ (1 << k), k));
	const apply = (block: Float64Array[]): Float64Array[] =>
		block.map((x) => {
			const out = new Float64Array(n);
			for (let k = 0; k < units; k++)
				for (let s = 0; s < n; s++) {
					if ((s >> k) & 1) continue;
					const t = s | (1 << k);
					const c0 = on[k * n + s];
					const c1 = on[k * n + t];
					const along = c0 * x[s] + c1 * x[t];
					out[s] += c0 * along;
					out[t] += c1 * along;
				}
			return out;
		});
	const top = jointDistribution(rbm, beta).map(Math.sqrt);
	const length = Math.min(count, n);
	const rates = new Float64Array(length);
	const { values } = topEigenpairs(n, apply, length - 1, [top]);
	values.forEach((x, k) => (rates[k + 1] = Math.max(0, units - x)));
	return rates;
}

/** Slowest nonzero rate of unit-rate Glauber dynamics: 1 without couplings. */
export function glauberGap(rbm: Rbm, beta: number): number {
	return glauberRates(rbm, beta, 2)[1];
}
