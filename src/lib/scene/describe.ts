// Every field of a Scene as data: its words from `fields.ts`, its kind and range from the schema. Controls render from
// this, and repair sentences speak by it.
import * as v from 'valibot';
import { FIELDS, type FieldText } from './fields';
import {
	ASSET_SIZES,
	defaultInitials,
	defaultRecipes,
	defaultScene,
	Scene,
	visibleCount,
	type DataRecipe,
	type Initial
} from './schema';

export type FieldKind = 'integer' | 'real' | 'choice' | 'text' | 'list';

export interface Field extends FieldText {
	readonly kind: FieldKind;
	/** smallest and largest value a link may hold (integer and real); shortest and longest (list) */
	readonly min: number;
	readonly max: number;
	/** the values of a choice, and the values allowed in a list of choices */
	readonly values: readonly (string | number)[];
	/** may be null, which means `automatic` */
	readonly nullable: boolean;
	readonly schema: v.GenericSchema;
}

/** What this file reads of a valibot schema. */
interface Node extends v.GenericSchema {
	readonly entries?: Record<string, Node>;
	readonly options?: readonly (string | number | Node)[];
	readonly wrapped?: Node;
	readonly item?: Node;
	readonly pipe?: readonly { readonly type: string; readonly requirement?: unknown }[];
}

function nodeAt({ path, data, initial }: FieldText): Node {
	let node = Scene as unknown as Node;
	for (const name of path.split('.')) {
		if (node.type === 'variant') {
			const recipes = node.options as readonly Node[];
			if (name === 'kind') {
				const kinds = recipes.map((r) => (r.entries!.kind as unknown as { literal: string }).literal);
				return v.picklist(kinds) as unknown as Node;
			}
			node = recipes.find((r) => v.is(r.entries!.kind, path.startsWith('data.') ? data : initial))!;
		}
		const next = node.entries?.[name];
		if (!next) throw new Error(`The Scene's schema has no field ${path}.`);
		node = next;
	}
	return node;
}

function describe(text: FieldText): Field {
	const outer = nodeAt(text);
	const inner = outer.wrapped ?? outer;
	const rules = inner.pipe ?? [];
	const bound = (name: string) => rules.find((r) => r.type === name)?.requirement as number | undefined;
	const kinds: Record<string, FieldKind> = { picklist: 'choice', string: 'text', array: 'list' };
	return {
		...text,
		kind: kinds[inner.type] ?? (rules.some((r) => r.type === 'integer') ? 'integer' : 'real'),
		min: bound('min_value') ?? bound('min_length') ?? 0,
		max: bound('max_value') ?? bound('max_length') ?? 0,
		values: ((inner.type === 'array' ? inner.item!.options : inner.options) ?? []) as (string | number)[],
		nullable: outer.type === 'nullable',
		schema: outer
	};
}

/** All fields, in the order in which they are shown. */
export const fields: readonly Field[] = FIELDS.map(describe);

/**
 * The field at a path such as "training.k"; for fields of a data recipe, that of the given kind.
 * @throws Error if there is none
 */
export function fieldAt(path: string, data: DataRecipe['kind']): Field {
	const found = fields.find((f) => f.path === path && (f.data === undefined || f.data === data));
	if (!found) throw new Error(`A Scene with ${data} data has no field ${path}.`);
	return found;
}

/** The fields of a Scene with this kind of data and this way to start. */
export function fieldsFor(data: DataRecipe['kind'], initial: Initial['kind'] = 'random'): readonly Field[] {
	return fields.filter((f) => (f.data ?? data) === data && (f.initial ?? initial) === initial);
}

/** A field's value in a Scene. */
export function readField(scene: Scene, { path }: Pick<Field, 'path'>): unknown {
	return path
		.split('.')
		.reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], scene);
}

/** Trained weights have one size: a change of size leaves them, choosing them takes their size. */
function withFittingSize(scene: Scene, path: string): Scene {
	if (scene.initial.kind !== 'asset') return scene;
	const { N, M } = ASSET_SIZES[scene.initial.name];
	if (scene.hidden === M && visibleCount(scene.data) === N) return scene;
	if (!path.startsWith('initial.')) return { ...scene, initial: defaultInitials.random };
	return { ...scene, hidden: M, data: visibleCount(scene.data) === N ? scene.data : defaultRecipes.mnist };
}

/** The machine's own samples teach it nothing: weights are held with them, and learn again with other data. */
function withSteps(scene: Scene, last: DataRecipe['kind']): Scene {
	const machine = scene.data.kind === 'machine';
	if (machine === (last === 'machine') || (!machine && scene.training.steps > 0)) return scene;
	return { ...scene, training: { ...scene.training, steps: machine ? 0 : defaultScene.training.steps } };
}

/**
 * A Scene with one field changed; the rest is shared, but for what cannot stay beside the new value (the size of
 * trained weights, steps of learning without data). The value is not checked here: pass the result through
 * `repairScene`. Choosing another kind of data or another way to start takes that kind's defaults by the same road.
 */
export function withField(scene: Scene, { path }: Pick<Field, 'path'>, value: unknown): Scene {
	return withFittingSize(set(scene, path, value), path);
}

function set(scene: Scene, path: string, value: unknown): Scene {
	if (path === 'data.kind')
		return withSteps({ ...scene, data: defaultRecipes[value as DataRecipe['kind']] }, scene.data.kind);
	if (path === 'initial.kind') return { ...scene, initial: defaultInitials[value as Initial['kind']] };
	const [outer, inner] = path.split('.');
	if (inner === undefined) return { ...scene, [outer]: value };
	return { ...scene, [outer]: { ...(scene[outer as keyof Scene] as object), [inner]: value } };
}
