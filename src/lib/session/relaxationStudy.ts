// Runs a study: its points one after another, each to rows or to a sentence why there are none. Who cancels does so
// between two records; finished points stay with whoever heard of them.
import { chooseBackend, currentBackend } from '../engine/backend';
import type { Study } from '../scene/study';
import { macrotask } from './clock';
import type { BackendName } from './protocol';
import { planStudy } from './relaxationPlan';
import { measurePoint } from './relaxationPoint';
import type { GivenMachine, RelaxationApi, RelaxationEvent } from './relaxationTypes';

class Cancelled extends Error {}

/** Longest stretch between two looks at the message queue, in milliseconds. */
const SLICE_MS = 12;

export class RelaxationStudy implements RelaxationApi {
	/** grows with each run and each cancel: a run goes on while it is the latest */
	#run = 0;
	#last: Promise<unknown> = Promise.resolve();

	async run(
		study: Study,
		given: GivenMachine | null,
		done: readonly string[],
		backend: BackendName | 'auto',
		hear: (event: RelaxationEvent) => void
	): Promise<'finished' | 'cancelled'> {
		const own = ++this.#run;
		const before = this.#last;
		const work = (async () => {
			// one run at a time holds the backend
			await before.catch(() => {});
			return this.#points(own, study, given, new Set(done), backend, hear);
		})();
		this.#last = work;
		return work;
	}

	async cancel(): Promise<void> {
		this.#run++;
		await this.#last.catch(() => {});
	}

	async #points(
		own: number,
		study: Study,
		given: GivenMachine | null,
		done: Set<string>,
		backend: BackendName | 'auto',
		hear: (event: RelaxationEvent) => void
	): Promise<'finished' | 'cancelled'> {
		let last = performance.now();
		const pause = async () => {
			if (performance.now() - last > SLICE_MS) {
				await macrotask();
				last = performance.now();
			}
			if (own !== this.#run) throw new Cancelled();
		};
		try {
			const chosen = await this.#backend(backend);
			hear({ kind: 'backend', name: chosen.name, reason: chosen.reason });
			const points = planStudy(study);
			const total = points.length;
			const open = points.filter((point) => !done.has(point.id));
			let count = total - open.length;
			hear({ kind: 'plan', total, done: count });
			for (const point of open) {
				await pause();
				hear({ kind: 'point', id: point.id });
				try {
					const rows = await measurePoint(study, point, given, pause);
					hear({ kind: 'rows', rows, done: ++count, total });
				} catch (error) {
					// what the dynamics or the closure cannot do is said in its place; anything else ends the run
					if (!(error instanceof RangeError)) throw error;
					hear({ kind: 'skipped', skipped: { id: point.id, reason: error.message }, done: ++count, total });
				}
			}
			return 'finished';
		} catch (error) {
			if (error instanceof Cancelled) return 'cancelled';
			hear({ kind: 'error', message: error instanceof Error ? error.message : String(error) });
			return 'cancelled';
		}
	}

	async #backend(wanted: BackendName | 'auto') {
		const now = currentBackend();
		if (now && (wanted === 'auto' || now.name === wanted)) return now;
		return wanted === 'auto'
			? chooseBackend()
			: chooseBackend({ order: [wanted], allowSoftware: wanted === 'webgpu' });
	}
}
