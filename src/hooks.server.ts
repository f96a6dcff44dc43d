// Writes the language of the page into <html lang>, also when the page is prerendered, and hands the annealer's route to
// the proxy. It is no ordinary route because the static build refuses one that takes POST.
import { building } from '$app/environment';
import { env } from '$env/dynamic/private';
import type { Handle, RequestEvent } from '@sveltejs/kit';
import { leapProxy, type Handler } from '$lib/server/leap/proxy';

const LEAP = '/api/leap';
let leap: Handler | undefined;

function clientOf(event: RequestEvent): string {
	try {
		return event.getClientAddress();
	} catch {
		// The header that ADDRESS_HEADER names is missing: such requests share one allowance.
		return 'unknown';
	}
}

export const handle: Handle = ({ event, resolve }) => {
	const { pathname } = event.url;
	if (!__STATIC_SITE__ && !building && (pathname === LEAP || pathname.startsWith(`${LEAP}/`))) {
		leap ??= leapProxy(env, LEAP);
		return leap(event.request, clientOf(event));
	}
	return resolve(event, {
		// The two faces that the first screen is set in come with the page, so that nothing moves when they arrive.
		preload: ({ type, path }) =>
			type === 'js' ||
			type === 'css' ||
			(type === 'font' && /(?:inter|source-serif-4)-latin-wght-normal/.test(path)),
		transformPageChunk: ({ html }) => html.replace('%lang%', event.params.lang ?? 'en')
	});
};
