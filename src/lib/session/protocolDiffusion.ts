// What the page and the session's worker say to each other about reverse diffusion. Types only.

/**
 * How s is guessed from z: `auto` is exact for small machines and Gibbs chains for others; `draws` takes a draw of s|z
 * in place of E[s|z], which has the right law for any number of levels as far as the chains mix.
 */
export type DenoiserChoice = 'auto' | 'exact' | 'gibbs' | 'draws' | 'mean-field';

interface DenoiserOptions {
	readonly denoiser: DenoiserChoice;
	/** block-Gibbs sweeps a level, or rounds of mean field; exact denoisers do not use it */
	readonly sweeps: number;
	/** whole number ≥ 0: the same options give the same images */
	readonly seed: number;
}

export interface DiffusionOptions extends DenoiserOptions {
	/** images made side by side, 1…64 */
	readonly images: number;
	/** denoising steps, 1…1000 */
	readonly levels: number;
	/** σ of the start and of the last level; the levels lie evenly in ln σ */
	readonly sigmaMax: number;
	readonly sigmaMin: number;
}

/** One noise level, `images` pictures of N pixels each, one byte a pixel. */
export interface DiffusionFrame {
	/** 0 is the start, `levels` the end */
	readonly level: number;
	readonly sigma: number;
	/** z's visible part clipped to 0…1, as grey 0…255 */
	readonly noisy: Uint8Array;
	/** E[s|z], the denoiser's guess of the visible part, as grey 0…255 */
	readonly denoised: Uint8Array;
	/** the guess rounded by independent coins, 0 or 1 */
	readonly bits: Uint8Array;
}

/** What is known before the first frame. */
export interface DiffusionFacts {
	readonly N: number;
	readonly M: number;
	/** an image is drawn as rows×cols pixels */
	readonly rows: number;
	readonly cols: number;
	/** σ of every level, levels + 1 of them, falling */
	readonly sigmas: Float64Array;
	/** which denoiser is used, a sentence */
	readonly denoiser: string;
}

export type DiffusionEnd = 'done' | 'cancelled';

export interface DiffusionListener {
	facts(facts: DiffusionFacts): void;
	frame(frame: DiffusionFrame): void;
}

/** Images of the data seen through noise, and what one denoising step makes of them. */
export interface NoisedOptions extends DenoiserOptions {
	/** indices of training rows */
	readonly rows: readonly number[];
	readonly sigma: number;
}

export interface NoisedImages {
	/** the rows as they are, 0 or 1 */
	readonly clean: Uint8Array;
	/** clipped to 0…1, as grey */
	readonly noisy: Uint8Array;
	/** E[s|z] as grey */
	readonly denoised: Uint8Array;
	readonly denoiser: string;
}

/** The part of the session's API that diffuses. All of it uses the weights where the run stands. */
export interface DiffusionApi {
	/**
	 * Runs the reverse-time diffusion from noise to images and resolves at its end. A second call ends the first. The run
	 * itself goes on as it was.
	 * @throws Error with a sentence: no run, options out of range, a denoiser that the machine is too large for
	 */
	diffuse(options: DiffusionOptions, listener: DiffusionListener): Promise<DiffusionEnd>;
	/** Holds the diffusion after the level under way, and lets it go on. */
	holdDiffusion(held: boolean): Promise<void>;
	cancelDiffusion(): Promise<void>;
	/** @throws as `diffuse` */
	noise(options: NoisedOptions): Promise<NoisedImages>;
}
