// Says whether this site can reach a D-Wave annealer. The static site cannot by its nature: its answer is written
// when it is built. The node build answers at each request.
import { json } from '@sveltejs/kit';

export const prerender = __STATIC_SITE__;

export function GET() {
	return json({
		available: false,
		reason: __STATIC_SITE__
			? 'This is the static site: it has no server that could reach an annealer.'
			: 'No annealer is configured on this server.'
	});
}
