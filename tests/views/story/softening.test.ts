// The soft mode about its threshold: variances, wells and the mode that runs away, against theory.
import { describe, expect, it } from 'vitest';
import { entropicClosure } from '../../../src/lib/theory/closures/entropic';
import { landauBarrier, landauExpansion, landauWell } from '../../../src/lib/theory/closures/landau';
import { stateMoments } from './stateMoments';
import { brokenMinimum } from '../../../src/lib/theory/errata';
import { BUMP } from '../../../src/lib/views/story/lineStart';
import { ASKED, askedVariances, secondOrderVariance, wellsOf } from '../../../src/lib/views/story/softening';
import { collectiveRbm } from '../../../src/lib/views/story/softWell';

describe('the variance of the soft mode', () => {
	it('is the machine’s own: by enumerating all 2⁸ states of four units a layer', () => {
		const found = askedVariances(4);
		ASKED.forEach((lambda, k) => expect(found[k]).toBeCloseTo(stateMoments(collectiveRbm(4, lambda), 1), 10));
	});

	it('follows the oscillator at first, and stays finite where the oscillator diverges', () => {
		const [none, , two] = [askedVariances(8)[0], 0, askedVariances(8)[2]];
		expect(none).toBeCloseTo(0.25, 12);
		expect(two / (1 / 3)).toBeGreaterThan(0.97);
		const last = askedVariances(8).at(-1)!;
		expect(last).toBeGreaterThan(1);
		expect(last).toBeLessThan(2);
		expect(askedVariances(16).at(-1)!).toBeGreaterThan(last);
	});
});

describe('the wells past the threshold', () => {
	it('are Landau’s and the entropy’s', () => {
		const wells = wellsOf(5, 8);
		const landau = landauExpansion(collectiveRbm(8, 5), 1);
		expect(wells.landau).toBeCloseTo(landauWell(landau), 12);
		expect(wells.landauBarrier).toBeCloseTo(landauBarrier(landau), 12);
		expect(wells.entropic).toBeCloseTo(4 * brokenMinimum(5).delta, 8);
		const closure = entropicClosure(collectiveRbm(8, 5), 1);
		const centre = closure.potential(new Float64Array(16).fill(0.5));
		expect(wells.entropicBarrier).toBeCloseTo(centre - closure.minima()[0].value, 8);
	});

	it('agree just past it, and there are none before', () => {
		const near = wellsOf(4.05, 8);
		expect(near.landau / near.entropic).toBeCloseTo(1, 1);
		expect(wellsOf(3.5, 8)).toMatchObject({ landau: 0, entropic: 0, landauBarrier: 0 });
	});
});

describe('a mode cut at second order', () => {
	it('spreads without end past the threshold and settles before it', () => {
		expect(secondOrderVariance(5, 1, 0)).toBeCloseTo(BUMP * BUMP, 12);
		const [a, b] = [secondOrderVariance(5, 1, 9), secondOrderVariance(5, 1, 10)];
		expect(b / a).toBeCloseTo(Math.exp(2), 5);
		expect(secondOrderVariance(3, 1, 30)).toBeCloseTo(1, 10);
	});
});
