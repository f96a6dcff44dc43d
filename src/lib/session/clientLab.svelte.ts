// The Lab's state on the page: the Scene with its undo list, and what the session last said. Views read it, controls
// change the Scene through it, and it alone talks to the session.
import * as Comlink from 'comlink';
import { canRedo, canUndo, change, redo, startHistory, undo, type History } from '../scene/history';
import type { Repair } from '../scene/repair';
import type { Results } from '../scene/resultHash';
import { defaultScene, type Scene } from '../scene/schema';
import { repairScene } from '../scene/validate';
import { SessionClient } from './client';
import { Diffuser } from './clientDiffusion.svelte';
import { Estimates } from './clientEstimates.svelte';
import type { PythonFiles, ScriptSource } from './clientPython';
import { RecordTable } from './clientRecords';
import {
	needsNewRun,
	type BackendChoice,
	type BackendReport,
	type Cloud,
	type Frame,
	type Images,
	type PictureView,
	type RunFacts,
	type RunStatus,
	type SessionEvent,
	type WeightImages
} from './protocol';
import type { RunExport } from './protocolExport';
import type { MapSample } from './protocolMap';

export interface Notice {
	readonly kind: 'error' | 'info';
	readonly message: string;
	readonly stillFine: string;
}

export class Lab {
	history = $state.raw<History>(startHistory(defaultScene));
	/** null until the first run was asked for: nothing is computed, and tfjs is not loaded, before that */
	status = $state<RunStatus | null>(null);
	facts = $state.raw<RunFacts | null>(null);
	backend = $state.raw<BackendReport | null>(null);
	progress = $state.raw<{ what: string; done: number; secondsLeft: number } | null>(null);
	notice = $state.raw<Notice | null>(null);
	step = $state(0);
	epoch = $state(0);
	rate = $state(NaN);
	secondsLeft = $state(NaN);
	cloud = $state.raw<Cloud | null>(null);
	images = $state.raw<Images | null>(null);
	weights = $state.raw<WeightImages | null>(null);
	/** tensors and bytes that the session holds, for whoever looks for leaks */
	memory = $state.raw({ tensors: 0, bytes: 0 });
	/** columns written in place; `version` grows when they change */
	records = new RecordTable();
	version = $state(0);
	choice = $state.raw<BackendChoice>({ prefer: 'auto', software: false });
	speed = $state(Infinity);

	/** reverse diffusion, and ln Z by annealing, of the machine where the run stands */
	readonly diffuser = new Diffuser(() => this.#client.api());
	readonly estimates = new Estimates(() => this.#client.api());

	readonly scene = $derived(this.history.present);
	readonly busy = $derived(
		this.status === 'playing' || this.status === 'replaying' || this.status === 'loading'
	);
	readonly canUndo = $derived(canUndo(this.history));
	readonly canRedo = $derived(canRedo(this.history));

	#client: SessionClient;
	#dataFolder: string;
	#run = -1;
	/** Frames of runs before this one are late: another run was asked for */
	#expected = 0;
	#tickets = 0;
	/** the Scene that the session's run was opened with; null: none was */
	#opened: Scene | null = null;

	/** @param dataFolder absolute address of the folder with the packed data sets */
	constructor(dataFolder: string) {
		this.#dataFolder = dataFolder;
		this.#client = new SessionClient({
			frame: (frame) => this.#take(frame),
			event: (event) => this.#hear(event)
		});
	}

	/**
	 * Starts from a Scene that a link or a file gave, and runs at once to `scene.at`.
	 * @param asChange the state that was shown stays undoable
	 * @param replay repeats the run even where it stands at that very state
	 */
	show(scene: Scene, repairs: readonly Repair[] = [], asChange = false, replay = false): void {
		const opened = this.#opened;
		if (asChange) {
			const left = opened && this.step > 0 ? { ...this.scene, at: this.step } : this.scene;
			this.history = change({ ...this.history, present: left }, scene, null, performance.now());
		} else this.history = startHistory(scene);
		if (repairs.length) {
			this.notice = {
				kind: 'info',
				message: repairs.map((r) => r.sentence).join(' '),
				stillFine: 'Everything else in the link is used as it was.'
			};
		}
		const there = opened && scene.at === this.step && !needsNewRun(opened, scene, this.step);
		if (there && !replay && !this.busy) {
			this.#opened = scene;
			void this.#call((api) => api.adjust(scene));
		} else if (opened || scene.at > 0) void this.#open(scene, false);
	}

	/** Makes a changed Scene the present one, and the run follow it. */
	apply(next: Scene, path: string | null = null): void {
		const { scene: valid, repairs } = repairScene(next);
		if (repairs.length) {
			this.notice = {
				kind: 'info',
				message: repairs.map((r) => r.sentence).join(' '),
				stillFine: 'Everything else stays as it was.'
			};
		}
		const before = this.scene;
		// Where the run stood is kept with the state that is left, so that undo comes back to the same place.
		const left = this.#opened && this.step > 0 ? { ...before, at: this.step } : before;
		const to = needsNewRun(before, valid, this.step)
			? { ...valid, at: 0 }
			: this.#restartParticles(before, valid);
		const history = { ...this.history, present: left };
		this.history = change(history, to, path, performance.now());
		this.#follow(before, to);
	}

	undo(): void {
		this.#travel(undo(this.history));
	}

	redo(): void {
		this.#travel(redo(this.history));
	}

	play(): void {
		this.notice = null;
		const other = this.#opened && needsNewRun(this.#opened, this.scene, this.step);
		if (!this.#opened || other || this.status === 'failed') void this.#open(this.scene, true);
		else void this.#call((api) => api.play());
	}

	pause(): void {
		void this.#call((api) => api.pause());
	}

	advance(unit: 'step' | 'record' | 'epoch'): void {
		void this.#withRun((api) => api.advance(unit));
	}

	/** Back to the seed: step 0 of the same Scene, paused. */
	reset(): void {
		const { at, langevin, sampler } = this.scene;
		if (at > 0 || langevin.since > 0 || sampler.since > 0) {
			const start = {
				...this.scene,
				at: 0,
				langevin: { ...langevin, since: 0 },
				sampler: { ...sampler, since: 0 }
			};
			this.history = change(this.history, start, null, performance.now());
		}
		void this.#open(this.scene, false);
	}

	cancel(): void {
		this.progress = null;
		void this.#call((api) => api.cancel());
	}

	setSpeed(stepsPerFrame: number): void {
		this.speed = stepsPerFrame;
		if (this.#client.started) void this.#call((api) => api.setSpeed(stepsPerFrame));
	}

	useBackend(choice: BackendChoice): void {
		this.choice = choice;
		if (this.#client.started) void this.#call((api) => api.useBackend(choice));
	}

	/** Holds the weights from here on; particles and chains go on. Undoable. */
	holdWeights(): void {
		this.apply({ ...this.scene, training: { ...this.scene.training, steps: this.step } });
	}

	/** The Scene to share: the present one, at the step where the run stands. */
	shared(): Scene {
		return { ...this.scene, at: this.#opened ? this.step : this.scene.at };
	}

	/** The canvas that the session draws the particles on, and what it shows of their plane. */
	readonly picture = {
		set: (canvas: OffscreenCanvas | null): void => {
			if (!this.#client.started) return;
			void this.#call((api) => api.setPicture(canvas && Comlink.transfer(canvas, [canvas])));
		},
		show: (view: PictureView): void => {
			if (this.#client.started) void this.#call((api) => api.setPictureView(view));
		}
	};

	/** The present machine for the map; null before there is a run, and when it cannot be told. */
	async mapSample(): Promise<MapSample | null> {
		if (!this.#opened || !this.#client.started) return null;
		try {
			return await (await this.#client.api()).mapSample();
		} catch {
			return null;
		}
	}

	/** What the run came to where it stands; null before there is a run, and when it cannot be told. */
	async fingerprint(): Promise<Results | null> {
		if (!this.#opened || !this.#client.started) return null;
		try {
			return await (await this.#client.api()).fingerprint();
		} catch {
			return null;
		}
	}

	/** Everything of the run where it stands, for files; null before there is a run. @throws when it cannot be told */
	async exportRun(): Promise<RunExport | null> {
		if (!this.#opened || !this.#client.started) return null;
		return (await this.#client.api()).exportRun();
	}

	/** The run's arrays by name, for an .npz file; null before there is a run. */
	async arrays() {
		const run = await this.exportRun();
		return run && (await import('./clientArrays')).runArrays(run);
	}

	/** A Python script that repeats the run where it stands; null before there is a run. */
	async pythonScript(source: ScriptSource): Promise<PythonFiles | null> {
		const scene = this.#opened;
		const run = await this.exportRun();
		if (!run || !scene) return null;
		return (await import('./clientPython')).pythonScript(run, { ...scene, at: run.step }, source);
	}

	/** For tests: makes the backend fail. */
	async loseBackend(): Promise<void> {
		await this.#call((api) => api.loseBackend());
	}

	close(): void {
		this.#client.close();
	}

	/** A change of the particles' own settings, or of the sampler, restarts them where the run stands. */
	#restartParticles(before: Scene, next: Scene): Scene {
		const a = before.langevin;
		const b = next.langevin;
		const moved =
			a.sigma2 !== b.sigma2 || a.dt !== b.dt || a.particles !== b.particles || a.scheme !== b.scheme;
		const [c, d] = [before.sampler, next.sampler];
		const swept = c.kind !== d.kind || (d.kind === 'tempering' && c.rungs !== d.rungs);
		if (!this.#opened) return next;
		return {
			...next,
			langevin: moved && a.since === b.since ? { ...b, since: this.step } : b,
			sampler: swept && c.since === d.since ? { ...d, since: this.step } : d
		};
	}

	#travel(history: History): void {
		const before = this.scene;
		this.history = history;
		this.#follow(before, this.scene);
	}

	#follow(before: Scene, next: Scene): void {
		if (!this.#opened) {
			if (needsNewRun(before, next)) this.#clear();
			return;
		}
		const playing = this.status === 'playing';
		if (needsNewRun(this.#opened, next, this.step)) void this.#open(next, playing);
		else {
			this.#opened = next;
			void this.#call((api) => api.adjust(next));
		}
	}

	async #open(scene: Scene, play: boolean): Promise<void> {
		const ticket = ++this.#tickets;
		const before = this.#opened;
		this.#opened = scene;
		this.#expected = this.#run + 1;
		this.status = 'loading';
		const choice = this.choice;
		const started = this.#client.started;
		await this.#call(async (api) => {
			if (!started && (choice.prefer !== 'auto' || choice.software)) await api.useBackend(choice);
			if (!started && this.speed !== Infinity) await api.setSpeed(this.speed);
			const result = await api.open(scene, { play, dataFolder: this.#dataFolder });
			// A later open took over; without one it was a cancel.
			if (result === 'opened' || ticket !== this.#tickets) return;
			// What was on screen before is still there, and in the first case goes on at Play.
			const kept = result === 'lost' ? null : before;
			this.#opened = kept;
			this.#expected = this.#run;
			this.status = kept ? 'paused' : before ? 'failed' : null;
		});
	}

	async #withRun(job: (api: Awaited<ReturnType<SessionClient['api']>>) => Promise<unknown>) {
		if (!this.#opened) await this.#open(this.scene, false);
		await this.#call(job);
	}

	async #call(job: (api: Awaited<ReturnType<SessionClient['api']>>) => Promise<unknown>): Promise<void> {
		try {
			await job(await this.#client.api());
		} catch (error) {
			this.#hear({
				kind: 'error',
				message: error instanceof Error ? error.message : String(error),
				stillFine: 'Your settings and what is on screen are kept.'
			});
		}
	}

	#clear(): void {
		this.records = new RecordTable();
		this.version++;
		this.diffuser.clear();
		this.estimates.clear();
		this.step = 0;
		this.epoch = 0;
		this.rate = NaN;
		this.secondsLeft = NaN;
		this.cloud = null;
		this.images = null;
		this.weights = null;
		this.facts = null;
	}

	/** The first word of a new run clears what the old one left on screen. */
	#begin(run: number): void {
		if (run === this.#run) return;
		this.#run = run;
		this.#clear();
	}

	#take(frame: Frame): void {
		if (frame.run < this.#expected) return;
		this.#begin(frame.run);
		this.status = frame.status;
		this.step = frame.step;
		this.epoch = frame.epoch;
		this.rate = frame.rate;
		this.secondsLeft = frame.secondsLeft;
		this.memory = { tensors: frame.tensors, bytes: frame.bytes };
		if (frame.rewoundTo !== null) this.records.rewind(frame.rewoundTo);
		for (const record of frame.records) this.records.add(record);
		if (frame.rewoundTo !== null || frame.records.length) this.version++;
		if (frame.cloud) this.cloud = frame.cloud;
		if (frame.images) this.images = frame.images;
		if (frame.weights) this.weights = frame.weights;
		if (frame.status !== 'replaying') this.progress = null;
		else {
			const goal = frame.goal ?? frame.step;
			this.progress = {
				what: `Running to step ${goal.toLocaleString('en')}`,
				done: goal ? Math.min(1, frame.step / goal) : 0,
				secondsLeft: frame.secondsLeft
			};
		}
	}

	#hear(event: SessionEvent): void {
		switch (event.kind) {
			case 'facts':
				if (event.facts.run < this.#expected) break;
				this.#begin(event.facts.run);
				this.facts = event.facts;
				break;
			case 'backend':
				this.backend = event.backend;
				break;
			case 'progress':
				this.progress = { what: event.what, done: event.done, secondsLeft: event.secondsLeft };
				break;
			case 'error':
				this.progress = null;
				this.notice = { kind: 'error', message: event.message, stillFine: event.stillFine };
				if (!this.#client.started) {
					this.status = null;
					this.#opened = null;
					// A new worker counts its runs from the start.
					this.#run = -1;
					this.#expected = 0;
				}
				break;
		}
	}
}
