// One session: owns the backend, the Run and the Clock, and answers the page's commands one after another.
import * as Comlink from 'comlink';
import * as tf from '@tensorflow/tfjs-core';
import {
	assertBackend,
	chooseBackend,
	currentBackend,
	forceBackendLoss,
	onBackendLost,
	recoverBackend,
	settle,
	useBackend
} from '$lib/engine/backend';
import type { Scene } from '$lib/scene/schema';
import { Clock } from './clock';
import { exportRun } from './exportRun';
import { fingerprint } from './fingerprint';
import { Pace } from './pace';
import { Picture } from './picture';
import type {
	BackendChoice,
	Cloud,
	Frame,
	Opening,
	OpenOptions,
	PictureView,
	RunRecord,
	RunStatus,
	SessionApi,
	SessionEvent
} from './protocol';
import { Loader, type Loaded } from './loading';
import type { AnnealingOptions } from './protocolAnnealing';
import type { DiffusionListener, DiffusionOptions, NoisedOptions } from './protocolDiffusion';
import { SideJobs, type Source } from './sideJobs';
import { Run, type RunCheckpoint } from './run';
import { runFacts } from './runFacts';
import { Speedometer } from './speedometer';

/** Least time between two checkpoints, and between two looks at the images, in milliseconds. */
const CHECKPOINT_MS = 2000;
const IMAGES_MS = 120;
/** Least time between two measures of particles that are drawn where they are. */
const MEASURES_MS = 400;
/** A run is carried over this often before the session gives up. */
const MOST_RECOVERIES = 4;

export class Session implements SessionApi {
	#frame: (frame: Frame) => void | Promise<void> = () => {};
	#event: (event: SessionEvent) => void = () => {};
	#clock = new Clock({
		tick: () => this.#tick(),
		send: () => this.#send(),
		failed: (error) => void this.#carryOver(error)
	});
	#scene: Scene | null = null;
	#loader = new Loader((event) => this.#event(event));
	#loaded: Loaded | null = null;
	#side = new SideJobs(() => this.#source());
	#run: Run | null = null;
	#runCount = 0;
	#status: RunStatus = 'loading';
	#goal = 0;
	#playAfterwards = false;
	#records: RunRecord[] = [];
	#rewoundTo: number | null = null;
	#weightsSent = -1;
	#imagesAt = 0;
	#picture = new Picture(() => this.#redraw());
	#measuredAt = -Infinity;
	/** the plane of the last measures */
	#measuredOf = '';
	#checkpoint: RunCheckpoint | null = null;
	#checkpointAt = 0;
	#recoveries = 0;
	#loading: AbortController | null = null;
	#speed = new Speedometer();
	#pacing = new Pace(settle);
	#queue: Promise<unknown> = Promise.resolve();
	#unlisten: () => void = () => {};

	async connect(
		frame: (frame: Frame) => void | Promise<void>,
		event: (event: SessionEvent) => void
	): Promise<void> {
		this.#frame = frame;
		this.#event = event;
		this.#unlisten();
		this.#unlisten = onBackendLost((loss) => {
			const error = new Error(loss.message);
			// What waits for the lost device is given up; while nothing runs, the run is carried over at once.
			this.#clock.abort(error);
			if (this.#run) void this.#carryOver(error);
		});
	}

	async open(scene: Scene, options: OpenOptions): Promise<Opening> {
		this.#loading?.abort();
		const loading = new AbortController();
		this.#loading = loading;
		return this.#inTurn(async () => {
			if (loading.signal.aborted) return 'superseded';
			await this.#clock.stop();
			this.#status = 'loading';
			try {
				if (!currentBackend()) await this.#start();
				const loaded = await this.#loader.load(scene, options.dataFolder, loading.signal);
				this.#run?.dispose();
				this.#run = null;
				this.#forget();
				this.#scene = scene;
				const { run, first } = await Run.create(scene, loaded);
				this.#loaded = loaded;
				this.#run = run;
				this.#runCount++;
				if (first) this.#records.push(first);
				this.#checkpoint = await run.checkpoint();
				this.#event({
					kind: 'facts',
					facts: runFacts(loaded, {
						run: this.#runCount,
						hidden: scene.hidden,
						stepsPerEpoch: run.stepsPerEpoch
					})
				});
				this.#goal = scene.at;
				this.#playAfterwards = options.play;
				if (scene.at > 0) this.#go('replaying');
				else if (options.play) this.#go('playing');
				else {
					this.#status = 'paused';
					await this.#flush();
				}
				return 'opened';
			} catch (error) {
				this.#status = this.#run ? 'paused' : 'failed';
				if (loading.signal.aborted) return 'superseded';
				this.#event({
					kind: 'error',
					message: sentence(error),
					stillFine: 'Your settings and what is on screen are kept; Play tries again.'
				});
				return this.#run ? 'kept' : 'lost';
			}
		});
	}

	async adjust(scene: Scene): Promise<void> {
		await this.#inTurn(async () => {
			if (!this.#run) return;
			const was = await this.#pauseForNow();
			this.#scene = scene;
			const record = await this.#run.adjust(scene);
			if (record) this.#records.push(record);
			this.#imagesAt = 0;
			if (was) this.#go(was);
			else await this.#flush();
		});
	}

	async play(): Promise<void> {
		await this.#inTurn(async () => {
			if (this.#run && this.#status === 'paused') this.#go('playing');
		});
	}

	async pause(): Promise<void> {
		await this.#inTurn(async () => {
			await this.#clock.stop();
			if (this.#run) this.#status = 'paused';
			await this.#flush();
		});
	}

	async advance(unit: 'step' | 'record' | 'epoch'): Promise<void> {
		await this.#inTurn(async () => {
			const run = this.#run;
			if (!run || !this.#scene) return;
			await this.#clock.stop();
			const every = { step: 1, record: this.#scene.training.recordEvery, epoch: run.stepsPerEpoch }[unit];
			this.#goal = (Math.floor(run.step / every) + 1) * every;
			this.#playAfterwards = false;
			this.#go('replaying');
		});
	}

	async setSpeed(stepsPerFrame: number): Promise<void> {
		this.#clock.speed = stepsPerFrame;
	}

	async cancel(): Promise<void> {
		this.#loading?.abort();
		await this.pause();
	}

	async useBackend(choice: BackendChoice): Promise<void> {
		await this.#inTurn(async () => {
			const was = await this.#pauseForNow();
			await this.#side.end();
			try {
				if (this.#run) this.#checkpoint = await this.#run.checkpoint();
				this.#run?.dispose();
				this.#run = null;
				await this.#pick(choice);
			} catch (error) {
				this.#event({
					kind: 'error',
					message: sentence(error),
					stillFine: 'The run goes on with the backend it had.'
				});
				if (!currentBackend()) await this.#pick({ prefer: 'auto', software: false });
			}
			await this.#restore();
			if (was) this.#go(was);
			else await this.#flush();
		});
	}

	async snapshot() {
		return this.#inTurn(async () => {
			if (!this.#run) return null;
			const was = await this.#pauseForNow();
			const { weights, visibleBias, hiddenBias } = await this.#run.snapshot();
			const step = this.#run.step;
			if (was) this.#go(was);
			return { step, weights, visibleBias, hiddenBias };
		});
	}

	async fingerprint() {
		return this.#inTurn(async () => {
			const [run, scene] = [this.#run, this.#scene];
			if (!run || !scene) return null;
			const was = await this.#pauseForNow();
			const checkpoint = await run.checkpoint();
			if (was) this.#go(was);
			return fingerprint(checkpoint, scene.beta, run.dataset.train, currentBackend()?.name ?? '');
		});
	}

	async exportRun() {
		return this.#inTurn(async () => {
			const [run, scene, loaded] = [this.#run, this.#scene, this.#loaded];
			if (!run || !scene || !loaded) return null;
			const was = await this.#pauseForNow();
			const checkpoint = await run.checkpoint();
			if (was) this.#go(was);
			return exportRun(checkpoint, scene, loaded.dataset, loaded.initial, currentBackend()?.name ?? '');
		});
	}

	async mapSample() {
		return this.#inTurn(async () => {
			if (!this.#run) return null;
			const was = await this.#pauseForNow();
			const sample = await this.#run.mapSample();
			if (was) this.#go(was);
			return sample;
		});
	}

	async setPicture(canvas: OffscreenCanvas | null): Promise<void> {
		this.#picture.attach(canvas);
		this.#redraw();
	}

	async setPictureView(view: PictureView): Promise<void> {
		this.#picture.show(view);
		const source = this.#picture.ready ? this.#run?.cloudSource() : null;
		if (!source) return;
		this.#picture.draw(source);
		source.states.rows.dispose();
	}

	diffuse(options: DiffusionOptions, listener: DiffusionListener) {
		return this.#side.diffuse(options, listener);
	}

	async holdDiffusion(held: boolean): Promise<void> {
		this.#side.hold(held);
	}

	async cancelDiffusion(): Promise<void> {
		this.#side.cancelDiffusion();
	}

	noise(options: NoisedOptions) {
		return this.#side.noise(options);
	}

	estimateLnZ(options: AnnealingOptions, told: (what: string, done: number) => void) {
		return this.#side.estimateLnZ(options, told);
	}

	async cancelEstimate(): Promise<void> {
		this.#side.cancelEstimate();
	}

	/** The machine where the run stands, for computations beside it. */
	#source(): Promise<Source> {
		return this.#inTurn(async () => {
			const [run, scene] = [this.#run, this.#scene];
			if (!run || !scene) throw new Error('There is no machine yet: press Play or open a state first.');
			const was = await this.#pauseForNow();
			const arrays = await run.snapshot();
			const step = run.step;
			if (was) this.#go(was);
			return { arrays, beta: scene.beta, dataset: run.dataset, step };
		});
	}

	async loseBackend(): Promise<void> {
		forceBackendLoss();
	}

	async close(): Promise<void> {
		await this.#inTurn(async () => {
			this.#unlisten();
			await this.#side.end();
			await this.#clock.stop();
			this.#picture.dispose();
			this.#run?.dispose();
			this.#run = null;
		});
	}

	/** Commands are carried out in the order they came; a failing one does not hold up the next. */
	#inTurn<T>(job: () => Promise<T>): Promise<T> {
		const result = this.#queue.then(job);
		this.#queue = result.catch(() => {});
		return result;
	}

	/** Sends a Frame; a backend that fails on the way is dealt with as in the loop. */
	async #flush(): Promise<void> {
		try {
			await this.#clock.flush();
		} catch (error) {
			void this.#carryOver(error);
		}
	}

	async #pauseForNow(): Promise<'playing' | 'replaying' | null> {
		const status = this.#status;
		const running = this.#clock.running;
		await this.#clock.stop();
		return running && (status === 'playing' || status === 'replaying') ? status : null;
	}

	#go(status: 'playing' | 'replaying') {
		this.#status = status;
		this.#speed.reset();
		void this.#clock.start();
	}

	async #tick(): Promise<boolean> {
		const run = this.#run;
		if (!run) return false;
		if (this.#status === 'replaying' && run.step >= this.#goal) {
			this.#status = this.#playAfterwards ? 'playing' : 'paused';
			return this.#playAfterwards;
		}
		const record = await run.tick();
		await this.#pacing.keep();
		if (record) {
			this.#records.push(record);
			if (performance.now() - this.#checkpointAt > CHECKPOINT_MS * run.checkpointCost) {
				this.#checkpoint = await run.checkpoint();
				this.#checkpointAt = performance.now();
			}
		}
		return true;
	}

	/** Builds a Frame of what is new and hands it to the page; resolves when the page has taken it. */
	async #send(): Promise<void> {
		const run = this.#run;
		const scene = this.#scene;
		if (!run || !scene) return;
		assertBackend();
		const now = performance.now();
		const withImages = now - this.#imagesAt > IMAGES_MS;
		if (withImages) this.#imagesAt = now;
		const records = this.#records;
		this.#records = [];
		const rewoundTo = this.#rewoundTo;
		this.#rewoundTo = null;
		const weights = run.recordedStep === this.#weightsSent ? null : run.weightImages();
		this.#weightsSent = run.recordedStep;
		const step = run.step;
		const [cloud, images] = await Promise.all([this.#cloud(run), withImages ? run.images() : null]);
		assertBackend();
		if (run !== this.#run) return;
		const memory = tf.memory();
		const goal = this.#status === 'replaying' ? this.#goal : scene.training.steps;
		const { rate, secondsLeft } = this.#speed.read(step, goal);
		const frame: Frame = {
			run: this.#runCount,
			status: this.#status,
			step,
			epoch: run.epoch,
			steps: scene.training.steps,
			goal: this.#status === 'replaying' ? this.#goal : null,
			rate,
			secondsLeft,
			records,
			rewoundTo,
			cloud,
			images,
			weights,
			tensors: memory.numTensors,
			bytes: memory.numBytes
		};
		const buffers = [
			cloud?.points,
			cloud?.states,
			images?.gibbs,
			images?.langevin,
			weights?.fields,
			weights?.patterns
		];
		await this.#frame(
			Comlink.transfer(
				frame,
				buffers.flatMap((b) => (b ? [b.buffer as ArrayBuffer] : []))
			)
		);
	}

	/** Draws the particles on the page's canvas, and now and then measures them; without one, their points. */
	async #cloud(run: Run): Promise<Cloud | null> {
		const source = this.#picture.ready ? run.cloudSource() : null;
		if (!source) return run.cloud();
		try {
			if (!this.#picture.draw(source)) return await run.cloud();
			const of = `${source.rank} ${source.plane}`;
			const now = performance.now();
			const known = of === this.#measuredOf && now - this.#measuredAt < MEASURES_MS;
			if (known && this.#clock.running) return null;
			[this.#measuredOf, this.#measuredAt] = [of, now];
			return await run.measuredCloud(source);
		} finally {
			source.states.rows.dispose();
		}
	}

	/** A Frame now if none is on its way anyhow: the picture was taken, given back or refused. */
	#redraw(): void {
		this.#measuredOf = '';
		if (this.#run && this.#status === 'paused') void this.#inTurn(() => this.#flush());
	}

	/** After an exception: a new backend, the run from its last checkpoint, and on as before. */
	async #carryOver(error: unknown): Promise<void> {
		const failedRun = this.#run;
		await this.#inTurn(async () => {
			// A loss is reported by whoever meets it first; the run may have been carried over by then.
			if (this.#run !== failedRun) return;
			const status = this.#status;
			const stood = failedRun?.step ?? 0;
			await this.#clock.stop();
			if (++this.#recoveries > MOST_RECOVERIES || !this.#checkpoint || status === 'failed') {
				this.#giveUp(error);
				return;
			}
			try {
				this.#run?.dispose();
			} catch {
				// The tensors died with their device.
			}
			this.#run = null;
			const failed = currentBackend()?.name;
			try {
				await recoverBackend(failed === 'wasm' ? { order: ['cpu'] } : undefined);
				this.#reportBackend();
				await this.#restore();
			} catch {
				// No backend is left, or the last one cannot hold the run either: what failed first says more.
				this.#giveUp(error);
				return;
			}
			this.#event({
				kind: 'error',
				message: `The ${failed} backend failed (${sentence(error)}).`,
				stillFine: `The run was carried over to ${currentBackend()?.name} from step ${this.#checkpoint.step}; nothing else changed.`
			});
			// The checkpoint lies behind: a run that was not playing is brought back to where it stood.
			const run = this.#run as Run | null;
			if (status !== 'replaying') [this.#goal, this.#playAfterwards] = [stood, false];
			if (status === 'playing') this.#go('playing');
			else if (run && run.step < this.#goal) this.#go('replaying');
			else await this.#flush();
		});
	}

	#giveUp(error: unknown): void {
		this.#status = 'failed';
		this.#event({
			kind: 'error',
			message: `The computation failed and could not be carried over: ${sentence(error)}`,
			stillFine: 'Your settings and the curves on screen are kept; Reset starts the run again.'
		});
	}

	async #restore(): Promise<void> {
		if (!this.#checkpoint || !this.#scene || !this.#loaded) return;
		const { run } = await Run.create(this.#scene, this.#loaded, this.#checkpoint);
		this.#run = run;
		this.#records = this.#records.filter((r) => r.step <= run.step);
		this.#rewoundTo = run.step;
		this.#weightsSent = -1;
		this.#measuredOf = '';
	}

	#forget() {
		this.#records = [];
		this.#rewoundTo = null;
		this.#weightsSent = -1;
		this.#checkpoint = null;
		this.#recoveries = 0;
		this.#imagesAt = 0;
		this.#measuredOf = '';
	}

	async #start(): Promise<void> {
		this.#event({ kind: 'progress', what: 'Choosing a backend', done: 0, secondsLeft: NaN });
		await chooseBackend();
		this.#reportBackend();
	}

	async #pick(choice: BackendChoice): Promise<void> {
		if (choice.prefer === 'auto') await chooseBackend({ allowSoftware: choice.software });
		else await useBackend(choice.prefer, { allowSoftware: choice.software });
		this.#reportBackend();
	}

	#reportBackend() {
		const backend = currentBackend();
		if (!backend) return;
		const { name, reason, tried } = backend;
		this.#event({ kind: 'backend', backend: { name, reason, tried, recoveries: this.#recoveries } });
	}
}

/** What went wrong, as a sentence without the error's class name. */
function sentence(error: unknown): string {
	const text = error instanceof Error ? error.message : String(error);
	return text.endsWith('.') || text.endsWith(')') ? text : `${text}.`;
}
