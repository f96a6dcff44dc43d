// The Python script repeats runs of the Lab: the same integers (states of all chains), the same weights and figures. The
// runs are made here on tfjs's plain backend, whose arithmetic the script follows, so that not one coin may differ.
import { describe, expect, it } from 'vitest';
import { pythonScript } from '$lib/session/clientPython';
import type { Scene } from '$lib/scene/schema';
import { python, repeated, runScript } from './python';
import { runOf, sceneWith } from './runs';

const source = { address: 'lab#', version: 'test' };
const spectrum: Scene['initial'] = {
	kind: 'spectrum',
	singularValues: [3, 2],
	rest: 0.5,
	bias: 'balanced',
	biasScale: 0.5,
	frameSeed: 1
};

const runs: Record<string, [Scene, number]> = {
	'persistent chains, centred': [sceneWith({}), 150],
	'CD, plain': [
		sceneWith({ seed: 5 }, { algorithm: 'cd', gradient: 'plain', batchSize: 7, learningRate: 0.1 }),
		120
	],
	'CD-3, centred, momentum and decay': [
		sceneWith(
			{ seed: 9, beta: 0.8 },
			{ algorithm: 'cd', k: 3, momentum: 0.5, weightDecay: 0.001, batchSize: 11 }
		),
		150
	],
	'persistent chains, plain, momentum': [
		sceneWith({ seed: 2 }, { gradient: 'plain', momentum: 0.9, learningRate: 0.01, chains: 50, k: 2 }),
		150
	],
	'a chosen spectrum and its own samples, then held weights': [
		sceneWith(
			{ initial: spectrum, hidden: 12, data: { kind: 'machine', units: 10 } },
			{ steps: 40, batchSize: 100 }
		),
		70
	],
	'uniform biases': [
		sceneWith(
			{ initial: { ...spectrum, bias: 'uniform' }, hidden: 5, data: { kind: 'machine', units: 9 } },
			{ steps: 20 }
		),
		30
	],
	'planted modes': [
		sceneWith(
			{ data: { kind: 'gaussian-modes', units: 12, modes: 2, strength: 3, samples: 200 }, hidden: 8 },
			{ batchSize: 50 }
		),
		60
	],
	'drawn patterns, chains started later': [
		sceneWith({
			data: { kind: 'drawn', rows: 3, cols: 3, patterns: ['a28', '7d0', '1f8'] },
			hidden: 4,
			sampler: { kind: 'gibbs', rungs: 10, since: 20 },
			langevin: { sigma2: null, dt: null, scheme: 'euler', particles: 0, stride: 3, since: 0 }
		}),
		50
	],
	showers: [
		sceneWith(
			{
				data: { kind: 'showers', layers: 5, radial: 4, energyBits: 3, threshold: 10, samples: 300 },
				hidden: 6
			},
			{ batchSize: 60, steps: 20 }
		),
		25
	]
};

describe.skipIf(!python)('the Python script of a run', () => {
	for (const [name, [scene, steps]] of Object.entries(runs)) {
		it(`repeats ${name}`, async () => {
			const run = await runOf(scene, steps);
			const files = await pythonScript(run, { ...scene, at: steps }, source);
			const { agree, hash, apart, counts, status, seed, rows } = repeated(files);
			expect(rows).toBe((/"rows": "(\w+)"/.exec(files.text) ?? [])[1]);
			expect(hash).toBe(run.hash);
			// float32 parameters, rounded alike in all but a few last places: 1e-6 is ten of them at size 1
			expect(apart).toBeLessThan(1e-6);
			for (const [figure, value] of Object.entries(run.numbers))
				expect(Math.abs(seed[figure] - value), figure).toBeLessThan(1e-5 * Math.max(1, Math.abs(value)));
			expect(counts.weights[0]).toBe(Object.keys(run.numbers).length);
			expect(agree).toBe(true);
			expect(status).toBe(0);
		});
	}

	it('says so when a number or a state is not the one of the record', async () => {
		const scene = sceneWith({ hidden: 4, data: { kind: 'bars-and-stripes', side: 2 } }, { batchSize: 6 });
		const run = await runOf(scene, 20);
		const wrong = { ...run, numbers: { ...run.numbers, 'ln Z': run.numbers['ln Z'] + 1e-3 } };
		const spoiled = runScript(await pythonScript(wrong, scene, source), []);
		expect(spoiled.status).toBe(1);
		expect(spoiled.out).toMatch(/ln Z .* DIFFERS/);
		const other = runScript(await pythonScript(run, { ...scene, seed: 77 }, source), []);
		expect(other.status).toBe(1);
		expect(other.out).toMatch(/integers: DIFFERENT/);
		const good = runScript(await pythonScript(run, scene, source), []);
		expect(good.out).toMatch(/integers: identical/);
		expect(good.out).toMatch(/Everything compared agrees/);
	});

	it('reads large arrays from the file beside it, and asks for that file where it is not', async () => {
		const scene = sceneWith(
			{ hidden: 700, data: { kind: 'bars-and-stripes', side: 8 } },
			{ chains: 20, batchSize: 100, steps: 2 }
		);
		const run = await runOf(scene, 3);
		const files = await pythonScript(run, scene, source);
		expect(files.npz?.name).toMatch(/\.npz$/);
		expect(files.text.length).toBeLessThan(100_000);
		expect(repeated(files)).toMatchObject({ agree: true, hash: run.hash });
		const { status, err } = runScript({ ...files, npz: null });
		expect(status).not.toBe(0);
		expect(err).toMatch(/belongs beside this script/);
	});
});
