// One run of a Scene: training, block-Gibbs chains and Langevin particles on one clock, so that the same Scene
// repeats the same run. The worker drives it; it draws nothing and knows no message.
import * as tf from '@tensorflow/tfjs-core';
import { projectModes } from '$lib/engine/langevin';
import { makeModel, readModel, type ModelArrays } from '$lib/engine/model';
import { disposeData, unpackRows, uploadData, type PackedData } from '$lib/engine/packed';
import {
	checkpointTraining,
	disposeTraining,
	initTraining,
	restoreTraining,
	stepsPerEpoch,
	trainStep,
	type TrainCheckpoint,
	type TrainConfig,
	type TrainState
} from '$lib/engine/train';
import type { Dataset } from '$lib/data/dataset';
import { permutation } from '$lib/random/draw';
import { foldIn, keyFromSeed, type Key } from '$lib/random/key';
import type { Scene } from '$lib/scene/schema';
import { column, liftedPlaneOf, measure, planeOf, type CloudSource } from './cloud';
import { closureRecord } from './closureRecord';
import { KEY } from './keys';
import type { Loaded } from './loading';
import { mapSample } from './mapSample';
import { rankedMode, type Modes } from './modes';
import { computeMonitors, exactMonitors, ModeTracker, toRbm, type MonitorRows } from './record';
import type { MapSample } from './protocolMap';
import { ShownParticles, type ParticlesCheckpoint } from './shownParticles';
import { weightImages } from './weightImages';
import { ShownChains, type ChainsCheckpoint } from './shownChains';
import type { Cloud, ClosureRecord, Images, RunRecord, WeightImages } from './protocol';

/** Rows on which the monitors look when there are more than this. */
const MONITOR_ROWS = 2000;
/** Samples drawn as images, and particles drawn as points here or decoded for a record, at most. */
export const SAMPLE_IMAGES = 24;
const DRAWN_PARTICLES = 8192;
/** Least time between two diagonalisations of the closure's Hessian, in milliseconds. */
const CLOSURE_MS = 400;

/** Everything needed to carry a run over to another backend. */
export interface RunCheckpoint {
	readonly step: number;
	readonly recordIndex: number;
	readonly train: TrainCheckpoint;
	readonly gibbs: ChainsCheckpoint;
	readonly langevin: ParticlesCheckpoint | null;
	/** the parameters that the present machine was made of: those of the last record */
	readonly recorded: ModelArrays;
	readonly recordedStep: number;
}

function trainConfig(scene: Scene): TrainConfig {
	const t = scene.training;
	return {
		algorithm: t.algorithm,
		k: t.k,
		gradient: t.gradient,
		learningRate: t.learningRate,
		momentum: t.momentum,
		weightDecay: t.weightDecay,
		batchSize: t.batchSize,
		chains: t.chains,
		beta: scene.beta
	};
}

export class Run {
	readonly dataset: Dataset;
	readonly stepsPerEpoch: number;
	#scene: Scene;
	#root: Key;
	#step = 0;
	#recordIndex = 0;
	#data: PackedData;
	#rows: MonitorRows;
	#train: TrainState;
	/** the chains that are shown, apart from those that train */
	#gibbs: ShownChains;
	#tracker = new ModeTracker();
	#modes!: Modes;
	#recorded!: ModelArrays;
	#recordedStep = -1;
	#particles: ShownParticles;
	#closureAt = -Infinity;

	private constructor(scene: Scene, { dataset, initial }: Loaded, checkpoint: RunCheckpoint | null) {
		this.#scene = scene;
		this.dataset = dataset;
		this.#root = keyFromSeed(scene.seed);
		this.#particles = new ShownParticles(this.#key(KEY.langevin));
		this.#data = uploadData(dataset.train);
		this.#rows = this.#monitorRows();
		const config = trainConfig(scene);
		if (checkpoint) {
			this.#train = restoreTraining(config, this.#data, checkpoint.train);
			this.#step = checkpoint.step;
			this.#recordIndex = checkpoint.recordIndex;
			this.#gibbs = ShownChains.restore(
				checkpoint.gibbs,
				this.#train.model,
				this.#chainsKey(checkpoint.gibbs.kind)
			);
		} else {
			this.#train = initTraining(config, this.#data, makeModel(initial), this.#key(KEY.training));
			this.#gibbs = this.#startChains(scene.sampler.since === 0 ? scene.sampler.kind : 'gibbs');
		}
		this.stepsPerEpoch = stepsPerEpoch(config, this.#data);
	}

	/** The run at step 0 with its first record made, or where a checkpoint left it. */
	static async create(
		scene: Scene,
		loaded: Loaded,
		checkpoint: RunCheckpoint | null = null
	): Promise<{ run: Run; first: RunRecord | null }> {
		const run = new Run(scene, loaded, checkpoint);
		if (!checkpoint) return { run, first: await run.#record() };
		run.#recorded = checkpoint.recorded;
		run.#recordedStep = checkpoint.recordedStep;
		run.#modes = run.#tracker.next(toRbm(checkpoint.recorded));
		run.#makeMachine();
		if (checkpoint.langevin) run.#particles.restore(checkpoint.langevin);
		return { run, first: null };
	}

	get step(): number {
		return this.#step;
	}

	get epoch(): number {
		return Math.min(this.#step, this.#scene.training.steps) / this.stepsPerEpoch;
	}

	/** The weights are held: the planned gradient steps are done. */
	get held(): boolean {
		return this.#step >= this.#scene.training.steps;
	}

	/** Changes when the weights shown changed. */
	get recordedStep(): number {
		return this.#recordedStep;
	}

	/** How much a checkpoint reads back, in units that are quickly read. */
	get checkpointCost(): number {
		return Math.max(1, (this.#particles.state?.z.size ?? 0) / 2 ** 22);
	}

	/** Receptive fields and mode patterns of the last record. */
	weightImages(): WeightImages {
		return weightImages(this.#recorded, this.#modes);
	}

	/** One step of the clock; returns a record when one was due. */
	async tick(): Promise<RunRecord | null> {
		const { training, langevin, beta } = this.#scene;
		const learns = !this.held;
		this.#step++;
		if (learns) [this.#train] = trainStep(this.#train);
		if (!learns || this.#step % langevin.stride === 0) {
			await this.#gibbs.sweep(this.#train.model, beta, this.#particles.machine);
			this.#moveParticles();
		}
		if (this.#step === this.#scene.sampler.since) this.#restartChains();
		return this.#step % training.recordEvery === 0 || (learns && this.held) ? this.#record() : null;
	}

	/** Applies changes that need no new run: the view, the particles, the planned number of steps. */
	async adjust(scene: Scene): Promise<RunRecord | null> {
		const last = this.#scene;
		this.#scene = scene;
		const a = last.langevin;
		const b = scene.langevin;
		const [c, d] = [last.sampler, scene.sampler];
		const rungs = d.kind === 'tempering' && c.rungs !== d.rungs;
		if (c.kind !== d.kind || c.since !== d.since || rungs) {
			this.#restartChains();
			return this.#record();
		}
		if (last.closure !== scene.closure) {
			this.#closureAt = -Infinity;
			return this.#record();
		}
		if (
			a.sigma2 !== b.sigma2 ||
			a.dt !== b.dt ||
			a.particles !== b.particles ||
			a.since !== b.since ||
			a.scheme !== b.scheme
		) {
			this.#particles.drop();
			this.#makeMachine();
			this.#moveParticles(0);
			return this.#record();
		}
		return null;
	}

	#key(label: number): Key {
		return foldIn(this.#root, label);
	}

	#monitorRows(): MonitorRows {
		const { train, heldOut } = this.dataset;
		const some = (count: number, label: number) =>
			permutation(count, foldIn(this.#key(KEY.rows), label)).slice(0, MONITOR_ROWS);
		const rows = unpackRows(this.#data, some(train.count, 0));
		let held: tf.Tensor2D | null = null;
		if (heldOut) {
			const data = uploadData(heldOut);
			held = unpackRows(data, some(heldOut.count, 1));
			disposeData(data);
		}
		return { train: rows, heldOut: held, complete: train.count <= MONITOR_ROWS };
	}

	#chainsKey(kind: Scene['sampler']['kind']): Key {
		const { since } = this.#scene.sampler;
		const key = this.#key(kind === 'tempering' ? KEY.tempering : KEY.gibbs);
		// chains that start later do not repeat the first ones
		return since > 0 && this.#step >= since ? foldIn(key, since) : key;
	}

	#startChains(kind: Scene['sampler']['kind']): ShownChains {
		const { sampler, beta } = this.#scene;
		return ShownChains.start({ kind, rungs: sampler.rungs }, this.#train.model, beta, this.#chainsKey(kind));
	}

	#restartChains() {
		this.#gibbs.dispose();
		this.#gibbs = this.#startChains(this.#scene.sampler.kind);
	}

	#makeMachine() {
		this.#particles.remake(this.#scene, this.#modes, this.#recorded);
	}

	/** Moves the particles `n` steps in the machine of the last record, starting them when their time has come. */
	#moveParticles(n = 1) {
		const { langevin } = this.#scene;
		if (this.#step >= langevin.since) this.#particles.move(langevin, n);
	}

	async #record(): Promise<RunRecord> {
		const { beta } = this.#scene;
		const learnt = Math.min(this.#step, this.#scene.training.steps);
		if (this.#recordedStep !== learnt || !this.#particles.machine) {
			this.#recorded = await readModel(this.#train.model);
			this.#recordedStep = learnt;
			this.#modes = this.#tracker.next(toRbm(this.#recorded));
			this.#makeMachine();
		}
		if (this.#step === 0) this.#moveParticles(0);
		const index = this.#recordIndex++;
		const monitors = await computeMonitors(
			this.#train.model,
			beta,
			this.#rows,
			{
				gibbs: this.#gibbs,
				langevin: this.#particles.decoded(DRAWN_PARTICLES)
			},
			exactMonitors(toRbm(this.#recorded), beta, index),
			foldIn(this.#key(KEY.monitors), index)
		);
		return {
			step: this.#step,
			epoch: this.epoch,
			singularValues: Float32Array.from(this.#modes.singularValues),
			lambdaMax: this.#modes.singularValues.reduce((a, b) => Math.max(a, b), 0),
			monitors,
			lift: this.#particles.lift,
			closure: await this.#closure(),
			sampler: await this.#gibbs.report(),
			acceptance: await this.#particles.acceptance()
		};
	}

	/** The closure's curvatures, at most every CLOSURE_MS: for show alone, so a clock of the wall may decide. */
	async #closure(): Promise<ClosureRecord | null> {
		const { closure, beta } = this.#scene;
		if (closure === 'gaussian' || closure === 'smoothed') return null;
		if (performance.now() - this.#closureAt < CLOSURE_MS) return null;
		this.#closureAt = performance.now();
		const joint = tf.concat([this.#gibbs.visible, this.#gibbs.hidden], 1);
		const bits = await joint.data();
		joint.dispose();
		return closureRecord(closure, toRbm(this.#recorded), beta, { count: this.#gibbs.count, bits });
	}

	/** The particles and the Gibbs states in the plane of the Scene's mode. */
	async cloud(): Promise<Cloud | null> {
		const particles = this.#particles.state;
		if (!particles) return null;
		const { plane } = this.#scene.view;
		const mode = rankedMode(this.#modes.singularValues, this.#scene.view.mode);
		const u = column(this.#modes.u, this.#modes.N, this.#modes.r, mode);
		const v = column(this.#modes.v, this.#modes.M, this.#modes.r, mode);
		const of = particles.z.shape[0];
		const projected = projectModes(particles, u, v);
		const drawn = tf.slice(projected, [0, 0], [Math.min(of, DRAWN_PARTICLES), 2]);
		const states = tf.tidy(() =>
			tf.concat(
				[
					tf.matMul(this.#gibbs.visible, tf.tensor2d(Float32Array.from(u), [u.length, 1])),
					tf.matMul(this.#gibbs.hidden, tf.tensor2d(Float32Array.from(v), [v.length, 1]))
				],
				1
			)
		);
		const [points, vertices] = await Promise.all([drawn.data(), states.data()]);
		tf.dispose([projected, drawn, states]);
		const turn = plane === 'uw' ? toStiffSoft : (xy: Float32Array) => xy;
		const lifted = (vertices as Float32Array).slice();
		this.#liftStates(lifted, mode, u, v);
		return {
			mode,
			rank: this.#scene.view.mode,
			plane,
			points: turn((points as Float32Array).slice()),
			of,
			asked: this.#scene.langevin.particles,
			states: turn(lifted),
			measures: null
		};
	}

	/** Particles and Gibbs states where they are, and their plane; null without particles. Dispose `states.rows`. */
	cloudSource(): CloudSource | null {
		const particles = this.#particles.state;
		if (!particles) return null;
		const { plane, mode: rank } = this.#scene.view;
		const mode = rankedMode(this.#modes.singularValues, rank);
		const { visible, hidden } = this.#gibbs;
		const strength = this.#scene.beta * this.#particles.lift.sigma2;
		return {
			mode,
			rank,
			plane,
			particles: { rows: particles.z, onto: planeOf(this.#modes, mode, plane) },
			states: {
				rows: tf.concat([visible, hidden], 1),
				onto: liftedPlaneOf(this.#modes, mode, plane, this.#recorded, strength)
			}
		};
	}

	/** What the page is told of particles that are drawn where they are. */
	async measuredCloud(source: CloudSource): Promise<Cloud> {
		const { mode, rank, plane, particles } = source;
		return {
			mode,
			rank,
			plane,
			points: new Float32Array(0),
			of: particles.rows.shape[0],
			asked: this.#scene.langevin.particles,
			states: new Float32Array(0),
			measures: await measure(source)
		};
	}

	/**
	 * Moves binary states, given as (x, y) pairs of one mode, to where the lift centres its particles:
	 * E[z|s] = s − βσ²∇E(s), which in a mode is x + βσ²(a + λy), y + βσ²(b + λx) (theory §5).
	 */
	#liftStates(xy: Float32Array, mode: number, u: Float64Array, v: Float64Array) {
		const scale = this.#scene.beta * this.#particles.lift.sigma2;
		const lambda = this.#modes.singularValues[mode];
		const { visibleBias, hiddenBias } = this.#recorded;
		const a = u.reduce((sum, x, i) => sum + x * visibleBias[i], 0);
		const b = v.reduce((sum, y, j) => sum + y * hiddenBias[j], 0);
		for (let i = 0; i < xy.length; i += 2) {
			const x = xy[i];
			const y = xy[i + 1];
			xy[i] = x + scale * (a + lambda * y);
			xy[i + 1] = y + scale * (b + lambda * x);
		}
	}

	/** Binary samples of the visible layer: of the Gibbs chains, and decoded from the particles. */
	async images(): Promise<Images> {
		const N = this.dataset.units;
		const gibbs = tf.slice(this.#gibbs.visible, [0, 0], [SAMPLE_IMAGES, N]);
		const bits = (tensor: tf.Tensor) => tensor.data().then((d) => Uint8Array.from(d));
		const decoded = this.#particles.decoded(SAMPLE_IMAGES);
		const langevin = decoded && tf.slice(decoded, [0, 0], [Math.min(SAMPLE_IMAGES, decoded.shape[0]), N]);
		decoded?.dispose();
		const out = {
			gibbs: await bits(gibbs),
			langevin: langevin ? await bits(langevin) : new Uint8Array(0)
		};
		gibbs.dispose();
		langevin?.dispose();
		return out;
	}

	/** Reads back everything that the next step needs. */
	async checkpoint(): Promise<RunCheckpoint> {
		const step = this.#step;
		const recordIndex = this.#recordIndex;
		const [train, gibbs, langevin] = await Promise.all([
			checkpointTraining(this.#train),
			this.#gibbs.checkpoint(),
			this.#particles.checkpoint()
		]);
		return {
			step,
			recordIndex,
			train,
			gibbs,
			langevin,
			recorded: this.#recorded,
			recordedStep: this.#recordedStep
		};
	}

	/** The parameters now. */
	snapshot(): Promise<ModelArrays> {
		return readModel(this.#train.model);
	}

	/** The chains' states and the modes of the last record, for the map. */
	async mapSample(): Promise<MapSample> {
		const [visible, hidden] = await Promise.all([this.#gibbs.visible.data(), this.#gibbs.hidden.data()]);
		return mapSample({
			step: this.#step,
			rbm: toRbm(this.#recorded),
			modes: this.#modes,
			beta: this.#scene.beta,
			sigma2: this.#particles.lift.sigma2,
			mode: this.#scene.view.mode,
			visible,
			hidden
		});
	}

	/** Frees every tensor; on a lost device the frees are harmless. */
	dispose(): void {
		this.#particles.dispose();
		this.#gibbs.dispose();
		disposeTraining(this.#train);
		tf.dispose([this.#rows.train, ...(this.#rows.heldOut ? [this.#rows.heldOut] : [])]);
		disposeData(this.#data);
	}
}

/** (x, y) pairs to (u, w) pairs, in place: u = (x−y)/√2 stiff, w = (x+y)/√2 soft. */
function toStiffSoft(xy: Float32Array): Float32Array {
	for (let i = 0; i < xy.length; i += 2) {
		const x = xy[i];
		const y = xy[i + 1];
		xy[i] = (x - y) * Math.SQRT1_2;
		xy[i + 1] = (x + y) * Math.SQRT1_2;
	}
	return xy;
}
