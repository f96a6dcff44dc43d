// The worker's pace against a device that takes its time: what is queued stays short, and a fast device holds nothing up.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Pace } from '../../src/lib/session/pace';

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Ticks recorded in a time at a millisecond each, by a device that needs `each` for one, and the longest queue. */
async function played(ms: number, each: number): Promise<{ ticks: number; queued: number }> {
	let busyUntil = 0;
	let [ticks, queued] = [0, 0];
	const pace = new Pace(() => sleep(Math.max(0, busyUntil - performance.now())));
	const end = performance.now() + ms;
	const loop = (async () => {
		while (performance.now() < end) {
			await sleep(1);
			busyUntil = Math.max(busyUntil, performance.now()) + each;
			ticks++;
			queued = Math.max(queued, busyUntil - performance.now());
			await pace.keep();
		}
	})();
	await vi.advanceTimersByTimeAsync(ms + 1000);
	await loop;
	return { ticks, queued };
}

test.each([5, 40, 300])(
	'a device that needs %i ms a tick works all the time with little queued',
	async (each) => {
		const { ticks, queued } = await played(6000, each);
		expect(ticks * each).toBeGreaterThan(0.9 * 6000);
		// Two looks of most of a displayed frame each and what is recorded meanwhile; of a tick each where one is longer.
		expect(queued).toBeLessThanOrEqual(Math.max(50, 3 * each));
	}
);

test('a device faster than the recording holds nothing up', async () => {
	const { ticks } = await played(3000, 0.1);
	expect(ticks).toBeGreaterThan(0.85 * 3000);
});

test('a device that is lost is not waited for', async () => {
	const pace = new Pace(() => Promise.reject(new Error('lost')));
	for (let i = 0; i < 10; i++) await pace.keep();
});
