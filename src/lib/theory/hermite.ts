// Eigenfunctions of one harmonic oscillator, H = ½p² + ½ω²ζ² − ½ω: Hermite functions by the recurrence of the
// normalised functions, which neither overflows nor cancels where polynomial coefficients would.

/** Above this size two neighbours of the recurrence are scaled down together. */
const LARGE = 1e150;

/**
 * Normalised eigenfunctions ψ₀…ψ₍count−1₎ at one position.
 *
 * ψₙ(ζ) = (ω/π)^¼ (2ⁿn!)^{−½} Hₙ(√ω ζ) e^{−ωζ²/2}, by ψₙ₊₁ = √(2/(n+1)) x ψₙ − √(n/(n+1)) ψₙ₋₁ with x = √ω ζ.
 * The common Gaussian factor is kept as a logarithm, so that ψₙ far out is right although ψ₀ there underflows.
 * @param zeta displacement from the minimum, in unit coordinates
 * @param frequency ω > 0 (half the curvature of βU)
 * @param count how many functions, ≥ 1
 * @returns `count` values, in ζ^{−½}: ∫ψₘψₙ dζ = δₘₙ
 * @throws RangeError unless ω > 0 and count is a positive integer
 */
export function hermiteFunctions(zeta: number, frequency: number, count: number): Float64Array {
	if (!(frequency > 0)) throw new RangeError(`hermiteFunctions: frequency must be > 0, got ${frequency}`);
	if (!Number.isInteger(count) || count < 1)
		throw new RangeError(`hermiteFunctions: count must be a positive integer, got ${count}`);
	const x = Math.sqrt(frequency) * zeta;
	let logScale = 0.25 * Math.log(frequency / Math.PI) - 0.5 * x * x;
	const values = new Float64Array(count);
	let before = 0;
	let now = 1;
	for (let n = 0; n < count; n++) {
		values[n] = logScale > -700 ? now * Math.exp(logScale) : fromLog(now, logScale);
		const next = Math.sqrt(2 / (n + 1)) * x * now - Math.sqrt(n / (n + 1)) * before;
		before = now;
		now = next;
		if (Math.abs(now) > LARGE) {
			now /= LARGE;
			before /= LARGE;
			logScale += Math.log(LARGE);
		}
	}
	return values;
}

/** value·e^logScale where e^logScale alone would underflow. */
function fromLog(value: number, logScale: number): number {
	return value === 0 ? 0 : Math.sign(value) * Math.exp(logScale + Math.log(Math.abs(value)));
}

/**
 * Stationary density of the oscillator, ψ₀² = √(ω/π)·e^{−ωζ²}: a Gaussian of variance 1/(2ω) = 1/κ.
 * @param zeta displacement from the minimum
 * @param frequency ω > 0
 */
export function groundDensity(zeta: number, frequency: number): number {
	const psi = hermiteFunctions(zeta, frequency, 1)[0];
	return psi * psi;
}
