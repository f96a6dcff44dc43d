// The page of threads.spec.ts: `computeOn(threads)` starts a worker and resolves to its answer.
import type { ThreadsAnswer } from './worker';

declare global {
	interface Window {
		computeOn?: (threads: number) => Promise<ThreadsAnswer>;
	}
}

window.computeOn = (threads) => {
	const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
	return new Promise<ThreadsAnswer>((resolve, reject) => {
		worker.onmessage = ({ data }: MessageEvent<ThreadsAnswer | string>) =>
			typeof data === 'string' ? reject(new Error(data)) : resolve(data);
		worker.onerror = (event) => reject(new Error(event.message || 'the worker did not start'));
		worker.postMessage(threads);
	}).finally(() => worker.terminate());
};
