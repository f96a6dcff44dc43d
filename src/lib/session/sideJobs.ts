// Computations beside the run, on a copy of its weights: reverse diffusion and annealing. One of a kind at a time; the
// run goes on in the same worker, a slice of each in turn.
import type { Dataset } from '$lib/data/dataset';
import type { ModelArrays } from '$lib/engine/model';
import { Annealing } from './annealing';
import { Diffusion, noisedImages } from './diffusion';
import type { AnnealingOptions, LnZEstimate } from './protocolAnnealing';
import type {
	DiffusionEnd,
	DiffusionListener,
	DiffusionOptions,
	NoisedImages,
	NoisedOptions
} from './protocolDiffusion';

/** The machine of the run where it stands. */
export interface Source {
	readonly arrays: ModelArrays;
	readonly beta: number;
	readonly dataset: Dataset;
	readonly step: number;
}

/** Longest wait for a job to end, in milliseconds. */
const PATIENCE_MS = 3000;

export class SideJobs {
	#diffusion: Diffusion | null = null;
	#annealing: Annealing | null = null;
	#running = new Set<Promise<unknown>>();
	readonly #source: () => Promise<Source>;

	/** @param source the present machine; throws a sentence when there is none */
	constructor(source: () => Promise<Source>) {
		this.#source = source;
	}

	async diffuse(options: DiffusionOptions, listener: DiffusionListener): Promise<DiffusionEnd> {
		this.#diffusion?.cancel();
		const job = new Diffusion();
		this.#diffusion = job;
		return this.#follow(job.run(await this.#source(), options, listener));
	}

	hold(held: boolean): void {
		this.#diffusion?.hold(held);
	}

	cancelDiffusion(): void {
		this.#diffusion?.cancel();
	}

	async noise(options: NoisedOptions): Promise<NoisedImages> {
		return this.#follow(noisedImages(await this.#source(), options));
	}

	async estimateLnZ(
		options: AnnealingOptions,
		told: (what: string, done: number) => void
	): Promise<LnZEstimate | null> {
		this.#annealing?.cancel();
		const job = new Annealing();
		this.#annealing = job;
		return this.#follow(job.run(await this.#source(), options, told));
	}

	cancelEstimate(): void {
		this.#annealing?.cancel();
	}

	/**
	 * Ends what is under way; resolves when its tensors are freed. Before a backend changes, and at the end. What waits for
	 * a lost device may wait for ever, and is left behind.
	 */
	async end(): Promise<void> {
		this.#diffusion?.cancel();
		this.#annealing?.cancel();
		const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
		if (this.#running.size > 0) await Promise.race([Promise.allSettled([...this.#running]), patience]);
	}

	#follow<T>(job: Promise<T>): Promise<T> {
		this.#running.add(job);
		const done = () => this.#running.delete(job);
		job.then(done, done);
		return job;
	}
}
