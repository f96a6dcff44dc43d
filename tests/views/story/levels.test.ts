// Levels of the Schrödinger form as they are drawn: Hermite functions in the harmonic well, and the gap past βλ = 4.
import { describe, expect, it } from 'vitest';
import { lineModes } from '../../../src/lib/session/theoryJobLine';
import { nodes } from '../../../src/lib/theory/fokkerPlanck';
import {
	hermiteStates,
	largestDifference,
	levelStates,
	SHOWN_TERMS
} from '../../../src/lib/views/story/levels';
import { wellShape, type Well } from '../../../src/lib/views/story/softWell';
import { firstHalvedOf } from '../../../src/lib/views/story/transients';
import { wellGenerator } from '../../../src/lib/views/story/wellGenerator';

function statesOf(well: Well) {
	const generator = wellGenerator(well);
	const { modes, error } = lineModes({
		axis: generator.axes[0],
		potential: generator.potential,
		diffusion: generator.diffusion
	});
	return { generator, states: levelStates(generator, modes), error };
}

describe('levels', () => {
	it('are nω with Hermite functions in the harmonic well', () => {
		const well = { name: 'gaussian', lambda: 2, beta: 1, units: 8 } as const;
		const { generator, states } = statesOf(well);
		const exact = hermiteStates(well, generator)!;
		expect(states).toHaveLength(SHOWN_TERMS);
		states.forEach((s, n) => {
			expect(s.energy).toBeCloseTo(n, 1);
			expect(Math.abs(s.energy - n)).toBeLessThan(0.006 * Math.max(n, 1e-9) + 1e-12);
			// second order in the spacing: the seventh function turns over seven times on 161 cells
			expect(largestDifference(s, exact[n])).toBeLessThan(0.02);
			const norm = s.psi.reduce((a, e) => a + e * e * generator.cell, 0);
			expect(norm).toBeCloseTo(1, 10);
		});
		expect(hermiteStates({ ...well, lambda: 4.2 }, generator)).toBeNull();
	});

	it('are Γ = 2DE, and E₁ of two wells is far below the oscillator’s next rung', () => {
		const { states, error } = statesOf({ name: 'exact', lambda: 6, beta: 1, units: 8 });
		for (const s of states) expect(s.rate).toBeCloseTo(2 * s.energy, 12);
		expect(states[0].energy).toBe(0);
		expect(states[1].energy).toBeLessThan(0.1 * states[2].energy);
		expect(error / states[1].rate).toBeLessThan(0.01);
		const more = statesOf({ name: 'exact', lambda: 6, beta: 1, units: 16 });
		expect(more.states[1].rate).toBeLessThan(0.3 * states[1].rate);
	});

	it('solve Hψ = Eψ: −½ψ″ + V_Qψ, by differences, where ψ is large', () => {
		const well = { name: 'exact', lambda: 5, beta: 1, units: 8 } as const;
		const { generator, states } = statesOf(well);
		const shape = wellShape(well);
		const x = nodes(generator.axes[0]);
		const h = x[1] - x[0];
		for (const { psi, energy } of states.slice(0, 4)) {
			const most = psi.reduce((a, e) => Math.max(a, Math.abs(e)), 0);
			for (let i = 40; i < 121; i++) {
				const vq = shape.slope(x[i]) ** 2 / 8 - shape.bend(x[i]) / 4;
				const left = -0.5 * ((psi[i + 1] - 2 * psi[i] + psi[i - 1]) / (h * h)) + vq * psi[i];
				expect(Math.abs(left - energy * psi[i])).toBeLessThan(0.03 * most);
			}
		}
	});
});

describe('the question of the bars', () => {
	it('is answered by the highest term that the start holds', () => {
		const well = { name: 'gaussian', lambda: 2, beta: 1, units: 8 } as const;
		expect(firstHalvedOf(well, { kind: 'bump', at: -1.4, drawn: [] })).toBe(7);
		expect(firstHalvedOf(well, { kind: 'bump', at: 0, drawn: [] })).toBe(6);
	});
});
