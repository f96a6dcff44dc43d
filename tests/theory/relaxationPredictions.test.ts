// Predictions of relaxation times against numbers known otherwise: the table of the theory, closed forms, enumeration.
import { describe, expect, it } from 'vitest';
import { exactCovariance } from '../../src/lib/theory/closures/exactCovariance.ts';
import { glauberGap } from '../../src/lib/theory/glauber.ts';
import { liftVariances } from '../../src/lib/theory/lift.ts';
import {
	fokkerPlanckRate,
	liftedCovariance,
	liftInForce,
	randomScanTime,
	relaxationPredictions,
	topSoftMode
} from '../../src/lib/theory/relaxationPredictions.ts';
import { spectrumRbm, tableSpectrum } from './spectrumRbm.ts';

describe('predictions', () => {
	it('reproduce the table of the Fokker–Planck rates and of D/Var of the 1×1 machine', () => {
		// W, σ², smallest rate, D/Var: measured on a 241² grid, good to 1 %
		for (const [weight, sigma2, rate, bound] of [
			[1, 0.15, 1.537, 1.712],
			[1, 0.25, 1.203, 1.252],
			[1, 0.5, 0.682, 0.69],
			[2, 0.25, 0.768, 0.835],
			[3, 0.25, 0.501, 0.592]
		]) {
			const [lift] = relaxationPredictions(spectrumRbm(1, 1, 1, [weight]), 1, [sigma2]).lifts;
			expect(Math.abs(lift.fokkerPlanck / rate - 1)).toBeLessThan(0.01);
			expect(Math.abs(lift.rayleigh / bound - 1)).toBeLessThan(0.001);
			expect(lift.rayleighBest).toBeCloseTo(lift.rayleigh, 9);
			expect(lift.fokkerPlanck).toBeLessThan(lift.rayleigh);
		}
	});

	it('are closed forms where there are such', () => {
		const p = relaxationPredictions(spectrumRbm(3, 6, 5, tableSpectrum(2, 5)), 1.5, [0.25, 0.05]);
		expect(p.lambda).toBeCloseTo(2, 10);
		expect(p.gaussian).toBeCloseTo((4 - 3) / 1.5, 9);
		expect(p.entropic).toBeCloseTo(p.gaussian, 6);
		expect(p.gibbsPlain).toBeCloseTo(-1 / (2 * Math.log(0.75)), 9);
		expect(p.gibbsBiased).toBeCloseTo(p.gibbsPlain, 6);
		// eleven units: an update leaves 1 − ¼/11
		expect(p.glauberPlain).toBeCloseTo(-1 / (11 * Math.log(1 - 0.25 / 11)), 9);
		const gap = glauberGap(spectrumRbm(3, 6, 5, tableSpectrum(2, 5)), 1.5);
		expect(p.glauberExact).toBeCloseTo(randomScanTime(gap, 11), 9);
		expect(randomScanTime(1, 1e9)).toBeCloseTo(1, 6);
		// finite size rounds off: true times are below the linear laws
		expect(p.gibbsExact).toBeLessThan(p.gibbsPlain);
		expect(p.glauberExact).toBeLessThan(p.glauberPlain);
		expect(p.lifts.map((l) => l.sigma2)).toEqual([0.25, 0.05]);
		// Rayleigh: the best linear observable bounds lower than the top mode
		for (const l of p.lifts) expect(l.rayleighBest).toBeLessThanOrEqual(l.rayleigh * (1 + 1e-9));
	});

	it('know no time where the linear law has none, and take σ² down to what the lift allows', () => {
		const p = relaxationPredictions(spectrumRbm(3, 6, 5, tableSpectrum(5, 5)), 1, [0.25]);
		expect([p.gibbsPlain, p.glauberPlain, p.lifts[0].oscillator]).toEqual([NaN, NaN, NaN]);
		expect(p.gaussian).toBeLessThan(0);
		expect(p.gibbsExact).toBeGreaterThan(1);
		expect(p.lifts[0].sigma2).toBeCloseTo(0.18, 12);
		expect(liftInForce(0.25, 0)).toBe(0.25);
	});

	it('leave out what is too large to enumerate', () => {
		const p = relaxationPredictions(spectrumRbm(3, 24, 16, tableSpectrum(2, 16)), 1, [0.25]);
		expect([p.fitted, p.gibbsExact, p.glauberExact, p.lifts[0].rayleigh]).toEqual([NaN, NaN, NaN, NaN]);
		expect(p.lifts[0].oscillator).toBeGreaterThan(0);
	});

	it('lift a covariance as the oscillators of the lift do in the Gaussian limit', () => {
		const rbm = spectrumRbm(5, 4, 3, [0.02]);
		const { covariance } = exactCovariance(rbm, 1);
		const lifted = liftedCovariance(rbm, 1, 0.3, covariance);
		const f = topSoftMode(rbm);
		let own = 0;
		for (let i = 0; i < 7; i++) for (let j = 0; j < 7; j++) own += f[i] * lifted[i * 7 + j] * f[j];
		expect(own).toBeCloseTo(liftVariances(0.02, 1, 0.3).soft ?? NaN, 5);
	});

	it('extrapolate the grid’s error away: near the lift’s bound the finest grid alone is 2 % off', () => {
		// a grid of 181² nodes gives 1/2.3775 and its own second-order error of 0.9 % leads to 1/2.356
		const rbm = spectrumRbm(1, 1, 1, [3]);
		expect(Math.abs(2.356 * fokkerPlanckRate(rbm, 1, 0.3) - 1)).toBeLessThan(0.005);
	});
});
