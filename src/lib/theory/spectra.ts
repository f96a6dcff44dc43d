// Spectra of random weights (theory section 8): Marchenko–Pastur law of the singular values, the threshold 4/β at
// which a soft mode loses its stiffness, and the freezing of the bulk with and without the Onsager term.

/** Where the singular values of an N×M matrix of iid weights of standard deviation s lie, for large N and M. */
export function marchenkoPasturEdges(N: number, M: number, s: number): { lower: number; upper: number } {
	const a = Math.sqrt(N);
	const b = Math.sqrt(M);
	return { lower: s * Math.abs(a - b), upper: s * (a + b) };
}

/**
 * Density of the min(N,M) singular values at λ > 0, normalised to 1:
 * √((λ₊²−λ²)(λ²−λ₋²)) / (π s² min(N,M) λ) between the edges, 0 outside.
 */
export function marchenkoPasturDensity(N: number, M: number, s: number, lambda: number): number {
	const { lower, upper } = marchenkoPasturEdges(N, M, s);
	if (!(lambda > lower && lambda < upper)) return 0;
	const inside = (upper * upper - lambda * lambda) * (lambda * lambda - lower * lower);
	return Math.sqrt(inside) / (Math.PI * s * s * Math.min(N, M) * lambda);
}

/** Singular value at which a soft mode's gaussian curvature 4 − βλ vanishes. */
export function criticalSingularValue(beta: number): number {
	return 4 / beta;
}

/** What an iid bulk of scale s does to single units at m = ½ (Onsager): k_x = 4(1+β²s²M/16), k_y with N. */
export function bulkStiffness(
	N: number,
	M: number,
	s: number,
	beta: number
): { visible: number; hidden: number } {
	const g = (beta * s) ** 2 / 16;
	return { visible: 4 * (1 + g * M), hidden: 4 * (1 + g * N) };
}

/** Curvatures κ± = ½[k_x+k_y ± √((k_x−k_y)²+4β²λ²)] of the two modes of singular value λ. */
export function coupledCurvatures(
	kx: number,
	ky: number,
	betaLambda: number
): { stiff: number; soft: number } {
	const mean = (kx + ky) / 2;
	const root = Math.hypot((kx - ky) / 2, betaLambda);
	// The product k_xk_y − β²λ² over the larger root keeps the small one accurate near criticality.
	return { stiff: mean + root, soft: (kx * ky - betaLambda * betaLambda) / (mean + root) };
}

/** How soft the softest bulk mode is at β, plainly (4 − βλ₊) and with the Onsager term. */
export interface BulkFreezing {
	readonly upperEdge: number;
	readonly softPlain: number;
	readonly softOnsager: number;
	/** β at which the plain form loses the bulk edge: 4/λ₊ */
	readonly betaPlain: number;
	/** β at which the Onsager form touches zero, 4/(s(NM)^¼): there it is zero and nowhere negative */
	readonly betaOnsager: number;
}

/**
 * Freezing of the bulk. Plainly the edge mode turns unstable at β = 4/λ₊; the Onsager term stiffens the units as
 * well, k_xk_y − β²λ₊² = (β²s²√(NM)/4 − 4)², so that the bulk never turns unstable and only touches zero.
 */
export function bulkFreezing(N: number, M: number, s: number, beta: number): BulkFreezing {
	const { upper } = marchenkoPasturEdges(N, M, s);
	const k = bulkStiffness(N, M, s, beta);
	return {
		upperEdge: upper,
		softPlain: 4 - beta * upper,
		softOnsager: coupledCurvatures(k.visible, k.hidden, beta * upper).soft,
		betaPlain: 4 / upper,
		betaOnsager: 4 / (s * (N * M) ** 0.25)
	};
}
