// The page's end of a study of relaxation times: what was measured so far, what theory predicts, and the one worker each
// that computes them. Cancelling keeps the finished points; running again goes on where it stopped.
import * as Comlink from 'comlink';
import { defaultStudy, type Study } from '../scene/study';
import type { RelaxationPredictions } from '../theory/relaxationPredictions';
import { curveStrengths, doneIds, startRelaxationWorker } from './clientRelaxationParts';
import { TheoryClient } from './clientTheory';
import type { BackendName } from './protocol';
import type {
	GivenMachine,
	LearningRecord,
	PartitionRow,
	RelaxationApi,
	RelaxationEvent,
	Row,
	Skipped
} from './protocolRelaxation';
import type { LearningSpec } from '../scene/learning';

export interface Predicted {
	readonly strength: number;
	readonly is: RelaxationPredictions;
}

export class RelaxationClient {
	study = $state.raw<Study>(defaultStudy);
	given = $state.raw<GivenMachine | null>(null);
	rows = $state.raw<readonly Row[]>([]);
	skipped = $state.raw<readonly Skipped[]>([]);
	predictions = $state.raw<readonly Predicted[]>([]);
	status = $state<'idle' | 'running' | 'cancelled' | 'finished' | 'failed'>('idle');
	/** what is under way, or was last */
	task = $state<'sweep' | 'learning' | 'partition'>('sweep');
	learning = $state.raw<readonly LearningRecord[]>([]);
	partition = $state.raw<readonly PartitionRow[]>([]);
	/** points done of points planned */
	done = $state(0);
	total = $state(0);
	/** id of the point under way */
	under = $state<string | null>(null);
	backend = $state.raw<{ name: BackendName; reason: string } | null>(null);
	message = $state('');
	/** seconds since the run began, and until its first row; NaN before */
	elapsed = $state(NaN);
	first = $state(NaN);

	#worker: Worker | null = null;
	#api: Comlink.Remote<RelaxationApi> | null = null;
	#theory = new TheoryClient();
	#run = 0;
	/** seconds of earlier runs of the same study */
	#before = 0;

	/** Takes another study: everything measured for the last one goes. */
	show(study: Study, given: GivenMachine | null = this.given): void {
		this.stop();
		this.study = study;
		this.given = given;
		this.rows = [];
		this.skipped = [];
		this.predictions = [];
		this.partition = [];
		this.done = 0;
		this.total = 0;
		this.elapsed = NaN;
		this.first = NaN;
		this.#before = 0;
		this.message = '';
		this.status = 'idle';
	}

	/** Measures what is not there yet, and predicts beside it. */
	async start(backend: BackendName | 'auto' = 'auto'): Promise<void> {
		const run = this.#begin('sweep');
		void this.#predict(run);
		const began = performance.now();
		const clock = setInterval(() => {
			if (run === this.#run) this.elapsed = this.#before + (performance.now() - began) / 1000;
		}, 250);
		const done = doneIds(this.rows, this.skipped);
		try {
			await this.#finish(run, (api) => {
				const hear = (event: RelaxationEvent) => {
					if (run === this.#run) this.#hear(event, began);
				};
				return api.run($state.snapshot(this.study), this.given, done, backend, Comlink.proxy(hear));
			});
		} finally {
			clearInterval(clock);
			if (run === this.#run) {
				this.under = null;
				this.#before += (performance.now() - began) / 1000;
				this.elapsed = this.#before;
			}
		}
	}

	/** Follows a training run; ends a sweep that is under way (its points stay). */
	async learn(spec: LearningSpec, backend: BackendName | 'auto' = 'auto'): Promise<void> {
		this.cancel();
		const run = this.#begin('learning');
		this.learning = [];
		await this.#finish(run, (api) => {
			const hear = (event: LearningRecord | { readonly error: string }) => {
				if (run !== this.#run) return;
				if ('error' in event) this.#fail(event.error);
				else this.learning = [...this.learning, event];
			};
			return api.learn(spec, backend, Comlink.proxy(hear));
		});
	}

	/** ln Z at every strength of the study; ends a sweep that is under way (its points stay). */
	async estimate(backend: BackendName | 'auto' = 'auto'): Promise<void> {
		this.cancel();
		const run = this.#begin('partition');
		this.partition = [];
		await this.#finish(run, (api) => {
			const hear = (event: PartitionRow | { readonly error: string }) => {
				if (run !== this.#run) return;
				if ('error' in event) this.#fail(event.error);
				else this.partition = [...this.partition, event];
			};
			return api.partition($state.snapshot(this.study), this.given, backend, Comlink.proxy(hear));
		});
	}

	#begin(task: 'sweep' | 'learning' | 'partition'): number {
		this.status = 'running';
		this.task = task;
		this.message = '';
		return ++this.#run;
	}

	async #finish(
		run: number,
		work: (api: Comlink.Remote<RelaxationApi>) => Promise<'finished' | 'cancelled'>
	): Promise<void> {
		try {
			const end = await work(this.#start(() => run === this.#run));
			if (run === this.#run && this.status === 'running')
				this.status = end === 'finished' ? 'finished' : 'cancelled';
		} catch (error) {
			if (run === this.#run) this.#fail(error instanceof Error ? error.message : String(error));
		}
	}

	/** Ends the run; finished points stay, `start` goes on. */
	cancel(): void {
		if (this.status !== 'running') return;
		this.stop();
		this.status = 'cancelled';
	}

	/** Ends whatever is under way without a word. */
	stop(): void {
		this.#run++;
		this.under = null;
		if (!Number.isNaN(this.elapsed)) this.#before = this.elapsed;
		void this.#api?.cancel();
		this.#theory.close();
	}

	/** Frees both workers. */
	close(): void {
		this.stop();
		this.#worker?.terminate();
		this.#worker = null;
		this.#api = null;
	}

	async #predict(run: number): Promise<void> {
		const study = $state.snapshot(this.study) as Study;
		const known = this.predictions.map((p) => p.strength);
		for (const strength of curveStrengths(study)) {
			if (known.includes(strength)) continue;
			try {
				const is = await this.#theory.run('predictRelaxation', { study, strength, given: this.given });
				if (run !== this.#run) return;
				this.predictions = [...this.predictions, { strength, is }].sort((a, b) => a.strength - b.strength);
			} catch {
				// cancelled, or a given machine that the measuring worker tells about
				return;
			}
		}
	}

	#hear(event: RelaxationEvent, began: number): void {
		if (event.kind === 'backend') this.backend = { name: event.name, reason: event.reason };
		else if (event.kind === 'point') this.under = event.id;
		else if (event.kind === 'error') this.#fail(event.message);
		else {
			this.done = event.done;
			this.total = event.total;
			if (event.kind === 'rows') {
				if (Number.isNaN(this.first)) this.first = (performance.now() - began) / 1000;
				this.rows = [...this.rows, ...event.rows];
			} else if (event.kind === 'skipped') this.skipped = [...this.skipped, event.skipped];
		}
	}

	#fail(message: string): void {
		this.status = 'failed';
		this.message = message;
	}

	#start(current: () => boolean): Comlink.Remote<RelaxationApi> {
		if (this.#api) return this.#api;
		const worker = startRelaxationWorker((message) => {
			this.#worker = null;
			this.#api = null;
			if (current()) this.#fail(message);
		});
		this.#worker = worker;
		this.#api = Comlink.wrap<RelaxationApi>(worker);
		return this.#api;
	}
}
