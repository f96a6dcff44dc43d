// The numbers of chapter 5 that need no worker: machines with the spectrum they promise, the terms of the potential
// against the closure they are taken from, and a force that S_c does not touch.
import { describe, expect, it } from 'vitest';
import { gaussianClosure } from '../../../src/lib/theory/closures/gaussian';
import { energy } from '../../../src/lib/theory/rbm';
import { reciprocalFrame } from '../../../src/lib/theory/reciprocal';
import { softVariance } from '../../../src/lib/theory/softVariance';
import {
	closureRbm,
	exactSoftVariances,
	forceAlong,
	potentialTerms,
	softDirection,
	widest
} from '../../../src/lib/views/story/closureMachine';

const machine = {
	N: 8,
	M: 6,
	singularValues: [2],
	rest: 0.4,
	bias: 'balanced' as const,
	biasScale: 0,
	seed: 1
};
const of = (lambda: number, rest = 0.4, field = 0) => closureRbm({ machine, lambda, rest, field });

describe('the machines of chapter 5', () => {
	it('keep λ₁ the first, whatever the rest', () => {
		for (const [lambda, rest] of [
			[2, 0.4],
			[0.5, 1.6],
			[5, 2]
		]) {
			const { singularValues } = reciprocalFrame(of(lambda, rest));
			expect(singularValues[0]).toBeCloseTo(lambda, 10);
			expect(singularValues[1]).toBeCloseTo(Math.min(rest, 0.9 * lambda), 10);
		}
	});

	it('feel the field along w₁ and nowhere else', () => {
		const plain = of(2);
		const pushed = of(2, 0.4, 1.3);
		const r = softDirection(plain);
		const push = [
			...pushed.visibleBias.map((b, i) => b - plain.visibleBias[i]),
			...pushed.hiddenBias.map((b, j) => b - plain.hiddenBias[j])
		];
		push.forEach((p, k) => expect(p).toBeCloseTo(1.3 * r[k], 12));
	});

	it('have the exact variances that theory/ gives', () => {
		const lambdas = [0.5, 2, 4.5];
		exactSoftVariances(machine, 0.4, lambdas).forEach((v, k) =>
			expect(v).toBe(softVariance(of(lambdas[k]), 1))
		);
	});

	it('are lifted within the bound', () => {
		for (const lambda of [0.5, 3.6, 6]) expect(widest(lambda) * lambda).toBeLessThan(0.91);
		expect(widest(1)).toBe(0.25);
	});
});

describe('the terms of the potential', () => {
	const rbm = of(2.5, 0.4, 0.6);
	const t = [-2, -0.7, 0, 1.1];

	it('add up to the gaussian closure', () => {
		const closure = gaussianClosure(rbm, 1);
		const half = new Float64Array(14).fill(0.5);
		const middle = energy(rbm, half.subarray(0, 8), half.subarray(8));
		const r = softDirection(rbm);
		potentialTerms(rbm, t).forEach((p, k) =>
			expect(p.energy + middle + p.constraint - p.entropy).toBeCloseTo(
				closure.potential(half.map((h, i) => h + t[k] * r[i])),
				10
			)
		);
	});

	it('count states by their logarithm, and leave the force alone', () => {
		expect(potentialTerms(rbm, [0])[0].entropy).toBeCloseTo(9.704, 3);
		for (const at of t) {
			const force = forceAlong(rbm, at, false);
			expect(force).toBeCloseTo(0.6 - (4 - 2.5) * at, 6);
			expect(forceAlong(rbm, at, true)).toBeCloseTo(force, 9);
		}
	});
});
