// Random-matrix spectra and the cost curve: normalisation, edges, thresholds, fits.
import { describe, expect, it } from 'vitest';
import {
	costRbm,
	extrapolateLog10Seconds,
	fitCost,
	lnZByAllStates,
	measureCost
} from '../../src/lib/theory/costCurve.ts';
import { lnZ } from '../../src/lib/theory/enumerate.ts';
import { thinSvd } from '../../src/lib/theory/linalg.ts';
import {
	bulkFreezing,
	bulkStiffness,
	coupledCurvatures,
	criticalSingularValue,
	marchenkoPasturDensity,
	marchenkoPasturEdges
} from '../../src/lib/theory/spectra.ts';
import { gaussians, randomRbm } from './randomRbm.ts';

/** ∫ f over [a, b] by the midpoint rule in λ = a + (b−a)sin²θ, which tames square-root edges. */
function integrate(f: (x: number) => number, a: number, b: number): number {
	const n = 2000;
	let s = 0;
	for (let k = 0; k < n; k++) {
		const t = ((k + 0.5) * Math.PI) / (2 * n);
		s += f(a + (b - a) * Math.sin(t) ** 2) * (b - a) * Math.sin(2 * t);
	}
	return (s * Math.PI) / (2 * n);
}

describe('Marchenko–Pastur', () => {
	it.each([
		[300, 120, 0.1],
		[50, 50, 0.3],
		[40, 160, 2]
	])('density of %i×%i, s = %f: normalised, with mean square N M s²/min', (N, M, s) => {
		const { lower, upper } = marchenkoPasturEdges(N, M, s);
		expect(lower).toBeCloseTo(s * Math.abs(Math.sqrt(N) - Math.sqrt(M)), 13);
		expect(upper).toBeCloseTo(s * (Math.sqrt(N) + Math.sqrt(M)), 13);
		const rho = (x: number) => marchenkoPasturDensity(N, M, s, x);
		expect(integrate(rho, lower, upper)).toBeCloseTo(1, 6);
		const square = integrate((x) => x * x * rho(x), lower, upper);
		// Σλ² = ‖W‖² has mean NMs².
		expect(square / (Math.max(N, M) * s * s)).toBeCloseTo(1, 6);
		expect(rho(upper * 1.001)).toBe(0);
		if (lower > 0) expect(rho(lower * 0.999)).toBe(0);
		expect(rho(-1)).toBe(0);
	});
	it('describes the singular values of a random 300×120 matrix', () => {
		const [N, M, s] = [300, 120, 0.1];
		const values = thinSvd(
			N,
			M,
			gaussians(77, N * M).map((x) => s * x)
		).singularValues;
		const { lower, upper } = marchenkoPasturEdges(N, M, s);
		// Edges fluctuate by s·N^{-1/6} or so: 4 % here.
		expect(Math.abs(values[0] / upper - 1)).toBeLessThan(0.04);
		expect(Math.abs(values[M - 1] / lower - 1)).toBeLessThan(0.06);
		// Eigenvalues are rigid: the counting function is off by a few in 120 at most.
		for (const x of [0.8, 1.1, 1.5, 2, 2.4]) {
			const share = values.filter((l) => l < x).length / M;
			const law = integrate((y) => marchenkoPasturDensity(N, M, s, y), lower, x);
			expect(Math.abs(share - law)).toBeLessThan(0.03);
		}
	});
});

describe('thresholds', () => {
	it('a soft mode is lost at λ = 4/β', () => {
		expect(criticalSingularValue(2)).toBe(2);
		expect(criticalSingularValue(1)).toBe(4);
	});
	it('κ± are the eigenvalues of [[k_x, −βλ], [−βλ, k_y]]', () => {
		for (const [kx, ky, l] of [
			[4, 4, 1.2],
			[5, 4.2, 3],
			[6, 4, 0],
			[4.5, 5, 4.8]
		]) {
			const { stiff, soft } = coupledCurvatures(kx, ky, l);
			expect(stiff + soft).toBeCloseTo(kx + ky, 12);
			expect(stiff * soft).toBeCloseTo(kx * ky - l * l, 12);
			expect(stiff).toBeGreaterThanOrEqual(soft);
		}
		expect(coupledCurvatures(4, 4, 1.2).soft).toBeCloseTo(2.8, 14);
	});
	it('the bulk stiffens units by 4(1+β²s²M/16) and 4(1+β²s²N/16)', () => {
		const k = bulkStiffness(9, 4, 0.5, 2);
		expect(k.visible).toBeCloseTo(4 * (1 + 4 / 16), 14);
		expect(k.hidden).toBeCloseTo(4 * (1 + 9 / 16), 14);
	});
	it('with the Onsager term the bulk edge touches zero and never crosses it', () => {
		const [N, M, s] = [300, 120, 0.1];
		const at = bulkFreezing(N, M, s, 1);
		expect(at.betaPlain).toBeCloseTo(4 / at.upperEdge, 13);
		expect(at.betaOnsager).toBeCloseTo(4 / (0.1 * 36000 ** 0.25), 12);
		expect(bulkFreezing(N, M, s, at.betaPlain).softPlain).toBeCloseTo(0, 12);
		expect(bulkFreezing(N, M, s, at.betaPlain).softOnsager).toBeGreaterThan(0.1);
		expect(bulkFreezing(N, M, s, at.betaOnsager).softOnsager).toBeCloseTo(0, 10);
		expect(bulkFreezing(N, M, s, at.betaOnsager * 1.5).softPlain).toBeLessThan(0);
		for (const beta of [0.2, 0.6, 1, 1.4, 1.8, 2.2, 3, 5]) {
			const f = bulkFreezing(N, M, s, beta);
			const k = bulkStiffness(N, M, s, beta);
			const identity = (((beta * s) ** 2 * Math.sqrt(N * M)) / 4 - 4) ** 2;
			expect(k.visible * k.hidden - (beta * f.upperEdge) ** 2).toBeCloseTo(identity, 8);
			expect(f.softOnsager).toBeGreaterThanOrEqual(-1e-12);
			expect(f.softPlain).toBeCloseTo(4 - beta * f.upperEdge, 12);
		}
	});
});

describe('cost', () => {
	it('all states one by one give the same ln Z as the smaller layer', () => {
		for (const [N, M, scale] of [
			[5, 6, 1],
			[7, 3, 40],
			[1, 1, 2]
		]) {
			const rbm = randomRbm(N + M, N, M, scale);
			expect(lnZByAllStates(rbm, 0.8)).toBeCloseTo(lnZ(rbm, 0.8), 9);
		}
		expect(() => lnZByAllStates(randomRbm(1, 16, 15), 1)).toThrow(RangeError);
	});
	it('fits and prolongs an exact power of two', () => {
		const points = [10, 14, 20].map((units) => ({ units, seconds: 1e-6 * 2 ** (0.5 * units) }));
		const fit = fitCost(points);
		expect(fit.slope).toBeCloseTo(0.5, 12);
		expect(fit.slopeError).toBeLessThan(1e-12);
		expect(extrapolateLog10Seconds(fit, 1000)).toBeCloseTo(-6 + 500 * Math.log10(2), 9);
		expect(fitCost(points.slice(0, 2)).slopeError).toBeNaN();
		expect(() => fitCost([{ units: 5, seconds: 1 }])).toThrow(RangeError);
		expect(() =>
			fitCost([
				{ units: 5, seconds: 0 },
				{ units: 6, seconds: 1 }
			])
		).toThrow(RangeError);
		// Residuals ±0.1 about a line through three evenly spaced points: error √(Σr²/1/Σx²).
		const bent = [0, 1, 2].map((units) => ({ units, seconds: 2 ** (units + (units === 1 ? 0.2 : -0.1)) }));
		expect(fitCost(bent).slope).toBeCloseTo(1, 12);
		expect(fitCost(bent).slopeError).toBeCloseTo(Math.sqrt(0.06 / 2), 10);
	});
	it('measures with the clock it is given, takes the shortest of its repeats, and stops in time', () => {
		// A fake clock: the k-th call to compute at n units lasts (n + k) seconds.
		let now = 0;
		let calls = 0;
		const compute = (rbm: { N: number; M: number }) => {
			now += rbm.N + rbm.M + calls++;
			return 0;
		};
		expect(measureCost([2, 3, 4], () => now, 1000, compute, 2)).toEqual([
			{ units: 2, seconds: 2 },
			{ units: 3, seconds: 5 },
			{ units: 4, seconds: 8 }
		]);
		expect(
			measureCost(
				[2, 30, 40],
				() => now,
				20,
				() => compute({ N: 15, M: 0 }),
				2
			).length
		).toBe(1);
		const real = measureCost([6], () => 0, 1);
		expect(real).toEqual([{ units: 6, seconds: 0 }]);
		const rbm = costRbm(7);
		expect([rbm.N, rbm.M]).toEqual([4, 3]);
	});
});
