// Threads for the SIMD module: workers that hold an instance of it over the same shared memory and sleep until a call
// is shared out. The caller hands out parts by an atomic counter, takes parts itself, and waits for the rest.
import type { Exports, Shared, Work } from './module';
import { CONTROL, MAX_NUMBERS, SHARED, takeParts, type ThreadStart } from './parts';

export interface ThreadPool {
	/** workers and the caller */
	readonly threads: number;
	share(name: Shared, numbers: readonly number[], work: Work): void;
	stop(): void;
}

/** Longest wait for a worker to report itself. */
const START_TIMEOUT_MS = 5000;

function started(worker: Worker): Promise<void> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error('a thread did not start')), START_TIMEOUT_MS);
		worker.onmessage = () => {
			clearTimeout(timer);
			resolve();
		};
		worker.onerror = (event) => reject(new Error(event.message || 'a thread failed'));
	});
}

/** Looks at the clock this often before it sleeps: the others are at their last part, often done at once. */
const SPINS = 2000;

/** A window may not sleep; a worker may. */
const maySleep = typeof document === 'undefined';

function awaitOthers(control: Int32Array): void {
	for (let spin = 0; ; spin++) {
		const busy = Atomics.load(control, CONTROL.BUSY);
		if (busy === 0) return;
		if (maySleep && spin > SPINS) Atomics.wait(control, CONTROL.BUSY, busy, 10);
	}
}

/** Starts threads−1 workers over shared memory; null, with a word on the console, when they do not start. */
export async function startThreads(
	module: WebAssembly.Module,
	memory: WebAssembly.Memory,
	exports: Exports,
	threads: number
): Promise<ThreadPool | null> {
	const control = new Int32Array(new SharedArrayBuffer(CONTROL.WORDS * 4));
	const numbers = new Float64Array(new SharedArrayBuffer(MAX_NUMBERS * 8));
	const workers = Array.from({ length: threads - 1 }, () => {
		return new Worker(new URL('./threadWorker.ts', import.meta.url), { type: 'module' });
	});
	const stop = (): void => workers.forEach((worker) => worker.terminate());
	try {
		await Promise.all(
			workers.map((worker, i) => {
				const ready = started(worker);
				worker.postMessage({ module, memory, control, numbers, index: i + 1 } satisfies ThreadStart);
				return ready;
			})
		);
	} catch (error) {
		stop();
		console.warn(`The SIMD kernels run on one thread: ${error instanceof Error ? error.message : error}`);
		return null;
	}
	return {
		threads,
		stop,
		share(name, given, work) {
			numbers.set(given);
			control[CONTROL.FUNCTION] = SHARED.indexOf(name);
			control[CONTROL.NUMBERS] = given.length;
			control[CONTROL.COUNT] = work.count;
			control[CONTROL.GRAIN] = work.grain;
			control[CONTROL.SCRATCH] = work.scratch;
			control[CONTROL.SCRATCH_BYTES] = work.scratchBytes;
			control[CONTROL.NEXT] = 0;
			Atomics.store(control, CONTROL.BUSY, threads - 1);
			Atomics.add(control, CONTROL.CALL, 1);
			Atomics.notify(control, CONTROL.CALL);
			takeParts(exports, control, numbers, 0);
			awaitOthers(control);
		}
	};
}
