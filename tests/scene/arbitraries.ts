// Random Scenes for property tests, built from the schema itself: every field over its whole range, then brought
// inside the limits that tie fields together.
import fc from 'fast-check';
import { fieldsFor, type Field } from '../../src/lib/scene/describe';
import { fitTogether } from '../../src/lib/scene/rules';
import {
	defaultInitials,
	defaultRecipes,
	PANELS,
	SCENE_VERSION,
	type DataRecipe,
	type Initial,
	type Scene
} from '../../src/lib/scene/schema';

type Kind = DataRecipe['kind'];

function valueOf(field: Field): fc.Arbitrary<unknown> {
	const plain = (): fc.Arbitrary<unknown> => {
		switch (field.kind) {
			case 'integer':
				return fc.oneof(
					fc.integer({ min: field.min, max: field.max }),
					fc.constantFrom(field.min, field.max)
				);
			case 'real':
				return fc.oneof(
					fc.double({ min: field.min, max: field.max, noNaN: true }),
					fc.constantFrom(field.min, field.max)
				);
			case 'choice':
				return fc.constantFrom(...field.values);
			case 'text':
				return fc.subarray([...'0123456789'], { minLength: 1 }).map((digits) => digits.join(''));
			case 'list':
				if (field.path === 'initial.singularValues')
					return fc.array(fc.double({ min: 0, max: 64, noNaN: true }), { minLength: 1, maxLength: 8 });
				return field.path === 'view.panels'
					? fc.shuffledSubarray([...PANELS])
					: fc.array(fc.stringMatching(/^[0-9a-f]{1,64}$/), { minLength: field.min, maxLength: field.max });
		}
	};
	return field.nullable ? fc.option(plain(), { nil: null }) : plain();
}

/** Patterns of the right length, the bits past the last pixel off. */
function patternsFor(rows: number, cols: number): fc.Arbitrary<string[]> {
	const digits = Math.ceil((rows * cols) / 4);
	const last = (0xf << (4 * digits - rows * cols)) & 0xf;
	const pattern = fc
		.array(fc.integer({ min: 0, max: 15 }), { minLength: digits, maxLength: digits })
		.map((d) => d.map((x, i) => (i === digits - 1 ? x & last : x).toString(16)).join(''));
	return fc.array(pattern, { minLength: 1, maxLength: 64 });
}

function nested(of: readonly Field[], values: readonly unknown[]): Record<string, unknown> {
	const out: Record<string, unknown> = {};
	of.forEach(({ path }, i) => {
		const [outer, inner] = path.split('.');
		if (inner === undefined) out[outer] = values[i];
		else out[outer] = { ...(out[outer] as object), [inner]: values[i] };
	});
	return out;
}

function sceneOf(kind: Kind, initial: Initial['kind']): fc.Arbitrary<Scene> {
	const own = fieldsFor(kind, initial).filter((f) => !['data.kind', 'initial.kind'].includes(f.path));
	return fc
		.tuple(...own.map(valueOf))
		.chain((values) => {
			const scene = nested(own, values) as unknown as Scene;
			scene.version = SCENE_VERSION;
			(scene.data as { kind: Kind }).kind = kind;
			scene.initial = { ...scene.initial, kind: initial } as Initial;
			const { data } = scene;
			return data.kind !== 'drawn'
				? fc.constant(scene)
				: patternsFor(data.rows, data.cols).map((patterns) => ({ ...scene, data: { ...data, patterns } }));
		})
		.map((scene) => fitTogether(scene, () => undefined));
}

/** A valid Scene of any kind. */
export const anyScene: fc.Arbitrary<Scene> = fc.oneof(
	...(Object.keys(defaultRecipes) as Kind[]).flatMap((kind) =>
		(Object.keys(defaultInitials) as Initial['kind'][]).map((initial) => sceneOf(kind, initial))
	)
);
