// A relaxation time with a 95 % interval from many independent chains: lagged products in blocks of chains, a straight
// line through the logarithm of their sum, and a jackknife over the blocks. What autocorrelation.ts does with few long
// chains, this does with many short ones, as a GPU or a class of particles gives them.

/** Lagged products of one observable, block by block. */
export interface LaggedProducts {
	/** lag times, rising from 0, in the clock's unit */
	readonly times: Float64Array;
	/** for each block of chains the mean product x(t)·x(t+lag) about the mean, as long as `times` */
	readonly blocks: readonly Float64Array[];
}

export interface RelaxationTime {
	/** relaxation time, in the unit of `times` */
	readonly tau: number;
	/** 95 % interval: the jackknife's standard error of ln τ times Student's quantile, so never below zero */
	readonly low: number;
	readonly high: number;
	/** one standard error of ln τ */
	readonly error: number;
	/** first and last lag (indices) of the line */
	readonly window: readonly [number, number];
	/** ρ at every lag, and one standard error of it */
	readonly rho: Float64Array;
	readonly rhoError: Float64Array;
	/** variance of the observable, and one standard error of it */
	readonly variance: number;
	readonly varianceError: number;
	/** false: ρ did not fall below `low` within the lags, so that slower memory than seen here is possible */
	readonly decayed: boolean;
}

export interface WindowOptions {
	/** the line starts where ρ has fallen to this: faster modes have died by then; 0.5 */
	readonly high?: number;
	/** and ends before ρ falls below this; 0.2 */
	readonly low?: number;
}

/** Blocks that the chains are dealt into: enough for Student's law to be near the normal one. */
export const BLOCKS = 32;

/**
 * The 97.5 % quantile of Student's t with ν degrees of freedom, to 3e-3 at ν = 5, 1e-4 from ν = 15 on
 * (Cornish–Fisher; Abramowitz & Stegun 26.7.5).
 */
export function studentQuantile(nu: number): number {
	const z = 1.959963984540054;
	return (
		z +
		(z ** 3 + z) / (4 * nu) +
		(5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * nu ** 2) +
		(3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * nu ** 3)
	);
}

/**
 * Mean products of values `lag` records apart, for lags 0…maxLag, one array a block of neighbouring chains.
 * @param records values of all chains at equally spaced times, each of P entries
 * @param maxLag below the number of records
 * @param mean the exact mean where theory knows it; the mean of all values when left out
 * @param blockCount how many blocks the chains are dealt into; at most P
 * @throws RangeError for no records, unequal lengths, or fewer chains than two
 */
export function laggedProducts(
	records: readonly ArrayLike<number>[],
	maxLag: number,
	mean?: number,
	blockCount = BLOCKS
): Float64Array[] {
	const P = records[0]?.length ?? 0;
	const T = records.length;
	if (P < 2 || records.some((r) => r.length !== P))
		throw new RangeError('laggedProducts: two chains or more, equally many in each record');
	const lags = Math.min(maxLag, T - 1);
	const centre = mean ?? records.reduce((s, r) => s + sumOf(r), 0) / (P * T);
	const B = Math.min(blockCount, P);
	return Array.from({ length: B }, (_, b) => {
		const [from, to] = [Math.floor((b * P) / B), Math.floor(((b + 1) * P) / B)];
		const out = new Float64Array(lags + 1);
		for (let lag = 0; lag <= lags; lag++) {
			let sum = 0;
			for (let t = 0; t + lag < T; t++) {
				const [a, c] = [records[t], records[t + lag]];
				for (let p = from; p < to; p++) sum += (a[p] - centre) * (c[p] - centre);
			}
			out[lag] = sum / ((T - lag) * (to - from));
		}
		return out;
	});
}

/**
 * τ from the slope of ln C(t), least squares over the lags where `low` ≤ ρ ≤ `high` (at least two: the fastest memories
 * are read off the first lags), with a 95 % interval by the jackknife over blocks. A linear observable contains faster
 * modes too: in a reversible chain they only ever raise the slope, and are the smaller the lower `high` is.
 * @throws RangeError for fewer than two blocks or lags, or an observable that does not vary
 */
export function relaxationTime(
	{ times, blocks }: LaggedProducts,
	{ high = 0.5, low = 0.2 }: WindowOptions = {}
): RelaxationTime {
	const B = blocks.length;
	if (B < 2 || times.length < 2 || blocks.some((b) => b.length !== times.length))
		throw new RangeError('relaxationTime: two blocks and two lags or more, blocks as long as the lag times');
	const sum = new Float64Array(times.length);
	for (const block of blocks) block.forEach((c, t) => (sum[t] += c));
	if (!(sum[0] > 0)) throw new RangeError('relaxationTime: the observable does not vary');
	const rho = sum.map((c) => c / sum[0]);
	const { first, last, decayed } = windowOf(rho, high, low);
	const logTau = (c: Float64Array) => -Math.log(slope(times, c, first, last));
	const full = logTau(sum);
	const rhoError = new Float64Array(times.length);
	let squares = 0;
	let varianceSquares = 0;
	for (const block of blocks) {
		const without = sum.map((c, t) => c - block[t]);
		squares += (logTau(without) - full) ** 2;
		varianceSquares += (without[0] / (B - 1) - sum[0] / B) ** 2;
		for (let t = 0; t < rho.length; t++) rhoError[t] += (without[t] / without[0] - rho[t]) ** 2;
	}
	const factor = (B - 1) / B;
	const error = Math.sqrt(factor * squares);
	const half = studentQuantile(B - 1) * error;
	return {
		tau: Math.exp(full),
		low: Math.exp(full - half),
		high: Math.exp(full + half),
		error,
		window: [first, last],
		rho,
		rhoError: rhoError.map((e) => Math.sqrt(factor * e)),
		variance: sum[0] / B,
		varianceError: Math.sqrt(factor * varianceSquares),
		decayed
	};
}

function windowOf(rho: Float64Array, high: number, low: number) {
	const below = rho.findIndex((r) => r < low);
	const decayed = below >= 0;
	const last = Math.max(1, (decayed ? below : rho.length) - 1);
	const reached = rho.findIndex((r) => r <= high);
	// Too slow for the run: the later half of the lags, where fast modes have died at least.
	const first = reached < 0 ? Math.floor(last / 2) : reached;
	return { first: Math.max(0, Math.min(first, last - 1)), last, decayed };
}

/**
 * Minus the slope of ln C over lags first…last, least squares with weights C² (the error of ln C goes as 1/C); never
 * below a floor, so that its logarithm exists.
 */
function slope(times: Float64Array, c: Float64Array, first: number, last: number): number {
	let [weight, meanT, meanY] = [0, 0, 0];
	const y = (k: number) => Math.log(Math.max(c[k], 1e-12 * c[0]));
	const w = (k: number) => Math.max(c[k] / c[0], 1e-6) ** 2;
	for (let k = first; k <= last; k++) {
		weight += w(k);
		meanT += w(k) * times[k];
		meanY += w(k) * y(k);
	}
	meanT /= weight;
	meanY /= weight;
	let [xy, xx] = [0, 0];
	for (let k = first; k <= last; k++) {
		xy += w(k) * (times[k] - meanT) * (y(k) - meanY);
		xx += w(k) * (times[k] - meanT) ** 2;
	}
	return Math.max(-xy / xx, 1e-9 / times[times.length - 1]);
}

function sumOf(values: ArrayLike<number>): number {
	let sum = 0;
	for (let i = 0; i < values.length; i++) sum += values[i];
	return sum;
}
