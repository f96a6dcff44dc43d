// Keeps the worker from recording work faster than a GPU does it: nothing else waits for the device when nothing is read
// back, and what is queued would grow without end.
import { settle } from '$lib/engine/backend';

/** Time of recording between two looks at the device, in milliseconds. */
const LOOK_MS = 8;

export class Pace {
	#since = -Infinity;
	#last: Promise<void> = Promise.resolve();

	/** Waits, now and then, until what had been recorded at the last look is done: two looks' work is queued at most. */
	async keep(): Promise<void> {
		if (performance.now() - this.#since < LOOK_MS) return;
		await this.#last;
		// A lost device is reported by its own event, and by whatever is read next.
		this.#last = settle().catch(() => {});
		this.#since = performance.now();
	}
}
