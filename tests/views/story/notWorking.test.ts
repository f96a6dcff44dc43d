// Chapter 11: what its figures say of tensor cross interpolation, and of the errata along their sliders.
import { describe, expect, it } from 'vitest';
import { tensorTrial } from '../../../src/lib/session/theoryJobTensor';
import { rbmOf } from '../../../src/lib/views/machineRbm';
import { agree, errataEquations, linesOf, sweepOf, valueAt } from '../../../src/lib/views/story/errataSweep';
import { COUPLINGS, FULL_RANK, tensorRecipe, TOLERANCE } from '../../../src/lib/views/story/tensorView';

const trial = (coupling: number, maxRank = FULL_RANK, tolerance = TOLERANCE) =>
	tensorTrial({ rbm: rbmOf(tensorRecipe(coupling)), beta: 1, tolerance, maxRank });

describe('tensor cross interpolation', () => {
	it('needs rank 1 without coupling, every weight at a quarter of the threshold, and full rank at half of it', () => {
		const trials = COUPLINGS.map((c) => trial(c));
		const ranks = trials.map((t) => t.rank);
		expect(ranks[0]).toBe(1);
		expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
		const at = (c: (typeof COUPLINGS)[number]) => trials[COUPLINGS.indexOf(c)];
		expect(at(1).evaluations).toBe(at(1).states);
		expect(at(2).rank).toBe(FULL_RANK);
		for (const t of trials) expect(Math.abs((t.lnZ ?? NaN) - t.exact)).toBeLessThan(1e-4);
	});
	it('with its rank held is wrong by more the stronger the coupling', () => {
		const errors = [0.2, 1, 3].map((c) => {
			const { lnZ, exact } = trial(c, 8, 1e-12);
			return lnZ === null ? Infinity : Math.abs(lnZ - exact);
		});
		expect(errors[1]).toBeGreaterThan(10 * errors[0]);
		expect(errors[2]).toBeGreaterThan(10 * errors[0]);
		const full = trial(3, FULL_RANK, 1e-12);
		expect(full.lnZ).toBeCloseTo(full.exact, 8);
	});
});

describe.each(Array.from({ length: 10 }, (_, k) => k + 1))('erratum %i', (id) => {
	it('holds corrected along its whole slider, and fails as printed where the slider begins', () => {
		const sweep = sweepOf(id);
		const lines = linesOf(sweep);
		lines.x.forEach((_, k) => expect(agree(lines.left[k], lines.right[k])).toBe(true));
		const { printed } = sweep.at(sweep.start);
		expect(agree(printed.left, printed.right)).toBe(false);
		expect(sweep.at(sweep.start).id).toBe(id);
	});
	it('reaches both ends of its slider', () => {
		const sweep = sweepOf(id);
		expect(valueAt(sweep, 0)).toBe(sweep.from);
		expect(valueAt(sweep, 1)).toBe(sweep.to);
	});
});

it('all ten are typeset from the same source', () => {
	const all = errataEquations();
	expect(all.map((e) => e.id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
	for (const e of all) expect(e.printed).not.toBe(e.holds);
});
