// A proxy before the stand-in, with its own state folder and a clock that tests may move, and requests as a page of the
// same site makes them.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leapProxy, type Handler } from '../../src/lib/server/leap/proxy';
import { environment } from './request';
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
