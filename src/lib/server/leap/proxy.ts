// The optional annealer route as one function from requests to answers, the same under Kit and in tests. Order matters:
// who asks, how often, and only then what.
import * as v from 'valibot';
import { Budget } from './budget';
import { readJson } from './body';
import { readConfig, type ConfigRead, type Environment, type LeapConfig } from './config';
import { LeapFailure } from './failure';
import { checkCode, checkSameOrigin, CODE_HEADER, hasCode } from './guard';
import { JobId } from './jobRequest';
import { Jobs, type JobStanding } from './jobs';
import { Journal } from './journal';
import { RateLimit } from './rate';
import { redactor } from './redact';
import { Sapi } from './sapi';
import { described, Solvers } from './solvers';
import { StateFiles } from './stateFiles';

export type Handler = (request: Request, client: string) => Promise<Response>;

export interface ProxyOptions {
	readonly log?: (line: string) => void;
	readonly now?: () => number;
}

/** Wrong access codes of one client that are looked at in a minute. */
const WRONG_CODES = 10;
const LONGEST_WAIT = 25;
const NOT_CONFIGURED = 'No annealer is configured on this server.';

/** @param root where the routes begin, such as /api/leap */
export function leapProxy(env: Environment, root: string, options: ProxyOptions = {}): Handler {
	const read = readConfig(env);
	const redact = redactor([env.DWAVE_API_TOKEN?.trim(), env.RECIPROCAL_LEAP_ACCESS_CODE]);
	const log = (line: string) => (options.log ?? console.info)(redact(`leap: ${line}`));
	if (read.kind === 'wrong') log(read.sentence);
	if (read.kind !== 'ready') return unavailable(read, root, redact);
	const proxy = new Proxy(read.config, redact, log, options.now ?? Date.now);
	return async (request, client) => {
		const start = performance.now();
		const path = pathOf(request, root);
		let response: Response;
		try {
			response = json(await proxy.answer(request, path, client), redact);
		} catch (error) {
			if (!(error instanceof LeapFailure))
				log(`fault: ${error instanceof Error ? error.stack : String(error)}`);
			response = failed(error, redact);
		}
		const [what] = path.split('/');
		const shown = ['', 'solvers', 'jobs'].includes(what) ? what : '?';
		log(`${request.method} /${shown} ${response.status} ${Math.round(performance.now() - start)} ms`);
		return response;
	};
}

function pathOf(request: Request, root: string): string {
	return new URL(request.url).pathname.slice(root.length).replace(/^\/+|\/+$/g, '');
}

function unavailable(read: Exclude<ConfigRead, { kind: 'ready' }>, root: string, redact: Redact): Handler {
	const reason =
		read.kind === 'none'
			? NOT_CONFIGURED
			: `The annealer of this server is not set up rightly: ${read.sentence}`;
	return async (request) => {
		if (request.method === 'GET' && pathOf(request, root) === '')
			return json({ available: false, reason }, redact);
		return failed(new LeapFailure(503, 'not-configured', reason), redact);
	};
}

class Proxy {
	readonly #config: LeapConfig;
	readonly #now: () => number;
	readonly #solvers: Solvers;
	readonly #jobs: Jobs;
	readonly #budget: Budget;
	readonly #all: RateLimit;
	readonly #clients: RateLimit;
	readonly #submissions: RateLimit;
	readonly #wrongCodes = new RateLimit(WRONG_CODES);
	readonly #resumed: Promise<void>;

	constructor(
		config: LeapConfig,
		redact: (text: string) => string,
		log: (line: string) => void,
		now: () => number
	) {
		this.#config = config;
		this.#now = now;
		const { limits } = config;
		const files = new StateFiles(config.stateFolder);
		const sapi = new Sapi(config.endpoint, config.token, redact, limits.callTimeout);
		const solvers = new Solvers(sapi, config.solver);
		const budget = new Budget(files, limits);
		this.#solvers = solvers;
		this.#budget = budget;
		this.#jobs = new Jobs({ config, sapi, solvers, journal: new Journal(files), budget, log, now });
		this.#all = new RateLimit(limits.requests);
		this.#clients = new RateLimit(limits.requestsPerClient);
		this.#submissions = new RateLimit(limits.submissionsPerClient);
		this.#resumed = this.#jobs.resume().catch(() => log('the folder of jobs could not be read'));
	}

	/** @returns what to say, as JSON @throws LeapFailure */
	async answer(request: Request, path: string, client: string): Promise<unknown> {
		await this.#resumed;
		const now = this.#now();
		checkSameOrigin(request, this.#config.origin);
		// Its own client first: one who asks too much must not use up what all have.
		this.#clients.take(client, now);
		this.#all.take('', now);
		const guessed = request.headers.has(CODE_HEADER) && !hasCode(request, this.#config);
		if (guessed) this.#wrongCodes.take(client, now);
		const [room, name, ...rest] = path.split('/');
		if (rest.length > 0) throw unknownAddress();
		if (room === '') {
			only(request, 'GET');
			return this.#about(request);
		}
		if (room !== 'solvers' && room !== 'jobs') throw unknownAddress();
		checkCode(request, this.#config);
		if (room === 'solvers') {
			only(request, 'GET');
			if (name === undefined) return { solvers: await this.#solvers.list(now) };
			return described(await this.#solvers.get(decoded(name), now));
		}
		if (name === undefined) {
			only(request, 'POST');
			this.#submissions.take(client, now);
			const document = await readJson(request, this.#config.limits.body);
			return shown(await this.#jobs.submit(document));
		}
		only(request, 'GET', 'DELETE');
		if (!v.is(JobId, name)) throw new LeapFailure(404, 'unknown-job', 'This server knows no job of that id.');
		if (request.method === 'DELETE') return shown(await this.#jobs.cancel(name));
		const asked = Number(new URL(request.url).searchParams.get('wait') ?? 0);
		const wait = asked >= 0 ? Math.min(LONGEST_WAIT, asked) : 0;
		return shown(await this.#jobs.standing(name, wait));
	}

	/** Whether there is an annealer; to those who know the code also what is left of the day. */
	async #about(request: Request): Promise<Record<string, unknown>> {
		const known = hasCode(request, this.#config);
		const about = { available: true, codeNeeded: this.#config.accessCode !== undefined, codeAccepted: known };
		if (!known) {
			if (request.headers.has(CODE_HEADER)) checkCode(request, this.#config);
			return about;
		}
		const { limits } = this.#config;
		const spent = await this.#budget.spent(this.#now());
		return {
			...about,
			limits: {
				variables: limits.variables,
				reads: limits.reads,
				annealingTime: limits.annealingTime,
				hybridSeconds: limits.hybridSeconds,
				deadline: limits.deadline,
				bodyBytes: limits.body
			},
			left: {
				qpuMicroseconds: Math.max(0, limits.qpuPerDay - spent.qpu),
				hybridSeconds: Math.max(0, limits.hybridPerDay - spent.hybrid),
				jobs: Math.max(0, limits.jobsPerDay - spent.jobs)
			}
		};
	}
}

function only(request: Request, ...methods: string[]): void {
	if (!methods.includes(request.method))
		throw new LeapFailure(405, 'unknown-address', `This address takes ${methods.join(' and ')} only.`);
}

const unknownAddress = () => new LeapFailure(404, 'unknown-address', 'There is nothing at this address.');

function decoded(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		throw unknownAddress();
	}
}

/** A job as the page sees it. */
function shown({ record, status, result }: JobStanding): unknown {
	const waiting = status === 'IN_PROGRESS' || record.seenRunning ? 'running' : 'waiting';
	return {
		id: record.id,
		state: record.state === 'sent' ? waiting : record.state,
		sentence: record.sentence,
		solver: record.solver,
		kind: record.kind,
		created: record.created,
		deadline: record.deadline,
		cancelling: record.cancelling !== null,
		/** µs for a QPU, seconds for a hybrid solver */
		estimate: record.cost,
		used: record.used,
		qubits: record.plan ? record.plan.chains.reduce((sum, chain) => sum + chain.length, 0) : null,
		longestChain: record.plan
			? record.plan.chains.reduce((most, chain) => Math.max(most, chain.length), 0)
			: null,
		chainStrength: record.plan?.strength ?? null,
		result: result
			? { samples: result.samples, chainBreakFraction: result.chainBreakFraction, timing: result.timing }
			: null
	};
}

const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' };

type Redact = (text: string) => string;

/** Every text in an answer passes `redact`: Leap's own words, names and labels might repeat what it was sent. */
function json(value: unknown, redact: Redact, status = 200, more: Record<string, string> = {}): Response {
	const text = JSON.stringify(value, (_key, x: unknown) => (typeof x === 'string' ? redact(x) : x));
	return new Response(text, { status, headers: { ...headers, ...more } });
}

function failed(error: unknown, redact: Redact): Response {
	const failure =
		error instanceof LeapFailure
			? error
			: new LeapFailure(500, 'internal', 'The server made a mistake of its own; its log has the details.');
	const more: Record<string, string> = {};
	if (failure.retryAfter !== undefined) more['Retry-After'] = String(failure.retryAfter);
	// What is left of a body that was refused is not read: the connection ends with the answer.
	if (failure.status === 413) more.Connection = 'close';
	const { code, message, retryAfter = null } = failure;
	return json({ error: { code, sentence: message, retryAfter } }, redact, failure.status, more);
}
