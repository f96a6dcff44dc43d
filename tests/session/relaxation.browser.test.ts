// The study of relaxation times held to what is known exactly: eigenvalues of the Gibbs matrix, Fokker–Planck rates,
// Rayleigh's D/Var. Seeds are fixed. An interval is right here when the truth lies within 6.5 standard errors of ln τ,
// which Student's law with 31 degrees of freedom leaves with probability 3e-7.
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultStudy, type Study } from '../../src/lib/scene/study';
import { machineAt, planStudy } from '../../src/lib/session/relaxationPlan';
import { measurePoint } from '../../src/lib/session/relaxationPoint';
import { RelaxationStudy } from '../../src/lib/session/relaxationStudy';
import type { RelaxationEvent, Row } from '../../src/lib/session/protocolRelaxation';
import { gibbsEigenvalues } from '../../src/lib/theory/gibbsMatrix';
import { fokkerPlanckRate } from '../../src/lib/theory/relaxationPredictions';
import { use } from '../engine/onBackends';

const SIGMAS = 6.5;
const soon = () => Promise.resolve();

/** Rows of the top mode, by strength. */
async function rowsOf(study: Study): Promise<Row[]> {
	const rows: Row[] = [];
	for (const point of planStudy(study)) rows.push((await measurePoint(study, point, null, soon))[0]);
	return rows.sort((a, b) => a.strength - b.strength);
}

const alone = { sizes: [], count: 1 };

describe('measured relaxation times', () => {
	beforeAll(() => use('wasm'));

	it.each([0.5, 1, 2, 3, 4, 5])('10×8, block Gibbs at λ₁ = %f: the exact eigenvalue', async (from) => {
		const study: Study = { ...defaultStudy, ...alone, from, methods: ['gibbs'], chains: 8192 };
		const [row] = await rowsOf(study);
		const { rbm, beta } = machineAt(study, from);
		const exact = -1 / Math.log(gibbsEigenvalues(rbm, beta, 2)[1]);
		expect(row.error).toBeLessThan(0.02);
		expect(Math.abs(Math.log(row.tau / exact))).toBeLessThan(SIGMAS * row.error);
	});

	it.each([
		[1, 0.15],
		[1, 0.25],
		[1, 0.5],
		[2, 0.25],
		[3, 0.25]
	])('1×1 at W = %f, σ² = %f: the rate of the Fokker–Planck operator', async (from, sigma2) => {
		const size = { N: 1, M: 1, chains: 16384 };
		const study: Study = {
			...defaultStudy,
			...alone,
			...size,
			from,
			methods: ['smoothed'],
			sigma2: [sigma2]
		};
		const [row] = await rowsOf(study);
		const { rbm, beta } = machineAt(study, from);
		const exact = fokkerPlanckRate(rbm, beta, sigma2);
		expect(row.error).toBeLessThan(0.02);
		// the grid's own error is below 1 %, and that of the scheme's step as well
		expect(Math.abs(Math.log(row.tau * exact))).toBeLessThan(0.02 + SIGMAS * row.error);
	});

	it.each([1, 2, 3])('48×32 at λ₁ = %f: the rate at σ² = ¼ within a tenth of D/Var', async (from) => {
		const study: Study = {
			...defaultStudy,
			...alone,
			N: 48,
			M: 32,
			from,
			methods: ['smoothed'],
			sigma2: [0.25],
			chains: 8192
		};
		const [row] = await rowsOf(study);
		const bound = 1 / (row.beta * row.variance);
		// the page's budget; engine/langevinRates.browser.test.ts holds the early decay to a fifth of this error
		expect(row.error).toBeLessThan(0.07);
		expect(Math.abs(1 / row.tau / bound - 1)).toBeLessThan(0.1 + SIGMAS * row.error);
		// Rayleigh: no slower rate than seen here exceeds D/Var but by both errors
		const room = SIGMAS * Math.hypot(row.error, row.varianceError / row.variance);
		expect(Math.log(1 / row.tau / bound)).toBeLessThan(room);
	});

	it('gaussian and fitted closures relax at Dκ, the other two for what their whole potential says', async () => {
		const study: Study = {
			...defaultStudy,
			...alone,
			from: 2,
			methods: ['gaussian', 'fitted', 'entropic', 'tap', 'glauber'],
			chains: 2048
		};
		const rows = await rowsOf(study);
		const of = (method: string) => rows.find((row) => row.method === method)!;
		// top soft mode: κ = 4 − βλ
		expect(Math.abs(Math.log(of('gaussian').tau * 2))).toBeLessThan(SIGMAS * of('gaussian').error);
		for (const method of ['gaussian', 'fitted'])
			expect(Math.abs(Math.log(of(method).tau / of(method).variance))).toBeLessThan(
				SIGMAS * Math.hypot(of(method).error, of(method).varianceError / of(method).variance)
			);
		// D/Var bounds the slowest rate of every potential; between walls at 0 and 1 the variance is below 1/12 a unit
		for (const method of ['entropic', 'tap']) {
			const row = of(method);
			expect(row.variance).toBeLessThan(0.12);
			expect(Math.log(row.variance / row.tau)).toBeLessThan(SIGMAS * row.error + 0.05);
		}
		// linear Glauber 1/(1 − βλ/4) = 2, finite size below it
		expect(of('glauber').tau).toBeLessThan(2 * Math.exp(SIGMAS * of('glauber').error));
		expect(of('glauber').tau).toBeGreaterThan(1.5 * Math.exp(-SIGMAS * of('glauber').error));
	});
});

describe('a study', () => {
	beforeAll(() => use('wasm'));
	const study: Study = {
		...defaultStudy,
		N: 6,
		M: 5,
		from: 3,
		to: 5,
		count: 2,
		methods: ['gibbs', 'smoothed', 'gaussian'],
		sigma2: [0.25],
		sizes: [{ N: 4, M: 3 }],
		chains: 256
	};
	const rowsIn = (events: RelaxationEvent[]) =>
		events.flatMap((e) => (e.kind === 'rows' ? e.rows.map(({ seconds: _, ...row }) => row) : []));

	it('gives the same rows again, cancels between records, and resumes to the same table', async () => {
		const before = memory().numTensors;
		const runner = new RelaxationStudy();
		const whole: RelaxationEvent[] = [];
		expect(await runner.run(study, null, [], 'wasm', (e) => whole.push(e))).toBe('finished');
		const skipped = whole.filter((e) => e.kind === 'skipped');
		expect(skipped).toHaveLength(1);
		expect(skipped[0].skipped.id).toBe('gaussian-6x5-5');

		const first: RelaxationEvent[] = [];
		const cut = await runner.run(study, null, [], 'wasm', (e) => {
			first.push(e);
			if (e.kind === 'rows' && first.filter((f) => f.kind === 'rows').length === 3) void runner.cancel();
		});
		expect(cut).toBe('cancelled');
		const have = rowsIn(first);
		expect(have.length).toBeLessThan(rowsIn(whole).length);
		const rest: RelaxationEvent[] = [];
		const ids = [...new Set(have.map((row) => row.id))];
		expect(await runner.run(study, null, ids, 'wasm', (e) => rest.push(e))).toBe('finished');
		expect([...have, ...rowsIn(rest)]).toEqual(rowsIn(whole));
		expect(memory().numTensors).toBe(before);
	});

	it('measures a given machine, and says what is wrong with one', async () => {
		const { rbm } = machineAt(study, 2);
		const given = { ...rbm, name: 'mine', weights: Float32Array.from(rbm.weights) };
		const arrays = {
			...given,
			visibleBias: Float32Array.from(rbm.visibleBias),
			hiddenBias: Float32Array.from(rbm.hiddenBias)
		};
		const own: Study = { ...study, machine: 'given', methods: ['gibbs'], count: 1, from: 2 };
		const events: RelaxationEvent[] = [];
		await new RelaxationStudy().run(own, arrays, [], 'wasm', (e) => events.push(e));
		const [row] = rowsIn(events);
		expect(row.lambda * row.beta).toBeCloseTo(2, 5);
		const none: RelaxationEvent[] = [];
		await new RelaxationStudy().run(own, null, [], 'wasm', (e) => none.push(e));
		expect(none.some((e) => e.kind === 'skipped' && /none was given/.test(e.skipped.reason))).toBe(true);
	});
});
