// The oscillator chapter's springs against theory: frequencies, thermal widths, K and its two readings, the ladder.
import { describe, expect, it } from 'vitest';
import { symEigen } from '../../../src/lib/theory/linalg';
import { enumerateSpectrum } from '../../../src/lib/theory/oscillatorSpectrum';
import {
	diagonalFrequencies,
	ladder,
	largestCoupling,
	occupationText,
	springsOf
} from '../../../src/lib/views/story/springs';

const recipe = (lambda: number[], biasScale: number) => ({
	N: 4,
	M: 3,
	singularValues: lambda,
	rest: 0,
	bias: biasScale > 0 ? ('uniform' as const) : ('balanced' as const),
	biasScale,
	seed: 4
});

describe('springs', () => {
	it('have ω = (4 ± βλ)/2, 2 for the free one, and widths 1/√κ, biases or none', () => {
		for (const bias of [0, 1.5]) {
			const { springs, centre } = springsOf({
				recipe: recipe([3, 1.6, 0.7], bias),
				beta: 1.2,
				closure: 'gaussian'
			});
			const expected = [3, 1.6, 0.7].flatMap((l) => [(4 - 1.2 * l) / 2, (4 + 1.2 * l) / 2]).concat(2);
			expect(springs.map((s) => s.frequency)).toEqual(
				expected.sort((a, b) => a - b).map((e) => expect.closeTo(e, 10))
			);
			for (const s of springs) {
				expect(s.spread ** 2 * s.curvature).toBeCloseTo(1, 12);
				expect(s.rate * 1.2).toBeCloseTo(s.curvature, 12);
			}
			expect(springs.map((s) => s.name)).toEqual(['w₁', 'w₂', 'w₃', 'x', 'u₃', 'u₂', 'u₁']);
			expect(centre.every((e) => Math.abs(e - 0.5) < 1e-12)).toBe(bias === 0);
		}
	});

	it('share a pattern in pairs: a stiff mode is its soft one with the hidden units turned over', () => {
		const { springs } = springsOf({ recipe: recipe([3, 1.6, 0.7], 0), beta: 1, closure: 'gaussian' });
		const [soft, stiff] = ['w₁', 'u₁'].map((name) => springs.find((s) => s.name === name)!.shape);
		const sign = Math.sign(soft[0] * stiff[0]);
		for (let k = 0; k < 7; k++) expect(stiff[k]).toBeCloseTo(sign * (k < 4 ? 1 : -1) * soft[k], 10);
		const free = springs.find((s) => s.kind === 'free')!.shape;
		for (let k = 4; k < 7; k++) expect(free[k]).toBeCloseTo(0, 10);
	});

	it('lose their spring past the threshold', () => {
		const { springs } = springsOf({ recipe: recipe([4.5, 1, 0], 0), beta: 1, closure: 'gaussian' });
		expect(springs[0].curvature).toBeCloseTo(-0.5, 10);
		expect(springs[0].spread).toBeNaN();
	});
});

describe('K', () => {
	it('is diagonal for balanced biases; with biases its normal modes lie lower than its diagonal', () => {
		const calm = springsOf({ recipe: recipe([2.6, 1.6, 0.7], 0), beta: 1, closure: 'entropic' });
		expect(largestCoupling(calm)).toBeLessThan(1e-8);
		const plain = [...diagonalFrequencies(calm)].sort((a, b) => a - b);
		calm.springs.forEach((s, k) => expect(s.frequency).toBeCloseTo(plain[k], 8));

		const pulled = springsOf({ recipe: recipe([2.6, 1.6, 0.7], 2), beta: 1, closure: 'entropic' });
		const n = pulled.names.length;
		expect(largestCoupling(pulled)).toBeGreaterThan(0.5);
		symEigen(n, pulled.matrix).values.forEach((e, k) =>
			expect(pulled.springs[k].frequency).toBeCloseTo(e / 2, 8)
		);
		expect(pulled.springs[0].frequency).toBeLessThan(Math.min(...diagonalFrequencies(pulled)) - 0.1);
		// the trace does not depend on the coordinates: both readings share the sum of all ω
		const sum = (x: readonly number[]) => x.reduce((a, b) => a + b, 0);
		expect(sum(pulled.springs.map((s) => s.frequency))).toBeCloseTo(sum(diagonalFrequencies(pulled)), 8);
	});
});

describe('the ladder', () => {
	it('is theory’s spectrum with its degeneracies', () => {
		const frequencies = [1, 1, 1.5, 2, 2.5, 3, 3];
		const levels = ladder(frequencies, 3);
		expect(levels.map((l) => [l.energy, l.degeneracy])).toEqual(
			enumerateSpectrum(frequencies, 3).levels.map((l) => [l.energy, l.degeneracy])
		);
		// E = 1: one quantum in either soft mode; E = 2: three ways with two of them, or one free quantum
		expect(levels.slice(0, 4).map((l) => l.degeneracy)).toEqual([1, 2, 1, 4]);
		expect(ladder([1, -0.5], 3)).toEqual([]);
	});

	it('names quanta', () => {
		expect(occupationText([], ['w₁'])).toBe('–');
		expect(
			occupationText(
				[
					{ mode: 0, quanta: 2 },
					{ mode: 1, quanta: 1 }
				],
				['w₁', 'u₁']
			)
		).toBe('2·w₁ + u₁');
	});
});
