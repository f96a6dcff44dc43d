// The proxy behind a real HTTP server: bodies that are refused while they come, and connections that break, as sockets
// have them.
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequest, setResponse } from '@sveltejs/kit/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leapProxy } from '../../src/lib/server/leap/proxy';
import { environment, job } from './request';
import { startStandIn, type StandIn } from './standIn';

let standIn: StandIn;
let server: Server;
let folder: string;
let port: number;

beforeAll(async () => {
	standIn = await startStandIn();
	folder = await mkdtemp(join(tmpdir(), 'leap-'));
	const env = { ...environment(standIn, folder), RECIPROCAL_LEAP_MAX_BODY_KB: '64' };
	const handler = leapProxy(env, '/api/leap', { log: () => undefined });
	// As adapter-node does it.
	server = createServer((incoming, response) => {
		void getRequest({ base: `http://${incoming.headers.host}`, request: incoming }).then(async (asked) =>
			setResponse(response, await handler(asked, incoming.socket.remoteAddress ?? ''))
		);
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
	server.closeAllConnections();
	await new Promise((done) => server.close(done));
	await standIn.close();
	await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
});

const own = () => ({ Origin: `http://127.0.0.1:${port}`, 'Content-Type': 'application/json' });
const jobsAt = () => `http://127.0.0.1:${port}/api/leap/jobs`;

test('a body that says it is too large is refused before any of it was sent', async () => {
	const [status, text] = await new Promise<[number, string]>((done, failed) => {
		const asked = request(
			jobsAt(),
			{ method: 'POST', headers: { ...own(), 'Content-Length': '100000000' } },
			(answer: IncomingMessage) => {
				let said = '';
				answer.on('data', (part) => (said += part));
				answer.on('end', () => {
					done([answer.statusCode ?? 0, said]);
					asked.destroy();
				});
			}
		);
		asked.on('error', failed);
		// The head goes out, no byte of the body.
		asked.flushHeaders();
	});
	expect(status).toBe(413);
	expect(JSON.parse(text).error.sentence).toBe(
		'The request is larger than 64 kB, which is the limit of this server.'
	);
});

test('a body of untold length is refused in the middle', async () => {
	const socket = connect(port, '127.0.0.1');
	let said = '';
	socket.on('data', (part) => (said += part));
	socket.on('error', () => undefined);
	const head = Object.entries({ ...own(), Host: `127.0.0.1:${port}`, 'Transfer-Encoding': 'chunked' });
	socket.write(`POST /api/leap/jobs HTTP/1.1\r\n${head.map(([k, v]) => `${k}: ${v}`).join('\r\n')}\r\n\r\n`);
	let sent = 0;
	const chunk = `4000\r\n${' '.repeat(0x4000)}\r\n`;
	while (!said && sent < 2000 && !socket.destroyed) {
		if (!socket.write(chunk)) await new Promise((resume) => setTimeout(resume, 1));
		sent++;
		await new Promise((resume) => setImmediate(resume));
	}
	await expect.poll(() => said, { timeout: 5000 }).toMatch(/^HTTP\/1\.1 413/);
	// 32 MB would have been sent to a server that reads on.
	expect(sent).toBeLessThan(2000);
	socket.destroy();
});

test('a page that goes away between submission and reply finds its one job under its id', async () => {
	const asked = job();
	const body = JSON.stringify(asked);
	standIn.fail('submit', { kind: 'slow', wait: 100 });
	const away = request(jobsAt(), { method: 'POST', headers: { ...own(), 'Content-Length': body.length } });
	away.on('error', () => undefined);
	away.end(body);
	await expect.poll(() => standIn.requests.some((r) => r.method === 'POST'), { timeout: 5000 }).toBe(true);
	away.destroy();
	const again = async () => {
		const answer = await fetch(jobsAt(), { method: 'POST', headers: own(), body });
		return (await answer.json()) as { state: string };
	};
	const states = await Promise.all([again(), again(), again()]);
	expect(states.map((s) => s.state)).toEqual(['waiting', 'waiting', 'waiting']);
	expect(standIn.problems.size).toBe(1);
	expect(standIn.requests.filter((r) => r.method === 'POST')).toHaveLength(1);
});
