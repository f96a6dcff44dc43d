// Ladders against barriers that are known: rungs at equal steps of the barrier reject equally.
import { describe, expect, it } from 'vitest';
import { equaliseLadder, evenLadder, thinTrajectory } from '../../src/lib/engine/temperingLadder';

/** Acceptances of a ladder whose barrier is Λ(β). */
const acceptances = (betas: readonly number[], barrier: (beta: number) => number) =>
	betas.slice(1).map((beta, r) => 1 - (barrier(beta) - barrier(betas[r])));

describe('ladders', () => {
	it('start evenly', () => {
		expect(evenLadder(5, 0, 2)).toEqual([0, 0.5, 1, 1.5, 2]);
		expect(() => evenLadder(1, 0, 1)).toThrow(RangeError);
	});

	it('reach equal acceptance for a smooth barrier, in a few repetitions', () => {
		const barrier = (beta: number) => 0.8 * Math.tanh(3 * (beta - 0.7)) + 0.3 * beta;
		let betas = evenLadder(6, 0, 2);
		const spread = () => {
			const rates = acceptances(betas, barrier);
			return Math.max(...rates) - Math.min(...rates);
		};
		const before = spread();
		for (let pass = 0; pass < 12; pass++) betas = equaliseLadder(betas, acceptances(betas, barrier));
		expect(before).toBeGreaterThan(0.4);
		expect(spread()).toBeLessThan(0.01);
		expect([betas[0], betas[5]]).toEqual([0, 2]);
		betas.slice(1).forEach((beta, r) => expect(beta).toBeGreaterThan(betas[r]));
	});

	it('are exact at once where the barrier is linear between rungs, and may change their number', () => {
		const betas = equaliseLadder([0, 1, 2], [0.5, 0], 4);
		// Λ = 0, 0.5, 1.5: steps of 0.5 lie at 0, 1, 1.5, 2.
		expect(betas).toEqual([0, 1, 1.5, 2]);
		expect(equaliseLadder([0, 0.3, 1], [1, 1])).toEqual([0, 0.3, 1]);
		expect(equaliseLadder([0, 0.3, 1], [1, 1], 5)).toEqual([0, 0.25, 0.5, 0.75, 1]);
		expect(equaliseLadder([2, 1, 0], [0, 0.5], 4)).toEqual([2, 1.5, 1, 0]);
		expect(() => equaliseLadder([0, 1], [0.5, 0.5])).toThrow(RangeError);
		expect(() => equaliseLadder([0, 1], [1.5])).toThrow(RangeError);
	});

	it('keep the models of a trajectory that carry the barrier', () => {
		// Models 0 to 4 have one law; all of the barrier lies between 4 and 7.
		expect(thinTrajectory([1, 1, 1, 1, 0.5, 0.5, 0.5], 4)).toEqual([0, 5, 6, 7]);
		expect(thinTrajectory([0.5, 0.5, 0.5, 0.5], 3)).toEqual([0, 2, 4]);
		expect(thinTrajectory([1, 1], 2)).toEqual([0, 2]);
	});
});
