// ln Z and log-likelihoods of the run's machine by annealing in both directions, as the session runs them: in slices,
// so that it can be cancelled, on a copy of the weights.
import * as tf from '@tensorflow/tfjs-core';
import type { BitRows, Dataset } from '$lib/data/dataset';
import { settle } from '$lib/engine/backend';
import { disposeGibbs, gibbsSweep, initGibbs } from '$lib/engine/gibbs';
import { disposeModel, makeModel, type Model, type ModelArrays } from '$lib/engine/model';
import { freeEnergy } from '$lib/engine/monitors';
import { dataMeans, disposeData, unpackRows, uploadData } from '$lib/engine/packed';
import {
	aisStep,
	baseLogOdds,
	defaultSchedule,
	disposeAis,
	disposePath,
	initAis,
	makePath,
	readLogWeights,
	type AisStart,
	type AnnealingPath
} from '$lib/engine/partition';
import { permutation } from '$lib/random/draw';
import { foldIn, keyFromSeed, type Key } from '$lib/random/key';
import {
	aisBracket,
	aisEstimate,
	baseLnZ,
	reverseAisEstimate,
	type AisEstimate
} from '$lib/theory/partitionAis';
import { macrotask } from './clock';
import { KEY } from './keys';
import type { AnnealingOptions, LikelihoodEstimate, LnZEstimate, LnZFrom } from './protocolAnnealing';
import { meanAndError, toRbm } from './record';

/** Children of an annealing's key. */
const FORWARD = 1;
const REVERSE = 2;
const SAMPLES = 3;
/** Steps between two looks at the message queue. */
const AT_ONCE = 10;
/** Rows of data whose free energies are averaged, at most, and how many at once. */
const ROWS = 10_000;
const CHUNK = 1000;

export interface AnnealingSource {
	readonly arrays: ModelArrays;
	readonly beta: number;
	readonly dataset: Dataset;
	readonly step: number;
}

/** Thrown inside to unwind. */
class Cancelled extends Error {}

function check({ chains, temperatures }: AnnealingOptions): void {
	if (!(Number.isInteger(chains) && chains >= 10 && chains <= 1000))
		throw new RangeError('Annealing takes from 10 to 1000 runs.');
	if (!(Number.isInteger(temperatures) && temperatures >= 10 && temperatures <= 100_000))
		throw new RangeError('Annealing takes from 10 to 100,000 temperatures.');
}

const told = ({ lnZ, error, effective, bound, boundError }: AisEstimate): LnZFrom => ({
	lnZ,
	error,
	effective,
	bound,
	boundError
});

export class Annealing {
	#cancelled = false;

	cancel(): void {
		this.#cancelled = true;
	}

	/** @throws RangeError for options out of range; what the backend throws */
	async run(
		source: AnnealingSource,
		options: AnnealingOptions,
		tell: (what: string, done: number) => void
	): Promise<LnZEstimate | null> {
		check(options);
		const { arrays, beta, dataset, step } = source;
		const root = foldIn(keyFromSeed(options.seed), KEY.annealing);
		const model = makeModel(arrays);
		const path = makePath(model, beta, {
			base: baseLogOdds(dataMeans(dataset.train)),
			schedule: defaultSchedule(options.temperatures)
		});
		try {
			const lnZ0 = baseLnZ(toRbm(arrays), path.base);
			const third = (k: number, what: string) => (done: number) => tell(what, (k + done) / 3);
			const up = await this.#anneal(
				path,
				{ direction: 'forward', chains: options.chains },
				foldIn(root, FORWARD),
				third(0, 'Annealing from independent units')
			);
			const samples = await this.#samples(
				model,
				beta,
				dataset.train,
				options,
				foldIn(root, SAMPLES),
				third(1, 'Sampling the machine for the way back')
			);
			let down: Float64Array;
			try {
				down = await this.#anneal(
					path,
					{ direction: 'reverse', samples },
					foldIn(root, REVERSE),
					third(2, 'Annealing back')
				);
			} finally {
				samples.dispose();
			}
			const forward = aisEstimate(up, lnZ0);
			const reverse = reverseAisEstimate(down, lnZ0);
			const likelihood = async (rows: BitRows): Promise<LikelihoodEstimate> => {
				const { mean, error, count } = await this.#minusBetaF(model, beta, rows);
				const ofLnZ = Math.max(forward.error, reverse.error);
				return {
					forward: mean - forward.lnZ,
					reverse: mean - reverse.lnZ,
					error: Math.hypot(error, ofLnZ),
					rows: count
				};
			};
			return {
				step,
				options,
				forward: told(forward),
				reverse: told(reverse),
				bracket: aisBracket(forward, reverse),
				train: await likelihood(dataset.train),
				heldOut: dataset.heldOut ? await likelihood(dataset.heldOut) : null
			};
		} catch (error) {
			if (error instanceof Cancelled) return null;
			throw error;
		} finally {
			disposePath(path);
			disposeModel(model);
		}
	}

	/** Lets messages in; throws when cancelled. */
	async #turn(): Promise<void> {
		await settle();
		await macrotask();
		if (this.#cancelled) throw new Cancelled();
	}

	async #anneal(
		path: AnnealingPath,
		start: AisStart,
		key: Key,
		tell: (done: number) => void
	): Promise<Float64Array> {
		let state = initAis(path, start, key);
		try {
			for (;;) {
				const [next, { steps, total, done }] = aisStep(path, state, AT_ONCE);
				state = next;
				await this.#turn();
				tell(steps / total);
				if (done) return await readLogWeights(state);
			}
		} finally {
			disposeAis(state);
		}
	}

	/** Visible rows after as many Gibbs sweeps from training rows as there are temperatures. Caller disposes. */
	async #samples(
		model: Model,
		beta: number,
		rows: BitRows,
		{ chains, temperatures }: AnnealingOptions,
		key: Key,
		tell: (done: number) => void
	): Promise<tf.Tensor2D> {
		const data = uploadData(rows);
		// with fewer rows than chains, rows serve more than one chain
		const order = permutation(rows.count, foldIn(key, 1));
		const index = Int32Array.from({ length: chains }, (_, i) => order[i % rows.count]);
		const visible = unpackRows(data, index);
		disposeData(data);
		let state = initGibbs(model, beta, chains, foldIn(key, 2), { visible });
		visible.dispose();
		try {
			for (let sweep = 0; sweep < temperatures; sweep += AT_ONCE) {
				[state] = gibbsSweep(model, beta, state, AT_ONCE);
				await this.#turn();
				tell(sweep / temperatures);
			}
			return state.visible.clone();
		} finally {
			disposeGibbs(state);
		}
	}

	/** −β⟨F⟩ over the first rows, with the standard error unless these are all. */
	async #minusBetaF(model: Model, beta: number, rows: BitRows) {
		const count = Math.min(ROWS, rows.count);
		const data = uploadData(rows);
		const values: number[] = [];
		try {
			for (let from = 0; from < count; from += CHUNK) {
				const index = Int32Array.from({ length: Math.min(CHUNK, count - from) }, (_, i) => from + i);
				const f = tf.tidy(() => freeEnergy(model, beta, unpackRows(data, index)));
				values.push(...(await f.data<'float32'>()));
				f.dispose();
				await this.#turn();
			}
		} finally {
			disposeData(data);
		}
		const { mean, error } = meanAndError(values);
		return { mean: -beta * mean, error: count < rows.count || rows.count > 1000 ? beta * error : 0, count };
	}
}
