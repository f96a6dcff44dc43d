// The page of the benchmark: starts a worker for every contender and passes orders on. scripts/bench.js calls
// `window.bench` through the browser's remote control.
import * as Comlink from 'comlink';
import { encodeScene } from '../../src/lib/scene/codec';
import { presets } from '../../src/lib/scene/presets';
import type { Scene } from '../../src/lib/scene/schema';
import type { RecipeMessage, RecipeOptions } from './recipe';
import type { BenchWorker, Start, Started } from './worker';

const running = new Map<number, { worker: Worker; api: Comlink.Remote<BenchWorker> }>();
let next = 1;

/** Rejects when the worker dies, so that nobody waits for it for ever. */
function alive<T>(worker: Worker, answer: Promise<T>): Promise<T> {
	return Promise.race([
		answer,
		new Promise<never>((_, reject) => {
			worker.addEventListener(
				'error',
				(event) => reject(new Error(event.message || 'A worker failed to start.')),
				{
					once: true
				}
			);
		})
	]);
}

const of = (id: number) => {
	const entry = running.get(id);
	if (!entry) throw new Error(`There is no contender ${id}.`);
	return entry;
};

const bench = {
	isolated: () => globalThis.crossOriginIsolated === true,
	async start(what: Start): Promise<Started & { id: number }> {
		const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
		const api = Comlink.wrap<BenchWorker>(worker);
		const id = next++;
		running.set(id, { worker, api });
		const started = await alive<Started>(worker, api.start(what) as Promise<Started>);
		if (!started.ok) bench.kill(id);
		return { ...started, id };
	},
	run: (id: number, times: number) => alive(of(id).worker, of(id).api.run(times)),
	count: (id: number, times: number) => alive(of(id).worker, of(id).api.count(times)),
	memory: (id: number) => of(id).api.memory(),
	kill(id: number): void {
		running.get(id)?.worker.terminate();
		running.delete(id);
	},
	/** A link's hash for the Lab: a preset, with a seed of its own if given. */
	async labHash(preset: string, change: Partial<Scene> = {}): Promise<string> {
		const found = presets.find((p) => p.id === preset);
		if (!found) throw new Error(`There is no preset "${preset}".`);
		return encodeScene({ ...found.scene, ...change });
	},
	/** Runs a recipe to its end; `tell` (exposed by the script) hears of progress. */
	recipe(options: RecipeOptions): Promise<unknown> {
		const worker = new Worker(new URL('./recipeWorker.ts', import.meta.url), { type: 'module' });
		const told = (globalThis as unknown as { tell(m: RecipeMessage): void }).tell;
		return new Promise((resolve, reject) => {
			worker.onerror = (event) => reject(new Error(event.message || 'The recipe’s worker failed to start.'));
			worker.onmessage = ({ data }: MessageEvent<RecipeMessage>) => {
				if (data.kind === 'report') resolve(data.report);
				else if (data.kind === 'error') reject(new Error(data.message));
				else told(data);
			};
			worker.postMessage(options);
		});
	}
};

export type Bench = typeof bench;

Object.assign(globalThis, { bench });
