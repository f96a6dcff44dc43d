// The service worker: adds the isolation headers to every answer, so that wasm threads work on hosts that send
// none (GitHub Pages), and keeps a copy of the site for use offline.
//
// A new version waits until every tab of the old one is closed: a running page keeps the chunks that it was built
// with. Pages come from the network when it answers in time, so a visitor on line is never behind.
import { base, files, prerendered, version } from '$service-worker';
import { isolationHeaders } from '../../scripts/headers.js';

const worker = self as unknown as ServiceWorkerGlobalScope;

const CACHE = `reciprocal:${base}:${version}`;
/** How long a page may keep the visitor waiting before the kept copy is shown, in milliseconds. */
const PATIENCE = 3000;

/** Static files that are not part of the app: host settings, and data that are fetched and kept when first used. */
function isApp(path: string): boolean {
	const local = path.slice(base.length + 1);
	return !/^[._]|\/\.|^404\.html$|^(data|weights)\//.test(local);
}

const nothing = () => undefined;
const IMMUTABLE = `${base}/_app/immutable/`;
/** What the build wrote, workers and wasm included, which `$service-worker` leaves out: see vite.config.ts. */
const LIST = `${IMMUTABLE}files-${version}.json`;

/** Everything that makes the site work off line: addresses from the host's root. */
async function siteFiles(cache: Cache): Promise<string[]> {
	if (!(await cache.match(LIST))) await keep(cache, LIST);
	const built = (await (await cache.match(LIST))?.json()) as string[];
	return [...built.map((file) => `${base}/${file}`), ...files.filter(isApp), ...prerendered];
}

/** The same answer with the isolation headers. Redirects and opaque answers cannot be rebuilt and pass as they are. */
function isolated(response: Response): Response {
	if (response.status === 0 || response.type === 'opaqueredirect' || response.type === 'error')
		return response;
	const headers = new Headers(response.headers);
	for (const [name, value] of Object.entries(isolationHeaders)) headers.set(name, value);
	const empty = [101, 204, 205, 304].includes(response.status);
	return new Response(empty ? null : response.body, {
		status: response.status,
		statusText: response.statusText,
		headers
	});
}

/** Fetches and keeps one file. Files without a hash in their name skip the HTTP cache, which may hold old ones. */
async function keep(cache: Cache, path: string): Promise<void> {
	const response = await fetch(
		new Request(path, { cache: path.startsWith(IMMUTABLE) ? 'default' : 'no-cache' })
	);
	if (!response.ok) throw new Error(`${path}: ${response.status}`);
	await cache.put(path, response);
}

/** Fetches and keeps what is missing, a few at a time so that the page's own requests are not crowded out. */
async function keepMissing(): Promise<void> {
	const cache = await caches.open(CACHE);
	const have = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
	const missing = (await siteFiles(cache)).filter((path) => !have.has(new URL(path, location.href).pathname));
	const queue = missing.values();
	const lane = async () => {
		for (const path of queue) await keep(cache, path);
	};
	await Promise.all([lane(), lane(), lane()]);
}

worker.addEventListener('install', (event) => {
	// The first version starts at once and fills its cache when the page asks: the visitor waits for nothing. An
	// update is complete before it may take over, else it is tried again later.
	if (worker.registration.active) event.waitUntil(keepMissing());
});

worker.addEventListener('activate', (event) => {
	const outdated = (name: string) => name.startsWith(`reciprocal:${base}:`) && name !== CACHE;
	event.waitUntil(
		caches
			.keys()
			.then((names) => Promise.all(names.filter(outdated).map((name) => caches.delete(name))))
			.then(() => worker.clients.claim())
	);
});

worker.addEventListener('message', (event) => {
	if ((event.data as { type?: unknown } | null)?.type !== 'precache') return;
	// Incomplete now is completed at the next visit, or by use.
	event.waitUntil(
		keepMissing().catch((error: unknown) => console.info('Offline copy incomplete:', String(error)))
	);
});

/** Keeps a good answer for later, apart from what waits for it. Partial answers (206) cannot be kept. */
function remember(event: FetchEvent, cache: Cache, response: Response): void {
	if (response.status !== 200 || response.type !== 'basic') return;
	// No room left is no reason to fail: the answer itself is there.
	event.waitUntil(cache.put(event.request, response.clone()).catch(nothing));
}

/** A page or anything else whose address stays when its content changes: network first, kept copy in need. */
async function networkFirst(event: FetchEvent, cache: Cache): Promise<Response> {
	const copy = await cache.match(event.request, { ignoreSearch: true });
	const network = fetch(event.request).then((response) => {
		remember(event, cache, response);
		return response;
	});
	if (!copy) return network.catch((error: unknown) => addSlash(event.request, cache, error));
	// The network may answer after the copy was shown; it is still worth keeping.
	event.waitUntil(network.then(nothing, nothing));
	const late = new Promise<Response>((done) => setTimeout(() => done(copy), PATIENCE));
	return Promise.race([network.catch(() => copy), late]);
}

/** Off line, `/lab` leads to the kept page `/lab/`, as the host would have done. */
async function addSlash(request: Request, cache: Cache, error: unknown): Promise<Response> {
	const url = new URL(request.url);
	url.pathname += '/';
	if (request.mode === 'navigate' && (await cache.match(url, { ignoreSearch: true })))
		return Response.redirect(url);
	throw error;
}

/** A file whose content never changes under its address within a version: kept copy first. */
async function copyFirst(event: FetchEvent, cache: Cache): Promise<Response> {
	const copy = await cache.match(event.request);
	if (copy) return copy;
	const response = await fetch(event.request);
	remember(event, cache, response);
	return response;
}

const stable = new Set(files.map((path) => new URL(path, location.href).pathname));

const isStable = (path: string) => path.startsWith(IMMUTABLE) || stable.has(path);

worker.addEventListener('fetch', (event) => {
	const { request } = event;
	const url = new URL(request.url);
	if (request.method !== 'GET' || url.origin !== location.origin) return;
	// A DevTools request that a worker must not repeat.
	if (request.cache === 'only-if-cached' && request.mode !== 'same-origin') return;
	const answer = caches
		.open(CACHE)
		.then((cache) => (isStable(url.pathname) ? copyFirst : networkFirst)(event, cache));
	event.respondWith(answer.then(isolated));
});
