// Says that the static site reaches no D-Wave annealer, which it cannot by its nature: the answer is written when it is
// built. On the node build hooks.server.ts answers in its place, here and at every address below.
import { json } from '@sveltejs/kit';

export const prerender = __STATIC_SITE__;

export function GET() {
	return json({
		available: false,
		reason: 'This is the static site: it has no server that could reach an annealer.'
	});
}
