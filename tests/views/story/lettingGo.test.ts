// The numbers of chapter 3: quadrature against closed forms, vertices against theory/, directions that keep their length.
import { describe, expect, it } from 'vitest';
import {
	laplacianOf,
	observables,
	pointMean,
	smearedMean,
	valueOf
} from '../../../src/lib/views/story/fourPoints';
import {
	barsOf,
	BINS,
	direction,
	evenDirection,
	firstClose,
	REACH,
	squareOnAxis,
	unitDirection
} from '../../../src/lib/views/story/projections';
import { smearedLine, smearedPlane, spreadOf, vertexCloud } from '../../../src/lib/views/story/vertexCloud';
import { rbmOf } from '../../../src/lib/views/machineRbm';
import { gaussianDistance, projectionLaw } from '../../../src/lib/theory/projectionLaw';

const points = [-1.2, 0.4, 0.9, 1.1, 0.3, -0.8, -0.5, -1.4];

describe('four points', () => {
	it.each(observables)('have an average that is the integral over their δs, %s', (o) => {
		expect(smearedMean(o, points, 0)).toBe(pointMean(o, points));
		expect(pointMean(o, points)).toBeCloseTo(
			(valueOf(o, -1.2, 0.4) + valueOf(o, 0.9, 1.1) + valueOf(o, 0.3, -0.8) + valueOf(o, -0.5, -1.4)) / 4,
			14
		);
	});

	it.each(observables)('gain ½σ²∇²O when smeared, %s', (o) => {
		for (const sigma of [0.05, 0.3, 0.8])
			expect(smearedMean(o, points, sigma)).toBeCloseTo(
				pointMean(o, points) + 0.5 * sigma * sigma * laplacianOf(o),
				11
			);
	});
});

describe('the vertices of a small machine', () => {
	const cloud = vertexCloud(
		rbmOf({ N: 4, M: 3, singularValues: [2, 1], rest: 0.5, bias: 'balanced', biasScale: 0, seed: 5 })
	);
	it('have variance ¼ along every mode', () => {
		expect(spreadOf(cloud.soft)).toBeCloseTo(0.25, 12);
		expect(spreadOf(cloud.stiff)).toBeCloseTo(0.25, 12);
	});

	it('smear to a density of mass one and variance ¼ + σ²', () => {
		const grid = Float64Array.from({ length: 601 }, (_, k) => -3 + 0.01 * k);
		for (const sigma of [0.05, 0.3]) {
			const rho = smearedLine(cloud.soft, sigma, grid);
			expect(0.01 * rho.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 8);
			expect(0.01 * rho.reduce((a, b, k) => a + b * grid[k] ** 2, 0)).toBeCloseTo(0.25 + sigma ** 2, 6);
		}
		const [cols, rows] = [120, 80];
		const plane = smearedPlane(cloud, 0.2, 3, 2.5, cols, rows);
		const cell = (6 / cols) * (5 / rows);
		expect(cell * plane.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
	});
});

describe('directions', () => {
	it('are unit vectors, from spread out to one unit', () => {
		for (const N of [2, 7, 64])
			for (const lean of [0, 0.3, 1]) expect(Math.hypot(...direction(N, 3, lean))).toBeCloseTo(1, 12);
		expect(Math.abs(direction(16, 3, 1)[0])).toBeCloseTo(1, 12);
		expect(Math.hypot(...evenDirection(9))).toBeCloseTo(1, 12);
		expect(gaussianDistance(projectionLaw(unitDirection(64))).distance).toBeCloseTo(0.3413447, 6);
	});

	it('look Gaussian from some size on, and not before', () => {
		const N = firstClose([2, 4, 8, 16, 32, 64], 1) as number;
		const at = (n: number) => gaussianDistance(projectionLaw(direction(n, 1))).distance;
		expect(at(N)).toBeLessThan(0.01);
		expect(at(N / 2)).toBeGreaterThan(0.01);
	});

	it('give bars of mass one beside the Gaussian', () => {
		const { law, gauss } = barsOf(direction(64, 1));
		const width = (2 * REACH) / BINS;
		expect(width * law.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
		law.forEach((p, k) => expect(Math.abs(p - gauss[k])).toBeLessThan(0.03));
	});
});

describe('the square on an axis', () => {
	it('has variance ¼ whichever way the axis points', () => {
		for (let a = 0; a < 3.2; a += 0.1) expect(squareOnAxis(a).variance).toBeCloseTo(0.25, 14);
	});
});
