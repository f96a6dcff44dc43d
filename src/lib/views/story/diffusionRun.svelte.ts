// The run of chapter 10: the trained machine in the session, data seen through noise, and diffusion run backwards.
import { dataFolder } from './dataFolder';
import { Lab } from '$lib/session/clientLab.svelte';
import { diffusionDefaults, type Diffuser } from '$lib/session/clientDiffusion.svelte';
import type { NoisedImages } from '$lib/session/protocolDiffusion';
import { diffusionScene, TRAINED } from './diffusionScene';

/** Training rows that are shown through noise: one of each digit would need labels, so simply the first ones. */
export const SHOWN_ROWS = 8;

export class DiffusionRun {
	readonly lab: Lab;
	/** the last answer, kept while the next is computed */
	noised = $state.raw<NoisedImages | null>(null);
	error = $state<string | null>(null);
	asked = $state(false);
	#busy = false;
	#wanted: { sigma: number; seed: number; sweeps: number } | null = null;

	/** Call in the browser only. Nothing is fetched before `open`. */
	constructor() {
		this.lab = new Lab(dataFolder());
	}

	get diffuser(): Diffuser {
		return this.lab.diffuser;
	}

	/** The machine stands ready. */
	get ready(): boolean {
		return this.lab.facts !== null && !this.lab.busy;
	}

	/** Fetches the weights and the digits and builds the machine. */
	open(): void {
		this.asked = true;
		this.lab.apply(diffusionScene());
		this.lab.reset();
	}

	/** Asks for the first rows at noise σ; while one question is computed, only the newest of the next ones is kept. */
	async see(sigma: number, seed: number, sweeps: number): Promise<void> {
		this.#wanted = { sigma, seed, sweeps };
		if (this.#busy) return;
		this.#busy = true;
		while (this.#wanted) {
			const next: { sigma: number; seed: number; sweeps: number } = this.#wanted;
			this.#wanted = null;
			try {
				const rows = Array.from({ length: SHOWN_ROWS }, (_, k) => k);
				this.noised = await this.diffuser.noise({ rows, denoiser: 'gibbs', ...next });
				this.error = null;
			} catch (error) {
				this.error = error instanceof Error ? error.message : String(error);
			}
		}
		this.#busy = false;
	}

	/** Starts the reverse diffusion from fresh noise. */
	backwards(images: number, levels: number, seed: number): void {
		this.diffuser.start({ ...diffusionDefaults(TRAINED.N, TRAINED.M), images, levels, seed });
	}

	close(): void {
		this.#wanted = null;
		this.lab.close();
	}
}
