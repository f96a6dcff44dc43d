// Contrastive divergence taken exactly: the law of the visible units after k sweeps from the data, the update that
// CD-k makes on average, and how far it is from the gradient.
import { EnumerationLimitError } from './enumerateLimit.ts';
import { clampedMoments, moments, readRow, type Gradient, type VisibleRows } from './enumerate.ts';
import { bitsOf, indexOf } from './enumerateStates.ts';
import { productLaw } from './gibbsMatrix.ts';
import { hiddenGivenVisible, validateBeta, visibleGivenHidden, type Rbm } from './rbm.ts';

/** 2^(N+M) is what one exact sweep of a law costs. */
const MAX_UNITS = 24;

function check(rbm: Rbm, beta: number): void {
	validateBeta(beta);
	if (rbm.N + rbm.M > MAX_UNITS) throw new EnumerationLimitError(rbm.N, rbm.M, `N+M ≤ ${MAX_UNITS}`);
}

/** The share of each of the 2^N visible states among the rows. */
export function empiricalLaw(N: number, rows: VisibleRows): Float64Array {
	const law = new Float64Array(2 ** N);
	const v = new Float64Array(N);
	for (let k = 0; k < rows.count; k++) {
		readRow(rows, k, v);
		law[indexOf(v)] += 1 / rows.count;
	}
	return law;
}

/** The law of v after one sweep v→h→v from `law` (2^N entries). @throws EnumerationLimitError past N+M = 24. */
export function sweepLaw(rbm: Rbm, beta: number, law: Float64Array): Float64Array {
	check(rbm, beta);
	const { N, M } = rbm;
	const hidden = new Float64Array(2 ** M);
	const conditional = new Float64Array(Math.max(2 ** M, 2 ** N));
	for (let v = 0; v < law.length; v++) {
		if (law[v] === 0) continue;
		productLaw(hiddenGivenVisible(rbm, beta, bitsOf(v, N)), conditional);
		for (let h = 0; h < hidden.length; h++) hidden[h] += law[v] * conditional[h];
	}
	const out = new Float64Array(2 ** N);
	for (let h = 0; h < hidden.length; h++) {
		productLaw(visibleGivenHidden(rbm, beta, bitsOf(h, M)), conditional);
		for (let v = 0; v < out.length; v++) out[v] += hidden[h] * conditional[v];
	}
	return out;
}

/** What CD-k does on average against what the gradient asks for. */
export interface CdBias {
	/** mean CD-k update, β(⟨·⟩_data − ⟨·⟩_{k sweeps}) */
	readonly update: Gradient;
	/** the gradient of the average log-likelihood */
	readonly gradient: Gradient;
	/** update − gradient */
	readonly bias: Gradient;
	/** ‖bias‖/‖gradient‖ over all parameters; NaN at a vanishing gradient */
	readonly relative: number;
	/** cosine of the angle between update and gradient; NaN where one vanishes */
	readonly cosine: number;
}

/** Exact CD-k bias for the given rows. @throws EnumerationLimitError past N+M = 24. */
export function cdBias(rbm: Rbm, beta: number, rows: VisibleRows, k: number): CdBias {
	check(rbm, beta);
	let law = empiricalLaw(rbm.N, rows);
	for (let s = 0; s < k; s++) law = sweepLaw(rbm, beta, law);
	const states: VisibleRows = { count: law.length, values: allStates(rbm.N) };
	const after = clampedMoments(rbm, beta, states, law);
	const data = clampedMoments(rbm, beta, rows);
	const model = moments(rbm, beta);
	const update = combine(beta, data, after);
	const gradient = combine(beta, data, {
		weights: model.meanVH,
		visibleBias: model.meanV,
		hiddenBias: model.meanH
	});
	const bias = combine(1, update, gradient);
	const size = Math.sqrt(inner(gradient, gradient));
	return {
		update,
		gradient,
		bias,
		relative: Math.sqrt(inner(bias, bias)) / size,
		cosine: inner(update, gradient) / (size * Math.sqrt(inner(update, update)))
	};
}

function allStates(N: number): Uint8Array {
	const out = new Uint8Array(2 ** N * N);
	for (let s = 0; s < 2 ** N; s++) for (let i = 0; i < N; i++) out[s * N + i] = (s >> i) & 1;
	return out;
}

function combine(factor: number, a: Gradient, b: Gradient): Gradient {
	return {
		weights: a.weights.map((x, i) => factor * (x - b.weights[i])),
		visibleBias: a.visibleBias.map((x, i) => factor * (x - b.visibleBias[i])),
		hiddenBias: a.hiddenBias.map((x, i) => factor * (x - b.hiddenBias[i]))
	};
}

function inner(a: Gradient, b: Gradient): number {
	let s = 0;
	for (const key of ['weights', 'visibleBias', 'hiddenBias'] as const)
		for (let i = 0; i < a[key].length; i++) s += a[key][i] * b[key][i];
	return s;
}
