// The page's end of the theory worker: exact computations that take longer than the main thread may be held. One worker,
// started at the first job; `latest` drops answers that a newer question has overtaken.
import * as Comlink from 'comlink';
import type { TheoryJobs } from './theoryJobs';

type Name = keyof TheoryJobs;
type Question<K extends Name> = Parameters<TheoryJobs[K]>[0];
type Answer<K extends Name> = Awaited<ReturnType<TheoryJobs[K]>>;
interface Api {
	run<K extends Name>(name: K, job: Question<K>): Promise<Answer<K>>;
}

export class TheoryClient {
	#worker: Worker | null = null;
	#api: Comlink.Remote<Api> | null = null;
	#asked = new Map<Name, number>();
	/** rejects every answer still awaited when the worker ends */
	#end: (() => void)[] = [];

	/**
	 * Runs a job in the worker.
	 * @throws what the job throws, or an Error when the worker was closed meanwhile
	 */
	async run<K extends Name>(name: K, job: Question<K>): Promise<Answer<K>> {
		const api = this.#start();
		return new Promise<Answer<K>>((resolve, reject) => {
			const stop = () => reject(new Error('The computation was cancelled.'));
			this.#end.push(stop);
			const done = () => (this.#end = this.#end.filter((s) => s !== stop));
			(api.run(name, job as never) as Promise<Answer<K>>).then(
				(answer) => (done(), resolve(answer)),
				(error: unknown) => (done(), reject(error instanceof Error ? error : new Error(String(error))))
			);
		});
	}

	/** Like `run`, but gives null when the same kind of job was asked again before this one was answered. */
	async latest<K extends Name>(name: K, job: Question<K>): Promise<Answer<K> | null> {
		const ticket = (this.#asked.get(name) ?? 0) + 1;
		this.#asked.set(name, ticket);
		const answer = await this.run(name, job);
		return this.#asked.get(name) === ticket ? answer : null;
	}

	/** Ends the worker and whatever it computes; the next job starts another. */
	close(): void {
		this.#worker?.terminate();
		this.#worker = null;
		this.#api = null;
		for (const stop of this.#end) stop();
		this.#end = [];
	}

	#start(): Comlink.Remote<Api> {
		if (this.#api) return this.#api;
		const worker = new Worker(new URL('./theoryWorker.ts', import.meta.url), { type: 'module' });
		worker.onerror = (e) => {
			e.preventDefault();
			this.close();
		};
		this.#worker = worker;
		this.#api = Comlink.wrap<Api>(worker);
		return this.#api;
	}
}
