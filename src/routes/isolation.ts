// Registers the service worker and, on a host that sends no COOP/COEP headers, reloads the page once so that the
// worker can add them: only then does the browser allow SharedArrayBuffer and with it wasm threads.
import { browser, dev } from '$app/environment';
import { resolve } from '$app/paths';

/** Set just before the one reload, cleared by the first isolated page: no page can reload twice in a row. */
const RELOADED = 'reciprocal:reloaded-for-isolation';

/** Marks the coming reload in this tab. False when it was marked before, or when nothing can be remembered. */
function mayReload(): boolean {
	try {
		if (sessionStorage.getItem(RELOADED)) return false;
		sessionStorage.setItem(RELOADED, '1');
		return true;
	} catch {
		return false;
	}
}

function forgetReload(): void {
	try {
		sessionStorage.removeItem(RELOADED);
	} catch {
		// Storage is blocked: nothing was remembered either.
	}
}

/** Resolves when a service worker controls this page. */
function controlled(container: ServiceWorkerContainer): Promise<void> {
	if (container.controller) return Promise.resolve();
	return new Promise((done) => container.addEventListener('controllerchange', () => done(), { once: true }));
}

let registered: Promise<void> | undefined;

async function register(container: ServiceWorkerContainer): Promise<void> {
	// A page that came through the worker already has its headers: reloading it again could not help.
	const cameThroughWorker = container.controller !== null;
	if (crossOriginIsolated) forgetReload();

	const scope = resolve('/');
	const registration = await container.register(new URL('service-worker.js', new URL(scope, location.href)), {
		scope
	});
	// After a forced reload (Shift) the worker is active but claims nobody: then there is nothing to wait for.
	if (!registration.active) await controlled(container);
	const worker = registration.active ?? (await container.ready).active;

	// Inside a frame isolation is the embedding page's to decide.
	if (!crossOriginIsolated && !cameThroughWorker && window === window.top && mayReload()) {
		location.reload();
		return;
	}
	// Filling the cache waits until here, so that it delays neither the first page nor the reload.
	worker?.postMessage({ type: 'precache' });
}

/**
 * Call once when the app starts in the browser; later calls return the first one's promise. Never rejects: where
 * service workers are missing or blocked, the site works without threads and without its offline copy.
 */
export function registerIsolation(): Promise<void> {
	if (!browser || dev || !('serviceWorker' in navigator)) return Promise.resolve();
	registered ??= register(navigator.serviceWorker).catch((error: unknown) => {
		console.info('No service worker here, so no threads and no offline copy:', String(error));
	});
	return registered;
}
