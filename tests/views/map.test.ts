// The map's numbers against theory: probabilities, energies along the turn, the smeared law, springs and levels.
import { describe, expect, it } from 'vitest';
import { jointDistribution } from '../../src/lib/theory/enumerateStates';
import { liftVariances } from '../../src/lib/theory/lift';
import { enumerateSpectrum } from '../../src/lib/theory/oscillatorSpectrum';
import { balanced, makeRbm, type Rbm } from '../../src/lib/theory/rbm';
import { reciprocalFrame, toReciprocal, unitsToModes } from '../../src/lib/theory/reciprocal';
import { normalCdf, planeMass, planePotential, potentialAt } from '../../src/lib/views/map/mapDensity';
import {
	energyInModes,
	energyInReciprocal,
	energyInUnits,
	energyOnTheWay,
	stateOf
} from '../../src/lib/views/map/mapEnergy';
import { generalView, orient } from '../../src/lib/views/map/mapFrame';
import { mapLayout } from '../../src/lib/views/map/mapLayout';
import { sampledMapModel } from '../../src/lib/views/map/mapSampled';
import { MapProcess, planeModes } from '../../src/lib/views/map/mapProcess';
import { mapSample } from '../../src/lib/session/mapSample';
import { ladderOf } from '../../src/lib/views/map/mapLadder';
import { mapModel } from '../../src/lib/views/map/mapModel';
import { progressAt, stageOf, timeAt } from '../../src/lib/views/map/mapStages';
import { wellsOf } from '../../src/lib/views/map/mapSurface';
import { makeTurn, turnMatrix, viewAt } from '../../src/lib/views/map/mapTurn';
import { reachesOf, smearVariance, statePositions } from '../../src/lib/views/map/mapView';
import { triptychRbm } from '../../src/lib/views/triptychModel';
import { normals, uniforms } from '../../src/lib/random/draw';
import { keyFromSeed } from '../../src/lib/random/key';

/** An RBM with biases of no symmetry. */
function biased(N: number, M: number, seed: number): Rbm {
	const x = normals(N * M + N + M, keyFromSeed(seed));
	return makeRbm({
		weights: x.subarray(0, N * M),
		visibleBias: x.subarray(N * M, N * M + N),
		hiddenBias: x.subarray(N * M + N)
	});
}
const machines: [string, Rbm, number][] = [
	['4+3 balanced', triptychRbm(3.4), 1],
	['3+5 biased', biased(3, 5, 2), 0.7],
	['1+1 biased', biased(1, 1, 3), 1],
	['1+1 repelling', makeRbm({ weights: [[-1.5]], visibleBias: [0.2], hiddenBias: [0.4] }), 1],
	['6+4 biased', biased(6, 4, 4), 0.5]
];
const everywhere = Array.from({ length: 81 }, (_, k) => k / 10);
const largest = (a: Float64Array) => a.reduce((m, e) => Math.max(m, Math.abs(e)), 0);

describe('progress', () => {
	it('belongs to the stage that runs or has just ended', () => {
		expect([0, 0.01, 1, 1.01, 2, 7.5, 8].map(stageOf)).toEqual([1, 1, 1, 2, 2, 8, 8]);
	});

	it('rises with time from 0 to 8, rests on every whole number, and knows its time again', () => {
		let before = -1;
		for (let t = 0; t <= 8; t += 0.01) {
			const p = progressAt(t);
			expect(p).toBeGreaterThanOrEqual(before);
			before = p;
		}
		for (let k = 1; k <= 8; k++) expect(progressAt(k - 0.2)).toBe(k);
		for (const p of everywhere) expect(progressAt(timeAt(p))).toBeCloseTo(p, 9);
	});
});

describe('the turn', () => {
	it.each(machines)('of %s is a rotation all the way, from one view to the other', (_, rbm, beta) => {
		const { turn, n, axes } = mapModel(rbm, beta);
		for (const t of [0, 0.13, 0.5, 0.87, 1]) {
			const o = turnMatrix(turn, t);
			for (let i = 0; i < n; i++)
				for (let k = 0; k < n; k++) {
					let sum = 0;
					for (let e = 0; e < n; e++) sum += o[e * n + i] * o[e * n + k];
					expect(sum).toBeCloseTo(i === k ? 1 : 0, 12);
				}
			const seen = viewAt(turn, t);
			for (const [row, start] of [
				[seen.right, axes.right],
				[seen.up, axes.up]
			])
				for (let i = 0; i < n; i++) {
					let moved = 0;
					for (let k = 0; k < n; k++) moved += o[i * n + k] * start[k];
					expect(row[i]).toBeCloseTo(moved, 12);
				}
		}
	});

	it('goes the long way round too: to the opposite view, and to itself', () => {
		const a = generalView(3, 2);
		const b = { right: a.right.map((e) => -e), up: a.up };
		for (const goal of [b, a, { right: a.up, up: a.right }]) {
			const turn = makeTurn(a, goal);
			const end = viewAt(turn, 1);
			expect(largest(end.right.map((e, k) => e - goal.right[k]))).toBeLessThan(1e-12);
			expect(largest(end.up.map((e, k) => e - goal.up[k]))).toBeLessThan(1e-12);
		}
	});
});

describe('the map of an RBM', () => {
	it.each(machines)('of %s has its probabilities and energies', (_, rbm, beta) => {
		const model = mapModel(rbm, beta);
		const p = jointDistribution(rbm, beta);
		expect(model.states.count).toBe(2 ** (rbm.N + rbm.M));
		expect(largest(model.states.weight.map((w, s) => w - p[s]))).toBeLessThan(1e-14);
		for (let s = 0; s < model.states.count; s += 7)
			expect(model.states.energy[s]).toBeCloseTo(energyInUnits(model, s), 12);
		if (rbm.N + rbm.M <= 8) expect(model.deviation).toBeLessThan(1e-13);
		else expect(model.deviation).toBeNaN();
	});

	it.each(machines)('of %s keeps every energy along the turn and in every frame', (_, rbm, beta) => {
		const model = mapModel(rbm, beta);
		for (let s = 0; s < model.states.count; s += 5) {
			const e = energyInUnits(model, s);
			for (const p of [2, 2.2, 2.5, 2.71, 3])
				expect(Math.abs((energyOnTheWay(model, s, p) ?? NaN) - e)).toBeLessThan(1e-12 * (1 + Math.abs(e)));
			expect(energyInReciprocal(model, s)).toBeCloseTo(e, 12);
			expect(energyInModes(model, s)).toBeCloseTo(e, 12);
		}
	});

	it.each(machines)('of %s puts every vertex where its coordinates are', (_, rbm, beta) => {
		for (let mode = 0; mode < Math.min(rbm.N, rbm.M); mode++) {
			const model = mapModel(rbm, beta, { mode });
			const frame = model.machine!.frame;
			const out = new Float64Array(2 * model.states.count);
			const half = new Float64Array(model.n).fill(0.5);
			const centre = toReciprocal(frame, half.subarray(0, model.N), half.subarray(model.N));
			const centreModes = unitsToModes(frame, half);
			const planes = [3, 4, 5].map((p) => statePositions(model, p, out).slice());
			const g = model.beta * model.sigma2;
			for (let s = 0; s < model.states.count; s++) {
				const state = stateOf(model, s);
				const { x, y } = toReciprocal(frame, state.subarray(0, model.N), state.subarray(model.N));
				expect(planes[0][2 * s]).toBeCloseTo(y[mode] - centre.y[mode], 12);
				expect(planes[0][2 * s + 1]).toBeCloseTo(x[mode] - centre.x[mode], 12);
				const z = unitsToModes(frame, state);
				const [w, u] = [z[frame.r + mode] - centreModes[frame.r + mode], z[mode] - centreModes[mode]];
				expect(planes[1][2 * s]).toBeCloseTo(w, 12);
				// upwards is stiff, u = (x−y)/√2
				expect(planes[1][2 * s + 1]).toBeCloseTo(u, 12);
				expect(planes[2][2 * s]).toBeCloseTo(
					w * (1 + g * frame.singularValues[mode]) + g * model.soft.field,
					12
				);
			}
		}
	});

	it('moves without a jump: no vertex leaps between neighbouring progresses', () => {
		const model = mapModel(triptychRbm(3.4), 1, { sigma2: 0.12 });
		const [a, b] = [0, 1].map(() => new Float64Array(2 * model.states.count));
		for (let p = 1; p < 5.99; p += 0.005) {
			statePositions(model, p, a);
			statePositions(model, p + 0.005, b);
			expect(largest(a.map((e, k) => e - b[k]))).toBeLessThan(0.06);
		}
	});

	it('wants a sample for a large machine, and gives it equal weights', () => {
		const rbm = biased(12, 6, 5);
		expect(() => mapModel(rbm, 1)).toThrow(RangeError);
		expect(() => mapModel(rbm, 1, { sample: new Uint8Array(19) })).toThrow(RangeError);
		const sample = Uint8Array.from({ length: 18 * 20 }, (_, k) => ((k * 7) % 3) & 1);
		const model = mapModel(rbm, 1, { sample });
		expect(model.exact).toBe(false);
		expect(model.states.weight[3]).toBe(1 / 20);
		expect(energyInModes(model, 3)).toBeCloseTo(model.states.energy[3], 10);
		expect(reachesOf(model).smeared.right).toBeGreaterThan(0.5);
	});
});

describe('the smeared law', () => {
	it('has a distribution function that is right to 1e-7', () => {
		expect(normalCdf(0)).toBeCloseTo(0.5, 7);
		expect(normalCdf(1)).toBeCloseTo(0.8413447460685429, 7);
		expect(normalCdf(-2.5)).toBeCloseTo(0.006209665325776132, 7);
	});

	it.each(machines)('of %s keeps its mass and has the exact widths at every σ', (_, rbm, beta) => {
		const model = mapModel(rbm, beta);
		const out = new Float64Array(2 * model.states.count);
		const r = Math.min(rbm.N, rbm.M);
		for (const p of [4, 4.3, 5]) {
			statePositions(model, p, out);
			const grid = { cols: 300, rows: 200, soft: 9, stiff: 6 };
			const mass = planeMass(model, out, smearVariance(model, p), grid);
			let [total, w, ww] = [0, 0, 0];
			mass.forEach((m, k) => {
				const at = -9 + (((k % 300) + 0.5) / 300) * 18;
				total += m;
				w += m * at;
				ww += m * at * at;
			});
			expect(total).toBeCloseTo(1, 5);
			if (p < 5) continue;
			const soft = model.modes[r];
			expect(w).toBeCloseTo(soft.mean, 3);
			// the grid adds cell²/12 = 3e-4
			expect(Math.sqrt(ww - w * w)).toBeCloseTo(soft.spread, 2);
		}
	});

	it('counts wells that a barrier parts, and no ripples', () => {
		const at = (...u: number[]) => u.map((e, k): [number, number] => [k, e]);
		expect(wellsOf(at(3, 1, 0, 1, 3))).toBe(1);
		expect(wellsOf(at(3, 0, 1, 0.2, 3))).toBe(2);
		expect(wellsOf(at(3, 0, 0.01, 0, 3))).toBe(1);
		expect(wellsOf(at(3, 0, 1, 0.5, 1, 0, 3))).toBe(3);
		expect(wellsOf(at(3, 1, 0))).toBe(1);
	});

	it('turns into a potential with its zero at the likeliest cell', () => {
		const grid = { cols: 3, rows: 2, soft: 3, stiff: 2 };
		const u = planePotential(Float64Array.of(0.1, 0.5, 0.1, 0, 0.3, 0));
		expect(u[1]).toBe(0);
		expect(u[0]).toBeCloseTo(Math.log(5), 12);
		expect(potentialAt(u, grid, 0, -1, 9)).toBeCloseTo(0, 2);
		expect(potentialAt(u, grid, -2, 1, 9)).toBeCloseTo(9, 1);
	});
});

describe('springs and levels', () => {
	it('have the frequencies and rates of the gaussian closure', () => {
		const model = mapModel(triptychRbm(3.4), 2, { sigma2: 0.05 });
		for (const m of model.modes) {
			const kappa = m.kind === 'free' ? 4 : m.kind === 'stiff' ? 4 + 2 * m.lambda : 4 - 2 * m.lambda;
			expect(m.omega).toBeCloseTo(kappa / 2, 12);
			expect(m.rate).toBeCloseTo(kappa / 2, 12);
			if (kappa > 0) expect(m.thermal).toBeCloseTo(1 / Math.sqrt(kappa), 12);
			else expect(m.thermal).toBeNaN();
		}
	});

	it('shake as wide as theory says where couplings are weak', () => {
		// Balanced and weakly coupled, the oscillator limit of the lift holds up to terms of third order in
		// the largest λ, here 0.06: below 1e-4, while λ itself moves a variance by about λ/16 = 0.004.
		const weak = biased(4, 3, 6);
		const rbm = balanced({ ...weak, weights: weak.weights.map((w) => 0.02 * w) });
		const model = mapModel(rbm, 1, { sigma2: 0.12 });
		for (const m of model.modes.filter((e) => e.kind !== 'free')) {
			const { stiff, soft } = liftVariances(m.lambda, 1, 0.12);
			const wanted = m.kind === 'stiff' ? stiff : (soft ?? NaN);
			expect(Math.abs(m.spread ** 2 - wanted)).toBeLessThan(1e-4);
			expect(m.mean).toBeCloseTo(0, 12);
		}
	});

	it('climb as oscillatorSpectrum counts them, Γ = 2DE', () => {
		const model = mapModel(triptychRbm(2), 1.5);
		const ladder = ladderOf(model);
		const stable = model.modes.filter((m) => m.omega > 0);
		const spectrum = enumerateSpectrum(
			stable.map((m) => m.omega),
			ladder.top,
			400
		);
		expect(ladder.levels.map((l) => l.energy)).toEqual(spectrum.levels.map((l) => l.energy));
		expect(ladder.levels[0].energy).toBe(0);
		for (const l of ladder.levels) expect(l.rate).toBeCloseTo((2 / 1.5) * l.energy, 12);
		for (const rung of ladder.rungs) {
			expect(rung.energy).toBeCloseTo(rung.quanta * model.modes[rung.mode].omega, 12);
			expect(rung.energy).toBeLessThanOrEqual(ladder.top * (1 + 1e-9));
		}
	});

	it('leaves modes without a spring off the ladder', () => {
		const model = mapModel(triptychRbm(5), 1);
		const ladder = ladderOf(model);
		expect(model.modes.filter((m) => m.omega <= 0).length).toBe(1);
		expect(ladder.rungs.some((r) => model.modes[r.mode].omega <= 0)).toBe(false);
	});
});

describe('the map of a sample from the session', () => {
	/** A machine of 40×30 units, too large for the page to get its parameters, and chains of coins. */
	const N = 40;
	const M = 30;
	const rbm = biased(N, M, 11);
	const frame = orient(reciprocalFrame(rbm));
	const r = Math.min(N, M);
	const thin = (m: Float64Array, size: number) =>
		Float64Array.from({ length: size * r }, (_, k) => m[Math.floor(k / r) * size + (k % r)]);
	const coins = uniforms(200 * (N + M), keyFromSeed(12)).map((e) => (e < 0.5 ? 0 : 1));
	const sample = mapSample({
		step: 5,
		rbm,
		// followed modes come in any order
		modes: { N, M, r, singularValues: frame.singularValues, u: thin(frame.u, N), v: thin(frame.v, M) },
		beta: 0.8,
		sigma2: 0.02,
		mode: 2,
		visible: coins.subarray(0, 200 * N),
		hidden: coins.subarray(200 * N)
	});
	const whole = mapModel(rbm, 0.8, { mode: 2, sigma2: 0.02, sample: sample.bits });
	const model = sampledMapModel(sample);

	it('draws the same picture as the whole machine would', () => {
		expect(sample.parameters).toBeNull();
		expect(model.machine).toBeNull();
		const [a, b] = [whole, model].map((m) => new Float64Array(2 * m.states.count));
		for (const p of [1.5, 2, 2.4, 3, 3.6, 4, 5]) {
			statePositions(whole, p, a);
			statePositions(model, p, b);
			// The middle of the turn depends on nothing but its ends.
			expect(largest(a.map((e, k) => e - b[k]))).toBeLessThan(1e-9);
		}
		expect(largest(whole.states.energy.map((e, s) => e - model.states.energy[s]))).toBeLessThan(1e-10);
	});

	it('has the same leading modes', () => {
		for (const m of model.modes) {
			const same = whole.modes.find((e) => e.kind === m.kind && e.index === m.index);
			for (const key of ['lambda', 'omega', 'rate', 'mean', 'spread'] as const)
				expect(m[key]).toBeCloseTo(same?.[key] ?? NaN, 10);
		}
		expect(model.modes.length).toBe(16);
	});

	it('gets the parameters of a small machine', () => {
		const small = biased(4, 3, 13);
		const f = orient(reciprocalFrame(small));
		const told = mapSample({
			step: 1,
			rbm: small,
			modes: {
				N: 4,
				M: 3,
				r: 3,
				singularValues: f.singularValues,
				u: f.u.filter((_, k) => k % 4 < 3),
				v: f.v
			},
			beta: 1,
			sigma2: 0.1,
			mode: 0,
			visible: coins.subarray(0, 40),
			hidden: coins.subarray(40, 70)
		});
		expect(sampledMapModel(told).exact).toBe(true);
	});
});

describe('the layout', () => {
	it('has a column for every mode of the small machine, and all marks inside, from phone to lecture hall', () => {
		const model = mapModel(triptychRbm(3.4), 1);
		for (const [width, height, rem] of [
			[358, 420, 16],
			[640, 480, 16],
			[1060, 450, 16],
			[950, 480, 24]
		]) {
			const layout = mapLayout(model, width, height, rem);
			expect(layout.columns.map((c) => c.mode).sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
			for (const { x } of [...layout.net, ...layout.strip, ...layout.bars, ...layout.columns]) {
				expect(x).toBeGreaterThan(0);
				expect(x).toBeLessThan(width);
			}
			expect(layout.all).toBeLessThan(width);
			expect(layout.columns.at(-1)!.x).toBeLessThan(layout.all);
		}
	});
});

describe('what moves by itself', () => {
	it('repeats with its seed, stands still while corners are carried, and flips units before', () => {
		const model = mapModel(triptychRbm(3.4), 1, { sigma2: 0.12 });
		const path = (progress: number) => {
			const run = new MapProcess(3);
			return Array.from({ length: 40 }, () => {
				run.advance(model, progress, 0.1);
				return run.motion(model).marked;
			});
		};
		expect(path(0.7)).toEqual(path(0.7));
		expect(new Set(path(0.7)).size).toBeGreaterThan(2);
		expect(new Set(path(2.5)).size).toBe(1);
	});

	it('tosses fair coins at β = 0 and samples of the machine at its own β', () => {
		// One sweep a beat. At progress 0 every state has 1/128: over 4000 independent states the total variation from the
		// law has mean below ½√(128/4000) = 0.09, and by bounded differences exceeds 0.16 with probability below
		// e^(−2·4000·0.07²) = 1e-17. At progress 1 and λ₁ = 1.5, β = 1, sweeps forget by (λ/4)² ≈ 0.14 each: as good as
		// 3000 independent ones.
		const model = mapModel(triptychRbm(1.5), 1, { sigma2: 0.12 });
		for (const progress of [0, 1]) {
			const run = new MapProcess(5);
			const counts = new Float64Array(128);
			for (let k = 0; k < 4000; k++) {
				run.advance(model, progress, 0.6);
				counts[run.motion(model).marked] += 1 / 4000;
			}
			let tv = 0;
			counts.forEach((c, s) => (tv += 0.5 * Math.abs(c - (progress ? model.states.weight[s] : 1 / 128))));
			expect(tv).toBeLessThan(0.16);
		}
	});

	it('follows in a sample the density that is drawn', () => {
		// Two states of one mode far apart: the particle is near the one marked, never lost between them for long.
		const sample = Uint8Array.from([...Array(18).fill(0), ...Array(18).fill(1)]);
		const wide = biased(12, 6, 8);
		const model = mapModel(wide, 0.3, { sample, sigma2: 0.05 });
		const run = new MapProcess(2);
		const at = statePositions(model, 5, new Float64Array(4));
		const [soft] = planeModes(model);
		for (let k = 0; k < 300; k++) run.advance(model, 6, 0.01);
		const sd = Math.sqrt(model.sigma2 * (1 - model.beta * model.sigma2 * model.soft.coupling));
		// A beat is 55 of these steps and the law forgets within a few: look before the next beat. Six standard
		// deviations are passed with probability 2e-9.
		const motion = run.motion(model);
		expect(Math.abs(motion.modes[soft] - at[2 * motion.marked])).toBeLessThan(6 * sd);
		expect(motion.trail.length).toBeGreaterThan(20);
	});
});
