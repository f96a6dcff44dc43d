// Who may use the proxy, how much, and that its secrets stay with it, whatever is asked and whatever Leap answers.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/lib/server/leap/config';
import { job } from './request';
import { makeSetting, SITE, type Said, type Setting } from './setting';
import { startStandIn, type Route, type StandIn } from './standIn';

const CODE = 'open sesame 42';

let standIn: StandIn;
let proxy: Setting;

beforeAll(async () => {
	standIn = await startStandIn();
});
afterAll(() => standIn.close());
beforeEach(() => standIn.reset());
afterEach(() => proxy.remove());

const open = async (extra: Record<string, string> = {}) => {
	proxy = await makeSetting(standIn, extra);
};

describe('other sites', () => {
	const solvers = (headers: Record<string, string>) => proxy.ask('GET', '/solvers', undefined, headers);
	const post = (headers: Record<string, string>) => proxy.ask('POST', '/jobs', job(), headers);

	test('are refused, whatever the browser says of them', async () => {
		await open();
		for (const said of [
			await solvers({ 'Sec-Fetch-Site': 'cross-site' }),
			await solvers({ 'Sec-Fetch-Site': 'same-site' }),
			await solvers({ Origin: 'https://elsewhere.example' }),
			await solvers({ Origin: 'null' }),
			await post({ Origin: 'https://elsewhere.example' }),
			await post({ Origin: 'http://localhost:3001' }),
			await post({ Origin: 'null' }),
			await post({ 'Sec-Fetch-Site': 'none' }),
			await proxy.send(new Request(`${SITE}/api/leap/jobs`, { method: 'POST', body: '{}' })),
			await proxy.ask('DELETE', `/jobs/${randomUUID()}`, undefined, { Origin: 'https://elsewhere.example' })
		])
			expect([said.status, said.body.error.code]).toEqual([403, 'cross-origin']);
		expect(standIn.requests).toHaveLength(0);
	});

	test('get no permission by a preflight', async () => {
		await open();
		const said = await proxy.ask('OPTIONS', '/jobs', undefined, { Origin: 'https://elsewhere.example' });
		expect(said.status).toBe(403);
		const own = await proxy.ask('OPTIONS', '/jobs');
		for (const { headers } of [said, own])
			expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
	});

	test('a foreign name that points at this machine is refused', async () => {
		await open();
		const request = new Request('http://rebound.example:3000/api/leap/solvers', {
			headers: { Origin: 'http://rebound.example:3000', 'Sec-Fetch-Site': 'same-origin' }
		});
		expect((await proxy.send(request)).status).toBe(403);
	});

	test('with ORIGIN set, its pages alone are let in', async () => {
		await open({ ORIGIN: 'https://rbm.example' });
		const from = (origin: string) =>
			proxy.send(
				new Request('https://rbm.example/api/leap/jobs', {
					method: 'POST',
					headers: { Origin: origin, 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin' },
					body: JSON.stringify(job())
				})
			);
		expect((await from('http://rbm.example')).status).toBe(403);
		expect((await from('https://rbm.example')).body.state).toBe('waiting');
	});
});

describe('the access code', () => {
	beforeEach(() => open({ RECIPROCAL_LEAP_ACCESS_CODE: CODE }));

	test('is needed for everything but the question whether it is', async () => {
		expect((await proxy.ask('GET', '')).body).toEqual({
			available: true,
			codeNeeded: true,
			codeAccepted: false
		});
		for (const [method, path] of [
			['GET', '/solvers'],
			['GET', '/solvers/Stand-in_chimera'],
			['GET', `/jobs/${randomUUID()}`],
			['DELETE', `/jobs/${randomUUID()}`]
		]) {
			const said = await proxy.ask(method, path);
			expect([said.status, said.body.error.code]).toEqual([401, 'code-needed']);
		}
		expect((await proxy.ask('POST', '/jobs', job())).status).toBe(401);
		expect(standIn.requests).toHaveLength(0);
	});

	test('opens when it is right', async () => {
		const headers = { 'X-Leap-Access-Code': CODE };
		expect((await proxy.ask('GET', '', undefined, headers)).body.codeAccepted).toBe(true);
		expect((await proxy.ask('POST', '/jobs', job(), headers)).body.state).toBe('waiting');
	});

	test('cannot be guessed fast, and the right one of another visitor still opens', async () => {
		const guess = () =>
			proxy.ask('GET', '/solvers', undefined, { 'X-Leap-Access-Code': randomUUID() }, 'thief');
		const codes = new Set<string>();
		for (let k = 0; k < 30; k++) codes.add((await guess()).body.error.code);
		expect([...codes]).toEqual(['code-wrong', 'too-many-requests']);
		expect((await proxy.ask('GET', '/solvers', undefined, { 'X-Leap-Access-Code': CODE })).status).toBe(200);
	});
});

describe('limits', () => {
	test('of requests, for one client and for all', async () => {
		await open({
			RECIPROCAL_LEAP_REQUESTS_PER_MINUTE: '5',
			RECIPROCAL_LEAP_ALL_REQUESTS_PER_MINUTE: '8'
		});
		const many = async (client: string) => {
			const out: number[] = [];
			for (let k = 0; k < 6; k++) out.push((await proxy.ask('GET', '', undefined, {}, client)).status);
			return out;
		};
		expect(await many('a')).toEqual([200, 200, 200, 200, 200, 429]);
		expect(await many('b')).toEqual([200, 200, 200, 429, 429, 429]);
		proxy.ahead = 61_000;
		expect((await proxy.ask('GET', '', undefined, {}, 'a')).status).toBe(200);
	});

	test('of submissions', async () => {
		await open({ RECIPROCAL_LEAP_SUBMISSIONS_PER_MINUTE: '2' });
		const states = [];
		for (let k = 0; k < 3; k++) states.push((await proxy.ask('POST', '/jobs', job())).status);
		expect(states).toEqual([200, 200, 429]);
		expect(standIn.problems.size).toBe(2);
	});

	test('of QPU time a day, estimated before sending, over restarts, until the day is over', async () => {
		// A job of 100 reads takes about 34 ms: two fit.
		await open({ RECIPROCAL_LEAP_QPU_SECONDS_PER_DAY: '0.08' });
		standIn.delay = Infinity;
		expect((await proxy.ask('POST', '/jobs', job())).body.state).toBe('waiting');
		proxy.restart();
		expect((await proxy.ask('POST', '/jobs', job())).body.state).toBe('waiting');
		proxy.restart();
		const said = await proxy.ask('POST', '/jobs', job());
		expect(said.status).toBe(429);
		expect(said.body.error.sentence).toMatch(
			/^The problem would take about 0\.0\d+ s of QPU time; today’s budget has 0\.0\d+ s left\.$/
		);
		expect(standIn.problems.size).toBe(2);
		proxy.ahead = 86_400_000;
		expect((await proxy.ask('POST', '/jobs', job())).body.state).toBe('waiting');
	});

	test('hold for many at once', async () => {
		await open({ RECIPROCAL_LEAP_QPU_SECONDS_PER_DAY: '0.08' });
		standIn.delay = Infinity;
		await Promise.all(Array.from({ length: 20 }, () => proxy.ask('POST', '/jobs', job())));
		expect(standIn.problems.size).toBe(2);
	});

	test('of jobs a day', async () => {
		await open({ RECIPROCAL_LEAP_JOBS_PER_DAY: '1' });
		await proxy.ask('POST', '/jobs', job());
		expect((await proxy.ask('POST', '/jobs', job())).body.error.code).toBe('over-budget');
	});

	test('of the body: refused by its length, or while it comes, without reading the rest', async () => {
		await open({ RECIPROCAL_LEAP_MAX_BODY_KB: '16' });
		let read = 0;
		const endless = () =>
			new ReadableStream<Uint8Array>({
				pull(controller) {
					read += 1024;
					controller.enqueue(new Uint8Array(1024).fill(0x20));
				}
			});
		const post = (headers: Record<string, string>) =>
			proxy.send(
				new Request(`${SITE}/api/leap/jobs`, {
					method: 'POST',
					headers: { Origin: SITE, 'Content-Type': 'application/json', ...headers },
					body: endless(),
					duplex: 'half'
				} as RequestInit)
			);
		expect((await post({ 'Content-Length': '99999' })).status).toBe(413);
		// One chunk may have been drawn into the stream's queue; none was asked for.
		expect(read).toBeLessThanOrEqual(1024);
		const said = await post({});
		expect([said.status, said.body.error.sentence]).toEqual([
			413,
			'The request is larger than 16 kB, which is the limit of this server.'
		]);
		expect(read).toBeLessThan(24 * 1024);
	});

	test('of what is sent: type, text and fields', async () => {
		await open();
		const post = (body: unknown, type = 'application/json') =>
			proxy.ask('POST', '/jobs', body, { 'Content-Type': type });
		expect((await post('{}', 'text/plain')).status).toBe(415);
		expect((await post('{')).body.error.sentence).toBe('The body of the request is no JSON.');
		expect((await post(job({ token: 'x' }))).body.error.sentence).toBe(
			'This is no job: it has a field that is not known.'
		);
		// So deep that writing it again would overflow the stack.
		const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
		const hidden = JSON.stringify(job()).replace('"type":', `"x":${deep},"type":`);
		expect((await post(hidden)).status).not.toBe(500);
		expect((await post(job({ id: 'not-one' }))).body.error.sentence).toBe('This is no job: id is wrong.');
	});
});

test.each([
	[{ DWAVE_API_TOKEN: 'short' }, 'DWAVE_API_TOKEN is not 8 to 500 printable characters without spaces.'],
	[
		{ DWAVE_API_TOKEN: 'with\nnewline' },
		'DWAVE_API_TOKEN is not 8 to 500 printable characters without spaces.'
	],
	[{ DWAVE_API_ENDPOINT: 'http://leap.example/' }, 'DWAVE_API_ENDPOINT is no https address.'],
	[{ DWAVE_API_ENDPOINT: 'leap' }, 'DWAVE_API_ENDPOINT is no plain web address.'],
	[
		{ DWAVE_API_ENDPOINT: '', DWAVE_API_REGION: 'moon' },
		'DWAVE_API_REGION is none of na-west-1, na-east-1, eu-central-1.'
	],
	[
		{ DWAVE_API_SOLVER: '{"qpu": true}' },
		'DWAVE_API_SOLVER: of Ocean’s filters this server reads {"name": "…"} only.'
	],
	[
		{ RECIPROCAL_LEAP_ACCESS_CODE: '123' },
		'RECIPROCAL_LEAP_ACCESS_CODE is not at least six plain characters.'
	],
	[{ RECIPROCAL_LEAP_MAX_READS: 'many' }, 'RECIPROCAL_LEAP_MAX_READS is no number from 1 to 100000.']
])('the setting %j is refused in a sentence that does not show it', async (extra, sentence) => {
	await open(extra as Record<string, string>);
	const { body } = await proxy.ask('GET', '');
	expect(body).toEqual({
		available: false,
		reason: `The annealer of this server is not set up rightly: ${sentence}`
	});
	expect((await proxy.ask('POST', '/jobs', job())).status).toBe(503);
});

test('the settings of Ocean give the address', async () => {
	await open();
	const at = (env: Record<string, string>) => {
		const read = readConfig({ DWAVE_API_TOKEN: 'ABCDEFGH', ...env });
		return read.kind === 'ready' ? read.config.endpoint : read.kind;
	};
	expect(at({})).toBe('https://cloud.dwavesys.com/sapi/v2/');
	expect(at({ DWAVE_API_REGION: 'eu-central-1' })).toBe('https://eu-central-1.cloud.dwavesys.com/sapi/v2/');
	const both = { DWAVE_API_REGION: 'eu-central-1', DWAVE_API_ENDPOINT: 'https://x.example/sapi/v2' };
	expect(at(both)).toBe('https://x.example/sapi/v2/');
	expect(readConfig({}).kind).toBe('none');
});

describe('fuzz', () => {
	const secrets = () => [standIn.token, CODE, Buffer.from(standIn.token).toString('base64')];
	const keeps = (said: Said) => {
		const all = said.text + JSON.stringify([...said.headers]);
		for (const secret of secrets()) expect(all).not.toContain(secret);
		// Every refusal has its sentence, and none is a mistake of our own.
		expect(said.status, said.text).not.toBe(500);
		if (said.status >= 400) expect(said.body.error.sentence.length).toBeGreaterThan(10);
	};
	const logsKeep = () => {
		for (const secret of secrets()) expect(proxy.logs.join('\n')).not.toContain(secret);
		expect(proxy.logs.filter((line) => line.includes('fault:'))).toEqual([]);
	};

	test('4000 requests: no crash, no 500, no secret', { timeout: 60_000 }, async () => {
		await open({ RECIPROCAL_LEAP_ACCESS_CODE: CODE, RECIPROCAL_LEAP_QPU_SECONDS_PER_DAY: '1' });
		const path = fc.oneof(
			fc.constantFrom('', '/', '/solvers', '/solvers/', '/solvers/Stand-in_chimera', '/jobs', '/jobs/', '//'),
			fc.webPath(),
			fc.uuid().map((id) => `/jobs/${id}?wait=0`),
			fc.string().map((text) => `/solvers/${encodeURIComponent(text)}`),
			fc.string({ maxLength: 5 }).map((text) => `/jobs/%${encodeURIComponent(text)}`)
		);
		const mangled = fc
			.record({
				field: fc.constantFrom(...Object.keys(job()), 'chains', 'gauge', 'timeLimit'),
				value: fc.jsonValue()
			})
			.map(({ field, value }) => ({ ...job(), [field]: value }));
		const problemMangled = fc
			.record({
				field: fc.constantFrom(
					'linear_biases',
					'quadratic_head',
					'variable_labels',
					'offset',
					'variable_type'
				),
				value: fc.jsonValue()
			})
			.map(({ field, value }) => {
				const whole = job();
				return { ...whole, problem: { ...(whole.problem as object), [field]: value } };
			});
		const body = fc.oneof(mangled, problemMangled, fc.json(), fc.string());
		const header = fc.string({ unit: 'grapheme-ascii', maxLength: 40 }).map((text) => text.trim());
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom('GET', 'POST', 'POST', 'POST', 'DELETE', 'PUT', 'OPTIONS'),
				path,
				body,
				fc.option(header, { freq: 5 }),
				fc.constantFrom(CODE, CODE, CODE, CODE, 'wrong!'),
				async (method, where, content, origin, code) => {
					const headers: Record<string, string> = { 'X-Leap-Access-Code': code };
					if (origin) headers.Origin = origin;
					const at = method === 'POST' && typeof content === 'object' ? '/jobs' : where;
					keeps(await proxy.ask(method, at, method === 'GET' ? undefined : content, headers, randomUUID()));
				}
			),
			{ numRuns: 4000, seed: 7 }
		);
		logsKeep();
		expect(standIn.problems.size).toBeLessThan(60);
	});

	test('4000 answers of Leap: no crash, no 500, no secret', { timeout: 60_000 }, async () => {
		await open({ RECIPROCAL_LEAP_QPU_SECONDS_PER_DAY: '86400', RECIPROCAL_LEAP_JOBS_PER_DAY: '100000' });
		standIn.delay = 0;
		const kept = job({ reads: 5 });
		await proxy.ask('POST', '/jobs', kept);
		const route = fc.constantFrom<Route>('solvers', 'solver', 'poll', 'poll', 'answer', 'answer');
		const odd = fc.oneof(
			fc.jsonValue(),
			fc.constant(standIn.token),
			fc.string(),
			fc.double(),
			fc.constantFrom([], {}, null, -1, 1e300, 'AAAA')
		);
		/** replaces one place somewhere inside the document */
		const damage = (document: unknown, picks: readonly number[], value: unknown): unknown => {
			if (picks.length === 0 || typeof document !== 'object' || document === null) return value;
			const keys = Object.keys(document);
			if (keys.length === 0) return value;
			const key = keys[picks[0] % keys.length];
			const inner = (document as Record<string, unknown>)[key];
			(document as Record<string, unknown>)[key] = damage(inner, picks.slice(1), value);
			return document;
		};
		await fc.assert(
			fc.asyncProperty(
				route,
				fc.array(fc.nat(1000), { maxLength: 5 }),
				odd,
				fc.constantFrom('changed', 'changed', 'changed', 'text', 'status'),
				fc.integer({ min: 400, max: 599 }),
				async (where, picks, value, kind, status) => {
					// Leap repeating our own header is the worst it could say.
					const text =
						typeof value === 'string' ? value : JSON.stringify({ error_code: 1, error_msg: standIn.token });
					if (kind === 'changed')
						standIn.fail(where, { kind, change: (document) => damage(document, picks, value) });
					else if (kind === 'text') standIn.fail(where, { kind: 'malformed', text });
					else standIn.fail(where, { kind: 'status', status, text });
					// Descriptions, lists and answers that were good are kept: a fresh server asks again.
					if (where !== 'poll') proxy.restart();
					const path = { solvers: '/solvers', solver: '/solvers/Stand-in_chimera' }[where as string];
					keeps(await proxy.ask('GET', path ?? `/jobs/${kept.id}`));
				}
			),
			{ numRuns: 4000, seed: 11 }
		);
		logsKeep();
	});
});
