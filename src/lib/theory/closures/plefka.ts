// How much the Onsager term matters: the largest singular value of β²W² ∘ variances, Plefka's expansion parameter.
import { matTVec, matVec, norm2 } from '../linalgProducts.ts';
import type { Rbm } from '../rbm.ts';

/**
 * Largest singular value of the N×M matrix β²Wᵢⱼ²·qᵢqⱼ with q = m(1−m). It is the relative stiffening of units by the
 * Onsager term; below 1 Plefka's expansion about this magnetisation holds for iid weights. At m = ½ with iid weights
 * of variance s² it is (βs)²√(NM)/16.
 * @param rbm the RBM
 * @param beta inverse temperature
 * @param m N+M magnetisations
 */
export function plefkaParameter(rbm: Rbm, beta: number, m: Float64Array): number {
	const { N, M, weights } = rbm;
	const q = m.map((x) => x * (1 - x));
	const s = weights.map((w, k) => (beta * w) ** 2 * q[Math.floor(k / M)] * q[N + (k % M)]);
	return largestSingular(s, N, M);
}

/** The naive mean-field softness: largest singular value of D_v^½ βW D_h^½; its wells exist while it is below 1. */
export function meanFieldCoupling(rbm: Rbm, beta: number, m: Float64Array): number {
	const { N, M, weights } = rbm;
	const d = m.map((x) => Math.sqrt(x * (1 - x)));
	return largestSingular(
		weights.map((w, k) => beta * w * d[Math.floor(k / M)] * d[N + (k % M)]),
		N,
		M
	);
}

/** Power iteration on AᵀA from a fixed, generic start; good to about 1e-6, which is enough for a verdict. */
function largestSingular(a: Float64Array, N: number, M: number): number {
	let x: Float64Array = Float64Array.from({ length: M }, (_, j) => 1 + 0.1 * Math.sin(1 + j));
	let value = 0;
	for (let k = 0; k < 500; k++) {
		const length = norm2(x);
		if (length === 0) return 0;
		const y = matVec(
			a,
			N,
			M,
			x.map((e) => e / length)
		);
		const next = norm2(y);
		x = matTVec(a, N, M, y);
		if (Math.abs(next - value) <= 1e-9 * next) return next;
		value = next;
	}
	return value;
}
