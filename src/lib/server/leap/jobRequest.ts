// What a page may ask for: a problem, a solver, and how to run it, checked before anything else is done with it.
import * as v from 'valibot';
import { AnnealerError, type Bqm } from '$lib/annealer/bqm';
import { bqmFromJson } from '$lib/annealer/bqmJson';
import type { LeapLimits } from './config';
import { LeapFailure } from './failure';

const whole = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31));
const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));

/** Made by the page, once for each problem that it means to send: the same id again is the same job. */
export const JobId = v.pipe(
	v.string(),
	v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'a UUID in small letters')
);

const Document = v.strictObject({
	id: JobId,
	solver: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
	/** the graph that the page embedded for; another one now is refused */
	graphId: v.optional(v.pipe(v.string(), v.maxLength(200))),
	/** a dimod model (JSON, schema 3), biases already scaled to what shall be sampled */
	problem: v.unknown(),
	reads: v.optional(v.pipe(whole, v.minValue(1))),
	/** µs */
	annealingTime: v.optional(positive),
	autoScale: v.optional(v.boolean()),
	/** an embedding made by the page: qubits of each variable's chain; made here when there is none */
	chains: v.optional(v.array(v.array(whole))),
	chainStrength: v.optional(positive),
	/** seed of a spin reversal */
	gauge: v.optional(whole),
	/** seconds of a hybrid solver */
	timeLimit: v.optional(positive)
});

export interface JobRequest extends Omit<v.InferOutput<typeof Document>, 'problem'> {
	readonly problem: Bqm;
}

/** @throws LeapFailure naming the field that is wrong or over a limit of this server */
export function jobRequest(document: unknown, limits: LeapLimits): JobRequest {
	const read = v.safeParse(Document, document);
	if (!read.success) {
		const [issue] = read.issues;
		const field = v.getDotPath(issue);
		// The key of an unknown field is the sender's own text: it is not repeated.
		const what =
			issue.type === 'strict_object'
				? 'it has a field that is not known'
				: `${field ?? 'the whole'} is wrong`;
		throw new LeapFailure(400, 'bad-request', `This is no job: ${what}.`);
	}
	const d = read.output;
	const over = (sentence: string) => new LeapFailure(422, 'over-limit', sentence);
	if ((d.reads ?? 1) > limits.reads)
		throw over(`This server allows ${limits.reads} reads at most, not ${d.reads}.`);
	if ((d.annealingTime ?? 0) > limits.annealingTime)
		throw over(
			`This server allows ${limits.annealingTime} µs of annealing at most, not ${d.annealingTime} µs.`
		);
	if ((d.timeLimit ?? 0) > limits.hybridSeconds)
		throw over(
			`This server allows ${limits.hybridSeconds} s of a hybrid solver at most, not ${d.timeLimit} s.`
		);
	let problem: Bqm;
	try {
		problem = bqmFromJson(d.problem);
	} catch (error) {
		if (error instanceof AnnealerError) throw new LeapFailure(400, 'bad-request', error.message);
		throw error;
	}
	const n = problem.labels.length;
	if (n === 0) throw new LeapFailure(400, 'bad-request', 'The problem has no variables.');
	if (n > limits.variables)
		throw over(`This server allows ${limits.variables} variables at most; the problem has ${n}.`);
	return { ...d, problem };
}
