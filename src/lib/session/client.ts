// The main thread's end of the session: starts the worker when it is first needed, hands its Frames and events
// on, and starts a new worker when the old one died.
import * as Comlink from 'comlink';
import type { Frame, SessionApi, SessionEvent } from './protocol';

export interface SessionHandlers {
	frame(frame: Frame): void;
	event(event: SessionEvent): void;
}

/** One session: at most one worker, created lazily so that a page is interactive before tfjs loads. */
export class SessionClient {
	#worker: Worker | null = null;
	#api: Comlink.Remote<SessionApi> | null = null;
	#handlers: SessionHandlers;

	constructor(handlers: SessionHandlers) {
		this.#handlers = handlers;
	}

	/** True once a worker runs. */
	get started(): boolean {
		return this.#worker !== null;
	}

	/** The worker's API, starting the worker if there is none. */
	async api(): Promise<Comlink.Remote<SessionApi>> {
		if (this.#api) return this.#api;
		const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
		this.#worker = worker;
		const api = Comlink.wrap<SessionApi>(worker);
		this.#api = api;
		worker.onerror = (e) => {
			e.preventDefault();
			this.#fail(e.message || 'The computing worker could not be started.');
		};
		await api.connect(
			// Resolves after the next animation frame: the worker sends the next Frame then, never faster than the display.
			Comlink.proxy(async (frame: Frame) => {
				this.#handlers.frame(frame);
				await nextFrame();
			}),
			Comlink.proxy((event: SessionEvent) => this.#handlers.event(event))
		);
		return api;
	}

	/** Ends the worker and everything in it. */
	close(): void {
		this.#worker?.terminate();
		this.#worker = null;
		this.#api = null;
	}

	#fail(message: string) {
		this.close();
		this.#handlers.event({
			kind: 'error',
			message: `The computation stopped: ${message}`,
			stillFine: 'Your settings and what is on screen are kept; press Play to start the run again.'
		});
	}
}

/** The next animation frame, or a quarter of a second in a hidden tab, where animation frames stop. */
function nextFrame(): Promise<void> {
	return new Promise((resolve) => {
		if (document.hidden) setTimeout(resolve, 250);
		else requestAnimationFrame(() => resolve());
	});
}
