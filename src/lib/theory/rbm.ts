// The Restricted Boltzmann Machine itself: parameters, validation, energy, free energies and conditionals, exact
// in float64. Everything in theory/ takes an `Rbm` and an inverse temperature β.
import { dotAt, matTVec, matVec } from './linalgProducts.ts';

/**
 * Parameters of a binary RBM, E(v,h) = −a₀·v − b₀·h − vᵀWh with v ∈ {0,1}^N, h ∈ {0,1}^M.
 * `weights` is N×M, row-major: W[i][j] = weights[i*M + j]. N need not exceed M. (S, slide 1.)
 */
export interface Rbm {
	readonly N: number;
	readonly M: number;
	readonly weights: Float64Array;
	readonly visibleBias: Float64Array;
	readonly hiddenBias: Float64Array;
}

/** The parameter that an `RbmError` is about. */
export type RbmField = 'N' | 'M' | 'weights' | 'visibleBias' | 'hiddenBias' | 'beta';

/** Thrown for parameters that do not make an RBM; `field` names the one at fault. */
export class RbmError extends Error {
	override name = 'RbmError';
	readonly field: RbmField;
	constructor(field: RbmField, message: string) {
		super(`${field}: ${message}`);
		this.field = field;
	}
}

/** What `makeRbm` accepts: plain numbers in any array-like, weights flat (row-major) or as N rows of M. */
export interface RbmInput {
	readonly N?: number;
	readonly M?: number;
	readonly weights: ArrayLike<number> | readonly ArrayLike<number>[];
	readonly visibleBias: ArrayLike<number>;
	readonly hiddenBias: ArrayLike<number>;
}

/**
 * Builds and validates an RBM, copying its arrays. N and M default to the lengths of the biases.
 * @throws RbmError naming the field: sizes that are not whole and ≥ 1, wrong lengths, entries that are no number.
 */
export function makeRbm(input: RbmInput): Rbm {
	const N = input.N ?? input.visibleBias.length;
	const M = input.M ?? input.hiddenBias.length;
	const rows = input.weights;
	let flat: Float64Array;
	if (rows.length > 0 && typeof rows[0] !== 'number') {
		const nested = rows as readonly ArrayLike<number>[];
		if (nested.length !== N) throw new RbmError('weights', `${nested.length} rows, expected N = ${N}`);
		for (let i = 0; i < N; i++)
			if (nested[i]?.length !== M)
				throw new RbmError('weights', `row ${i} has ${nested[i]?.length} entries, expected M = ${M}`);
		flat = new Float64Array(N * M);
		for (let i = 0; i < N; i++) for (let j = 0; j < M; j++) flat[i * M + j] = nested[i][j];
	} else flat = Float64Array.from(rows as ArrayLike<number>);
	const rbm: Rbm = {
		N,
		M,
		weights: flat,
		visibleBias: Float64Array.from(input.visibleBias),
		hiddenBias: Float64Array.from(input.hiddenBias)
	};
	validateRbm(rbm);
	return rbm;
}

function checkEntries(field: RbmField, a: Float64Array, expected: number): void {
	if (a.length !== expected) throw new RbmError(field, `${a.length} entries, expected ${expected}`);
	for (let i = 0; i < a.length; i++)
		if (!Number.isFinite(a[i])) throw new RbmError(field, `entry ${i} is ${a[i]}, not a finite number`);
}

/** Checks sizes, lengths and entries. @throws RbmError naming the field at fault. */
export function validateRbm(rbm: Rbm): void {
	if (!Number.isInteger(rbm.N) || rbm.N < 1) throw new RbmError('N', `${rbm.N} is not a whole number ≥ 1`);
	if (!Number.isInteger(rbm.M) || rbm.M < 1) throw new RbmError('M', `${rbm.M} is not a whole number ≥ 1`);
	checkEntries('weights', rbm.weights, rbm.N * rbm.M);
	checkEntries('visibleBias', rbm.visibleBias, rbm.N);
	checkEntries('hiddenBias', rbm.hiddenBias, rbm.M);
}

/** Checks an inverse temperature: finite and ≥ 0. @throws RbmError on `beta`. */
export function validateBeta(beta: number): void {
	if (!Number.isFinite(beta) || beta < 0) throw new RbmError('beta', `${beta} is not a finite number ≥ 0`);
}

/** 1/(1+e^{−x}), without overflow and accurate in both tails. */
export function sigmoid(x: number): number {
	if (x >= 0) return 1 / (1 + Math.exp(-x));
	const e = Math.exp(x);
	return e / (1 + e);
}

/** ln(1+e^x), without overflow and accurate in both tails. */
export function softplus(x: number): number {
	return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

/** ln Σ e^{xᵢ}; −∞ for an empty list. */
export function logSumExp(x: ArrayLike<number>): number {
	let max = -Infinity;
	for (let i = 0; i < x.length; i++) if (x[i] > max) max = x[i];
	if (!Number.isFinite(max)) return max;
	let s = 0;
	for (let i = 0; i < x.length; i++) s += Math.exp(x[i] - max);
	return max + Math.log(s);
}

/** E(v,h) = −a₀·v − b₀·h − vᵀWh, for any real v (N) and h (M): continuous coordinates included. */
export function energy(rbm: Rbm, v: Float64Array, h: Float64Array): number {
	const field = hiddenField(rbm, v);
	return -dotAt(rbm.N, rbm.visibleBias, 0, v, 0) - dotAt(rbm.M, field, 0, h, 0);
}

/** Field on the visible units, a₀ + W h (N). */
export function visibleField(rbm: Rbm, h: Float64Array): Float64Array {
	const f = matVec(rbm.weights, rbm.N, rbm.M, h);
	for (let i = 0; i < rbm.N; i++) f[i] += rbm.visibleBias[i];
	return f;
}

/** Field on the hidden units, b₀ + Wᵀv (M). */
export function hiddenField(rbm: Rbm, v: Float64Array): Float64Array {
	const f = matTVec(rbm.weights, rbm.N, rbm.M, v);
	for (let j = 0; j < rbm.M; j++) f[j] += rbm.hiddenBias[j];
	return f;
}

/** P(vᵢ=1 | h) = σ(β(a₀+Wh)ᵢ), N entries. */
export function visibleGivenHidden(rbm: Rbm, beta: number, h: Float64Array): Float64Array {
	return visibleField(rbm, h).map((f) => sigmoid(beta * f));
}

/** P(hⱼ=1 | v) = σ(β(b₀+Wᵀv)ⱼ), M entries. */
export function hiddenGivenVisible(rbm: Rbm, beta: number, v: Float64Array): Float64Array {
	return hiddenField(rbm, v).map((f) => sigmoid(beta * f));
}

/** βF(v) = −ln Σ_h e^{−βE(v,h)} = −βa₀·v − Σⱼ ln(1+e^{β(b₀+Wᵀv)ⱼ}): dimensionless, so that Z = Σ_v e^{−βF}. */
export function freeEnergyVisible(rbm: Rbm, beta: number, v: Float64Array): number {
	let s = -beta * dotAt(rbm.N, rbm.visibleBias, 0, v, 0);
	for (const f of hiddenField(rbm, v)) s -= softplus(beta * f);
	return s;
}

/** βF(h) = −ln Σ_v e^{−βE(v,h)}, the same for the hidden layer. */
export function freeEnergyHidden(rbm: Rbm, beta: number, h: Float64Array): number {
	let s = -beta * dotAt(rbm.M, rbm.hiddenBias, 0, h, 0);
	for (const f of visibleField(rbm, h)) s -= softplus(beta * f);
	return s;
}

/** The same couplings with biases a₀ = −½W1, b₀ = −½Wᵀ1, so that flipping every unit changes nothing and m = ½. */
export function balanced(rbm: Rbm): Rbm {
	const visibleBias = matVec(rbm.weights, rbm.N, rbm.M, new Float64Array(rbm.M).fill(-0.5));
	const hiddenBias = matTVec(rbm.weights, rbm.N, rbm.M, new Float64Array(rbm.N).fill(-0.5));
	return { ...rbm, visibleBias, hiddenBias };
}

/** The same RBM with the layers' roles exchanged: Wᵀ, b₀, a₀. */
export function swapLayers(rbm: Rbm): Rbm {
	const { N, M } = rbm;
	const weights = new Float64Array(N * M);
	for (let i = 0; i < N; i++) for (let j = 0; j < M; j++) weights[j * N + i] = rbm.weights[i * M + j];
	return { N: M, M: N, weights, visibleBias: rbm.hiddenBias, hiddenBias: rbm.visibleBias };
}
