// The same RBM written in other variables: ±1 spins, flipped units, centred units. Each map keeps E up to a stated
// constant, which is what makes it useful as a check.
import { matTVec, matVec } from './linalgProducts.ts';
import type { Gradient } from './enumerate.ts';
import type { Rbm } from './rbm.ts';

/** E = offset − Σfᵢsᵢ − Σgⱼtⱼ − Σ sᵢKᵢⱼtⱼ with spins s, t = ±1; `couplings` is N×M row-major. */
export interface SpinRbm {
	readonly N: number;
	readonly M: number;
	readonly couplings: Float64Array;
	readonly visibleField: Float64Array;
	readonly hiddenField: Float64Array;
	readonly offset: number;
}

function sum(x: Float64Array): number {
	let s = 0;
	for (const e of x) s += e;
	return s;
}

const ones = (n: number) => new Float64Array(n).fill(1);

/** v = (1+s)/2: K = W/4, f = a₀/2 + W1/4, g = b₀/2 + Wᵀ1/4; both fields vanish for balanced biases. */
export function toSpins(rbm: Rbm): SpinRbm {
	const { N, M, weights } = rbm;
	const rows = matVec(weights, N, M, ones(M));
	const cols = matTVec(weights, N, M, ones(N));
	return {
		N,
		M,
		couplings: weights.map((w) => w / 4),
		visibleField: rbm.visibleBias.map((a, i) => a / 2 + rows[i] / 4),
		hiddenField: rbm.hiddenBias.map((b, j) => b / 2 + cols[j] / 4),
		offset: -(sum(rbm.visibleBias) + sum(rbm.hiddenBias)) / 2 - sum(weights) / 4
	};
}

/** Inverse of `toSpins`, whatever the offset: E differs from the spins' by the returned `offset`. */
export function fromSpins(spins: SpinRbm): { rbm: Rbm; offset: number } {
	const { N, M, couplings } = spins;
	const rows = matVec(couplings, N, M, ones(M));
	const cols = matTVec(couplings, N, M, ones(N));
	const rbm: Rbm = {
		N,
		M,
		weights: couplings.map((k) => 4 * k),
		visibleBias: spins.visibleField.map((f, i) => 2 * (f - rows[i])),
		hiddenBias: spins.hiddenField.map((g, j) => 2 * (g - cols[j]))
	};
	return { rbm, offset: spins.offset + sum(spins.visibleField) + sum(spins.hiddenField) - sum(couplings) };
}

/**
 * Renames 0 and 1 on the chosen units (flags of length N and M): v′ᵢ = 1−vᵢ where flipped. A gauge change:
 * E(v,h) = E′(v′,h′) + offset, so nothing measurable moves.
 */
export function flipUnits(
	rbm: Rbm,
	flipVisible: ArrayLike<unknown>,
	flipHidden: ArrayLike<unknown>
): { rbm: Rbm; offset: number } {
	const { N, M } = rbm;
	const weights = Float64Array.from(rbm.weights);
	const visibleBias = Float64Array.from(rbm.visibleBias);
	const hiddenBias = Float64Array.from(rbm.hiddenBias);
	let offset = 0;
	for (let i = 0; i < N; i++) {
		if (!flipVisible[i]) continue;
		offset -= visibleBias[i];
		visibleBias[i] *= -1;
		for (let j = 0; j < M; j++) {
			hiddenBias[j] += weights[i * M + j];
			weights[i * M + j] *= -1;
		}
	}
	for (let j = 0; j < M; j++) {
		if (!flipHidden[j]) continue;
		offset -= hiddenBias[j];
		hiddenBias[j] *= -1;
		for (let i = 0; i < N; i++) {
			visibleBias[i] += weights[i * M + j];
			weights[i * M + j] *= -1;
		}
	}
	return { rbm: { N, M, weights, visibleBias, hiddenBias }, offset };
}

/** E = offset − a·(v−μ) − b·(h−ν) − (v−μ)ᵀW(h−ν); μ has N entries, ν has M. */
export interface CentredRbm extends Rbm {
	readonly visibleOffset: Float64Array;
	readonly hiddenOffset: Float64Array;
	readonly offset: number;
}

function bilinear(rbm: Rbm, mu: Float64Array, nu: Float64Array): number {
	const wn = matVec(rbm.weights, rbm.N, rbm.M, nu);
	let s = 0;
	for (let i = 0; i < rbm.N; i++) s += mu[i] * (rbm.visibleBias[i] + wn[i]);
	for (let j = 0; j < rbm.M; j++) s += nu[j] * rbm.hiddenBias[j];
	return s;
}

/** The same energy about the offsets μ, ν: a = a₀ + Wν, b = b₀ + Wᵀμ, offset = E(μ,ν). */
export function centre(rbm: Rbm, mu: Float64Array, nu: Float64Array): CentredRbm {
	const wn = matVec(rbm.weights, rbm.N, rbm.M, nu);
	const wm = matTVec(rbm.weights, rbm.N, rbm.M, mu);
	return {
		...rbm,
		visibleBias: rbm.visibleBias.map((a, i) => a + wn[i]),
		hiddenBias: rbm.hiddenBias.map((b, j) => b + wm[j]),
		visibleOffset: mu,
		hiddenOffset: nu,
		offset: -bilinear(rbm, mu, nu)
	};
}

/** Inverse of `centre`: the plain RBM with the same energy, up to its constant. */
export function uncentre(c: CentredRbm): Rbm {
	const wn = matVec(c.weights, c.N, c.M, c.hiddenOffset);
	const wm = matTVec(c.weights, c.N, c.M, c.visibleOffset);
	return {
		N: c.N,
		M: c.M,
		weights: c.weights,
		visibleBias: c.visibleBias.map((a, i) => a - wn[i]),
		hiddenBias: c.hiddenBias.map((b, j) => b - wm[j])
	};
}

/**
 * The update of plain parameters that a step in centred ones means (Montavon & Müller 2012; Melchior et al. 2016):
 * ΔW_c = ΔW − μΔbᵀ − Δaνᵀ with ΔW, Δa, Δb the plain gradient, then Δa₀ = Δa − ΔW_cν, Δb₀ = Δb − ΔW_cᵀμ.
 * With μ, ν the average activities it does not depend on which value of a unit is called 1.
 */
export function centredGradient(g: Gradient, mu: Float64Array, nu: Float64Array): Gradient {
	const N = mu.length;
	const M = nu.length;
	const weights = g.weights.map((w, k) => {
		const i = Math.floor(k / M);
		const j = k % M;
		return w - mu[i] * g.hiddenBias[j] - g.visibleBias[i] * nu[j];
	});
	const wn = matVec(weights, N, M, nu);
	const wm = matTVec(weights, N, M, mu);
	return {
		weights,
		visibleBias: g.visibleBias.map((a, i) => a - wn[i]),
		hiddenBias: g.hiddenBias.map((b, j) => b - wm[j])
	};
}
