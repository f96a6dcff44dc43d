// Links in a real browser, whose streams fail in ways of their own: round trips, every cut and many changes.
import { describe, expect, it } from 'vitest';
import { decodeScene, encodeScene, packText } from '../../src/lib/scene/codec';
import { sameScene } from '../../src/lib/scene/flat';
import { presets } from '../../src/lib/scene/presets';
import { isValidScene } from '../../src/lib/scene/validate';

const links = Promise.all(presets.slice(1).map(({ scene }) => encodeScene(scene)));

describe('links in the browser', () => {
	it('round-trip every preset', async () => {
		for (const [i, link] of (await links).entries())
			expect(await decodeScene(link)).toEqual({ scene: presets[i + 1].scene, repairs: [] });
	});

	it('cut anywhere or changed anywhere open a valid Scene and say so', async () => {
		// and a short one, so that both packings are met
		const all = [...(await links), await packText('{"b":2}')];
		expect(new Set(all.map((link) => link[1]))).toEqual(new Set(['j', 'z']));
		for (const link of all) {
			const { scene: meant } = await decodeScene(link);
			for (let i = 1; i < link.length; i++) {
				const changed = link.slice(0, i) + (link[i] === 'Q' ? 'f' : 'Q') + link.slice(i + 1);
				for (const mangled of [link.slice(0, i), changed]) {
					const { scene, repairs } = await decodeScene(mangled);
					expect(isValidScene(scene)).toBe(true);
					// the last letters may hold bits that no byte, or no deflated code, uses
					if (!sameScene(scene, meant)) expect(repairs.length).toBeGreaterThan(0);
				}
			}
		}
	});

	it('give up a link that would unpack to far more than is read', async () => {
		const stream = new Blob([new Uint8Array(6_000_000)])
			.stream()
			.pipeThrough(new CompressionStream('deflate-raw'));
		const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
		const text = btoa(String.fromCharCode(...bytes))
			.replaceAll('+', '-')
			.replaceAll('/', '_')
			.replace(/=+$/, '');
		const { repairs } = await decodeScene(`1zAAA${text}`);
		expect(repairs.map((r) => r.sentence)).toEqual([
			'The link is damaged or cut short and cannot be read. The default state is shown.'
		]);
	});
});
