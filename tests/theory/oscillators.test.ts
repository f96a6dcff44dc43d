// Oscillators: V_Q held to finite differences of U alone, normal modes to their matrix, the spectrum to brute force,
// Hermite functions to orthonormality and to the differential equation they solve.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entropicClosure } from '../../src/lib/theory/closures/entropic.ts';
import { gaussianClosure } from '../../src/lib/theory/closures/gaussian.ts';
import { smoothedClosure } from '../../src/lib/theory/closures/smoothed.ts';
import { tapClosure } from '../../src/lib/theory/closures/tap.ts';
import { groundDensity, hermiteFunctions } from '../../src/lib/theory/hermite.ts';
import {
	fromNormalCoordinates,
	gaussianFrequencies,
	oscillatorTransient,
	oscillatorsOf,
	quadraticLnZ,
	quadraticSchrodingerPotential,
	rateOfEnergy,
	schrodingerPotential,
	toNormalCoordinates
} from '../../src/lib/theory/oscillators.ts';
import { enumerateSpectrum } from '../../src/lib/theory/oscillatorSpectrum.ts';
import { matMul, transpose } from '../../src/lib/theory/linalgProducts.ts';
import { gaussians, randomRbm, uniforms } from './randomRbm.ts';
import { gap } from './spectrumRbm.ts';

describe('V_Q', () => {
	it('equals |∇U|²/8D² − ∇²U/4D from values of U alone, in every closure', () => {
		fc.assert(
			fc.property(
				fc.integer(),
				fc.integer({ min: 1, max: 4 }),
				fc.integer({ min: 1, max: 4 }),
				fc.double({ min: 0.3, max: 2, noNaN: true }),
				(seed, N, M, beta) => {
					const rbm = randomRbm(seed, N, M, seed % 5 === 0 ? 0 : 0.8, 0.5);
					const next = uniforms(seed);
					const at = Float64Array.from({ length: N + M }, () => 0.15 + 0.7 * next());
					const D = 1 / beta;
					for (const closure of [
						gaussianClosure(rbm, beta),
						entropicClosure(rbm, beta),
						tapClosure(rbm, beta),
						smoothedClosure(rbm, beta)
					]) {
						const U = (s: Float64Array) => closure.potential(s) / beta;
						const h = 1e-3;
						let expected = 0;
						for (let k = 0; k < N + M; k++) {
							const values = [-2, -1, 0, 1, 2].map((n) => U(at.with(k, at[k] + n * h)));
							// five-point formulas, error h⁴: about 1e-9 here
							const first = (values[0] - 8 * values[1] + 8 * values[3] - values[4]) / (12 * h);
							const second =
								(-values[0] + 16 * values[1] - 30 * values[2] + 16 * values[3] - values[4]) / (12 * h * h);
							expected += (first * first) / (8 * D * D) - second / (4 * D);
						}
						const found = schrodingerPotential(closure, at);
						expect(Math.abs(found - expected)).toBeLessThan(1e-6 * Math.max(1, Math.abs(expected)));
					}
				}
			),
			{ seed: 31, numRuns: 60 }
		);
	});

	it('of a quadratic form is ⅛ζᵀK²ζ − ¼tr K', () => {
		const rbm = randomRbm(5, 3, 2, 1, 0.5);
		const closure = gaussianClosure(rbm, 1.2);
		const at = gaussians(8, 5);
		const zeta = at.map((e, k) => e - closure.minima()[0].at[k]);
		expect(quadraticSchrodingerPotential(5, closure.hessian(at), zeta)).toBeCloseTo(
			schrodingerPotential(closure, at),
			12
		);
		expect(quadraticSchrodingerPotential(1, Float64Array.of(3), Float64Array.of(2))).toBeCloseTo(
			36 / 8 - 3 / 4,
			14
		);
	});
});

/** A random symmetric positive definite n×n matrix. */
function positive(seed: number, n: number): Float64Array {
	const a = gaussians(seed, n * n);
	const k = matMul(a, n, n, transpose(a, n, n), n);
	for (let i = 0; i < n; i++) k[i * n + i] += 0.5;
	return k;
}

describe('normal modes of coupled coordinates', () => {
	it('turn βU into ½Σκζ² about z₀, and back', () => {
		fc.assert(
			fc.property(fc.integer(), fc.integer({ min: 1, max: 6 }), (seed, n) => {
				const k = positive(seed, n);
				const field = gaussians(seed + 1, n);
				const osc = oscillatorsOf(n, k, field);
				const z = gaussians(seed + 2, n);
				const u = (p: Float64Array) => {
					let s = 0;
					for (let i = 0; i < n; i++) {
						s -= field[i] * p[i];
						for (let j = 0; j < n; j++) s += 0.5 * p[i] * k[i * n + j] * p[j];
					}
					return s;
				};
				const zeta = toNormalCoordinates(osc, z);
				const quadratic = zeta.reduce((s, e, i) => s + 0.5 * osc.curvatures[i] * e * e, 0);
				expect(u(z)).toBeCloseTo(u(osc.centre as Float64Array) + quadratic, 8);
				expect(gap(fromNormalCoordinates(osc, zeta), z)).toBeLessThan(1e-10);
				expect(
					gap(
						osc.frequencies,
						osc.curvatures.map((c) => c / 2)
					)
				).toBe(0);
			}),
			{ seed: 32, numRuns: 60 }
		);
	});

	it('has no centre when a curvature vanishes, and says so', () => {
		const osc = oscillatorsOf(2, Float64Array.of(1, 1, 1, 1), Float64Array.of(1, 0));
		expect(osc.centre).toBeNull();
		expect(() => toNormalCoordinates(osc, new Float64Array(2))).toThrow(/centre/);
		expect(() => fromNormalCoordinates(osc, new Float64Array(2))).toThrow(/centre/);
		expect(oscillatorsOf(2, new Float64Array(4)).centre).toBeNull();
	});

	it('finds the saddle of an unstable form', () => {
		const osc = oscillatorsOf(2, Float64Array.of(2, 0, 0, -4), Float64Array.of(1, 1));
		expect(gap(osc.centre as Float64Array, [0.5, -0.25])).toBeLessThan(1e-14);
		expect(gap(osc.curvatures, [-4, 2])).toBeLessThan(1e-14);
	});

	it('gives the integral of e^{−βU} in closed form', () => {
		// two coordinates against the product of one-dimensional integrals, and against the modes' own
		expect(quadraticLnZ(1, Float64Array.of(2), Float64Array.of(3), 0.7)).toBeCloseTo(
			9 / 4 - 0.7 + 0.5 * Math.log(Math.PI),
			12
		);
		const k = positive(3, 4);
		const field = gaussians(4, 4);
		const osc = oscillatorsOf(4, k, field);
		const centre = osc.centre as Float64Array;
		const byModes = osc.curvatures.reduce(
			(s, c) => s + 0.5 * Math.log((2 * Math.PI) / c),
			0.5 * field.reduce((s, f, i) => s + f * centre[i], 0)
		);
		expect(quadraticLnZ(4, k, field)).toBeCloseTo(byModes, 10);
		expect(quadraticLnZ(1, Float64Array.of(-2), Float64Array.of(0))).toBeNull();
	});

	it('keeps the frequencies and rates of theory sections 3 and 9', () => {
		const { stiff, soft } = gaussianFrequencies(1.5, 2);
		expect(stiff).toBe(3.5);
		expect(soft).toBe(0.5);
		expect(rateOfEnergy(soft, 0.5)).toBe(0.5 * (4 - 3));
		expect(gaussianFrequencies(3, 2).soft).toBe(-1);
	});
});

describe('one oscillator in time', () => {
	it('solves ζ′ = −Γζ and Var′ = 2D − 2ΓVar, for stable, flat and unstable modes', () => {
		for (const kappa of [2.5, 0, -0.7]) {
			const D = 0.8;
			const h = 1e-5;
			const at = (t: number) => oscillatorTransient(kappa, D, 1.3, t);
			expect(at(0)).toEqual({ mean: 1.3, variance: 0 });
			for (const t of [0.1, 1, 2]) {
				const rate = (at(t + h).mean - at(t - h).mean) / (2 * h);
				const growth = (at(t + h).variance - at(t - h).variance) / (2 * h);
				expect(rate).toBeCloseTo(-D * kappa * at(t).mean, 7);
				expect(growth).toBeCloseTo(2 * D - 2 * D * kappa * at(t).variance, 7);
			}
		}
		expect(oscillatorTransient(2.5, 0.8, 1, 50).variance).toBeCloseTo(1 / 2.5, 12);
	});
});

describe('the spectrum E(n) = Σωn', () => {
	/** All occupations with at most `most` quanta a mode, by brute force. */
	function brute(omega: readonly number[], cutoff: number, most: number): number[] {
		let energies = [0];
		for (const w of omega)
			energies = energies.flatMap((e) => Array.from({ length: most + 1 }, (_, n) => e + n * w));
		return energies.filter((e) => e <= cutoff * (1 + 1e-9)).sort((a, b) => a - b);
	}

	it('lists every state once, in order, with energies that belong to the occupations', () => {
		fc.assert(
			fc.property(
				fc.array(fc.double({ min: 0.3, max: 3, noNaN: true }), { minLength: 1, maxLength: 4 }),
				fc.double({ min: 0, max: 4, noNaN: true }),
				(omega, cutoff) => {
					const { states, complete } = enumerateSpectrum(omega, cutoff, 100_000);
					expect(complete).toBe(true);
					expect(
						gap(
							states.map((s) => s.energy),
							brute(omega, cutoff, 14)
						)
					).toBeLessThan(1e-9);
					for (const s of states) {
						const energy = s.occupation.reduce((e, o) => e + omega[o.mode] * o.quanta, 0);
						expect(s.energy).toBeCloseTo(energy, 10);
						for (const o of s.occupation) expect(o.quanta).toBeGreaterThan(0);
					}
					expect(new Set(states.map((s) => JSON.stringify(s.occupation))).size).toBe(states.length);
				}
			),
			{ seed: 33, numRuns: 60 }
		);
	});

	it('counts degeneracies: d equal modes have C(n+d−1, n) states at level n', () => {
		const { levels } = enumerateSpectrum([0.5, 0.5, 0.5], 2);
		expect(levels.map((l) => l.degeneracy)).toEqual([1, 3, 6, 10, 15]);
		expect(
			gap(
				levels.map((l) => l.energy),
				[0, 0.5, 1, 1.5, 2]
			)
		).toBeLessThan(1e-12);
		// commensurate: 2ω₁ = ω₂
		expect(enumerateSpectrum([1, 2], 4).levels.map((l) => l.degeneracy)).toEqual([1, 1, 2, 2, 3]);
		// a rounding error apart is one level, a real difference is two
		expect(enumerateSpectrum([1, 1 + 1e-12], 1).levels.length).toBe(2);
		expect(enumerateSpectrum([1, 1.001], 1.001).levels.length).toBe(3);
	});

	it('stops at the limit and says so', () => {
		const { states, complete } = enumerateSpectrum([0.1, 0.2, 0.3], 1e3, 50);
		expect(states.length).toBe(50);
		expect(complete).toBe(false);
		expect(enumerateSpectrum([], 5)).toMatchObject({ complete: true, states: [{ energy: 0 }] });
	});

	it('refuses unstable modes and senseless cut-offs', () => {
		expect(() => enumerateSpectrum([1, -0.2], 3)).toThrow(/positive/);
		expect(() => enumerateSpectrum([0], 3)).toThrow(/positive/);
		expect(() => enumerateSpectrum([Infinity], 3)).toThrow(/positive/);
		expect(() => enumerateSpectrum([1], Infinity)).toThrow(/cutoff/);
		expect(() => enumerateSpectrum([1], -1)).toThrow(/cutoff/);
	});
});

describe('Hermite functions', () => {
	const omega = 1.7;
	const h = 0.01;
	const grid = Array.from({ length: 2001 }, (_, k) => (k - 1000) * h);
	const table = grid.map((z) => hermiteFunctions(z, omega, 25));

	it('are orthonormal', () => {
		// the trapezium rule is exact to rounding here
		for (let m = 0; m < 25; m += 4)
			for (let n = m; n < 25; n += 3) {
				const overlap = table.reduce((s, psi) => s + psi[m] * psi[n] * h, 0);
				expect(overlap).toBeCloseTo(m === n ? 1 : 0, 11);
			}
	});

	it('solve −½ψ″ + (½ω²ζ² − ½ω)ψ = nωψ', () => {
		const d = 1e-3;
		for (const zeta of [-1.3, 0, 0.4, 2])
			for (const n of [0, 1, 5, 12]) {
				const at = (x: number) => hermiteFunctions(x, omega, n + 1)[n];
				const second =
					(-at(zeta - 2 * d) + 16 * at(zeta - d) - 30 * at(zeta) + 16 * at(zeta + d) - at(zeta + 2 * d)) /
					(12 * d * d);
				const left = -0.5 * second + (0.5 * omega ** 2 * zeta ** 2 - 0.5 * omega) * at(zeta);
				expect(left).toBeCloseTo(n * omega * at(zeta), 5);
			}
	});

	it('stay finite and right far out, where ψ₀ underflows', () => {
		// in the classically allowed region of n = 2000, at x = 45: ψ₀ = e^{−1012}, but ψ₂₀₀₀ is of order 0.1
		const psi = hermiteFunctions(45, 1, 2001);
		expect(psi[0]).toBe(0);
		expect(Math.abs(psi[2000])).toBeGreaterThan(1e-3);
		expect(Math.abs(psi[2000])).toBeLessThan(1);
		// and the ladder operator still holds: x ψₙ = √((n+1)/2) ψₙ₊₁ + √(n/2) ψₙ₋₁
		expect(45 * psi[1999]).toBeCloseTo(Math.sqrt(1000) * psi[2000] + Math.sqrt(1999 / 2) * psi[1998], 9);
		// summed over a grid ψ₂₀₀₀² is still normalised
		let norm = 0;
		for (let x = -70; x <= 70; x += 0.02) norm += 0.02 * hermiteFunctions(x, 1, 2001)[2000] ** 2;
		expect(norm).toBeCloseTo(1, 9);
	});

	it('have a Gaussian of variance 1/κ as ground density, and refuse nonsense', () => {
		const kappa = 2 * omega;
		const variance = grid.reduce((s, z) => s + z * z * groundDensity(z, omega) * h, 0);
		expect(variance).toBeCloseTo(1 / kappa, 11);
		expect(groundDensity(0.3, omega)).toBeCloseTo(
			Math.sqrt(kappa / (2 * Math.PI)) * Math.exp(-0.5 * kappa * 0.09),
			13
		);
		expect(() => hermiteFunctions(0, 0, 3)).toThrow(/frequency/);
		expect(() => hermiteFunctions(0, 1, 0)).toThrow(/count/);
	});
});
