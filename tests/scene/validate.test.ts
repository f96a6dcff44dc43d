// Repairs of Scenes from outside: the sentence for each kind of fault, and that valid siblings are kept.
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { fields, readField, withField } from '../../src/lib/scene/describe';
import { presets, presetById } from '../../src/lib/scene/presets';
import { maxHidden, maxParticles, modeCount } from '../../src/lib/scene/rules';
import {
	defaultInitials,
	defaultRecipes,
	defaultScene,
	MAX_COORDINATES,
	MAX_WEIGHTS,
	Scene,
	visibleCount
} from '../../src/lib/scene/schema';
import { isValidScene, repairScene } from '../../src/lib/scene/validate';
import { anyScene } from './arbitraries';

const sentences = (input: unknown) => repairScene(input).repairs.map((r) => r.sentence);

describe('valid Scenes', () => {
	it('pass unchanged, whatever they hold', () => {
		fc.assert(
			fc.property(anyScene, (scene) => {
				expect(v.is(Scene, scene)).toBe(true);
				expect(repairScene(scene)).toEqual({ scene, repairs: [] });
				expect(isValidScene(scene)).toBe(true);
			}),
			{ numRuns: 300 }
		);
	});

	it.each(presets.map((p) => [p.id, p.scene] as const))('include the preset %s', (_, scene) => {
		expect(isValidScene(scene)).toBe(true);
	});

	it('have presets with ids of their own, the first of them the default', () => {
		expect(new Set(presets.map((p) => p.id)).size).toBe(presets.length);
		expect(presets[0].scene).toEqual(defaultScene);
		expect(presetById('digits').scene.hidden).toBe(500);
		expect(() => presetById('none')).toThrow(/no preset/);
		for (const { title, sentence } of presets) {
			expect(title).not.toBe('');
			expect(sentence).toMatch(/\.$/);
		}
	});

	it('have a default whose recipe is its kind’s default', () => {
		expect(defaultScene.data).toEqual(defaultRecipes[defaultScene.data.kind]);
		for (const data of Object.values(defaultRecipes))
			expect(isValidScene({ ...defaultScene, data })).toBe(true);
	});

	it('may leave fields out, which are then the defaults without a word', () => {
		expect(repairScene({})).toEqual({ scene: defaultScene, repairs: [] });
		const { scene, repairs } = repairScene({ data: { kind: 'mnist', side: 14 }, training: { k: 5 } });
		expect(repairs).toEqual([]);
		expect(scene.data).toEqual({ kind: 'mnist', digits: '0123456789', side: 14 });
		expect(scene.training).toEqual({ ...defaultScene.training, k: 5 });
	});
});

describe('one bad field', () => {
	const rubbish: unknown[] = [null, true, 'x', -1e9, 1e9, 1e300, 0.123456789, NaN, [], {}, [1], '\u202e"<b>'];

	it.each(fields.map((f) => [`${f.path} ${f.data ?? ''}`, f] as const))(
		'%s is replaced, named, and costs no other field',
		(_, field) => {
			// trained weights stand only beside data and hidden units of their size
			const asset = field.initial === 'asset';
			const base: Scene = {
				...defaultScene,
				data: defaultRecipes[asset ? 'mnist' : (field.data ?? 'bars-and-stripes')],
				initial: defaultInitials[field.initial ?? 'random'],
				hidden: asset ? 500 : defaultScene.hidden
			};
			for (const bad of rubbish) {
				if (v.is(field.schema, bad)) continue;
				const input = structuredClone(base) as unknown as Record<string, Record<string, unknown>>;
				const [outer, inner] = field.path.split('.');
				if (inner === undefined) (input as Record<string, unknown>)[outer] = bad;
				else input[outer][inner] = bad;
				const { scene, repairs } = repairScene(input);
				expect(isValidScene(scene)).toBe(true);
				expect(repairs).toHaveLength(1);
				expect(repairs[0].path).toBe(field.path);
				expect(repairs[0].sentence).toContain(field.name ?? field.symbol ?? field.label);
				expect(repairs[0].sentence).not.toMatch(/undefined|\[object|\u202e/);
				expect(scene).toEqual(field.path === 'data.kind' ? defaultScene : base);
			}
		}
	);

	it('is told in a plain sentence', () => {
		expect(sentences({ beta: 900 })).toEqual([
			'β was 900; links may hold 0.01 to 20. The default, 1, is used.'
		]);
		expect(sentences({ hidden: 3.5 })).toEqual([
			'The number of hidden units was 3.5; links may hold whole numbers from 1 to 1,024. The default, 16, is used.'
		]);
		expect(sentences({ seed: -4 })).toEqual([
			'Seed was −4; links may hold whole numbers from 0 to 4,294,967,295. The default, 1, is used.'
		]);
		expect(sentences({ closure: 'magic' })).toEqual([
			'Closure was "magic"; links may hold gaussian, entropic, tap, fitted or smoothed. The default, gaussian, is used.'
		]);
		expect(sentences({ data: { kind: 'cats', whiskers: 6 } })).toEqual([
			'The kind of data was "cats"; links may hold bars-and-stripes, mnist, gaussian-modes, drawn, showers or machine. The default, bars-and-stripes, is used.'
		]);
		expect(sentences({ data: { kind: 'mnist', digits: '10' } })).toEqual([
			'The list of digits was "10"; links may hold distinct digits in rising order. The default, 0123456789, is used.'
		]);
		expect(sentences({ langevin: { sigma2: 'wide' } })).toEqual([
			'σ² was "wide"; links may hold 0.001 to 4, or nothing for automatic. The default, min(0.25, 0.9/(βλ_max)), is used.'
		]);
		expect(sentences({ beta: JSON.parse('1e999') })).toEqual([
			'β was too large to write; links may hold 0.01 to 20. The default, 1, is used.'
		]);
		expect(sentences({ training: 7 })).toEqual(['The training settings were 7. The defaults are used.']);
		expect(sentences({ data: [] })).toEqual([
			'The data recipe was a list. The default, bars-and-stripes, is used.'
		]);
		expect(sentences({ version: 9 })).toEqual([
			'The state was written by version 9 of this page, which is version 1. The fields it knows are kept.'
		]);
		expect(sentences('x')).toEqual(['The state was "x", not a Scene. The default state is used.']);
	});

	it('keeps the good items of a list', () => {
		const panels = repairScene({ view: { panels: ['weights', 'cats', 'training'] } });
		expect(panels.scene.view.panels).toEqual(['weights', 'training']);
		expect(panels.repairs[0].sentence).toBe(
			'The list of panels held 3 items, 1 of them not allowed, such as "cats". The others are used.'
		);
		const drawn = { kind: 'drawn', rows: 2, cols: 2, patterns: ['f', 7, '6'] };
		expect(repairScene({ data: drawn }).scene.data).toEqual({ ...drawn, patterns: ['f', '6'] });
		const many = repairScene({ data: { ...drawn, patterns: new Array(100).fill('9') } });
		expect(many.scene.data).toEqual({ ...drawn, patterns: new Array(64).fill('9') });
		expect(many.repairs[0].sentence).toContain('100 items, 36 of them beyond the 64 that fit');
		expect(sentences({ data: { ...drawn, rows: 4, cols: 4, patterns: [] } })).toEqual([
			'The list of drawn patterns was empty. The default list is used.'
		]);
	});

	it('names what it does not know, the first few', () => {
		expect(sentences({ colour: 1 })).toEqual([
			'A field that this page does not know was left out: "colour".'
		]);
		expect(sentences({ a: 1, b: 2, c: 3, view: { d: 4, mode: 1 }, e: 5, data: { f: 6 } })).toEqual([
			'6 fields that this page does not know were left out: "data.f", "a", "b", "c" and 2 more.'
		]);
	});
});

describe('fields that must fit together', () => {
	const mnist = defaultRecipes.mnist;

	it.each<[string, object, Partial<Scene> | null, string]>([
		[
			'N·M',
			{ data: mnist, hidden: 1000 },
			{ data: mnist, hidden: 668 },
			'The number of hidden units was 1000; beside 784 visible units there is room for 668. 668 is used.'
		],
		[
			'planted modes',
			{ data: { kind: 'gaussian-modes', units: 4, modes: 8 } },
			{ data: { ...defaultRecipes['gaussian-modes'], units: 4, modes: 3 } },
			'The number of planted modes was 8; 4 units have room for 3. 3 is used.'
		],
		[
			'mode',
			{ hidden: 5, view: { mode: 5 } },
			{ hidden: 5 },
			'The mode shown was 5; this machine has the modes 0 to 4. The default, 0, is used.'
		],
		[
			'drawings',
			{ data: { kind: 'drawn', rows: 3, cols: 3, patterns: ['a88', 'a89', 'ffff'] } },
			{ data: { kind: 'drawn', rows: 3, cols: 3, patterns: ['a88'] } },
			'The list of drawn patterns held 2 that do not fill 3×3 pixels (3 hexadecimal digits). The others are used.'
		],
		[
			'all drawings',
			{ data: { kind: 'drawn', rows: 3, cols: 3, patterns: ['a89'] } },
			{ data: { kind: 'drawn', rows: 3, cols: 3, patterns: ['000'] } },
			'The list of drawn patterns held 1 that does not fill 3×3 pixels (3 hexadecimal digits). One blank drawing is used.'
		],
		[
			'panels',
			{ view: { panels: ['weights', 'weights'] } },
			{ view: { ...defaultScene.view, panels: ['weights'] } },
			'The list of panels named one twice. Each is shown once.'
		]
	])('%s', (_, input, changed, sentence) => {
		const { scene, repairs } = repairScene(input);
		expect(repairs.map((r) => r.sentence)).toEqual([sentence]);
		expect(scene).toEqual({ ...defaultScene, ...changed });
	});

	it('particles', () => {
		const { scene, repairs } = repairScene({ data: mnist, hidden: 500, langevin: { particles: 100_000 } });
		expect(scene.langevin.particles).toBe(Math.floor(MAX_COORDINATES / 1284));
		expect(repairs).toHaveLength(1);
	});

	it('hold in every repaired Scene', () => {
		fc.assert(
			fc.property(anyScene, fc.nat(1023), fc.integer({ min: 1, max: 1024 }), (scene, mode, hidden) => {
				const wanted = withField(withField(scene, { path: 'view.mode' }, mode), { path: 'hidden' }, hidden);
				const { scene: s } = repairScene(wanted);
				const N = visibleCount(s.data);
				expect(N * s.hidden).toBeLessThanOrEqual(MAX_WEIGHTS);
				expect(s.hidden).toBe(Math.min(hidden, maxHidden(N)));
				expect(s.langevin.particles).toBeLessThanOrEqual(maxParticles(N, s.hidden));
				expect(s.view.mode).toBe(mode < modeCount(s) ? mode : 0);
			}),
			{ numRuns: 200 }
		);
	});

	it('lets any kind of data follow any other by the controls’ road', () => {
		fc.assert(
			fc.property(
				anyScene,
				fc.constantFrom(...(Object.keys(defaultRecipes) as (keyof typeof defaultRecipes)[])),
				(scene, kind) => {
					const { scene: s, repairs } = repairScene(withField(scene, { path: 'data.kind' }, kind));
					expect(isValidScene(s)).toBe(true);
					expect(readField(s, { path: 'data.kind' })).toBe(kind);
					const bounds = ['hidden', 'langevin.particles', 'view.mode', 'initial.kind'];
					expect(repairs.every((r) => bounds.includes(r.path))).toBe(true);
				}
			),
			{ numRuns: 200 }
		);
	});
});

describe('hostile input', () => {
	it('reaches no prototype', () => {
		const input: unknown = JSON.parse(
			'{"__proto__":{"polluted":1,"beta":5},"constructor":{"prototype":{"polluted":1}},"view":{"__proto__":{"mode":3}},"data":{"__proto__":{"kind":"mnist"}}}'
		);
		const { scene, repairs } = repairScene(input);
		expect(scene).toEqual(defaultScene);
		expect(Object.getPrototypeOf(scene.view)).toBe(Object.prototype);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
		expect(repairs).toHaveLength(1);
		expect(repairs[0].sentence).toMatch(/^4 fields that this page does not know/);
	});

	it('of any shape gives a valid Scene and short sentences', () => {
		fc.assert(
			fc.property(fc.anything({ maxDepth: 4 }), (input) => {
				const { scene, repairs } = repairScene(input);
				expect(isValidScene(scene)).toBe(true);
				for (const { sentence } of repairs) expect(sentence.length).toBeLessThan(400);
			}),
			{ numRuns: 2000 }
		);
	});
});
