// Whether the 95 % interval of a relaxation time covers the truth in 93–97 % of 1 000 runs, on processes whose τ is
// known: AR(1) series, and Ornstein–Uhlenbeck particles drawn exactly. The seeds are fixed, so the counts are the same
// in every run; for a perfectly calibrated interval and a seed chosen afresh the count of 1 000 would leave 930…970
// with probability 0.4 % (binomial: its standard deviation is 6.9).
import { describe, expect, it } from 'vitest';
import { normals } from '../../src/lib/random/draw.ts';
import { foldIn, keyFromSeed } from '../../src/lib/random/key.ts';
import {
	laggedProducts,
	relaxationTime,
	studentQuantile,
	type RelaxationTime
} from '../../src/lib/theory/relaxationTime.ts';

const RUNS = 1000;

/** `T` records of `P` stationary chains x′ = φx + √(1−φ²)ξ, each of unit variance. */
function autoregression(seed: number, P: number, T: number, phi: number): Float64Array[] {
	const noise = normals(P * T, foldIn(keyFromSeed(71), seed));
	const spread = Math.sqrt(1 - phi * phi);
	const out: Float64Array[] = [];
	for (let t = 0; t < T; t++) {
		const row = noise.subarray(t * P, (t + 1) * P);
		out.push(t === 0 ? row : row.map((xi, p) => phi * out[t - 1][p] + spread * xi));
	}
	return out;
}

function estimate(records: Float64Array[], step: number, maxLag: number, mean?: number): RelaxationTime {
	const blocks = laggedProducts(records, maxLag, mean);
	return relaxationTime({ times: Float64Array.from({ length: maxLag + 1 }, (_, k) => k * step), blocks });
}

function coverage(truth: number, one: (run: number) => RelaxationTime): { covered: number; bias: number } {
	let covered = 0;
	let sum = 0;
	for (let run = 0; run < RUNS; run++) {
		const { tau, low, high } = one(run);
		if (low <= truth && truth <= high) covered++;
		sum += tau / truth - 1;
	}
	return { covered, bias: sum / RUNS };
}

describe('the interval of a relaxation time', () => {
	it.each([
		['AR(1), τ = 1.4 records', 0.5, 512, 16, 6],
		['AR(1), τ = 4.5 records', 0.8, 512, 32, 16],
		['AR(1), τ = 9.5 records, short', 0.9, 512, 24, 20]
	])('covers the truth in 93 to 97 of 100 runs: %s', (_, phi, P, T, maxLag) => {
		const { covered, bias } = coverage(-1 / Math.log(phi), (run) =>
			estimate(autoregression(run, P, T, phi), 1, maxLag, 0)
		);
		expect(covered).toBeGreaterThanOrEqual(930);
		expect(covered).toBeLessThanOrEqual(970);
		expect(Math.abs(bias)).toBeLessThan(0.05);
	});

	it('covers the truth in 93 to 97 of 100 runs: Ornstein–Uhlenbeck particles, mean unknown', () => {
		// dz = −Γz dt + √(2D)dB sampled exactly every Δ: ρ = e^{−ΓΔ}
		const [gamma, delta] = [1.7, 0.12];
		const { covered, bias } = coverage(1 / gamma, (run) =>
			estimate(
				autoregression(RUNS + run, 512, 30, Math.exp(-gamma * delta)).map((r) => r.map((x) => x + 3)),
				delta,
				14
			)
		);
		expect(covered).toBeGreaterThanOrEqual(930);
		expect(covered).toBeLessThanOrEqual(970);
		expect(Math.abs(bias)).toBeLessThan(0.02);
	});

	it('uses Student’s quantile', () => {
		for (const [nu, quantile] of [
			[5, 2.5706],
			[15, 2.1314],
			[31, 2.0395],
			[1e6, 1.95996]
		])
			expect(Math.abs(studentQuantile(nu) - quantile)).toBeLessThan(nu < 10 ? 3e-3 : 1e-4);
	});

	it('reads the fastest memory off the first two lags, and says when ρ has not decayed', () => {
		const fast = estimate(autoregression(1, 4096, 8, 0.05), 1, 4, 0);
		expect(fast.window).toEqual([0, 1]);
		expect(fast.decayed).toBe(true);
		expect(fast.low).toBeLessThan(-1 / Math.log(0.05));
		expect(fast.high).toBeGreaterThan(-1 / Math.log(0.05));
		const slow = estimate(autoregression(2, 1024, 12, 0.995), 1, 10, 0);
		expect(slow.decayed).toBe(false);
		expect(slow.window).toEqual([5, 10]);
		expect(slow.high).toBeGreaterThan(-1 / Math.log(0.995));
	});

	it('finds variance and ρ with their errors', () => {
		const found = estimate(autoregression(3, 4096, 10, 0.6), 1, 5, 0);
		// 5.5 standard errors: 4e-8
		expect(Math.abs(found.variance - 1)).toBeLessThan(5.5 * found.varianceError);
		expect(found.varianceError).toBeLessThan(0.02);
		found.rho.forEach((r, t) => expect(Math.abs(r - 0.6 ** t)).toBeLessThanOrEqual(6 * found.rhoError[t]));
	});

	it('refuses what is no series', () => {
		expect(() => laggedProducts([], 3)).toThrow(/chains/);
		expect(() => laggedProducts([[1], [1]], 1)).toThrow(/chains/);
		expect(() => laggedProducts([[1, 2], [1]], 1)).toThrow(/chains/);
		const still = laggedProducts([new Float64Array(40), new Float64Array(40)], 1);
		expect(() => relaxationTime({ times: Float64Array.of(0, 1), blocks: still })).toThrow(/vary/);
		expect(() => relaxationTime({ times: Float64Array.of(0), blocks: still })).toThrow(/lags/);
	});
});
