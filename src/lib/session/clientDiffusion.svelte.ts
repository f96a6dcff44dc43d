// Reverse diffusion on the page: starts it in the session's worker, keeps every level's pictures, and can be held, sought
// through and cancelled. A view needs nothing else:
//
//   const client = new SessionClient({ frame() {}, event: (e) => … });          // or a Lab, which has `lab.diffuser`
//   const api = await client.api();
//   await api.open(scene, { play: false, dataFolder });                         // the machine: any Scene; small ones
//                                                                               // start with `langevin.particles: 0`
//   const diffuser = new Diffuser(() => client.api());
//   diffuser.start({ ...diffusionDefaults(784, 500), images: 12, seed: 3 });
//   diffuser.status                        'idle' | 'running' | 'held' | 'done' | 'failed'; `error` is a sentence
//   diffuser.facts                         N, M, rows, cols, sigmas [levels+1], which denoiser (a sentence); null at first
//   diffuser.at, diffuser.shown            the level shown and its pictures { sigma, noisy, denoised, bits }; `noisy` and
//                                          `denoised` are grey bytes [images × N], `bits` 0 or 1
//   diffuser.computed                      levels at hand; a progress bar is computed/(options.levels+1)
//   diffuser.hold() / resume()             pause the computation
//   diffuser.seek(level)                   shows a level; one not yet computed is computed, and held there
//   diffuser.follow()                      shows the newest level again, as at the start
//   diffuser.cancel()                      ends it; what was computed stays and can be sought through
//   await diffuser.noise({ rows: [0, 7], sigma: 0.8, denoiser: 'auto', sweeps: 20, seed: 1 })
//                                          data rows seen through noise and E[s|z]: { clean, noisy, denoised }
//
// The Scene { data: mnist, hidden: 500, initial: { kind: 'asset', name: 'mnist500' }, training.steps: 0 } is the trained
// machine; { data: { kind: 'machine', units }, initial: { kind: 'spectrum', … } } is any machine of the story.
import type { Remote } from 'comlink';
import * as Comlink from 'comlink';
import type { SessionApi } from './protocol';
import type {
	DiffusionFacts,
	DiffusionFrame,
	DiffusionOptions,
	NoisedImages,
	NoisedOptions
} from './protocolDiffusion';

export type DiffusionStatus = 'idle' | 'running' | 'held' | 'done' | 'failed';

/**
 * Options that suit a machine: σ falls from four times the half diagonal of the cube, where nothing is remembered, to 0.1,
 * where bits are certain.
 */
export function diffusionDefaults(N: number, M: number): DiffusionOptions {
	return {
		images: 16,
		levels: 120,
		sigmaMax: Number((2 * Math.sqrt(N + M)).toPrecision(2)),
		sigmaMin: 0.1,
		denoiser: 'auto',
		sweeps: 20,
		seed: 1
	};
}

export class Diffuser {
	status = $state<DiffusionStatus>('idle');
	error = $state<string | null>(null);
	facts = $state.raw<DiffusionFacts | null>(null);
	options = $state.raw<DiffusionOptions | null>(null);
	/** the level shown */
	at = $state(0);
	/** levels at hand */
	computed = $state(0);
	readonly shown = $derived.by(() => (this.computed > 0 ? (this.#frames[this.at] ?? null) : null));

	#api: () => Promise<Remote<SessionApi>>;
	#frames: DiffusionFrame[] = [];
	#following = true;
	/** computing stops once this level is at hand */
	#until = Infinity;
	#ticket = 0;

	constructor(api: () => Promise<Remote<SessionApi>>) {
		this.#api = api;
	}

	/** Starts anew; what was shown is forgotten when the first level comes. */
	start(options: DiffusionOptions): void {
		const ticket = ++this.#ticket;
		this.options = options;
		this.error = null;
		this.status = 'running';
		this.#frames = [];
		this.#following = true;
		this.#until = Infinity;
		this.computed = 0;
		this.at = 0;
		this.facts = null;
		const mine = () => ticket === this.#ticket;
		const listener = Comlink.proxy({
			facts: (facts: DiffusionFacts) => {
				if (mine()) this.facts = facts;
			},
			frame: (frame: DiffusionFrame) => {
				if (mine()) this.#take(frame);
			}
		});
		void (async () => {
			try {
				const api = await this.#api();
				const end = await api.diffuse(options, listener);
				if (mine()) this.status = end === 'done' ? 'done' : 'idle';
			} catch (error) {
				if (!mine()) return;
				this.status = 'failed';
				this.error = error instanceof Error ? error.message : String(error);
			}
		})();
	}

	hold(): void {
		if (this.status !== 'running') return;
		this.status = 'held';
		void this.#tell(true);
	}

	resume(): void {
		this.#until = Infinity;
		if (this.status !== 'held') return;
		this.status = 'running';
		void this.#tell(false);
	}

	/** Shows a level; one beyond those at hand is computed first, and the diffusion is held there. */
	seek(level: number): void {
		const last = this.options?.levels ?? 0;
		const wanted = Math.min(Math.max(0, Math.round(level)), last);
		this.#following = false;
		if (wanted < this.computed) {
			this.at = wanted;
			return;
		}
		this.#following = true;
		if (this.status === 'running' || this.status === 'held') {
			this.#until = wanted;
			if (this.status === 'held') {
				this.status = 'running';
				void this.#tell(false);
			}
		}
	}

	/** Shows the newest level as it comes. */
	follow(): void {
		this.#following = true;
		this.at = Math.max(0, this.computed - 1);
	}

	cancel(): void {
		if (this.status !== 'running' && this.status !== 'held') return;
		void this.#api().then(
			(api) => api.cancelDiffusion(),
			() => undefined
		);
	}

	/** Another machine: what was made is not of it. */
	clear(): void {
		this.cancel();
		this.#ticket++;
		this.status = 'idle';
		this.error = null;
		this.#frames = [];
		this.computed = 0;
		this.at = 0;
		this.facts = null;
		this.options = null;
	}

	/** Data rows through noise, and one denoising step. @throws Error with a sentence */
	async noise(options: NoisedOptions): Promise<NoisedImages> {
		return (await this.#api()).noise(options);
	}

	#take(frame: DiffusionFrame): void {
		this.#frames[frame.level] = frame;
		this.computed = frame.level + 1;
		if (this.#following) this.at = frame.level;
		if (frame.level >= this.#until && this.status === 'running') {
			this.#until = Infinity;
			this.hold();
		}
	}

	async #tell(held: boolean): Promise<void> {
		try {
			await (await this.#api()).holdDiffusion(held);
		} catch {
			// the worker has gone: `start` hears of it
		}
	}
}
