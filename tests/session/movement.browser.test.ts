// The particles' schemes in a session: each reaches the machine's exact mean energy, repeats itself, is carried over, and
// MALA tells its acceptance.
import { memory } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { defaultInitials, defaultScene, type Scene } from '../../src/lib/scene/schema';
import { needsNewRun, type Frame } from '../../src/lib/session/protocol';
import { Session } from '../../src/lib/session/session';

const scene: Scene = {
	...defaultScene,
	data: { kind: 'machine', units: 6 },
	hidden: 4,
	initial: { ...defaultInitials.spectrum, singularValues: [2], bias: 'uniform' },
	training: { ...defaultScene.training, steps: 0, recordEvery: 200 },
	langevin: { ...defaultScene.langevin, particles: 3000 }
};

async function run(of: Scene) {
	const session = new Session();
	const frames: Frame[] = [];
	await session.connect(
		(frame) => void frames.push(frame),
		() => undefined
	);
	await session.useBackend({ prefer: 'wasm', software: false });
	await session.open(of, { play: false, dataFolder: '/data/' });
	const until = async (at: number) => {
		while (frames.at(-1)?.status !== 'paused' || frames.at(-1)!.step !== at)
			await new Promise((r) => setTimeout(r, 10));
	};
	await until(of.at);
	return { session, frames, until, last: () => frames.flatMap((f) => f.records).at(-1)! };
}

test.each(['euler', 'leimkuhler-matthews', 'mala', 'splitting'] as const)(
	'%s reaches the exact mean energy and repeats itself',
	async (scheme) => {
		const of: Scene = { ...scene, langevin: { ...scene.langevin, scheme }, at: 200 };
		const a = await run(of);
		const { monitors, acceptance } = a.last();
		// six standard errors, and 0.06 for the bias of the step (Euler's is of order dt)
		expect(Math.abs(monitors.energyLangevin - monitors.energyExact)).toBeLessThan(
			6 * monitors.energyLangevinError + 0.06
		);
		expect(monitors.energyLangevinError).toBeLessThan(0.03);
		if (scheme === 'mala') {
			expect(acceptance!.rate).toBeGreaterThan(0.5);
			expect(acceptance!.rate).toBeLessThan(1);
			expect(acceptance!.error).toBeLessThan(0.01);
		} else expect(acceptance).toBeNull();

		await a.session.useBackend({ prefer: 'wasm', software: false });
		await a.session.advance('record');
		await a.until(400);
		const tensors = memory().numTensors;
		await a.session.advance('record');
		await a.until(600);
		expect(memory().numTensors).toBe(tensors);
		const carried = a.frames.flatMap((f) => f.records).find((r) => r.step === 400)!;
		await a.session.close();
		const b = await run({ ...of, at: 400 });
		expect(b.last().monitors.energyLangevin).toBe(carried.monitors.energyLangevin);
		expect(b.last().acceptance).toEqual(carried.acceptance);
		await b.session.close();
	}
);

test('another scheme takes over where the run stands', async () => {
	const mala: Scene = { ...scene, langevin: { ...scene.langevin, scheme: 'mala', since: 200 } };
	expect(needsNewRun(scene, mala)).toBe(false);
	const { session, frames, until, last } = await run({ ...scene, at: 200 });
	expect(last().acceptance).toBeNull();
	await session.adjust(mala);
	await session.advance('record');
	await until(400);
	expect(last().acceptance!.rate).toBeGreaterThan(0.5);
	const learning: Scene = {
		...mala,
		data: { kind: 'bars-and-stripes', side: 2 },
		initial: { kind: 'random' }
	};
	await session.open(
		{ ...learning, training: { ...defaultScene.training, steps: 300, recordEvery: 50 }, at: 250 },
		{ play: false, dataFolder: '/data/' }
	);
	await until(250);
	expect(frames.at(-1)!.cloud!.points.every(Number.isFinite)).toBe(true);
	await session.close();
});
