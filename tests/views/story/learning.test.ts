// Chapter 9: the numbers behind its figures against closed forms, and its claim that modes cross 4/β one after the other,
// by learning with the exact gradient.
import { describe, expect, it } from 'vitest';
import { barsAndStripes } from '../../../src/lib/data/barsAndStripes';
import { bulkSingularValues } from '../../../src/lib/session/theoryJobBulk';
import { logLikelihoodGradient } from '../../../src/lib/theory/enumerate';
import { thinSvd } from '../../../src/lib/theory/linalg';
import { makeRbm } from '../../../src/lib/theory/rbm';
import { binderCumulant, bulkLaw, histogram } from '../../../src/lib/views/story/bulk';
import { gaussians } from '../../theory/randomRbm';

/** Singular values of several matrices in one row. */
const pooled = (N: number, M: number, scale: number, seed: number, matrices: number) =>
	Array.from({ length: matrices }, (_, index) => [
		...bulkSingularValues({ N, M, scale, seed, index })
	]).flat();

describe('the bulk', () => {
	it('a histogram is a density: its cells sum to the share of values inside', () => {
		const values = [0.1, 0.2, 0.6, 0.9, 1, 2];
		const { density, width, x } = histogram(values, 0, 1, 2);
		expect([...x]).toEqual([0.25, 0.75]);
		expect([...density].map((d) => d * width)).toEqual([2 / 6, 3 / 6]);
	});

	it('the law integrates to 1 between its edges', () => {
		const { x, y } = bulkLaw(200, 120, 0.1, 4001);
		let sum = 0;
		for (let k = 1; k < x.length; k++) sum += ((y[k] + y[k - 1]) / 2) * (x[k] - x[k - 1]);
		expect(sum).toBeCloseTo(1, 4);
	});

	it('random matrices have its second moment, N·M·s² a matrix, within six standard errors', () => {
		const [N, M, scale, matrices] = [60, 40, 0.1, 20];
		const values = pooled(N, M, scale, 3, matrices);
		const sum = values.reduce((a, l) => a + l * l, 0);
		// A sum of N·M·matrices squares of normals: relative error √(2/count), six of them fail with 2e-9.
		const count = N * M * matrices;
		expect(Math.abs(sum / (count * scale ** 2) - 1)).toBeLessThan(6 * Math.sqrt(2 / count));
	});

	it('and lie within its edges but for finite size', () => {
		const values = pooled(200, 120, 0.1, 4, 2);
		const { lower, upper } = bulkLaw(200, 120, 0.1);
		const outside = values.filter((l) => l < 0.95 * lower || l > 1.05 * upper).length;
		expect(outside / values.length).toBeLessThan(0.01);
	});
});

describe('Binder’s cumulant', () => {
	it('is ⅔ for two places and 0.4 for a uniform law', () => {
		expect(binderCumulant([-1, 1, -1, 1, 1, -1]).value).toBeCloseTo(2 / 3, 12);
		const even = Float64Array.from({ length: 2001 }, (_, k) => k / 1000 - 1);
		expect(binderCumulant(even).value).toBeCloseTo(0.4, 3);
	});

	it('is 0 within six of its errors for a Gaussian', () => {
		const { value, error } = binderCumulant(gaussians(5, 2000));
		expect(Math.abs(value)).toBeLessThan(6 * error);
		expect(error).toBeLessThan(0.1);
	});
});

describe('learning by the exact gradient, 3×3 bars and stripes, 6 hidden units', () => {
	it('lifts the singular values through 4/β one after the other', () => {
		const rows = barsAndStripes({ kind: 'bars-and-stripes', side: 3 }).train;
		const [N, M] = [9, 6];
		let rbm = makeRbm({
			N,
			M,
			weights: gaussians(2, N * M).map((g) => 0.05 * g),
			visibleBias: new Float64Array(N),
			hiddenBias: new Float64Array(M)
		});
		const crossing: (number | null)[] = new Array<number | null>(M).fill(null);
		for (let step = 1; step <= 3000; step++) {
			const gradient = logLikelihoodGradient(rbm, 1, rows);
			const up = (x: Float64Array, d: ArrayLike<number>) => x.map((v, k) => v + 0.2 * d[k]);
			rbm = makeRbm({
				N,
				M,
				weights: up(rbm.weights, gradient.weights),
				visibleBias: up(rbm.visibleBias, gradient.visibleBias),
				hiddenBias: up(rbm.hiddenBias, gradient.hiddenBias)
			});
			if (step % 10) continue;
			thinSvd(N, M, rbm.weights).singularValues.forEach((l, k) => {
				if (l > 4) crossing[k] ??= step;
			});
		}
		const crossed = crossing.filter((s) => s !== null);
		expect(crossed.length).toBeGreaterThanOrEqual(3);
		// Apart in time: the spread of the crossings is longer than the wait for the first.
		expect(crossed[crossed.length - 1] - crossed[0]).toBeGreaterThan(crossed[0] / 4);
		expect(new Set(crossed).size).toBeGreaterThan(1);
	});
});
