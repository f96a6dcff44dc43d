// The story's line in time: terms against theory's own evolution, the harmonic well against Hermite functions, the
// distance of sampled bins against drawing them, and particles against the density.
import { describe, expect, it } from 'vitest';
import { uniforms } from '../../../src/lib/random/draw';
import { keyFromSeed } from '../../../src/lib/random/key';
import { lineModes } from '../../../src/lib/session/theoryJobLine';
import { langevinParticles } from '../../../src/lib/session/theoryJobParticles';
import { planeFrames } from '../../../src/lib/session/theoryJobPlane';
import { fokkerPlanckGenerator, nodes, spacing } from '../../../src/lib/theory/fokkerPlanck';
import { evolveByModes } from '../../../src/lib/theory/fokkerPlanckModes';
import { hermiteFunctions } from '../../../src/lib/theory/hermite';
import { oscillatorTransient } from '../../../src/lib/theory/oscillators';
import {
	drawnHeight,
	drawPositions,
	HEIGHTS,
	heightAt,
	startProbabilities
} from '../../../src/lib/views/story/lineStart';
import {
	binned,
	binParticles,
	equalBins,
	firstHalved,
	lineTerms,
	sampledDistance,
	sumTerms,
	termSizes,
	totalVariation
} from '../../../src/lib/views/story/lineTerms';
import { PLANE_AXES, planeGenerator, planeStart, planeTables } from '../../../src/lib/views/story/planeWell';
import { wellAxis, wellShape, type Well, type WellName } from '../../../src/lib/views/story/softWell';

function solved(name: WellName, lambda: number, beta = 1, units = 8) {
	const well: Well = { name, lambda, beta, units };
	const shape = wellShape(well);
	const axis = wellAxis(well);
	const generator = fokkerPlanckGenerator([axis], shape.value, 1 / beta);
	const { modes, error } = lineModes({ axis, potential: generator.potential, diffusion: 1 / beta });
	return { well, shape, axis, generator, modes, error };
}

describe('the density on the line', () => {
	const harmonic = solved('gaussian', 2, 1.25);

	it('has Γₙ = nDκ and Hermite functions in the harmonic well, within the error it states', () => {
		const { axis, generator, modes, error } = harmonic;
		const kappa = 4 - 1.25 * 2;
		const rate = kappa / 1.25;
		expect(Math.abs(modes.rates[1] - rate)).toBeLessThan(2 * error + 1e-9);
		expect(error / rate).toBeLessThan(0.002);
		const h = spacing(axis);
		for (let n = 1; n < 6; n++) {
			expect(modes.rates[n] / (n * rate)).toBeCloseTo(1, 2);
			let overlap = 0;
			nodes(axis).forEach((w, i) => {
				overlap += modes.functions[n][i] * Math.sqrt(h) * hermiteFunctions(w, kappa / 2, n + 1)[n];
			});
			expect(Math.abs(overlap)).toBeGreaterThan(0.9999);
		}
		expect(generator.size).toBe(modes.rates.length);
	});

	it('is the sum of all its terms, as theory evolves it, and starts as it should', () => {
		for (const { generator, modes } of [harmonic, solved('exact', 5), solved('entropic', 4.5)]) {
			for (const kind of ['point', 'bump', 'two', 'drawn'] as const) {
				const drawn = Array.from({ length: HEIGHTS }, (_, k) => (k > 8 ? 1 : 0.2));
				const p = startProbabilities(generator, { kind, at: 1.1, drawn });
				const terms = lineTerms(generator, modes, p);
				expect(totalVariation(sumTerms(terms, 0), p)).toBeLessThan(1e-6);
				const [mine, theirs] = [sumTerms(terms, 0.3), evolveByModes(generator, modes, p, 0.3)];
				expect(totalVariation(mine, theirs)).toBeLessThan(1e-10);
				expect(mine.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
				expect(Math.min(...mine)).toBeGreaterThan(-1e-9);
				expect(termSizes(terms, 0.3, 3)[1]).toBeCloseTo(
					Math.abs(terms.coefficients[1]) * Math.exp(-0.3 * modes.rates[1]),
					12
				);
			}
		}
	});

	it('spreads from a point as an Ornstein–Uhlenbeck process does', () => {
		const { axis, generator, modes } = harmonic;
		const p = startProbabilities(generator, { kind: 'point', at: 1.5, drawn: [] });
		const start = nodes(axis)[p.indexOf(1)];
		const at = sumTerms(lineTerms(generator, modes, p), 0.4);
		const exact = oscillatorTransient(1.5, 1 / 1.25, start, 0.4);
		const mean = nodes(axis).reduce((s, w, i) => s + w * at[i], 0);
		const square = nodes(axis).reduce((s, w, i) => s + w * w * at[i], 0);
		// the grid shifts Γ by its stated error, and so the mean by t times that; three of them
		expect(Math.abs(mean - exact.mean)).toBeLessThan(3 * 0.4 * harmonic.error * exact.mean);
		expect(square - mean * mean).toBeCloseTo(exact.variance, 2);
	});

	it('says which term is halved first: the fastest that the start holds', () => {
		const { generator, modes } = harmonic;
		const even = lineTerms(
			generator,
			modes,
			startProbabilities(generator, { kind: 'two', at: 1, drawn: [] })
		);
		expect(firstHalved(even, 5)).toBe(4);
		const off = lineTerms(
			generator,
			modes,
			startProbabilities(generator, { kind: 'bump', at: 1, drawn: [] })
		);
		expect(firstHalved(off, 5)).toBe(5);
	});

	it('reads a drawn start at its heights and between them', () => {
		const drawn = Array.from({ length: HEIGHTS }, (_, k) => k / (HEIGHTS - 1));
		expect(drawnHeight(drawn, heightAt(4))).toBeCloseTo(drawn[4], 12);
		expect(drawnHeight(drawn, 1.3)).toBeCloseTo((1.3 + 4) / 8, 12);
		expect(drawnHeight(drawn, 4.1)).toBe(0);
	});
});

describe('the distance from bins', () => {
	const { generator } = solved('exact', 2);
	const count = 16;
	const bins = equalBins(generator.stationary, count);
	const law = binned(generator.stationary, bins, count);

	it('has bins that are about equally likely', () => {
		expect(law.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
		law.forEach((p) => expect(Math.abs(p - 1 / count)).toBeLessThan(0.03));
	});

	it('predicts mean and spread of the sampled distance', () => {
		// 400 repetitions of 500 draws: the mean has a standard error of sd/20; six of them: false alarm 2e-9
		for (const kind of ['bump', 'law'] as const) {
			const p =
				kind === 'law'
					? generator.stationary
					: startProbabilities(generator, { kind: 'bump', at: 0.5, drawn: [] });
			const shares = binned(p, bins, count);
			const found = Array.from({ length: 400 }, (_, r) => {
				const x = drawPositions(generator, p, uniforms(500, keyFromSeed(r)));
				const hits = binParticles(x, generator.axes[0], bins, count);
				return totalVariation(
					hits.map((e) => e / 500),
					law
				);
			});
			const mean = found.reduce((a, b) => a + b, 0) / 400;
			const sd = Math.sqrt(found.reduce((a, b) => a + (b - mean) ** 2, 0) / 399);
			const expected = sampledDistance(shares, law, 500);
			// a standard deviation from 400 values is good to 3.5 %; six of them
			expect(Math.abs(mean - expected.mean)).toBeLessThan((6 * sd) / 20 + 1e-3);
			expect(sd / expected.sd).toBeGreaterThan(0.79);
			expect(sd / expected.sd).toBeLessThan(1.21);
		}
	});
});

describe('particles', () => {
	it('follow the density on the line', () => {
		const { axis, shape, generator, modes } = solved('exact', 4.5);
		const p = startProbabilities(generator, { kind: 'bump', at: 1.5, drawn: [] });
		const n = 4000;
		const frames = langevinParticles({
			axes: [axis],
			forces: [nodes(axis).map((w) => -shape.slope(w))],
			diffusion: 1,
			start: drawPositions(generator, p, uniforms(n, keyFromSeed(3))),
			span: 0.25,
			frames: 4,
			dt: 0.005,
			seed: 4
		});
		const bins = equalBins(generator.stationary, 16);
		const law = binned(generator.stationary, bins, 16);
		const terms = lineTerms(generator, modes, p);
		for (let f = 1; f <= 4; f++) {
			const hits = binParticles(frames.subarray(f * n, (f + 1) * n), axis, bins, 16).map((e) => e / n);
			const expected = sampledDistance(binned(sumTerms(terms, 0.25 * f), bins, 16), law, n);
			// six standard deviations (false alarm 2e-9 a frame), and 0.01 for the bias of the time step
			expect(Math.abs(totalVariation(hits, law) - expected.mean)).toBeLessThan(6 * expected.sd + 0.01);
		}
	});

	it('stay inside the walls of the entropic well', () => {
		const { axis, shape, generator } = solved('entropic', 5);
		const x = langevinParticles({
			axes: [axis],
			forces: [nodes(axis).map((w) => (Number.isFinite(shape.slope(w)) ? -shape.slope(w) : NaN))],
			diffusion: 1,
			start: new Float64Array(200).fill(1.9),
			wall: shape.wall,
			span: 0.2,
			frames: 3,
			dt: 0.01,
			seed: 1
		});
		expect(x.every((e) => Math.abs(e) <= generator.axes[0].max)).toBe(true);
		expect(new Set(x.subarray(600)).size).toBeGreaterThan(150);
	});

	it('and density relax together in the plane, at the rate of theory’s table', () => {
		const plane = { closure: 'smoothed', lambda: 1, beta: 1 } as const;
		const { potential, forces } = planeTables(plane);
		const start = planeStart(0.8, 1.6);
		const { density, rate } = planeFrames({
			axes: PLANE_AXES,
			potential,
			diffusion: 1,
			start,
			span: 0.25,
			frames: 4,
			substeps: 2
		});
		// theory section 10: W = 1, σ² = ¼: 1.203 on the finest grid, good to 1 %
		expect(Math.abs(rate / 1.203 - 1)).toBeLessThan(0.015);
		const { stationary } = planeGenerator(plane, potential);
		const size = stationary.length;
		const meanOf = (f: number) => {
			let w = 0;
			for (let k = 0; k < size; k++) w += density[f * size + k] * 0.01 * (-3.6 + 0.1 * Math.floor(k / 49));
			return w;
		};
		const n = 3000;
		const z = langevinParticles({
			axes: PLANE_AXES,
			forces,
			diffusion: 1,
			start: Float64Array.from({ length: 2 * n }, (_, k) => (k < n ? 0.8 : 1.6)),
			span: 0.25,
			frames: 4,
			dt: 0.01,
			seed: 9
		});
		for (const f of [1, 4]) {
			const w = z.subarray(f * 2 * n + n, (f + 1) * 2 * n);
			const mean = w.reduce((a, b) => a + b, 0) / n;
			// the spread of w is below 1.2: six standard errors, and 0.02 for grid and time step
			expect(Math.abs(mean - meanOf(f))).toBeLessThan((6 * 1.2) / Math.sqrt(n) + 0.02);
		}
	});
});
