// SAPI as this server uses it: solvers, problems, answers and uploads, each a call with its schema.
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { LeapFailure } from './failure';
import { quoted } from './redact';
import { SapiCaller } from './sapiCall';
import * as shapes from './sapiSchemas';

/** Bytes of one part of an upload. */
export const PART_BYTES = 5_242_880;
/** Newest problems that are looked through for one whose submission was not answered. */
const NEWEST = 100;

export type Identity = v.InferOutput<typeof shapes.Identity>;
export type SolverEntry = v.InferOutput<typeof shapes.SolverEntry>;
export type SolverDocument = v.InferOutput<typeof shapes.SolverDocument>;

export interface Submission {
	readonly solver: Identity;
	readonly data: unknown;
	readonly type: 'ising' | 'bqm';
	readonly params: Readonly<Record<string, unknown>>;
	readonly label: string;
}

export class Sapi {
	readonly #caller: SapiCaller;
	readonly #redact: (text: string) => string;
	readonly #timeout: number;

	/** @param timeout milliseconds for a call that is no long poll */
	constructor(endpoint: string, token: string, redact: (text: string) => string, timeout: number) {
		this.#caller = new SapiCaller(endpoint, token, redact);
		this.#redact = redact;
		this.#timeout = timeout;
	}

	solvers(): Promise<SolverEntry[]> {
		const path = 'solvers/remote/?filter=none,%2Bidentity,%2Bstatus,%2Bavg_load';
		const options = { accept: 'solver-definition-list', timeout: this.#timeout };
		return this.#caller.call(path, shapes.SolverList, options);
	}

	solver(name: string): Promise<SolverDocument> {
		const path = `solvers/remote/${encodeURIComponent(name)}`;
		const options = { accept: 'solver-definition', timeout: this.#timeout };
		return this.#caller.call(path, shapes.SolverDocument, options);
	}

	/** Sends one problem, once. @throws Unanswered when it is not known whether Leap took it */
	async submit(submission: Submission): Promise<shapes.ProblemStatus> {
		const options = {
			method: 'POST' as const,
			accept: 'problems',
			json: [submission],
			timeout: this.#timeout
		};
		const list = await this.#caller.call('problems/', v.pipe(shapes.StatusList, v.length(1)), options);
		return this.#taken(list[0]);
	}

	/** How a problem stands, after up to `wait` seconds (1 to 30) while it is not finished. */
	async status(id: string, wait: number): Promise<shapes.ProblemStatus> {
		const options = { accept: 'problems', timeout: this.#timeout + 1000 * wait };
		const query = wait >= 1 ? `&timeout=${Math.min(30, Math.round(wait))}` : '';
		const path = `problems/?id=${encodeURIComponent(id)}${query}`;
		const list = await this.#caller.call(path, shapes.StatusList, options);
		const own = list.find((item) => 'id' in item && item.id === id);
		const [first] = list;
		if (!own && first && 'error_code' in first) return this.#taken(first);
		if (!own)
			throw new LeapFailure(502, 'leap-unreadable', 'Leap’s list of problems leaves out the one asked for.');
		return this.#taken(own);
	}

	/** A problem by its label among the newest ones; null when it is not there. */
	async byLabel(label: string): Promise<shapes.ProblemStatus | null> {
		const options = { accept: 'problems', timeout: this.#timeout };
		const list = await this.#caller.call(`problems/?max_results=${NEWEST}`, shapes.StatusList, options);
		for (const item of list) if ('id' in item && item.label === label) return item;
		return null;
	}

	async answer(id: string): Promise<Record<string, unknown>> {
		const options = { accept: 'problem-answer', timeout: this.#timeout };
		const path = `problems/${encodeURIComponent(id)}/answer`;
		return (await this.#caller.call(path, shapes.Answer, options)).answer;
	}

	/** Asks for the end of a problem; one that has ended already is no failure. */
	async cancel(id: string): Promise<void> {
		const options = { method: 'DELETE' as const, accept: 'problem', timeout: this.#timeout };
		try {
			await this.#caller.call(`problems/${encodeURIComponent(id)}`, v.unknown(), options);
		} catch (error) {
			const finished = error instanceof LeapFailure && error.upstream === 409;
			if (!finished) throw error;
		}
	}

	/** Uploads a model file in parts. @returns the id that a problem refers to it by */
	async upload(file: Uint8Array<ArrayBuffer>): Promise<string> {
		const timeout = this.#timeout;
		const start = { method: 'POST' as const, json: { size: file.length }, timeout };
		const { id } = await this.#caller.call('bqm/multipart', shapes.UploadStarted, start);
		const digests: Buffer[] = [];
		for (let at = 0, part = 1; at < file.length; at += PART_BYTES, part++) {
			const bytes = file.slice(at, at + PART_BYTES);
			const digest = createHash('md5').update(bytes).digest();
			digests.push(digest);
			const headers = { 'Content-MD5': digest.toString('base64') };
			const options = { method: 'PUT' as const, bytes, headers, timeout };
			await this.#caller.call(`bqm/multipart/${id}/part/${part}`, v.unknown(), options);
		}
		const checksum = createHash('md5').update(Buffer.concat(digests)).digest('hex');
		const end = { method: 'POST' as const, json: { checksum }, timeout };
		await this.#caller.call(`bqm/multipart/${id}/combine`, v.unknown(), end);
		return id;
	}

	#taken(item: v.InferOutput<typeof shapes.StatusList>[number]): shapes.ProblemStatus {
		if ('id' in item) {
			const words = item.error_message ? this.#redact(item.error_message) : item.error_message;
			return { ...item, error_message: words };
		}
		const words = quoted(this.#redact(item.error_msg));
		throw new LeapFailure(502, 'leap-refused', `Leap refused (${item.error_code}). It says ${words}.`);
	}
}
