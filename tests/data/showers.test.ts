// Shower data: the check table and the laws of the parametrisation, and images that follow from them.
import { describe, expect, it } from 'vitest';
import { gammaBelow, lnGamma } from '../../src/lib/data/gammaLaw';
import {
	criticalEnergy,
	longitudinalLaw,
	radialBelow,
	radialLaw,
	showerTau,
	spotCount,
	TUNGSTEN
} from '../../src/lib/data/showerLaw';
import {
	cellShares,
	DEPTH,
	drawShower,
	energyBin,
	longitudinalDraw,
	poisson,
	RADIUS,
	showers,
	type ShowersRecipe
} from '../../src/lib/data/showers';
import { unpack } from '../../src/lib/data/unpack';
import { normals, uniforms } from '../../src/lib/random/draw';
import { foldIn, keyFromSeed } from '../../src/lib/random/key';
import { binOf, showerProfiles } from '../../src/lib/theory/showerProfiles';

const recipe: ShowersRecipe = {
	kind: 'showers',
	layers: 12,
	radial: 12,
	energyBits: 4,
	threshold: 10,
	samples: 500
};
const key = keyFromSeed(7);

describe('the gamma law', () => {
	it('has known values', () => {
		expect(lnGamma(5)).toBeCloseTo(Math.log(24), 12);
		expect(lnGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 12);
		// shape 1 is exponential, shape 3 is 1 − e^{−x}(1 + x + x²/2)
		for (const x of [0.01, 0.5, 2, 7, 30]) {
			expect(gammaBelow(1, x)).toBeCloseTo(1 - Math.exp(-x), 13);
			expect(gammaBelow(3, x)).toBeCloseTo(1 - Math.exp(-x) * (1 + x + (x * x) / 2), 13);
		}
		expect(gammaBelow(2.5, 0)).toBe(0);
		expect(gammaBelow(2.5, 1000)).toBe(1);
		expect(() => gammaBelow(0, 1)).toThrow(RangeError);
	});
});

describe('the parametrisation', () => {
	it.each([
		[1, 4.02, 3.17],
		[10, 6.32, 4.29],
		[100, 8.62, 5.42]
	])('in tungsten at %f GeV has T = %f and α = %f', (energy, T, alpha) => {
		const law = longitudinalLaw(energy, TUNGSTEN);
		expect(Math.exp(law.meanLnT)).toBeCloseTo(T, 1.9);
		expect(Math.exp(law.meanLnAlpha)).toBeCloseTo(alpha, 1.9);
	});

	it('has the critical energy and spots of tungsten', () => {
		expect(criticalEnergy(TUNGSTEN)).toBeCloseTo(2.66 * ((6.76 * 74) / 183.84) ** 1.1, 12);
		expect(spotCount(1, TUNGSTEN)).toBeCloseTo(93 * Math.log(74), 10);
	});

	// 20 000 draws: means, spreads and the correlation within six of their standard errors (σ/√n, σ/√2n, (1−ρ²)/√n).
	it('draws ln T and ln α with their means, spreads and correlation', () => {
		const law = longitudinalLaw(30, TUNGSTEN);
		const n = 20_000;
		const g = normals(2 * n, key);
		const drawn = Array.from({ length: n }, (_, i) => {
			const { T, alpha } = longitudinalDraw(law, g[2 * i], g[2 * i + 1]);
			return [
				(Math.log(T) - law.meanLnT) / law.sigmaLnT,
				(Math.log(alpha) - law.meanLnAlpha) / law.sigmaLnAlpha
			];
		});
		const mean = (f: (d: number[]) => number) => drawn.reduce((s, d) => s + f(d), 0) / n;
		for (const k of [0, 1]) {
			expect(Math.abs(mean((d) => d[k]))).toBeLessThan(6 / Math.sqrt(n));
			expect(Math.abs(mean((d) => d[k] ** 2) - 1)).toBeLessThan(6 * Math.sqrt(2 / n));
		}
		const rho = mean((d) => d[0] * d[1]);
		expect(Math.abs(rho - law.correlation)).toBeLessThan(6 * Math.sqrt((1 + law.correlation ** 2) / n));
	});

	it.each([0.3, 1, 2])('has a radial density that integrates to its cumulative law at τ = %f', (tau) => {
		const law = radialLaw(20, tau, TUNGSTEN);
		const { core, tail, share } = law;
		expect(share).toBeGreaterThan(0);
		expect(share).toBeLessThanOrEqual(1);
		const density = (r: number) =>
			(share * 2 * r * core ** 2) / (r * r + core ** 2) ** 2 +
			((1 - share) * 2 * r * tail ** 2) / (r * r + tail ** 2) ** 2;
		// Simpson's rule on a grid fine against the core
		const n = 4000;
		const h = 1.5 / n;
		let sum = density(0) + density(1.5);
		for (let i = 1; i < n; i++) sum += (i % 2 ? 4 : 2) * density(i * h);
		expect((sum * h) / 3).toBeCloseTo(radialBelow(law, 1.5), 6);
		expect(radialBelow(law, 0)).toBe(0);
		expect(radialBelow(law, 1e6)).toBeCloseTo(1, 9);
	});

	it('draws radii r = R√(ξ/(1−ξ)) of that law: the quantile is the cumulative law’s inverse', () => {
		const law = { core: 0.05, tail: 0.6, share: 1 };
		for (const xi of [0.1, 0.5, 0.9])
			expect(radialBelow(law, 0.05 * Math.sqrt(xi / (1 - xi)))).toBeCloseTo(xi, 12);
	});

	it('shares out what lies within its depth and radius, and no more', () => {
		const law = longitudinalLaw(10, TUNGSTEN);
		const [T, alpha] = [Math.exp(law.meanLnT), Math.exp(law.meanLnAlpha)];
		const total = (layers: number, radial: number) =>
			cellShares({ layers, radial }, 10, law, T, alpha).reduce((a, b) => a + b, 0);
		const inDepth = gammaBelow(alpha, ((alpha - 1) / T) * DEPTH);
		expect(total(12, 12)).toBeLessThan(inDepth);
		expect(total(12, 12)).toBeGreaterThan(0.85 * inDepth);
		// rings only divide what a layer has within the radius
		expect(total(12, 1)).toBeCloseTo(total(12, 12), 12);
		expect(showerTau(T, T, alpha, law.meanLnAlpha)).toBeCloseTo(1, 12);
		expect(RADIUS).toBe(2);
	});

	// 40 000 draws a mean: the average within six standard errors √(μ/n), the variance within six of √((μ+2μ²)/n).
	it.each([0.4, 7, 29, 80])('draws Poisson numbers of mean %f', (mu) => {
		const n = 40_000;
		const u = uniforms(2 * n, foldIn(key, Math.round(mu * 10)));
		const drawn = Array.from({ length: n }, (_, i) => poisson(mu, u[2 * i], u[2 * i + 1]));
		const mean = drawn.reduce((a, b) => a + b, 0) / n;
		const variance = drawn.reduce((a, b) => a + (b - mean) ** 2, 0) / (n - 1);
		expect(Math.abs(mean - mu)).toBeLessThan(6 * Math.sqrt(mu / n));
		// rounding a Gaussian adds 1/12
		const extra = mu >= 30 ? 1 / 12 : 0;
		expect(Math.abs(variance - mu - extra)).toBeLessThan(6 * Math.sqrt((mu + 2 * mu * mu) / n));
	});
});

describe('shower images', () => {
	const data = showers(recipe, 3);
	const all = (rows: typeof data.train) =>
		unpack(
			rows,
			Array.from({ length: rows.count }, (_, i) => i)
		);

	it('have the shape that the recipe says', () => {
		expect(data).toMatchObject({ units: 156, rows: 13, cols: 12, complete: false });
		expect(data.train.count).toBe(500);
		expect(data.heldOut!.count).toBe(100);
		expect(showers({ ...recipe, energyBits: 0, samples: 64 }, 3)).toMatchObject({ units: 144, rows: 12 });
		expect(() => showers({ ...recipe, energyBits: 13 }, 3)).toThrow(/room/);
	});

	it('are the same again for a seed, and others for another', () => {
		expect(showers(recipe, 3).train.bytes).toEqual(data.train.bytes);
		expect(showers(recipe, 4).train.bytes).not.toEqual(data.train.bytes);
	});

	it('hold the energy in one of four bins, three pixels each', () => {
		const bits = all(data.train);
		const seen = new Float64Array(4);
		for (let row = 0; row < 500; row++) {
			const last = [...bits.subarray(row * 156 + 144, (row + 1) * 156)];
			const bin = binOf(bits, row, recipe);
			expect(last).toEqual(Array.from({ length: 12 }, (_, c) => (Math.floor(c / 3) === bin ? 1 : 0)));
			seen[bin]++;
		}
		// uniform in ln E: each bin within six binomial deviations of a quarter
		for (const n of seen) expect(Math.abs(n - 125)).toBeLessThan(6 * Math.sqrt(500 * 0.1875));
		expect([1, 3.1, 3.2, 50, 100].map((e) => energyBin(e, 4))).toEqual([0, 0, 1, 3, 3]);
	});

	it('deposit the share of the energy that the laws give, on average', () => {
		// 3000 showers of all energies; a cell's mean share of E within six standard errors of the measured spread
		const [n, cells] = [3000, 16];
		const shape = { layers: 4, radial: 4 };
		const sum = new Float64Array(cells);
		const square = new Float64Array(cells);
		const expected = new Float64Array(cells);
		for (let i = 0; i < n; i++) {
			const { energy, cells: got } = drawShower(shape, foldIn(key, i));
			const law = longitudinalLaw(energy, TUNGSTEN);
			// the same draws of T and α, as the generator takes them
			const u = uniforms(3, foldIn(key, i));
			const radius = Math.sqrt(-2 * Math.log(u[1]));
			const angle = 2 * Math.PI * u[2];
			const { T, alpha } = longitudinalDraw(law, radius * Math.cos(angle), radius * Math.sin(angle));
			if (alpha <= 1) continue;
			const shares = cellShares(shape, energy, law, T, alpha);
			for (let c = 0; c < cells; c++) {
				const difference = got[c] / (1000 * energy) - shares[c];
				sum[c] += difference / n;
				square[c] += difference ** 2 / n;
				expected[c] += shares[c] / n;
			}
		}
		for (let c = 0; c < cells; c++)
			expect(Math.abs(sum[c])).toBeLessThan(6 * Math.sqrt(square[c] / n) + 1e-12);
		expect(expected.reduce((a, b) => a + b, 0)).toBeGreaterThan(0.85);
	});

	it('have profiles that fall outwards, and peak deeper at higher energy', () => {
		const bits = all(data.train);
		const { layer, radial, hits } = showerProfiles(bits, recipe);
		expect(layer.images).toBe(500);
		expect(radial.mean[0]).toBeGreaterThan(radial.mean[3]);
		expect(radial.mean[3]).toBeGreaterThan(radial.mean[11]);
		expect(layer.mean.reduce((a, b) => a + b, 0) / 12).toBeCloseTo(
			radial.mean.reduce((a, b) => a + b, 0) / 12,
			12
		);
		const low = showerProfiles(bits, recipe, 0);
		const high = showerProfiles(bits, recipe, 3);
		expect(low.layer.images + high.layer.images).toBeLessThan(500);
		const depth = ({ mean }: { mean: Float64Array }) =>
			mean.reduce((s, m, k) => s + m * k, 0) / mean.reduce((a, b) => a + b, 0);
		expect(depth(high.layer)).toBeGreaterThan(depth(low.layer) + 0.5);
		expect(hits.mean.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
		// neither all on nor all off: there is something to learn
		const on = radial.mean.reduce((a, b) => a + b, 0) / 12;
		expect(on).toBeGreaterThan(0.15);
		expect(on).toBeLessThan(0.7);
	});

	it('profiles carry the standard error of the images', () => {
		const shape = { layers: 2, radial: 2, energyBits: 0 };
		const { layer } = showerProfiles([1, 1, 0, 0, 1, 0, 0, 0], shape);
		expect([...layer.mean]).toEqual([0.75, 0]);
		expect([...layer.error]).toEqual([0.25, 0]);
		expect(() => showerProfiles([1, 0, 1], shape)).toThrow(RangeError);
	});
});
