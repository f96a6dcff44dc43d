// The particles drawn by the session on the page's canvas: what Frames carry then and what they carry otherwise, that
// nothing else is read back, and that a lost device or another backend loses no word.
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { defaultScene, MAX_PARTICLES_WITHOUT_GPU, type Scene } from '../../src/lib/scene/schema';
import type { Cloud, Frame, PictureView, SessionEvent } from '../../src/lib/session/protocol';
import { Session } from '../../src/lib/session/session';
import { cloudStatistics } from '../../src/lib/views/cloudStatistics';
import { gpuCounts, installGpuCounter, resetGpuCounts } from '../bench/gpuCounter';

const particles = 500;
const scene: Scene = {
	...defaultScene,
	data: { kind: 'bars-and-stripes', side: 3 },
	hidden: 5,
	seed: 7,
	training: { ...defaultScene.training, batchSize: 7, chains: 20, recordEvery: 100_000, steps: 40 },
	langevin: { ...defaultScene.langevin, particles },
	at: 10
};
const view: PictureView = {
	rank: 0,
	plane: 'uw',
	width: 160,
	height: 120,
	scale: 1,
	x: [-6, 6],
	y: [-6, 6],
	particles: [0, 0.4, 0.8],
	marks: [0, 0, 0]
};
const IMAGE_BYTES = 2 * 24 * 9 * 4;
const MEASURE_BYTES = 11 * 4;

class Page {
	frames: Frame[] = [];
	events: SessionEvent[] = [];
	readonly session = new Session();

	async start(of: Scene, backend: 'webgpu' | 'cpu') {
		await this.session.connect(
			// As a page does, it asks for the next one when it has drawn this.
			async (frame) => {
				this.frames.push(frame);
				await new Promise((resolve) => setTimeout(resolve, 16));
			},
			(event) => void this.events.push(event)
		);
		await this.session.useBackend({ prefer: backend, software: backend === 'webgpu' });
		await this.session.open(of, { play: false, dataFolder: '/data/' });
		await this.until((frame) => frame.status === 'paused' && frame.step === of.at);
	}

	get cloud(): Cloud {
		return this.frames.findLast((frame) => frame.cloud)!.cloud!;
	}

	async until(done: (frame: Frame) => boolean) {
		const started = performance.now();
		for (let frame = this.frames.at(-1); !frame || !done(frame); frame = this.frames.at(-1)) {
			if (performance.now() - started > 60_000) throw new Error(`The session stands at ${frame?.step}.`);
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	}

	/** A Frame made after everything asked for before. */
	async fresh(): Promise<Frame> {
		await this.session.pause();
		return this.frames.at(-1)!;
	}
}

let pages: Page[] = [];
const page = (): Page => {
	const made = new Page();
	pages.push(made);
	return made;
};
afterEach(async () => {
	for (const { session } of pages) await session.close();
	pages = [];
});

/** Pixels with something on them. */
function inked(canvas: OffscreenCanvas): number {
	const copy = new OffscreenCanvas(canvas.width, canvas.height);
	const context = copy.getContext('2d')!;
	context.drawImage(canvas, 0, 0);
	const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
	return data.filter((value, at) => at % 4 === 3 && value > 0).length;
}

beforeAll(() => installGpuCounter());

describe('the particles’ picture', () => {
	test('points until there is a canvas; then drawn, and measured as the page measured the points', async () => {
		const p = page();
		await p.start(scene, 'webgpu');
		const before = (await p.fresh()).cloud!;
		expect(before.points.length).toBe(2 * particles);
		expect(before.measures).toBeNull();

		const canvas = new OffscreenCanvas(10, 10);
		await p.session.setPicture(canvas);
		const drawn = (await p.fresh()).cloud!;
		expect([drawn.points.length, drawn.states.length, drawn.of]).toEqual([0, 0, particles]);
		const here = cloudStatistics(before.points)!;
		const there = drawn.measures!;
		expect(there.n).toBe(here.n);
		const all = (m: typeof here) => [...m.mean, ...m.covariance, ...m.varianceError];
		all(there).forEach((value, i) => expect(value).toBeCloseTo(all(here)[i], 4));
		const columns = [0, 1].map((i) => before.states.filter((_, at) => at % 2 === i));
		[there.states.x, there.states.y].forEach(([low, high], i) => {
			expect(low).toBeCloseTo(Math.min(...columns[i]), 4);
			expect(high).toBeCloseTo(Math.max(...columns[i]), 4);
		});

		await p.session.setPictureView(view);
		expect([canvas.width, canvas.height]).toEqual([160, 120]);
		expect(inked(canvas)).toBeGreaterThan(100);
		// Another plane is not drawn with the edges of this one.
		await p.session.setPictureView({ ...view, plane: 'xy', width: 50 });
		expect(canvas.width).toBe(160);

		await p.session.setPicture(null);
		const again = (await p.fresh()).cloud!;
		expect(again.points).toEqual(before.points);
	});

	test('while it plays, frames read back what is shown besides and nothing of the particles', async () => {
		const p = page();
		await p.start({ ...scene, at: 60 }, 'webgpu');
		const canvas = new OffscreenCanvas(10, 10);
		await p.session.setPicture(canvas);
		await p.session.setPictureView(view);
		await p.session.play();
		await p.until((frame) => frame.step > 65);
		const [from, began] = [p.frames.length, performance.now()];
		const tensors = p.frames.at(-1)!.tensors;
		resetGpuCounts();
		await p.until(() => p.frames.length > from + 30);
		const { bytesRead } = gpuCounts();
		const looks = (every: number) => Math.ceil((performance.now() - began) / every) + 1;
		expect(bytesRead).toBeLessThanOrEqual(looks(120) * IMAGE_BYTES + looks(400) * MEASURE_BYTES);
		expect(p.frames.at(-1)!.tensors).toBe(tensors);
		const clouds = p.frames.slice(from).filter((frame) => frame.cloud);
		expect(clouds.every((frame) => frame.cloud!.points.length === 0)).toBe(true);
		expect(clouds.length).toBeLessThanOrEqual(looks(400));
	});

	test('another backend gets the points read back, and webgpu the same canvas again', async () => {
		const p = page();
		await p.start(scene, 'webgpu');
		const canvas = new OffscreenCanvas(10, 10);
		await p.session.setPicture(canvas);
		await p.session.setPictureView(view);
		await p.session.useBackend({ prefer: 'cpu', software: false });
		expect((await p.fresh()).cloud!.points.length).toBe(2 * particles);
		expect((await p.fresh()).cloud!.measures).toBeNull();
		await p.session.useBackend({ prefer: 'webgpu', software: true });
		expect((await p.fresh()).cloud!.measures).not.toBeNull();
		await p.session.setPictureView({ ...view, width: 161 });
		expect(canvas.width).toBe(161);
		expect(inked(canvas)).toBeGreaterThan(100);
	});

	test('a lost device: the run goes on, with its points where no other device is had', async () => {
		const p = page();
		await p.start(scene, 'webgpu');
		await p.session.setPicture(new OffscreenCanvas(10, 10));
		await p.session.setPictureView(view);
		await p.session.loseBackend();
		await p.session.advance('step');
		await p.until((frame) => frame.status === 'paused' && frame.step === 11);
		const { cloud } = await p.fresh();
		expect(p.events.some((e) => e.kind === 'error' && e.stillFine.includes('carried over'))).toBe(true);
		expect(cloud!.points.length === 2 * particles).toBe(cloud!.measures === null);
		expect(cloud!.of).toBe(particles);
	});

	test('a canvas that is somebody else’s: the points, without a word', async () => {
		const p = page();
		await p.start(scene, 'webgpu');
		const taken = new OffscreenCanvas(10, 10);
		taken.getContext('2d');
		await p.session.setPicture(taken);
		await p.session.setPictureView(view);
		expect((await p.fresh()).cloud!.points.length).toBe(2 * particles);
		expect(p.events.some((e) => e.kind === 'error')).toBe(false);
	});
});

test('more particles than a processor moves smoothly: the first of them, and the number asked for is kept', async () => {
	const asked = MAX_PARTICLES_WITHOUT_GPU + 1000;
	const p = page();
	await p.start({ ...scene, at: 0, langevin: { ...scene.langevin, particles: asked } }, 'cpu');
	expect([p.cloud.of, p.cloud.asked]).toEqual([MAX_PARTICLES_WITHOUT_GPU, asked]);
});
