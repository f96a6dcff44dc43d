// Exact sums over all states of an RBM: ln Z, moments, energy fluctuations, average log-likelihood and its
// gradient. The smaller layer is enumerated, the other summed in closed form, so the cost is 2^min(N,M)·max(N,M).
import { EnumerationLimitError, MAX_ENUMERATED } from './enumerateLimit.ts';
import { sweepHidden, type Sweep } from './enumerateSweep.ts';
import { transpose } from './linalgProducts.ts';
import { freeEnergyVisible, hiddenGivenVisible, swapLayers, validateBeta, type Rbm } from './rbm.ts';

/** Exact averages under p(v,h) = e^{−βE}/Z. Energies in units of E; heat capacity β²·Var E is dimensionless. */
export interface Moments {
	readonly lnZ: number;
	/** ⟨v⟩, N entries */
	readonly meanV: Float64Array;
	/** ⟨h⟩, M entries */
	readonly meanH: Float64Array;
	/** ⟨vᵢhⱼ⟩, N×M row-major */
	readonly meanVH: Float64Array;
	readonly meanEnergy: number;
	readonly varEnergy: number;
	readonly heatCapacity: number;
}

/** Can this RBM be enumerated at all? */
export function canEnumerate(rbm: Rbm): boolean {
	return Math.min(rbm.N, rbm.M) <= MAX_ENUMERATED;
}

/** The smaller layer made the hidden one. @throws EnumerationLimitError past min(N,M) = 24. */
function smallerHidden(rbm: Rbm, beta: number): { turned: boolean; small: Rbm } {
	validateBeta(beta);
	if (!canEnumerate(rbm)) throw new EnumerationLimitError(rbm.N, rbm.M);
	const turned = rbm.N < rbm.M;
	return { turned, small: turned ? swapLayers(rbm) : rbm };
}

/** Runs a stepwise computation to its end in one go. */
export function finish<T>(steps: Generator<number, T>): T {
	for (;;) {
		const next = steps.next();
		if (next.done) return next.value;
	}
}

/** `lnZ` in steps: yields the share done in (0,1], returns ln Z. Drop the generator to cancel. */
export function* lnZSteps(rbm: Rbm, beta: number): Generator<number, number> {
	const { small } = smallerHidden(rbm, beta);
	const sweep = yield* sweepHidden(small, beta, false);
	return sweep.lnZ;
}

/**
 * ln Σ_{v,h} e^{−βE(v,h)}, exact to rounding. @throws EnumerationLimitError when min(N,M) > 24.
 */
export function lnZ(rbm: Rbm, beta: number): number {
	return finish(lnZSteps(rbm, beta));
}

/** `moments` in steps, as `lnZSteps`. */
export function* momentsSteps(rbm: Rbm, beta: number): Generator<number, Moments> {
	const { turned, small } = smallerHidden(rbm, beta);
	const sweep = yield* sweepHidden(small, beta, true);
	const s: Sweep = turned
		? {
				...sweep,
				meanV: sweep.meanH,
				meanH: sweep.meanV,
				meanVH: transpose(sweep.meanVH, small.N, small.M)
			}
		: sweep;
	let meanEnergy = 0;
	for (let i = 0; i < rbm.N; i++) meanEnergy -= rbm.visibleBias[i] * s.meanV[i];
	for (let j = 0; j < rbm.M; j++) meanEnergy -= rbm.hiddenBias[j] * s.meanH[j];
	for (let k = 0; k < s.meanVH.length; k++) meanEnergy -= rbm.weights[k] * s.meanVH[k];
	// The sweep works with βE, which says nothing about E at β = 0; there all states are alike.
	const varEnergy = beta > 0 ? s.varEnergy / (beta * beta) : infiniteTemperatureVariance(rbm);
	return {
		lnZ: s.lnZ,
		meanV: s.meanV,
		meanH: s.meanH,
		meanVH: s.meanVH,
		meanEnergy,
		varEnergy,
		heatCapacity: beta * beta * varEnergy
	};
}

/** Var E over uniform states: E is Σ of uncorrelated terms in the signs s = 2·unit − 1. */
function infiniteTemperatureVariance(rbm: Rbm): number {
	const { N, M, weights } = rbm;
	let variance = 0;
	const hidden = Float64Array.from(rbm.hiddenBias, (b) => b / 2);
	for (let i = 0; i < N; i++) {
		let f = rbm.visibleBias[i] / 2;
		for (let j = 0; j < M; j++) {
			const q = weights[i * M + j] / 4;
			f += q;
			hidden[j] += q;
			variance += q * q;
		}
		variance += f * f;
	}
	for (const f of hidden) variance += f * f;
	return variance;
}

/** Exact moments of the RBM at β. @throws EnumerationLimitError when min(N,M) > 24. */
export function moments(rbm: Rbm, beta: number): Moments {
	return finish(momentsSteps(rbm, beta));
}

/** Rows of visible states: unpacked, count×N of 0/1 row by row; or packed, first unit in the highest bit. */
export type VisibleRows =
	| { readonly count: number; readonly values: ArrayLike<number> }
	| { readonly count: number; readonly units: number; readonly stride: number; readonly bytes: Uint8Array };

/** Row `index` as N float64 numbers, written to `out`. */
export function readRow(rows: VisibleRows, index: number, out: Float64Array): void {
	const N = out.length;
	if ('values' in rows) for (let i = 0; i < N; i++) out[i] = rows.values[index * N + i];
	else for (let i = 0; i < N; i++) out[i] = (rows.bytes[index * rows.stride + (i >> 3)] >> (7 - (i & 7))) & 1;
}

/**
 * Average of ln p(v) over the rows, in nats a row. `lnPartition` may be handed in where it is known already.
 * @throws RangeError without rows; EnumerationLimitError as `lnZ`.
 */
export function averageLogLikelihood(
	rbm: Rbm,
	beta: number,
	rows: VisibleRows,
	lnPartition: number = lnZ(rbm, beta)
): number {
	if (rows.count < 1) throw new RangeError('averageLogLikelihood: no rows');
	const v = new Float64Array(rbm.N);
	let sum = 0;
	for (let k = 0; k < rows.count; k++) {
		readRow(rows, k, v);
		sum -= freeEnergyVisible(rbm, beta, v);
	}
	return sum / rows.count - lnPartition;
}

/** A derivative with respect to each parameter, in the shapes of `Rbm`. */
export interface Gradient {
	readonly weights: Float64Array;
	readonly visibleBias: Float64Array;
	readonly hiddenBias: Float64Array;
}

/** ⟨v hᵀ⟩, ⟨v⟩, ⟨h⟩ with v drawn from the rows (weights `share`, uniform unless given) and h from p(h|v). */
export function clampedMoments(rbm: Rbm, beta: number, rows: VisibleRows, share?: Float64Array): Gradient {
	const { N, M } = rbm;
	const out = {
		weights: new Float64Array(N * M),
		visibleBias: new Float64Array(N),
		hiddenBias: new Float64Array(M)
	};
	const v = new Float64Array(N);
	for (let k = 0; k < rows.count; k++) {
		const p = share ? share[k] : 1 / rows.count;
		readRow(rows, k, v);
		const h = hiddenGivenVisible(rbm, beta, v);
		for (let j = 0; j < M; j++) out.hiddenBias[j] += p * h[j];
		for (let i = 0; i < N; i++) {
			if (v[i] === 0) continue;
			out.visibleBias[i] += p * v[i];
			for (let j = 0; j < M; j++) out.weights[i * M + j] += p * v[i] * h[j];
		}
	}
	return out;
}

/**
 * Gradient of `averageLogLikelihood`: β(⟨·⟩_data − ⟨·⟩_model), exact. `model` may be handed in where known.
 */
export function logLikelihoodGradient(
	rbm: Rbm,
	beta: number,
	rows: VisibleRows,
	model: Moments = moments(rbm, beta)
): Gradient {
	const data = clampedMoments(rbm, beta, rows);
	return {
		weights: data.weights.map((x, k) => beta * (x - model.meanVH[k])),
		visibleBias: data.visibleBias.map((x, i) => beta * (x - model.meanV[i])),
		hiddenBias: data.hiddenBias.map((x, j) => beta * (x - model.meanH[j]))
	};
}
