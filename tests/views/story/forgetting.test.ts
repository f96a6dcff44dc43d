// Which start is forgotten first, past the threshold and below it: the claims of the Fokker–Planck chapter's question.
import { describe, expect, it } from 'vitest';
import { slowestModes } from '../../../src/lib/theory/fokkerPlanckModes';
import { forgottenAt } from '../../../src/lib/views/story/distance';
import { firstForgotten, forgettingTimes } from '../../../src/lib/views/story/forgetting';
import { startProbabilities } from '../../../src/lib/views/story/lineStart';
import { lineTerms } from '../../../src/lib/views/story/lineTerms';
import { wellGenerator } from '../../../src/lib/views/story/wellGenerator';

const bump = (at: number) => ({ kind: 'bump' as const, at, drawn: [] });
const well = { name: 'exact' as const, lambda: 6, beta: 1, units: 8 };

describe('forgetting a start', () => {
	it('is quick from the top of the barrier, slow from one well, and the slow one waits for Γ₁', () => {
		expect(firstForgotten(well, bump(-1.9), bump(0), 0.1, 0.05)).toBe('second');
		const [side, top] = forgettingTimes(well, [bump(-1.9), bump(0)], 0.1);
		expect(side).toBeGreaterThan(5 * top);
		// from a well half of the probability has to hop: distance ≈ ½e^{−Γ₁t}
		const { rates } = slowestModes(wellGenerator(well), 2);
		expect(side).toBeGreaterThan((0.9 * Math.log(5)) / rates[1]);
		expect(side).toBeLessThan((1.1 * Math.log(5)) / rates[1]);
	});

	it('agrees with all modes', () => {
		const generator = wellGenerator(well);
		const all = slowestModes(generator, generator.size, 1e-6);
		const [few] = forgettingTimes(well, [bump(0)], 0.1);
		expect(
			forgottenAt(lineTerms(generator, all, startProbabilities(generator, bump(0))), 0.1, 1e4)
		).toBeCloseTo(few, 6);
	});

	it('says that two mirrored starts are forgotten together', () => {
		expect(firstForgotten(well, bump(-1.2), bump(1.2), 0.1, 0.05)).toBe('same');
	});
});
