// A state as a file, `.reciprocal.json`: everything to repeat it, in plain JSON. What a file holds is read as data and
// checked; whatever it is, a valid file or one sentence comes of it.
import * as v from 'valibot';
import { addressOf, FILE_KINDS, kindOfAddress, type FileKind } from './address';
import { AnnealerSetup, encodeAnnealing } from './annealing';
import { assetFromJson, assetToJson, type Asset } from './asset';
import { encodeScene } from './codec';
import type { Repair } from './repair';
import type { Results } from './resultHash';
import type { Scene } from './schema';
import { encodeStudy, Study } from './study';
import { repairScene } from './validate';

export { addressOf, type FileKind };

export const FILE_VERSION = 1;
/** The end of a file's name. */
export const FILE_ENDING = '.reciprocal.json';
/** Largest file that is read, in bytes: own weights of the largest machine, in base64, fit. */
export const MAX_FILE = 64 * 1024 * 1024;

interface Kept<Kind extends FileKind, State> {
	readonly format: 'reciprocal';
	readonly version: typeof FILE_VERSION;
	readonly kind: Kind;
	readonly title: string;
	/** ISO date and time */
	readonly made: string;
	/** the site that made it: a hash of its sources, and its commit where that was known */
	readonly app: { readonly version: string; readonly commit: string | null };
	/** where the state opens, relative to the site (address.ts) */
	readonly address: string;
	/** the state in full, defaults included */
	readonly scene: State;
	/** data and weights of the visitor's own; in the file as asset.ts writes them */
	readonly assets: readonly Asset[];
	readonly results?: Results;
	readonly note: string;
}

export type LabFile = Kept<'lab', Scene>;
export type ReciprocalFile =
	LabFile | Kept<'relaxation', Study> | Kept<'annealer', AnnealerSetup> | Kept<'story', null>;

/** The file as text. */
export function writeFile(file: ReciprocalFile): string {
	return JSON.stringify({ ...file, assets: file.assets.map(assetToJson) }, null, '\t') + '\n';
}

const text = (most: number) => v.pipe(v.string(), v.maxLength(most));

const ResultsRecord = v.object({
	step: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000_000)),
	hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
	numbers: v.pipe(
		v.record(text(60), text(40)),
		v.check((r) => Object.keys(r).length <= 64)
	),
	backend: text(40)
});

/** All but the state, which each kind checks by its own schema. */
const Envelope = v.object({
	kind: v.picklist(FILE_KINDS),
	title: text(400),
	made: text(40),
	app: v.object({ version: text(80), commit: v.nullable(text(80)) }),
	address: text(40_000),
	scene: v.unknown(),
	assets: v.pipe(v.array(v.unknown()), v.maxLength(8)),
	results: v.optional(ResultsRecord),
	note: text(4000)
});

/** What is read of a file: itself, with what had to be put right in a Lab's Scene; or why it is none. */
export type FileReading =
	{ readonly file: ReciprocalFile; readonly repairs: readonly Repair[] } | { readonly problem: string };

const problem = (sentence: string) => ({ problem: sentence });

/** Where in the file the first fault lies, and what it is. */
function fault(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
	const at = v.getDotPath(issues[0]) ?? 'the file';
	return `“${at.slice(0, 60)}” is ${String(issues[0].received).slice(0, 60)}, where ${String(issues[0].expected ?? 'another value').slice(0, 120)} belongs`;
}

/**
 * Reads a file, whatever it holds; never throws. The address is made anew from the state, so that both say the same.
 * @param content the text of the file
 * @param name what to call it in a sentence
 */
export async function readFile(content: string, name = 'The file'): Promise<FileReading> {
	try {
		return await read(content, name);
	} catch {
		// Nesting so deep that it cannot be walked ends here.
		return problem(`${name} cannot be read.`);
	}
}

async function read(content: string, name: string): Promise<FileReading> {
	let parsed: unknown;
	try {
		parsed = JSON.parse(content);
	} catch {
		return problem(
			content.trim() === ''
				? `${name} is empty.`
				: `${name} is not JSON: it is another kind of file, or it was cut short.`
		);
	}
	if (typeof parsed !== 'object' || parsed === null || !Object.hasOwn(parsed, 'format'))
		return problem(`${name} is JSON, but not a state of this site: it does not begin as one.`);
	const { format, version } = parsed as { format: unknown; version?: unknown };
	if (format !== 'reciprocal')
		return problem(`${name} is JSON of another program, not a state of this site.`);
	if (version !== FILE_VERSION)
		return problem(
			typeof version === 'number' && version > FILE_VERSION
				? `${name} was made by a newer version of this site (file version ${String(version)}; this site reads ${FILE_VERSION}). Reload the page to get the newest.`
				: `${name} does not say which version of the file format it has.`
		);
	const envelope = v.safeParse(Envelope, parsed);
	if (!envelope.success) return problem(`${name} is damaged: ${fault(envelope.issues)}.`);
	const { kind, scene, address, ...rest } = envelope.output;
	const assets: Asset[] = [];
	for (const value of rest.assets) {
		const asset = assetFromJson(value);
		if ('problem' in asset) return problem(`${name} is damaged. ${asset.problem}`);
		assets.push(asset.asset);
	}
	const common = { ...rest, assets, format, version: FILE_VERSION } as const;
	switch (kind) {
		case 'lab': {
			if (typeof scene !== 'object' || scene === null || Array.isArray(scene))
				return problem(`${name} is damaged: it holds no Scene.`);
			const { scene: valid, repairs } = repairScene(scene);
			const hash = await encodeScene(valid);
			return { file: { ...common, kind, scene: valid, address: at('lab', hash) }, repairs };
		}
		case 'relaxation': {
			const study = v.safeParse(Study, scene);
			if (!study.success) return problem(`${name} is damaged: in its study, ${fault(study.issues)}.`);
			const hash = encodeStudy(study.output);
			return {
				file: { ...common, kind, scene: study.output, address: at('relaxation', hash) },
				repairs: []
			};
		}
		case 'annealer': {
			const setup = v.safeParse(AnnealerSetup, scene);
			if (!setup.success) return problem(`${name} is damaged: in its settings, ${fault(setup.issues)}.`);
			const hash = encodeAnnealing(setup.output);
			return {
				file: { ...common, kind, scene: setup.output, address: at('annealer', hash) },
				repairs: []
			};
		}
		case 'story':
			if (kindOfAddress(address) !== 'story')
				return problem(`${name} is damaged: its address is not that of a chapter.`);
			return { file: { ...common, kind, scene: null, address }, repairs: [] };
	}
}

const at = (page: string, hash: string) => (hash ? `${page}#${hash}` : page);
