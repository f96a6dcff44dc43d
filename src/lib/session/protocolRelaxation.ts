// What the study of relaxation times hands around: points to measure, rows measured, and what a page hears meanwhile.
// Types only, so that a page can import it without pulling tfjs in.
import type { LearningSpec } from '../scene/learning';
import type { Method, Study } from '../scene/study';
import type { BackendName } from './protocol';

/** An RBM by its parameters, as structured cloning and JSON carry it; weights N×M row-major. */
export interface GivenMachine {
	readonly name: string;
	readonly N: number;
	readonly M: number;
	readonly weights: readonly number[] | Float32Array;
	readonly visibleBias: readonly number[] | Float32Array;
	readonly hiddenBias: readonly number[] | Float32Array;
}

/** One point of a study: one machine under one dynamics. */
export interface Point {
	/** names the point within its study: resuming skips ids that are there, and the random key comes from it */
	readonly id: string;
	readonly method: Method;
	readonly N: number;
	readonly M: number;
	/** βλ₁ */
	readonly strength: number;
	/** σ² asked for; null but for the lift */
	readonly wish: number | null;
	readonly chains: number;
}

/** What was measured at one point on one mode. */
export interface Row extends Point {
	/** 0: the top mode λ₁; 1: the next */
	readonly mode: number;
	/** singular value of the mode, and β */
	readonly lambda: number;
	readonly beta: number;
	/** σ² in force */
	readonly sigma2: number | null;
	/** relaxation time and its 95 % interval, in `unit` */
	readonly tau: number;
	readonly low: number;
	readonly high: number;
	/** one standard error of ln τ */
	readonly error: number;
	readonly unit: 'Langevin time' | 'sweeps' | 'updates a unit';
	/** τ on the clock that all dynamics share, where the linear law is 1/ε: τ·`toCommon` */
	readonly toCommon: number;
	/** variance of the mode coordinate and one standard error of it: D/Var bounds a Langevin rate */
	readonly variance: number;
	readonly varianceError: number;
	/** ρ at the lag times, and one standard error of it */
	readonly times: readonly number[];
	readonly rho: readonly number[];
	readonly rhoError: readonly number[];
	/** lags of the fit */
	readonly window: readonly [number, number];
	readonly records: number;
	/** time between records, and step of the scheme (Langevin), in `unit` */
	readonly interval: number;
	readonly dt: number | null;
	/** exact: chains started in the stationary law; else sweeps or time of burn-in */
	readonly start: 'exact' | 'burn-in';
	/** false: ρ was still high when the budget ended; the time is that of what was seen */
	readonly decayed: boolean;
	readonly seconds: number;
}

/** A point that has no row, and why. */
export interface Skipped {
	readonly id: string;
	readonly reason: string;
}

interface ShortTime {
	readonly tau: number;
	readonly low: number;
	readonly high: number;
	readonly decayed: boolean;
}

export interface LearningRecord {
	/** gradient steps done */
	readonly step: number;
	/** the six largest, falling */
	readonly singularValues: readonly number[];
	/** ω of the softest mode by closure; NaN where there is no minimum */
	readonly gaussian: number;
	readonly entropic: number;
	readonly tap: number;
	readonly fitted: number;
	/** the slowest of the leading modes under Gibbs at held weights, in sweeps */
	readonly gibbs: ShortTime;
	/** the same of the persistent chains while learning goes on, in gradient steps */
	readonly chains: ShortTime | null;
	/** exact, nats a pattern */
	readonly logLikelihood: number;
}

/** ln Z at one strength by every method; NaN where a method has no answer. */
export interface PartitionRow {
	readonly strength: number;
	readonly lambda: number;
	/** by enumeration */
	readonly exact: number;
	/** annealed importance sampling with one standard error, forwards (low on average) and in reverse (high) */
	readonly forward: number;
	readonly forwardError: number;
	readonly reverse: number;
	readonly reverseError: number;
	/** oscillators of the gaussian closure, of the entropic minima (Laplace), and second-order TAP */
	readonly gaussian: number;
	readonly laplace: number;
	readonly tap: number;
	/** tensor cross interpolation, its largest rank and weights evaluated, of so many states in all */
	readonly tensor: number;
	readonly tensorRank: number;
	readonly tensorEvaluations: number;
	readonly states: number;
}

export type RelaxationEvent =
	| { readonly kind: 'backend'; readonly name: BackendName; readonly reason: string }
	| { readonly kind: 'plan'; readonly total: number; readonly done: number }
	| { readonly kind: 'point'; readonly id: string }
	| { readonly kind: 'rows'; readonly rows: readonly Row[]; readonly done: number; readonly total: number }
	| { readonly kind: 'skipped'; readonly skipped: Skipped; readonly done: number; readonly total: number }
	| { readonly kind: 'error'; readonly message: string };

/** The worker's face, reached through comlink. */
export interface RelaxationApi {
	/**
	 * Measures every point of the study whose id is not among `done`; events come through `hear`. Resolves to 'finished',
	 * or 'cancelled' when `cancel` was called or another run began.
	 */
	run(
		study: Study,
		given: GivenMachine | null,
		done: readonly string[],
		backend: BackendName | 'auto',
		hear: (event: RelaxationEvent) => void
	): Promise<'finished' | 'cancelled'>;
	/** Trains and measures on the way; resolves as `run`. Runs end one another: one at a time holds the backend. */
	learn(
		spec: LearningSpec,
		backend: BackendName | 'auto',
		hear: (event: LearningRecord | { readonly error: string }) => void
	): Promise<'finished' | 'cancelled'>;
	/** ln Z at every strength of the study. */
	partition(
		study: Study,
		given: GivenMachine | null,
		backend: BackendName | 'auto',
		hear: (event: PartitionRow | { readonly error: string }) => void
	): Promise<'finished' | 'cancelled'>;
	cancel(): Promise<void>;
}
