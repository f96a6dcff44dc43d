// Runs what the relaxation page asks for, one thing at a time. A study: its points one after another, each to rows or to a sentence why there are none. Who cancels does so
// between two records; finished points stay with whoever heard of them.
import { chooseBackend, currentBackend } from '../engine/backend';
import { strengths, type Study } from '../scene/study';
import { macrotask } from './clock';
import type { BackendName } from './protocol';
import { runLearning } from './relaxationLearning';
import { partitionRow } from './relaxationPartition';
import { planStudy } from './relaxationPlan';
import { measurePoint } from './relaxationPoint';
import type {
	GivenMachine,
	LearningRecord,
	PartitionRow,
	RelaxationApi,
	RelaxationEvent
} from './protocolRelaxation';
import type { LearningSpec } from '../scene/learning';

class Cancelled extends Error {}

/** Longest stretch between two looks at the message queue, in milliseconds. */
const SLICE_MS = 12;

export class RelaxationStudy implements RelaxationApi {
	/** grows with each run and each cancel: a run goes on while it is the latest */
	#run = 0;
	#last: Promise<unknown> = Promise.resolve();

	run(
		study: Study,
		given: GivenMachine | null,
		done: readonly string[],
		backend: BackendName | 'auto',
		hear: (event: RelaxationEvent) => void
	): Promise<'finished' | 'cancelled'> {
		const failed = (message: string) => hear({ kind: 'error', message });
		return this.#alone(backend, failed, async (pause) => {
			const chosen = currentBackend()!;
			hear({ kind: 'backend', name: chosen.name, reason: chosen.reason });
			await measurePoints(study, given, done, hear, pause);
		});
	}

	learn(
		spec: LearningSpec,
		backend: BackendName | 'auto',
		hear: (event: LearningRecord | { readonly error: string }) => void
	): Promise<'finished' | 'cancelled'> {
		return this.#alone(
			backend,
			(error) => hear({ error }),
			(pause) => runLearning(spec, hear, pause)
		);
	}

	partition(
		study: Study,
		given: GivenMachine | null,
		backend: BackendName | 'auto',
		hear: (event: PartitionRow | { readonly error: string }) => void
	): Promise<'finished' | 'cancelled'> {
		return this.#alone(
			backend,
			(error) => hear({ error }),
			async (pause) => {
				for (const strength of strengths(study)) hear(await partitionRow(study, strength, given, pause));
			}
		);
	}

	async cancel(): Promise<void> {
		this.#run++;
		await this.#last;
	}

	/** Waits for whatever runs to end, then works; a later call, or `cancel`, ends it at its next pause. */
	async #alone(
		backend: BackendName | 'auto',
		failed: (message: string) => void,
		work: (pause: () => Promise<void>) => Promise<void>
	): Promise<'finished' | 'cancelled'> {
		const own = ++this.#run;
		const before = this.#last;
		let last = performance.now();
		const pause = async () => {
			if (performance.now() - last > SLICE_MS) {
				await macrotask();
				last = performance.now();
			}
			if (own !== this.#run) throw new Cancelled();
		};
		const all = (async () => {
			await before;
			try {
				await pause();
				await this.#backend(backend);
				await work(pause);
				return 'finished' as const;
			} catch (error) {
				if (!(error instanceof Cancelled)) failed(error instanceof Error ? error.message : String(error));
				return 'cancelled' as const;
			}
		})();
		this.#last = all;
		return all;
	}

	async #backend(wanted: BackendName | 'auto') {
		const now = currentBackend();
		if (now && (wanted === 'auto' || now.name === wanted)) return now;
		return wanted === 'auto'
			? chooseBackend()
			: chooseBackend({ order: [wanted], allowSoftware: wanted === 'webgpu' });
	}
}

async function measurePoints(
	study: Study,
	given: GivenMachine | null,
	finished: readonly string[],
	hear: (event: RelaxationEvent) => void,
	pause: () => Promise<void>
): Promise<void> {
	const points = planStudy(study);
	const total = points.length;
	const open = points.filter((point) => !finished.includes(point.id));
	let done = total - open.length;
	hear({ kind: 'plan', total, done });
	for (const point of open) {
		await pause();
		hear({ kind: 'point', id: point.id });
		try {
			const rows = await measurePoint(study, point, given, pause);
			hear({ kind: 'rows', rows, done: ++done, total });
		} catch (error) {
			// what the dynamics or the closure cannot do is said in its place; anything else ends the run
			if (!(error instanceof RangeError)) throw error;
			hear({ kind: 'skipped', skipped: { id: point.id, reason: error.message }, done: ++done, total });
		}
	}
}
