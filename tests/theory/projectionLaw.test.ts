// The law of one projection of uniform bits against brute force, closed forms and its own error bound.
import { describe, expect, it } from 'vitest';
import { normals } from '../../src/lib/random/draw';
import { keyFromSeed } from '../../src/lib/random/key';
import { normalCdf, normalDensity } from '../../src/lib/theory/normalCdf';
import {
	gaussianDistance,
	participation,
	positionOf,
	projectionHistogram,
	projectionLaw
} from '../../src/lib/theory/projectionLaw';

function direction(n: number, seed: number): Float64Array {
	const g = normals(n, keyFromSeed(seed));
	const length = Math.hypot(...g);
	return g.map((e) => e / length);
}

/** Kolmogorov distance by sorting all 2^n sums. */
function bruteDistance(c: Float64Array): number {
	const sums = Float64Array.from({ length: 2 ** c.length }, (_, s) =>
		c.reduce((sum, e, k) => sum + e * (((s >> k) & 1) - 0.5), 0)
	).sort();
	let worst = 0;
	sums.forEach((x, i) => {
		const gauss = normalCdf(2 * x);
		worst = Math.max(worst, Math.abs(i / sums.length - gauss), Math.abs((i + 1) / sums.length - gauss));
	});
	return worst;
}

describe('normalCdf', () => {
	it('has the tabulated values and the symmetry', () => {
		expect(normalCdf(0)).toBe(0.5);
		expect(normalCdf(1)).toBeCloseTo(0.8413447460685429, 14);
		expect(normalCdf(-2)).toBeCloseTo(0.022750131948179, 14);
		expect(normalCdf(5)).toBeCloseTo(1 - 2.866515718791939e-7, 14);
		for (const x of [0.3, 1.7, 4.4, 9]) expect(normalCdf(x) + normalCdf(-x)).toBeCloseTo(1, 13);
	});

	it('is the integral of its density', () => {
		for (const x of [-3, -0.5, 0.2, 2.5])
			expect((normalCdf(x + 1e-5) - normalCdf(x - 1e-5)) / 2e-5).toBeCloseTo(normalDensity(x), 9);
	});
});

describe('projectionLaw', () => {
	it.each([2, 5, 9, 14])('agrees with all 2^%i sums within its bound', (n) => {
		const c = direction(n, 40 + n);
		const { distance, error } = gaussianDistance(projectionLaw(c));
		expect(error).toBeLessThan(n * 2e-5);
		expect(Math.abs(distance - bruteDistance(c))).toBeLessThanOrEqual(error + 1e-12);
	});

	it('is a law with mean 0 and variance ¼ whatever the direction', () => {
		for (const n of [1, 3, 16, 64]) {
			const law = projectionLaw(direction(n, n), 2 ** -10);
			let mass = 0;
			let mean = 0;
			let second = 0;
			law.probability.forEach((p, i) => {
				const x = positionOf(law, i);
				mass += p;
				mean += p * x;
				second += p * x * x;
			});
			expect(mass).toBeCloseTo(1, 12);
			expect(mean).toBeCloseTo(0, 12);
			expect(law.variance).toBeCloseTo(0.25, 12);
			// moving atoms by at most `shift` changes √⟨x²⟩ by at most as much
			expect(Math.abs(Math.sqrt(second) - 0.5)).toBeLessThanOrEqual(law.shift + 1e-12);
		}
	});

	it('is the binomial law along the diagonal, and stays a coin along a unit', () => {
		const n = 16;
		const law = projectionLaw(new Float64Array(n).fill(1 / 4));
		const atoms = [...law.probability].filter((p) => p > 0);
		expect(atoms).toHaveLength(n + 1);
		expect(atoms[8]).toBeCloseTo(12870 / 65536, 14);
		const coin = gaussianDistance(projectionLaw([1, ...new Array<number>(15).fill(0)]));
		expect(coin.distance).toBeCloseTo(normalCdf(1) - 0.5, 12);
	});

	it('comes closer to the Gaussian with N along a random direction', () => {
		const d = [4, 8, 16, 32, 64].map((n) => gaussianDistance(projectionLaw(direction(n, 7))).distance);
		d.slice(1).forEach((e, k) => expect(e).toBeLessThan(d[k]));
		expect(d.at(-1)).toBeLessThan(0.005);
	});

	it('keeps all mass in a histogram, edges shared', () => {
		const law = projectionLaw([Math.SQRT1_2, Math.SQRT1_2]);
		const bars = projectionHistogram(law, 8, 2);
		expect(bars.reduce((a, b) => a + b, 0) * 0.5).toBeCloseTo(1, 12);
		expect(bars[3]).toBeCloseTo(bars[4], 12);
	});

	it('counts the units that a direction lives on', () => {
		expect(participation([1, 0, 0])).toBe(1);
		expect(participation([0.5, 0.5, 0.5, 0.5])).toBeCloseTo(4, 12);
	});

	it('refuses lattices it cannot hold', () => {
		expect(() => projectionLaw([1], 0)).toThrow(RangeError);
		expect(() => projectionLaw([1], 1e-9)).toThrow(/too fine/);
	});
});
