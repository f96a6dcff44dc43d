// A synthetic set whose singular structure is known: independent draws from an RBM with planted singular values on
// smooth, orthogonal patterns, so that what a machine learns can be held against what was put in.
//
// The planted machine has βW = Σ_k λ_k u_k v_kᵀ, λ_k = strength/k, k = 1…K. u_k: the K smoothest cosine patterns
// (two-dimensional DCT-II) on the grid in which a row is drawn, orthonormal, constant pattern left out. v_k: R hidden
// units of its own, each entry 1/√R. Biases are balanced (a = −½W1, b = −½Wᵀ1; theory.md §6).
// Exact: the singular values λ_k; every unit's mean ½; the draws, which are independent and not from a Markov chain:
//   with n_k units of block k on, y_k = (n_k − R/2)/√R, P(n) ∝ Π_k C(R,n_k) · Π_i 2cosh(½ Σ_k λ_k u_ki y_k) is a
//   table of (R+1)^K numbers, and P(v_i = 1 | n) = sigmoid(Σ_k λ_k u_ki y_k); the log-likelihood of any row.
// Approximate: y_k is Gaussian (variance ¼ at λ → 0) only as R grows. A machine trained on the rows finds λ_k as far as
//   their number tells and as its M hidden units can stand for K·R; with fewer it shares the mode out otherwise.
import { foldIn, keyFromSeed } from '../random/key.ts';
import { uniforms } from '../random/draw.ts';
import type { BitRows, Dataset } from './dataset.ts';

/** The recipe of a Scene for this kind of data. */
export interface GaussianModesRecipe {
	readonly kind: 'gaussian-modes';
	/** N */
	readonly units: number;
	/** K, at most N−1 and at most 8 */
	readonly modes: number;
	/** λ₁ = the first planted singular value of βW; the k-th is strength/k */
	readonly strength: number;
	/** number of training rows */
	readonly samples: number;
}

/** The machine the rows are drawn from, at β = 1; the fields of theory's Rbm and the planted decomposition. */
export interface PlantedModes {
	readonly N: number;
	/** K·R */
	readonly M: number;
	/** N×M, row-major */
	readonly weights: Float64Array;
	readonly visibleBias: Float64Array;
	readonly hiddenBias: Float64Array;
	/** λ_k, falling */
	readonly singularValues: readonly number[];
	/** u_k, K arrays of N */
	readonly patterns: readonly Float64Array[];
	/** R */
	readonly hiddenPerMode: number;
	/** a row is drawn as rows×cols */
	readonly rows: number;
	readonly cols: number;
}

/** Largest number of hidden block states that are tabled. */
const MAX_STATES = 16_384;
/** The label under which the rows' random key is derived from the seed ("data" in ASCII). */
const STREAM = 0x64617461;

/** The K smoothest non-constant cosine patterns on a rows×cols grid, by rising spatial frequency, each of norm 1. */
function cosinePatterns(rows: number, cols: number, count: number): Float64Array[] {
	const orders: { p: number; q: number; frequency: number }[] = [];
	for (let p = 0; p < rows; p++)
		for (let q = 0; q < cols; q++)
			if (p + q > 0) orders.push({ p, q, frequency: (p / rows) ** 2 + (q / cols) ** 2 });
	orders.sort((a, b) => a.frequency - b.frequency || a.p - b.p);
	const factor = (order: number, at: number, n: number) =>
		Math.sqrt((order === 0 ? 1 : 2) / n) * Math.cos((Math.PI * order * (at + 0.5)) / n);
	return orders
		.slice(0, count)
		.map(({ p, q }) =>
			Float64Array.from(
				{ length: rows * cols },
				(_, i) => factor(p, Math.floor(i / cols), rows) * factor(q, i % cols, cols)
			)
		);
}

/**
 * The planted machine of a recipe.
 * @throws RangeError if there are more modes than N−1 or than 8, or fewer than one
 */
export function plantedModes({ units: N, modes: K, strength }: GaussianModesRecipe): PlantedModes {
	if (!(Number.isInteger(K) && K >= 1 && K <= Math.min(8, N - 1)))
		throw new RangeError(`${N} units hold from 1 to ${Math.min(8, N - 1)} planted modes, not ${K}.`);
	let rows = Math.floor(Math.sqrt(N));
	while (N % rows) rows--;
	const cols = N / rows;
	const patterns = cosinePatterns(rows, cols, K);
	const singularValues = patterns.map((_, k) => strength / (k + 1));
	const R = Math.min(64, Math.floor(MAX_STATES ** (1 / K) + 1e-9) - 1);
	const M = K * R;
	const weights = new Float64Array(N * M);
	const visibleBias = new Float64Array(N);
	const hiddenBias = new Float64Array(M);
	for (let i = 0; i < N; i++)
		for (let j = 0; j < M; j++) {
			const k = Math.floor(j / R);
			const w = (singularValues[k] * patterns[k][i]) / Math.sqrt(R);
			weights[i * M + j] = w;
			visibleBias[i] -= w / 2;
			hiddenBias[j] -= w / 2;
		}
	return { N, M, weights, visibleBias, hiddenBias, singularValues, patterns, hiddenPerMode: R, rows, cols };
}

/** ln(2 cosh x), without overflow. */
function ln2cosh(x: number): number {
	const a = Math.abs(x);
	return a + Math.log1p(Math.exp(-2 * a));
}

/** The table of hidden block states: y (states×K) and their probabilities, with ln Z in the same normalisation. */
function blockStates({ N, singularValues, patterns, hiddenPerMode: R }: PlantedModes) {
	const K = patterns.length;
	const states = (R + 1) ** K;
	const lnBinomial = new Float64Array(R + 1);
	for (let n = 1; n <= R; n++) lnBinomial[n] = lnBinomial[n - 1] + Math.log((R - n + 1) / n);
	const y = new Float64Array(states * K);
	const logWeight = new Float64Array(states);
	let largest = -Infinity;
	for (let s = 0; s < states; s++) {
		let total = 0;
		for (let k = 0, rest = s; k < K; k++, rest = Math.floor(rest / (R + 1))) {
			const n = rest % (R + 1);
			y[s * K + k] = (n - R / 2) / Math.sqrt(R);
			total += lnBinomial[n];
		}
		for (let i = 0; i < N; i++) {
			let field = 0;
			for (let k = 0; k < K; k++) field += singularValues[k] * patterns[k][i] * y[s * K + k];
			total += ln2cosh(field / 2);
		}
		logWeight[s] = total;
		largest = Math.max(largest, total);
	}
	const probability = logWeight.map((l) => Math.exp(l - largest));
	const sum = probability.reduce((a, b) => a + b, 0);
	return { y, probability: probability.map((p) => p / sum), lnZ: largest + Math.log(sum) };
}

/**
 * Average over `rows` of ln P(v) under the planted machine, in nats a row, exact: no machine does better on average
 * over fresh rows.
 */
export function plantedLogLikelihood(
	planted: PlantedModes,
	rows: BitRows,
	lnZ = blockStates(planted).lnZ
): number {
	const { singularValues, patterns, hiddenPerMode: R, N } = planted;
	let total = 0;
	for (let row = 0; row < rows.count; row++)
		patterns.forEach((u, k) => {
			let x = 0;
			for (let i = 0; i < N; i++)
				x += (rows.bytes[row * rows.stride + (i >> 3)] & (128 >> (i & 7)) ? 0.5 : -0.5) * u[i];
			total += R * ln2cosh((singularValues[k] * x) / (2 * Math.sqrt(R)));
		});
	return total / rows.count - lnZ;
}

/**
 * Draws the recipe's training rows, and a fifth as many held-out ones, from its planted machine. The same recipe and
 * seed give the same rows.
 * @param seed whole number from 0 to 2⁵³−1
 */
export function gaussianModes(recipe: GaussianModesRecipe, seed: number): Dataset {
	const planted = plantedModes(recipe);
	const { N, patterns, singularValues, rows, cols } = planted;
	const K = patterns.length;
	const { y, probability, lnZ } = blockStates(planted);
	const cumulative = probability.slice();
	for (let s = 1; s < cumulative.length; s++) cumulative[s] += cumulative[s - 1];

	const heldOutCount = Math.ceil(recipe.samples / 5);
	const count = recipe.samples + heldOutCount;
	const stride = Math.ceil(N / 8);
	const bytes = new Uint8Array(count * stride);
	const key = foldIn(keyFromSeed(seed), STREAM);
	const stateDraws = uniforms(2 * count, foldIn(key, 0));
	for (let row = 0; row < count; row++) {
		// two draws of 23 bits: one alone could not reach the rare states of the table
		const draw = (Math.floor(stateDraws[2 * row] * 2 ** 23) + stateDraws[2 * row + 1]) / 2 ** 23;
		let low = 0;
		for (let high = cumulative.length - 1; low < high;) {
			const middle = (low + high) >> 1;
			if (cumulative[middle] < draw) low = middle + 1;
			else high = middle;
		}
		const coins = uniforms(N, foldIn(key, row + 1));
		for (let i = 0; i < N; i++) {
			let field = 0;
			for (let k = 0; k < K; k++) field += singularValues[k] * patterns[k][i] * y[low * K + k];
			if (coins[i] * (1 + Math.exp(-field)) < 1) bytes[row * stride + (i >> 3)] |= 128 >> (i & 7);
		}
	}
	const part = (from: number, to: number): BitRows => ({
		count: to - from,
		units: N,
		stride,
		bytes: bytes.subarray(from * stride, to * stride)
	});
	const train = part(0, recipe.samples);
	const heldOut = part(recipe.samples, count);
	const values = singularValues.map((l) => String(Number(l.toPrecision(3))));
	return {
		title: `${K} planted ${K === 1 ? 'mode' : 'modes'} on ${N} units`,
		convention:
			`Independent draws from a machine whose βW has the singular ${K === 1 ? 'value' : 'values'} ` +
			`${values.join(', ')} on cosine patterns, and no others.`,
		units: N,
		rows,
		cols,
		train,
		heldOut,
		complete: false,
		planted: {
			singularValues,
			patterns,
			trainLogLikelihood: plantedLogLikelihood(planted, train, lnZ),
			heldOutLogLikelihood: plantedLogLikelihood(planted, heldOut, lnZ)
		}
	};
}
