// Everything that can go wrong on the way to Leap and back ends in a clear sentence, loses nothing, and buys nothing twice.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { job } from './request';
import { makeSetting, type Setting } from './setting';
import { startStandIn, type Fault, type Route, type StandIn } from './standIn';

let standIn: StandIn;
let proxy: Setting;

beforeAll(async () => {
	standIn = await startStandIn();
});
afterAll(() => standIn.close());
beforeEach(async () => {
	standIn.reset();
	proxy = await makeSetting(standIn, { RECIPROCAL_LEAP_CALL_TIMEOUT_SECONDS: '0.4' });
});
afterEach(() => proxy.remove());

const status = (code: number, more: Partial<Extract<Fault, { kind: 'status' }>> = {}): Fault => ({
	kind: 'status',
	status: code,
	...more
});

describe('a question that fails', () => {
	const cases: [string, Fault, number, string | RegExp][] = [
		['401', status(401), 502, 'Leap does not accept the token of this server.'],
		['403', status(403), 502, 'The token of this server may not do this at Leap.'],
		['404', status(404), 502, 'Leap does not know what it was asked for (404). It says “on demand”.'],
		['429', status(429), 503, 'Leap takes no more requests just now. Try again in a while.'],
		[
			'429 with Retry-After',
			status(429, { headers: { 'Retry-After': '90' } }),
			503,
			'Leap takes no more requests just now. Try again in 90 s.'
		],
		['500', status(500), 502, 'Leap had a fault of its own (500). It says “on demand”.'],
		['503 as a page', status(503, { text: '<html>no</html>' }), 502, 'Leap had a fault of its own (503).'],
		['plain text', status(400, { text: 'not so' }), 502, 'Leap refused (400). It says “not so”.'],
		['slow', { kind: 'slow', wait: 700 }, 504, 'Leap did not answer within 0.4 s.'],
		['dropped', { kind: 'dropped' }, 502, 'The connection to Leap broke off.'],
		['truncated', { kind: 'truncated' }, 502, 'The connection to Leap broke off.'],
		['malformed', { kind: 'malformed' }, 502, 'Leap’s answer cannot be read: it is no JSON.'],
		[
			'of another shape',
			{ kind: 'changed', change: () => ({ solvers: [] }) },
			502,
			'Leap’s answer cannot be read: the whole is not what it should be.'
		]
	];
	test.each(cases)('%s', async (_name, fault, code, sentence) => {
		standIn.fail('solvers', fault);
		const said = await proxy.ask('GET', '/solvers');
		expect([said.status, said.body.error.sentence]).toEqual([code, sentence]);
		// The next one is answered: nothing of the failure was kept.
		expect((await proxy.ask('GET', '/solvers')).status).toBe(200);
	});

	test('is repeated when Leap says that it may be soon', async () => {
		standIn.fail('solvers', status(429, { headers: { 'Retry-After': '0' } }), 2);
		expect((await proxy.ask('GET', '/solvers')).status).toBe(200);
		expect(standIn.requests).toHaveLength(3);
	});

	test('tells the page when it may ask again', async () => {
		standIn.fail('solvers', status(429, { headers: { 'Retry-After': '90' } }));
		const said = await proxy.ask('GET', '/solvers');
		expect(said.headers.get('Retry-After')).toBe('90');
		expect(said.body.error.retryAfter).toBe(90);
	});
});

describe('a solver that describes itself wrongly', () => {
	type Properties = { qubits: number[]; couplers: [number, number][]; topology: { shape: number[] } };
	const cases: [string, (p: Properties) => void, RegExp][] = [
		['a coupler of no qubit', (p) => p.couplers.push([0, 999]), /coupler 0–999 ends at no working qubit/],
		['a qubit outside the chip', (p) => p.qubits.push(5000), /its chip has no place for qubit 5000/],
		['a coupler that the chip has not', (p) => p.couplers.push([0, 1]), /its chip has no coupler 0–1/],
		['a shape that is none', (p) => (p.topology.shape = [60, 60]), /no chimera chip has that shape/],
		['no qubits', (p) => (p.qubits = []), /qubits/]
	];
	test.each(cases)('%s', async (_name, change, sentence) => {
		change(standIn.solvers[0].properties as unknown as Properties);
		const said = await proxy.ask('POST', '/jobs', job());
		expect(said.status).toBe(502);
		expect(said.body.error.sentence).toMatch(sentence);
		expect(standIn.problems.size).toBe(0);
	});

	test('the graph that changed between description and submission is refused by Leap, and nothing is paid', async () => {
		await proxy.ask('GET', '/solvers/Stand-in_chimera');
		standIn.solvers[0].identity.version = { graph_id: 'c0ffee7777' };
		const asked = job();
		const said = await proxy.ask('POST', '/jobs', asked);
		expect(said.body).toMatchObject({
			state: 'refused',
			sentence: 'Leap refused (400). It says “Solver does not exist or apitoken does not have access”.'
		});
		expect((await proxy.ask('GET', '')).body.left.qpuMicroseconds).toBe(10e6);
		// The description was forgotten: with a new id it goes through.
		expect((await proxy.ask('POST', '/jobs', job())).body.state).toBe('waiting');
	});
});

describe('a submission that fails', () => {
	test.each([
		['401', status(401), 'Leap does not accept the token of this server.'],
		['403', status(403), 'The token of this server may not do this at Leap.'],
		['429', status(429), 'Leap takes no more requests just now. Try again in a while.']
	])('%s: refused, not paid, not repeated', async (_name, fault, sentence) => {
		standIn.fail('submit', fault, 5);
		const asked = job();
		expect((await proxy.ask('POST', '/jobs', asked)).body).toMatchObject({ state: 'refused', sentence });
		expect((await proxy.ask('POST', '/jobs', asked)).body).toMatchObject({ state: 'refused', sentence });
		expect(standIn.requests.filter((r) => r.method === 'POST')).toHaveLength(1);
		expect((await proxy.ask('GET', '')).body.left.qpuMicroseconds).toBe(10e6);
	});

	// The problem was taken, the answer to it did not come: one problem, found again by its label.
	const lost: [string, Fault][] = [
		['lost', { kind: 'lost' }],
		['truncated', { kind: 'truncated' }],
		['malformed', { kind: 'malformed' }],
		['empty', { kind: 'changed', change: () => [] }],
		['slow', { kind: 'slow', wait: 700 }]
	];
	test.each(lost)('%s between submission and reply: found again, never sent twice', async (_name, fault) => {
		standIn.fail('submit', fault);
		const asked = job();
		await proxy.ask('POST', '/jobs', asked);
		await new Promise((resume) => setTimeout(resume, fault.kind === 'slow' ? 500 : 0));
		await proxy.ask('POST', '/jobs', asked);
		proxy.restart();
		const said = await proxy.ask('POST', '/jobs', asked);
		expect(['waiting', 'unknown']).toContain(said.body.state);
		expect((await proxy.follow(asked.id as string)).body.state).toBe('done');
		expect(standIn.problems.size).toBe(1);
		expect(standIn.requests.filter((r) => r.method === 'POST')).toHaveLength(1);
	});

	test('without a trace at Leap: said plainly, never sent again, what it may cost stays put aside', async () => {
		standIn.fail('submit', { kind: 'dropped' });
		const asked = job();
		const { body } = await proxy.ask('POST', '/jobs', asked);
		expect(body.state).toBe('unknown');
		expect(body.sentence).toMatch(/^Leap did not answer when the problem was sent/);
		for (let k = 0; k < 3; k++) await proxy.ask('POST', '/jobs', asked);
		proxy.restart();
		expect((await proxy.ask('GET', `/jobs/${asked.id}`)).body.state).toBe('unknown');
		expect(standIn.problems.size).toBe(0);
		expect((await proxy.ask('GET', '')).body.left.qpuMicroseconds).toBeCloseTo(10e6 - body.estimate, 6);
	});

	test('a 5xx that hides a taken problem, and a first look that fails: found again', async () => {
		standIn.fail('submit', status(502, { done: true }));
		standIn.fail('list', status(502));
		const asked = job();
		expect((await proxy.ask('POST', '/jobs', asked)).body.state).toBe('unknown');
		expect((await proxy.follow(asked.id as string)).body.state).toBe('done');
		expect(standIn.problems.size).toBe(1);
	});

	test('asked by a hundred at once under one id is one problem', async () => {
		const asked = job();
		const all = await Promise.all(Array.from({ length: 100 }, () => proxy.ask('POST', '/jobs', asked)));
		expect(new Set(all.map((said) => said.body.state))).toEqual(new Set(['waiting']));
		expect(standIn.problems.size).toBe(1);
	});

	test('another problem under the same id is refused', async () => {
		const asked = job();
		await proxy.ask('POST', '/jobs', asked);
		const said = await proxy.ask('POST', '/jobs', { ...asked, reads: 7 });
		expect([said.status, said.body.error.code]).toEqual([409, 'id-taken']);
		expect(standIn.problems.size).toBe(1);
	});

	test.each(['upload', 'submit'] as Route[])('hybrid, at %s: ends in a sentence', async (route) => {
		standIn.fail(route, status(400));
		const asked = job({ solver: 'stand_in_hybrid_bqm', reads: undefined });
		const { body } = await proxy.ask('POST', '/jobs', asked);
		expect(body).toMatchObject({ state: 'refused', sentence: 'Leap refused (400). It says “on demand”.' });
		expect((await proxy.ask('GET', '')).body.left.hybridSeconds).toBe(60);
	});
});

describe('following a job', () => {
	const faults: [string, Fault, RegExp][] = [
		['500', status(500), /fault of its own/],
		['dropped', { kind: 'dropped' }, /broke off/],
		['truncated', { kind: 'truncated' }, /broke off/],
		['malformed', { kind: 'malformed' }, /no JSON/],
		['a list that leaves it out', { kind: 'changed', change: () => [] }, /leaves out the one asked for/],
		[
			'a list with an error in its place',
			{ kind: 'changed', change: () => [{ error_code: 404, error_msg: 'gone' }] },
			/Leap refused \(404\)\. It says “gone”/
		]
	];
	test.each(faults)('%s: said, and the job is not lost', async (_name, fault, sentence) => {
		const asked = job();
		await proxy.ask('POST', '/jobs', asked);
		standIn.fail('poll', fault);
		const said = await proxy.ask('GET', `/jobs/${asked.id}?wait=1`);
		expect(said.status).toBe(502);
		expect(said.body.error.sentence).toMatch(sentence);
		expect((await proxy.follow(asked.id as string)).body.state).toBe('done');
	});

	type Wire = { answer: Record<string, unknown> };
	const changed = (change: (answer: Record<string, unknown>) => void): Fault => ({
		kind: 'changed',
		change: (document) => {
			change((document as Wire).answer);
			return document;
		}
	});
	const int32 = (...values: number[]) => Buffer.from(Int32Array.from(values).buffer).toString('base64');
	const answers: [string, Fault, RegExp][] = [
		['no answer in it', { kind: 'changed', change: () => ({}) }, /cannot be read/],
		['another format', changed((a) => (a.format = 'bq')), /not in the "qp" format/],
		['other qubits', changed((a) => (a.active_variables = int32(1, 2, 3))), /of other qubits/],
		['too few solutions', changed((a) => (a.solutions = 'AAAA')), /do not belong together/],
		['no base64', changed((a) => (a.energies = '?')), /energies is no base64 text/],
		[
			'no reads',
			changed((a) => Object.assign(a, { energies: '', num_occurrences: '', solutions: '' })),
			/there are none/
		],
		[
			'more reads than asked for',
			changed((a) =>
				Object.assign(a, {
					energies: 'AAAAAAAAAAA=',
					num_occurrences: int32(2 ** 30),
					solutions: 'AAAAAA=='
				})
			),
			/and 100 were asked for/
		],
		[
			'timing that is none',
			changed((a) => (a.timing = { qpu_access_time: -1 })),
			/timing of the job cannot be read/
		]
	];
	test.each(answers)('an answer with %s: said, and it can be asked again', async (_name, fault, sentence) => {
		const asked = job();
		await proxy.ask('POST', '/jobs', asked);
		standIn.fail('answer', fault);
		const said = await proxy.follow(asked.id as string);
		expect(said.status).toBe(502);
		expect(said.body.error.sentence).toMatch(sentence);
		expect((await proxy.follow(asked.id as string)).body.state).toBe('done');
	});

	test('that never leaves PENDING is cancelled at its deadline', async () => {
		standIn.delay = Infinity;
		const asked = job();
		await proxy.ask('POST', '/jobs', asked);
		expect((await proxy.ask('GET', `/jobs/${asked.id}`)).body.state).toBe('waiting');
		proxy.ahead = 301_000;
		const { body } = await proxy.ask('GET', `/jobs/${asked.id}`);
		expect(body).toMatchObject({
			state: 'cancelled',
			sentence: 'The job was not finished within 300 s and was cancelled.',
			used: 0
		});
	});

	test('that nobody follows is cancelled at its deadline too, also after a restart', async () => {
		standIn.delay = Infinity;
		await proxy.ask('POST', '/jobs', job());
		proxy.ahead = 301_000;
		proxy.restart();
		await expect
			.poll(() => [...standIn.problems.values()].map((p) => p.status), { timeout: 5000 })
			.toEqual(['CANCELLED']);
	});

	test('that failed at Leap says so', async () => {
		standIn.delay = Infinity;
		const asked = job();
		await proxy.ask('POST', '/jobs', asked);
		standIn.fail('poll', {
			kind: 'changed',
			change: (list) => (list as object[]).map((p) => ({ ...p, status: 'FAILED', error_message: 'too warm' }))
		});
		const { body } = await proxy.ask('GET', `/jobs/${asked.id}`);
		expect(body).toMatchObject({
			state: 'failed',
			sentence: 'Leap could not solve the problem. It says: too warm'
		});
	});

	test('whose cancellation Leap refuses as too late is read as done', async () => {
		const asked = job();
		await proxy.ask('POST', '/jobs', asked);
		standIn.fail('cancel', status(409));
		await proxy.ask('DELETE', `/jobs/${asked.id}`);
		expect((await proxy.follow(asked.id as string)).body.state).toBe('done');
	});
});

describe('what is on disk', () => {
	test('a damaged budget stops all sending', async () => {
		await proxy.ask('POST', '/jobs', job());
		await writeFile(join(proxy.folder, 'budget.json'), '{"day": 3');
		proxy.restart();
		const said = await proxy.ask('POST', '/jobs', job());
		expect([said.status, said.body.error.sentence]).toEqual([
			503,
			'The server cannot read its record of the budget: nothing is sent.'
		]);
		expect(standIn.problems.size).toBe(1);
	});

	test('a damaged job is not sent again', async () => {
		const asked = job();
		await proxy.ask('POST', '/jobs', asked);
		await writeFile(join(proxy.folder, `${asked.id}.json`), '{}');
		proxy.restart();
		expect((await proxy.ask('POST', '/jobs', asked)).status).toBe(503);
		expect(standIn.problems.size).toBe(1);
	});

	test('holds no token and no draft', async () => {
		const asked = job();
		await proxy.ask('POST', '/jobs', asked);
		await proxy.follow(asked.id as string);
		const names = await readdir(proxy.folder);
		expect(names.sort()).toEqual([`${asked.id}.json`, 'budget.json'].sort());
		for (const name of names)
			expect(await readFile(join(proxy.folder, name), 'utf8')).not.toContain(standIn.token);
	});
});
