// The chains whose states are shown and compared with the particles, apart from those that train: by block Gibbs, by
// parallel tempering over β, or by auxiliary-Gaussian Gibbs. All three leave the machine's law as it is.
import * as tf from '@tensorflow/tfjs-core';
import { auxiliarySweep, disposeAuxiliary, type AuxiliaryState } from '$lib/engine/auxiliaryGibbs';
import { disposeGibbs, gibbsSweep, initGibbs, type GibbsState } from '$lib/engine/gibbs';
import type { LangevinMachine } from '$lib/engine/langevin';
import type { Model } from '$lib/engine/model';
import {
	adaptLadder,
	disposeTempering,
	evenLadder,
	initTempering,
	readStatistics,
	rungChains,
	temperingStep,
	type TemperingState
} from '$lib/engine/tempering';
import type { Key } from '$lib/random/key';
import type { Scene } from '$lib/scene/schema';
import type { SamplerReport } from './protocol';

type Kind = Scene['sampler']['kind'];

/** Chains of block Gibbs and of auxiliary Gibbs, and ladders of tempering, each with one chain a rung. */
const CHAINS = 256;
const LADDERS = 64;
/** Rounds of exchanges after which the ladder's rungs are moved so that neighbours exchange equally often. */
const ADAPT_AT = [100, 200, 400, 800, 1600];

type State =
	| { readonly kind: 'gibbs'; readonly gibbs: GibbsState }
	| { readonly kind: 'auxiliary'; readonly auxiliary: AuxiliaryState; readonly N: number }
	| { readonly kind: 'tempering'; readonly tempering: TemperingState };

/** Everything that the next sweep needs, in memory. */
export interface ChainsCheckpoint {
	readonly kind: Kind;
	readonly visible: Float32Array;
	readonly hidden: Float32Array;
	readonly counter: number;
	readonly ladder: {
		readonly betas: readonly number[];
		readonly record: Int32Array;
		readonly round: number;
		readonly counted: readonly [number, number];
	} | null;
}

export class ShownChains {
	#state: State;
	/** the wanted law's own states where they are part of something larger; made when asked for */
	#view: { visible: tf.Tensor2D; hidden: tf.Tensor2D } | null = null;

	private constructor(state: State) {
		this.#state = state;
	}

	/** Chains at fair coins. */
	static start(
		{ kind, rungs }: Pick<Scene['sampler'], 'kind' | 'rungs'>,
		model: Model,
		beta: number,
		key: Key
	): ShownChains {
		if (kind === 'tempering') {
			const betas = evenLadder(rungs, 0, beta);
			return new ShownChains({ kind, tempering: initTempering(model, betas, { chains: LADDERS }, key) });
		}
		const gibbs = initGibbs(model, beta, CHAINS, key);
		if (kind === 'gibbs') return new ShownChains({ kind, gibbs });
		const states = tf.concat([gibbs.visible, gibbs.hidden], 1);
		disposeGibbs(gibbs);
		return new ShownChains({ kind, auxiliary: { states, z: null, key, sweep: 0 }, N: model.N });
	}

	/** Chains as a checkpoint left them. */
	static restore(saved: ChainsCheckpoint, model: Model, key: Key): ShownChains {
		const { kind, counter, ladder } = saved;
		const { N, M } = model;
		if (kind === 'tempering' && ladder) {
			const { betas, round, counted } = ladder;
			const shape = (units: number): [number, number, number] => [betas.length, LADDERS, units];
			const start = { chains: LADDERS, visible: saved.visible };
			const fresh = initTempering(model, betas, start, key);
			fresh.chains.hidden.dispose();
			fresh.record.dispose();
			const hidden = tf.tensor3d(saved.hidden, shape(M), 'float32');
			const record = tf.tensor3d(ladder.record, [2, betas.length, LADDERS], 'int32');
			const chains = { visible: fresh.chains.visible, hidden, counter };
			return new ShownChains({ kind, tempering: { ...fresh, chains, record, round, counted } });
		}
		const visible = tf.tensor2d(saved.visible, [CHAINS, N]);
		const hidden = tf.tensor2d(saved.hidden, [CHAINS, M]);
		if (kind !== 'auxiliary')
			return new ShownChains({ kind: 'gibbs', gibbs: { visible, hidden, key, counter } });
		const states = tf.concat([visible, hidden], 1);
		tf.dispose([visible, hidden]);
		return new ShownChains({ kind, auxiliary: { states, z: null, key, sweep: counter }, N });
	}

	get kind(): Kind {
		return this.#state.kind;
	}

	get count(): number {
		return this.#state.kind === 'tempering' ? LADDERS : CHAINS;
	}

	/** Visible layers, [count, N]; not to be disposed, gone with the next sweep. */
	get visible(): tf.Tensor2D {
		return this.#states().visible;
	}

	get hidden(): tf.Tensor2D {
		return this.#states().hidden;
	}

	/** One sweep of every chain; the machine is that of the last record, and serves auxiliary Gibbs alone. */
	async sweep(model: Model, beta: number, machine: LangevinMachine | null): Promise<void> {
		this.#dropView();
		const state = this.#state;
		if (state.kind === 'gibbs') {
			this.#state = { ...state, gibbs: gibbsSweep(model, beta, state.gibbs, 1)[0] };
		} else if (state.kind === 'auxiliary') {
			if (!machine) return;
			this.#state = { ...state, auxiliary: auxiliarySweep(state.auxiliary, machine, 1)[0] };
		} else {
			let tempering = temperingStep(model, state.tempering, 1)[0];
			if (ADAPT_AT.includes(tempering.round)) tempering = await adaptLadder(tempering);
			this.#state = { ...state, tempering };
		}
	}

	/** What a page is told of exchanges; null for samplers without. */
	async report(): Promise<SamplerReport | null> {
		if (this.#state.kind !== 'tempering') return null;
		const { tempering } = this.#state;
		const { acceptance, acceptanceError, roundTrips } = await readStatistics(tempering);
		return {
			betas: Float64Array.from(tempering.seats.betas),
			acceptance: Float64Array.from(acceptance),
			acceptanceError: Float64Array.from(acceptanceError),
			roundTrips
		};
	}

	async checkpoint(): Promise<ChainsCheckpoint> {
		const state = this.#state;
		const read = async (tensor: tf.Tensor) => ((await tensor.data()) as Float32Array).slice();
		if (state.kind !== 'tempering') {
			const { visible, hidden } = this.#states();
			const counter = state.kind === 'gibbs' ? state.gibbs.counter : state.auxiliary.sweep;
			const [v, h] = await Promise.all([read(visible), read(hidden)]);
			return { kind: state.kind, visible: v, hidden: h, counter, ladder: null };
		}
		const { chains, seats, record, round, counted } = state.tempering;
		const [v, h, marks] = await Promise.all([
			read(chains.visible),
			read(chains.hidden),
			record.data<'int32'>().then((r) => r.slice())
		]);
		const ladder = { betas: seats.betas, record: marks, round, counted };
		return { kind: state.kind, visible: v, hidden: h, counter: chains.counter, ladder };
	}

	dispose(): void {
		this.#dropView();
		if (this.#state.kind === 'gibbs') disposeGibbs(this.#state.gibbs);
		else if (this.#state.kind === 'auxiliary') disposeAuxiliary(this.#state.auxiliary);
		else disposeTempering(this.#state.tempering);
	}

	#states(): { visible: tf.Tensor2D; hidden: tf.Tensor2D } {
		const state = this.#state;
		if (state.kind === 'gibbs') return state.gibbs;
		if (this.#view) return this.#view;
		if (state.kind === 'tempering') {
			this.#view = rungChains(state.tempering, state.tempering.seats.betas.length - 1);
		} else {
			const { states } = state.auxiliary;
			this.#view = {
				visible: tf.slice(states, [0, 0], [-1, state.N]),
				hidden: tf.slice(states, [0, state.N], [-1, -1])
			};
		}
		// kept: who asks may do so within a tidy, and the view outlives it
		tf.keep(this.#view.visible);
		tf.keep(this.#view.hidden);
		return this.#view;
	}

	#dropView(): void {
		if (this.#view) tf.dispose([this.#view.visible, this.#view.hidden]);
		this.#view = null;
	}
}
