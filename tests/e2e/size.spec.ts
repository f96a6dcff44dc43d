// The landing page's JavaScript as a visitor's browser really loads it, dynamic imports included.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { folders } from '../../scripts/build.js';
import { root } from '../../scripts/process.js';
import { expect, open, test } from './fixtures';

test.use({ serviceWorkers: 'block' });

test('the landing page runs less than 150 kB of gzipped JavaScript, and none of tfjs', async ({ page }) => {
	const scripts = new Set<string>();
	page.on('response', (response) => {
		const { pathname } = new URL(response.url());
		if (pathname.endsWith('.js')) scripts.add(pathname);
	});
	await open(page, '/');
	const files = [...scripts].map((path) => readFileSync(join(root, folders.static, path)));
	const bytes = files.map((file) => gzipSync(file).length).reduce((a, b) => a + b, 0);
	expect(files.length).toBeGreaterThan(3);
	expect(bytes).toBeLessThan(150_000);
	expect(files.filter((file) => file.includes('not registered for backend')).length).toBe(0);
});
