// The search for minima and Landau's expansion: all wells of small machines, symmetry breaking at βλ = 4, the quartic
// that confines, and the Onsager term in a random bulk.
import { describe, expect, it } from 'vitest';
import { curvatures } from '../../src/lib/theory/closures/closure.ts';
import { entropicClosure } from '../../src/lib/theory/closures/entropic.ts';
import { exactCovariance } from '../../src/lib/theory/closures/exactCovariance.ts';
import {
	landauBarrier,
	landauExpansion,
	landauVariance,
	landauWell
} from '../../src/lib/theory/closures/landau.ts';
import { MeanField } from '../../src/lib/theory/closures/meanField.ts';
import { meanFieldMinima } from '../../src/lib/theory/closures/meanFieldMinima.ts';
import { meanFieldCoupling, plefkaParameter } from '../../src/lib/theory/closures/plefka.ts';
import { startingPoints } from '../../src/lib/theory/closures/starts.ts';
import { tapClosure } from '../../src/lib/theory/closures/tap.ts';
import { liftVariances } from '../../src/lib/theory/lift.ts';
import { makeRbm } from '../../src/lib/theory/rbm.ts';
import { reciprocalFrame } from '../../src/lib/theory/reciprocal.ts';
import { coupledCurvatures } from '../../src/lib/theory/spectra.ts';
import { gaussians, randomBalanced, randomRbm, uniforms } from './randomRbm.ts';
import { gap, spectrumRbm, tableSpectrum } from './spectrumRbm.ts';

/** The displacement of a magnetisation along a shape, from the centre. */
function along(m: Float64Array, shape: Float64Array): number {
	return m.reduce((s, e, k) => s + (e - 0.5) * shape[k], 0);
}

describe('minima', () => {
	it('of random machines: nothing that 300 random starts find is missed', () => {
		for (const onsager of [false, true])
			for (let seed = 1; seed <= 12; seed++) {
				const rbm = seed % 2 ? randomBalanced(seed, 7, 8, 1.6) : randomRbm(seed, 8, 7, 1.8, 0.5);
				const field = new MeanField(rbm, 1, onsager);
				const structured = meanFieldMinima(field, startingPoints(rbm, 1));
				const next = uniforms(seed + 1000);
				const random = Array.from({ length: 300 }, () =>
					Float64Array.from({ length: field.size }, () => next())
				);
				for (const { at, value } of meanFieldMinima(field, random)) {
					const found = structured.some((m) => gap(m.at, at) < 1e-5);
					// shallow side wells with small basins may differ; none of any weight may
					if (value < structured[0].value + 4) expect(found).toBe(true);
				}
			}
	});

	it('come in pairs under the flip of all units when biases are balanced', () => {
		const minima = entropicClosure(spectrumRbm(3, 8, 6, [5.5, 1]), 1).minima();
		expect(minima.length).toBe(2);
		expect(minima[0].value).toBeCloseTo(minima[1].value, 11);
		expect(
			gap(
				minima[0].at,
				minima[1].at.map((m) => 1 - m)
			)
		).toBeLessThan(1e-9);
	});

	it('finds four wells when two modes have softened', () => {
		// two disjoint blocks of `size` units a layer and one coupling, λ = 6 twice: four combinations of signs
		const blocks = (size: number) => {
			const n = 2 * size;
			const weights = Float64Array.from({ length: n * n }, (_, k) =>
				Math.floor(k / n / size) === Math.floor((k % n) / size) ? 6 / size : 0
			);
			return makeRbm({
				N: n,
				M: n,
				weights,
				visibleBias: new Float64Array(n).fill(-3),
				hiddenBias: new Float64Array(n).fill(-3)
			});
		};
		for (const closure of [
			entropicClosure(blocks(3), 1),
			entropicClosure(blocks(10), 1),
			tapClosure(blocks(10), 1)
		]) {
			const minima = closure.minima();
			expect(minima.length).toBe(4);
			expect(minima[3].value - minima[0].value).toBeLessThan(1e-10);
		}
		// in blocks of three the Onsager term stiffens units to 4(1 + 2²·3/16) = 7 > 6: tap sees no broken symmetry
		expect(tapClosure(blocks(3), 1).minima().length).toBe(1);
		expect(curvatures(tapClosure(blocks(3), 1))[0]).toBeCloseTo(1, 12);
	});

	it('is one at and below βλ = 4 and two above, without spurious copies at the critical point', () => {
		for (const [lambda, wells] of [
			[3.9, 1],
			[4, 1],
			[4.05, 2],
			[5, 2]
		])
			expect(entropicClosure(spectrumRbm(5, 9, 7, [lambda, 1]), 1).minima().length).toBe(wells);
	});

	it('sweeps never raise the free energy, with and without the Onsager term', () => {
		for (const onsager of [false, true])
			for (let seed = 1; seed <= 10; seed++) {
				const rbm = randomRbm(seed, 5, 6, 2, 1);
				const field = new MeanField(rbm, 1.4, onsager);
				const next = uniforms(seed);
				let m: Float64Array = Float64Array.from({ length: 11 }, () => next());
				let value = field.potential(m);
				for (let k = 0; k < 20; k++) {
					m = field.sweep(m).m;
					const now = field.potential(m);
					expect(now).toBeLessThanOrEqual(value + 1e-12);
					value = now;
				}
			}
	});

	it('Newton’s step in the log-odds lands on the minimum to second order', () => {
		const rbm = randomRbm(4, 4, 5, 0.6, 0.5);
		for (const onsager of [false, true]) {
			const field = new MeanField(rbm, 1, onsager);
			const [{ at }] = meanFieldMinima(field, startingPoints(rbm, 1));
			const errorAfter = (h: number) => {
				const theta = at.map((m, k) => Math.log(m / (1 - m)) + h * Math.sin(k + 1));
				const m = theta.map((t) => 1 / (1 + Math.exp(-t)));
				const step = field.newtonStep({ m, theta }) as Float64Array;
				return gap(
					theta.map((t, k) => 1 / (1 + Math.exp(-t - step[k]))),
					at
				);
			};
			expect(errorAfter(0.02) / errorAfter(0.01)).toBeGreaterThan(3.3);
			expect(errorAfter(0.01)).toBeLessThan(1e-4);
		}
		// and is refused where the free energy curves down
		const broken = new MeanField(spectrumRbm(5, 4, 4, [6]), 1, false);
		const half = new Float64Array(8).fill(0.5);
		expect(broken.newtonStep({ m: half, theta: new Float64Array(8) })).toBeNull();
	});

	it('holds units pinned at 0 and 1 without dividing by their variance', () => {
		const rbm = { ...randomRbm(9, 3, 3, 0.5, 0.2), visibleBias: Float64Array.of(900, -900, 0.3) };
		for (const closure of [entropicClosure(rbm, 1), tapClosure(rbm, 1)]) {
			const [{ at, value }] = closure.minima();
			expect(at[0]).toBe(1);
			expect(at[1]).toBeLessThan(1e-300);
			expect(Number.isFinite(value)).toBe(true);
			expect(Number.isNaN(curvatures(closure)[0])).toBe(false);
			expect(curvatures(closure)[0]).toBeGreaterThan(0);
		}
	});
});

describe('verdicts', () => {
	it('trust the entropic closure away from criticality and bulk, and say why not', () => {
		expect(entropicClosure(spectrumRbm(1, 40, 40, [1]), 1).validity.valid).toBe(true);
		expect(entropicClosure(spectrumRbm(1, 40, 40, [4.01]), 1).validity).toMatchObject({ valid: false });
		expect(entropicClosure(spectrumRbm(1, 40, 40, [4.01]), 1).validity.reason).toMatch(/criticality/);
		const bulk = entropicClosure(randomBalanced(2, 12, 12, 0.5), 1).validity;
		expect(bulk.valid).toBe(false);
		expect(bulk.reason).toMatch(/tap/);
	});

	it('trust tap while Plefka’s condition holds', () => {
		expect(tapClosure(randomBalanced(2, 12, 12, 0.5), 1).validity.valid).toBe(true);
		const frozen = tapClosure(randomBalanced(2, 12, 12, 1.6), 1);
		// at the centre the bulk breaks the condition; a broken well may restore it
		expect(
			plefkaParameter(randomBalanced(2, 12, 12, 1.6), 1, new Float64Array(24).fill(0.5))
		).toBeGreaterThan(1);
		expect(typeof frozen.validity.valid).toBe('boolean');
		expect(tapClosure(spectrumRbm(1, 40, 40, [4.2]), 1).validity.reason).toMatch(/critical/);
	});

	it('rest on singular values that power iteration gets right', () => {
		const rbm = randomRbm(6, 6, 9, 1, 0.5);
		const half = new Float64Array(15).fill(0.5);
		expect(meanFieldCoupling(rbm, 1.2, half)).toBeCloseTo(
			(1.2 * reciprocalFrame(rbm).singularValues[0]) / 4,
			7
		);
		expect(plefkaParameter(spectrumRbm(1, 3, 3, []), 1, new Float64Array(6).fill(0.5))).toBe(0);
		// one row: the parameter is √Σ(β²W²/16)²
		const row = makeRbm({
			N: 1,
			M: 2,
			weights: Float64Array.of(1, 2),
			visibleBias: new Float64Array(1),
			hiddenBias: new Float64Array(2)
		});
		expect(plefkaParameter(row, 2, new Float64Array(3).fill(0.5))).toBeCloseTo(Math.hypot(4, 16) / 16, 10);
	});
});

describe('Landau', () => {
	it('coefficients are the Taylor series of the entropic closure along the mode', () => {
		for (const biased of [false, true]) {
			const base = spectrumRbm(7, 6, 9, [3, 1.7, 0.4]);
			const rbm = biased ? { ...base, visibleBias: base.visibleBias.map((a, i) => a + 0.1 * (i + 1)) } : base;
			const closure = entropicClosure(rbm, 1.2);
			for (const mode of [0, 2]) {
				const { field, quadratic, quartic, shape } = landauExpansion(rbm, 1.2, mode);
				const u = (w: number) => closure.potential(shape.map((s) => 0.5 + w * s));
				const h = 0.1;
				const even = (n: number) => (u(n * h) + u(-n * h)) / 2 - u(0);
				const odd = (n: number) => (u(n * h) - u(-n * h)) / 2;
				// −field w is all there is of odd order; the even part is ½r w² + q w⁴ + O(w⁶)
				expect(odd(1) / h).toBeCloseTo(-field, 9);
				const fourth = (even(2) - 4 * even(1)) / (12 * h ** 4);
				expect(fourth / quartic).toBeCloseTo(1, 1);
				expect((16 * even(1) - even(2)) / (6 * h * h)).toBeCloseTo(quadratic, 2);
				expect(shape.reduce((s, e) => s + e * e, 0)).toBeCloseTo(1, 12);
			}
			if (!biased) expect(landauExpansion(rbm, 1.2).field).toBeCloseTo(0, 12);
		}
		const rbm = spectrumRbm(7, 6, 9, [3]);
		expect(landauExpansion(rbm, 1.2).quadratic).toBeCloseTo(4 - 3.6, 12);
		expect(() => landauExpansion(rbm, 1, 6)).toThrow(/6 modes/);
		expect(() => landauExpansion(rbm, 1, -1)).toThrow(/modes/);
	});

	it('predicts the broken wells and their barrier as βλ → 4 from above', () => {
		const errors = [0.4, 0.1, 0.025].map((excess) => {
			const rbm = spectrumRbm(8, 16, 12, [4 + excess, 2, 1]);
			const landau = landauExpansion(rbm, 1);
			const closure = entropicClosure(rbm, 1);
			const minima = closure.minima();
			expect(minima.length).toBe(2);
			const position = Math.abs(along(minima[0].at, landau.shape));
			const depth = closure.potential(new Float64Array(28).fill(0.5)) - minima[0].value;
			expect(Math.sign(along(minima[0].at, landau.shape))).toBe(
				-Math.sign(along(minima[1].at, landau.shape))
			);
			return [Math.abs(landauWell(landau) / position - 1), Math.abs(landauBarrier(landau) / depth - 1)];
		});
		// relative errors are of the order of the excess: a quarter of it each time
		for (const kind of [0, 1])
			for (const step of [0, 1]) {
				expect(errors[step][kind] / errors[step + 1][kind]).toBeGreaterThan(3);
				expect(errors[step][kind] / errors[step + 1][kind]).toBeLessThan(5.5);
			}
		expect(errors[2][0]).toBeLessThan(0.01);
		expect(errors[2][1]).toBeLessThan(0.02);
	});

	it('has no wells and no barrier up to the threshold', () => {
		const below = landauExpansion(spectrumRbm(8, 6, 5, [3.9]), 1);
		expect(landauWell(below)).toBe(0);
		expect(landauBarrier(below)).toBe(0);
		const above = landauExpansion(spectrumRbm(8, 6, 5, [4.4]), 1);
		const u = (w: number) => 0.5 * above.quadratic * w * w + above.quartic * w ** 4;
		const w = landauWell(above);
		expect(u(w)).toBeCloseTo(-landauBarrier(above), 12);
		expect((u(w + 1e-5) - u(w - 1e-5)) / 2e-5).toBeCloseTo(0, 8);
	});

	it('rounds the divergence of 1/(4−βλ) off, as enumeration does', () => {
		for (const [lambda, tolerance] of [
			[1, 0.01],
			[2, 0.02],
			[3, 0.08],
			[3.6, 0.15]
		]) {
			const rbm = spectrumRbm(5, 24, 8, tableSpectrum(lambda, 8));
			const landau = landauExpansion(rbm, 1);
			const { covariance } = exactCovariance(rbm, 1);
			let exact = 0;
			for (let i = 0; i < 32; i++)
				for (let j = 0; j < 32; j++) exact += landau.shape[i] * covariance[i * 32 + j] * landau.shape[j];
			const found = landauVariance(landau);
			expect(Math.abs(found / exact - 1)).toBeLessThan(tolerance);
			// at λ = 3.6: enumeration 0.81, this 0.90, the oscillator 2.5
			expect(Math.abs(found - exact)).toBeLessThan(0.5 * Math.abs(1 / (4 - lambda) - exact));
		}
		// an uncoupled mode keeps its ¼ to first order in the quartic
		expect(landauVariance(landauExpansion(spectrumRbm(5, 60, 50, [1e-9]), 1))).toBeCloseTo(0.25, 2);
		// and a field only shifts the mean of a nearly harmonic mode
		const flat = { field: 0, quadratic: 4, quartic: 1e-6, shape: new Float64Array(1) };
		expect(landauVariance(flat)).toBeCloseTo(0.25, 5);
		expect(landauVariance({ ...flat, field: 2 })).toBeCloseTo(0.25, 5);
	});

	it('explains D/Var of the 48×32 machine where the plain oscillator does not', () => {
		// measured D/Var(w) at σ² = ¼ (theory, section 10): 1.19, .69, .35, .206; plain lift oscillator .105 at the end
		for (const [lambda, measured] of [
			[1, 1.19],
			[2, 0.69],
			[3, 0.35],
			[3.6, 0.206]
		]) {
			const values = [1, 2, 3].map((seed) => {
				const rbm = spectrumRbm(seed, 48, 32, tableSpectrum(lambda, 32));
				const vertex = landauVariance(landauExpansion(rbm, 1));
				// the lift is exact: Var(z) = (1+βσ²λ)²·Var(vertex) + σ²(1+βσ²λ)
				const stretch = 1 + 0.25 * lambda;
				return 1 / (stretch * stretch * vertex + 0.25 * stretch);
			});
			// the singular vectors of the measured machine are not known: three draws spread by 6 % at λ = 3.6
			for (const value of values) expect(Math.abs(value / measured - 1)).toBeLessThan(0.09);
		}
		expect(1 / (liftVariances(3.6, 1, 0.25).soft as number)).toBeCloseTo(0.105, 3);
	});
});

describe('tap', () => {
	it('at m = ½ has κ± of a stiffened pair when W² has equal rows and columns', () => {
		// a scaled Hadamard matrix: W² constant, so k_x and k_y are exact and equal to the iid formula
		const signs = [1, 1, 1, 1, 1, -1, 1, -1, 1, 1, -1, -1, 1, -1, -1, 1];
		const s = 0.7;
		const rbm = makeRbm({
			N: 4,
			M: 4,
			weights: Float64Array.from(signs, (e) => s * e),
			visibleBias: new Float64Array(4),
			hiddenBias: new Float64Array(4)
		});
		const found = curvatures(tapClosure(rbm, 1.1), new Float64Array(8).fill(0.5));
		const k = 4 * (1 + (1.1 * s) ** 2 / 4);
		const { stiff, soft } = coupledCurvatures(k, k, 1.1 * 2 * s);
		expect(gap(found, [soft, soft, soft, soft, stiff, stiff, stiff, stiff])).toBeLessThan(1e-12);
	});

	it('with N ≠ M stiffens the layers differently: κ± = ½[k_x+k_y ± √((k_x−k_y)²+4λ²β²)]', () => {
		const rows = [
			[1, 1],
			[1, -1],
			[1, 1],
			[1, -1]
		];
		const s = 0.9;
		const rbm = makeRbm({
			N: 4,
			M: 2,
			weights: Float64Array.from(rows.flat(), (e) => s * e),
			visibleBias: new Float64Array(4),
			hiddenBias: new Float64Array(2)
		});
		const kx = 4 * (1 + (s * s * 2) / 16);
		const ky = 4 * (1 + (s * s * 4) / 16);
		const { stiff, soft } = coupledCurvatures(kx, ky, 2 * s);
		const found = curvatures(tapClosure(rbm, 1), new Float64Array(6).fill(0.5));
		expect(gap(found, [soft, soft, kx, kx, stiff, stiff])).toBeLessThan(1e-12);
	});

	it('N = M = 300 random: soft-mode variance .675 where 1/(4−λ) says 1.187', () => {
		// s = 1.6/√300 puts the bulk's edge at 3.2 and λ₁ near 3.16, and 1/(4(1+s²N/16) − λ₁) = .675 there
		const n = 300;
		const s = 1.6 / Math.sqrt(n);
		const lambda = 4 - 1 / 1.187;
		expect(lambda).toBeCloseTo(3.16, 2);
		const stiff = 4 * (1 + (s * s * n) / 16);
		expect(1 / coupledCurvatures(stiff, stiff, lambda).soft).toBeCloseTo(0.675, 3);
		// and a drawn W has such a λ₁ and, in the Hessian of the tap closure itself, such a soft curvature
		const weights = gaussians(17, n * n).map((x) => x * s);
		const rbm = { N: n, M: n, weights, visibleBias: new Float64Array(n), hiddenBias: new Float64Array(n) };
		let v: Float64Array = Float64Array.from({ length: n }, (_, k) => Math.sin(k + 1));
		let u: Float64Array = new Float64Array(n);
		const unit = (x: Float64Array) => {
			const length = Math.hypot(...x);
			return x.map((e) => e / length);
		};
		let top = 0;
		for (let k = 0; k < 400; k++) {
			u = u.map((_, i) => weights.subarray(i * n, (i + 1) * n).reduce((t, w, j) => t + w * v[j], 0));
			top = Math.hypot(...u);
			u = unit(u);
			const next = new Float64Array(n);
			for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) next[j] += weights[i * n + j] * u[i];
			v = unit(next);
		}
		expect(top).toBeGreaterThan(3.05);
		expect(top).toBeLessThan(3.25);
		const hessian = new MeanField(rbm, 1, true).hessian(new Float64Array(2 * n).fill(0.5));
		const shape = Float64Array.from([...u, ...v], (e) => e * Math.SQRT1_2);
		let rayleigh = 0;
		for (let i = 0; i < 2 * n; i++)
			for (let j = 0; j < 2 * n; j++) rayleigh += shape[i] * hessian[i * 2 * n + j] * shape[j];
		// rows of W² fluctuate by √(2/N) = 8 %, of a stiffening of 16 %
		expect(rayleigh).toBeCloseTo(stiff - top, 1);
		expect(1 / rayleigh).toBeLessThan(0.8);
		expect(1 / (4 - top)).toBeGreaterThan(1);
	});

	it('comes closer to the exact soft curvature than the entropic closure in a random bulk', () => {
		for (const seed of [1, 2, 3, 4]) {
			const rbm = randomBalanced(seed, 12, 12, 0.45);
			const { covariance } = exactCovariance(rbm, 1);
			const { shape } = entropicClosure(rbm, 1).modes(new Float64Array(24).fill(0.5))[0];
			let variance = 0;
			for (let i = 0; i < 24; i++)
				for (let j = 0; j < 24; j++) variance += shape[i] * covariance[i * 24 + j] * shape[j];
			const entropic = 1 / curvatures(entropicClosure(rbm, 1))[0];
			const tap = 1 / curvatures(tapClosure(rbm, 1))[0];
			expect(Math.abs(tap - variance)).toBeLessThan(0.5 * Math.abs(entropic - variance));
		}
	});
});
