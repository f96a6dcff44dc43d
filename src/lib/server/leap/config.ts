// The proxy's settings, read from the environment: those that Ocean users have set already, and our own limits. A setting
// that is wrong stops the proxy with a sentence that names it and never shows its value.
import { createHash } from 'node:crypto';

export interface LeapConfig {
	readonly token: string;
	/** base address with a slash at its end */
	readonly endpoint: string;
	/** the one solver that is offered, undefined for all */
	readonly solver: { readonly name: string; readonly graphId: string | undefined } | undefined;
	/** SHA-256 of the access code; undefined when none is asked for */
	readonly accessCode: Buffer | undefined;
	/** the site's public origin; undefined when it is served on this machine alone */
	readonly origin: string | undefined;
	readonly stateFolder: string;
	readonly limits: LeapLimits;
}

export interface LeapLimits {
	/** µs of QPU time a day (UTC) */
	readonly qpuPerDay: number;
	/** seconds of hybrid solver time a day */
	readonly hybridPerDay: number;
	readonly jobsPerDay: number;
	/** bytes of a request's body */
	readonly body: number;
	readonly variables: number;
	readonly reads: number;
	/** µs of one anneal */
	readonly annealingTime: number;
	/** seconds of one hybrid job */
	readonly hybridSeconds: number;
	/** seconds after which an unfinished job is cancelled */
	readonly deadline: number;
	/** requests a minute: of one client, of all together; submissions of one client */
	readonly requestsPerClient: number;
	readonly requests: number;
	readonly submissionsPerClient: number;
	/** milliseconds for one call to Leap that is no long poll */
	readonly callTimeout: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;
export type ConfigRead =
	| { readonly kind: 'ready'; readonly config: LeapConfig }
	| { readonly kind: 'none' }
	| { readonly kind: 'wrong'; readonly sentence: string };

/** Own settings: name after RECIPROCAL_LEAP_, default, least and largest value, factor to the unit used inside. */
export const limitSettings = {
	qpuPerDay: ['QPU_SECONDS_PER_DAY', 10, 0, 86_400, 1e6],
	hybridPerDay: ['HYBRID_SECONDS_PER_DAY', 60, 0, 86_400, 1],
	jobsPerDay: ['JOBS_PER_DAY', 200, 0, 100_000, 1],
	body: ['MAX_BODY_KB', 2048, 1, 65_536, 1024],
	variables: ['MAX_VARIABLES', 2000, 1, 100_000, 1],
	reads: ['MAX_READS', 2000, 1, 100_000, 1],
	annealingTime: ['MAX_ANNEALING_MICROSECONDS', 200, 0.5, 100_000, 1],
	hybridSeconds: ['MAX_HYBRID_SECONDS', 10, 1, 86_400, 1],
	deadline: ['DEADLINE_SECONDS', 300, 1, 86_400, 1],
	requestsPerClient: ['REQUESTS_PER_MINUTE', 120, 1, 100_000, 1],
	requests: ['ALL_REQUESTS_PER_MINUTE', 1200, 1, 1_000_000, 1],
	submissionsPerClient: ['SUBMISSIONS_PER_MINUTE', 6, 1, 100_000, 1],
	callTimeout: ['CALL_TIMEOUT_SECONDS', 20, 0.05, 600, 1000]
} as const satisfies Record<keyof LeapLimits, readonly [string, number, number, number, number]>;

const REGIONS = ['na-west-1', 'na-east-1', 'eu-central-1'];
const DEFAULT_ENDPOINT = 'https://cloud.dwavesys.com/sapi/v2/';
const LOCAL = ['localhost', '127.0.0.1', '[::1]'];

class Wrong extends Error {}

/** True for a host name (with or without port) of this machine. */
export function isLocal(host: string): boolean {
	return LOCAL.includes(host.replace(/:\d+$/, ''));
}

/** Reads the settings. Nothing in `env` but the named variables is looked at. */
export function readConfig(env: Environment): ConfigRead {
	const token = env.DWAVE_API_TOKEN?.trim();
	if (!token) return { kind: 'none' };
	try {
		if (!/^[\x21-\x7e]{8,500}$/.test(token))
			throw new Wrong('DWAVE_API_TOKEN is not 8 to 500 printable characters without spaces.');
		const code = env.RECIPROCAL_LEAP_ACCESS_CODE;
		if (code !== undefined && code !== '' && (code.length < 6 || !/^[\x20-\x7e]+$/.test(code)))
			throw new Wrong('RECIPROCAL_LEAP_ACCESS_CODE is not at least six plain characters.');
		const config: LeapConfig = {
			token,
			endpoint: endpointOf(env),
			solver: solverOf(env.DWAVE_API_SOLVER?.trim()),
			accessCode: code ? createHash('sha256').update(code).digest() : undefined,
			origin: originOf(env.ORIGIN?.trim()),
			stateFolder: env.RECIPROCAL_LEAP_STATE?.trim() || 'leap-state',
			limits: limitsOf(env)
		};
		return { kind: 'ready', config };
	} catch (error) {
		if (error instanceof Wrong) return { kind: 'wrong', sentence: error.message };
		throw error;
	}
}

function endpointOf(env: Environment): string {
	const given = env.DWAVE_API_ENDPOINT?.trim();
	const region = env.DWAVE_API_REGION?.trim();
	if (!given) {
		if (!region) return DEFAULT_ENDPOINT;
		if (!REGIONS.includes(region)) throw new Wrong(`DWAVE_API_REGION is none of ${REGIONS.join(', ')}.`);
		return `https://${region}.cloud.dwavesys.com/sapi/v2/`;
	}
	const url = URL.canParse(given) ? new URL(given) : null;
	if (!url || url.username || url.password || url.search || url.hash)
		throw new Wrong('DWAVE_API_ENDPOINT is no plain web address.');
	// The token goes with every call: in the clear only to this machine itself, where the stand-in runs.
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal(url.host)))
		throw new Wrong('DWAVE_API_ENDPOINT is no https address.');
	return url.href.endsWith('/') ? url.href : `${url.href}/`;
}

function solverOf(text: string | undefined): LeapConfig['solver'] {
	if (!text) return undefined;
	if (text.startsWith('{')) {
		let filter: unknown;
		try {
			filter = JSON.parse(text);
		} catch {
			throw new Wrong('DWAVE_API_SOLVER begins like JSON and is none.');
		}
		const { name, ...rest } = filter as Record<string, unknown>;
		if (typeof name !== 'string' || Object.keys(rest).length > 0)
			throw new Wrong('DWAVE_API_SOLVER: of Ocean’s filters this server reads {"name": "…"} only.');
		return { name, graphId: undefined };
	}
	const [name, ...rest] = text.split(';').map((part) => part.trim());
	const graph = rest.find((part) => part.startsWith('graph_id='));
	return { name, graphId: graph?.slice('graph_id='.length) };
}

function originOf(text: string | undefined): string | undefined {
	if (!text) return undefined;
	const url = URL.canParse(text) ? new URL(text) : null;
	if (!url || !['http:', 'https:'].includes(url.protocol)) throw new Wrong('ORIGIN is no web address.');
	return url.origin;
}

function limitsOf(env: Environment): LeapLimits {
	const entries = Object.entries(limitSettings).map(([key, [name, start, least, most, factor]]) => {
		const text = env[`RECIPROCAL_LEAP_${name}`]?.trim();
		const value = text ? Number(text) : start;
		if (!(value >= least && value <= most))
			throw new Wrong(`RECIPROCAL_LEAP_${name} is no number from ${least} to ${most}.`);
		return [key, value * factor];
	});
	return Object.fromEntries(entries) as LeapLimits;
}
