// What only the node build does: it answers live.
import { expect, test } from './fixtures';

test('the annealer route answers live that none is configured', async ({ request }) => {
	const response = await request.get('./api/leap');
	expect(response.headers()['content-type']).toContain('application/json');
	expect(await response.json()).toEqual({
		available: false,
		reason: 'No annealer is configured on this server.'
	});
});
