// What the annealer's page and its worker say to each other. Types only.
import type { SampleSet } from '../annealer/sampleSet';
import type { AnnealerSetup, SamplerName } from '../scene/annealing';

/** What is known of the machine itself. Exact by enumeration of the smaller layer. */
export interface MachineFacts {
	readonly lnZ: number;
	readonly meanEnergy: number;
	/** ⟨v⟩ and then ⟨h⟩ */
	readonly magnetisation: Float64Array;
	/** variance of each soft mode's coordinate, by falling singular value; null where it was not computed */
	readonly softVariance: Float64Array | null;
	readonly singularValues: Float64Array;
	/** lowest energy of all states */
	readonly groundEnergy: number;
}

/** Energies counted in equal cells. */
export interface EnergyHistogram {
	/** centres of the cells, of all samplers the same */
	readonly x: Float64Array;
	readonly width: number;
}

/** What was found from one sampler's reads. */
export interface Judgement {
	readonly sampler: SamplerName;
	readonly reads: number;
	/** distinct states among them */
	readonly distinct: number;
	readonly energy: { readonly mean: number; readonly error: number };
	readonly lowest: number;
	/** share of reads at the machine's ground energy */
	readonly groundShare: number;
	/** effective β by maximum pseudo-likelihood; beta null where no finite one exists */
	readonly effective: { readonly beta: number | null; readonly error: number };
	/** β at which the machine's exact mean energy is the samples' own, with its error; NaN where there is none */
	readonly matched: { readonly beta: number; readonly error: number };
	/** root of the mean squared difference of magnetisations from the exact ones, and what sampling alone would give */
	readonly magnetisationError: number;
	readonly magnetisationNoise: number;
	/** share of reads in each cell of the histogram */
	readonly histogram: Float64Array;
	/** variance of each soft mode's coordinate and its standard error */
	readonly softVariance: Float64Array;
	readonly softVarianceError: Float64Array;
	/** milliseconds that the sampler took */
	readonly elapsed: number;
	readonly samples: SampleSet;
}

/** A problem and where it would sit on the chip. */
export interface EmbeddingFacts {
	readonly chip: { readonly kind: AnnealerSetup['chip']; readonly size: number };
	readonly qubits: number;
	readonly couplers: number;
	/** null: it does not fit; then `largest` says what would */
	readonly chains: readonly (readonly number[])[] | null;
	readonly largest: number | null;
	readonly longestChain: number;
	readonly used: number;
	readonly mended: number;
	/** chain strength by uniform torque compensation, in units of the problem */
	readonly strength: number;
	/** by how much auto_scale would divide the embedded problem: ranges h ±4, J −2…1 */
	readonly autoScale: number;
	/** place of each working qubit: side 0 vertical or 1 horizontal, across, from, to; in tracks */
	readonly places: Float32Array;
	/** which variable a qubit of `places` belongs to, −1 none */
	readonly owner: Int16Array;
	readonly tracks: number;
}

/** A step of the β_eff loop. */
export interface LoopStep {
	readonly step: number;
	readonly scale: number;
	readonly energy: number;
	readonly energyError: number;
	/** the machine's own mean energy, exact */
	readonly wanted: number;
	readonly effective: number | null;
}

/** One sampler at one spread c of the uniform machine: what it makes of the machine's observables. */
export interface SpreadPoint {
	readonly spread: number;
	readonly sampler: SamplerName;
	/** mean energy less the exact one, and its standard error */
	readonly energyOff: number;
	readonly energyError: number;
	/** root mean squared error of magnetisations, and what independent reads would show anyway */
	readonly magnetisationError: number;
	readonly magnetisationNoise: number;
	readonly effective: number | null;
}

export interface AnnealerListener {
	/** reads done of reads asked, for the sampler under way */
	progress(sampler: SamplerName, done: number, of: number): void;
	facts(facts: MachineFacts, histogram: EnergyHistogram): void;
	judged(judgement: Judgement): void;
}

export interface AnnealerApi {
	/** Samples with every sampler of the setup. Resolves at the end, 'cancelled' when `cancel` came first. */
	run(setup: AnnealerSetup, listener: AnnealerListener): Promise<'done' | 'cancelled'>;
	/** Rescales and samples by annealing until the mean energy is the machine's. */
	loop(
		setup: AnnealerSetup,
		rule: 'energy' | 'pseudo-likelihood',
		onstep: (step: LoopStep) => void
	): Promise<'done' | 'cancelled'>;
	/** The slides' experiment: the samplers on uniform machines of the setup's size with growing c. */
	spreads(setup: AnnealerSetup, onpoint: (point: SpreadPoint) => void): Promise<'done' | 'cancelled'>;
	embed(setup: AnnealerSetup): Promise<EmbeddingFacts>;
	/** Samples from elsewhere (a file) judged as this machine's. @throws Error with a sentence when they are not of its size */
	judge(setup: AnnealerSetup, samples: SampleSet): Promise<Judgement>;
	cancel(): Promise<void>;
}
