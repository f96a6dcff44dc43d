// The static files that hosts read: they must say what the code says.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isolationHeaders } from '../../scripts/headers.js';
import { root } from '../../scripts/process.js';

const read = (name: string) => readFileSync(join(root, 'static', name), 'utf8');

test('_headers sends the isolation headers for every address', () => {
	const [, all] = read('_headers').split(/^\/\*$/m);
	const lines = all.split(/^\//m)[0].trim().split('\n');
	const sent = Object.fromEntries(lines.map((line) => line.trim().split(/:\s*/, 2)));
	expect(sent).toEqual(isolationHeaders);
});

test('404.html carries the hashes of its own style and script, and loads nothing', () => {
	const html = read('404.html');
	const policy = html.match(/content="(default-src[^"]*)"/)?.[1] ?? '';
	for (const tag of ['style', 'script']) {
		const [, text] = html.match(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`)) ?? [];
		expect(policy).toContain(`${tag}-src 'sha256-${createHash('sha256').update(text).digest('base64')}'`);
	}
	expect(html.match(/(src|href)="[^"]*"/g)).toEqual(['href="data:,"', 'href="/"']);
});
