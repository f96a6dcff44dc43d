// Each erratum: the printed equation's sides differ, the corrected one's agree, for numbers of all kinds.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	brokenMinimum,
	confinedBeyondThreshold,
	coupledOscillators,
	entropyOfStates,
	freeDirections,
	noTaylorExpansion,
	rateAndEnergy,
	saddleConstant,
	smearedCurvature,
	swappedSigns,
	transposedMaps,
	unequalStiffness,
	type Erratum
} from '../../src/lib/theory/errata.ts';
import { bitsOf } from '../../src/lib/theory/enumerateStates.ts';
import { logConstraintDensity } from '../../src/lib/theory/lift.ts';
import { makeRbm } from '../../src/lib/theory/rbm.ts';
import { reciprocalFrame } from '../../src/lib/theory/reciprocal.ts';
import { anyBeta, anyRbm, anySeed, runs } from './arbitraries.ts';
import { randomRbm } from './randomRbm.ts';

function expectRight(e: Erratum): void {
	const { left, right } = e.corrected;
	expect(Math.abs(left - right)).toBeLessThan(1e-9 * (1 + Math.abs(left)));
}

function expectWrong(e: Erratum): void {
	const { left, right } = e.printed;
	expect(Math.abs(left - right)).toBeGreaterThan(1e-3);
}

const rbm = randomRbm(3, 5, 3);
const state = bitsOf(0b10101101, 8);
const shown = [
	transposedMaps(rbm, state.subarray(0, 5), state.subarray(5)),
	freeDirections(rbm),
	saddleConstant(reciprocalFrame(rbm), 1, 0.3, 0.4),
	swappedSigns(rbm, 1.3),
	entropyOfStates(rbm),
	noTaylorExpansion(0.1),
	unequalStiffness(5, 4.4, 1.2),
	rateAndEnergy(3, 0.7),
	coupledOscillators(4, 1, 3),
	confinedBeyondThreshold(5)
];

describe('the ten errata', () => {
	it('are numbered, titled, explained, and typeset', () => {
		expect(shown.map((e) => e.id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
		for (const e of shown) {
			expect(e.title.length).toBeGreaterThan(5);
			expect(e.explanation.length).toBeGreaterThan(40);
			expect(e.printed.tex).not.toBe(e.corrected.tex);
			expect(e.printed.tex).toContain('=');
		}
	});
	it.each(shown)('$id: $title', (e) => {
		expectRight(e);
		expectWrong(e);
	});
	it('the corrected equations hold for whatever RBM and point', () => {
		fc.assert(
			fc.property(anyRbm(5), anyBeta, anySeed, (r, beta, seed) => {
				const s = bitsOf(seed % 2 ** (r.N + r.M), r.N + r.M);
				expectRight(transposedMaps(r, s.subarray(0, r.N), s.subarray(r.N)));
				expectRight(freeDirections(r));
				expectRight(swappedSigns(r, beta, Math.min(r.N, r.M) - 1));
				expectRight(entropyOfStates(r));
				const frame = reciprocalFrame(r);
				if (frame.singularValues[0] > 0)
					expectRight(saddleConstant(frame, 0, (seed % 7) - 3, (seed % 5) - 2));
				else expect(() => saddleConstant(frame, 0, 1, 1)).toThrow(RangeError);
			}),
			runs()
		);
	});
	it('and for whatever curvatures and couplings', () => {
		const k = fc.double({ min: 4, max: 9, noNaN: true });
		fc.assert(
			fc.property(k, k, fc.double({ min: 0, max: 3.9, noNaN: true }), (a, b, c) => {
				expectRight(unequalStiffness(a, b, c));
				expectRight(coupledOscillators(a, c, b));
				expectRight(rateAndEnergy(a, 1 / b));
				expectRight(confinedBeyondThreshold(a + 0.01));
			}),
			runs(60)
		);
	});
	it('2: counts the null directions of J, more of them below full rank', () => {
		const rankOne = makeRbm({
			weights: [
				[1, 2],
				[2, 4],
				[3, 6]
			],
			visibleBias: [0, 0, 0],
			hiddenBias: [0, 0]
		});
		expect(freeDirections(rankOne).corrected).toMatchObject({ left: 3, right: 3 });
		expect(freeDirections(rankOne).printed.right).toBe(-1);
		expect(freeDirections(randomRbm(1, 3, 5)).corrected.left).toBe(2);
	});
	it('6: the curvature is that of −ln ρ_σ, negative between the vertices and positive at them', () => {
		for (const [s, s2] of [
			[0.5, 0.1],
			[0.2, 0.3],
			[1.1, 0.05]
		]) {
			const f = (x: number) => -logConstraintDensity(Float64Array.of(x), s2);
			const second = (f(s + 1e-4) - 2 * f(s) + f(s - 1e-4)) / 1e-8;
			expect(smearedCurvature(s, s2)).toBeCloseTo(second, 4);
		}
		expect(smearedCurvature(0.5, 0.01)).toBeCloseTo(100 * (1 - 25), 9);
		expect(smearedCurvature(1, 0.01)).toBeGreaterThan(99);
	});
	it('8: the printed rate happens to be right at D = ½ alone', () => {
		const e = rateAndEnergy(3, 0.5);
		expect(e.printed.left).toBeCloseTo(e.printed.right, 12);
	});
	it('10: the broken minimum solves m = σ(βλ(m−½)), hugging the ends when cold, ½ near 4', () => {
		for (const bl of [4.001, 4.5, 6, 12, 100]) {
			const { delta, toTheEnd } = brokenMinimum(bl);
			expect(delta + toTheEnd).toBeCloseTo(0.5, 12);
			expect(0.5 + delta).toBeCloseTo(1 / (1 + Math.exp(-bl * delta)), 12);
			expect(delta).toBeGreaterThan(0);
		}
		// Landau: δ² = 3(βλ−4)/16·… to lowest order, from 4δ + (16/3)δ³ = βλδ.
		expect(brokenMinimum(4.0004).delta).toBeCloseTo(Math.sqrt((0.0004 * 3) / 16), 5);
		expect(() => brokenMinimum(4)).toThrow(RangeError);
	});
});
