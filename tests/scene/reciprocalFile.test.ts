// The file that keeps a state: written and read back alike, and whatever else is read gives one sentence and no throw.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, kindOfAddress } from '../../src/lib/scene/address';
import { defaultAnnealing } from '../../src/lib/scene/annealing';
import { decodeScene } from '../../src/lib/scene/codec';
import {
	readFile,
	writeFile,
	type FileReading,
	type ReciprocalFile
} from '../../src/lib/scene/reciprocalFile';
import { defaultScene } from '../../src/lib/scene/schema';
import { defaultStudy } from '../../src/lib/scene/study';
import { anyScene } from './arbitraries';

const common = {
	format: 'reciprocal',
	version: 1,
	title: 'a state',
	made: '2026-11-24T06:00:00.000Z',
	app: { version: 'abc', commit: null },
	assets: [],
	note: ''
} as const;
const lab: ReciprocalFile = {
	...common,
	kind: 'lab',
	address: 'lab',
	scene: defaultScene,
	results: { step: 3, hash: '0123456789abcdef'.repeat(2), numbers: { 'ln Z': '12.50' }, backend: 'cpu' }
};
const others: ReciprocalFile[] = [
	{ ...common, kind: 'relaxation', address: 'relaxation', scene: defaultStudy },
	{ ...common, kind: 'annealer', address: 'annealer', scene: defaultAnnealing },
	{ ...common, kind: 'story', address: 'es/story/binary-units/#energy~1jabcde', scene: null }
];

function fileOf(reading: FileReading): ReciprocalFile {
	if ('problem' in reading) throw new Error(reading.problem);
	return reading.file;
}
async function problemOf(content: string): Promise<string> {
	const reading = await readFile(content, '“x.json”');
	if (!('problem' in reading)) throw new Error('It was read.');
	expect(reading.problem).toMatch(/^“x\.json” .*\.$/s);
	expect(reading.problem.length).toBeLessThan(400);
	return reading.problem;
}
/** The Lab's file with one field replaced, as text. */
const changed = (change: Record<string, unknown>) => JSON.stringify({ ...lab, ...change });

describe('files', () => {
	it.each([lab, ...others])('of kind $kind are read as they were written', async (file) => {
		expect(fileOf(await readFile(writeFile(file)))).toEqual(file);
	});

	it('of any Scene give an address that opens this very Scene', async () => {
		await fc.assert(
			fc.asyncProperty(anyScene, async (scene) => {
				const file = fileOf(await readFile(writeFile({ ...lab, scene })));
				expect(file.scene).toEqual(scene);
				const hash = file.address.replace(/^lab#?/, '');
				expect((await decodeScene(hash)).scene).toEqual(scene);
			}),
			{ numRuns: 60 }
		);
	});

	it('carry own weights to the bit', async () => {
		const W = Float64Array.of(0.1, -1 / 3, 1e-300, 4);
		const own = { kind: 'rbm', name: 'own', N: 2, M: 2, W, a: W.slice(0, 2), b: W.slice(2) } as const;
		const file = { ...others[0], assets: [own] } as ReciprocalFile;
		expect(fileOf(await readFile(writeFile(file)))).toEqual(file);
		const cut = writeFile(file).replace(/"W": ".{4}/, '"W": "');
		expect(await problemOf(cut)).toContain('own weights do not fill a machine of 2 + 2 units');
	});

	it('with a Scene out of range are opened repaired, with a sentence', async () => {
		const reading = await readFile(changed({ scene: { ...defaultScene, hidden: 1e9 } }));
		expect(fileOf(reading).scene).toEqual(defaultScene);
		expect('repairs' in reading && reading.repairs).toHaveLength(1);
	});
});

describe('bad files', () => {
	it.each([
		['', 'is empty'],
		['{"format": "recipro', 'cut short'],
		['%PDF-1.7', 'not JSON'],
		['[]', 'not a state of this site'],
		['null', 'not a state of this site'],
		['{"type":"SampleSet"}', 'not a state of this site'],
		['{"format":"other"}', 'another program'],
		['{"__proto__":{"format":"reciprocal","version":1}}', 'not a state of this site'],
		[changed({ version: 2 }), 'newer version'],
		[changed({ version: '1' }), 'does not say which version'],
		[changed({ kind: 'toString' }), '“kind”'],
		[changed({ title: 7 }), '“title” is 7'],
		[changed({ scene: [] }), 'no Scene'],
		[changed({ assets: new Array(9).fill(0) }), '“assets”'],
		[changed({ assets: [{ kind: 'rbm' }] }), 'have no name'],
		[changed({ results: { ...lab.results, hash: 'x' } }), '“results.hash”'],
		[changed({ results: { ...lab.results, step: null } }), '“results.step” is null'],
		[JSON.stringify({ ...others[0], scene: { ...defaultStudy, N: null } }), 'in its study, “N” is null'],
		[JSON.stringify({ ...others[1], scene: { ...defaultAnnealing, size: 1e6 } }), 'in its settings, “size”'],
		[JSON.stringify({ ...others[2], address: 'https://example.org/' }), 'address'],
		[JSON.stringify({ ...others[2], address: '//example.org/story/a' }), 'address']
	])('give a sentence (%#)', async (content, part) => {
		expect(await problemOf(content)).toContain(part);
	});

	it('cut short anywhere are said to be', async () => {
		const whole = writeFile(lab).trimEnd();
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
				await problemOf(whole.slice(0, length));
			})
		);
	});

	it('with any value anywhere give a valid file or a sentence, and never throw', async () => {
		const keys = Object.keys(lab);
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom<ReciprocalFile>(lab, ...others),
				fc.constantFrom(...keys, '__proto__', 'constructor', 'extra'),
				fc.jsonValue({ maxDepth: 4 }),
				async (file, key, value) => {
					const entries = Object.entries(file).filter(([name]) => name !== key);
					const text = `{${[...entries, [key, value]]
						.map(([name, v]) => `${JSON.stringify(name)}:${JSON.stringify(v)}`)
						.join(',')}}`;
					const reading = await readFile(text);
					if ('problem' in reading) expect(reading.problem.length).toBeLessThan(400);
					// What was read is written and read alike: nothing half valid gets through.
					else expect(fileOf(await readFile(writeFile(reading.file)))).toEqual(reading.file);
				}
			),
			{ numRuns: 300 }
		);
	});

	it('that are nested a hundred thousand deep give a sentence', async () => {
		const deep = '['.repeat(100_000) + ']'.repeat(100_000);
		await problemOf(deep);
		const scene = await readFile(changed({ scene: 0 }).replace('"scene":0', `"scene":{"data":${deep}}`));
		if ('problem' in scene) expect(scene.problem).toContain('cannot be read');
		else expect(scene.repairs.length).toBeGreaterThan(0);
	});

	it('with numbers that JSON has no word for are not JSON', async () => {
		expect(await problemOf(changed({}).replace('"step":3', '"step":NaN'))).toContain('not JSON');
		expect(await problemOf(changed({}).replace('"step":3', '"step":1e999'))).toContain('results.step');
	});
});

describe('addresses', () => {
	it.each([
		['lab', 'lab'],
		['lab/#1zabc', 'lab'],
		['relaxation#%7B%22N%22%3A6%7D', 'relaxation'],
		['story/binary-units/#energy~1zab', 'story'],
		['es/story/binary-units/', 'story'],
		['es/lab', null],
		['/lab', null],
		['javascript:alert(1)', null],
		['lab#<script>', null],
		['story/../../x', null],
		['https://example.org/lab', null],
		[`lab#${'a'.repeat(100_000)}`, null]
	])('lead to the page that they name (%#)', (address, kind) => {
		expect(kindOfAddress(address)).toBe(kind);
	});

	it('are relative to where the site lies', () => {
		expect(addressOf('https://example.org/lab/#1zab', '/')).toBe('lab/#1zab');
		expect(addressOf('https://example.org/sub/es/story/a/#b', '/sub/')).toBe('es/story/a/#b');
		expect(addressOf('https://example.org/sub/lab', '/sub')).toBe('lab');
	});
});
