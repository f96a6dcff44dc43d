// A proxy before the stand-in, with its own state folder and a clock that tests may move, and requests as a page of the
// same site makes them.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeBqm, type Bqm, type Term } from '../../src/lib/annealer/bqm';
import { bqmToJson } from '../../src/lib/annealer/bqmJson';
import { normals } from '../../src/lib/random/draw';
import { keyFromSeed } from '../../src/lib/random/key';
import { leapProxy, type Handler } from '../../src/lib/server/leap/proxy';
import type { StandIn } from './standIn';

export const SITE = 'http://localhost:3000';

/** What the proxy answered. */
export interface Said {
	status: number;
	headers: Headers;
	text: string;
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of many shapes, looked at field by field
	body: any;
}

export interface Setting {
	readonly folder: string;
	readonly logs: string[];
	/** milliseconds that the proxy's clock is ahead */
	ahead: number;
	/** a server process that begins with what is on disk */
	restart(): void;
	ask(
		method: string,
		path: string,
		body?: unknown,
		headers?: Record<string, string>,
		client?: string
	): Promise<Said>;
	send(request: Request, client?: string): Promise<Said>;
	/** asks until the job has ended */
	follow(id: string, headers?: Record<string, string>): Promise<Said>;
	remove(): Promise<void>;
}

/** Environment of a proxy before `standIn`; limits of requests are out of the way unless a test sets them. */
export function environment(standIn: StandIn, folder: string): Record<string, string> {
	return {
		DWAVE_API_TOKEN: standIn.token,
		DWAVE_API_ENDPOINT: standIn.endpoint,
		RECIPROCAL_LEAP_STATE: folder,
		RECIPROCAL_LEAP_REQUESTS_PER_MINUTE: '100000',
		RECIPROCAL_LEAP_ALL_REQUESTS_PER_MINUTE: '1000000',
		RECIPROCAL_LEAP_SUBMISSIONS_PER_MINUTE: '100000',
		RECIPROCAL_LEAP_CALL_TIMEOUT_SECONDS: '2'
	};
}

export async function makeSetting(standIn: StandIn, extra: Record<string, string> = {}): Promise<Setting> {
	const folder = await mkdtemp(join(tmpdir(), 'leap-'));
	const logs: string[] = [];
	let handler: Handler;
	const setting: Setting = {
		folder,
		logs,
		ahead: 0,
		restart() {
			const now = () => Date.now() + setting.ahead;
			const log = (line: string) => void logs.push(line);
			handler = leapProxy({ ...environment(standIn, folder), ...extra }, '/api/leap', { log, now });
		},
		ask(method, path, body, headers = {}, client) {
			const all: Record<string, string> = { 'Sec-Fetch-Site': 'same-origin', ...headers };
			if (method !== 'GET') all.Origin ??= SITE;
			if (body !== undefined) all['Content-Type'] ??= 'application/json';
			const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
			return setting.send(
				new Request(`${SITE}/api/leap${path}`, { method, headers: all, body: text }),
				client
			);
		},
		async send(request, client = '127.0.0.1') {
			const response = await handler(request, client);
			const text = await response.text();
			return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
		},
		async follow(id, headers) {
			for (let k = 0; k < 100; k++) {
				const said = await setting.ask('GET', `/jobs/${id}?wait=2`, undefined, headers);
				if (!['waiting', 'running', 'sending'].includes(said.body.state)) return said;
			}
			throw new Error(`job ${id} does not end`);
		},
		remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
	};
	setting.restart();
	return setting;
}

/** An RBM-like problem over spins: N and M units, biases of standard deviation `size`. */
export function bipartite(N: number, M: number, size = 0.3, seed = 1): Bqm {
	const z = normals(N + M + N * M, keyFromSeed(seed)).map((x) => size * x);
	const terms: Term[] = [];
	for (let i = 0; i < N; i++) for (let j = 0; j < M; j++) terms.push([i, N + j, z[N + M + i * M + j]]);
	const labels = [
		...Array.from({ length: N }, (_, i) => `v${i}`),
		...Array.from({ length: M }, (_, j) => `h${j}`)
	];
	return makeBqm('SPIN', labels, z.slice(0, N + M), terms, 0.25);
}

/** A job as the page sends it. */
export function job(more: Record<string, unknown> = {}, bqm = bipartite(4, 4)): Record<string, unknown> {
	return { id: randomUUID(), solver: 'Stand-in_chimera', problem: bqmToJson(bqm), reads: 100, ...more };
}
