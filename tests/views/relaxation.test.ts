// What the relaxation figures draw and export, from rows and predictions made by hand.
import { describe, expect, it } from 'vitest';
import { defaultStudy } from '../../src/lib/scene/study';
import type { LearningRecord, Row } from '../../src/lib/session/protocolRelaxation';
import { machineAt, planStudy, pointKey } from '../../src/lib/session/relaxationPlan';
import { relaxationPredictions } from '../../src/lib/theory/relaxationPredictions';
import { machineFromText, toCsv, toJson } from '../../src/lib/views/relaxation/export';
import {
	clipped,
	closureFigure,
	mainLines,
	mainPoints,
	predictionFor,
	residualPoints,
	sizePoints
} from '../../src/lib/views/relaxation/figures';
import { crossing, outOfEquilibrium } from '../../src/lib/views/relaxation/learning';
import { rbmOf } from '../../src/lib/views/machineRbm';

const study = { ...defaultStudy, N: 4, M: 3, from: 2, to: 3, count: 2, sizes: [{ N: 6, M: 5 }] };
const predictions = [2, 3].map((strength) => {
	const { rbm, beta } = machineAt(study, strength);
	return { strength, is: relaxationPredictions(rbm, beta, study.sigma2) };
});
function row(part: Partial<Row>): Row {
	const base = planStudy(study).find((p) => p.method === (part.method ?? 'gibbs'))!;
	return {
		...base,
		mode: 0,
		lambda: 2,
		beta: 1,
		sigma2: null,
		tau: 1,
		low: 0.9,
		high: 1.1,
		error: 0.05,
		unit: 'sweeps',
		toCommon: 2,
		variance: 0.5,
		varianceError: 0.01,
		times: [0, 1],
		rho: [1, 0.37],
		rhoError: [0, 0.01],
		window: [0, 1],
		records: 48,
		interval: 1,
		dt: null,
		start: 'exact',
		decayed: true,
		seconds: 0.1,
		...part
	};
}

describe('a plan', () => {
	it('has each point once, coarse couplings first, and a key that depends on seed and id alone', () => {
		const points = planStudy(defaultStudy);
		expect(new Set(points.map((p) => p.id)).size).toBe(points.length);
		// ten couplings: seven dynamics, one more σ², two more sizes
		expect(points).toHaveLength(10 * (7 + 1 + 2));
		expect([...new Set(points.map((p) => p.strength))].slice(0, 3)).toEqual([0.5, 2.5, 4.5]);
		expect(pointKey(defaultStudy, 'a')).toEqual(pointKey({ ...defaultStudy, count: 3 }, 'a'));
		expect(pointKey(defaultStudy, 'a')).not.toEqual(pointKey(defaultStudy, 'b'));
		expect(pointKey(defaultStudy, 'a')).not.toEqual(pointKey({ ...defaultStudy, seed: 2 }, 'a'));
	});

	it('means the machine that a recipe of the same numbers means', () => {
		const { rbm } = machineAt(defaultStudy, 3);
		const recipe = {
			N: 10,
			M: 8,
			singularValues: [3, 0.6 * 3],
			rest: 0.3,
			bias: 'balanced' as const,
			biasScale: 0,
			seed: 1
		};
		expect(rbm).toEqual(rbmOf(recipe));
		const biased = machineAt({ ...defaultStudy, biasScale: 1 }, 3).rbm;
		expect(biased.weights).toEqual(rbm.weights);
		expect(Math.max(...biased.hiddenBias.map((b, j) => Math.abs(b - rbm.hiddenBias[j])))).toBeLessThanOrEqual(
			1
		);
		const random = machineAt({ ...defaultStudy, machine: 'random', beta: 2 }, 3);
		expect(random.beta).toBe(2);
		expect(() => machineAt({ ...defaultStudy, machine: 'given' }, 3)).toThrow(/none was given/);
		const large = { name: '', N: 784, M: 500, weights: [], visibleBias: [], hiddenBias: [] };
		expect(() => machineAt({ ...defaultStudy, machine: 'given' }, 3, 784, 500, large)).toThrow(/too large/);
	});
});

describe('figures', () => {
	const rows = [
		row({ strength: 3, id: 'b', tau: 2, low: 1.5, high: 3 }),
		row({ strength: 2, id: 'a' }),
		row({ strength: 2, id: 'c', N: 6, M: 5 }),
		row({ strength: 2, id: 'd', mode: 1 }),
		row({
			strength: 2,
			id: 'l',
			method: 'smoothed',
			wish: 0.25,
			unit: 'Langevin time',
			toCommon: 3,
			tau: 1.5
		}),
		row({ strength: 2, id: 'g', method: 'gaussian', unit: 'Langevin time', tau: 0.5, low: 0.4, high: 0.625 })
	];

	it('put own points of the top mode on the shared clock, rising in x', () => {
		const [gibbs, langevin] = mainPoints(rows, study, false);
		expect([gibbs.x, gibbs.y, gibbs.lo, gibbs.ids]).toEqual([
			[2, 3],
			[2, 4],
			[1.8, 3],
			['a', 'b']
		]);
		expect(langevin.y).toEqual([4.5]);
		const collapsed = mainPoints(rows, study, true);
		expect(collapsed[0].x).toEqual([0.5, 0.25]);
		expect(collapsed.at(-1)!.label).toBe('Gibbs 6×5');
		expect(sizePoints(rows).map((p) => p.label)).toEqual(['4×3', '6×5']);
	});

	it('draw the linear law and the exact spectra', () => {
		const lines = mainLines(predictions, false);
		const law = lines.find((l) => l.id === 'law')!;
		const at = Array.from(law.x).indexOf(2);
		expect(law.y[at]).toBeCloseTo(2, 12);
		const exact = lines.find((l) => l.id === 'gibbs-exact')!;
		expect(exact.y[0]).toBeCloseTo(2 * predictions[0].is.gibbsExact, 12);
		expect(lines.some((l) => l.id === 'glauber-exact')).toBe(true);
		const cut = clipped(law, [0, 4], [1, 2.5]);
		expect(Math.max(...Array.from(cut.y).filter(Number.isFinite))).toBeLessThanOrEqual(2.5);
	});

	it('hold rows against the best prediction', () => {
		expect(predictionFor(rows[1], predictions)).toEqual({
			tau: predictions[0].is.gibbsExact,
			name: 'exact eigenvalue'
		});
		expect(predictionFor(rows[3], predictions)).toBeNull();
		expect(predictionFor(rows[4], predictions)!.name).toBe('D/Var');
		expect(predictionFor(rows[5], predictions)!.tau).toBeCloseTo(0.5, 9);
		const [gibbs] = residualPoints(rows, study, predictions);
		expect(gibbs.y[0]).toBeCloseTo(100 * (1 / predictions[0].is.gibbsExact - 1), 9);
		const { points, lines } = closureFigure(rows, study, predictions, 'gaussian', null);
		expect([points.y, points.lo, points.hi]).toEqual([[2], [1.6], [2.5]]);
		expect(lines[0].y[0]).toBeCloseTo(2, 9);
	});

	it('find the crossing, and where k sweeps no longer forget', () => {
		const record = (step: number, lambda: number, tau: number) =>
			({ step, singularValues: [lambda], gibbs: { tau } }) as unknown as LearningRecord;
		const records = [record(0, 1, 0.2), record(100, 3, 0.5), record(200, 5, 2.5)];
		expect(crossing(records, 1)).toBe(150);
		expect(crossing(records, 0.5)).toBeNull();
		expect(outOfEquilibrium(records, 1)).toBe(125);
	});
});

describe('export', () => {
	it('writes a line a row with its prediction, and JSON with plain lists', () => {
		const lines = toCsv([row({ strength: 2, id: 'a,"b"' })], predictions).split('\n');
		expect(lines).toHaveLength(3);
		expect(lines[0].split(',').length).toBe(lines[1].replace('"a,""b"""', 'x').split(',').length);
		expect(lines[1]).toMatch(/^"a,""b""",gibbs,/);
		expect(lines[1]).toMatch(/exact eigenvalue$/);
		const json = JSON.parse(
			toJson({
				format: 'reciprocal relaxation study',
				study,
				given: { name: 'x', N: 1, M: 1, weights: Float32Array.of(1), visibleBias: [0], hiddenBias: [0] },
				made: { app: '', backend: '', browser: '', date: '' },
				rows: [],
				skipped: [],
				predictions,
				learning: [],
				partition: []
			})
		);
		expect(json.given.weights).toEqual([1]);
		expect(json.study).toEqual(study);
	});

	it('reads a machine from JSON, and says what is wrong with another file', () => {
		const text = '{"weights":[[1,2],[3,4],[5,6]],"visibleBias":[0,0,1],"hiddenBias":[1,0]}';
		expect(machineFromText(text, 'f')).toEqual({
			name: 'f',
			N: 3,
			M: 2,
			weights: [1, 2, 3, 4, 5, 6],
			visibleBias: [0, 0, 1],
			hiddenBias: [1, 0]
		});
		for (const [bad, message] of [
			['x', /not JSON/],
			['null', /no list/],
			['{"weights":[1],"visibleBias":[0],"hiddenBias":["a"]}', /"hiddenBias"/],
			['{"weights":[1],"visibleBias":[0,0],"hiddenBias":[0]}', /do not fit/]
		] as const)
			expect(() => machineFromText(bad, 'f')).toThrow(message);
	});
});
