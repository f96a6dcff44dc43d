// What the story asks of the theory worker: closures cut along a mode, soft variances, the naive lift; against brute force.
import { describe, expect, it } from 'vitest';
import { closureSections } from '../../src/lib/theory/closures/sections';
import { naiveLift } from '../../src/lib/theory/naiveLift';
import { projectionDistances } from '../../src/lib/theory/projectionLaw';
import { softVariance, softVariances } from '../../src/lib/theory/softVariance';
import { entropicClosure } from '../../src/lib/theory/closures/entropic';
import { bitsOf, jointDistribution } from '../../src/lib/theory/enumerateStates';
import { landauExpansion } from '../../src/lib/theory/closures/landau';
import { modesToUnits, reciprocalFrame, unitsToModes } from '../../src/lib/theory/reciprocal';
import { rbmOf } from '../../src/lib/views/machineRbm';

const machine = (lambda: number, N = 5, M = 4, rest = 0.4) =>
	rbmOf({ N, M, singularValues: [lambda], rest, bias: 'balanced', biasScale: 0, seed: 2 });
const grid = Float64Array.from({ length: 161 }, (_, k) => -4 + 0.05 * k);
const job = (lambda: number) => ({
	rbm: machine(lambda),
	beta: 1,
	sigma2: Math.min(0.25, 0.9 / lambda),
	blur: 0.02,
	soft: grid,
	stiff: grid
});
const find = (lambda: number) => {
	const answer = closureSections(job(lambda));
	return {
		answer,
		...Object.fromEntries(answer.sections.map((s) => [s.name, s]))
	} as { answer: typeof answer } & Record<string, (typeof answer.sections)[number]>;
};
/** ∫w²e^{−f}/∫e^{−f} − mean² on the grid. */
function varianceOf(minusLog: Float64Array): number {
	let [z, m, q] = [0, 0, 0];
	minusLog.forEach((f, k) => {
		const p = Math.exp(-f);
		z += p;
		m += p * grid[k];
		q += p * grid[k] ** 2;
	});
	return q / z - (m / z) ** 2;
}

describe('closureSections', () => {
	it('cuts the gaussian closure to the parabolas ½(4∓βλ)t²', () => {
		const { gaussian } = find(2.5);
		grid.forEach((t, k) => {
			expect(gaussian.soft[k]).toBeCloseTo(0.5 * 1.5 * t * t, 10);
			expect(gaussian.stiff[k]).toBeCloseTo(0.5 * 6.5 * t * t, 10);
		});
		expect(gaussian.curvature.soft).toBeCloseTo(1.5, 10);
	});

	it('loses the gaussian minimum past βλ = 4 and gives the entropic closure two', () => {
		const { gaussian, entropic, fitted } = find(5);
		expect([gaussian.minima, gaussian.valid, gaussian.curvature.soft < 0]).toEqual([0, false, true]);
		expect(entropic.minima).toBeGreaterThanOrEqual(2);
		expect(entropic.at.soft).toBeGreaterThan(0.3);
		expect(fitted.minima).toBe(1);
	});

	it('has the inverse variance of the fitted Gaussian as its curvature, and a parabola for its valley', () => {
		const { answer, fitted } = find(2.5);
		const curvature = 1 / answer.vertices.variance.soft;
		expect(fitted.curvature.soft).toBeCloseTo(curvature, 8);
		grid.forEach((t, k) => expect(fitted.soft[k]).toBeCloseTo(0.5 * curvature * t * t, 7));
	});

	it('has valleys that no section through the same minimum undercuts', () => {
		const rbm = machine(3);
		const { entropic } = find(3);
		const closure = entropicClosure(rbm, 1);
		const frame = reciprocalFrame(rbm);
		const unit = new Float64Array(9);
		unit[frame.r] = 1;
		const r = modesToUnits(frame, unit);
		const at = closure.minima()[0].at;
		let seen = 0;
		grid.forEach((t, k) => {
			const straight = closure.potential(at.map((e, i) => e + (t - entropic.at.soft) * r[i]));
			if (!Number.isFinite(straight)) return;
			seen++;
			expect(entropic.soft[k]).toBeLessThanOrEqual(straight - closure.minima()[0].value + 1e-9);
		});
		expect(seen).toBeGreaterThan(10);
	});

	it('reaches as far as the cube does, and no further', () => {
		const { entropic } = find(3);
		const rbm = machine(3);
		const frame = reciprocalFrame(rbm);
		const unit = new Float64Array(9);
		unit[frame.r] = 1;
		const reach = modesToUnits(frame, unit).reduce((sum, e) => sum + Math.abs(e) / 2, 0);
		grid.forEach((t, k) => {
			if (Math.abs(t) > reach + 1e-9) expect(entropic.soft[k]).toBeNaN();
			if (Math.abs(t) < reach - 0.06) expect(Number.isFinite(entropic.soft[k])).toBe(true);
		});
	});

	it('gives laws whose variances are those of the curves that are drawn', () => {
		for (const lambda of [1, 3, 5]) {
			const { vertices, lifted } = closureSections(job(lambda));
			expect(varianceOf(vertices.soft)).toBeCloseTo(vertices.variance.soft + 0.02, 6);
			expect(varianceOf(vertices.stiff)).toBeCloseTo(vertices.variance.stiff + 0.02, 6);
			expect(vertices.variance.soft).toBeCloseTo(softVariance(machine(lambda), 1), 12);
			// wider than the grid where the lift contracts the stiff mode most
			if (lifted.variance.stiff < 0.5) expect(varianceOf(lifted.stiff)).toBeCloseTo(lifted.variance.stiff, 4);
			expect(varianceOf(lifted.soft)).toBeCloseTo(lifted.variance.soft, 4);
			const g = Math.min(0.25, 0.9 / lambda) * lambda;
			const sigma2 = g / lambda;
			// liftVariances' stretch undone: (1+g)²·Var + σ²(1+g), over (1+g)²
			expect(lifted.variance.soft).toBeCloseTo(vertices.variance.soft + sigma2 / (1 + g), 10);
		}
	});

	it('refuses machines too large to sum', () => {
		expect(() => closureSections({ ...job(1), rbm: machine(1, 10, 8) })).toThrow(RangeError);
	});
});

describe('softVariances', () => {
	it('is exact, and 1/(4−βλ) for the closures without memory of the bulk', () => {
		const lambdas = [0.5, 2, 3.5, 4.5];
		const curves = softVariances({ rbms: lambdas.map((l) => machine(l)), beta: 1 });
		lambdas.slice(0, 3).forEach((l, k) => {
			expect(curves.gaussian[k]).toBeCloseTo(1 / (4 - l), 8);
			expect(curves.entropic[k]).toBeCloseTo(1 / (4 - l), 6);
		});
		expect(curves.gaussian[3]).toBeNaN();
		expect(curves.entropic[3]).toBeLessThan(2);
		const rbm = machine(2);
		const frame = reciprocalFrame(rbm);
		const p = jointDistribution(rbm, 1);
		const w = Float64Array.from(p, (_, s) => unitsToModes(frame, bitsOf(s, 9))[frame.r]);
		const mean = p.reduce((sum, e, s) => sum + e * w[s], 0);
		const variance = p.reduce((sum, e, s) => sum + e * (w[s] - mean) ** 2, 0);
		expect(curves.exact[1]).toBeCloseTo(variance, 12);
		expect(landauExpansion(rbm, 1).quadratic).toBeCloseTo(1 / curves.gaussian[1], 8);
	});
});

describe('naiveLift', () => {
	it('is off by much where the lift is exact, and less so the narrower the smear', () => {
		const rbm = rbmOf({
			N: 4,
			M: 3,
			singularValues: [2.5, 1.2],
			rest: 0.6,
			bias: 'uniform',
			biasScale: 1,
			seed: 4
		});
		const answer = naiveLift({ rbm, beta: 1, sigma2s: Float64Array.of(0.001, 0.01, 0.1, 0.35), at: 0.1 });
		answer.lifted.forEach((tv) => expect(tv).toBeLessThan(1e-13));
		answer.naive.slice(1).forEach((tv, k) => expect(tv).toBeGreaterThan(answer.naive[k]));
		expect(answer.naive[0]).toBeLessThan(0.002);
		expect(answer.naive[3]).toBeGreaterThan(0.5);
		expect(answer.naiveAt).toBe(answer.naive[2]);
		expect(answer.exact.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
	});
});

describe('projectionDistances', () => {
	it('answers each direction with its bound', () => {
		const one = Float64Array.of(1, 0);
		const both = Float64Array.of(Math.SQRT1_2, Math.SQRT1_2);
		const { distance, error } = projectionDistances({ directions: [one, both], spacing: 2 ** -12 });
		expect(distance[0]).toBeCloseTo(0.3413447, 6);
		expect(distance[1]).toBeCloseTo(0.25, 3);
		expect(Math.max(...error)).toBeLessThan(2e-4);
	});
});
