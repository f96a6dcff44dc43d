// The session in a real browser, without its worker: the same Scene repeats the same run, a lost backend carries the
// run over, nothing leaks, and what the Frames say adds up.
import { afterEach, describe, expect, test } from 'vitest';
import { defaultScene, type Scene } from '../../src/lib/scene/schema';
import { needsNewRun, type Frame, type SessionEvent } from '../../src/lib/session/protocol';
import { Session } from '../../src/lib/session/session';

const small: Scene = {
	...defaultScene,
	data: { kind: 'bars-and-stripes', side: 3 },
	hidden: 5,
	seed: 11,
	training: { ...defaultScene.training, batchSize: 7, chains: 20, recordEvery: 10, steps: 100_000 },
	langevin: { ...defaultScene.langevin, particles: 64 }
};
const options = { play: false, dataFolder: '/data/' };

class Listener {
	frames: Frame[] = [];
	events: SessionEvent[] = [];
	readonly session = new Session();

	async start(scene: Scene, backend: 'webgpu' | 'wasm' | 'cpu' = 'cpu', play = false) {
		await this.session.connect(
			(frame) => void this.frames.push(frame),
			(event) => void this.events.push(event)
		);
		await this.session.useBackend({ prefer: backend, software: backend === 'webgpu' });
		await this.session.open(scene, { ...options, play });
	}

	get last(): Frame {
		return this.frames[this.frames.length - 1];
	}

	async until(done: (frame: Frame) => boolean) {
		const started = performance.now();
		while (!this.last || !done(this.last)) {
			if (performance.now() - started > 60_000) throw new Error(`The session stands at ${this.last?.step}.`);
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	}

	records() {
		return this.frames.flatMap((f) => f.records);
	}
}

let open: Listener[] = [];
function listener(): Listener {
	const made = new Listener();
	open.push(made);
	return made;
}
afterEach(async () => {
	for (const l of open) await l.session.close();
	open = [];
});

describe('the session', () => {
	test('the same Scene repeats the same run, bit for bit, and another seed does not', async () => {
		const weights: Float32Array[] = [];
		const clouds: Float32Array[] = [];
		for (const seed of [11, 11, 12]) {
			const l = listener();
			await l.start({ ...small, seed, at: 60 });
			await l.until((f) => f.status === 'paused' && f.step === 60);
			weights.push((await l.session.snapshot())!.weights);
			clouds.push(l.last.cloud!.points);
		}
		expect(weights[0]).toEqual(weights[1]);
		expect(clouds[0]).toEqual(clouds[1]);
		expect(weights[0]).not.toEqual(weights[2]);
	});

	test('wasm and cpu make the same run up to rounding', async () => {
		const found: Float32Array[] = [];
		for (const backend of ['wasm', 'cpu'] as const) {
			const l = listener();
			await l.start({ ...small, at: 5 }, backend);
			await l.until((f) => f.status === 'paused' && f.step === 5);
			found.push((await l.session.snapshot())!.weights);
		}
		for (let i = 0; i < found[0].length; i++) expect(Math.abs(found[0][i] - found[1][i])).toBeLessThan(1e-5);
	});

	test('playing adds no tensor, and records come at their steps', async () => {
		const l = listener();
		await l.start(small, 'cpu', true);
		await l.until((f) => f.step >= 40);
		const before = l.last.tensors;
		await l.until((f) => f.step >= 1040);
		await l.session.pause();
		expect(l.last.tensors).toBe(before);
		const steps = l.records().map((r) => r.step);
		expect(steps[0]).toBe(0);
		for (let i = 1; i < steps.length; i++) expect(steps[i] - steps[i - 1]).toBe(10);
		for (const r of l.records()) {
			expect(r.singularValues.length).toBe(5);
			expect(r.monitors.logLikelihood).toBeLessThanOrEqual(-Math.log(14) + 1e-4);
			expect(r.lift.sigma2 * r.lambdaMax).toBeLessThan(1);
		}
	});

	test('a change of backend in the middle keeps the model to the bit and goes on', async () => {
		const l = listener();
		await l.start({ ...small, at: 30 }, 'cpu');
		await l.until((f) => f.status === 'paused' && f.step === 30);
		const before = (await l.session.snapshot())!;
		await l.session.useBackend({ prefer: 'wasm', software: false });
		const after = (await l.session.snapshot())!;
		expect(after.step).toBe(30);
		expect(after.weights).toEqual(before.weights);
		await l.session.advance('record');
		await l.until((f) => f.status === 'paused' && f.step === 40);
		expect(l.events.some((e) => e.kind === 'backend' && e.backend.name === 'wasm')).toBe(true);
	});

	test('a lost GPU device: the run is carried over from its checkpoint and repeats what it would have done', async () => {
		const lost = listener();
		await lost.start({ ...small, at: 10 }, 'webgpu');
		await lost.until((f) => f.status === 'paused' && f.step === 10);
		await lost.session.loseBackend();
		await lost.session.advance('step');
		await lost.until((f) => f.status === 'paused' && f.step === 11);
		const error = lost.events.find((e) => e.kind === 'error');
		expect(error?.kind === 'error' && error.stillFine).toContain('carried over');
		const found = (await lost.session.snapshot())!.weights;

		const undisturbed = listener();
		await undisturbed.start({ ...small, at: 11 }, 'wasm');
		await undisturbed.until((f) => f.status === 'paused' && f.step === 11);
		const expected = (await undisturbed.session.snapshot())!.weights;
		for (let i = 0; i < found.length; i++) expect(Math.abs(found[i] - expected[i])).toBeLessThan(1e-4);
	});

	test('one step, one record, one epoch: each stops where it says', async () => {
		const l = listener();
		await l.start(small);
		await l.session.advance('step');
		await l.until((f) => f.status === 'paused' && f.step === 1);
		await l.session.advance('epoch');
		await l.until((f) => f.status === 'paused' && f.step === 2);
		await l.session.advance('record');
		await l.until((f) => f.status === 'paused' && f.step === 10);
	});

	test('after the planned steps the weights are held and sampling goes on', async () => {
		const l = listener();
		await l.start({ ...small, training: { ...small.training, steps: 25 } }, 'cpu', true);
		await l.until((f) => f.step >= 25);
		const held = (await l.session.snapshot())!;
		await l.until((f) => f.step >= held.step + 60);
		await l.session.pause();
		expect((await l.session.snapshot())!.weights).toEqual(held.weights);
		const first = l.frames.find((f) => f.cloud && f.step > held.step)!;
		const later = l.frames.findLast((f) => f.cloud && f.step > first.step)!;
		expect(later.cloud!.points).not.toEqual(first.cloud!.points);
	});

	test('σ² above its bound is brought below it, with a sentence', async () => {
		const l = listener();
		await l.start({ ...small, weightScale: 1.5, langevin: { ...small.langevin, sigma2: 4 } });
		await l.until((f) => f.records.length > 0);
		const { lift, lambdaMax } = l.records()[0];
		expect(lift.sigma2 * lambdaMax).toBeCloseTo(0.9, 6);
		expect(lift.notice).toContain('βσ²λ_max < 1');
	});

	test('data that cannot be had leave a sentence, and the next Scene opens', async () => {
		const l = listener();
		await l.start(small);
		await l.session.open(
			{ ...small, data: { kind: 'mnist', digits: '01', side: 14 } },
			{ play: false, dataFolder: '/no/such/folder/' }
		);
		const error = l.events.find((e) => e.kind === 'error');
		expect(error?.kind === 'error' && error.message).toMatch(/mnist/i);
		await l.session.open({ ...small, at: 3 }, options);
		await l.until((f) => f.status === 'paused' && f.step === 3);
	});
});

test('only what decides the run asks for a new one', () => {
	expect(needsNewRun(small, { ...small, view: { ...small.view, plane: 'xy' } })).toBe(false);
	expect(needsNewRun(small, { ...small, training: { ...small.training, steps: 7 } })).toBe(false);
	const held = { ...small, training: { ...small.training, steps: 50 } };
	expect(needsNewRun(small, held, 50)).toBe(false);
	expect(needsNewRun(held, small, 51)).toBe(true);
	expect(needsNewRun(small, { ...small, langevin: { ...small.langevin, particles: 7 } })).toBe(false);
	expect(needsNewRun(small, { ...small, seed: 5 })).toBe(true);
	expect(needsNewRun(small, { ...small, training: { ...small.training, k: 5 } })).toBe(true);
	expect(needsNewRun(small, { ...small, training: { ...small.training, recordEvery: 5 } })).toBe(true);
});
