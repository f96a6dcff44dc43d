// What the page and the session's worker say to each other about ln Z of machines too large to enumerate. Types only.

export interface AnnealingOptions {
	/** runs side by side in either direction, 10…1000 */
	readonly chains: number;
	/** intermediate temperatures, 10…100 000; also the Gibbs sweeps from data to what the reverse runs start from */
	readonly temperatures: number;
	/** whole number ≥ 0 */
	readonly seed: number;
}

/** ln Z from one direction, in nats. */
export interface LnZFrom {
	readonly lnZ: number;
	/** one standard error; too small when few runs carry the estimate (`effective`) */
	readonly error: number;
	/** effective number of runs */
	readonly effective: number;
	/** mean ln w: forwards a lower bound of ln Z, in reverse an upper one if the samples were exact */
	readonly bound: number;
	readonly boundError: number;
}

/** An average log-likelihood in nats a pattern. */
export interface LikelihoodEstimate {
	/** with ln Z from the forward runs, and from the reverse runs */
	readonly forward: number;
	readonly reverse: number;
	/** one standard error of the rows looked at and of ln Z, the larger of the two directions */
	readonly error: number;
	readonly rows: number;
}

export interface LnZEstimate {
	/** where the run stood */
	readonly step: number;
	readonly options: AnnealingOptions;
	readonly forward: LnZFrom;
	readonly reverse: LnZFrom;
	/** the two bounds */
	readonly bracket: readonly [number, number];
	readonly train: LikelihoodEstimate;
	readonly heldOut: LikelihoodEstimate | null;
}

/** The part of the session's API that anneals. It uses the weights where the run stands; the run goes on. */
export interface AnnealingApi {
	/**
	 * ln Z and the log-likelihoods by annealed importance sampling in both directions. A second call ends the first.
	 * Resolves to null when cancelled.
	 * @param told hears of progress: what is being done, and the share of the whole
	 * @throws Error with a sentence: no run, options out of range
	 */
	estimateLnZ(
		options: AnnealingOptions,
		told: (what: string, done: number) => void
	): Promise<LnZEstimate | null>;
	cancelEstimate(): Promise<void>;
}
