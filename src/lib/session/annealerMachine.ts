// The machine of the annealer's page, and what is known of it exactly.
import { groundEnergyOf } from '../annealer/groundState';
import { foldIn, keyFromSeed } from '../random/key';
import { normals, uniforms } from '../random/draw';
import type { AnnealerSetup } from '../scene/annealing';
import { exactCovariance } from '../theory/closures/exactCovariance';
import { moments } from '../theory/enumerate';
import { makeRbm, type Rbm } from '../theory/rbm';
import { balancedFromSpectrum } from '../theory/rbmSpectrum';
import { reciprocalFrame } from '../theory/reciprocal';
import type { MachineFacts } from './protocolAnnealer';

/** The RBM of a setup: the same setup gives the same numbers. */
export function annealerRbm({ machine, N, M, spread, strength, seed }: AnnealerSetup): Rbm {
	const key = foldIn(keyFromSeed(seed), 40);
	if (machine === 'spectrum') {
		const lambdas = Array.from({ length: Math.min(N, M) }, (_, k) =>
			k === 0 ? strength : k === 1 ? 0.6 * strength : 0.3
		);
		return balancedFromSpectrum(N, M, lambdas, normals(N * M, key));
	}
	const draw = uniforms(N * M + N + M, key).map((u) => spread * (2 * u - 1));
	return makeRbm({
		N,
		M,
		weights: draw.slice(0, N * M),
		visibleBias: draw.slice(N * M, N * M + N),
		hiddenBias: draw.slice(N * M + N)
	});
}

/** Unit-length direction of each soft mode in unit coordinates, rows of N+M. */
export function softDirections(rbm: Rbm): Float64Array {
	const { N, M } = rbm;
	const frame = reciprocalFrame(rbm);
	const out = new Float64Array(frame.r * (N + M));
	for (let k = 0; k < frame.r; k++) {
		for (let i = 0; i < N; i++) out[k * (N + M) + i] = frame.u[i * N + k] / Math.SQRT2;
		for (let j = 0; j < M; j++) out[k * (N + M) + N + j] = frame.v[j * M + k] / Math.SQRT2;
	}
	return out;
}

/** Variance of s along each row of `directions`, from a covariance matrix. */
function variancesAlong(covariance: Float64Array, directions: Float64Array, n: number): Float64Array {
	return Float64Array.from({ length: directions.length / n }, (_, k) => {
		let sum = 0;
		for (let a = 0; a < n; a++)
			for (let b = 0; b < n; b++)
				sum += directions[k * n + a] * covariance[a * n + b] * directions[k * n + b];
		return sum;
	});
}

/** Exact facts at β; covariances only where they are affordable. */
export function machineFacts(rbm: Rbm, beta: number): MachineFacts {
	const { N, M } = rbm;
	const exact = moments(rbm, beta);
	const small = Math.min(N, M) <= 12;
	return {
		lnZ: exact.lnZ,
		meanEnergy: exact.meanEnergy,
		magnetisation: Float64Array.from([...exact.meanV, ...exact.meanH]),
		softVariance: small
			? variancesAlong(exactCovariance(rbm, beta).covariance, softDirections(rbm), N + M)
			: null,
		singularValues: reciprocalFrame(rbm).singularValues.slice(),
		groundEnergy: groundEnergyOf(rbm)
	};
}

/**
 * β at which the machine's exact mean energy is `energy`: ⟨E⟩ falls with β, so a bisection finds it. NaN when the energy is
 * above that of β = 0 or not reached by `most`.
 */
export function matchedBeta(rbm: Rbm, energy: number, most = 64): number {
	const at = (beta: number) => moments(rbm, beta).meanEnergy;
	if (!(energy < at(0))) return NaN;
	let low = 0;
	let high = 1;
	while (at(high) > energy) {
		low = high;
		high *= 2;
		if (high > most) return NaN;
	}
	for (let k = 0; k < 40; k++) {
		const middle = (low + high) / 2;
		if (at(middle) > energy) low = middle;
		else high = middle;
	}
	return (low + high) / 2;
}
