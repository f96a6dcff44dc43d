// Chapter 10's claims on machines small enough to enumerate: slope of the noised log-density = (E[s|z] − z)/σ², the guess at
// large noise is the machine's mean, and past λ₁ = 4 the force at the centre turns round at small σ.
import { describe, expect, it } from 'vitest';
import { denoise } from '../../../src/lib/theory/denoiser';
import { moments } from '../../../src/lib/theory/enumerate';
import { reciprocalFrame } from '../../../src/lib/theory/reciprocal';
import { rbmOf } from '../../../src/lib/views/machineRbm';
import { scoreLine } from '../../../src/lib/views/story/scoreLine';
import { randomRbm } from '../../theory/randomRbm';

const machine = (coupling: number) =>
	rbmOf({
		N: 3,
		M: 2,
		singularValues: [coupling, coupling / 3],
		rest: 0,
		bias: 'balanced',
		biasScale: 0,
		seed: 5
	});
const direction = (coupling: number) => {
	const { u, v } = reciprocalFrame(machine(coupling));
	return Float64Array.from([u[0], u[3], u[6], v[0], v[2]], (x) => x / Math.SQRT2);
};

describe('the score along a line', () => {
	it.each([0.1, 0.3, 0.5, 1, 2])('is the slope of ln p at σ = %f', (sigma) => {
		const line = scoreLine(machine(3), 1, sigma, direction(3), 1.6 + 1.2 * sigma);
		// differences of ln p at h = 1e-4·σ: rounding 1e-16·|ln p|/h and curvature h²/σ⁴
		expect(line.gap).toBeLessThan(2e-4 * Math.max(1, ...line.score.map(Math.abs)));
		expect(line.gap).toBeGreaterThan(0);
	});

	it('points away from the centre between two wells, and back to it when the coupling is weak or the noise large', () => {
		const force = (coupling: number, sigma = 0.5) => {
			const { t, score } = scoreLine(machine(coupling), 1, sigma, direction(coupling), 0.5, 3);
			return score[2] * Math.sign(t[2]);
		};
		expect(force(0)).toBeLessThan(0);
		expect(force(3)).toBeGreaterThan(0);
		expect(force(8)).toBeGreaterThan(0);
		expect(force(3, 1.5)).toBeLessThan(0);
	});
});

describe('the guess', () => {
	it('at large noise is the mean of the machine', () => {
		const rbm = randomRbm(4, 5, 4);
		const { meanV, meanH } = moments(rbm, 1);
		const z = Float64Array.from({ length: 9 }, (_, k) => Math.sin(7 * k) * 3);
		const guess = denoise(rbm, 1, 1e8, z);
		[...meanV, ...meanH].forEach((m, k) => expect(guess[k]).toBeCloseTo(m, 6));
	});

	it('at small noise is the state itself', () => {
		const state = Float64Array.of(1, 0, 1, 1, 0, 0, 1, 0, 1);
		const guess = denoise(randomRbm(4, 5, 4), 1, 1e-3, state);
		state.forEach((s, k) => expect(guess[k]).toBeCloseTo(s, 9));
	});
});
