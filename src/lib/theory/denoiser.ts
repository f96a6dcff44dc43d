// The RBM as a diffusion model's denoiser: its distribution, noised by N(0,σ²), has the score (E[s|z]−z)/σ², and
// E[s|z] is the magnetisation of the same RBM with every bias shifted by (zₖ−½)/(βσ²). Exact at any σ.
import { lnZ, moments } from './enumerate.ts';
import { hiddenGivenVisible, visibleGivenHidden, type Rbm } from './rbm.ts';

/**
 * The shifted machine at inverse temperature 1: βW, βa₀ + (z−½)/σ², βb₀ + (z−½)/σ². Scaled by β so that β = 0
 * makes sense too. z has N+M entries, visible first.
 */
export function posteriorRbm(rbm: Rbm, beta: number, sigma2: number, z: Float64Array): Rbm {
	if (!(sigma2 > 0)) throw new RangeError(`posteriorRbm: σ² = ${sigma2} is not positive`);
	return {
		N: rbm.N,
		M: rbm.M,
		weights: rbm.weights.map((w) => beta * w),
		visibleBias: rbm.visibleBias.map((a, i) => beta * a + (z[i] - 0.5) / sigma2),
		hiddenBias: rbm.hiddenBias.map((b, j) => beta * b + (z[rbm.N + j] - 0.5) / sigma2)
	};
}

/** E[s|z], N+M entries, by enumeration. @throws EnumerationLimitError past min(N,M) = 24. */
export function denoise(rbm: Rbm, beta: number, sigma2: number, z: Float64Array): Float64Array {
	const m = moments(posteriorRbm(rbm, beta, sigma2, z), 1);
	const out = new Float64Array(rbm.N + rbm.M);
	out.set(m.meanV);
	out.set(m.meanH, rbm.N);
	return out;
}

/**
 * E[s|z] in naive mean field: `steps` rounds of m_h = σ(b+Wᵀm_v), m_v = σ(a+Wm_h) with the shifted biases,
 * started from the denoiser of free units. Close for large or small σ; the only choice for large layers.
 */
export function denoiseMeanField(
	rbm: Rbm,
	beta: number,
	sigma2: number,
	z: Float64Array,
	steps = 20
): Float64Array {
	const post = posteriorRbm(rbm, beta, sigma2, z);
	let v: Float64Array = post.visibleBias.map((a) => 1 / (1 + Math.exp(-a)));
	let h: Float64Array = post.hiddenBias.map((b) => 1 / (1 + Math.exp(-b)));
	for (let k = 0; k < steps; k++) {
		h = hiddenGivenVisible(post, 1, v);
		v = visibleGivenHidden(post, 1, h);
	}
	const out = new Float64Array(rbm.N + rbm.M);
	out.set(v);
	out.set(h, rbm.N);
	return out;
}

/** ln Σ_s p(s) N(z;s,σ²), the noised density, as a difference of two ln Z. */
export function noisedLogDensity(rbm: Rbm, beta: number, sigma2: number, z: Float64Array): number {
	let s = lnZ(posteriorRbm(rbm, beta, sigma2, z), 1) - lnZ(rbm, beta);
	for (const e of z) s -= (e * e) / (2 * sigma2) + 0.5 * Math.log(2 * Math.PI * sigma2);
	return s;
}

/** (E[s|z]−z)/σ² for either denoiser: the score of the noised density. */
export function scoreFrom(denoised: Float64Array, z: Float64Array, sigma2: number): Float64Array {
	return denoised.map((m, k) => (m - z[k]) / sigma2);
}
