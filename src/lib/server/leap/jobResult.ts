// The answer to a finished job as the page gets it: samples, timing, broken chains.
import * as v from 'valibot';
import type { Bqm } from '$lib/annealer/bqm';
import { sampleSetToJson } from '$lib/annealer/sampleSetJson';
import { LeapFailure } from './failure';
import { readHybridAnswer } from './hybridJob';
import type { JobRecord } from './journal';
import { readQpuAnswer } from './qpuJob';
import { AnswerTiming } from './sapiSchemas';

export interface JobResult {
	/** dimod's sample set, JSON schema 3 */
	readonly samples: Record<string, unknown>;
	readonly chainBreakFraction: number | null;
	/** times that Leap reports, in µs */
	readonly timing: Readonly<Record<string, number>>;
	/** what it took of the budget: µs of QPU access, seconds of a hybrid solver; null when Leap does not say */
	readonly used: number | null;
}

/** @throws LeapFailure for an answer that is not one to this job */
export function readResult(record: JobRecord, problem: Bqm, answer: Record<string, unknown>): JobResult {
	const timing = timingOf(answer);
	const tieSeed = parseInt(record.id.slice(0, 8), 16);
	const read =
		record.kind === 'qpu' && record.plan
			? readQpuAnswer(answer, problem, record.plan, tieSeed)
			: readHybridAnswer(answer, problem);
	const info = {
		sampler: `D-Wave Leap, ${record.solver.name}`,
		graph: record.solver.graphId,
		sent: new Date(record.created).toISOString(),
		timing,
		chainBreakFraction: read.chainBreakFraction,
		chainStrength: record.plan?.strength ?? null
	};
	const used = record.kind === 'qpu' ? timing.qpu_access_time : timing.run_time / 1e6;
	return {
		samples: sampleSetToJson({ ...read.samples, info }),
		chainBreakFraction: read.chainBreakFraction,
		timing,
		used: Number.isFinite(used) ? used : null
	};
}

/** Finite numbers among the timing fields, which stand in the answer itself or in its sample set. */
function timingOf(answer: Record<string, unknown>): Record<string, number> {
	const inside = (answer.data as { info?: { timing?: unknown } } | null | undefined)?.info?.timing;
	const given = answer.timing ?? inside ?? {};
	if (!v.is(v.record(v.string(), v.unknown()), given) || !v.is(AnswerTiming, given))
		throw new LeapFailure(502, 'leap-unreadable', 'Leap’s timing of the job cannot be read.');
	const numbers = Object.entries(given).filter(
		(entry): entry is [string, number] =>
			/^(qpu|total|post|run|charge)_[a-z_]{1,60}$/.test(entry[0]) &&
			typeof entry[1] === 'number' &&
			Number.isFinite(entry[1])
	);
	return Object.fromEntries(numbers.slice(0, 50));
}
