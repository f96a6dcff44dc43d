// A job for a hybrid solver: the model as dimod's file, uploaded, and a time limit; the answer is a sample set.
import { AnnealerError, energiesOf, type Bqm } from '$lib/annealer/bqm';
import { bqmToFile } from '$lib/annealer/bqmFile';
import { readCount, samplesAs } from '$lib/annealer/sampleSet';
import { sampleSetFromJson } from '$lib/annealer/sampleSetJson';
import { LeapFailure } from './failure';
import type { JobRequest } from './jobRequest';
import type { ReadAnswer } from './qpuJob';
import type { HybridSolver } from './solvers';

export interface HybridJob {
	readonly file: Uint8Array<ArrayBuffer>;
	readonly params: Record<string, unknown>;
	/** seconds */
	readonly cost: number;
}

const MOST_READS = 1_000_000;
const misfit = (sentence: string) => new LeapFailure(422, 'does-not-fit', sentence);

/** Least time limit for n variables, in seconds: straight lines between the points that the solver gives. */
export function minimumTimeLimit(points: readonly (readonly [number, number])[], n: number): number {
	if (n <= points[0][0]) return points[0][1];
	for (let k = 1; k < points.length; k++) {
		const [[n0, t0], [n1, t1]] = [points[k - 1], points[k]];
		if (n <= n1) return n1 > n0 ? t0 + ((n - n0) / (n1 - n0)) * (t1 - t0) : t1;
	}
	return points[points.length - 1][1];
}

/** @throws LeapFailure with the reason for which the problem cannot be sent to this solver */
export function prepareHybrid(solver: HybridSolver, request: JobRequest): HybridJob {
	const { properties: p } = solver;
	for (const field of ['reads', 'annealingTime', 'autoScale', 'chains', 'chainStrength', 'gauge'] as const)
		if (request[field] !== undefined)
			throw misfit(`A hybrid solver takes no ${field}: it takes a timeLimit.`);
	const n = request.problem.labels.length;
	const biases = n + request.problem.quadratic.length;
	if (n > (p.maximum_number_of_variables ?? Infinity))
		throw misfit(`The solver takes ${p.maximum_number_of_variables} variables at most, not ${n}.`);
	if (biases > (p.maximum_number_of_biases ?? Infinity))
		throw misfit(`The solver takes ${p.maximum_number_of_biases} biases at most, not ${biases}.`);
	const least = minimumTimeLimit(p.minimum_time_limit, n);
	const time = request.timeLimit ?? least;
	if (time < least) throw misfit(`The solver needs ${least} s at least for ${n} variables, not ${time} s.`);
	if (!('time_limit' in p.parameters)) throw misfit('The solver does not know the parameter time_limit.');
	return { file: bqmToFile(request.problem), params: { time_limit: time }, cost: time };
}

const unreadable = (why: string) =>
	new LeapFailure(502, 'leap-unreadable', `Leap’s samples cannot be read: ${why}`);

/** @throws LeapFailure for what is no sample set of `problem` */
export function readHybridAnswer(answer: Record<string, unknown>, problem: Bqm): ReadAnswer {
	if (answer.format !== 'bq') throw unreadable('the answer is not in the "bq" format.');
	try {
		const samples = samplesAs(sampleSetFromJson(answer.data), problem.vartype);
		const n = problem.labels.length;
		const at = new Map(samples.labels.map((label, k) => [label, k]));
		const columns = problem.labels.map((label) => at.get(label) ?? -1);
		if (samples.labels.length !== n || columns.includes(-1))
			throw unreadable('they are of other variables than those that were sent.');
		const reads = readCount(samples);
		if (reads === 0 || reads > MOST_READS) throw unreadable(`there are ${reads}.`);
		const rows = new Int8Array(samples.rows.length);
		for (let k = 0; k < rows.length; k++) rows[k] = samples.rows[k - (k % n) + columns[k % n]];
		const energies = energiesOf(problem, rows);
		return {
			samples: { ...samples, labels: problem.labels, rows, energies, info: {} },
			chainBreakFraction: null
		};
	} catch (error) {
		if (error instanceof AnnealerError) throw unreadable(error.message);
		throw error;
	}
}
