// The JavaScript of the landing page, and of each chapter beyond it, as a visitor's browser really loads it, dynamic
// imports and workers included.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { folders } from '../../scripts/build.js';
import { root } from '../../scripts/process.js';
import { builtRoutes, expect, open, test, type Page } from './fixtures';

test.use({ serviceWorkers: 'block' });

/** Paths of all scripts that a visit loads. */
async function scriptsOf(page: Page, visit: () => Promise<void>): Promise<Set<string>> {
	const scripts = new Set<string>();
	const note = (response: { url(): string }) => {
		const { pathname } = new URL(response.url());
		if (pathname.endsWith('.js')) scripts.add(pathname);
	};
	page.on('response', note);
	await visit();
	page.off('response', note);
	return scripts;
}

const contents = (paths: Iterable<string>) =>
	[...paths].map((path) => readFileSync(join(root, folders.static, path)));
const gzipped = (files: readonly Buffer[]) =>
	files.map((file) => gzipSync(file).length).reduce((a, b) => a + b, 0);
const hasTfjs = (file: Buffer) => file.includes('not registered for backend');

test('the landing page runs less than 150 kB of gzipped JavaScript, and none of tfjs', async ({ page }) => {
	const files = contents(await scriptsOf(page, () => open(page, '/')));
	expect(files.length).toBeGreaterThan(3);
	expect(gzipped(files)).toBeLessThan(150_000);
	expect(files.filter(hasTfjs).length).toBe(0);
});

for (const route of builtRoutes().filter((r) => /^\/story\/(?!glossary)./.test(r)))
	test(`${route} adds less than 200 kB of gzipped JavaScript to it`, async ({ page }) => {
		const shared = await scriptsOf(page, () => open(page, '/'));
		const all = await scriptsOf(page, async () => {
			await page.goto(`.${route}`);
			await expect(page.locator('[data-figure=ready]')).toBeVisible();
			const next = page.getByRole('button', { name: 'Next →' });
			while (await next.isEnabled()) await next.click();
		});
		const own = contents([...all].filter((path) => !shared.has(path)));
		expect(own.length).toBeGreaterThan(0);
		// The session's worker, where a chapter trains a machine, is the Lab's and shared with it.
		expect(gzipped(own.filter((file) => !hasTfjs(file)))).toBeLessThan(200_000);
	});
