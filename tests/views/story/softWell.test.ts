// The story's landscape along the soft mode against theory/: values, slopes and bends of its four readings, and the
// exact law of the machine by enumeration.
import { describe, expect, it } from 'vitest';
import { entropicClosure } from '../../../src/lib/theory/closures/entropic';
import { gaussianClosure } from '../../../src/lib/theory/closures/gaussian';
import { landauExpansion, landauWell } from '../../../src/lib/theory/closures/landau';
import { bitsOf, jointDistribution } from '../../../src/lib/theory/enumerateStates';
import { makeLift, meanGivenState } from '../../../src/lib/theory/lift';
import { nodes } from '../../../src/lib/theory/fokkerPlanck';
import { reciprocalFrame } from '../../../src/lib/theory/reciprocal';
import { planeClosure, planeGenerator, planeTables, unitsAt } from '../../../src/lib/views/story/planeWell';
import {
	collectiveRbm,
	quantumPotential,
	softVariance,
	WELL_SIGMA2,
	wellAxis,
	wellMinima,
	wellShape,
	type WellName
} from '../../../src/lib/views/story/softWell';

const units = 8;
const beta = 1.3;
const lambda = 4.1;
const rbm = collectiveRbm(units, lambda);
/** unit coordinates at w along the soft mode, everything else at the centre */
const along = (w: number, n = units) => new Float64Array(2 * n).fill(0.5 + w / Math.sqrt(2 * n));

describe('the soft mode’s landscape', () => {
	it('belongs to a machine with one singular value, shared by all units', () => {
		const { singularValues, u, v } = reciprocalFrame(rbm);
		expect(singularValues[0]).toBeCloseTo(lambda, 12);
		expect(singularValues[1]).toBeCloseTo(0, 12);
		for (let k = 0; k < units; k++) expect(u[k * units] * v[k * units]).toBeCloseTo(1 / units, 12);
	});

	it.each([
		['gaussian', gaussianClosure(rbm, beta)],
		['entropic', entropicClosure(rbm, beta)]
	] as const)('is the %s closure along that mode', (name, closure) => {
		const shape = wellShape({ name, lambda, beta, units });
		for (const w of [-1.9, -1.2, -0.3, 0, 0.7, 1.6]) {
			const at = along(w);
			const gradient = closure.gradient(at);
			const hessian = closure.hessian(at);
			const s = 1 / Math.sqrt(2 * units);
			expect(shape.value(w)).toBeCloseTo(closure.potential(at) - closure.potential(along(0)), 10);
			expect(shape.slope(w)).toBeCloseTo(s * gradient.reduce((a, b) => a + b, 0), 9);
			expect(shape.bend(w)).toBeCloseTo(s * s * hessian.reduce((a, b) => a + b, 0), 9);
		}
	});

	it('is Landau’s expansion, and its wells lie where theory says', () => {
		const theory = landauExpansion(rbm, beta);
		const shape = wellShape({ name: 'landau', lambda, beta, units });
		for (const w of [0.4, 1.1, -2])
			expect(shape.value(w)).toBeCloseTo(0.5 * theory.quadratic * w * w + theory.quartic * w ** 4, 12);
		expect(wellMinima(shape).at(-1)).toBeCloseTo(landauWell(theory), 9);
		expect(wellMinima(wellShape({ name: 'landau', lambda: 1, beta, units }))).toEqual([0]);
	});

	it('ends, in the entropic closure, in the symmetry-broken minimum', () => {
		const [lowest] = entropicClosure(rbm, beta).minima();
		const well = wellMinima(wellShape({ name: 'entropic', lambda, beta, units })).at(-1) as number;
		expect(Math.abs(lowest.at[0] - 0.5) * Math.sqrt(2 * units)).toBeCloseTo(well, 7);
	});

	it('is the exact marginal of the lift: enumerated for three units a layer', () => {
		const small = collectiveRbm(3, lambda);
		const lift = makeLift(small, beta, WELL_SIGMA2);
		const p = jointDistribution(small, beta);
		const stretch = 1 + beta * WELL_SIGMA2 * lambda;
		const variance = WELL_SIGMA2 * stretch;
		let exactVariance = 0;
		const density = (w: number) => {
			let sum = 0;
			exactVariance = 0;
			p.forEach((ps, s) => {
				const state = bitsOf(s, 6);
				const centre = meanGivenState(lift, state).reduce((a, e) => a + (e - 0.5) / Math.sqrt(6), 0);
				sum += ps * Math.exp(-((w - centre) ** 2) / (2 * variance));
				exactVariance += ps * state.reduce((a, e) => a + (e - 0.5) / Math.sqrt(6), 0) ** 2;
			});
			return sum;
		};
		const shape = wellShape({ name: 'exact', lambda, beta, units: 3 });
		for (const w of [-1.7, -0.4, 0.9, 2.2])
			expect(shape.value(w)).toBeCloseTo(Math.log(density(0) / density(w)), 10);
		expect(softVariance({ lambda, beta, units: 3 })).toBeCloseTo(exactVariance, 12);
	});

	it.each(['gaussian', 'landau', 'entropic', 'exact'] as WellName[])(
		'has slopes and bends that are derivatives (%s)',
		(name) => {
			const shape = wellShape({ name, lambda: 4.4, beta: 1, units });
			const h = 1e-4;
			for (const w of [-1.5, -0.2, 0.9]) {
				expect(shape.slope(w)).toBeCloseTo((shape.value(w + h) - shape.value(w - h)) / (2 * h), 6);
				expect(shape.bend(w)).toBeCloseTo((shape.slope(w + h) - shape.slope(w - h)) / (2 * h), 6);
			}
		}
	);

	it('has V_Q = ½ω²w² − ½ω with ω = κ/2 when it is harmonic', () => {
		const shape = wellShape({ name: 'gaussian', lambda: 1, beta: 1, units });
		const omega = 3 / 2;
		for (const w of [0, 0.5, -2])
			expect(quantumPotential(shape, w)).toBeCloseTo(0.5 * omega ** 2 * w * w - omega / 2, 12);
	});

	it('dies off before the grid ends', () => {
		for (const name of ['gaussian', 'landau', 'exact'] as WellName[])
			for (const coupling of [0, 2, 3.8, 5.5, 7]) {
				if (name === 'gaussian' && coupling >= 4) continue;
				const well = { name, lambda: coupling, beta: 1, units };
				const shape = wellShape(well);
				const values = Array.from(nodes(wellAxis(well)), shape.value);
				expect(values[0] - Math.min(...values)).toBeGreaterThan(8);
			}
		for (const n of [12, 16]) {
			const well = { name: 'exact' as const, lambda: 7, beta: 1, units: n };
			const values = Array.from(nodes(wellAxis(well)), wellShape(well).value);
			expect(values[0] - Math.min(...values)).toBeGreaterThan(8);
		}
	});
});

describe('the plane of the smallest machine', () => {
	const plane = { closure: 'smoothed', lambda: 2, beta: 1 } as const;
	it('has forces that are minus the gradient of its potential', () => {
		const closure = planeClosure(plane);
		const { potential, forces } = planeTables(plane);
		const h = 1e-5;
		const [u, w] = [0.3, -0.75];
		const value = (a: number, b: number) => closure.potential(unitsAt(a, b));
		const i = Math.round((u + 2.4) / 0.1) + 49 * Math.round((w + 3.6) / 0.1);
		const [un, wn] = [-2.4 + 0.1 * 27, -3.6 + 0.1 * Math.round((w + 3.6) / 0.1)];
		expect(potential[i]).toBeCloseTo(value(un, wn), 9);
		expect(forces[0][i]).toBeCloseTo(-(value(un + h, wn) - value(un - h, wn)) / (2 * h), 5);
		expect(forces[1][i]).toBeCloseTo(-(value(un, wn + h) - value(un, wn - h)) / (2 * h), 5);
	});

	it('has the law of the RBM: mean-square w of the lift', () => {
		const { stationary } = planeGenerator(plane, planeTables(plane).potential);
		let square = 0;
		stationary.forEach((p, k) => (square += p * (-3.6 + 0.1 * Math.floor(k / 49)) ** 2));
		// (1+βσ²λ)²Var(w of the vertices) + σ²(1+βσ²λ), theory section 5
		const exact = 1.5 ** 2 * softVariance({ lambda: 2, beta: 1, units: 1 }) + 0.25 * 1.5;
		expect(square).toBeCloseTo(exact, 3);
	});
});
