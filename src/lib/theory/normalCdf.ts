// The normal distribution function, to rounding: what the laws of projections are measured against.

const SQRT_2PI = Math.sqrt(2 * Math.PI);

/** φ(x) = e^{−x²/2}/√(2π). */
export function normalDensity(x: number): number {
	return Math.exp(-0.5 * x * x) / SQRT_2PI;
}

/**
 * Φ(x), absolute error below 1e-14: ½ + φ(x)·Σ x^{2k+1}/(1·3·…·(2k+1)) (Marsaglia 2004); 0 or 1 past |x| = 8, where
 * what is left out is below 1e-15.
 */
export function normalCdf(x: number): number {
	if (x <= -8) return 0;
	if (x >= 8) return 1;
	let term = x;
	let sum = x;
	for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
		term *= (x * x) / k;
		sum += term;
	}
	return 0.5 + sum * normalDensity(x);
}
