// Block Gibbs sampling as a Markov chain on the visible states: its transition matrix and leading eigenvalues,
// which say exactly how fast sweeps v→h→v mix.
import { EnumerationLimitError } from './enumerateLimit.ts';
import { topEigenpairs, type BlockOperator } from './linalgKrylov.ts';
import { dot, matVec } from './linalgProducts.ts';
import { logSumExp, sigmoid, softplus, swapLayers, validateBeta, visibleField, type Rbm } from './rbm.ts';
import { bitsOf } from './enumerateStates.ts';

/** Largest layer whose 2^n×2^n chain is worked with. */
export const MAX_CHAIN_UNITS = 12;
/** 2^(N+M) entries of the half-sweep are visited each time the chain is applied; beyond this it takes minutes. */
export const MAX_CHAIN_ENTRIES_LOG2 = 28;
/** Up to 2^24 entries (128 MB) they are kept, beyond they are made anew each time. */
const MAX_STORED_LOG2 = 24;
/** Up to 2^7 states of the smaller layer the n×n matrix itself is the cheapest form. */
const MAX_SQUARE = 128;

/** Σₖ bits(s)ₖ·fₖ for all 2^n states s, written to `out`. */
function subsetSums(f: Float64Array, out: Float64Array): void {
	out[0] = 0;
	for (let k = 0; k < f.length; k++) {
		const half = 2 ** k;
		for (let s = 0; s < half; s++) out[half + s] = out[s] + f[k];
	}
}

/** Π over units of p or 1−p for all 2^n states, written to `out`: the law of independent units. */
export function productLaw(p: Float64Array, out: Float64Array): void {
	out[0] = 1;
	for (let k = 0; k < p.length; k++) {
		const half = 2 ** k;
		for (let s = 0; s < half; s++) {
			out[half + s] = out[s] * p[k];
			out[s] *= 1 - p[k];
		}
	}
}

/**
 * The transition matrix of one sweep v→h→v, K(v,v′) = Σ_h p(h|v)p(v′|h): 2^N×2^N, row-major, rows sum to 1.
 * @throws EnumerationLimitError past N = 12 or N+M = 28.
 */
export function gibbsMatrix(rbm: Rbm, beta: number): Float64Array {
	const { N, M } = rbm;
	validateBeta(beta);
	if (N > MAX_CHAIN_UNITS || N + M > MAX_CHAIN_ENTRIES_LOG2)
		throw new EnumerationLimitError(
			N,
			M,
			`N ≤ ${MAX_CHAIN_UNITS} and N+M ≤ ${MAX_CHAIN_ENTRIES_LOG2} for its chain`
		);
	const n = 2 ** N;
	const k = new Float64Array(n * n);
	const to = new Float64Array(n);
	const up = logHiddenGivenVisible(rbm, beta);
	for (let h = 0; h < 2 ** M; h++) {
		const bits = bitsOf(h, M);
		productLaw(
			visibleField(rbm, bits).map((f) => sigmoid(beta * f)),
			to
		);
		for (let v = 0; v < n; v++) {
			const p = Math.exp(up(v, bits));
			if (p > 0) for (let w = 0; w < n; w++) k[v * n + w] += p * to[w];
		}
	}
	return k;
}

/** (v, h bits) ↦ ln p(h|v), from a table of the hidden fields of each v. */
function logHiddenGivenVisible(rbm: Rbm, beta: number): (v: number, h: Float64Array) => number {
	const { N, M } = rbm;
	const n = 2 ** N;
	const fields = new Float64Array(n * M);
	const norm = new Float64Array(n);
	for (let v = 0; v < n; v++) {
		const low = 31 - Math.clz32(v);
		for (let j = 0; j < M; j++) {
			fields[v * M + j] =
				v === 0 ? beta * rbm.hiddenBias[j] : fields[(v - 2 ** low) * M + j] + beta * rbm.weights[low * M + j];
			norm[v] += softplus(fields[v * M + j]);
		}
	}
	return (v, h) => {
		let s = -norm[v];
		for (let j = 0; j < M; j++) s += h[j] * fields[v * M + j];
		return s;
	};
}

/**
 * The `count` largest eigenvalues of the sweep v→h→v, falling, the first being 1: all real and in [0,1], since
 * the chain is reversible and a product B·Bᵀ with B(v,h) = √(p(h|v)p(v|h)). Worked out on the smaller layer, whose
 * chain h→v→h has the same nonzero spectrum; the rest of the 2^N are zeros.
 * @throws EnumerationLimitError past min(N,M) = 12 or N+M = 28.
 */
export function gibbsEigenvalues(rbm: Rbm, beta: number, count = 3): Float64Array {
	const { N, M } = rbm;
	validateBeta(beta);
	if (Math.min(N, M) > MAX_CHAIN_UNITS || N + M > MAX_CHAIN_ENTRIES_LOG2)
		throw new EnumerationLimitError(
			N,
			M,
			`min(N,M) ≤ ${MAX_CHAIN_UNITS} and N+M ≤ ${MAX_CHAIN_ENTRIES_LOG2} for its chain`
		);
	const small = N <= M ? rbm : swapLayers(rbm);
	const n = 2 ** small.N;
	const { row, logStationary } = halfSweep(small, beta);
	const total = logSumExp(logStationary);
	const top = logStationary.map((x) => Math.exp((x - total) / 2));
	const apply = n <= MAX_SQUARE ? square(n, 2 ** small.M, row) : rowByRow(n, 2 ** small.M, row);
	const length = Math.min(count, 2 ** N);
	const out = new Float64Array(length);
	out[0] = 1;
	const { values } = topEigenpairs(n, apply, length - 1, [top]);
	values.forEach((x, k) => (out[k + 1] = Math.min(1, Math.max(0, x))));
	return out;
}

type Row = (g: number, out: Float64Array) => void;

/** The operator B·Bᵀ for a small layer: the n×n matrix is summed up once. */
function square(n: number, states: number, row: Row): BlockOperator {
	const b = new Float64Array(n);
	const s = new Float64Array(n * n);
	for (let g = 0; g < states; g++) {
		row(g, b);
		for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) s[i * n + j] += b[i] * b[j];
	}
	for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) s[j * n + i] = s[i * n + j];
	return (block) => block.map((x) => matVec(s, n, n, x));
}

/** The operator B·Bᵀ row by row; the rows are kept where they fit. */
function rowByRow(n: number, states: number, row: Row): BlockOperator {
	let stored: Float64Array | null = null;
	if (n * states <= 2 ** MAX_STORED_LOG2) {
		stored = new Float64Array(n * states);
		for (let g = 0; g < states; g++) row(g, stored.subarray(g * n, g * n + n));
	}
	const scratch = new Float64Array(n);
	return (block) => {
		const out = block.map(() => new Float64Array(n));
		for (let g = 0; g < states; g++) {
			let b: Float64Array = scratch;
			if (stored) b = stored.subarray(g * n, g * n + n);
			else row(g, b);
			for (let k = 0; k < block.length; k++) {
				const f = dot(b, block[k]);
				const o = out[k];
				for (let s = 0; s < n; s++) o[s] += f * b[s];
			}
		}
		return out;
	};
}

/**
 * Rows B(·,g) = √(p(g|s)p(s|g)) over the states s of the layer of N, for each state g of the other, in logarithms
 * until the last step so that strong couplings neither overflow nor vanish; and ln p(s) up to a constant.
 */
function halfSweep(rbm: Rbm, beta: number): { row: Row; logStationary: Float64Array } {
	const { N, M } = rbm;
	const n = 2 ** N;
	const logStationary = new Float64Array(n);
	for (let s = 0; s < n; s++) {
		const bits = bitsOf(s, N);
		for (let i = 0; i < N; i++) logStationary[s] += bits[i] * beta * rbm.visibleBias[i];
		for (let j = 0; j < M; j++) {
			let f = rbm.hiddenBias[j];
			for (let i = 0; i < N; i++) f += bits[i] * rbm.weights[i * M + j];
			logStationary[s] += softplus(beta * f);
		}
	}
	// Where no exponent can pass ±600 in all, powers are multiplied up, which is ten times faster than e^sum.
	let reach = (N + M) * Math.LN2;
	for (const a of [rbm.weights, rbm.visibleBias, rbm.hiddenBias])
		for (const x of a) reach += beta * Math.abs(x);
	const tame = reach < 600;
	const fade = logStationary.map((x) => Math.exp(-x / 2));
	const bits = new Float64Array(M);
	const row: Row = (g, out) => {
		for (let j = 0; j < M; j++) bits[j] = (g >> j) & 1;
		const field = visibleField(rbm, bits);
		let own = 0;
		for (let j = 0; j < M; j++) own += bits[j] * beta * rbm.hiddenBias[j];
		for (let i = 0; i < N; i++) {
			field[i] *= beta;
			own -= softplus(field[i]);
		}
		if (tame) {
			out[0] = Math.exp(own / 2);
			for (let k = 0; k < N; k++) {
				const half = 2 ** k;
				const factor = Math.exp(field[k]);
				for (let s = 0; s < half; s++) out[half + s] = out[s] * factor;
			}
			for (let s = 0; s < n; s++) out[s] *= fade[s];
		} else {
			subsetSums(field, out);
			for (let s = 0; s < n; s++) out[s] = Math.exp(out[s] + (own - logStationary[s]) / 2);
		}
	};
	return { row, logStationary };
}

/**
 * One deterministic sweep on joint states, (v,h) → (v′,h′) with h′ from p(h′|v), then v′ from p(v′|h′): keeps p(v,h)
 * but not detailed balance. 2^{N+M} squared entries. @throws EnumerationLimitError past N+M = 12.
 */
export function jointSweepMatrix(rbm: Rbm, beta: number): Float64Array {
	const { N, M } = rbm;
	validateBeta(beta);
	if (N + M > MAX_CHAIN_UNITS) throw new EnumerationLimitError(N, M, `N+M ≤ ${MAX_CHAIN_UNITS}`);
	const n = 2 ** (N + M);
	const nv = 2 ** N;
	const out = new Float64Array(n * n);
	const to = new Float64Array(nv);
	const up = logHiddenGivenVisible(rbm, beta);
	for (let h = 0; h < 2 ** M; h++) {
		const bits = bitsOf(h, M);
		productLaw(
			visibleField(rbm, bits).map((f) => sigmoid(beta * f)),
			to
		);
		for (let s = 0; s < n; s++) {
			const p = Math.exp(up(s % nv, bits));
			for (let w = 0; w < nv; w++) out[s * n + h * nv + w] = p * to[w];
		}
	}
	return out;
}

/** max |p(s)P(s,s′) − p(s′)P(s′,s)| of a chain P (n×n) about the law p: zero when detailed balance holds. */
export function detailedBalanceDefect(chain: Float64Array, p: Float64Array): number {
	const n = p.length;
	let worst = 0;
	for (let i = 0; i < n; i++)
		for (let j = 0; j < i; j++)
			worst = Math.max(worst, Math.abs(p[i] * chain[i * n + j] - p[j] * chain[j * n + i]));
	return worst;
}

/** max |pP − p|: zero when p is stationary under the chain P (n×n). */
export function stationarityDefect(chain: Float64Array, p: Float64Array): number {
	const n = p.length;
	let worst = 0;
	for (let j = 0; j < n; j++) {
		let s = -p[j];
		for (let i = 0; i < n; i++) s += p[i] * chain[i * n + j];
		worst = Math.max(worst, Math.abs(s));
	}
	return worst;
}
