// The clock: Frames are dropped, never queued; a tick that ends or fails stops it; limits and speed are kept.
import { describe, expect, test } from 'vitest';
import { Clock } from '../../src/lib/session/clock';

function later(ms: number) {
	return new Promise((resolve) => setTimeout(resolve, ms));
}

describe('the clock', () => {
	test('a slow page gets fewer Frames, never two at once', async () => {
		let inFlight = 0;
		let most = 0;
		let frames = 0;
		let ticks = 0;
		const clock = new Clock({
			tick: async () => ++ticks < 100_000,
			send: async () => {
				frames++;
				most = Math.max(most, ++inFlight);
				await later(30);
				inFlight--;
			},
			failed: (e) => expect.unreachable(String(e))
		});
		void clock.start();
		await later(300);
		await clock.stop();
		expect(most).toBe(1);
		expect(frames).toBeGreaterThan(1);
		expect(ticks).toBeGreaterThan(frames);
	});

	test('a limited start makes exactly that many ticks', async () => {
		let ticks = 0;
		const clock = new Clock({
			tick: async () => {
				ticks++;
				return true;
			},
			send: async () => {},
			failed: () => {}
		});
		await clock.start(17);
		expect(ticks).toBe(17);
		expect(clock.running).toBe(false);
	});

	test('a chosen speed is ticks a taken Frame', async () => {
		let ticks = 0;
		let frames = 0;
		const clock = new Clock({
			tick: async () => {
				ticks++;
				return true;
			},
			send: async () => {
				frames++;
				await later(10);
			},
			failed: () => {}
		});
		clock.speed = 3;
		void clock.start();
		await later(200);
		await clock.stop();
		// The last slice may be cut short, and the closing Frame comes without ticks.
		expect(ticks).toBeLessThanOrEqual(3 * frames);
		expect(ticks).toBeGreaterThanOrEqual(3 * (frames - 2));
	});

	test('an exception stops it and is handed on', async () => {
		let failure: unknown = null;
		let ticks = 0;
		const clock = new Clock({
			tick: async () => {
				if (++ticks === 5) throw new Error('device lost');
				return true;
			},
			send: async () => {},
			failed: (e) => (failure = e)
		});
		await clock.start();
		expect((failure as unknown as Error).message).toBe('device lost');
		expect(ticks).toBe(5);
	});
});

test('an abort ends a wait that would last for ever, and the clock can start again', async () => {
	let failure: unknown = null;
	let stuck = true;
	let ticks = 0;
	const clock = new Clock({
		tick: () => (stuck ? new Promise<boolean>(() => {}) : Promise.resolve(++ticks < 5)),
		send: async () => {},
		failed: (e) => (failure = e)
	});
	const ended = clock.start();
	await later(20);
	clock.abort(new Error('device lost'));
	await ended;
	expect((failure as unknown as Error).message).toBe('device lost');
	stuck = false;
	await clock.start();
	expect(ticks).toBe(5);
});
