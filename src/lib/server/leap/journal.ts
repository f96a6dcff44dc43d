// Every job that was ever begun, a file each, written before the problem is sent: that is why a repeated id never buys
// twice, also when the answer to it was lost or the server was started anew.
import * as v from 'valibot';
import { LeapFailure } from './failure';
import { JobId } from './jobRequest';
import { QpuPlan } from './qpuJob';
import type { StateFiles } from './stateFiles';

/**
 * sending: written down, the answer to the submission has not come (or did not before the server stopped); unknown: it
 * will not come any more; sent: Leap has it. The others are ends.
 */
export const jobStates = ['sending', 'unknown', 'sent', 'refused', 'done', 'failed', 'cancelled'] as const;
export type JobState = (typeof jobStates)[number];

const Record = v.object({
	id: JobId,
	/** SHA-256 of the request: another problem under the same id is refused */
	fingerprint: v.string(),
	state: v.picklist(jobStates),
	/** Leap's own id */
	problemId: v.nullable(v.string()),
	solver: v.object({ name: v.string(), graphId: v.nullable(v.string()) }),
	kind: v.picklist(['qpu', 'hybrid']),
	/** dimod model, as it was asked for */
	problem: v.unknown(),
	/** null for a hybrid solver */
	plan: v.nullable(QpuPlan),
	/** what was put aside: µs for a QPU, seconds for a hybrid solver; and on which day */
	cost: v.number(),
	day: v.string(),
	/** what it took in the end, where that is known */
	used: v.nullable(v.number()),
	/** ms since 1970 */
	created: v.number(),
	deadline: v.number(),
	/** Leap was seen working on it */
	seenRunning: v.boolean(),
	/** its end was asked for, and why */
	cancelling: v.nullable(v.picklist(['visitor', 'deadline'])),
	/** what there is to say about how it ended */
	sentence: v.nullable(v.string())
});
export type JobRecord = v.InferOutput<typeof Record>;

const trouble = (what: string) =>
	new LeapFailure(503, 'state', `The server cannot ${what} its record of the job.`);

export class Journal {
	readonly #files: StateFiles;

	constructor(files: StateFiles) {
		this.#files = files;
	}

	/** @throws LeapFailure when there is a file that cannot be read */
	async read(id: string): Promise<JobRecord | undefined> {
		let kept: unknown;
		try {
			kept = await this.#files.read(`${id}.json`);
		} catch {
			throw trouble('read');
		}
		if (kept === undefined) return undefined;
		const read = v.safeParse(Record, kept);
		if (!read.success) throw trouble('read');
		return read.output;
	}

	/** @returns false when there is one of that id already */
	async create(record: JobRecord): Promise<boolean> {
		try {
			return await this.#files.create(`${record.id}.json`, record);
		} catch {
			throw trouble('write');
		}
	}

	async write(record: JobRecord): Promise<void> {
		try {
			await this.#files.write(`${record.id}.json`, record);
		} catch {
			throw trouble('write');
		}
	}

	/** Jobs that have not ended. Files that cannot be read are left out here, and refused when they are asked for. */
	async open(): Promise<JobRecord[]> {
		const found: JobRecord[] = [];
		for (const name of await this.#files.list()) {
			const id = name.slice(0, -'.json'.length);
			if (!v.is(JobId, id)) continue;
			const record = await this.read(id).catch(() => undefined);
			if (record && ['sending', 'unknown', 'sent'].includes(record.state)) found.push(record);
		}
		return found;
	}
}
