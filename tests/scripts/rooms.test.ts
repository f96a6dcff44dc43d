// The rooms' import rules hold, and really catch what they forbid: each rule is fed an import that breaks it, in a
// small project of its own, and must name it.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mayImport } from '../../.dependency-cruiser.js';
import { root } from '../../scripts/process.js';

interface Violation {
	from: string;
	to: string;
	rule: { name: string };
}

/** Runs dependency-cruiser with the project's rules on the `src` below `cwd`. */
async function cruise(cwd: string): Promise<{ violations: Violation[]; modules: string[] }> {
	const args = [
		join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
		'src',
		'--config',
		join(root, '.dependency-cruiser.js'),
		'--output-type',
		'json'
	];
	const options = { cwd, maxBuffer: 64 * 2 ** 20 };
	const { stdout } = await promisify(execFile)(process.execPath, args, options).catch(
		(error: { stdout: string }) => error
	);
	const report = JSON.parse(stdout) as {
		summary: { violations: Violation[] };
		modules: { source: string }[];
	};
	return { violations: report.summary.violations, modules: report.modules.map((m) => m.source) };
}

const files: Record<string, string> = {
	'src/app.d.ts': 'export {};',
	'src/lib/theory/rbm.ts': `import { a } from '$lib/engine/a';\nexport const rbm = a;`,
	'src/lib/theory/pure.ts': `import { expect } from 'vitest';\nexport const pure = expect;`,
	'src/lib/engine/a.ts': `export const a = 1;`,
	'src/lib/engine/code.ts': `import { plain } from '$lib/theory/plain';\nexport const code = plain;`,
	'src/lib/engine/fine.ts': `import type { Plain } from '$lib/theory/plain';\nexport type Fine = Plain;`,
	'src/lib/theory/plain.ts': `export const plain = 1;\nexport type Plain = 1;`,
	'src/lib/random/key.ts': `export const key = 1;`,
	'src/lib/data/fine.ts': `import { key } from '../random/key.ts';\nexport const fine = key;`,
	'src/lib/data/upward.ts': `import { worker } from '../session/engine.worker.ts';\nexport const upward = worker;`,
	'src/lib/data/typed.ts': `import type { A } from '$lib/views/typed';\nexport type B = A;`,
	'src/lib/views/typed.ts': `export type A = 1;`,
	'src/lib/session/engine.worker.ts': `export const worker = 1;`,
	'src/lib/views/Bad.svelte': `<script lang="ts">\n\timport { worker } from '$lib/session/engine.worker';\n</script>\n{worker}`,
	'src/lib/charts/Axis.svelte': `<script lang="ts">\n\timport Bad from '../views/Bad.svelte';\n</script>\n<Bad />`,
	'src/lib/scene/one.ts': `import { two } from './two';\nexport const one = () => two;`,
	'src/lib/scene/two.ts': `import { one } from './one';\nexport const two = () => one;`,
	'src/routes/+page.svelte': `<script lang="ts">\n\timport * as tf from '@tensorflow/tfjs-core';\n</script>\n{tf}`,
	'src/routes/lost.ts': `import { gone } from '$lib/theory/gone';\nexport const lost = gone;`,
	'src/lib/annealer/page.ts': `import { lost } from '../../routes/lost';\nexport const page = lost;`
};

describe('a project that breaks every rule', () => {
	let folder = '';
	let found: Set<string>;

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'rooms-'));
		for (const [name, text] of Object.entries(files)) {
			mkdirSync(dirname(join(folder, name)), { recursive: true });
			writeFileSync(join(folder, name), text);
		}
		for (const name of ['node_modules/@tensorflow/tfjs-core', 'node_modules/vitest']) {
			mkdirSync(join(folder, name), { recursive: true });
			writeFileSync(
				join(folder, name, 'package.json'),
				'{ "name": "x", "version": "1.0.0", "main": "index.js" }'
			);
			writeFileSync(join(folder, name, 'index.js'), 'export const expect = 1;');
		}
		writeFileSync(
			join(folder, 'package.json'),
			'{ "dependencies": { "vitest": "1", "@tensorflow/tfjs-core": "1" } }'
		);
		mkdirSync(join(folder, 'scripts'));
		writeFileSync(
			join(folder, 'scripts/rooms.tsconfig.json'),
			readFileSync(join(root, 'scripts/rooms.tsconfig.json'))
		);
		const { violations } = await cruise(folder);
		found = new Set(violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`));
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	test.each([
		['$lib import', 'room-theory: src/lib/theory/rbm.ts → src/lib/engine/a.ts'],
		['import with .ts', 'room-data: src/lib/data/upward.ts → src/lib/session/engine.worker.ts'],
		['type import', 'room-data: src/lib/data/typed.ts → src/lib/views/typed.ts'],
		['component from component', 'room-charts: src/lib/charts/Axis.svelte → src/lib/views/Bad.svelte'],
		[
			'worker from component',
			'views-know-the-session-by-its-client: src/lib/views/Bad.svelte → src/lib/session/engine.worker.ts'
		],
		['route from a room', 'room-annealer: src/lib/annealer/page.ts → src/routes/lost.ts'],
		[
			'tfjs',
			'no-tfjs-outside-the-engine: src/routes/+page.svelte → node_modules/@tensorflow/tfjs-core/index.js'
		],
		['code of theory', 'theory-by-its-types: src/lib/engine/code.ts → src/lib/theory/plain.ts'],
		['package in theory', 'theory-is-pure: src/lib/theory/pure.ts → node_modules/vitest/index.js'],
		['missing file', 'not-to-unresolvable: src/routes/lost.ts → $lib/theory/gone']
	])('%s', (_what, line) => expect([...found]).toContain(line));

	test('a circle', () => {
		expect([...found].some((line) => line.startsWith('no-cycles: src/lib/scene/'))).toBe(true);
	});

	test('allowed imports are not named', () => {
		expect([...found].filter((line) => line.includes('fine.ts'))).toEqual([]);
	});
});

test('every room of src/lib has its rule', () => {
	const rooms = readdirSync(join(root, 'src/lib'), { withFileTypes: true }).filter((entry) =>
		entry.isDirectory()
	);
	expect(rooms.map(({ name }) => name).filter((name) => !(name in mayImport))).toEqual([]);
});

test('components obey in their type imports too, which dependency-cruiser does not see', () => {
	const components = readdirSync(join(root, 'src/lib'), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.svelte'))
		.map((name) => join(root, 'src/lib', name));
	const wrong = components.flatMap((file) => {
		const room = relative(join(root, 'src/lib'), file).split(/[\\/]/)[0] as keyof typeof mayImport;
		const sources = [...readFileSync(file, 'utf8').matchAll(/^\s*import\s[^;]*?from\s+'([^']+)'/gm)].map(
			([, s]) => s
		);
		return sources
			.filter((source) => /^(\.|\$lib\/)/.test(source))
			.map((source) => source.replace(/^\$lib/, join(root, 'src/lib')))
			.map((source) =>
				relative(join(root, 'src/lib'), source.startsWith('.') ? join(dirname(file), source) : source)
			)
			.filter((path) => ![room, ...mayImport[room]].includes(path.split(/[\\/]/)[0]))
			.map((path) => `${relative(root, file)} → ${path}`);
	});
	expect(wrong).toEqual([]);
});
