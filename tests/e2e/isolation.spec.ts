// Cross-origin isolation by headers, on the static server of `npm start` and on the node server. The service worker
// is kept out: it must not be needed here. (hosting.spec.ts is about hosts without headers.)
import { isolationHeaders } from '../../scripts/headers.js';
import { builtRoutes, expect, open, test } from './fixtures';

test.use({ serviceWorkers: 'block' });

// Chapters are one route: the one that starts the session's worker stands for all of them.
for (const route of builtRoutes().filter((r) => !/\/story\/(?!glossary|learning)./.test(r))) {
	test(`${route} is cross-origin isolated at the first load`, { tag: '@both' }, async ({ page }) => {
		let loads = 0;
		page.on('load', () => loads++);
		await open(page, route);
		expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
		expect(await page.evaluate(() => new SharedArrayBuffer(8).byteLength)).toBe(8);
		expect(loads).toBe(1);
	});
}

test(
	'every answer carries the headers: pages, code, files, endpoints, and unknown addresses',
	{ tag: '@both' },
	async ({ page, request }) => {
		const loaded: string[] = [];
		page.on('response', (response) => loaded.push(response.url()));
		await open(page, '/');
		expect(loaded.some((url) => url.endsWith('.js'))).toBe(true);
		for (const url of [...loaded, './favicon.svg', './service-worker.js', './api/leap', './no/such/page/']) {
			const headers = (await request.get(url)).headers();
			for (const [name, value] of Object.entries(isolationHeaders)) {
				expect(headers[name.toLowerCase()], `${name} of ${url}`).toBe(value);
			}
		}
	}
);

test('a module worker starts under the headers and has shared memory', { tag: '@both' }, async ({ page }) => {
	await open(page, '/');
	// From an address of our own, as the session's worker is: the policy lets no other in.
	await page.route('**/probe.worker.js', (route) =>
		route.fulfill({
			contentType: 'text/javascript',
			headers: isolationHeaders,
			body: 'postMessage([crossOriginIsolated, typeof SharedArrayBuffer])'
		})
	);
	const answer = await page.evaluate(
		() =>
			new Promise((done, fail) => {
				const worker = new Worker('probe.worker.js', { type: 'module' });
				worker.onmessage = ({ data }) => done(data);
				worker.onerror = () => fail(new Error('The worker did not start.'));
			})
	);
	expect(answer).toEqual([true, 'function']);
});
