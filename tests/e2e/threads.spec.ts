// The SIMD module on threads: bundled and minified as in the site, in a cross-origin isolated page and a module worker. A
// second thread takes part, and every number is that of one thread. (Parts in other orders, in Node:
// tests/engine/simdParts.test.ts.)
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../../scripts/process.js';
import { listen, staticServer } from '../../scripts/serve.js';
import { expect, test } from './fixtures';
import type { ThreadsAnswer } from './threads/worker';

test('the engine computes the same numbers on one thread and on three, of which more than one works', async ({
	page
}) => {
	const folder = mkdtempSync(join(tmpdir(), 'reciprocal-threads-'));
	await build({
		configFile: join(root, 'tests/bench/vite.config.ts'),
		root: join(root, 'tests/e2e/threads'),
		publicDir: false,
		build: { outDir: folder }
	});
	const server = staticServer({ dir: folder });
	const port = await listen(server, 0);
	try {
		await page.goto(`http://localhost:${port}/`);
		await page.waitForFunction(() => window.computeOn);
		const on = (threads: number): Promise<ThreadsAnswer> =>
			page.evaluate((count) => window.computeOn!(count), threads);
		const one = await on(1);
		const three = await on(3);
		expect([one.isolated, three.isolated]).toEqual([true, true]);
		expect([one.threads, three.threads]).toEqual([1, 3]);
		expect([one.shared, three.shared]).toEqual([false, true]);
		expect(Object.keys(one.results)).toHaveLength(10);
		for (const [name, values] of Object.entries(one.results)) {
			expect(values.length, name).toBeGreaterThan(1);
			expect(values.every(Number.isFinite), name).toBe(true);
			const differing = values.filter((value, at) => value !== three.results[name][at]);
			expect([differing.length, three.results[name].length], name).toEqual([0, values.length]);
		}
	} finally {
		server.closeAllConnections();
		server.close();
		rmSync(folder, { recursive: true });
	}
});
