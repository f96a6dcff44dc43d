// Who may use the proxy: pages of this site alone, and, where an access code is set, those who know it.
import { createHash, timingSafeEqual } from 'node:crypto';
import { isLocal, type LeapConfig } from './config';
import { LeapFailure } from './failure';

/** Header that carries the access code. A page of another site cannot send it without a preflight, which is refused. */
export const CODE_HEADER = 'X-Leap-Access-Code';

/**
 * Refuses requests that another site's page may have caused. Where ORIGIN is set it decides; else the site is one of this
 * machine, and its name must be too: a foreign name that was made to point here is refused.
 * @throws LeapFailure
 */
export function checkSameOrigin(request: Request, configured: string | undefined): void {
	const refuse = (sentence: string) => new LeapFailure(403, 'cross-origin', sentence);
	const { headers, method } = request;
	const safe = method === 'GET' || method === 'HEAD';
	const site = headers.get('Sec-Fetch-Site');
	if (site !== null && site !== 'same-origin' && !(safe && site === 'none'))
		throw refuse('Only this site’s own pages may use the annealer.');
	const host = headers.get('Host') ?? new URL(request.url).host;
	if (configured === undefined && !isLocal(host))
		throw refuse('ORIGIN must be set on this server before the annealer can be used from elsewhere.');
	const origin = headers.get('Origin');
	if (origin === null) {
		if (safe) return;
		throw refuse('The request does not say which site it comes from.');
	}
	const sent = URL.canParse(origin) ? new URL(origin) : null;
	const own = configured === undefined ? sent?.host === host : sent?.origin === configured;
	if (!own) throw refuse('Only this site’s own pages may use the annealer.');
}

/** True when the request carries the code, or none is needed. The comparison takes the same time for any code. */
export function hasCode(request: Request, config: LeapConfig): boolean {
	if (!config.accessCode) return true;
	const given = request.headers.get(CODE_HEADER) ?? '';
	return timingSafeEqual(createHash('sha256').update(given).digest(), config.accessCode);
}

/** @throws LeapFailure without the right code */
export function checkCode(request: Request, config: LeapConfig): void {
	if (hasCode(request, config)) return;
	if (request.headers.has(CODE_HEADER))
		throw new LeapFailure(401, 'code-wrong', 'This access code is wrong.');
	throw new LeapFailure(401, 'code-needed', 'The annealer of this site needs an access code.');
}
