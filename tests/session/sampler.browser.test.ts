// The chains that are shown, by each of their samplers: they find the machine's law, go on from a checkpoint as if
// nothing had happened, free what they take, and are exchanged in the middle of a run.
import { memory, sum, tidy } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test } from 'vitest';
import { disposeMachine, makeMachine } from '../../src/lib/engine/langevin';
import { disposeModel, makeModel } from '../../src/lib/engine/model';
import { keyFromSeed } from '../../src/lib/random/key';
import { defaultInitials, defaultScene, type Scene } from '../../src/lib/scene/schema';
import { needsNewRun, type Frame } from '../../src/lib/session/protocol';
import { energies, meanAndError } from '../../src/lib/session/record';
import { Session } from '../../src/lib/session/session';
import { ShownChains } from '../../src/lib/session/shownChains';
import { moments } from '../../src/lib/theory/enumerate';
import { thinSvd } from '../../src/lib/theory/linalg';
import { rbmOf } from '../../src/lib/views/machineRbm';
import { arraysOf, use } from '../engine/onBackends';

const kinds = ['gibbs', 'tempering', 'auxiliary'] as const;
const [N, M] = [6, 4];
const rbm = rbmOf({ N, M, singularValues: [3], rest: 0.5, bias: 'uniform', biasScale: 0.5, seed: 1 });
const { u, v, singularValues } = thinSvd(N, M, rbm.weights);
const { visibleBias, hiddenBias } = rbm;
const options = { N, M, modes: 4, u, v, singularValues, visibleBias, hiddenBias, beta: 1, sigma2: 0.25 };
const key = keyFromSeed(4);

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
	test.each(kinds)('%s finds the exact mean energy and goes on from a checkpoint', async (kind) => {
		await use(backend);
		const before = memory().numTensors;
		const model = makeModel(arraysOf(rbm));
		const machine = makeMachine(options);
		const chains = ShownChains.start({ kind, rungs: 4 }, model, 1, key);
		const exact = moments(rbm, 1).meanEnergy;
		const found: number[] = [];
		// Looks far apart against the relaxation of so small a machine, so that their errors may be taken as independent.
		for (let look = 0; look < 12; look++) {
			for (let sweep = 0; sweep < 30; sweep++) await chains.sweep(model, 1, machine);
			const e = energies(model, chains.visible, chains.hidden);
			found.push(...(await e.data()));
			e.dispose();
		}
		const { mean, error } = meanAndError(found);
		// seven standard errors: six (2e-9), and a sixth more for what correlation is left
		expect(Math.abs(mean - exact)).toBeLessThan(7 * error);

		// asked for within a tidy, the states are still there after it
		await chains.sweep(model, 1, machine);
		tidy(() => {
			sum(chains.visible);
		});
		expect(await chains.visible.data()).toHaveLength(chains.count * N);

		const saved = await chains.checkpoint();
		const again = ShownChains.restore(saved, model, key);
		for (let sweep = 0; sweep < 3; sweep++) {
			await chains.sweep(model, 1, machine);
			await again.sweep(model, 1, machine);
		}
		expect(await again.checkpoint()).toEqual(await chains.checkpoint());
		expect(again.kind).toBe(kind);
		const report = await chains.report();
		if (kind !== 'tempering') expect(report).toBeNull();
		else {
			expect(report!.betas[0]).toBe(0);
			expect(report!.betas[3]).toBeCloseTo(1, 6);
			for (const rate of report!.acceptance) expect(rate).toBeGreaterThan(0.3);
			expect(report!.roundTrips).toBeGreaterThan(0);
		}
		chains.dispose();
		again.dispose();
		disposeMachine(machine);
		disposeModel(model);
		expect(memory().numTensors).toBe(before);
	});
});

describe('in a session', () => {
	const scene: Scene = {
		...defaultScene,
		data: { kind: 'machine', units: N },
		hidden: M,
		initial: defaultInitials.spectrum,
		training: { ...defaultScene.training, steps: 0, recordEvery: 10 },
		langevin: { ...defaultScene.langevin, particles: 0 }
	};
	let sessions: Session[] = [];
	afterEach(async () => {
		for (const s of sessions) await s.close();
		sessions = [];
	});
	async function run(of: Scene) {
		const session = new Session();
		sessions.push(session);
		const frames: Frame[] = [];
		await session.connect(
			(frame) => void frames.push(frame),
			() => undefined
		);
		await session.useBackend({ prefer: 'cpu', software: false });
		await session.open(of, { play: false, dataFolder: '/data/' });
		const until = async (done: (f: Frame) => boolean) => {
			while (!frames.length || !done(frames.at(-1)!)) await new Promise((r) => setTimeout(r, 10));
		};
		await until((f) => f.status === 'paused' && f.step === of.at);
		return { session, frames, until };
	}

	test('another sampler takes over where the run stands, and a link replays it', async () => {
		const tempered: Scene = { ...scene, sampler: { kind: 'tempering', rungs: 5, since: 20 } };
		expect(needsNewRun(scene, tempered)).toBe(false);
		const { session, frames, until } = await run({ ...scene, at: 20 });
		expect(frames.flatMap((f) => f.records).every((r) => r.sampler === null)).toBe(true);
		await session.adjust(tempered);
		await session.advance('record');
		await until((f) => f.status === 'paused' && f.step === 30);
		const last = frames.flatMap((f) => f.records).at(-1)!;
		expect(last.sampler!.betas).toHaveLength(5);
		expect(last.sampler!.acceptance.every((a) => a > 0 && a <= 1)).toBe(true);
		const replayed = await run({ ...tempered, at: 30 });
		const there = replayed.frames.flatMap((f) => f.records).at(-1)!;
		expect(there.sampler).toEqual(last.sampler);
		expect(there.monitors.energyGibbs).toBe(last.monitors.energyGibbs);
	});

	test.each(kinds)('%s repeats itself, also when it is carried over', async (kind) => {
		const of: Scene = { ...scene, sampler: { kind, rungs: 4, since: 0 }, at: 25 };
		const a = await run(of);
		const b = await run(of);
		await b.session.useBackend({ prefer: 'cpu', software: false });
		for (const r of [a, b]) {
			await r.session.advance('record');
			await r.until((f) => f.status === 'paused' && f.step === 30);
		}
		const energies = (r: typeof a) =>
			r.frames.flatMap((f) => f.records).map(({ step, monitors }) => [step, monitors.energyGibbs]);
		// b was carried over at step 25 and made its later records anew
		expect(energies(b)).toEqual(energies(a));
		expect(energies(a).map(([step]) => step)).toEqual([0, 10, 20, 30]);
	});
});
