// The page's end of the annealer's worker: what each sampler gave, where the problem would sit on a chip, the β_eff loop,
// and runs that were saved to a file and come back from one.
import * as Comlink from 'comlink';
import { sampleSetFromJson, sampleSetToJson } from '../annealer/sampleSetJson';
import { defaultAnnealing, type AnnealerSetup, type SamplerName } from '../scene/annealing';
import type {
	AnnealerApi,
	EmbeddingFacts,
	EnergyHistogram,
	Judgement,
	LoopStep,
	MachineFacts,
	SpreadPoint
} from './protocolAnnealer';

export type AnnealerStatus = 'idle' | 'running' | 'looping' | 'spreading' | 'failed';

/** Largest file of samples that is read. */
const MAX_FILE = 32 * 1024 * 1024;

export class AnnealerClient {
	setup = $state.raw<AnnealerSetup>(defaultAnnealing);
	status = $state<AnnealerStatus>('idle');
	/** a sentence when something went wrong */
	message = $state('');
	facts = $state.raw<MachineFacts | null>(null);
	cells = $state.raw<EnergyHistogram | null>(null);
	judgements = $state.raw<readonly Judgement[]>([]);
	progress = $state.raw<{ sampler: SamplerName; done: number; of: number } | null>(null);
	embedding = $state.raw<EmbeddingFacts | null>(null);
	embeddingStatus = $state<'idle' | 'loading' | 'failed'>('idle');
	loop = $state.raw<readonly LoopStep[]>([]);
	spreads = $state.raw<readonly SpreadPoint[]>([]);
	/** samples from a file, judged as this machine's, and where they came from */
	replayed = $state.raw<{ judgement: Judgement; provenance: string } | null>(null);

	#worker: Worker | null = null;
	#api: Comlink.Remote<AnnealerApi> | null = null;
	#chips: Worker | null = null;
	#ticket = 0;
	#chipTicket = 0;

	/** Another machine or other samplers: what was found for the last ones goes. */
	show(setup: AnnealerSetup): void {
		this.cancel();
		this.setup = setup;
		this.facts = null;
		this.cells = null;
		this.judgements = [];
		this.loop = [];
		this.spreads = [];
		this.replayed = null;
		this.embedding = null;
		this.embeddingStatus = 'idle';
		this.message = '';
	}

	async run(): Promise<void> {
		const mine = this.#begin('running');
		this.judgements = [];
		const listener = Comlink.proxy({
			progress: (sampler: SamplerName, done: number, of: number) => {
				if (mine === this.#ticket) this.progress = { sampler, done, of };
			},
			facts: (facts: MachineFacts, cells: EnergyHistogram) => {
				if (mine !== this.#ticket) return;
				this.facts = facts;
				this.cells = cells;
			},
			judged: (judgement: Judgement) => {
				if (mine === this.#ticket) this.judgements = [...this.judgements, judgement];
			}
		});
		await this.#end(mine, this.#start().run(this.setup, listener));
	}

	/** Rescales until the mean energy, or the effective temperature, is the one wanted. */
	async findScale(rule: 'energy' | 'pseudo-likelihood'): Promise<void> {
		const mine = this.#begin('looping');
		this.loop = [];
		const step = Comlink.proxy((next: LoopStep) => {
			if (mine === this.#ticket) this.loop = [...this.loop, next];
		});
		await this.#end(mine, this.#start().loop(this.setup, rule, step));
	}

	/** The slides' experiment: how each sampler does as the weights grow. */
	async growSpread(): Promise<void> {
		const mine = this.#begin('spreading');
		this.spreads = [];
		const point = Comlink.proxy((next: SpreadPoint) => {
			if (mine === this.#ticket) this.spreads = [...this.spreads, next];
		});
		await this.#end(mine, this.#start().spreads(this.setup, point));
	}

	/** Places the machine on the chip, in a worker of its own: samplers go on meanwhile. */
	async embed(): Promise<void> {
		const mine = ++this.#chipTicket;
		this.embeddingStatus = 'loading';
		this.#chips?.terminate();
		const worker = newWorker();
		this.#chips = worker;
		const failed = new Promise<never>((_, reject) => {
			worker.onerror = (e) => {
				e.preventDefault();
				reject(new Error(e.message || 'The worker could not be started.'));
			};
		});
		try {
			const found = await Promise.race([Comlink.wrap<AnnealerApi>(worker).embed(this.setup), failed]);
			if (mine !== this.#chipTicket) return;
			this.embedding = found;
			this.embeddingStatus = 'idle';
		} catch (error) {
			if (mine !== this.#chipTicket) return;
			this.embeddingStatus = 'failed';
			this.message = sentence(error);
		} finally {
			worker.terminate();
			if (this.#chips === worker) this.#chips = null;
		}
	}

	/** A sampler's reads as dimod's own JSON, with where they come from in `info`. */
	saved({ sampler, samples }: Judgement, made: Record<string, unknown>): string {
		const info = { ...samples.info, reciprocal: { sampler, setup: this.setup, ...made } };
		return JSON.stringify(sampleSetToJson({ ...samples, info }), null, '\t');
	}

	/** Samples from a file: a dimod sample set (JSON) of as many variables as this machine has units. */
	async replay(file: File): Promise<void> {
		try {
			if (file.size > MAX_FILE)
				throw new Error(`${file.name} has ${Math.round(file.size / 1048576)} MB; 32 MB are read.`);
			let document: unknown;
			try {
				document = JSON.parse(await file.text());
			} catch {
				throw new Error(`${file.name} is no JSON file.`);
			}
			const samples = sampleSetFromJson(document);
			const judgement = await this.#start().judge(this.setup, samples);
			const said = samples.info.reciprocal as { sampler?: unknown; date?: unknown } | undefined;
			const provenance = said
				? `${String(said.sampler)}, saved here on ${String(said.date ?? 'an unknown day').slice(0, 10)}`
				: 'a file without a note of where it comes from';
			this.replayed = { judgement, provenance };
			this.message = '';
		} catch (error) {
			this.message = `${sentence(error)} What is on screen is kept.`;
		}
	}

	cancel(): void {
		this.#ticket++;
		this.progress = null;
		if (this.status !== 'failed') this.status = 'idle';
		void this.#api?.cancel();
	}

	close(): void {
		this.#ticket++;
		this.#chipTicket++;
		this.#worker?.terminate();
		this.#chips?.terminate();
		this.#worker = this.#chips = null;
		this.#api = null;
	}

	#begin(status: AnnealerStatus): number {
		this.cancel();
		this.status = status;
		this.message = '';
		return this.#ticket;
	}

	async #end(mine: number, job: Promise<unknown>): Promise<void> {
		try {
			await job;
			if (mine === this.#ticket) this.status = 'idle';
		} catch (error) {
			if (mine !== this.#ticket) return;
			this.status = 'failed';
			this.message = sentence(error);
		} finally {
			if (mine === this.#ticket) this.progress = null;
		}
	}

	#start(): Comlink.Remote<AnnealerApi> {
		if (this.#api) return this.#api;
		const worker = newWorker();
		worker.onerror = (e) => {
			e.preventDefault();
			this.close();
			this.status = 'failed';
			this.message = `The samplers stopped: ${e.message || 'their worker could not be started'}.`;
		};
		this.#worker = worker;
		this.#api = Comlink.wrap<AnnealerApi>(worker);
		return this.#api;
	}
}

const newWorker = () => new Worker(new URL('./annealerWorker.ts', import.meta.url), { type: 'module' });
const sentence = (error: unknown) => (error instanceof Error ? error.message : String(error));
