// The Lab page with instruments on it: what its worker sends is overheard, its main thread and heaps are watched.
// Nothing in the app knows of it.
import { launch } from './site.js';

/** Runs in the page before anything else. */
function instruments() {
	const seen = { tensors: 0, tensorBytes: 0, mostTensors: 0, step: 0, frames: 0, backend: 'unknown' };
	const tasks = /** @type {{ start: number, duration: number }[]} */ ([]);
	const gaps = /** @type {number[]} */ ([]);
	let since = 0;
	let stepSince = 0;
	let framesSince = 0;
	/** @param {MessageEvent} event */
	const overhear = ({ data }) => {
		// A Frame is the argument of the call that comlink makes over its port (session/protocol.ts).
		const frame = data?.argumentList?.[0]?.value;
		if (frame?.kind === 'backend') seen.backend = frame.backend.name;
		if (typeof frame?.tensors !== 'number' || typeof frame.bytes !== 'number') return;
		seen.tensors = frame.tensors;
		seen.tensorBytes = frame.bytes;
		seen.mostTensors = Math.max(seen.mostTensors, frame.tensors);
		seen.step = frame.step;
		seen.frames++;
	};
	const add = EventTarget.prototype.addEventListener;
	const heard = new WeakSet();
	EventTarget.prototype.addEventListener = function (
		/** @type {string} */ type,
		/** @type {EventListenerOrEventListenerObject | null} */ listener,
		/** @type {AddEventListenerOptions | boolean | undefined} */ options
	) {
		if (type === 'message' && this instanceof MessagePort && !heard.has(this)) {
			heard.add(this);
			add.call(this, 'message', /** @type {EventListener} */ (overhear));
		}
		return add.call(this, type, listener, options);
	};
	Object.assign(globalThis, {
		instruments: {
			seen: () => ({ ...seen }),
			watchMainThread() {
				since = performance.now();
				stepSince = seen.step;
				framesSince = seen.frames;
				new PerformanceObserver((list) => {
					for (const { startTime, duration } of list.getEntries()) tasks.push({ start: startTime, duration });
				}).observe({ type: 'longtask' });
				let last = since;
				const frame = (/** @type {number} */ now) => {
					gaps.push(now - last);
					last = now;
					requestAnimationFrame(frame);
				};
				requestAnimationFrame((now) => {
					last = now;
					requestAnimationFrame(frame);
				});
			},
			mainThread: () => ({
				tasks,
				gaps,
				seconds: (performance.now() - since) / 1000,
				frames: seen.frames - framesSince,
				steps: seen.step - stepSince
			})
		}
	});
}

/** @typedef {{ seen(): { tensors: number, tensorBytes: number, mostTensors: number, step: number, frames: number, backend: string }, watchMainThread(): void, mainThread(): { tasks: { start: number, duration: number }[], gaps: number[], seconds: number, frames: number, steps: number } }} Instruments */

/** The worker's and the page's JavaScript heaps through the browser's debugging protocol, after collecting garbage. */
class Heaps {
	/** @type {import('playwright').CDPSession} */
	#cdp;
	/** @type {string[]} the app's own workers; tfjs's threads share one heap of another kind */
	#workers = [];
	/** @type {Map<number, (result: any) => void>} */
	#waiting = new Map();
	#last = 0;

	/** @param {import('playwright').CDPSession} cdp */
	constructor(cdp) {
		this.#cdp = cdp;
		cdp.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
			if (targetInfo.type === 'worker' && !targetInfo.url.startsWith('blob:')) this.#workers.push(sessionId);
		});
		cdp.on('Target.receivedMessageFromTarget', ({ message }) => {
			const { id, result } = JSON.parse(message);
			this.#waiting.get(id)?.(result);
			this.#waiting.delete(id);
		});
	}

	async start() {
		await this.#cdp.send('Target.setAutoAttach', {
			autoAttach: true,
			waitForDebuggerOnStart: false,
			flatten: false
		});
	}

	/** @param {string} sessionId @param {string} method @returns {Promise<any>} */
	async #ask(sessionId, method) {
		const id = ++this.#last;
		const answer = new Promise((done) => this.#waiting.set(id, done));
		await this.#cdp.send('Target.sendMessageToTarget', {
			sessionId,
			message: JSON.stringify({ id, method })
		});
		return answer;
	}

	async look() {
		await this.#cdp.send('HeapProfiler.collectGarbage');
		const page = await this.#cdp.send('Runtime.getHeapUsage');
		let worker = 0;
		for (const session of this.#workers) {
			await this.#ask(session, 'HeapProfiler.collectGarbage');
			const { usedSize, backingStorageSize } = await this.#ask(session, 'Runtime.getHeapUsage');
			worker += usedSize + (backingStorageSize ?? 0);
		}
		const backing = /** @type {{ backingStorageSize?: number }} */ (page).backingStorageSize ?? 0;
		return { pageHeap: page.usedSize + backing, workerHeap: worker };
	}
}

/** Seconds until the session must have made its first step: it loads tfjs, data and a backend before. */
const START_TIMEOUT = 120_000;

/** @param {string} site address with a slash at its end @param {string} hash */
export async function openLab(site, hash) {
	const browser = await launch();
	const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
	/** @type {string[]} */
	const problems = [];
	page.on('pageerror', (error) => problems.push(error.message));
	page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
	await page.addInitScript(instruments);
	const heaps = new Heaps(await page.context().newCDPSession(page));
	await heaps.start();
	await page.goto(`${site}lab/#${hash}`);
	const opened = performance.now();
	/** @template {keyof Instruments} K @param {K} name @returns {Promise<ReturnType<Instruments[K]>>} */
	const ask = (name) =>
		page.evaluate((n) => /** @type {any} */ (globalThis).instruments[n](), /** @type {string} */ (name));
	return {
		async play() {
			await page.getByRole('button', { name: 'Play', exact: true }).click();
			await page.waitForFunction(
				() => /** @type {any} */ (globalThis).instruments.seen().step > 0,
				undefined,
				{
					timeout: START_TIMEOUT
				}
			);
		},
		async look() {
			const { pageHeap, workerHeap } = await heaps.look();
			return { minute: (performance.now() - opened) / 60_000, pageHeap, workerHeap, ...(await ask('seen')) };
		},
		watchMainThread: () => ask('watchMainThread'),
		mainThread: () => ask('mainThread'),
		/** Name of the backend that computes. */
		backend: async () => (await ask('seen')).backend,
		/** Throws when the page logged an error: figures of a broken page are worth nothing. */
		assertHealthy() {
			if (problems.length) throw new Error(`The Lab page reported: ${problems.join(' | ')}`);
		},
		close: () => browser.close()
	};
}

/** @typedef {Awaited<ReturnType<typeof openLab>>} LabPage */
