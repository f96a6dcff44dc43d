// The session's rhythm: runs ticks in slices of a few milliseconds, lets messages in between slices, and offers a
// Frame after each slice, but only when the page has taken the last one (back-pressure: Frames are dropped, never
// queued).

/** Longest stretch of ticks between two looks at the message queue, in milliseconds. */
const SLICE_MS = 10;

export interface ClockJobs {
	/** One step of the run. Resolves to false when there is nothing left to do and the clock should stop. */
	tick(): Promise<boolean>;
	/** Sends a Frame; resolves when the page has drawn it. */
	send(): Promise<void>;
	/** A tick or a Frame threw. The clock has stopped. */
	failed(error: unknown): void;
}

export class Clock {
	/** Most ticks a displayed frame; Infinity: as many as fit. */
	speed = Infinity;
	#jobs: ClockJobs;
	#running = false;
	#loop: Promise<void> = Promise.resolve();
	#sending: Promise<void> | null = null;
	#limit = Infinity;
	/** Ends each wait under way when `abort` is called: what waits for a dead device would wait for ever. */
	#waits = new Set<(error: unknown) => void>();

	constructor(jobs: ClockJobs) {
		this.#jobs = jobs;
	}

	get running(): boolean {
		return this.#running;
	}

	/** Runs until `stop`, until a tick says it is done, or for `limit` ticks. Resolves when the loop has ended. */
	start(limit = Infinity): Promise<void> {
		this.#limit = limit;
		if (!this.#running) {
			this.#running = true;
			this.#loop = this.#run();
		}
		return this.#loop;
	}

	/** Stops after the tick under way; resolves when the loop has ended. */
	async stop(): Promise<void> {
		this.#running = false;
		await this.#loop;
	}

	/** Sends a Frame now, after any Frame still on its way. */
	async flush(): Promise<void> {
		await this.#orAbort(this.#sending);
		await this.#orAbort(this.#jobs.send());
	}

	/** Gives up whatever is waited for: the loop ends and `failed` hears the error. */
	abort(error: unknown): void {
		this.#running = false;
		this.#sending = null;
		const waits = [...this.#waits];
		this.#waits.clear();
		for (const end of waits) end(error);
	}

	/** The job's result, or the error of an `abort`. (A race against one lasting promise would leak at each tick.) */
	#orAbort<T>(job: Promise<T> | null): Promise<T | null> {
		if (!job) return Promise.resolve(null);
		return new Promise((resolve, reject) => {
			this.#waits.add(reject);
			job.then(resolve, reject).finally(() => this.#waits.delete(reject));
		});
	}

	async #run(): Promise<void> {
		try {
			while (this.#running) {
				const start = performance.now();
				let ticks = 0;
				while (this.#running && ticks < this.speed && performance.now() - start < SLICE_MS) {
					if (!(await this.#orAbort(this.#jobs.tick()))) this.#running = false;
					ticks++;
					if (--this.#limit <= 0) this.#running = false;
				}
				this.#offer();
				// A chosen speed is in ticks a displayed frame: wait for the display. Otherwise only let messages in.
				if (ticks >= this.speed) await this.#orAbort(this.#sending);
				await macrotask();
			}
			await this.flush();
		} catch (error) {
			this.#running = false;
			this.#jobs.failed(error);
		}
	}

	#offer() {
		if (this.#sending) return;
		const sending = this.#jobs
			.send()
			.catch((error) => {
				if (this.#sending === sending) this.abort(error);
			})
			.finally(() => {
				if (this.#sending === sending) this.#sending = null;
			});
		this.#sending = sending;
	}
}

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** Yields to the event loop without the 4 ms floor that nested timers have. */
export function macrotask(): Promise<void> {
	return new Promise((resolve) => {
		waiting.push(resolve);
		channel.port2.postMessage(0);
	});
}
