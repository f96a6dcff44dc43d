// A job for a QPU: the problem on its chains in the "qp" encoding, every limit of the solver looked at before it is sent,
// and the answer read back as samples of the problem.
import * as v from 'valibot';
import { qpuAccessTime } from '$lib/annealer/accessTime';
import { AnnealerError, toSpin, type Bqm } from '$lib/annealer/bqm';
import { embeddingFaults, pairsOf, type Embedding } from '$lib/annealer/embedding/embedding';
import { embedProblem, unembed, uniformTorqueCompensation } from '$lib/annealer/embedding/embedProblem';
import { decodeQp, encodeQp } from '$lib/annealer/qp';
import type { SampleSet } from '$lib/annealer/sampleSet';
import { randomGauge, rangeViolations, reversed, reversedSamples } from '$lib/annealer/scaling';
import { LeapFailure } from './failure';
import type { JobRequest } from './jobRequest';
import type { QpuSolver } from './solvers';

/** What is needed to read the answer. */
export const QpuPlan = v.object({
	chains: v.array(v.array(v.number())),
	strength: v.number(),
	gauge: v.nullable(v.number()),
	reads: v.number()
});
export type QpuPlan = v.InferOutput<typeof QpuPlan>;

export interface QpuJob {
	readonly data: unknown;
	readonly params: Record<string, unknown>;
	readonly plan: QpuPlan;
	/** estimated access time, µs */
	readonly cost: number;
}

/**
 * Units of a layer up to which the server embeds by itself: a search takes a second at this size, and half a minute where
 * a larger one fails on a chip with defects. The page has a worker for those.
 */
const MOST_UNITS = 64;

const misfit = (sentence: string) => new LeapFailure(422, 'does-not-fit', sentence);
const range = ([low, high]: readonly [number, number]) => `${low} to ${high}`;

/** @throws LeapFailure with the reason for which the problem cannot be sent to this solver */
export function prepareQpu(solver: QpuSolver, request: JobRequest): QpuJob {
	const { properties: p, chip } = solver;
	const problem = toSpin(request.problem);
	const reads = request.reads ?? 100;
	const inside = (x: number, [low, high]: readonly [number, number]) => x >= low && x <= high;
	if (!inside(reads, p.num_reads_range))
		throw misfit(`The solver takes ${range(p.num_reads_range)} reads, not ${reads}.`);
	if (request.annealingTime !== undefined && !inside(request.annealingTime, p.annealing_time_range))
		throw misfit(
			`The solver anneals for ${range(p.annealing_time_range)} µs, not ${request.annealingTime} µs.`
		);
	if (request.timeLimit !== undefined) throw misfit('A QPU takes no time limit: it takes reads.');

	const embedding = embeddingOf(solver, problem, request.chains);
	const strength = request.chainStrength ?? uniformTorqueCompensation(problem);
	let physical = embedProblem(problem, chip, embedding, strength);
	if (request.gauge !== undefined)
		physical = reversed(physical, randomGauge(physical.labels.length, request.gauge, 0));
	if (!request.autoScale) {
		const [violation] = rangeViolations(physical, solver.ranges);
		if (violation) throw misfit(`On its chains the problem is out of the solver’s range. ${violation}`);
	}
	const params: Record<string, unknown> = { num_reads: reads, auto_scale: request.autoScale ?? false };
	if (request.annealingTime !== undefined) params.annealing_time = request.annealingTime;
	for (const name of Object.keys(params))
		if (!(name in p.parameters)) throw misfit(`The solver does not know the parameter ${name}.`);

	const anneal = request.annealingTime ?? p.problem_timing_data.default_annealing_time;
	const run =
		reads * (anneal + p.problem_timing_data.default_readout_thermalization) +
		p.problem_timing_data.default_programming_thermalization;
	if (p.problem_run_duration_range && run > p.problem_run_duration_range[1])
		throw misfit(
			`The run would last ${Math.round(run)} µs; the solver allows ${p.problem_run_duration_range[1]} µs.`
		);
	const qubits = physical.labels.length;
	const cost = qpuAccessTime(p.problem_timing_data, {
		qubits,
		reads,
		annealingTime: request.annealingTime
	});
	if (!Number.isFinite(cost) || cost <= 0)
		throw misfit('The solver’s timing gives no estimate of what the problem would cost: it is not sent.');

	const name = (k: number) => physical.labels[k] as number;
	const data = encodeQp(
		p.qubits,
		p.couplers,
		physical.labels.map((q, k) => [q as number, physical.linear[k]] as const),
		Array.from(physical.quadratic, (j, k) => [name(physical.heads[k]), name(physical.tails[k]), j] as const),
		physical.offset
	);
	const chains = embedding.chains.map((chain) => [...chain]);
	return { data, params, plan: { chains, strength, gauge: request.gauge ?? null, reads }, cost };
}

/** The page's embedding, verified coupler by coupler, or one made here. */
function embeddingOf(solver: QpuSolver, problem: Bqm, given: JobRequest['chains']): Embedding {
	const n = problem.labels.length;
	if (given) {
		if (given.length !== n) throw misfit(`The embedding has ${given.length} chains for ${n} variables.`);
		// Before anything that takes time with the length of chains times their number.
		const used = given.flat();
		if (new Set(used).size !== used.length)
			throw misfit('The embedding is not valid on this chip. It uses a qubit twice.');
		const [fault] = embeddingFaults(solver.chip, { chains: given }, pairsOf(problem));
		if (fault) throw misfit(`The embedding is not valid on this chip. ${fault}`);
		return { chains: given };
	}
	const N = layerOf(problem);
	if (N === null)
		throw misfit('The problem is no RBM (two layers, one after the other): send an embedding with it.');
	const M = n - N;
	if (Math.max(N, M) > MOST_UNITS)
		throw misfit(
			`This server embeds up to ${MOST_UNITS} × ${MOST_UNITS} units itself; send an embedding of the ${N} × ${M} units.`
		);
	const found = solver.biclique(N, M);
	if (found) return found;
	throw misfit(`No embedding of ${N} × ${M} units was found on this chip.`);
}

/** The number of variables of the first layer when only first and second layer are coupled; null otherwise. */
function layerOf(problem: Bqm): number | null {
	let first = 0;
	let second = problem.labels.length - 1;
	for (let k = 0; k < problem.heads.length; k++) {
		first = Math.max(first, Math.min(problem.heads[k], problem.tails[k]));
		second = Math.min(second, Math.max(problem.heads[k], problem.tails[k]));
	}
	return first < second ? first + 1 : null;
}

export interface ReadAnswer {
	readonly samples: SampleSet;
	/** null for a hybrid solver */
	readonly chainBreakFraction: number | null;
}

const unreadable = (why: string) =>
	new LeapFailure(502, 'leap-unreadable', `Leap’s samples cannot be read: ${why}`);

/** @param tieSeed decides what a tie in a broken chain becomes @throws LeapFailure for an answer to another problem */
export function readQpuAnswer(answer: unknown, problem: Bqm, plan: QpuPlan, tieSeed: number): ReadAnswer {
	const sent = plan.chains.flat().sort((a, b) => a - b);
	try {
		const qp = decodeQp(answer, 'SPIN');
		const active = qp.activeVariables;
		if (active.length !== sent.length || sent.some((q, k) => q !== active[k]))
			throw unreadable('they are of other qubits than those that were sent.');
		let reads = 0;
		for (const count of qp.occurrences) reads += count;
		if (reads === 0) throw unreadable('there are none.');
		if (reads > plan.reads) throw unreadable(`there are ${reads}, and ${plan.reads} were asked for.`);
		if (qp.energies.some((e) => !Number.isFinite(e))) throw unreadable('an energy is no number.');
		let physical: SampleSet = {
			vartype: 'SPIN',
			labels: sent,
			rows: qp.rows,
			energies: qp.energies,
			occurrences: qp.occurrences,
			info: {}
		};
		if (plan.gauge !== null) physical = reversedSamples(physical, randomGauge(sent.length, plan.gauge, 0));
		return unembed(problem, { chains: plan.chains }, physical, tieSeed);
	} catch (error) {
		if (error instanceof AnnealerError) throw unreadable(error.message);
		throw error;
	}
}
