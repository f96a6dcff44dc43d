// Relaxation times from measured time series: integrated time with Sokal's window, and an exponential rate with
// an error bar from independent chains. The chains come from the engine; nothing here is random.
import { autocovariance, seriesMean } from './autocorrelationFft.ts';

export interface IntegratedTime {
	/** τ_int = ½ + Σ_{t=1}^{W} ρ(t), in time steps; the variance of a time average is 2τ_int·C(0)/T. */
	readonly tau: number;
	/** One standard error of `tau`, √((4W+2)/T_total)·τ (Madras & Sokal 1988). */
	readonly error: number;
	/** The window W: the smallest with W ≥ c·τ_int(W). */
	readonly window: number;
	/** False when no such W exists in the series: the run is too short for its own memory and `tau` is too small. */
	readonly converged: boolean;
}

export interface RateFit {
	/** Decay rate of the autocorrelation, in inverse units of `timeStep`. */
	readonly rate: number;
	/** One standard error by the jackknife over chains. */
	readonly error: number;
	/** First and last lag of the fit. */
	readonly lags: readonly [number, number];
}

/**
 * Normalised autocorrelation ρ(t) = C(t)/C(0), autocovariances of several chains of one length averaged.
 * @param chains at least one series, all equally long
 * @param maxLag largest lag; a quarter of the length when left out
 * @param mean the exact mean, where theory knows it; the pooled mean of all chains when left out
 * @throws RangeError for no chains, unequal lengths, or a constant series
 */
export function autocorrelation(
	chains: readonly ArrayLike<number>[],
	maxLag = Math.floor((chains[0]?.length ?? 1) / 4),
	mean?: number
): Float64Array {
	const centre = pooledMean(chains);
	return normalise(pooled(chains.map((c) => autocovariance(c, maxLag, mean ?? centre))));
}

/**
 * Integrated autocorrelation time with Sokal's automatic window: W is the smallest lag with W ≥ c·τ_int(W).
 * For ρ(t) = e^{−t/τ}, τ_int = ½ coth(1/(2τ)) → τ.
 * @param chains independent chains of equal length
 * @param c window factor; 5 keeps the truncation bias e^{−5} under 1 %
 * @param mean the exact mean, where known
 */
export function integratedTime(chains: readonly ArrayLike<number>[], c = 5, mean?: number): IntegratedTime {
	const rho = autocorrelation(chains, Math.floor((chains[0]?.length ?? 2) / 2), mean);
	const total = chains.length * chains[0].length;
	let tau = 0.5;
	for (let window = 1; window < rho.length; window++) {
		tau += rho[window];
		if (window >= c * tau) {
			// an anticorrelated series can sum below zero: the window then closes at once and tau is reported as is
			return { tau, error: Math.abs(tau) * Math.sqrt((4 * window + 2) / total), window, converged: true };
		}
	}
	const window = rho.length - 1;
	return { tau, error: Math.abs(tau) * Math.sqrt((4 * window + 2) / total), window, converged: false };
}

/**
 * Decay rate from a straight line through ln ρ(t), least squares, over the lags where the pooled ρ lies between
 * `high` and `low`. A linear observable contains faster modes: lower `high` until the rate stops falling.
 * @param chains at least two independent chains of equal length
 * @param timeStep time between neighbouring values
 * @param options `high` and `low` bound ρ in the fit; `mean` is the exact mean, where known
 * @throws RangeError for fewer than two chains, or fewer than two usable lags (sample more finely, or longer)
 */
export function exponentialFit(
	chains: readonly ArrayLike<number>[],
	timeStep: number,
	options: { high?: number; low?: number; mean?: number } = {}
): RateFit {
	const { high = 0.8, low = 0.2 } = options;
	if (chains.length < 2) throw new RangeError('exponentialFit: the error bar needs two chains or more');
	const centre = pooledMean(chains);
	const mean = options.mean ?? centre;
	const maxLag = Math.floor(chains[0].length / 2);
	const covariances = chains.map((chain) => autocovariance(chain, maxLag, mean));
	const sum = pooled(covariances);
	const rho = normalise(sum);
	const first = rho.findIndex((r) => r <= high);
	const below = rho.findIndex((r) => r < low);
	const last = (below < 0 ? rho.length : below) - 1;
	if (first < 0 || last - first < 1)
		throw new RangeError(
			`exponentialFit: fewer than two lags with ${low} ≤ ρ ≤ ${high}; sample more finely or run longer`
		);
	const rate = slope(rho, first, last) / timeStep;
	const n = chains.length;
	let squares = 0;
	for (const own of covariances) {
		const without = normalise(sum.map((c, t) => c - own[t]));
		const jackknife = slope(without, first, last) / timeStep;
		squares += (jackknife - rate) ** 2;
	}
	return { rate, error: Math.sqrt(((n - 1) / n) * squares), lags: [first, last] };
}

/** Minus the least-squares slope of ln ρ over lags first…last. */
function slope(rho: Float64Array, first: number, last: number): number {
	const middle = (first + last) / 2;
	let xy = 0;
	let xx = 0;
	for (let t = first; t <= last; t++) {
		// a jackknife sample of few chains may dip below zero: the floor keeps its logarithm finite, and its
		// distance from the others then shows in the error bar
		xy += (t - middle) * Math.log(Math.max(rho[t], 1e-12));
		xx += (t - middle) ** 2;
	}
	return -xy / xx;
}

function pooled(covariances: readonly Float64Array[]): Float64Array {
	const sum = new Float64Array(covariances[0].length);
	for (const c of covariances) for (let t = 0; t < sum.length; t++) sum[t] += c[t];
	return sum;
}

function pooledMean(chains: readonly ArrayLike<number>[]): number {
	if (chains.length === 0) throw new RangeError('autocorrelation: no chains');
	if (chains.some((c) => c.length !== chains[0].length))
		throw new RangeError('autocorrelation: chains must be equally long');
	return seriesMean(chains.map(seriesMean));
}

function normalise(covariance: Float64Array): Float64Array {
	if (!(covariance[0] > 0)) throw new RangeError('autocorrelation: the series does not vary');
	return covariance.map((c) => c / covariance[0]);
}
