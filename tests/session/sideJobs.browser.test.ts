// Computations beside the run: reverse diffusion and annealing, in a session without its worker. They repeat, can be
// held and ended, free what they took, agree with enumeration, and say in a sentence what they refuse.
import { memory } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test } from 'vitest';
import { barsAndStripes } from '../../src/lib/data/barsAndStripes';
import { defaultInitials, defaultScene, type Scene } from '../../src/lib/scene/schema';
import { diffusionDefaults } from '../../src/lib/session/clientDiffusion.svelte';
import type { Frame } from '../../src/lib/session/protocol';
import type {
	DiffusionFacts,
	DiffusionFrame,
	DiffusionOptions
} from '../../src/lib/session/protocolDiffusion';
import { Session } from '../../src/lib/session/session';
import { averageLogLikelihood, lnZ } from '../../src/lib/theory/enumerate';
import { visibleDistribution } from '../../src/lib/theory/enumerateStates';
import { rbmOf } from '../../src/lib/views/machineRbm';

const initial = { ...defaultInitials.spectrum, singularValues: [3], rest: 0.5, bias: 'uniform' as const };
const scene: Scene = {
	...defaultScene,
	data: { kind: 'machine', units: 6 },
	hidden: 4,
	initial,
	training: { ...defaultScene.training, steps: 0 },
	langevin: { ...defaultScene.langevin, particles: 0 }
};
const { singularValues, rest, bias, biasScale, frameSeed: seed } = initial;
const rbm = rbmOf({ N: 6, M: 4, singularValues, rest, bias, biasScale, seed });
const options: DiffusionOptions = { ...diffusionDefaults(6, 4), images: 64, levels: 40, seed: 5 };

let sessions: Session[] = [];
afterEach(async () => {
	for (const s of sessions) await s.close();
	sessions = [];
});
async function opened(of: Scene = scene, backend: 'wasm' | 'cpu' | 'webgpu' = 'cpu') {
	const session = new Session();
	sessions.push(session);
	const frames: Frame[] = [];
	await session.connect(
		(frame) => void frames.push(frame),
		() => undefined
	);
	await session.useBackend({ prefer: backend, software: backend === 'webgpu' });
	await session.open(of, { play: false, dataFolder: '/data/' });
	return { session, frames };
}
function listener(onframe: (frame: DiffusionFrame) => void = () => undefined) {
	const heard = { facts: [] as DiffusionFacts[], frames: [] as DiffusionFrame[] };
	return {
		heard,
		facts: (facts: DiffusionFacts) => void heard.facts.push(facts),
		frame: (frame: DiffusionFrame) => {
			heard.frames.push(frame);
			onframe(frame);
		}
	};
}
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('reverse diffusion', () => {
	test.each(['cpu', 'wasm', 'webgpu'] as const)(
		'tells every level and repeats itself on %s',
		async (backend) => {
			const { session } = await opened(scene, backend);
			const few = { images: 8, levels: 12 };
			const before = memory().numTensors;
			const l = [listener(), listener(), listener()];
			for (const [i, s] of [5, 5, 6].entries())
				expect(await session.diffuse({ ...options, ...few, seed: s }, l[i])).toBe('done');
			const { facts, frames } = l[0].heard;
			expect(facts[0]).toMatchObject({ N: 6, M: 4, rows: 2, cols: 3 });
			expect(facts[0].denoiser).toContain('exact');
			expect(frames.map((f) => f.level)).toEqual(Array.from({ length: 13 }, (_, k) => k));
			frames.forEach((f, k) => expect(f.sigma).toBeCloseTo(facts[0].sigmas[k], 12));
			expect(frames[12].noisy).toHaveLength(8 * 6);
			expect(l[1].heard.frames).toEqual(frames);
			expect(l[2].heard.frames[12].noisy).not.toEqual(frames[12].noisy);
			expect(memory().numTensors).toBe(before);
		}
	);

	// A χ² of 63 degrees of freedom against the exact law, from 640 images in ten diffusions; cells that expect under 5 are
	// put together. False alarms: fewer than 1e-6 (at most 63 degrees: the tail beyond 63 + 6√126 + 18).
	test('ends at samples of the machine', async () => {
		const { session } = await opened(scene, 'wasm');
		const seen = new Float64Array(64);
		for (let s = 0; s < 10; s++) {
			const l = listener();
			await session.diffuse({ ...options, levels: 80, seed: s }, l);
			const { bits } = l.heard.frames.at(-1)!;
			for (let p = 0; p < 64; p++) {
				let state = 0;
				for (let i = 0; i < 6; i++) state += bits[p * 6 + i] << i;
				seen[state]++;
			}
		}
		const law = visibleDistribution(rbm, 1);
		let [chi2, few, fewSeen] = [0, 0, 0];
		law.forEach((p, s) => {
			if (640 * p < 5) {
				few += 640 * p;
				fewSeen += seen[s];
			} else chi2 += (seen[s] - 640 * p) ** 2 / (640 * p);
		});
		if (few > 0) chi2 += (fewSeen - few) ** 2 / few;
		expect(chi2).toBeLessThan(63 + 6 * Math.sqrt(126) + 18);
		// a sampler that knew nothing would be found out
		const flat = law.reduce((sum, p) => sum + (640 / 64 - 640 * p) ** 2 / Math.max(640 * p, 5), 0);
		expect(flat).toBeGreaterThan(63 + 6 * Math.sqrt(126) + 18);
	});

	test('can be held, go on, and be cancelled, while the run goes on', async () => {
		const { session, frames } = await opened();
		const before = memory().numTensors;
		const l = listener((f) => {
			if (f.level === 3) void session.holdDiffusion(true);
		});
		const end = session.diffuse(options, l);
		await session.play();
		while (l.heard.frames.length < 4) await later(5);
		await later(60);
		const held = l.heard.frames.length;
		expect(held).toBeLessThan(8);
		const stood = frames.at(-1)!.step;
		while (frames.at(-1)!.step <= stood) await later(5);
		expect(l.heard.frames.length).toBe(held);
		await session.holdDiffusion(false);
		while (l.heard.frames.length < held + 3) await later(5);
		await session.cancelDiffusion();
		expect(await end).toBe('cancelled');
		await session.pause();
		expect(memory().numTensors).toBe(before);
	});

	test('a second one ends the first', async () => {
		const { session } = await opened();
		const first = session.diffuse({ ...options, levels: 1000 }, listener());
		await later(20);
		expect(await session.diffuse({ ...options, levels: 3 }, listener())).toBe('done');
		expect(await first).toBe('cancelled');
	});

	test('refuses in a sentence what it cannot do', async () => {
		const { session } = await opened({ ...scene, data: { kind: 'machine', units: 30 }, hidden: 18 }, 'wasm');
		const say = (o: Partial<DiffusionOptions>) => session.diffuse({ ...options, ...o }, listener());
		await expect(say({ denoiser: 'exact' })).rejects.toThrow(/up to n = 16; this machine has 18/);
		await expect(say({ sigmaMin: 50 })).rejects.toThrow(/σ falls/);
		await expect(say({ images: 65 })).rejects.toThrow(/1 to 64 images/);
		await expect(say({ denoiser: 'gibbs', sweeps: 0 })).rejects.toThrow(/sweeps/);
		for (const denoiser of ['gibbs', 'draws', 'mean-field'] as const) {
			const l = listener();
			expect(await session.diffuse({ ...options, images: 3, levels: 5, sweeps: 3, denoiser }, l)).toBe(
				'done'
			);
			expect(l.heard.frames).toHaveLength(6);
		}
		const none = new Session();
		await expect(none.diffuse(options, listener())).rejects.toThrow(/no machine yet/);
	});
});

test('data rows through little noise are seen as they are, through much as the mean of all', async () => {
	const { session } = await opened();
	const before = memory().numTensors;
	const rows = [0, 5, 9];
	const look = (sigma: number) => session.noise({ rows, sigma, denoiser: 'exact', sweeps: 1, seed: 2 });
	const near = await look(0.05);
	expect(near.clean).toHaveLength(18);
	near.denoised.forEach((g, i) => expect(Math.abs(g - 255 * near.clean[i])).toBeLessThan(2));
	near.noisy.forEach((g, i) => expect(Math.abs(g / 255 - near.clean[i])).toBeLessThan(0.3));
	const far = await look(1000);
	const law = visibleDistribution(rbm, 1);
	for (let i = 0; i < 6; i++) {
		const mean = law.reduce((sum, p, s) => sum + ((s >> i) & 1) * p, 0);
		for (let p = 0; p < 3; p++) expect(far.denoised[p * 6 + i] / 255).toBeCloseTo(mean, 1.9);
	}
	await expect(
		session.noise({ rows: [4096], sigma: 1, denoiser: 'auto', sweeps: 1, seed: 1 })
	).rejects.toThrow(/4096 training rows/);
	expect(memory().numTensors).toBe(before);
});

describe('ln Z by annealing', () => {
	test('agrees with enumeration within its errors, and so do the likelihoods', async () => {
		const { session } = await opened(scene, 'wasm');
		const before = memory().numTensors;
		const told: number[] = [];
		const found = (await session.estimateLnZ({ chains: 400, temperatures: 400, seed: 3 }, (_, done) =>
			told.push(done)
		))!;
		const exact = lnZ(rbm, 1);
		// six standard errors (2e-9 for a Gaussian), and 0.002 for float32 sums
		expect(Math.abs(found.forward.lnZ - exact)).toBeLessThan(6 * found.forward.error + 0.002);
		expect(Math.abs(found.reverse.lnZ - exact)).toBeLessThan(6 * found.reverse.error + 0.002);
		expect(found.forward.error).toBeLessThan(0.05);
		expect(found.bracket[0]).toBeLessThan(found.bracket[1] + 6 * found.forward.boundError);
		expect(found.step).toBe(0);
		expect(found.train.rows).toBe(4096);
		expect(found.heldOut!.rows).toBe(1024);
		expect(found.train.forward).toBeGreaterThan(-6 * Math.LN2);
		expect(found.train.error).toBeGreaterThan(found.forward.error);
		expect(told.every((d, i) => d >= (told[i - 1] ?? 0) && d <= 1)).toBe(true);
		expect(memory().numTensors).toBe(before);
	});

	test('of a complete data set has the error of ln Z alone', async () => {
		const bars: Scene = {
			...scene,
			data: { kind: 'bars-and-stripes', side: 2 },
			initial: defaultInitials.random
		};
		const { session } = await opened(bars, 'wasm');
		const found = (await session.estimateLnZ({ chains: 100, temperatures: 100, seed: 3 }, () => {}))!;
		const { weights, visibleBias, hiddenBias } = (await session.snapshot())!;
		const arrays = { weights, visibleBias, hiddenBias };
		const here = {
			N: 4,
			M: 4,
			weights: Float64Array.from(arrays.weights),
			visibleBias: Float64Array.from(arrays.visibleBias),
			hiddenBias: Float64Array.from(arrays.hiddenBias)
		};
		const rows = barsAndStripes({ kind: 'bars-and-stripes', side: 2 }).train;
		const exact = averageLogLikelihood(here, 1, rows, lnZ(here, 1));
		expect(found.train.error).toBe(Math.max(found.forward.error, found.reverse.error));
		expect(Math.abs(found.train.forward - exact)).toBeLessThan(6 * found.forward.error + 0.002);
	});

	test('can be cancelled, and refuses what is out of range', async () => {
		const { session } = await opened();
		const before = memory().numTensors;
		const running = session.estimateLnZ({ chains: 50, temperatures: 100_000, seed: 1 }, () => {});
		await later(50);
		await session.cancelEstimate();
		expect(await running).toBeNull();
		expect(memory().numTensors).toBe(before);
		await expect(session.estimateLnZ({ chains: 5, temperatures: 100, seed: 1 }, () => {})).rejects.toThrow(
			/10 to 1000 runs/
		);
	});
});
