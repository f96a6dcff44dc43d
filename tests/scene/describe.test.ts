// The list of fields against the schema: nothing left out, nothing invented, sliders inside the ranges.
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { fieldAt, fields, fieldsFor, readField, withField } from '../../src/lib/scene/describe';
import { LINK_KEYS } from '../../src/lib/scene/flat';
import { defaultInitials, defaultRecipes, defaultScene, PANELS, Scene } from '../../src/lib/scene/schema';

/** Paths of all leaves of a Scene. */
function leaves(value: object, prefix = ''): string[] {
	return Object.entries(value).flatMap(([name, inner]) =>
		typeof inner === 'object' && inner !== null && !Array.isArray(inner)
			? leaves(inner as object, `${prefix}${name}.`)
			: [`${prefix}${name}`]
	);
}

const kinds = Object.keys(defaultRecipes) as (keyof typeof defaultRecipes)[];

describe('fields', () => {
	it.each(kinds)('are exactly the schema’s, with %s data', (kind) => {
		for (const initial of Object.values(defaultInitials)) {
			const scene = { ...defaultScene, data: defaultRecipes[kind], initial };
			const paths = leaves(scene).filter((p) => p !== 'version');
			const named = fieldsFor(kind, initial.kind).map((f) => f.path);
			expect(named.sort()).toEqual(paths.sort());
		}
	});

	it('carry the schema’s ranges', () => {
		expect(fieldAt('beta', 'mnist')).toMatchObject({ kind: 'real', min: 0.01, max: 20, symbol: 'β' });
		expect(fieldAt('hidden', 'mnist')).toMatchObject({ kind: 'integer', min: 1, max: 1024 });
		expect(fieldAt('langevin.sigma2', 'mnist')).toMatchObject({ kind: 'real', nullable: true, max: 4 });
		expect(fieldAt('data.side', 'mnist')).toMatchObject({ kind: 'choice', values: [28, 14] });
		expect(fieldAt('data.side', 'bars-and-stripes')).toMatchObject({ kind: 'integer', min: 2, max: 8 });
		expect(fieldAt('view.panels', 'mnist')).toMatchObject({ kind: 'list', max: PANELS.length });
		expect(fieldAt('data.kind', 'mnist').values).toEqual(kinds);
		expect(() => fieldAt('data.units', 'mnist')).toThrow(/no field/);
	});

	it.each(fields.map((f) => [`${f.path} ${f.data ?? ''}`, f] as const))('%s is described', (_, field) => {
		expect(field.label).not.toBe('');
		expect(field.help).toMatch(/^[A-Z].*\.$/);
		if (field.kind === 'choice' || field.path === 'view.panels')
			expect(Object.keys(field.choices!).sort()).toEqual(field.values.map(String).sort());
		expect(field.nullable).toBe(field.automatic !== undefined);
		if (field.kind === 'integer' || field.kind === 'real') expect(field.max).toBeGreaterThan(field.min);
		const { slider } = field;
		if (!slider) return;
		for (const end of [slider.min, slider.max]) expect(v.is(field.schema, end)).toBe(true);
		expect(slider.max).toBeGreaterThan(slider.min);
		if (slider.log) expect(slider.min).toBeGreaterThan(0);
		else expect(slider.step).toBeGreaterThan(0);
	});

	it('have a short key each, no two the same', () => {
		expect(Object.keys(LINK_KEYS).sort()).toEqual([...new Set(fields.map((f) => f.path))].sort());
		expect(new Set(Object.values(LINK_KEYS)).size).toBe(Object.keys(LINK_KEYS).length);
	});
});

describe('withField', () => {
	it('changes one field and shares the rest', () => {
		const next = withField(defaultScene, { path: 'training.k' }, 7);
		expect(readField(next, { path: 'training.k' })).toBe(7);
		expect(next.view).toBe(defaultScene.view);
		expect(defaultScene.training.k).toBe(1);
		expect(withField(defaultScene, { path: 'beta' }, 2)).toEqual({ ...defaultScene, beta: 2 });
	});

	it('gives another kind of data its default recipe', () => {
		const next = withField(defaultScene, { path: 'data.kind' }, 'mnist');
		expect(next.data).toEqual(defaultRecipes.mnist);
		expect(v.is(Scene, next)).toBe(true);
	});
});

describe('what cannot stay beside a new value', () => {
	const trained = withField(defaultScene, { path: 'initial.kind' }, 'asset');
	it('choosing trained weights takes their data and size', () => {
		expect(trained).toMatchObject({ hidden: 500, data: defaultRecipes.mnist, initial: { kind: 'asset' } });
	});
	it('another size leaves them', () => {
		expect(withField(trained, { path: 'hidden' }, 400)).toMatchObject({
			hidden: 400,
			initial: { kind: 'random' }
		});
		expect(withField(trained, { path: 'data.side' }, 14).initial.kind).toBe('random');
		expect(withField(trained, { path: 'data.digits' }, '01').initial.kind).toBe('asset');
	});
	it('the machine’s own samples hold the weights; other data let them learn again', () => {
		const own = withField(defaultScene, { path: 'data.kind' }, 'machine');
		expect(own.training.steps).toBe(0);
		expect(withField(own, { path: 'data.kind' }, 'mnist').training.steps).toBe(defaultScene.training.steps);
	});
});
