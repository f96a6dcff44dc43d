// Autocorrelation estimators on series whose memory is known: sums of squares done by hand, and first-order
// autoregressions x' = φx + √(1−φ²)ξ with ρ(t) = φᵗ.
import { describe, expect, it } from 'vitest';
import { autocorrelation, exponentialFit, integratedTime } from '../../src/lib/theory/autocorrelation.ts';
import { autocovariance, fourierTransform, seriesMean } from '../../src/lib/theory/autocorrelationFft.ts';
import { gaussians } from './randomRbm.ts';
import { gap } from './spectrumRbm.ts';

function autoregression(seed: number, length: number, phi: number): Float64Array {
	const noise = gaussians(seed, length);
	const out = new Float64Array(length);
	out[0] = noise[0];
	for (let t = 1; t < length; t++) out[t] = phi * out[t - 1] + Math.sqrt(1 - phi * phi) * noise[t];
	return out;
}

describe('Fourier transform', () => {
	it('is the sum it claims to be, and inverts', () => {
		const n = 16;
		const [a, b] = [gaussians(1, n), gaussians(2, n)];
		const [re, im] = [a.slice(), b.slice()];
		fourierTransform(re, im);
		for (let k = 0; k < n; k++) {
			let [x, y] = [0, 0];
			for (let t = 0; t < n; t++) {
				const angle = (-2 * Math.PI * k * t) / n;
				x += a[t] * Math.cos(angle) - b[t] * Math.sin(angle);
				y += a[t] * Math.sin(angle) + b[t] * Math.cos(angle);
			}
			expect(re[k]).toBeCloseTo(x, 11);
			expect(im[k]).toBeCloseTo(y, 11);
		}
		fourierTransform(re, im, true);
		expect(
			gap(
				re.map((e) => e / n),
				a
			)
		).toBeLessThan(1e-13);
		expect(
			gap(
				im.map((e) => e / n),
				b
			)
		).toBeLessThan(1e-13);
		expect(() => fourierTransform(new Float64Array(6), new Float64Array(6))).toThrow(/power of two/);
		expect(() => fourierTransform(new Float64Array(8), new Float64Array(4))).toThrow(/power of two/);
	});
});

describe('autocovariance', () => {
	it('is the lagged product sum, for lengths that are no powers of two', () => {
		for (const length of [1, 2, 7, 33]) {
			const x = gaussians(length, length);
			const mean = seriesMean(x);
			const found = autocovariance(x);
			expect(found.length).toBe(length);
			for (let t = 0; t < length; t++) {
				let sum = 0;
				for (let s = 0; s + t < length; s++) sum += (x[s] - mean) * (x[s + t] - mean);
				expect(found[t]).toBeCloseTo(sum / (length - t), 11);
			}
		}
		expect(gap(autocovariance([1, 2, 3], 1, 0), [14 / 3, 8 / 2])).toBeLessThan(1e-14);
	});

	it('refuses an empty series and lags it does not have', () => {
		expect(() => autocovariance([])).toThrow(/empty/);
		expect(() => autocovariance([1, 2], 2)).toThrow(/maxLag/);
		expect(() => autocovariance([1, 2], -1)).toThrow(/maxLag/);
	});
});

describe('relaxation from series', () => {
	const phi = Math.exp(-1 / 8);
	// 64 chains of 4096 steps, τ = 8: 32768 independent-ish values
	const chains = Array.from({ length: 64 }, (_, c) => autoregression(c + 1, 4096, phi));

	it('autocorrelation follows φᵗ', () => {
		const rho = autocorrelation(chains, 40);
		// Bartlett: sd of ρ(t) at most √(2τ/T_total) = .008; six of them
		for (let t = 0; t <= 40; t++) expect(Math.abs(rho[t] - phi ** t)).toBeLessThan(0.05);
		expect(rho[0]).toBe(1);
		expect(autocorrelation([chains[0]]).length).toBe(1025);
	});

	it('integrated time is ½coth(1/2τ) within its error bar, by Sokal’s window', () => {
		const exact = 0.5 / Math.tanh(0.5 / 8);
		const { tau, error, window, converged } = integratedTime(chains);
		expect(converged).toBe(true);
		expect(window).toBeGreaterThanOrEqual(5 * tau);
		expect(window - 1).toBeLessThan(5 * tau + 5);
		// the truncation at c = 5 loses e^{−5}; six standard errors beyond that
		expect(Math.abs(tau - exact * (1 - Math.exp(-5)))).toBeLessThan(6 * error);
		expect(error / tau).toBeLessThan(0.05);
		expect(error / tau).toBeGreaterThan(0.01);
		// white noise has τ = ½
		const white = integratedTime(Array.from({ length: 8 }, (_, c) => gaussians(c + 99, 2048)));
		expect(Math.abs(white.tau - 0.5)).toBeLessThan(6 * white.error);
		// a known mean is used: an offset of one standard deviation looks like eternal memory
		expect(integratedTime(chains, 5, 1).tau).toBeGreaterThan(3 * exact);
	});

	it('says when the run is too short for its own memory', () => {
		const short = autoregression(7, 64, Math.exp(-1 / 200)).map((x) => x + 3);
		expect(integratedTime([short], 5, 0)).toMatchObject({ converged: false, window: 32 });
	});

	it('exponential fit finds the rate within its error bar, in units of time', () => {
		const dt = 0.05;
		const exact = 1 / 8 / dt;
		const { rate, error, lags } = exponentialFit(chains, dt, { mean: 0 });
		// the error of a rate from T_total/2τ = 16384 independent values is about 1 %; six of them
		expect(Math.abs(rate - exact)).toBeLessThan(6 * error);
		expect(error / exact).toBeGreaterThan(0.003);
		expect(error / exact).toBeLessThan(0.03);
		// .8 and .2 of e^{−t/8}: lags 1.8 to 12.9
		expect(lags[0]).toBe(2);
		expect(lags[1]).toBeGreaterThan(11);
		expect(lags[1]).toBeLessThan(15);
	});

	it('has an error bar that means what it says, over 40 repetitions', () => {
		let inside = 0;
		for (let k = 0; k < 40; k++) {
			const own = Array.from({ length: 12 }, (_, c) => autoregression(1000 + 12 * k + c, 1024, phi));
			const { rate, error } = exponentialFit(own, 1, { mean: 0 });
			if (Math.abs(rate - 1 / 8) < 2 * error) inside++;
		}
		// 95 % expected of a normal law, less of Student's with 11 degrees and a biased ratio: below 28 of 40 would be
		// a bar too small by a factor of two
		expect(inside).toBeGreaterThanOrEqual(30);
	});

	it('refuses what it cannot estimate', () => {
		expect(() => exponentialFit([chains[0]], 1)).toThrow(/two chains/);
		expect(() => exponentialFit([gaussians(1, 100), gaussians(2, 100)], 1)).toThrow(/fewer than two lags/);
		expect(() => autocorrelation([])).toThrow(/no chains/);
		expect(() =>
			autocorrelation(
				[
					[1, 2],
					[1, 2, 3]
				],
				1
			)
		).toThrow(/equally long/);
		expect(() => autocorrelation([[2, 2, 2]], 1)).toThrow(/vary/);
	});
});
