// The landing figure's numbers: exact where they claim to be, against independent sums.
import { describe, expect, it } from 'vitest';
import { lnZ } from '../../src/lib/theory/enumerate';
import { indexOf, jointDistribution } from '../../src/lib/theory/enumerateStates';
import { energy } from '../../src/lib/theory/rbm';
import { energyModes, energyReciprocal, toReciprocal, unitsToModes } from '../../src/lib/theory/reciprocal';
import {
	BETA,
	COUPLING,
	levelsEnclosing,
	M,
	N,
	planeDensity,
	triptychModel
} from '../../src/lib/views/triptychModel';
import { TriptychRun } from '../../src/lib/views/triptychRun';

const couplings = [COUPLING.min, 2, 3, COUPLING.start, 4, 5, COUPLING.max];

describe('the model behind the landing figure', () => {
	it.each(couplings)('has the slider as its leading singular value, λ₁ = %f', (coupling) => {
		const { frame } = triptychModel(coupling);
		expect(frame.singularValues[0]).toBeCloseTo(coupling, 12);
		expect(frame.singularValues[1]).toBeCloseTo(1.4, 12);
		expect(frame.singularValues[2]).toBeCloseTo(0.7, 12);
	});

	it.each(couplings)('lifts exactly at λ₁ = %f, and says by how little it misses', (coupling) => {
		const model = triptychModel(coupling);
		expect(model.deviation).toBeLessThan(1e-14);
		expect(model.lnZ).toBeCloseTo(lnZ(model.rbm, BETA), 12);
		expect(model.vertices.reduce((s, q) => s + q.probability, 0)).toBeCloseTo(1, 12);
		expect(model.vertices.reduce((s, q) => s + q.count, 0)).toBe(2 ** (N + M));
	});

	it('gives one energy in three frames', () => {
		const { rbm, frame } = triptychModel(3.7);
		for (let s = 0; s < 128; s++) {
			const state = Float64Array.from({ length: N + M }, (_, k) => (s >> k) & 1);
			const v = state.subarray(0, N);
			const h = state.subarray(N);
			const e = energy(rbm, v, h);
			expect(energyReciprocal(frame, toReciprocal(frame, v, h))).toBeCloseTo(e, 12);
			expect(energyModes(frame, unitsToModes(frame, state))).toBeCloseTo(e, 12);
		}
	});

	it('keeps its modes from turning over as the slider moves', () => {
		let before = triptychModel(COUPLING.min).frame;
		for (let c = COUPLING.min; c <= COUPLING.max; c += 0.05) {
			const { frame } = triptychModel(c);
			for (let k = 0; k < frame.u.length; k++) expect(Math.abs(frame.u[k] - before.u[k])).toBeLessThan(0.1);
			before = frame;
		}
	});

	it.each(couplings)('draws a density with the right mass and variances at λ₁ = %f', (coupling) => {
		const model = triptychModel(coupling);
		const [cols, rows] = [220, 140];
		const [w, u] = [5.5, 3.5];
		const density = planeDensity(model, [-w, w], [-u, u], cols, rows);
		const cell = ((2 * w) / cols) * ((2 * u) / rows);
		let mass = 0;
		let soft = 0;
		let stiff = 0;
		density.forEach((d, k) => {
			mass += d * cell;
			soft += d * cell * (-w + (((k % cols) + 0.5) / cols) * 2 * w) ** 2;
			stiff += d * cell * (-u + ((Math.floor(k / cols) + 0.5) / rows) * 2 * u) ** 2;
		});
		expect(mass).toBeCloseTo(1, 4);
		expect(Math.sqrt(stiff)).toBeCloseTo(model.spread[0], 3);
		expect(Math.sqrt(soft)).toBeCloseTo(model.spread[model.frame.r], 2);
	});

	it('has one well at weak coupling and two wherever the page says so, past βλ₁ = 4', () => {
		expect(triptychModel(1.5).well).toBe(0);
		for (let c = 4; c <= COUPLING.max; c += 0.1) expect(triptychModel(c).well).toBeGreaterThan(1);
	});

	it('encloses the shares it is asked for', () => {
		const density = Float64Array.from({ length: 1000 }, (_, k) => k);
		const [low, high] = levelsEnclosing(density, [0.9, 0.5]);
		const share = (level: number) =>
			density.reduce((s, d) => s + (d > level ? d : 0), 0) / density.reduce((s, d) => s + d, 0);
		expect(share(low)).toBeCloseTo(0.9, 2);
		expect(share(high)).toBeCloseTo(0.5, 2);
	});
});

describe('the particle of the landing figure', () => {
	it('repeats itself with the same seed', () => {
		const model = triptychModel(3);
		const [a, b] = [new TriptychRun(5), new TriptychRun(5)];
		for (let k = 0; k < 20; k++) {
			a.advance(model, 0.1);
			b.advance(model, 0.1);
		}
		expect([...a.frame(model).modes]).toEqual([...b.frame(model).modes]);
	});

	it('rounds to samples of the RBM', () => {
		// One rounding every unit of Langevin time, 6000 of them at λ₁ = 2; the slowest rate is about 0.7, so that at
		// least 1500 of them count as independent. The mean total variation is then at most 0.4·√(128/1500) = 0.117, and
		// 0.2 is passed with probability below e^(−2·1500·0.083²) = 1e-9 (bounded differences). Without the lift the
		// law itself is off by far more (0.85 for the RBM of theory §10).
		const model = triptychModel(2);
		const run = new TriptychRun(1);
		const counts = new Float64Array(2 ** (N + M));
		const n = 6000;
		for (let k = 0; k < n; k++) {
			run.advance(model, 1);
			run.round(model);
			counts[indexOf(run.frame(model).state)] += 1 / n;
		}
		const p = jointDistribution(model.rbm, BETA);
		const tv = 0.5 * counts.reduce((s, c, k) => s + Math.abs(c - p[k]), 0);
		expect(tv).toBeLessThan(0.2);
	});
});
