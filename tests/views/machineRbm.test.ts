// A machine's recipe against what it promises: its singular values, its biases, and the same numbers each time.
import { describe, expect, it } from 'vitest';
import type { MachineRecipe } from '../../src/lib/scene/machine';
import { thinSvd } from '../../src/lib/theory/linalg';
import { hiddenField, visibleField } from '../../src/lib/theory/rbm';
import { rbmFromSpectrum } from '../../src/lib/theory/rbmSpectrum';
import { rbmOf, spectrumOf } from '../../src/lib/views/machineRbm';

const recipe: MachineRecipe = {
	N: 7,
	M: 5,
	singularValues: [3, 2.5, 0.5],
	rest: 0.25,
	bias: 'balanced',
	biasScale: 0.7,
	seed: 12
};

describe('rbmOf', () => {
	it('has the singular values of its recipe', () => {
		const { singularValues } = thinSvd(7, 5, rbmOf(recipe).weights);
		expect(spectrumOf(recipe)).toEqual([3, 2.5, 0.5, 0.25, 0.25]);
		spectrumOf(recipe).forEach((lambda, k) => expect(singularValues[k]).toBeCloseTo(lambda, 12));
	});

	it('is symmetric about ½ when balanced', () => {
		const rbm = rbmOf(recipe);
		for (const field of [
			visibleField(rbm, new Float64Array(5).fill(0.5)),
			hiddenField(rbm, new Float64Array(7).fill(0.5))
		])
			for (const f of field) expect(Math.abs(f)).toBeLessThan(1e-12);
	});

	it('draws uniform biases within their scale, and the same ones again', () => {
		const rbm = rbmOf({ ...recipe, bias: 'uniform' });
		const all = [...rbm.visibleBias, ...rbm.hiddenBias];
		expect(Math.max(...all.map(Math.abs))).toBeLessThan(0.7);
		expect(new Set(all).size).toBe(12);
		expect(rbmOf({ ...recipe, bias: 'uniform' })).toEqual(rbm);
		expect(rbmOf({ ...recipe, seed: 13 }).weights).not.toEqual(rbmOf(recipe).weights);
	});

	it('refuses a frame of another size', () => {
		expect(() => rbmFromSpectrum(3, 2, [1], [1, 2, 3])).toThrow(/6 numbers/);
	});
});
