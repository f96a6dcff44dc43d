// Chapter 2's numbers: what truncation loses, against the matrices themselves; one energy in both frames; and how many
// values a reciprocal coordinate takes.
import { describe, expect, it } from 'vitest';
import { rbmOf } from '../../../src/lib/views/machineRbm';
import { matrixRecipe, recipeErrors, truncationErrors } from '../../../src/lib/views/story/reciprocalErrors';
import {
	coordinatesOf,
	frameOf,
	matricesOf,
	planePoints,
	truncated
} from '../../../src/lib/views/story/reciprocalView';
import { bitText, energyParts, listStates } from '../../../src/lib/views/story/smallMachine';
import { smallRecipe } from '../../../src/lib/views/story/smallRecipe';

const length = (a: ArrayLike<number>) => Math.sqrt(Array.from(a).reduce((s, x) => s + x * x, 0));

describe('truncation', () => {
	it('loses exactly what the left-out singular values say, at every rank', () => {
		const matrices = matricesOf(rbmOf(matrixRecipe(5)));
		const errors = truncationErrors(matrices.svd.singularValues);
		expect(recipeErrors(matrixRecipe(5)).length).toBe(10);
		for (let r = 0; r <= 9; r++) {
			const kept = truncated(matrices, r);
			const left = matrices.weights.map((w, k) => w - kept[k]);
			expect(length(left) / length(matrices.weights)).toBeCloseTo(errors[r], 12);
			expect(recipeErrors(matrixRecipe(5))[r]).toBeCloseTo(errors[r], 12);
		}
	});
	it('follows the largest singular values, in whatever order a recipe names them', () => {
		expect(truncationErrors([1, 2])).toEqual([1, Math.sqrt(1 / 5), 0]);
		expect(recipeErrors(matrixRecipe(2))[1]).toBeCloseTo(
			Math.sqrt((4 + 1.8 ** 2 + 6 * 0.25) / (4 + 9 + 1.8 ** 2 + 6 * 0.25)),
			12
		);
	});
});

describe('coordinates of a state', () => {
	it('give the same energy as its units, term by term', () => {
		const rbm = rbmOf(smallRecipe(3));
		const frame = frameOf(rbm);
		for (let s = 0; s < 128; s++) {
			const bits = bitText(s, 7);
			const c = coordinatesOf(rbm, frame, bits);
			expect(c.energyModes).toBeCloseTo(c.energyUnits, 12);
			expect(c.terms.reduce((a, b) => a + b, 0)).toBeCloseTo(c.energyUnits, 12);
			expect(energyParts(rbm, bits).total).toBeCloseTo(c.energyUnits, 12);
		}
	});
	it('are still a list: 16 values of x, 8 of y, 128 points, whose weights are the Boltzmann law', () => {
		const rbm = rbmOf(smallRecipe(3));
		const points = planePoints(rbm, frameOf(rbm), 0, 1);
		expect(points.distinct).toEqual({ x: 16, y: 8 });
		expect(points.x.length).toBe(128);
		const { order, probabilities, lnZ, energies } = listStates(rbm, 1);
		order.forEach((state, rank) => {
			expect(points.probability[state]).toBeCloseTo(probabilities[rank], 12);
			expect(probabilities[rank]).toBeCloseTo(Math.exp(-energies[rank] - lnZ), 12);
		});
		expect(probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
		expect([...energies]).toEqual([...energies].sort((a, b) => a - b));
	});
	it('at β = 0 all 128 states are equally likely', () => {
		const { probabilities, entropy } = listStates(rbmOf(smallRecipe(2)), 0);
		for (const p of probabilities) expect(p).toBeCloseTo(1 / 128, 12);
		expect(entropy).toBeCloseTo(7 * Math.LN2, 12);
	});
});
