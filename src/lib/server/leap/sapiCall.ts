// One call to SAPI over HTTP: headers, a time limit, a limit on what is read, and every way it can fail turned into a
// sentence. A GET is repeated when Leap says after how many seconds it may be; anything else is sent once only.
import * as v from 'valibot';
import { LeapFailure } from './failure';
import { quoted } from './redact';

export interface CallOptions {
	readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** the middle of the media type that is asked for */
	readonly accept?: string;
	readonly json?: unknown;
	readonly bytes?: Uint8Array<ArrayBuffer>;
	readonly headers?: Readonly<Record<string, string>>;
	/** milliseconds */
	readonly timeout: number;
}

/** A call of which it is not known whether Leap took it: the request left, and no answer came. */
export class Unanswered extends LeapFailure {
	override name = 'Unanswered';
}

/** Bytes of an answer that are read at most: samples of 10 000 reads of a whole chip are about 8 MB. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Times that a GET is repeated, and the longest pause before it, in seconds. */
const REPEATS = 2;
const LONGEST_PAUSE = 5;

export class SapiCaller {
	readonly #endpoint: string;
	readonly #token: string;
	readonly #redact: (text: string) => string;

	constructor(endpoint: string, token: string, redact: (text: string) => string) {
		this.#endpoint = endpoint;
		this.#token = token;
		this.#redact = redact;
	}

	/** The answer, checked against `schema`. @throws LeapFailure */
	async call<S extends v.GenericSchema>(
		path: string,
		schema: S,
		options: CallOptions
	): Promise<v.InferOutput<S>> {
		for (let k = 0; ; k++)
			try {
				return await this.#once(path, schema, options);
			} catch (error) {
				const pause = error instanceof LeapFailure ? error.retryAfter : undefined;
				const again = (options.method ?? 'GET') === 'GET' && k < REPEATS;
				if (pause === undefined || pause > LONGEST_PAUSE || !again) throw error;
				await new Promise((resume) => setTimeout(resume, 1000 * pause));
			}
	}

	async #once<S extends v.GenericSchema>(
		path: string,
		schema: S,
		options: CallOptions
	): Promise<v.InferOutput<S>> {
		const { method = 'GET', accept, json, bytes } = options;
		const headers: Record<string, string> = { 'X-Auth-Token': this.#token, ...options.headers };
		headers.Accept = accept ? `application/vnd.dwave.sapi.${accept}+json; version=3.0.0` : 'application/json';
		if (json !== undefined) headers['Content-Type'] = 'application/json';
		if (bytes) headers['Content-Type'] = 'application/octet-stream';
		const body = bytes ?? (json === undefined ? undefined : JSON.stringify(json));
		let response: Response;
		let text: string;
		try {
			// A redirect would carry the token elsewhere.
			response = await fetch(new URL(path, this.#endpoint), {
				method,
				headers,
				body,
				redirect: 'error',
				signal: AbortSignal.timeout(options.timeout)
			});
			text = await readText(response, MOST_BYTES);
		} catch (error) {
			throw unanswered(error, options.timeout);
		}
		if (!response.ok) throw this.#refusal(response, text, method);
		// Where nothing of the answer is used, it may be empty.
		if (schema.type === 'unknown') return undefined as v.InferOutput<S>;
		let document: unknown;
		try {
			document = JSON.parse(text);
		} catch {
			throw unreadable('it is no JSON', method);
		}
		const read = v.safeParse(schema, document);
		if (read.success) return read.output;
		const [issue] = read.issues;
		throw unreadable(`${v.getDotPath(issue) ?? 'the whole'} is not what it should be`, method);
	}

	/** What an error answer means, as a sentence. */
	#refusal(response: Response, text: string, method: string): LeapFailure {
		const { status } = response;
		const words = this.#redact(errorWords(text));
		const said = words ? ` It says ${quoted(words)}.` : '';
		if (status === 401)
			return new LeapFailure(502, 'leap-refused-token', 'Leap does not accept the token of this server.');
		if (status === 403)
			return new LeapFailure(502, 'leap-refused-token', 'The token of this server may not do this at Leap.');
		if (status === 429) {
			const wait = retryAfter(response.headers.get('Retry-After'));
			const when = wait === undefined ? 'Try again in a while.' : `Try again in ${wait} s.`;
			return new LeapFailure(503, 'leap-busy', `Leap takes no more requests just now. ${when}`, wait);
		}
		if (status >= 500) {
			const wait = retryAfter(response.headers.get('Retry-After'));
			// A gateway's 5xx may hide that the problem arrived: only a GET is sure to have done nothing.
			const Kind = method === 'GET' ? LeapFailure : Unanswered;
			return new Kind(502, 'leap-failed', `Leap had a fault of its own (${status}).${said}`, wait);
		}
		if (status === 404)
			return new LeapFailure(
				502,
				'leap-refused',
				`Leap does not know what it was asked for (404).${said}`,
				undefined,
				404
			);
		return new LeapFailure(502, 'leap-refused', `Leap refused (${status}).${said}`, undefined, status);
	}
}

/** An answer to a POST that cannot be read leaves open what was done: as if it had not come. */
function unreadable(why: string, method: string): LeapFailure {
	const sentence = `Leap’s answer cannot be read: ${why}.`;
	return method === 'GET'
		? new LeapFailure(502, 'leap-unreadable', sentence)
		: new Unanswered(502, 'leap-unreadable', sentence);
}

function unanswered(error: unknown, timeout: number): LeapFailure {
	if (error instanceof LeapFailure) return error;
	if (error instanceof Error && error.name === 'TimeoutError')
		return new Unanswered(504, 'leap-unreachable', `Leap did not answer within ${timeout / 1000} s.`);
	const cause = (error as { cause?: { code?: unknown } } | null)?.cause?.code;
	// Refused before a connection stood: nothing was sent.
	if (cause === 'ECONNREFUSED' || cause === 'ENOTFOUND' || cause === 'EAI_AGAIN')
		return new LeapFailure(502, 'leap-unreachable', 'Leap cannot be reached from this server.');
	return new Unanswered(502, 'leap-unreachable', 'The connection to Leap broke off.');
}

/** `error_msg` of a JSON answer, or the text itself when it is none. */
function errorWords(text: string): string {
	try {
		const document = JSON.parse(text) as { error_msg?: unknown } | null;
		return typeof document?.error_msg === 'string' ? document.error_msg : '';
	} catch {
		return /^\s*</.test(text) ? '' : text;
	}
}

/** Seconds from now, from either form of the header. */
export function retryAfter(header: string | null): number | undefined {
	if (!header) return undefined;
	const seconds = /^\d+$/.test(header.trim())
		? Number(header)
		: Math.ceil((Date.parse(header) - Date.now()) / 1000);
	return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 86_400) : undefined;
}

async function readText(response: Response, most: number): Promise<string> {
	if (!response.body) return '';
	const reader = response.body.getReader();
	const parts: Uint8Array[] = [];
	let size = 0;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) break;
		size += value.length;
		if (size > most) {
			await reader.cancel();
			throw new Unanswered(502, 'leap-unreadable', 'Leap’s answer is too long to be read.');
		}
		parts.push(value);
	}
	return Buffer.concat(parts).toString('utf8');
}
