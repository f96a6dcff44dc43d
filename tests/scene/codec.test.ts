// Links: round trips, length, and more than 10 000 mangled ones, each of which must open a valid Scene.
import fc from 'fast-check';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeScene, encodeScene, MAX_LINK, MAX_TEXT, packText } from '../../src/lib/scene/codec';
import { fields } from '../../src/lib/scene/describe';
import { flatten, LINK_KEYS, sameScene, unflatten } from '../../src/lib/scene/flat';
import { presets } from '../../src/lib/scene/presets';
import { defaultInitials, defaultRecipes, defaultScene, type Scene } from '../../src/lib/scene/schema';
import { isValidScene } from '../../src/lib/scene/validate';
import { anyScene } from './arbitraries';

describe('a link', () => {
	it('gives back every valid Scene as it was, without a repair', async () => {
		await fc.assert(
			fc.asyncProperty(anyScene, async (scene) => {
				const link = await encodeScene(scene);
				expect(link).toMatch(/^[\w-]*$/);
				expect(await decodeScene(link)).toEqual({ scene, repairs: [] });
				expect(await decodeScene(`#${link}`)).toEqual({ scene, repairs: [] });
			}),
			{ numRuns: 1000 }
		);
	});

	it('is empty for the default Scene, and the other way', async () => {
		expect(await encodeScene(defaultScene)).toBe('');
		for (const empty of ['', '#', '  '])
			expect(await decodeScene(empty)).toEqual({ scene: defaultScene, repairs: [] });
	});

	it('stands the punctuation and spaces that come with mail', async () => {
		const scene = { ...defaultScene, beta: 2, seed: 77 };
		const link = await encodeScene(scene);
		for (const around of [`#${link}.`, ` ${link}\n`, `${link}).`, `${link}>`])
			expect(await decodeScene(around)).toEqual({ scene, repairs: [] });
	});

	it('reads the same as long as its version lasts: a link written down', async () => {
		const scene: Scene = {
			...defaultScene,
			beta: 2.5,
			hidden: 64,
			data: { ...defaultRecipes.mnist, digits: '358' }
		};
		const link = '1jDjTeyJkIjoibW5pc3QiLCJnIjoiMzU4IiwibSI6NjQsImIiOjIuNX0';
		expect(await encodeScene(scene)).toBe(link);
		expect(await decodeScene(link)).toEqual({ scene, repairs: [] });
	});

	describe('is under 200 characters for a typical state', () => {
		const busy: Scene = {
			...defaultScene,
			data: { kind: 'mnist', digits: '0134679', side: 14 },
			hidden: 123,
			beta: 1.37,
			weightScale: 0.015,
			seed: 3_141_592_653,
			training: {
				...defaultScene.training,
				learningRate: 0.0123,
				momentum: 0.5,
				batchSize: 250,
				chains: 500,
				steps: 12_000
			},
			closure: 'smoothed',
			langevin: { ...defaultScene.langevin, sigma2: 0.125, particles: 5000, since: 4200 },
			view: { ...defaultScene.view, mode: 3, plane: 'xy', theme: 'dark' },
			at: 4321
		};
		const states: [string, Scene][] = [
			...presets.map((p): [string, Scene] => [p.id, p.scene]),
			...presets.map((p): [string, Scene] => [
				`${p.id}, paused and looked at`,
				{
					...p.scene,
					at: 2500,
					view: { ...p.scene.view, mode: 2, theme: 'projector', panels: ['spectrum', 'particles'] }
				}
			]),
			['many changes at once', busy]
		];
		it.each(states)('%s', async (_, scene) => {
			expect(isValidScene(scene)).toBe(true);
			const link = await encodeScene(scene);
			expect(link.length).toBeLessThan(200);
			expect((await decodeScene(link)).scene).toEqual(scene);
		});
	});

	it('is short enough to be read back for the largest Scene there is', async () => {
		const patterns = Array.from({ length: 64 }, (_, i) =>
			Array.from({ length: 64 }, (_, j) => (((i * 37 + j * 11) ** 3 % 97) % 16).toString(16)).join('')
		);
		const scene: Scene = { ...defaultScene, data: { kind: 'drawn', rows: 16, cols: 16, patterns } };
		const link = await encodeScene(scene);
		expect(link.length).toBeLessThan(MAX_LINK);
		expect(JSON.stringify(flatten(scene)).length * 1.4 + 200).toBeLessThan(MAX_TEXT);
		expect(await decodeScene(link)).toEqual({ scene, repairs: [] });
	});
});

describe('flat records', () => {
	it('hold what differs from the default and nothing else', () => {
		expect(flatten(defaultScene)).toEqual({});
		expect(flatten({ ...defaultScene, data: defaultRecipes.mnist, beta: 2 })).toEqual({ d: 'mnist', b: 2 });
		expect(
			flatten({ ...defaultScene, view: { ...defaultScene.view, panels: ['weights', 'training'] } })
		).toEqual({ vs: 'wt' });
		expect(unflatten({ b: 2, vs: 'wx', __proto__: null, no: 1 })).toEqual({
			value: { beta: 2, view: { panels: ['weights', 'x'] } },
			strangers: ['no']
		});
	});

	it('tell Scenes apart exactly', () => {
		fc.assert(
			fc.property(anyScene, anyScene, (a, b) => {
				expect(sameScene(a, structuredClone(a))).toBe(true);
				expect(sameScene(a, b)).toBe(JSON.stringify(flatten(a)) === JSON.stringify(flatten(b)));
				expect(sameScene(a, { ...a, seed: (a.seed + 1) >>> 0 })).toBe(false);
			}),
			{ numRuns: 100 }
		);
	});
});

describe('a link that cannot be read', () => {
	const told = async (link: string) => {
		const { scene, repairs } = await decodeScene(link);
		expect(scene).toEqual(defaultScene);
		return repairs.map((r) => r.sentence);
	};
	const damaged = ['The link is damaged or cut short and cannot be read. The default state is shown.'];

	it.each([
		'0',
		'1',
		'1j',
		'1zabc',
		'1jAAA',
		'1qAAAe30',
		'0jAAAe30',
		'1jAAA[]',
		'1jAAAbnVsbA',
		'1jAAAWzFd',
		'!!',
		'%F0'
	])('%s: says so', async (link) => expect(await told(link)).toEqual(link === '!!' ? [] : damaged));

	it('of more characters than are read', async () => {
		expect(await told('1j' + 'A'.repeat(MAX_LINK))).toEqual([
			`The link has ${MAX_LINK + 2} characters, more than the 8192 that are read. The default state is shown.`
		]);
	});

	it('that would unpack to a gigabyte', async () => {
		// 6 kB of deflate for 6 MB of spaces; it must be given up after the first chunk beyond the limit
		const bomb = deflateRawSync(Buffer.alloc(6_000_000, 32), { level: 9 }).toString('base64url');
		expect(bomb.length).toBeLessThan(MAX_LINK - 5);
		expect(await told(`1zAAA${bomb}`)).toEqual(damaged);
	});

	it('of a newer version', async () => {
		expect(await told('2?')).toEqual([
			'The link is damaged or cut short and cannot be read. Or it was made by a newer version of this page. The default state is shown.'
		]);
		const { scene, repairs } = await decodeScene(await packText('{"b":2,"new":[1]}', 2));
		expect(scene).toEqual({ ...defaultScene, beta: 2 });
		expect(repairs.map((r) => r.sentence)).toEqual([
			'The link was made by a newer version of this page (2; this is 1). The fields known here are used.',
			'A field that this page does not know was left out: "new".'
		]);
	});

	it('in which something was changed', async () => {
		const link = await packText('{"b":2}');
		const other = await packText('{"b":3}');
		expect(await decodeScene(link.slice(0, 5) + other.slice(5))).toEqual({
			scene: { ...defaultScene, beta: 3 },
			repairs: [
				{
					path: '',
					sentence:
						'The link was changed on its way: its check does not agree. What can be read of it is used.'
				}
			]
		});
	});
});

describe('mangled links', () => {
	/** What every link must come to. */
	async function opens(link: string, meant?: Scene) {
		const { scene, repairs } = await decodeScene(link);
		expect(isValidScene(scene)).toBe(true);
		for (const { sentence } of repairs) {
			expect(sentence).toMatch(/^\S.*\.$/su);
			expect(sentence.length).toBeLessThan(500);
			expect(sentence).not.toMatch(/undefined|\[object|\p{C}/u);
		}
		expect(repairs.length).toBeLessThan(60);
		// nothing goes wrong in silence: another Scene than was meant comes with a sentence
		if (meant && !sameScene(scene, meant)) expect(repairs.length).toBeGreaterThan(0);
		return { scene, repairs };
	}

	const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
	const mangle: fc.Arbitrary<(link: string) => string> = fc.oneof(
		// one bit of one character
		fc.tuple(fc.nat(), fc.nat(6)).map(([at, bit]) => (link: string) => {
			const i = at % link.length;
			return link.slice(0, i) + String.fromCharCode(link.charCodeAt(i) ^ (1 << bit)) + link.slice(i + 1);
		}),
		// one letter for another
		fc.tuple(fc.nat(), fc.nat(63)).map(([at, n]) => (link: string) => {
			const i = at % link.length;
			return link.slice(0, i) + alphabet[n] + link.slice(i + 1);
		}),
		fc.nat().map((n) => (link: string) => link.slice(0, n % link.length)),
		fc.nat().map((n) => (link: string) => link.slice(n % link.length)),
		fc.tuple(fc.nat(), fc.nat(20)).map(([at, n]) => (link: string) => {
			const i = at % link.length;
			return link.slice(0, i) + link.slice(i + n);
		}),
		fc.tuple(fc.nat(), fc.string({ unit: 'binary', maxLength: 12 })).map(([at, more]) => (link: string) => {
			const i = at % link.length;
			return link.slice(0, i) + more + link.slice(i);
		}),
		fc.constant((link: string) => link + link),
		fc.constant((link: string) => [...link].reverse().join('')),
		fc.constantFrom(
			(link: string) => link.toLowerCase(),
			(link: string) => encodeURIComponent(`#${link}`)
		),
		fc.nat(35).map((version) => (link: string) => version.toString(36) + link.slice(1))
	);

	it('by flips, cuts, insertions, case and version: 6000', async () => {
		const notDefault = fc.oneof(anyScene, fc.constantFrom(...presets.slice(1).map((p) => p.scene)));
		let told = 0;
		await fc.assert(
			fc.asyncProperty(
				notDefault,
				fc.array(mangle, { minLength: 1, maxLength: 3 }),
				async (scene, changes) => {
					const link = (await encodeScene(scene)) || '1jAAAe30';
					const mangled = changes.reduce((at, by) => (at === '' ? at : by(at)), link);
					// cut to nothing, a link is the default Scene's
					const { repairs } = await opens(mangled, /[\w-]/.test(mangled) ? scene : undefined);
					if (repairs.length > 0) told++;
				}
			),
			{ numRuns: 6000, seed: 20_261_123 }
		);
		// the mangling is not in vain
		expect(told).toBeGreaterThan(4000);
	});

	/** Values that a link has no business to hold, beside some that it may. */
	const anyValue: fc.Arbitrary<string> = fc.oneof(
		fc.constantFrom(
			...[
				'null',
				'true',
				'1e999',
				'-1e999',
				'1e308',
				'-0',
				'5e-324',
				'"NaN"',
				'"Infinity"',
				'"0x10"',
				'9007199254740993'
			],
			...[
				'[]',
				'{}',
				'""',
				'"__proto__"',
				'"constructor"',
				'{"__proto__":{"kind":"mnist"}}',
				'{"toString":1}'
			],
			...[
				'"mnist"',
				'"drawn"',
				'"gaussian-modes"',
				'"bars-and-stripes"',
				'"javascript:alert(1)"',
				'"<img src=x>"'
			],
			'['.repeat(300) + ']'.repeat(300),
			'{"a":'.repeat(200) + '1' + '}'.repeat(200)
		),
		fc.integer().map(String),
		fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => JSON.stringify(x)),
		fc.string({ unit: 'binary', maxLength: 40 }).map((x) => JSON.stringify(x)),
		fc.json({ maxDepth: 3 })
	);
	const anyKey = fc.oneof(
		{ weight: 8, arbitrary: fc.constantFrom(...Object.values(LINK_KEYS)) },
		{
			weight: 1,
			arbitrary: fc.constantFrom(
				'__proto__',
				'constructor',
				'prototype',
				'toString',
				'hasOwnProperty',
				'version',
				'data',
				''
			)
		},
		{ weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) }
	);

	it('with any JSON inside, of the right shape and of others: 4000', async () => {
		const record = fc
			.array(fc.tuple(anyKey, anyValue), { maxLength: 8 })
			.map((entries) => `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`);
		await fc.assert(
			fc.asyncProperty(fc.oneof({ weight: 6, arbitrary: record }, anyValue), async (text) => {
				const { scene, repairs } = await opens(await packText(text));
				// each field that is not what the link says is named
				const flat: unknown = JSON.parse(text);
				if (typeof flat !== 'object' || flat === null || Array.isArray(flat)) {
					expect(repairs).toHaveLength(1);
					return;
				}
				const named = new Set(repairs.map((r) => r.path));
				const kindRepaired = named.has('data.kind');
				const now = flatten(scene);
				for (const { path, data, initial } of fields) {
					const key = LINK_KEYS[path];
					if (!Object.hasOwn(flat, key) || key in now || named.has(path)) continue;
					if (path.startsWith('data.') && (kindRepaired || (data && data !== scene.data.kind))) continue;
					if (path.startsWith('initial.')) {
						if (named.has('initial.kind') || (initial && initial !== scene.initial.kind)) continue;
					}
					// not repaired, not in the new link: it must have been the default that the link spelt out
					const spelt = flatten(
						(
							await decodeScene(
								await packText(
									JSON.stringify({
										d: scene.data.kind,
										i: scene.initial.kind,
										m: scene.hidden,
										[key]: (flat as Record<string, unknown>)[key]
									})
								)
							)
						).scene
					);
					expect(spelt).toEqual(
						flatten({
							...defaultScene,
							data: defaultRecipes[scene.data.kind],
							initial: defaultInitials[scene.initial.kind],
							hidden: scene.hidden
						})
					);
				}
			}),
			{ numRuns: 4000, seed: 20_261_124 }
		);
		expect(({} as Record<string, unknown>).kind).toBeUndefined();
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});

	it('of random letters: 3000', async () => {
		const letters = fc.array(fc.constantFrom(...alphabet), { maxLength: 120 }).map((l) => l.join(''));
		const link = fc.oneof(
			letters,
			letters.map((l) => `1z${l}`),
			letters.map((l) => `1j${l}`),
			fc.string({ unit: 'binary', maxLength: 100 }),
			fc.string({ unit: 'grapheme', maxLength: 100 })
		);
		await fc.assert(
			fc.asyncProperty(link, async (text) => void (await opens(text))),
			{ numRuns: 3000, seed: 20_261_125 }
		);
	});
});
