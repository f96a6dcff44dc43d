// Simulated annealing, the sampler that needs no account: sweeps of single-spin updates along a schedule of β. With
// Metropolis acceptance it is dwave-samplers' default, good at ground states; with Gibbs acceptance at a constant β it
// is a Boltzmann sampler (sequential Metropolis is not ergodic on flat landscapes).
import { foldIn, keyFromSeed } from '../random/key';
import { uniformOf } from '../random/philox';
import { defaultBetaRange, geometricSchedule } from './annealingSchedule';
import { AnnealerError, neighboursOf, toSpin, type Bqm } from './bqm';
import { collectReads, samplesAs, type SampleSet } from './sampleSet';
import { wordStream } from './wordStream';

export interface AnnealingOptions {
	readonly reads: number;
	/** sweeps a read; with a schedule given, its length */
	readonly sweeps?: number;
	/** β of each sweep; default: geometric between `defaultBetaRange` */
	readonly schedule?: ArrayLike<number>;
	readonly acceptance?: 'metropolis' | 'gibbs';
	readonly seed: number;
}

/**
 * One read after the other; yields the number done, so that a worker can report and be cancelled between reads.
 * @throws AnnealerError for numbers of reads or sweeps that are no whole number from 1
 */
export function* annealingReads(problem: Bqm, options: AnnealingOptions): Generator<number, SampleSet> {
	const bqm = toSpin(problem);
	const { reads, sweeps = 1000, acceptance = 'metropolis', seed } = options;
	for (const [name, count] of [['reads', reads] as const, ['sweeps', sweeps] as const])
		if (!(Number.isInteger(count) && count >= 1))
			throw new AnnealerError(`The number of ${name} is a whole number from 1, not ${count}.`);
	const schedule = options.schedule ?? geometricSchedule(defaultBetaRange(bqm), sweeps);
	const n = bqm.labels.length;
	const rows = new Int8Array(reads * n);
	const near = neighboursOf(bqm);
	const key = foldIn(keyFromSeed(seed), 0);
	const field = new Float64Array(n);
	for (let read = 0; read < reads; read++) {
		const spins = rows.subarray(read * n, read * n + n);
		const next = wordStream(key, read);
		for (let i = 0; i < n; i++) spins[i] = next() & 1 ? 1 : -1;
		fields(bqm, near, spins, field);
		for (let sweep = 0; sweep < schedule.length; sweep++)
			sweepOnce(near, spins, field, schedule[sweep], acceptance === 'gibbs', next);
		yield read + 1;
	}
	const info = {
		sampler: 'simulated annealing',
		acceptance,
		reads,
		sweeps: schedule.length,
		betaRange: [schedule[0], schedule[schedule.length - 1]],
		seed
	};
	return samplesAs(collectReads(bqm, rows, info), problem.vartype);
}

/** All reads at once. */
export function anneal(problem: Bqm, options: AnnealingOptions): SampleSet {
	const job = annealingReads(problem, options);
	for (;;) {
		const next = job.next();
		if (next.done) return next.value;
	}
}

/** hᵢ + Σ Jᵢⱼsⱼ of every spin. */
function fields(
	bqm: Bqm,
	{ start, other, bias }: ReturnType<typeof neighboursOf>,
	spins: Int8Array,
	out: Float64Array
): void {
	for (let i = 0; i < spins.length; i++) {
		let f = bqm.linear[i];
		for (let k = start[i]; k < start[i + 1]; k++) f += bias[k] * spins[other[k]];
		out[i] = f;
	}
}

function sweepOnce(
	{ start, other, bias }: ReturnType<typeof neighboursOf>,
	spins: Int8Array,
	field: Float64Array,
	beta: number,
	gibbs: boolean,
	next: () => number
): void {
	for (let i = 0; i < spins.length; i++) {
		// Flipping costs −2 s f.
		const cost = -2 * beta * spins[i] * field[i];
		let flips: boolean;
		if (gibbs) flips = uniformOf(next()) * (1 + Math.exp(cost)) < 1;
		else flips = cost <= 0 || (cost < 23 && uniformOf(next()) < Math.exp(-cost));
		if (!flips) continue;
		spins[i] = -spins[i];
		const twice = 2 * spins[i];
		for (let k = start[i]; k < start[i + 1]; k++) field[other[k]] += bias[k] * twice;
	}
}
