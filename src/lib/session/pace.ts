// Keeps the worker from recording work faster than a GPU does it. When nothing is read back, nothing else waits for the
// device: what is queued would grow without end, and a frame would show what was asked for long ago.

/** Time that the work between two looks at the device should take, in milliseconds: most of a displayed frame. */
const BETWEEN_MS = 12;

export class Pace {
	/** ticks between two looks, and since the last */
	#allowed = 1;
	#ticks = 0;
	/** when the work of the last look but one was done; resolves when that of the last is */
	#before = NaN;
	#last = Promise.resolve(NaN);
	readonly #settle: () => Promise<void>;

	/** @param settle resolves when everything recorded so far is done (engine/backend.ts) */
	constructor(settle: () => Promise<void>) {
		this.#settle = settle;
	}

	/**
	 * Call after each tick. Waits, now and then, until the work of the last look is done, so that two looks' work is
	 * queued at most, and takes as many ticks to the next as the device does in time.
	 */
	async keep(): Promise<void> {
		if (++this.#ticks < this.#allowed) return;
		const done = await this.#last;
		const took = done - this.#before;
		// Not a number before the third look, when nothing is known yet.
		if (took >= 0)
			this.#allowed = Math.max(1, Math.min(2 * this.#allowed, (this.#allowed * BETWEEN_MS) / took));
		this.#before = done;
		this.#ticks = 0;
		// A lost device is reported by its own event, and by whatever is read next.
		this.#last = this.#settle()
			.catch(() => {})
			.then(() => performance.now());
	}
}
