// A request and a solver made into what is sent and what is remembered.
import { bqmToJson } from '$lib/annealer/bqmJson';
import { LeapFailure } from './failure';
import { prepareHybrid } from './hybridJob';
import type { JobRequest } from './jobRequest';
import type { JobRecord } from './journal';
import { prepareQpu } from './qpuJob';
import type { Sapi, Submission } from './sapi';
import type { Solver } from './solvers';

/** The label that a problem carries at Leap, by which it is found again when the answer to its submission is lost. */
export const labelOf = (id: string) => `reciprocal-${id}`;

export interface Prepared {
	readonly record: Omit<JobRecord, 'day' | 'fingerprint'>;
	/** Makes what is sent; a hybrid solver's model is uploaded by it. */
	submission(sapi: Sapi): Promise<Submission>;
}

/** @param deadline seconds @throws LeapFailure with the reason for which it cannot be sent */
export function prepared(solver: Solver, request: JobRequest, now: number, deadline: number): Prepared {
	const { name } = solver.identity;
	if (request.graphId !== undefined && request.graphId !== solver.graphId)
		throw new LeapFailure(
			409,
			'graph-changed',
			`The chip of ${name} has changed since the page embedded the problem. Load the solver again.`
		);
	if (!['ONLINE', 'online'].includes(solver.status))
		throw new LeapFailure(503, 'leap-busy', `The solver ${name} is not on line just now.`);
	const common = {
		id: request.id,
		state: 'sending' as const,
		problemId: null,
		solver: { name, graphId: solver.graphId },
		problem: bqmToJson(request.problem),
		used: null,
		created: now,
		deadline: now + 1000 * deadline,
		seenRunning: false,
		cancelling: null,
		sentence: null
	};
	const label = labelOf(request.id);
	if (solver.kind === 'qpu') {
		const { data, params, plan, cost } = prepareQpu(solver, request);
		const submission: Submission = { solver: solver.identity, data, type: 'ising', params, label };
		return { record: { ...common, kind: 'qpu', plan, cost }, submission: async () => submission };
	}
	const { file, params, cost } = prepareHybrid(solver, request);
	return {
		record: { ...common, kind: 'hybrid', plan: null, cost },
		submission: async (sapi) => {
			const data = { format: 'ref', data: await sapi.upload(file) };
			return { solver: solver.identity, data, type: 'bqm', params, label };
		}
	};
}
