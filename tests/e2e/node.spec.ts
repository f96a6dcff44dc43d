// What only the node build does: it answers live, and stops when it is told to.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from '../../scripts/process.js';
import { expect, test } from './fixtures';

test('the annealer route answers live that none is configured', { tag: '@node' }, async ({ request }) => {
	const response = await request.get('./api/leap');
	expect(response.headers()['content-type']).toContain('application/json');
	expect(await response.json()).toEqual({
		available: false,
		reason: 'No annealer is configured on this server.'
	});
});

test('`node server` says where it listens, and SIGTERM ends it well', { tag: '@node' }, async () => {
	const env = { ...process.env, PORT: '0', HOST: '127.0.0.1' };
	const server = spawn(process.execPath, ['server'], { cwd: root, env });
	try {
		const [line] = (await once(server.stdout, 'data')) as [Buffer];
		const url = /http:\S+/.exec(String(line))?.[0] ?? '';
		// A connection that stays open must not hold the server back.
		const answer = await fetch(url, { headers: { Connection: 'keep-alive' } });
		expect(answer.status).toBe(200);
		await answer.text();
		server.kill('SIGTERM');
		const [code] = await once(server, 'exit');
		expect(code).toBe(0);
	} finally {
		server.kill('SIGKILL');
	}
});

test('`node server` refuses a port that is none, in a sentence', { tag: '@node' }, async () => {
	const server = spawn(process.execPath, ['server'], { cwd: root, env: { ...process.env, PORT: 'http' } });
	let said = '';
	server.stderr.on('data', (part) => (said += part));
	const [code] = await once(server, 'exit');
	expect(code).toBe(1);
	expect(said.trim()).toBe('PORT is "http"; it must be a number from 0 to 65535.');
});
