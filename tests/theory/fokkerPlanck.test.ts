// The Fokker–Planck chain: detailed balance, the harmonic spectrum and Γ = 2DE, order of convergence, degenerate
// pairs, both propagations against each other and against the Ornstein–Uhlenbeck solution.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	applyGenerator,
	fokkerPlanckGenerator,
	nodes,
	pointProbability,
	spacing,
	type Generator
} from '../../src/lib/theory/fokkerPlanck.ts';
import { factorShifted, solveBand } from '../../src/lib/theory/fokkerPlanckBand.ts';
import { evolveByModes, slowestModes } from '../../src/lib/theory/fokkerPlanckModes.ts';
import { fokkerPlanckStep, makeStepper } from '../../src/lib/theory/fokkerPlanckStep.ts';
import { hermiteFunctions } from '../../src/lib/theory/hermite.ts';
import { symEigen } from '../../src/lib/theory/linalg.ts';
import { oscillatorTransient } from '../../src/lib/theory/oscillators.ts';
import { gap } from './spectrumRbm.ts';

const sum = (p: Float64Array) => p.reduce((s, e) => s + e, 0);
const harmonic = (kappa: number, count: number, half = 5, D = 1) =>
	fokkerPlanckGenerator([{ min: -half, max: half, count }], (x) => 0.5 * kappa * x * x, D);

/** The symmetric form G̃ as a dense matrix, for small grids. */
function dense(g: Generator): Float64Array {
	const a = new Float64Array(g.size * g.size);
	for (let k = 0; k < g.from.length; k++) {
		const [i, j] = [g.from[k], g.to[k]];
		a[i * g.size + i] -= g.forward[k];
		a[j * g.size + j] -= g.backward[k];
		a[i * g.size + j] = a[j * g.size + i] = g.symmetric[k];
	}
	return a;
}

describe('generator', () => {
	it('keeps detailed balance with e^{−βU} bond by bond, and probability as a whole', () => {
		fc.assert(
			fc.property(
				fc.double({ min: -3, max: 3, noNaN: true }),
				fc.double({ min: 0, max: 2, noNaN: true }),
				fc.double({ min: -20, max: 20, noNaN: true }),
				(a, b, tilt) => {
					const g = fokkerPlanckGenerator(
						[
							{ min: -2, max: 1, count: 6 },
							{ min: -1, max: 2, count: 8 }
						],
						(x, y) => a * x * y + b * (x ** 4 + y * y) + tilt * x,
						0.7
					);
					expect(sum(g.stationary)).toBeCloseTo(1, 13);
					for (let k = 0; k < g.from.length; k++) {
						const there = g.forward[k] * g.stationary[g.from[k]];
						const back = g.backward[k] * g.stationary[g.to[k]];
						expect(Math.abs(there - back)).toBeLessThanOrEqual(1e-12 * Math.max(there, back));
						expect(g.symmetric[k] ** 2).toBeCloseTo(g.forward[k] * g.backward[k], 8);
					}
					const rest = applyGenerator(g, g.stationary);
					// rates reach D/h²·tilt·h ≈ 70, so 1e-12 is rounding
					expect(gap(rest, new Float64Array(g.size))).toBeLessThan(1e-12);
					const p = pointProbability(g, [0, 0]);
					expect(Math.abs(sum(applyGenerator(g, p)))).toBeLessThan(1e-12);
					expect(
						gap(
							g.ground.map((e) => e * e),
							g.stationary
						)
					).toBeLessThan(1e-15);
				}
			),
			{ seed: 41, numRuns: 50 }
		);
	});

	it('has rates D/h² without a force and drifts at Dβ|∇U| in a constant one', () => {
		const free = fokkerPlanckGenerator([{ min: 0, max: 1, count: 11 }], () => 0, 2);
		expect(gap(free.forward, new Float64Array(10).fill(200))).toBeLessThan(1e-9);
		const tilted = fokkerPlanckGenerator([{ min: 0, max: 1, count: 11 }], (x) => -3 * x, 2);
		// mean velocity of a hop: (k₊ − k₋)h = Dβ·force exactly, which Scharfetter–Gummel is made for
		expect((tilted.forward[4] - tilted.backward[4]) * 0.1).toBeCloseTo(6, 10);
	});

	it('has an independent node order, cell size and positions', () => {
		const g = fokkerPlanckGenerator(
			[
				{ min: 0, max: 1, count: 3 },
				{ min: 0, max: 4, count: 5 }
			],
			(x, y) => x + 10 * y,
			1
		);
		expect(g.potential[1 + 3 * 2]).toBe(0.5 + 20);
		expect(g.cell).toBe(0.5);
		expect(g.bandwidth).toBe(3);
		expect(Array.from(nodes(g.axes[1]))).toEqual([0, 1, 2, 3, 4]);
		expect(spacing(g.axes[0])).toBe(0.5);
		expect(pointProbability(g, [0.6, 2.1]).indexOf(1)).toBe(1 + 3 * 2);
		expect(() => pointProbability(g, [0.6, 9])).toThrow(/outside/);
		expect(() => pointProbability(g, [-1, 1])).toThrow(/outside/);
	});

	it('leaves cells of infinite potential alone', () => {
		const g = fokkerPlanckGenerator(
			[{ min: -2, max: 2, count: 41 }],
			(x) => (Math.abs(x) > 1.001 ? Infinity : 0),
			1
		);
		// free diffusion between walls half a cell beyond ±1: Γₙ = D(nπ/L)², L = 2 + h
		const { rates } = slowestModes(g, 4);
		const length = 2.1;
		for (const n of [1, 2, 3]) expect(rates[n] / ((n * Math.PI) / length) ** 2).toBeCloseTo(1, 1);
		expect(() => pointProbability(g, [1.9])).toThrow(/infinite/);
		let p = pointProbability(g, [0]);
		const stepper = makeStepper(g, 0.1);
		for (let k = 0; k < 20; k++) p = fokkerPlanckStep(stepper, p);
		expect(sum(p)).toBeCloseTo(1, 12);
		expect(p[0]).toBe(0);
		expect(gap(evolveByModes(g, slowestModes(g, 4), p, 50), g.stationary)).toBeLessThan(1e-9);
	});

	it('survives forces so strong that rates underflow', () => {
		const g = fokkerPlanckGenerator([{ min: -1, max: 1, count: 5 }], (x) => 4000 * x * x, 1);
		for (const rate of [...g.forward, ...g.backward, ...g.symmetric])
			expect(Number.isFinite(rate)).toBe(true);
		expect(sum(g.stationary)).toBeCloseTo(1, 14);
	});

	it('says what is wrong with its input', () => {
		const axis = { min: 0, max: 1, count: 5 };
		expect(() => fokkerPlanckGenerator([], () => 0, 1)).toThrow(/one or two axes/);
		expect(() => fokkerPlanckGenerator([axis, axis, axis], () => 0, 1)).toThrow(/one or two axes/);
		expect(() => fokkerPlanckGenerator([{ ...axis, count: 1 }], () => 0, 1)).toThrow(/axis/);
		expect(() => fokkerPlanckGenerator([{ ...axis, max: 0 }], () => 0, 1)).toThrow(/axis/);
		expect(() => fokkerPlanckGenerator([axis], () => 0, 0)).toThrow(/diffusion/);
		expect(() => fokkerPlanckGenerator([axis], () => NaN, 1)).toThrow(/potential is NaN/);
		expect(() => fokkerPlanckGenerator([axis], () => Infinity, 1)).toThrow(/nowhere/);
		const g = fokkerPlanckGenerator([axis], () => 0, 1);
		expect(() => slowestModes(g, 0)).toThrow(/count/);
		expect(() => slowestModes(g, 6)).toThrow(/count/);
		expect(() => makeStepper(g, 0)).toThrow(/dt/);
		expect(() => factorShifted(g, 0, 1)).toThrow(/shift/);
	});
});

describe('band Cholesky', () => {
	it('solves shift·I − scale·G̃', () => {
		const g = fokkerPlanckGenerator(
			[
				{ min: -1, max: 1, count: 5 },
				{ min: -1, max: 1, count: 7 }
			],
			(x, y) => x * y + y ** 4,
			1
		);
		const a = dense(g);
		const b = Float64Array.from({ length: 35 }, (_, i) => Math.sin(1 + i));
		const x = solveBand(factorShifted(g, 0.3, 0.5), b);
		const back = x.map((e, i) => {
			let s = 0.3 * e;
			for (let j = 0; j < 35; j++) s -= 0.5 * a[i * 35 + j] * x[j];
			return s;
		});
		expect(gap(back, b)).toBeLessThan(1e-12);
	});
});

describe('slowest modes', () => {
	it('agree with a dense diagonalisation, all of them', () => {
		const g = fokkerPlanckGenerator(
			[
				{ min: -1.5, max: 1.5, count: 6 },
				{ min: -1, max: 1, count: 6 }
			],
			(x, y) => 2 * (x * x - 1) ** 2 + y * y + x * y,
			0.6
		);
		const exact = symEigen(36, dense(g))
			.values.map((e) => -e)
			.reverse();
		const { rates } = slowestModes(g, 36);
		expect(gap(rates, exact)).toBeLessThan(1e-8 * exact[35]);
		expect(rates[0]).toBe(0);
	});

	it('in a harmonic well are Γₙ = Dκn = 2DEₙ, with Hermite functions, to second order in h', () => {
		const [kappa, D] = [1.6, 0.5];
		const errors = [41, 81, 161].map((count) => {
			const { rates, energies } = slowestModes(harmonic(kappa, count, 6, D), 4);
			expect(
				gap(
					energies,
					rates.map((r) => r / (2 * D))
				)
			).toBeLessThan(1e-15);
			return Math.abs(rates[2] - 2 * D * kappa);
		});
		expect(errors[0] / errors[1]).toBeCloseTo(4, 0);
		expect(errors[1] / errors[2]).toBeCloseTo(4, 1);
		expect(errors[2]).toBeLessThan(0.01);
		const g = harmonic(kappa, 321, 6, D);
		const modes = slowestModes(g, 4);
		const xs = nodes(g.axes[0]);
		for (let n = 0; n < 4; n++) {
			const psi = modes.functions[n].map((e) => e / Math.sqrt(g.cell));
			const exact = xs.map((x) => hermiteFunctions(x, kappa / 2, 4)[n]);
			const sign = Math.sign(psi.reduce((s, e, i) => s + e * exact[i], 0));
			expect(
				gap(
					psi,
					exact.map((e) => sign * e)
				)
			).toBeLessThan(1e-3);
		}
	});

	it('Γ = 2DE holds against the Schrödinger operator put on the grid by itself', () => {
		// H = −½∂² + V_Q by the plain three-point Laplacian, for an anharmonic βU = ½x² + ¼x⁴, D = 0.7
		const D = 0.7;
		const rateErrors = [81, 161].map((count) => {
			const axis = { min: -4, max: 4, count };
			const h = spacing(axis);
			const hamiltonian = new Float64Array(count * count);
			nodes(axis).forEach((x, i) => {
				const slope = x + x ** 3;
				hamiltonian[i * count + i] = 1 / h ** 2 + slope ** 2 / 8 - (1 + 3 * x * x) / 4;
				if (i > 0) hamiltonian[i * count + i - 1] = hamiltonian[(i - 1) * count + i] = -0.5 / h ** 2;
			});
			const energies = symEigen(count, hamiltonian).values;
			const g = fokkerPlanckGenerator([axis], (x) => (x * x) / 2 + x ** 4 / 4, D);
			const { rates } = slowestModes(g, 4);
			return gap(
				rates,
				energies.slice(0, 4).map((e) => 2 * D * e)
			);
		});
		expect(rateErrors[1]).toBeLessThan(0.02);
		// the two discretisations differ at order h²
		expect(rateErrors[0] / rateErrors[1]).toBeCloseTo(4, 0);
	});

	it('finds both members of a degenerate pair in an isotropic well', () => {
		const axis = { min: -4, max: 4, count: 25 };
		const g = fokkerPlanckGenerator([axis, axis], (x, y) => x * x + y * y, 1);
		const { rates } = slowestModes(g, 6);
		expect(rates[1] / rates[2]).toBeCloseTo(1, 8);
		// the well is a sum over x and y, so the grid's levels are sums of one-dimensional ones: 2Γ₁ and Γ₂ twice
		const line = slowestModes(
			fokkerPlanckGenerator([axis], (x) => x * x, 1),
			3
		).rates;
		const sums = [0, line[1], line[1], line[2], line[2], 2 * line[1]].sort((a, b) => a - b);
		expect(gap(rates, sums)).toBeLessThan(1e-7);
		// and near n times 2, n+1-fold
		expect(gap(rates, [0, 2, 2, 4, 4, 4])).toBeLessThan(0.25);
	});

	it('resolves a rate far below all others: hopping over a barrier of 12 kT', () => {
		const barrier = 12;
		const g = fokkerPlanckGenerator(
			[{ min: -1.8, max: 1.8, count: 401 }],
			(x) => barrier * (x * x - 1) ** 2,
			1
		);
		const { rates, residual } = slowestModes(g, 3);
		// Kramers: Γ = 2·D√(κ_min κ_max)/(2π) e^{−barrier}, κ_min = 8·12, κ_max = 4·12; 1/barrier corrections remain
		const kramers = (Math.sqrt(96 * 48) / Math.PI) * Math.exp(-barrier);
		expect(rates[1] / kramers).toBeGreaterThan(0.85);
		expect(rates[1] / kramers).toBeLessThan(1.05);
		expect(rates[2]).toBeGreaterThan(1e5 * rates[1]);
		expect(residual).toBeLessThan(1e-7);
	});
});

describe('propagation', () => {
	const D = 0.8;
	const kappa = 1.5;
	const g = harmonic(kappa, 241, 5, D);
	const start = 1.25;
	const moments = (p: Float64Array) => {
		const xs = nodes(g.axes[0]);
		const mean = xs.reduce((s, x, i) => s + x * p[i], 0);
		return { mean, variance: xs.reduce((s, x, i) => s + (x - mean) ** 2 * p[i], 0) };
	};

	it('follows the Ornstein–Uhlenbeck mean and variance, both ways', () => {
		const initial = pointProbability(g, [start]);
		const modes = slowestModes(g, 40);
		const stepper = makeStepper(g, 0.01);
		let stepped = initial;
		for (let k = 0; k < 50; k++) stepped = fokkerPlanckStep(stepper, stepped);
		const byModes = evolveByModes(g, modes, initial, 0.5);
		const exact = oscillatorTransient(kappa, D, start, 0.5);
		for (const p of [stepped, byModes]) {
			expect(sum(p)).toBeCloseTo(1, 12);
			expect(moments(p).mean).toBeCloseTo(exact.mean, 3);
			expect(moments(p).variance).toBeCloseTo(exact.variance, 2);
		}
		expect(gap(stepped, byModes)).toBeLessThan(1e-5);
	});

	it('conserves probability to 1e-12 over many steps, large and small, and ends in e^{−βU}', () => {
		for (const dt of [1e-4, 0.1, 10]) {
			const stepper = makeStepper(g, dt);
			let p = pointProbability(g, [-3]);
			for (let k = 0; k < 200; k++) p = fokkerPlanckStep(stepper, p);
			expect(Math.abs(sum(p) - 1)).toBeLessThan(1e-12);
			if (dt >= 0.1) expect(gap(p, g.stationary)).toBeLessThan(1e-10);
		}
	});

	it('is of second order in dt', () => {
		// a smooth start, so that the order is not hidden by the scheme's damping of sharp features
		const initial = evolveByModes(g, slowestModes(g, 12), pointProbability(g, [0.5]), 0.4);
		const exact = evolveByModes(g, slowestModes(g, 12), pointProbability(g, [0.5]), 1.4);
		const errors = [20, 40, 80].map((steps) => {
			const stepper = makeStepper(g, 1 / steps);
			let p = initial;
			for (let k = 0; k < steps; k++) p = fokkerPlanckStep(stepper, p);
			return gap(p, exact);
		});
		expect(errors[0] / errors[1]).toBeCloseTo(4, 0);
		expect(errors[1] / errors[2]).toBeCloseTo(4, 0);
	});

	it('by modes is exact at every time once all modes are taken, and keeps the mass it is given', () => {
		const small = harmonic(2, 15, 3);
		const all = slowestModes(small, 15);
		const initial = pointProbability(small, [1]).map((p) => 2 * p);
		expect(gap(evolveByModes(small, all, initial, 0), initial)).toBeLessThan(1e-8);
		expect(
			gap(
				evolveByModes(small, all, initial, 1e3),
				small.stationary.map((p) => 2 * p)
			)
		).toBeLessThan(1e-12);
		const one = evolveByModes(small, slowestModes(small, 1), initial, 1);
		expect(
			gap(
				one,
				small.stationary.map((p) => 2 * p)
			)
		).toBeLessThan(1e-14);
	});
});
