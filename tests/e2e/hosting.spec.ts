// The static build on the plainest of hosts: under a sub-path, without any headers of ours (GitHub Pages). The
// service worker brings isolation with one reload, keeps the site for use off line, and never disturbs a running
// page.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { folders } from '../../scripts/build.js';
import { root } from '../../scripts/process.js';
import { listen, staticServer } from '../../scripts/serve.js';
import { builtRoutes, expect, test as base, type Page } from './fixtures';

const BASE = '/some/sub/path/';
const site = join(root, folders.static);

/** Answers a request itself and says so, or leaves it to the file server. */
type Intercept = (path: string, request: IncomingMessage, response: ServerResponse) => boolean;

interface Host {
	url: string;
	intercept: Intercept;
	/** Requests answered so far, without the sub-path. */
	requests: string[];
	stop(): Promise<void>;
}

const test = base.extend<{ host: Host }>({
	host: async ({}, use) => {
		const files = staticServer({ dir: site, base: BASE, headers: {}, compression: false });
		const server = createServer((request, response) => {
			const path = (request.url ?? '').replace(BASE, '/');
			host.requests.push(path);
			if (!host.intercept(path, request, response)) files.emit('request', request, response);
		});
		const port = await listen(server, 0);
		const host: Host = {
			url: `http://127.0.0.1:${port}${BASE}`,
			intercept: () => false,
			requests: [],
			stop: () =>
				new Promise((done) => {
					server.close(() => done());
					server.closeAllConnections();
				})
		};
		await use(host);
		await host.stop();
	}
});

/** Counts a page's loads of documents from now on. */
function countLoads(page: Page): () => number {
	let loads = 0;
	page.on('domcontentloaded', () => loads++);
	return () => loads;
}

const isolated = (page: Page) => page.waitForFunction(() => crossOriginIsolated);

/** Addresses in the worker's cache, from the site's root: "/", "/_app/…". */
async function cached(page: Page): Promise<string[]> {
	const urls = await page.evaluate(async () => {
		const names = (await caches.keys()).filter((name) => name.startsWith('reciprocal:'));
		const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
		return lists.flat().map((request) => request.url);
	});
	return urls.map((url) => new URL(url).pathname.replace(BASE, '/'));
}

/** All that the app is made of: its pages, and its code, styles and fonts with a hash in their name. */
function appFiles(): string[] {
	const built = readdirSync(join(site, '_app/immutable'), { withFileTypes: true, recursive: true });
	const files = built.filter((entry) => entry.isFile());
	return [
		...builtRoutes(),
		...files.map((entry) =>
			join('/', join(entry.parentPath, entry.name).slice(site.length)).replaceAll('\\', '/')
		)
	];
}

/** Opens the site for the first time and waits until it is isolated and kept whole. */
async function visit(page: Page, host: Host): Promise<void> {
	await page.goto(host.url);
	await isolated(page);
	const want = appFiles();
	await expect
		.poll(async () => {
			const have = new Set(await cached(page));
			return want.filter((path) => !have.has(path));
		}, 'files that are not kept yet')
		.toEqual([]);
}

test('one reload isolates the first page, and no page is reloaded again', async ({ page, host }) => {
	host.intercept = (path, _request, response) => {
		if (path !== '/probe.worker.js') return false;
		response.setHeader('Content-Type', 'text/javascript');
		response.end('postMessage([crossOriginIsolated, typeof SharedArrayBuffer])');
		return true;
	};
	const loads = countLoads(page);
	await page.goto(host.url);
	await isolated(page);
	await page.waitForLoadState('networkidle');
	expect(loads()).toBe(2);
	for (const route of builtRoutes()) {
		const before = loads();
		await page.goto(host.url + route.slice(1), { waitUntil: 'networkidle' });
		expect(await page.evaluate(() => crossOriginIsolated), route).toBe(true);
		expect(loads() - before, `loads of ${route}`).toBe(1);
	}
	await page.goto(host.url);
	const worker = await page.evaluate(
		() =>
			new Promise((done, fail) => {
				const worker = new Worker('probe.worker.js', { type: 'module' });
				worker.onmessage = ({ data }) => done(data);
				worker.onerror = () => fail(new Error('The worker did not start.'));
			})
	);
	expect(worker).toEqual([true, 'function']);
});

test('a first visit that starts at any page works as well', async ({ page, host }) => {
	const last = builtRoutes().at(-1) as string;
	const loads = countLoads(page);
	await page.goto(host.url + last.slice(1));
	await isolated(page);
	await page.waitForLoadState('networkidle');
	expect(loads()).toBe(2);
});

test.describe('off line', () => {
	// The worker's own attempts to reach the stopped host. A page's request that it cannot answer fails otherwise.
	test.use({ tolerate: /failed: .* net::ERR_CONNECTION_REFUSED/ });

	test('after one visit every page works without the host', async ({ page, host }) => {
		await visit(page, host);
		expect((await cached(page)).filter((path) => /^\/(data|weights)\//.test(path))).toEqual([]);
		await host.stop();
		for (const route of builtRoutes()) {
			await page.goto(host.url + route.slice(1), { waitUntil: 'networkidle' });
			await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
			expect(await page.evaluate(() => crossOriginIsolated), route).toBe(true);
			if (route === '/') continue;
			await page.goto(host.url + route.slice(1, -1));
			expect(new URL(page.url()).pathname).toBe(BASE + route.slice(1));
		}
	});

	const data = readdirSync(join(site, 'data'), { withFileTypes: true }).find((entry) => entry.isFile());

	test('the Lab computes without the host: its worker and wasm are kept too', async ({ page, host }) => {
		await visit(page, host);
		await host.stop();
		await page.goto(`${host.url}lab/`);
		await page.getByRole('button', { name: 'Play', exact: true }).click();
		const step = async () => Number(await page.getByTestId('status').getAttribute('data-step'));
		await expect.poll(step, { timeout: 60_000 }).toBeGreaterThan(0);
	});

	test('data are fetched when used, and kept from then on', async ({ page, host }) => {
		await visit(page, host);
		const path = `data/${data?.name}`;
		const size = () => page.evaluate(async (p) => (await (await fetch(p)).arrayBuffer()).byteLength, path);
		const bytes = readFileSync(join(site, path)).length;
		expect(host.requests).not.toContain(`/${path}`);
		expect(await size()).toBe(bytes);
		await expect.poll(() => cached(page)).toContain(`/${path}`);
		await host.stop();
		expect(await size()).toBe(bytes);
	});
});

test('a worker that cannot isolate the page costs one reload and no more', async ({ page, host }) => {
	host.intercept = (path, _request, response) => {
		if (path !== '/service-worker.js') return false;
		response.setHeader('Content-Type', 'text/javascript');
		response.end(`addEventListener('activate', (event) => event.waitUntil(clients.claim()))`);
		return true;
	};
	const loads = countLoads(page);
	await page.goto(host.url);
	await expect.poll(loads).toBe(2);
	// Long enough for many more, had the reloads no end: one takes well under a second.
	await page.waitForTimeout(4000);
	expect(loads()).toBe(2);
	expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
	await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
});

test.describe('without a service worker', () => {
	test.use({
		tolerate: /service-worker\.js|bad HTTP response code \(404\) was received when fetching the script/i
	});

	test('the site works, not isolated, and is not reloaded', async ({ page, host }) => {
		host.intercept = (path, _request, response) => {
			if (path !== '/service-worker.js') return false;
			response.writeHead(404).end();
			return true;
		};
		const loads = countLoads(page);
		await page.goto(host.url, { waitUntil: 'networkidle' });
		await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
		await page.waitForTimeout(2000);
		expect(loads()).toBe(1);
		expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
	});
});

test('an update waits for the running page, and starts with the next visit', async ({
	page,
	context,
	host
}) => {
	const script = readFileSync(join(site, 'service-worker.js'), 'utf8');
	const version = JSON.parse(readFileSync(join(site, '_app/version.json'), 'utf8')).version as string;
	expect(script).toContain(version);
	await visit(page, host);
	const names = () => page.evaluate(() => caches.keys());
	expect(await names()).toEqual([`reciprocal:${BASE.slice(0, -1)}:${version}`]);

	host.intercept = (path, _request, response) => {
		if (path.startsWith('/service-worker.js')) {
			response.setHeader('Content-Type', 'text/javascript');
			response.end(script.replaceAll(version, 'next'));
		} else if (path === '/_app/immutable/files-next.json') {
			response.end(readFileSync(join(site, `_app/immutable/files-${version}.json`)));
		} else return false;
		return true;
	};
	const loads = countLoads(page);
	// Registered under another address it is new to the browser at once. `update()` would do, but Chromium puts that
	// off for up to a minute after its own start on a busy machine.
	await page.evaluate(() => navigator.serviceWorker.register('service-worker.js?next', { scope: './' }));
	await page.waitForFunction(async () => (await navigator.serviceWorker.ready).waiting !== null);
	await page.waitForTimeout(1500);
	expect(loads()).toBe(0);
	// The running page still has the version it was built with, beside the new one.
	expect((await names()).length).toBe(2);
	expect(await page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');

	await page.close();
	await expect
		.poll(async () => {
			const visitor = await context.newPage();
			await visitor.goto(host.url);
			const kept = await visitor.evaluate(() => caches.keys());
			await visitor.close();
			return kept;
		})
		.toEqual([`reciprocal:${BASE.slice(0, -1)}:next`]);
});
