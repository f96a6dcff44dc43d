// The RBM's own formulas: against sums over states, and the same energy in every set of variables.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logLikelihoodGradient, moments, type Gradient } from '../../src/lib/theory/enumerate.ts';
import { bitsOf } from '../../src/lib/theory/enumerateStates.ts';
import {
	balanced,
	energy,
	freeEnergyHidden,
	freeEnergyVisible,
	hiddenGivenVisible,
	logSumExp,
	makeRbm,
	RbmError,
	sigmoid,
	softplus,
	swapLayers,
	validateBeta,
	visibleGivenHidden
} from '../../src/lib/theory/rbm.ts';
import {
	centre,
	centredGradient,
	flipUnits,
	fromSpins,
	toSpins,
	uncentre
} from '../../src/lib/theory/rbmFrames.ts';
import { anyBeta, anyRbm, anySeed, gap, runs } from './arbitraries.ts';
import { gaussians, uniforms } from './randomRbm.ts';

/** All vectors of 0 and 1 with n entries. */
const vertices = (n: number) => Array.from({ length: 2 ** n }, (_, s) => bitsOf(s, n));

describe('scalar helpers', () => {
	it('sigmoid and softplus hold in both tails and in between', () => {
		expect(sigmoid(0)).toBe(0.5);
		expect(sigmoid(1)).toBeCloseTo(1 / (1 + Math.exp(-1)), 15);
		expect(sigmoid(-800)).toBe(0);
		expect(sigmoid(800)).toBe(1);
		expect(sigmoid(-40) / Math.exp(-40)).toBeCloseTo(1, 14);
		expect(softplus(0)).toBeCloseTo(Math.LN2, 15);
		expect(softplus(3)).toBeCloseTo(Math.log(1 + Math.exp(3)), 14);
		expect(softplus(800)).toBe(800);
		expect(softplus(-40) / Math.exp(-40)).toBeCloseTo(1, 14);
	});
	it('logSumExp neither overflows nor minds an empty list', () => {
		expect(logSumExp([1000, 1000])).toBeCloseTo(1000 + Math.LN2, 12);
		expect(logSumExp([-1000, -1001])).toBeCloseTo(-1000 + Math.log(1 + Math.exp(-1)), 12);
		expect(logSumExp([])).toBe(-Infinity);
		expect(logSumExp([-Infinity, 2])).toBe(2);
	});
});

describe('validation', () => {
	const good = { weights: [[1, 2]], visibleBias: [0], hiddenBias: [0, 0] };
	it('takes nested and flat weights, and copies them', () => {
		const w = Float64Array.of(1, 2);
		const flat = makeRbm({ ...good, weights: w });
		w[0] = 9;
		expect([...flat.weights]).toEqual([1, 2]);
		expect([...makeRbm(good).weights]).toEqual([1, 2]);
	});
	it.each([
		['weights', { ...good, weights: [[1]] }, /row 0 has 1 entries, expected M = 2/],
		[
			'weights',
			{
				...good,
				weights: [
					[1, 2],
					[3, 4]
				]
			},
			/2 rows, expected N = 1/
		],
		['weights', { ...good, weights: [1, 2, 3] }, /3 entries, expected 2/],
		['weights', { ...good, weights: [[1, NaN]] }, /entry 1 is NaN/],
		['visibleBias', { ...good, N: 1, visibleBias: [0, 0] }, /2 entries, expected 1/],
		['hiddenBias', { ...good, hiddenBias: [0, Infinity] }, /entry 1 is Infinity/],
		['N', { weights: [], visibleBias: [], hiddenBias: [0] }, /N: 0/],
		['N', { ...good, N: 1.5, weights: [1, 2, 3] }, /not a whole number/],
		['M', { weights: [], visibleBias: [0], hiddenBias: [], N: 1 }, /M: 0/]
	] as const)('names the field %s', (field, input, message) => {
		try {
			makeRbm(input);
			expect.unreachable();
		} catch (e) {
			expect(e).toBeInstanceOf(RbmError);
			expect((e as RbmError).field).toBe(field);
			expect((e as RbmError).message).toMatch(message);
		}
	});
	it('refuses a negative or infinite β and takes 0', () => {
		expect(() => validateBeta(0)).not.toThrow();
		expect(() => validateBeta(-1e-9)).toThrow(RbmError);
		expect(() => validateBeta(Infinity)).toThrow(RbmError);
	});
});

describe('energy, free energies and conditionals', () => {
	it('E is −a₀v − b₀h − vᵀWh written out', () => {
		fc.assert(
			fc.property(anyRbm(), anySeed, (rbm, seed) => {
				const s = gaussians(seed, rbm.N + rbm.M);
				const v = s.subarray(0, rbm.N);
				const h = s.subarray(rbm.N);
				let e = 0;
				for (let i = 0; i < rbm.N; i++) {
					e -= rbm.visibleBias[i] * v[i];
					for (let j = 0; j < rbm.M; j++) e -= v[i] * rbm.weights[i * rbm.M + j] * h[j];
				}
				for (let j = 0; j < rbm.M; j++) e -= rbm.hiddenBias[j] * h[j];
				expect(Math.abs(energy(rbm, v, h) - e)).toBeLessThan(1e-12 * (1 + Math.abs(e)));
				expect(Math.abs(energy(swapLayers(rbm), h, v) - e)).toBeLessThan(1e-12 * (1 + Math.abs(e)));
			}),
			runs()
		);
	});
	it('free energies and conditionals are those of the sums over the other layer', () => {
		fc.assert(
			fc.property(anyRbm(4), anyBeta, (rbm, beta) => {
				for (const v of vertices(rbm.N)) {
					const lw = vertices(rbm.M).map((h) => -beta * energy(rbm, v, h));
					expect(Math.abs(freeEnergyVisible(rbm, beta, v) + logSumExp(lw))).toBeLessThan(1e-11);
					const mean = new Float64Array(rbm.M);
					vertices(rbm.M).forEach((h, k) =>
						h.forEach((x, j) => (mean[j] += x * Math.exp(lw[k] - logSumExp(lw))))
					);
					expect(gap(hiddenGivenVisible(rbm, beta, v), mean)).toBeLessThan(1e-12);
				}
				const turned = swapLayers(rbm);
				for (const h of vertices(rbm.M)) {
					expect(freeEnergyHidden(rbm, beta, h)).toBeCloseTo(freeEnergyVisible(turned, beta, h), 11);
					expect(gap(visibleGivenHidden(rbm, beta, h), hiddenGivenVisible(turned, beta, h))).toBeLessThan(
						1e-13
					);
				}
			}),
			runs(25)
		);
	});
	it('balanced biases make E even under flipping every unit, and m = ½', () => {
		fc.assert(
			fc.property(anyRbm(), anyBeta, (plain, beta) => {
				const rbm = balanced(plain);
				for (const v of vertices(rbm.N))
					for (const h of vertices(rbm.M))
						expect(
							Math.abs(
								energy(rbm, v, h) -
									energy(
										rbm,
										v.map((x) => 1 - x),
										h.map((x) => 1 - x)
									)
							)
						).toBeLessThan(1e-12);
				const m = moments(rbm, beta);
				for (const x of [...m.meanV, ...m.meanH]) expect(Math.abs(x - 0.5)).toBeLessThan(1e-12);
			}),
			runs(20)
		);
	});
});

describe('the same RBM in other variables', () => {
	it('±1 spins keep E to 1e-12, there and back', () => {
		fc.assert(
			fc.property(anyRbm(), anySeed, (rbm, seed) => {
				const spins = toSpins(rbm);
				const x = gaussians(seed, rbm.N + rbm.M);
				const v = x.subarray(0, rbm.N);
				const h = x.subarray(rbm.N);
				const s = v.map((e) => 2 * e - 1);
				const t = h.map((e) => 2 * e - 1);
				let e = spins.offset;
				for (let i = 0; i < rbm.N; i++) {
					e -= spins.visibleField[i] * s[i];
					for (let j = 0; j < rbm.M; j++) e -= s[i] * spins.couplings[i * rbm.M + j] * t[j];
				}
				for (let j = 0; j < rbm.M; j++) e -= spins.hiddenField[j] * t[j];
				expect(Math.abs(e - energy(rbm, v, h))).toBeLessThan(1e-12 * (1 + Math.abs(e)) * 10);
				const back = fromSpins(spins);
				expect(gap(back.rbm.weights, rbm.weights)).toBeLessThan(1e-13);
				expect(gap(back.rbm.visibleBias, rbm.visibleBias)).toBeLessThan(1e-12);
				expect(gap(back.rbm.hiddenBias, rbm.hiddenBias)).toBeLessThan(1e-12);
				expect(Math.abs(back.offset)).toBeLessThan(1e-12);
			}),
			runs()
		);
	});
	it('balanced biases are zero fields on the spins', () => {
		fc.assert(
			fc.property(anyRbm(), (rbm) => {
				const spins = toSpins(balanced(rbm));
				expect(
					gap([...spins.visibleField, ...spins.hiddenField], new Array(rbm.N + rbm.M).fill(0))
				).toBeLessThan(1e-13);
			}),
			runs(20)
		);
	});
	it('flipping units is a gauge change of E, and twice is nothing', () => {
		fc.assert(
			fc.property(anyRbm(), anySeed, (rbm, seed) => {
				const next = uniforms(seed);
				const fv = Array.from({ length: rbm.N }, () => next() < 0.5);
				const fh = Array.from({ length: rbm.M }, () => next() < 0.5);
				const { rbm: other, offset } = flipUnits(rbm, fv, fh);
				for (const v of vertices(rbm.N))
					for (const h of vertices(rbm.M)) {
						const e = energy(
							other,
							v.map((x, i) => (fv[i] ? 1 - x : x)),
							h.map((x, j) => (fh[j] ? 1 - x : x))
						);
						expect(Math.abs(energy(rbm, v, h) - e - offset)).toBeLessThan(1e-11);
					}
				const twice = flipUnits(other, fv, fh);
				expect(gap(twice.rbm.weights, rbm.weights)).toBe(0);
				expect(gap(twice.rbm.visibleBias, rbm.visibleBias)).toBeLessThan(1e-13);
				expect(gap(twice.rbm.hiddenBias, rbm.hiddenBias)).toBeLessThan(1e-13);
				expect(Math.abs(twice.offset + offset)).toBeLessThan(1e-12);
			}),
			runs(20)
		);
	});
	it('centring keeps E, and uncentring undoes it', () => {
		fc.assert(
			fc.property(anyRbm(), anySeed, (rbm, seed) => {
				const g = gaussians(seed, 2 * (rbm.N + rbm.M));
				const mu = g.slice(0, rbm.N);
				const nu = g.slice(rbm.N, rbm.N + rbm.M);
				const v = g.slice(rbm.N + rbm.M, 2 * rbm.N + rbm.M);
				const h = g.slice(2 * rbm.N + rbm.M);
				const c = centre(rbm, mu, nu);
				const shifted = energy(
					c,
					v.map((x, i) => x - mu[i]),
					h.map((x, j) => x - nu[j])
				);
				expect(Math.abs(c.offset + shifted - energy(rbm, v, h))).toBeLessThan(
					1e-11 * (1 + Math.abs(shifted))
				);
				const back = uncentre(c);
				expect(gap(back.visibleBias, rbm.visibleBias)).toBeLessThan(1e-12);
				expect(gap(back.hiddenBias, rbm.hiddenBias)).toBeLessThan(1e-12);
			}),
			runs()
		);
	});
	it('the centred update does not care which value of a unit is called 1', () => {
		fc.assert(
			fc.property(anyRbm(4), anyBeta, anySeed, (rbm, beta, seed) => {
				const next = uniforms(seed);
				const fv = Array.from({ length: rbm.N }, () => next() < 0.5);
				const fh = Array.from({ length: rbm.M }, () => next() < 0.5);
				const values = Float64Array.from({ length: 5 * rbm.N }, () => (next() < 0.5 ? 1 : 0));
				const flippedValues = values.map((x, k) => (fv[k % rbm.N] ? 1 - x : x));
				const other = flipUnits(rbm, fv, fh).rbm;
				const step = (r: typeof rbm, rows: Float64Array): Gradient => {
					const model = moments(r, beta);
					return centredGradient(
						logLikelihoodGradient(r, beta, { count: 5, values: rows }, model),
						model.meanV,
						model.meanH
					);
				};
				const g = step(rbm, values);
				const there = { N: rbm.N, M: rbm.M, ...step(other, flippedValues) };
				// A difference of two RBMs transforms like an RBM: flip it back and compare.
				const back = flipUnits(there, fv, fh).rbm;
				expect(gap(back.weights, g.weights)).toBeLessThan(1e-12);
				expect(gap(back.visibleBias, g.visibleBias)).toBeLessThan(1e-12);
				expect(gap(back.hiddenBias, g.hiddenBias)).toBeLessThan(1e-12);
			}),
			runs(20)
		);
	});
});
