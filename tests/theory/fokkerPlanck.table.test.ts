// The 1×1 table of the theory: smallest rate of the lifted landscape of two coupled units on a grid, and D/Var(w).
import { describe, expect, it } from 'vitest';
import { smoothedClosure } from '../../src/lib/theory/closures/smoothed.ts';
import { fokkerPlanckGenerator, nodes } from '../../src/lib/theory/fokkerPlanck.ts';
import { slowestModes } from '../../src/lib/theory/fokkerPlanckModes.ts';
import { balanced, makeRbm } from '../../src/lib/theory/rbm.ts';
import { reciprocalFrame, modesToUnits, unitsToModes } from '../../src/lib/theory/reciprocal.ts';

/** Smallest rate and D/Var(w) of the balanced 1×1 RBM on a count² grid in (u, w) about the centre, β = 1. */
function solve(weight: number, sigma2: number, count: number): { rate: number; bound: number; odd: number } {
	const rbm = balanced(
		makeRbm({
			N: 1,
			M: 1,
			weights: Float64Array.of(weight),
			visibleBias: new Float64Array(1),
			hiddenBias: new Float64Array(1)
		})
	);
	const closure = smoothedClosure(rbm, 1, sigma2);
	const frame = reciprocalFrame(rbm);
	const centre = unitsToModes(frame, Float64Array.of(0.5, 0.5));
	// seven standard deviations beyond the outermost lifted vertex on each axis
	const u = 7 * Math.sqrt(sigma2 * (1 - sigma2 * weight)) + Math.SQRT1_2;
	const w = 7 * Math.sqrt(sigma2 * (1 + sigma2 * weight)) + Math.SQRT1_2 * (1 + sigma2 * weight);
	const generator = fokkerPlanckGenerator(
		[
			{ min: -u, max: u, count },
			{ min: -w, max: w, count }
		],
		(x, y) => closure.potential(modesToUnits(frame, Float64Array.of(centre[0] + x, centre[1] + y))),
		1
	);
	const ws = nodes(generator.axes[1]);
	let variance = 0;
	let odd = 0;
	const { rates, functions } = slowestModes(generator, 2);
	generator.stationary.forEach((p, k) => {
		const z = ws[Math.floor(k / count)];
		variance += p * z * z;
		odd += z * generator.ground[k] * functions[1][k];
	});
	return { rate: rates[1], bound: 1 / variance, odd: (odd * odd) / variance };
}

const table: readonly (readonly [number, number, number, number])[] = [
	[1, 0.15, 1.537, 1.712],
	[1, 0.25, 1.203, 1.252],
	[1, 0.5, 0.682, 0.69],
	[2, 0.15, 1.045, 1.23],
	[2, 0.25, 0.768, 0.835],
	[3, 0.15, 0.713, 0.929],
	[3, 0.25, 0.501, 0.592],
	[1, 0.05, 1.176, 2.528]
];

describe('Fokker–Planck of the 1×1 RBM', () => {
	it.each(table)('W = %f, σ² = %f: Γ = %f, D/Var(w) = %f', (weight, sigma2, gamma, bound) => {
		// 31² and 61² with h² extrapolated away, which the next test shows to be better than 241² alone
		const coarse = solve(weight, sigma2, 31);
		const fine = solve(weight, sigma2, 61);
		const rate = (4 * fine.rate - coarse.rate) / 3;
		// the table's own rates are good to 1 %; its hopping case was computed on the coarsest spacing
		expect(Math.abs(rate / gamma - 1)).toBeLessThan(0.005);
		expect(Math.abs(fine.bound - bound)).toBeLessThan(6e-4);
		// Rayleigh's inequality, and the slowest mode is the soft one: w overlaps with it
		expect(rate).toBeLessThan(fine.bound);
		expect(fine.odd).toBeGreaterThan(0.5);
	});

	it('on the 241² grid itself agrees with the extrapolation to a part in a thousand', () => {
		const [weight, sigma2, gamma] = table[1];
		const { rate } = solve(weight, sigma2, 241);
		expect(Math.abs(rate / gamma - 1)).toBeLessThan(0.002);
		const extrapolated = (4 * solve(weight, sigma2, 61).rate - solve(weight, sigma2, 31).rate) / 3;
		expect(Math.abs(rate / extrapolated - 1)).toBeLessThan(0.001);
	});
});
