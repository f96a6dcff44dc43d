// Any value from outside (a link, a file, storage) to a valid Scene: field by field through the schema, so that one
// bad field costs that field alone, with a sentence for each repair. Never throws; only the schema's own names are
// read from the input, so nothing in it can reach a prototype.
import * as v from 'valibot';
import { fieldAt, type Field } from './describe';
import { called, outOfRange, show, shownDefault, type Repair } from './repair';
import { fitTogether } from './rules';
import {
	DataRecipe,
	defaultInitials,
	defaultRecipes,
	defaultScene,
	Initial,
	Langevin,
	Sampler,
	Scene,
	SCENE_VERSION,
	Training,
	View
} from './schema';

type Kind = DataRecipe['kind'];
type Group = Record<string, unknown>;

const GROUPS = {
	training: { name: 'The training settings', names: Object.keys(Training.entries) },
	langevin: { name: 'The particle settings', names: Object.keys(Langevin.entries) },
	sampler: { name: 'The sampler settings', names: Object.keys(Sampler.entries) },
	view: { name: 'The view settings', names: Object.keys(View.entries) }
} as const;

function isGroup(value: unknown): value is Group {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own property, or undefined: names such as "constructor" must not find what every object inherits. */
function own(group: Group, name: string): unknown {
	return Object.hasOwn(group, name) ? group[name] : undefined;
}

class Repairs {
	readonly all: Repair[] = [];
	readonly #unknown: string[];

	constructor(unknown: readonly string[]) {
		this.#unknown = [...unknown];
	}

	readonly add = (repair: Repair) => void this.all.push(repair);

	/** Remembers the fields of `group` that are not among `known`. */
	strangers(group: Group, known: readonly string[], prefix = ''): void {
		for (const name of Object.keys(group)) if (!known.includes(name)) this.#unknown.push(prefix + name);
	}

	/** Names the remembered fields in one sentence, the first few by name. */
	close(): void {
		const n = this.#unknown.length;
		if (n === 0) return;
		const named = this.#unknown.slice(0, 4).map(show).join(', ');
		const more = n > 4 ? ` and ${n - 4} more` : '';
		const sentence = `${n === 1 ? 'A field' : `${n} fields`} that this page does not know ${n === 1 ? 'was' : 'were'} left out: ${named}${more}.`;
		this.add({ path: '', sentence });
	}
}

/** A list with its bad items left out; the default if none is left of some, or it is no list. */
function repairList(field: Field, value: unknown, fallback: unknown, repairs: Repairs): unknown {
	const cut = Array.isArray(value) ? value.slice(0, field.max) : [];
	const good = cut.filter((item) => v.is(field.schema, [item]));
	if (Array.isArray(value) && good.length >= field.min && (good.length > 0 || value.length === 0)) {
		const bad = cut.find((item) => !good.includes(item));
		const sentence =
			`${called(field)} held ${value.length} items, ${value.length - good.length} of them ` +
			(bad === undefined ? `beyond the ${field.max} that fit` : `not allowed, such as ${show(bad)}`) +
			'. The others are used.';
		repairs.add({ path: field.path, sentence });
		return good;
	}
	const was = Array.isArray(value) ? (value.length === 0 ? 'empty' : 'without a usable item') : show(value);
	repairs.add({
		path: field.path,
		sentence: `${called(field)} was ${was}. ${shownDefault(field, fallback)}`
	});
	return fallback;
}

/** One field: its value if the schema takes it, else the default and a sentence. A missing field is the default. */
function repairField(path: string, kind: Kind, value: unknown, fallback: unknown, repairs: Repairs): unknown {
	if (value === undefined) return fallback;
	const field = fieldAt(path, kind);
	const result = v.safeParse(field.schema, value);
	if (result.success) return result.output;
	if (field.kind === 'list') return repairList(field, value, fallback, repairs);
	repairs.add({ path, sentence: outOfRange(field, value, fallback) });
	return fallback;
}

/** A recipe of several kinds (data, initial): its kind first, then the fields of that kind. */
function repairVariant<T extends { readonly kind: string }>(
	path: 'data' | 'initial',
	name: string,
	value: unknown,
	usual: T,
	defaults: Readonly<Record<string, T>>,
	repairs: Repairs
): T {
	if (value === undefined) return usual;
	if (!isGroup(value)) {
		repairs.add({
			path,
			sentence: `${name} was ${show(value)}. The default, ${usual.kind}, is used.`
		});
		return usual;
	}
	const kind = repairField(`${path}.kind`, 'mnist', own(value, 'kind'), usual.kind, repairs) as string;
	// another kind's fields mean nothing here: with a bad kind they are left out with it
	const named = own(value, 'kind');
	if (named !== undefined && named !== kind) return defaults[kind];
	const fallback = defaults[kind] as unknown as Group;
	repairs.strangers(value, Object.keys(fallback), `${path}.`);
	const out: Group = {};
	for (const field of Object.keys(fallback))
		out[field] =
			field === 'kind'
				? kind
				: repairField(`${path}.${field}`, kind as Kind, own(value, field), fallback[field], repairs);
	return out as unknown as T;
}

const repairData = (value: unknown, repairs: Repairs): DataRecipe =>
	repairVariant<DataRecipe>('data', 'The data recipe', value, defaultScene.data, defaultRecipes, repairs);

const repairInitial = (value: unknown, repairs: Repairs): Initial =>
	repairVariant<Initial>(
		'initial',
		'The way to start',
		value,
		defaultScene.initial,
		defaultInitials,
		repairs
	);

/**
 * A valid Scene from any value, and a sentence for each field that had to be put right. Fields that are missing take
 * their defaults without a word (a data recipe those of its kind). What is valid is kept.
 * @param strangers names of unknown fields that were met before, to be named with those met here
 */
export function repairScene(
	input: unknown,
	strangers: readonly string[] = []
): { scene: Scene; repairs: Repair[] } {
	const repairs = new Repairs(strangers);
	if (!isGroup(input)) {
		repairs.add({
			path: '',
			sentence: `The state was ${show(input)}, not a Scene. The default state is used.`
		});
		return { scene: defaultScene, repairs: repairs.all };
	}
	const version = own(input, 'version');
	if (version !== undefined && version !== SCENE_VERSION)
		repairs.add({
			path: 'version',
			sentence: `The state was written by version ${show(version)} of this page, which is version ${SCENE_VERSION}. The fields it knows are kept.`
		});
	const data = repairData(own(input, 'data'), repairs);
	const initial = repairInitial(own(input, 'initial'), repairs);
	const scene: Group = { version: SCENE_VERSION, data, initial };
	const names = Object.keys(Scene.entries);
	repairs.strangers(input, names);
	for (const name of names) {
		if (name === 'version' || name === 'data' || name === 'initial') continue;
		const value = own(input, name);
		const fallback = defaultScene[name as keyof Scene];
		if (!(name in GROUPS)) {
			scene[name] = repairField(name, data.kind, value, fallback, repairs);
			continue;
		}
		const group = GROUPS[name as keyof typeof GROUPS];
		if (value !== undefined && !isGroup(value))
			repairs.add({ path: name, sentence: `${group.name} were ${show(value)}. The defaults are used.` });
		const given = isGroup(value) ? value : {};
		repairs.strangers(given, group.names, `${name}.`);
		const out: Group = {};
		for (const inner of group.names)
			out[inner] = repairField(
				`${name}.${inner}`,
				data.kind,
				own(given, inner),
				(fallback as Group)[inner],
				repairs
			);
		scene[name] = out;
	}
	const fitted = fitTogether(scene as Scene, repairs.add);
	repairs.close();
	return { scene: fitted, repairs: repairs.all };
}

/** True if a value is a Scene that needs no repair. */
export function isValidScene(value: unknown): value is Scene {
	return v.is(Scene, value) && repairScene(value).repairs.length === 0;
}
