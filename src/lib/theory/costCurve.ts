// What exact enumeration costs as an RBM grows: measured times, a straight line through their logarithms, and its
// prolongation to the slides' 50, 100 and 1000 units.
import { lnZ } from './enumerate.ts';
import { makeRbm, type Rbm } from './rbm.ts';

/** One measurement: N+M units took `seconds`. */
export interface CostPoint {
	readonly units: number;
	readonly seconds: number;
}

/** log₂(seconds) = intercept + slope·units, by least squares, with the standard error of the slope. */
export interface CostFit {
	readonly intercept: number;
	readonly slope: number;
	/** NaN with fewer than three points */
	readonly slopeError: number;
}

/** A balanced-looking test machine of N = M = units/2 with fixed weights; its values do not matter to the cost. */
export function costRbm(units: number): Rbm {
	const M = Math.floor(units / 2);
	const N = units - M;
	return makeRbm({
		weights: Float64Array.from({ length: N * M }, (_, k) => Math.sin(1 + 3 * k) / Math.sqrt(units)),
		visibleBias: new Float64Array(N),
		hiddenBias: new Float64Array(M)
	});
}

/** The slides' way, all 2^{N+M} joint states one by one by Gray code: ln Z, for comparison of cost and value. */
export function lnZByAllStates(rbm: Rbm, beta: number): number {
	const { N, M, weights } = rbm;
	const n = N + M;
	if (n > 30) throw new RangeError(`lnZByAllStates: 2^${n} states are too many`);
	const on = new Uint8Array(n);
	const field = Float64Array.of(...rbm.visibleBias, ...rbm.hiddenBias);
	let shift = 0;
	let sum = 1;
	let exponent = 0;
	for (let s = 1; s < 2 ** n; s++) {
		const k = 31 - Math.clz32(s & -s);
		const sign = on[k] ? -1 : 1;
		on[k] ^= 1;
		exponent += sign * beta * field[k];
		if (k < N) for (let j = 0; j < M; j++) field[N + j] += sign * weights[k * M + j];
		else for (let i = 0; i < N; i++) field[i] += sign * weights[i * M + k - N];
		if (exponent <= shift) sum += Math.exp(exponent - shift);
		else {
			sum = sum * Math.exp(shift - exponent) + 1;
			shift = exponent;
		}
	}
	return shift + Math.log(sum);
}

/**
 * Times `compute` on machines of the given numbers of units with the caller's clock (seconds), the shortest of
 * `repeats` each, and stops growing once one size took `budget` seconds.
 */
export function measureCost(
	sizes: readonly number[],
	clock: () => number,
	budget: number,
	compute: (rbm: Rbm, beta: number) => number = lnZ,
	repeats = 3
): CostPoint[] {
	const points: CostPoint[] = [];
	for (const units of sizes) {
		const rbm = costRbm(units);
		let seconds = Infinity;
		const begin = clock();
		for (let k = 0; k < repeats; k++) {
			const start = clock();
			compute(rbm, 1);
			const end = clock();
			seconds = Math.min(seconds, end - start);
			if (end - begin > budget) break;
		}
		points.push({ units, seconds });
		if (seconds > budget) break;
	}
	return points;
}

/** Least squares through (units, log₂ seconds). @throws RangeError with fewer than two points of positive time. */
export function fitCost(points: readonly CostPoint[]): CostFit {
	const usable = points.filter((p) => p.seconds > 0);
	const n = usable.length;
	const meanX = usable.reduce((s, p) => s + p.units, 0) / n;
	const meanY = usable.reduce((s, p) => s + Math.log2(p.seconds), 0) / n;
	let sxx = 0;
	let sxy = 0;
	for (const p of usable) {
		sxx += (p.units - meanX) ** 2;
		sxy += (p.units - meanX) * (Math.log2(p.seconds) - meanY);
	}
	if (n < 2 || sxx === 0) throw new RangeError('fitCost: two sizes with a positive time are needed');
	const slope = sxy / sxx;
	const intercept = meanY - slope * meanX;
	let rest = 0;
	for (const p of usable) rest += (Math.log2(p.seconds) - intercept - slope * p.units) ** 2;
	return { intercept, slope, slopeError: n > 2 ? Math.sqrt(rest / (n - 2) / sxx) : NaN };
}

/** log₁₀ of the seconds that the fitted line gives at N+M = units: a logarithm, as 1000 units overflow. */
export function extrapolateLog10Seconds(fit: CostFit, units: number): number {
	return (fit.intercept + fit.slope * units) * Math.LOG10E * Math.LN2;
}
