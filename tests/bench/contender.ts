// What is measured: a contender does a fixed piece of work as often as it is told; a workload makes contenders.

/** Who computes: this project, plain tfjs operations without its kernels, or ml-matrix. */
export type Side = 'ours' | 'tfjs' | 'ml-matrix';

/** Sizes of a workload by name, as tests/bench/plan.js lists them. */
export type Size = Readonly<Record<string, number>>;

export interface Contender {
	/** units of work (chain-sweeps, particle-steps, matrices, epochs …) in one go */
	readonly amount: number;
	/** what a reader must know of this contender, in a sentence; absent where the workload says it all */
	readonly note?: string;
	/** Does the work `times` times and resolves when all of it has been computed. */
	run(times: number): Promise<void>;
	dispose(): void;
}

export interface Workload {
	/** Builds a contender on the current backend. Throws, with a sentence, when that side cannot do this work. */
	make(side: Side, size: Size): Promise<Contender>;
}

/** No such contender here: shown as a skipped peer, not as a failure. */
export class Unavailable extends Error {
	override readonly name = 'Unavailable';
}
