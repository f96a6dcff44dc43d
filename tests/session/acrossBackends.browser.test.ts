// The promise of a shared link: the same Scene run to the same step on WebGPU, WebAssembly and plain JavaScript gives the
// same integers, every bit of every chain, and the same figures to the digits that are shown.
//
// It is a promise about rounding: a chain's bit is a comparison of a random number, the same everywhere, with a
// probability that two backends compute to about 1e-7 of itself. A comparison falls between the two once in about 1e7, so
// a run of these sizes (some 1e5 comparisons) differs with a probability of about one in a hundred over all seeds; the
// seeds here are fixed, and with them the outcome.
import { afterEach, expect, test } from 'vitest';
import { comparisonText, type Results } from '../../src/lib/scene/resultHash';
import { defaultScene, type Scene } from '../../src/lib/scene/schema';
import type { BackendName, Frame } from '../../src/lib/session/protocol';
import { Session } from '../../src/lib/session/session';

const small: Scene = {
	...defaultScene,
	data: { kind: 'bars-and-stripes', side: 3 },
	hidden: 5,
	seed: 11,
	training: { ...defaultScene.training, batchSize: 7, chains: 20, recordEvery: 10, steps: 100_000 },
	langevin: { ...defaultScene.langevin, particles: 64 },
	at: 20
};
/** Contrastive divergence with momentum on drawn patterns, the shown chains tempered. */
const tempered: Scene = {
	...small,
	data: { kind: 'drawn', rows: 4, cols: 4, patterns: ['f00f', '9669', '1248'] },
	hidden: 6,
	seed: 5,
	training: { ...small.training, algorithm: 'cd', k: 2, batchSize: 3, momentum: 0.5, gradient: 'plain' },
	sampler: { kind: 'tempering', rungs: 3, since: 0 },
	at: 12
};

let open: Session[] = [];
afterEach(async () => {
	for (const session of open) await session.close();
	open = [];
});

async function resultsOn(backend: BackendName, scene: Scene): Promise<Results> {
	const session = new Session();
	open.push(session);
	let last: Frame | null = null;
	await session.connect(
		(frame) => void (last = frame),
		() => {}
	);
	await session.useBackend({ prefer: backend, software: backend === 'webgpu' });
	await session.open(scene, { play: false, dataFolder: '/data/' });
	await expect
		.poll(() => last && (last as Frame).status === 'paused' && (last as Frame).step, { timeout: 50_000 })
		.toBe(scene.at);
	const results = await session.fingerprint();
	await session.close();
	if (!results) throw new Error('There is no run.');
	return results;
}

test.each([
	['persistent chains, block Gibbs', small],
	['contrastive divergence, tempered chains', tempered]
])('%s: the same integers and figures on every backend', async (_name, scene) => {
	const cpu = await resultsOn('cpu', scene);
	expect(cpu).toMatchObject({
		step: scene.at,
		backend: 'cpu',
		hash: expect.stringMatching(/^[0-9a-f]{32}$/)
	});
	expect(Object.keys(cpu.numbers)).toContain('ln Z');
	for (const backend of ['wasm', 'webgpu'] as const) {
		const other = await resultsOn(backend, scene);
		expect(other).toEqual({ ...cpu, backend });
		expect(comparisonText(cpu, other)).toMatch(/^Reproduced at step/);
	}
});

test('another seed, and one step more, are told apart', async () => {
	const here = await resultsOn('cpu', small);
	const seed = await resultsOn('cpu', { ...small, seed: 12 });
	const later = await resultsOn('cpu', { ...small, at: 21 });
	for (const other of [seed, later]) {
		expect(other.hash).not.toBe(here.hash);
		expect(comparisonText(here, other)).toMatch(/^Not reproduced to the bit/);
	}
	expect(seed.numbers).not.toEqual(here.numbers);
});
