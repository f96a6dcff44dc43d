// What the page and the session's worker say to each other: a Scene and commands go in, Frames come out. Types
// only, so that a page can import it without pulling tfjs in.
import type { Results } from '../scene/resultHash';
import type { Scene } from '../scene/schema';
import type { MapSample } from './protocolMap';
import type { AnnealingApi } from './protocolAnnealing';
import type { DiffusionApi } from './protocolDiffusion';
import type { ExportApi } from './protocolExport';

export type BackendName = 'webgpu' | 'wasm' | 'cpu';

/** Which backend the visitor asks for; `software` allows a WebGPU adapter without a GPU behind it. */
export interface BackendChoice {
	readonly prefer: BackendName | 'auto';
	readonly software: boolean;
}

/** The backend in use, and why: the sentence is shown on screen. */
export interface BackendReport {
	readonly name: BackendName;
	readonly reason: string;
	readonly tried: readonly { readonly name: BackendName; readonly ok: boolean; readonly why: string }[];
	/** how many times a backend failed and the run was carried over to another */
	readonly recoveries: number;
}

/** What a freshly opened Scene turned out to be. */
export interface RunFacts {
	/** counts the openings; Frames carry it, so that late Frames of an older run are dropped */
	readonly run: number;
	readonly title: string;
	readonly convention: string;
	/** what the parameters started from, a sentence */
	readonly origin: string;
	readonly N: number;
	readonly M: number;
	/** a row of data is drawn as rows×cols pixels */
	readonly rows: number;
	readonly cols: number;
	readonly trainCount: number;
	readonly heldOutCount: number;
	/** ln(1/count) for a complete set of distinct patterns: the best possible average log-likelihood; else null */
	readonly bestLogLikelihood: number | null;
	/** gradient steps an epoch */
	readonly stepsPerEpoch: number;
	/** the exact log-likelihood is affordable: min(N,M) ≤ 20 */
	readonly exact: boolean;
	/** a few data rows, one byte a pixel, `sampleCount` of them */
	readonly dataImages: Uint8Array;
}

/** Monitors of one record. Log-likelihoods in nats a pattern; NaN where a quantity was not computed. */
export interface Monitors {
	/**
	 * average ln p(v) with ln Z by enumeration; the error is 0 when every row is averaged, else the standard error
	 * of the rows looked at
	 */
	readonly logLikelihood: number;
	readonly logLikelihoodError: number;
	readonly heldOutLogLikelihood: number;
	readonly heldOutLogLikelihoodError: number;
	/** exact ln Z by enumeration */
	readonly lnZ: number;
	/** pseudo-log-likelihood of training rows, with its standard error */
	readonly pseudoLikelihood: number;
	readonly pseudoLikelihoodError: number;
	/** mean |v − reconstruction| a pixel; not a likelihood */
	readonly reconstruction: number;
	/** mean free energy of training rows, and of held-out rows, with standard errors */
	readonly freeEnergyTrain: number;
	readonly freeEnergyTrainError: number;
	readonly freeEnergyHeldOut: number;
	readonly freeEnergyHeldOutError: number;
	/** exact ⟨E⟩ of the model by enumeration */
	readonly energyExact: number;
	/** mean energy of the Gibbs chains and of the decoded Langevin particles, with standard errors */
	readonly energyGibbs: number;
	readonly energyGibbsError: number;
	readonly energyLangevin: number;
	readonly energyLangevinError: number;
}

/** Curvatures of a closure that has to be computed (entropic, tap, fitted), at one record. */
export interface ClosureRecord {
	readonly name: Scene['closure'];
	/** κ of each mode's stiff and soft oscillator, by falling singular value; NaN where there is none */
	readonly stiff: Float32Array;
	readonly soft: Float32Array;
	readonly valid: boolean;
	/** why the closure can, or cannot, be trusted here */
	readonly reason: string;
}

/** Exchanges between the rungs of the shown chains' ladder, counted since its rungs were last moved. */
export interface SamplerReport {
	/** inverse temperatures of the rungs, rising */
	readonly betas: Float64Array;
	/** share of exchanges accepted between neighbours, one fewer, with standard errors; NaN before the first */
	readonly acceptance: Float64Array;
	readonly acceptanceError: Float64Array;
	/** states that went from the hottest rung to the coldest and back */
	readonly roundTrips: number;
}

/** What is recorded every `recordEvery` gradient steps. */
export interface RunRecord {
	readonly step: number;
	/** epochs done, fractional */
	readonly epoch: number;
	/** singular values of W in the order of the followed modes, not sorted: lines do not jump when two cross */
	readonly singularValues: Float32Array;
	/** largest singular value */
	readonly lambdaMax: number;
	readonly monitors: Monitors;
	/** the lift in force from this record on */
	readonly lift: LiftInForce;
	/** curvatures of the Scene's closure; null for closed forms, and for records between two looks */
	readonly closure: ClosureRecord | null;
	/** exchanges of the shown chains; null unless they are tempered */
	readonly sampler: SamplerReport | null;
	/** share of the particles' proposals taken since they started, with its standard error; null but for MALA */
	readonly acceptance: { readonly rate: number; readonly error: number } | null;
}

/** The σ² and dt that the particles use, and whether a bound changed what the Scene asked for. */
export interface LiftInForce {
	readonly sigma2: number;
	readonly dt: number;
	/** a sentence when βσ²λ_max < 1 or the stability bound binds; empty when the Scene's own values are used */
	readonly notice: string;
}

/** The particles in the plane of the chosen mode, coordinates as x,y or u,w pairs. */
export interface Cloud {
	/** index of the followed mode, as in `RunRecord.singularValues` */
	readonly mode: number;
	/** its place by falling singular value, counted from 0, as in the Scene */
	readonly rank: number;
	readonly plane: 'xy' | 'uw';
	/** particles to be drawn; none when they are drawn where they are, on the page's canvas (`measures`) */
	readonly points: Float32Array;
	/** particles that move */
	readonly of: number;
	/** particles that the Scene asks for; more than move where there is no GPU */
	readonly asked: number;
	/** where the lift puts the block-Gibbs chains' states, E[z|s], in the same plane, as pairs; none beside `measures` */
	readonly states: Float32Array;
	/** taken on the device, of all particles that move, when it draws them itself; else null */
	readonly measures: CloudMeasures | null;
}

/** Moments of the particles in a plane, and how far the lifted Gibbs states reach. */
export interface CloudMeasures {
	readonly n: number;
	readonly mean: readonly [number, number];
	/** covariance (c00, c01, c11) */
	readonly covariance: readonly [number, number, number];
	/** standard errors of the two variances, from the fourth moments */
	readonly varianceError: readonly [number, number];
	readonly states: { readonly x: readonly [number, number]; readonly y: readonly [number, number] };
}

/** What the page's canvas shows of a plane. */
export interface PictureView {
	/** of the plane that the edges were made for, as in `Cloud` */
	readonly rank: number;
	readonly plane: 'xy' | 'uw';
	/** size in device pixels, and how many a CSS px has */
	readonly width: number;
	readonly height: number;
	readonly scale: number;
	/** the plane's edges, left to right and bottom to top */
	readonly x: readonly [number, number];
	readonly y: readonly [number, number];
	/** colours: red, green, blue, each 0…1 */
	readonly particles: readonly [number, number, number];
	readonly marks: readonly [number, number, number];
}

/** Binary samples, one byte a pixel. */
export interface Images {
	readonly gibbs: Uint8Array;
	readonly langevin: Uint8Array;
}

/** What the weights look like on the visible side. */
export interface WeightImages {
	/** columns of W, the receptive fields of hidden units 0…units−1: [units × N] */
	readonly fields: Float32Array;
	readonly units: number;
	/** left singular vectors uᵢ of the leading modes by falling singular value: [modes × N] */
	readonly patterns: Float32Array;
	readonly modes: number;
}

export type RunStatus = 'loading' | 'replaying' | 'playing' | 'paused' | 'failed';

/** One picture of the session. Parts that did not change since the last Frame are null. */
export interface Frame {
	readonly run: number;
	readonly status: RunStatus;
	readonly step: number;
	readonly epoch: number;
	/** gradient steps planned; after them the weights are held and sampling goes on */
	readonly steps: number;
	/** the step that a replay, or an advance, runs to; null while nothing of the kind is under way */
	readonly goal: number | null;
	/** clock steps a second over the last second */
	readonly rate: number;
	/** seconds left of the training planned or of the replay, NaN while unknown */
	readonly secondsLeft: number;
	readonly records: readonly RunRecord[];
	/** records of a later step are void: the run was carried over from a checkpoint of this step; else null */
	readonly rewoundTo: number | null;
	readonly cloud: Cloud | null;
	readonly images: Images | null;
	/** W and the leading modes' visible patterns, when they changed */
	readonly weights: WeightImages | null;
	readonly tensors: number;
	readonly bytes: number;
}

/** Things that happen outside the rhythm of Frames. */
export type SessionEvent =
	| { readonly kind: 'facts'; readonly facts: RunFacts }
	| { readonly kind: 'backend'; readonly backend: BackendReport }
	| { readonly kind: 'progress'; readonly what: string; readonly done: number; readonly secondsLeft: number }
	| { readonly kind: 'error'; readonly message: string; readonly stillFine: string };

/**
 * How an `open` ended: the new run stands; it could not be made and the last one is kept, paused; it could not be made
 * and none is left; a later `open` or a `cancel` took over.
 */
export type Opening = 'opened' | 'kept' | 'lost' | 'superseded';

export interface OpenOptions {
	/** go on playing when the run stands at `scene.at` */
	readonly play: boolean;
	/** absolute address of the folder with the packed data sets, ending in / */
	readonly dataFolder: string;
}

/** The worker's face, reached through comlink. */
export interface SessionApi extends AnnealingApi, DiffusionApi, ExportApi {
	/** Where Frames and events go. The worker waits for `frame` to return before it sends the next one. */
	connect(frame: (frame: Frame) => void | Promise<void>, event: (event: SessionEvent) => void): Promise<void>;
	/**
	 * Builds the run that the Scene describes and, if `scene.at` > 0, replays to it; then pauses or plays.
	 */
	open(scene: Scene, options: OpenOptions): Promise<Opening>;
	/** Applies a change that needs no new run (view, particles, planned steps); see `needsNewRun`. */
	adjust(scene: Scene): Promise<void>;
	play(): Promise<void>;
	pause(): Promise<void>;
	/** Runs one gradient step, one record or one epoch, and pauses. */
	advance(unit: 'step' | 'record' | 'epoch'): Promise<void>;
	/** Clock steps a displayed frame; Infinity: as many as fit. */
	setSpeed(stepsPerFrame: number): Promise<void>;
	/** Ends whatever is under way (loading, a replay, an advance) and pauses where it stands. */
	cancel(): Promise<void>;
	useBackend(choice: BackendChoice): Promise<void>;
	/** Everything needed to go on elsewhere: parameters as float32, and the step. */
	snapshot(): Promise<{
		step: number;
		weights: Float32Array;
		visibleBias: Float32Array;
		hiddenBias: Float32Array;
	} | null>;
	/** What the run came to where it stands, to be held against a repeated one; null without a run. */
	fingerprint(): Promise<Results | null>;
	/** States of the block-Gibbs chains with the modes of the last record, for the map; null without a run. */
	mapSample(): Promise<MapSample | null>;
	/**
	 * Hands over a canvas on which the session draws the particles itself while it can, on WebGPU; their points are
	 * then not read back. Null takes it back. Without one, and where it cannot be drawn on, Frames carry the points.
	 */
	setPicture(canvas: OffscreenCanvas | null): Promise<void>;
	/** What the canvas shows; draws it anew. */
	setPictureView(view: PictureView): Promise<void>;
	/** For tests: makes the present backend fail as a lost device would. */
	loseBackend(): Promise<void>;
	/** Frees everything. */
	close(): Promise<void>;
}

/**
 * True when `next` differs from `last` in something that decides the run, so that it starts anew. A run that stands at
 * `step` also does when the planned gradient steps change in its past: it has learnt where the other would not.
 */
export function needsNewRun(last: Scene, next: Scene, step = 0): boolean {
	const key = (s: Scene) =>
		JSON.stringify([
			s.data,
			s.hidden,
			s.beta,
			s.initial,
			s.weightScale,
			s.seed,
			{ ...s.training, steps: 0, recordEvery: 0 }
		]);
	if (key(last) !== key(next)) return true;
	const [a, b] = [last.training.steps, next.training.steps];
	if (a !== b && step > Math.min(a, b)) return true;
	return last.training.recordEvery !== next.training.recordEvery;
}
