// The static server: right types, folders, unknown addresses, compression, ETags, sub-paths, ports, and no way out
// of its folder. Requests are written by hand where a client would tidy the address.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isolationHeaders } from '../../scripts/headers.js';
import { listen, staticServer } from '../../scripts/serve.js';

const outer = mkdtempSync(join(tmpdir(), 'serve-'));
const dir = join(outer, 'site');
const long = 'abc '.repeat(1000);
const servers: Server[] = [];

interface Answer {
	status: number;
	headers: IncomingHttpHeaders;
	body: Buffer;
}

function ask(port: number, path: string, headers = {}, method = 'GET'): Promise<Answer> {
	return new Promise((done, fail) => {
		const request = httpRequest({ host: '127.0.0.1', port, path, headers, method }, (response) => {
			const parts: Buffer[] = [];
			response.on('data', (part: Buffer) => parts.push(part));
			response.on('end', () =>
				done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) })
			);
		});
		request.on('error', fail).end();
	});
}

async function serve(options = {}): Promise<number> {
	const server = staticServer({ dir, ...options });
	servers.push(server);
	return listen(server, 0);
}

let port = 0;
beforeAll(async () => {
	mkdirSync(join(dir, 'lab'), { recursive: true });
	mkdirSync(join(dir, '_app/immutable'), { recursive: true });
	mkdirSync(join(dir, 'empty'));
	writeFileSync(join(outer, 'secret.txt'), 'secret');
	mkdirSync(join(outer, 'site-two'));
	writeFileSync(join(outer, 'site-two/secret.txt'), 'secret');
	writeFileSync(join(dir, '.hidden'), 'secret');
	writeFileSync(join(dir, 'index.html'), '<h1>start</h1>');
	writeFileSync(join(dir, 'lab/index.html'), '<h1>lab</h1>');
	writeFileSync(join(dir, '404.html'), '<h1>nothing</h1>');
	writeFileSync(join(dir, '_app/immutable/a.js'), long);
	writeFileSync(join(dir, 'b.wasm'), 'wasm');
	writeFileSync(join(dir, 'ä b.txt'), 'umlaut');
	port = await serve();
});
afterAll(() => {
	for (const server of servers) server.close();
	rmSync(outer, { recursive: true });
});

describe('files', () => {
	test.each([
		['/', 'text/html; charset=utf-8', '<h1>start</h1>'],
		['/lab/', 'text/html; charset=utf-8', '<h1>lab</h1>'],
		['/lab/?a=1', 'text/html; charset=utf-8', '<h1>lab</h1>'],
		['/_app/immutable/a.js', 'text/javascript; charset=utf-8', long],
		['/b.wasm', 'application/wasm', 'wasm'],
		['/%C3%A4%20b.txt', 'text/plain; charset=utf-8', 'umlaut']
	])('%s', async (path, type, text) => {
		const { status, headers, body } = await ask(port, path);
		expect(status).toBe(200);
		expect(headers['content-type']).toBe(type);
		expect(body.toString()).toBe(text);
		expect(Number(headers['content-length'])).toBe(body.length);
		for (const [name, value] of Object.entries(isolationHeaders))
			expect(headers[name.toLowerCase()]).toBe(value);
	});

	test('only files with a hash in their name may be kept without asking', async () => {
		expect((await ask(port, '/_app/immutable/a.js')).headers['cache-control']).toContain('immutable');
		expect((await ask(port, '/')).headers['cache-control']).toBe('no-cache');
	});

	test('a folder without its slash is redirected, query and all', async () => {
		const { status, headers } = await ask(port, '/lab?a=1');
		expect([status, headers.location]).toEqual([308, '/lab/?a=1']);
	});

	test('HEAD has the headers and no body, other methods are refused', async () => {
		const { status, headers, body } = await ask(port, '/', {}, 'HEAD');
		expect([status, headers['content-length'], body.length]).toEqual([200, '14', 0]);
		expect((await ask(port, '/', {}, 'POST')).status).toBe(405);
	});

	test('an unchanged file is not sent again', async () => {
		const { headers } = await ask(port, '/lab/');
		const again = await ask(port, '/lab/', { 'If-None-Match': headers.etag });
		expect([again.status, again.body.length]).toEqual([304, 0]);
		expect((await ask(port, '/lab/', { 'If-None-Match': 'W/"other"' })).status).toBe(200);
	});
});

test.each([
	'/no',
	'/no/such/page/',
	'/empty/',
	'/index.html/',
	'/.hidden',
	'/../secret.txt',
	'/%2e%2e/secret.txt',
	'/..%2fsecret.txt',
	'/lab/../../secret.txt',
	'/../site-two/secret.txt',
	'/..%5csecret.txt',
	'/lab/%00',
	'//lab',
	'//example.org/%2e%2e',
	'http://example.org/lab'
])('%s is answered by the page for unknown addresses', async (path) => {
	const { status, headers, body } = await ask(port, path);
	expect([status, body.toString()]).toEqual([404, '<h1>nothing</h1>']);
	expect(headers.location).toBeUndefined();
});

test('a broken escape is a bad request', async () => {
	expect((await ask(port, '/%E0%A4%A')).status).toBe(400);
});

describe('compression', () => {
	test.each([
		['br', 'gzip, deflate, br', brotliDecompressSync],
		['gzip', 'gzip', gunzipSync],
		['gzip', 'gzip, br;q=0', gunzipSync]
	] as const)('%s for "%s"', async (encoding, accepted, decompress) => {
		const { headers, body } = await ask(port, '/_app/immutable/a.js', { 'Accept-Encoding': accepted });
		expect(headers['content-encoding']).toBe(encoding);
		expect(headers.vary).toBe('Accept-Encoding');
		expect(body.length).toBeLessThan(long.length / 10);
		expect(decompress(body).toString()).toBe(long);
	});

	test('not for short files, and not for those who do not ask', async () => {
		expect((await ask(port, '/', { 'Accept-Encoding': 'br' })).headers['content-encoding']).toBeUndefined();
		expect((await ask(port, '/_app/immutable/a.js')).headers['content-encoding']).toBeUndefined();
	});
});

test('a sub-path, with other headers', async () => {
	const other = await serve({ base: '/some/path/', headers: { 'X-Host': 'plain' } });
	const { status, headers, body } = await ask(other, '/some/path/lab/');
	expect([status, headers['x-host'], body.toString()]).toEqual([200, 'plain', '<h1>lab</h1>']);
	expect(headers['cross-origin-opener-policy']).toBeUndefined();
	expect((await ask(other, '/lab/')).status).toBe(404);
	expect((await ask(other, '/some/path')).headers.location).toBe('/some/path/');
	expect((await ask(other, '/some/path/lab')).headers.location).toBe('/some/path/lab/');
});

test('a taken port gives way to the next, unless only one may be tried', async () => {
	const next = staticServer({ dir });
	servers.push(next);
	expect(await listen(next, port, { tries: 20 })).toBeGreaterThan(port);
	await expect(listen(staticServer({ dir }), port)).rejects.toThrow('EADDRINUSE');
});
