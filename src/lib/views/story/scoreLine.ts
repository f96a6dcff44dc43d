// The score of a noised RBM along a line through its cube's centre, in two ways: as the slope of ln p_σ, and as
// (E[s|z] − z)/σ² from the machine's own magnetisation. They are one thing (theory §5).
import { denoise, noisedLogDensity, scoreFrom } from '$lib/theory/denoiser';
import type { Rbm } from '$lib/theory/rbm';

export interface ScoreLine {
	/** distance from the centre along the first soft direction */
	readonly t: Float64Array;
	/** ln p_σ(z(t)) less its largest value here */
	readonly logDensity: Float64Array;
	/** derivative of ln p_σ along the line, by central differences */
	readonly slope: Float64Array;
	/** the denoiser's score, projected on the line */
	readonly score: Float64Array;
	/** E[s|z] along the line, from the centre */
	readonly denoised: Float64Array;
	/** largest difference of the two scores */
	readonly gap: number;
}

/**
 * @param along direction of unit length in unit coordinates, N+M entries
 * @param reach half length of the line
 */
export function scoreLine(
	rbm: Rbm,
	beta: number,
	sigma: number,
	along: Float64Array,
	reach: number,
	points = 81
): ScoreLine {
	const sigma2 = sigma * sigma;
	const at = (t: number) => along.map((a) => 0.5 + t * a);
	const t = Float64Array.from({ length: points }, (_, k) => reach * ((2 * k) / (points - 1) - 1));
	// Between rounding (ε/h) and curvature (h²/σ⁴): far below what is shown for every σ offered.
	const h = 1e-4 * Math.max(0.1, sigma);
	const logDensity = t.map((x) => noisedLogDensity(rbm, beta, sigma2, at(x)));
	const slope = t.map(
		(x) =>
			(noisedLogDensity(rbm, beta, sigma2, at(x + h)) - noisedLogDensity(rbm, beta, sigma2, at(x - h))) /
			(2 * h)
	);
	const dot = (a: Float64Array) => a.reduce((sum, x, k) => sum + x * along[k], 0);
	const guesses = [...t].map((x) => denoise(rbm, beta, sigma2, at(x)));
	const score = t.map((x, k) => dot(scoreFrom(guesses[k], at(x), sigma2)));
	const most = Math.max(...logDensity);
	return {
		t,
		logDensity: logDensity.map((l) => l - most),
		slope,
		score,
		denoised: t.map((_, k) => dot(guesses[k].map((m) => m - 0.5))),
		gap: Math.max(...t.map((_, k) => Math.abs(slope[k] - score[k])))
	};
}
