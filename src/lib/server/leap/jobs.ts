// The life of a job: put aside what it may cost, write it down, send it once, follow it, read its answer, correct the
// budget; cancel it when its time is up. Each step is on disk before the next one that cannot be taken back.
import { createHash } from 'node:crypto';
import { bqmFromJson, bqmToJson } from '$lib/annealer/bqmJson';
import type { Budget } from './budget';
import type { LeapConfig } from './config';
import { LeapFailure } from './failure';
import { jobRequest, type JobRequest } from './jobRequest';
import { readResult, type JobResult } from './jobResult';
import type { JobRecord, Journal } from './journal';
import { labelOf, prepared, type Prepared } from './prepare';
import { Unanswered } from './sapiCall';
import type { Sapi } from './sapi';
import type { ProblemStatus } from './sapiSchemas';
import type { Solvers } from './solvers';

/** Answers that are kept in memory; an older one is asked for again. */
const KEPT_RESULTS = 8;
/** Milliseconds between attempts to end a job whose time is up, and how many. */
const EXPIRY_PAUSE = 30_000;
const EXPIRY_TRIES = 20;

export interface JobParts {
	readonly config: LeapConfig;
	readonly sapi: Sapi;
	readonly solvers: Solvers;
	readonly journal: Journal;
	readonly budget: Budget;
	readonly log: (line: string) => void;
	readonly now: () => number;
}

export interface JobStanding {
	readonly record: JobRecord;
	/** how Leap last said that it stands */
	readonly status: ProblemStatus['status'] | null;
	readonly result: JobResult | null;
}

const ended = (record: JobRecord) => ['refused', 'failed', 'cancelled'].includes(record.state);
const short = (id: string) => id.slice(0, 8);

export class Jobs {
	readonly #parts: JobParts;
	readonly #submitting = new Map<string, { fingerprint: string; done: Promise<JobRecord> }>();
	readonly #finishing = new Map<string, Promise<JobStanding>>();
	readonly #looking = new Map<string, Promise<JobRecord>>();
	readonly #results = new Map<string, JobResult>();
	/** records newer than their file, while the disk cannot be written */
	readonly #unwritten = new Map<string, JobRecord>();
	readonly #timers = new Map<string, NodeJS.Timeout>();

	constructor(parts: JobParts) {
		this.#parts = parts;
	}

	/** Takes up the jobs that were open when the server last stopped, so that their deadlines hold. */
	async resume(): Promise<void> {
		for (const record of await this.#parts.journal.open()) this.#watch(record);
	}

	/** Sends a problem, or finds the job that the same id has begun before. @throws LeapFailure */
	async submit(document: unknown): Promise<JobStanding> {
		const request = jobRequest(document, this.#parts.config.limits);
		const normal = JSON.stringify({ ...request, problem: bqmToJson(request.problem) });
		const fingerprint = createHash('sha256').update(normal).digest('hex');
		const { id } = request;
		const begun = this.#submitting.get(id);
		if (begun && begun.fingerprint !== fingerprint) throw idTaken();
		const done = begun?.done ?? this.#begin(request, fingerprint);
		if (!begun) {
			this.#submitting.set(id, { fingerprint, done });
			// The caller hears of a failure through `done` itself.
			void done.then(
				() => this.#submitting.delete(id),
				() => this.#submitting.delete(id)
			);
		}
		return { record: await done, status: null, result: null };
	}

	async #begin(request: JobRequest, fingerprint: string): Promise<JobRecord> {
		const { solvers, journal, budget, config, now } = this.#parts;
		const earlier = await this.#read(request.id);
		if (earlier && earlier.fingerprint !== fingerprint) throw idTaken();
		if (earlier) return earlier;
		const solver = await solvers.get(request.solver, now());
		const ready = prepared(solver, request, now(), config.limits.deadline);
		const cost = { kind: ready.record.kind, amount: ready.record.cost };
		const day = await budget.reserve(cost, now());
		const record: JobRecord = { ...ready.record, day, fingerprint };
		let created = false;
		try {
			created = await journal.create(record);
		} finally {
			if (!created) await budget.correct(day, cost, 0, now());
		}
		if (!created) throw idTaken();
		return this.#send(record, ready);
	}

	async #send(record: JobRecord, ready: Prepared): Promise<JobRecord> {
		const { sapi, log, solvers } = this.#parts;
		let bought = false;
		try {
			const submission = await ready.submission(sapi);
			bought = true;
			const status = await sapi.submit(submission);
			log(`job ${short(record.id)}: sent to ${record.solver.name}`);
			return await this.#keep({ ...record, state: 'sent', problemId: status.id });
		} catch (error) {
			if (!(error instanceof LeapFailure)) throw error;
			if (bought && error instanceof Unanswered) {
				log(`job ${short(record.id)}: no answer to the submission (${error.code})`);
				const unknown = await this.#keep({ ...record, state: 'unknown', sentence: error.message });
				return this.#look(unknown).catch(() => unknown);
			}
			solvers.forget(record.solver.name);
			log(`job ${short(record.id)}: refused (${error.code})`);
			return this.#end({ ...record, state: 'refused', sentence: error.message }, 0);
		}
	}

	/** How a job stands, after up to `wait` seconds while it is not finished. @throws LeapFailure */
	async standing(id: string, wait: number): Promise<JobStanding> {
		const sending = this.#submitting.get(id);
		let record = sending ? await sending.done : await this.#read(id);
		if (!record) throw new LeapFailure(404, 'unknown-job', 'This server knows no job of that id.');
		if (ended(record)) return { record, status: null, result: null };
		if (record.state === 'sending' || record.state === 'unknown') record = await this.#look(record);
		if (record.problemId === null) return { record, status: null, result: null };
		if (record.state === 'done') return this.#finish(record);
		if (this.#parts.now() >= record.deadline && !record.cancelling)
			record = await this.#stop(record, 'deadline');
		const status = await this.#parts.sapi.status(record.problemId as string, wait);
		return this.#follow(record, status);
	}

	/** Asks for the end of a job. @throws LeapFailure */
	async cancel(id: string): Promise<JobStanding> {
		const { record } = await this.standing(id, 0);
		if (ended(record) || record.state !== 'sent') return { record, status: null, result: null };
		await this.#stop(record, 'visitor');
		return this.standing(id, 0);
	}

	async #stop(record: JobRecord, why: 'visitor' | 'deadline'): Promise<JobRecord> {
		await this.#parts.sapi.cancel(record.problemId as string);
		this.#parts.log(`job ${short(record.id)}: cancelled (${why})`);
		return this.#keep({ ...record, cancelling: record.cancelling ?? why });
	}

	async #follow(record: JobRecord, { status, error_message: words }: ProblemStatus): Promise<JobStanding> {
		if (status === 'COMPLETED') return this.#finish(record);
		if (status === 'FAILED') {
			const sentence = `Leap could not solve the problem.${words ? ` It says: ${words.slice(0, 200)}` : ''}`;
			return {
				record: await this.#end({ ...record, state: 'failed', sentence }, null),
				status,
				result: null
			};
		}
		if (status === 'CANCELLED') {
			const sentence =
				record.cancelling === 'deadline'
					? `The job was not finished within ${Math.round((record.deadline - record.created) / 1000)} s and was cancelled.`
					: 'The job was cancelled.';
			// One that ran may have been charged: what was put aside then stays spent.
			const used = record.seenRunning ? null : 0;
			return {
				record: await this.#end({ ...record, state: 'cancelled', sentence }, used),
				status,
				result: null
			};
		}
		const seen = status === 'IN_PROGRESS' && !record.seenRunning;
		const kept = seen ? await this.#keep({ ...record, seenRunning: true }) : record;
		this.#watch(kept);
		return { record: kept, status, result: null };
	}

	/** Reads the answer of a finished job, once for all who ask. A job whose answer cannot be read can be asked again. */
	#finish(record: JobRecord): Promise<JobStanding> {
		const under = this.#finishing.get(record.id);
		if (under) return under;
		const work = this.#finishOnce(record.id).finally(() => this.#finishing.delete(record.id));
		this.#finishing.set(record.id, work);
		return work;
	}

	async #finishOnce(id: string): Promise<JobStanding> {
		const record = (await this.#read(id)) as JobRecord;
		const kept = this.#results.get(id);
		if (kept) return { record, status: 'COMPLETED', result: kept };
		const answer = await this.#parts.sapi.answer(record.problemId as string);
		const result = readResult(record, bqmFromJson(record.problem), answer);
		this.#results.set(id, result);
		const [oldest] = this.#results.keys();
		if (this.#results.size > KEPT_RESULTS) this.#results.delete(oldest);
		if (record.state === 'done') return { record, status: 'COMPLETED', result };
		const finished = await this.#end({ ...record, state: 'done', sentence: null }, result.used);
		return { record: finished, status: 'COMPLETED', result };
	}

	/** Looks at Leap for a job whose submission was not answered. It is never sent again. */
	#look(record: JobRecord): Promise<JobRecord> {
		const under = this.#looking.get(record.id);
		if (under) return under;
		const work = this.#lookOnce(record).finally(() => this.#looking.delete(record.id));
		this.#looking.set(record.id, work);
		return work;
	}

	async #lookOnce(record: JobRecord): Promise<JobRecord> {
		const found = await this.#parts.sapi.byLabel(labelOf(record.id));
		if (found) {
			this.#parts.log(`job ${short(record.id)}: found at Leap after its submission was not answered`);
			return this.#keep({ ...record, state: 'sent', problemId: found.id, sentence: null });
		}
		const sentence =
			'Leap did not answer when the problem was sent, and does not list it. It may still have taken it, so it is not sent again.';
		return record.state === 'unknown' && record.sentence === sentence
			? record
			: this.#keep({ ...record, state: 'unknown', sentence });
	}

	/** @param used what it took; null: not known, and what was put aside stays spent */
	async #end(record: JobRecord, used: number | null): Promise<JobRecord> {
		const { budget, now, log } = this.#parts;
		clearTimeout(this.#timers.get(record.id));
		this.#timers.delete(record.id);
		const kept = await this.#keep({ ...record, used });
		log(`job ${short(record.id)}: ${record.state}`);
		if (used !== null)
			await budget
				.correct(record.day, { kind: record.kind, amount: record.cost }, used, now())
				.catch(() => log('the budget could not be corrected: the estimate stays spent'));
		return kept;
	}

	async #read(id: string): Promise<JobRecord | undefined> {
		return this.#unwritten.get(id) ?? (await this.#parts.journal.read(id));
	}

	/** The job goes on even when the disk fails: its id is on disk since before it was sent. */
	async #keep(record: JobRecord): Promise<JobRecord> {
		try {
			await this.#parts.journal.write(record);
			this.#unwritten.delete(record.id);
		} catch {
			this.#unwritten.set(record.id, record);
			this.#parts.log(`job ${short(record.id)}: its record could not be written`);
		}
		this.#watch(record);
		return record;
	}

	#watch(record: JobRecord, tries = EXPIRY_TRIES): void {
		if (ended(record) || record.state === 'done' || this.#timers.has(record.id) || tries === 0) return;
		const wait = tries === EXPIRY_TRIES ? Math.max(0, record.deadline - this.#parts.now()) : EXPIRY_PAUSE;
		const timer = setTimeout(
			() => {
				this.#timers.delete(record.id);
				const again = (now: JobRecord) => this.#watch(now, tries - 1);
				this.standing(record.id, 0).then(
					(now) => again(now.record),
					() => again(record)
				);
			},
			Math.min(wait, 2 ** 31 - 1)
		);
		timer.unref();
		this.#timers.set(record.id, timer);
	}
}

const idTaken = () => new LeapFailure(409, 'id-taken', 'This id belongs to another problem already.');
