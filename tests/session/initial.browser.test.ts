// How runs start: the same numbers wherever a machine is named, exact samples of it, and sentences where trained weights
// cannot be had.
import { afterEach, describe, expect, test } from 'vitest';
import { keyFromSeed } from '../../src/lib/random/key';
import { defaultInitials, defaultScene, type Scene } from '../../src/lib/scene/schema';
import { spectrumRbm } from '../../src/lib/session/initial';
import { exactVisibleSamples } from '../../src/lib/session/machineSamples';
import { needsNewRun, type Frame, type SessionEvent } from '../../src/lib/session/protocol';
import { Session } from '../../src/lib/session/session';
import { visibleDistribution } from '../../src/lib/theory/enumerateStates';
import { thinSvd } from '../../src/lib/theory/linalg';
import { rbmOf } from '../../src/lib/views/machineRbm';

const spectrum = { ...defaultInitials.spectrum, singularValues: [3, 2], rest: 0.5, bias: 'uniform' as const };
const own: Scene = {
	...defaultScene,
	data: { kind: 'machine', units: 12 },
	hidden: 8,
	initial: spectrum,
	training: { ...defaultScene.training, steps: 0, recordEvery: 10 },
	langevin: { ...defaultScene.langevin, particles: 32 }
};

let sessions: Session[] = [];
afterEach(async () => {
	for (const s of sessions) await s.close();
	sessions = [];
});

async function start(scene: Scene, backend: 'webgpu' | 'wasm' | 'cpu' = 'cpu') {
	const session = new Session();
	sessions.push(session);
	const frames: Frame[] = [];
	const events: SessionEvent[] = [];
	await session.connect(
		(frame) => void frames.push(frame),
		(event) => void events.push(event)
	);
	await session.useBackend({ prefer: backend, software: backend === 'webgpu' });
	const open = (s: Scene) => session.open(s, { play: false, dataFolder: '/no/such/data/' });
	const opening = await open(scene);
	while (frames.at(-1)?.status !== 'paused' || frames.at(-1)!.step !== scene.at)
		await new Promise((resolve) => setTimeout(resolve, 20));
	return { session, frames, events, open, opening };
}
const factsOf = (events: SessionEvent[]) => {
	const found = events.findLast((e) => e.kind === 'facts');
	if (found?.kind !== 'facts') throw new Error('No facts were told.');
	return found.facts;
};

test.each(['balanced', 'uniform'] as const)('a %s machine is the one that views name', (bias) => {
	const { singularValues, rest, biasScale, frameSeed: seed } = spectrum;
	const here = spectrumRbm(9, 6, { ...spectrum, bias });
	expect(here).toEqual(rbmOf({ N: 9, M: 6, singularValues, rest, bias, biasScale, seed }));
	const found = thinSvd(9, 6, here.weights).singularValues;
	[3, 2, 0.5, 0.5, 0.5, 0.5].forEach((lambda, k) => expect(found[k]).toBeCloseTo(lambda, 12));
});

// χ² of 2^N − 1 cells against the enumerated law; a false alarm needs more than mean + 6 deviations of its Gaussian
// limit (the upper tail of χ²(31) past 31 + 6√62 + 18 has probability below 1e-6).
test.each([
	[5, 3],
	[5, 7]
])('samples of a %i×%i machine follow its exact law', async (N, M) => {
	const rbm = rbmOf({ N, M, singularValues: [3], rest: 0.5, bias: 'uniform', biasScale: 0.5, seed: 4 });
	const p = visibleDistribution(rbm, 1.3);
	const count = 40_000;
	const bits = await exactVisibleSamples(rbm, 1.3, count, keyFromSeed(8));
	const seen = new Float64Array(p.length);
	for (let row = 0; row < count; row++) {
		let state = 0;
		for (let i = 0; i < N; i++) state += bits[row * N + i] << i;
		seen[state]++;
	}
	const chi2 = p.reduce((sum, q, s) => sum + (seen[s] - count * q) ** 2 / (count * q), 0);
	expect(chi2).toBeLessThan(31 + 6 * Math.sqrt(62) + 18);
});

describe('a Scene without data', () => {
	test('draws its rows from the machine it starts from and holds the weights', async () => {
		const { session, frames, events } = await start(own);
		const facts = factsOf(events);
		expect(facts).toMatchObject({ N: 12, M: 8, rows: 3, cols: 4, trainCount: 4096, heldOutCount: 1024 });
		expect(facts.convention).toContain('exact samples');
		expect(facts.origin).toContain('singular values 3, 2, all others 0.5');
		const record = frames.flatMap((f) => f.records)[0];
		[3, 2, 0.5].forEach((lambda, k) => expect(record.singularValues[k]).toBeCloseTo(lambda, 5));
		const before = await session.snapshot();
		await session.advance('record');
		while (frames.at(-1)!.step < 10) await new Promise((resolve) => setTimeout(resolve, 20));
		expect((await session.snapshot())!.weights).toEqual(before!.weights);
	});

	test('of more units than can be enumerated takes long Gibbs runs and says so', async () => {
		const { events } = await start({ ...own, data: { kind: 'machine', units: 24 }, hidden: 22 }, 'wasm');
		const facts = factsOf(events);
		expect(facts.convention).toContain('block Gibbs');
		expect(facts).toMatchObject({ trainCount: 2048, heldOutCount: 512 });
		expect(events.some((e) => e.kind === 'progress' && e.what.startsWith('Drawing'))).toBe(true);
	});

	test.each(['cpu', 'wasm', 'webgpu'] as const)('replays on %s', async (backend) => {
		const clouds = [];
		for (let i = 0; i < 2; i++) {
			const { frames, events } = await start({ ...own, at: 12 }, backend);
			clouds.push([frames.at(-1)!.cloud!.points, factsOf(events).dataImages]);
		}
		expect(clouds[0]).toEqual(clouds[1]);
	});

	test('asks for a new run when what it starts from changes', () => {
		expect(needsNewRun(own, { ...own, initial: { ...spectrum, rest: 0.4 } })).toBe(true);
		expect(needsNewRun(own, structuredClone(own))).toBe(false);
	});
});

test('trained weights that cannot be had leave a sentence and the run that stood', async () => {
	const { session, events, open } = await start(own);
	const trained: Scene = {
		...own,
		data: { kind: 'machine', units: 784 },
		hidden: 500,
		initial: defaultInitials.asset
	};
	const before = await session.snapshot();
	expect(await open(trained)).toBe('kept');
	const error = events.findLast((e) => e.kind === 'error');
	expect(error?.kind === 'error' && error.message).toMatch(/trained weights mnist500/);
	expect(await session.snapshot()).toEqual(before);
});
