// A Scene as a flat record of short keys with the defaults left out: what a link carries. The keys are part of the
// link format: within a version they are only added to, never renamed or used again. So are the defaults: a link
// leaves them out, and whoever changes `defaultScene` or `defaultRecipes` once links are about raises SCENE_VERSION.
import { defaultInitials, defaultRecipes, defaultScene, PANELS, type Panel, type Scene } from './schema';

/** Short key of each field. Recipes of different kinds share the keys of fields of the same name. */
export const LINK_KEYS: Readonly<Record<string, string>> = {
	'data.kind': 'd',
	'data.side': 's',
	'data.digits': 'g',
	'data.units': 'n',
	'data.modes': 'q',
	'data.strength': 'f',
	'data.samples': 'z',
	'data.rows': 'r',
	'data.cols': 'c',
	'data.patterns': 'p',
	'data.layers': 'dl',
	'data.radial': 'dr',
	'data.energyBits': 'de',
	'data.threshold': 'dt',
	hidden: 'm',
	beta: 'b',
	'initial.kind': 'i',
	'initial.name': 'in',
	'initial.singularValues': 'iv',
	'initial.rest': 'ir',
	'initial.bias': 'ib',
	'initial.biasScale': 'ic',
	'initial.frameSeed': 'ie',
	weightScale: 'w',
	seed: 'e',
	'training.algorithm': 'ta',
	'training.k': 'tk',
	'training.gradient': 'tg',
	'training.learningRate': 'tl',
	'training.momentum': 'tm',
	'training.weightDecay': 'tw',
	'training.batchSize': 'tb',
	'training.chains': 'tc',
	'training.steps': 'ts',
	'training.recordEvery': 'tr',
	closure: 'k',
	'langevin.sigma2': 'ls',
	'langevin.dt': 'ld',
	'langevin.scheme': 'lc',
	'langevin.particles': 'lp',
	'langevin.stride': 'lt',
	'langevin.since': 'l0',
	'sampler.kind': 'xk',
	'sampler.rungs': 'xr',
	'sampler.since': 'x0',
	'view.mode': 'vm',
	'view.plane': 'vp',
	'view.panels': 'vs',
	'view.theme': 'vt',
	at: 'a'
};

/** One letter for each panel, so that a list of them is a short word. */
const PANEL_LETTERS: Readonly<Record<Panel, string>> = {
	training: 't',
	spectrum: 's',
	oscillators: 'o',
	particles: 'p',
	samples: 'b',
	weights: 'w',
	map: 'm',
	diffusion: 'd'
};

type Group = Record<string, unknown>;

/** Fields that decide which other fields there are: they are told from the default Scene, the others from their kind. */
const KINDS = ['data.kind', 'initial.kind'];

function read(scene: Scene, path: string): unknown {
	return path.split('.').reduce<unknown>((at, name) => (at as Group | undefined)?.[name], scene);
}

function same(a: unknown, b: unknown): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}

/** The fields of a Scene that differ from the defaults, under their short keys. */
export function flatten(scene: Scene): Group {
	const base: Scene = {
		...defaultScene,
		data: defaultRecipes[scene.data.kind],
		initial: defaultInitials[scene.initial.kind]
	};
	const out: Group = {};
	for (const [path, key] of Object.entries(LINK_KEYS)) {
		const value = read(scene, path);
		const usual = read(KINDS.includes(path) ? defaultScene : base, path);
		if (value === undefined || same(value, usual)) continue;
		out[key] = path === 'view.panels' ? (value as Panel[]).map((p) => PANEL_LETTERS[p]).join('') : value;
	}
	return out;
}

/** Panels from their letters; what is no letter of a panel is handed on for the repair to name. */
function panels(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	return [...value].map((letter) => PANELS.find((p) => PANEL_LETTERS[p] === letter) ?? letter);
}

/**
 * The nested value that a flat record stands for, unchecked, and the keys of the record that stand for nothing. Only
 * the keys above are read, so nothing else in a link can reach the Scene.
 */
export function unflatten(flat: Group): { value: Group; strangers: string[] } {
	const value: Group = {};
	for (const [path, key] of Object.entries(LINK_KEYS)) {
		if (!Object.hasOwn(flat, key)) continue;
		const given = path === 'view.panels' ? panels(flat[key]) : flat[key];
		const [outer, inner] = path.split('.');
		if (inner === undefined) value[outer] = given;
		else value[outer] = { ...(value[outer] as Group | undefined), [inner]: given };
	}
	const known = new Set(Object.values(LINK_KEYS));
	return { value, strangers: Object.keys(flat).filter((key) => !known.has(key)) };
}

/** True if two Scenes say the same. */
export function sameScene(a: Scene, b: Scene): boolean {
	return a === b || same(flatten(a), flatten(b));
}
