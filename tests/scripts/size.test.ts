// The walk from a page to its scripts: everything that it loads is found, once, and nothing that it does not.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtPages, entryScripts, pageScripts, staticImports } from '../../scripts/size.js';

const folder = mkdtempSync(join(tmpdir(), 'size-'));
const files: Record<string, string> = {
	'index.html': `<head><script src="./theme.js"></script>
		<link href="./_app/node.js" rel="modulepreload"><link rel="stylesheet" href="./a.css"></head>
		<script type="application/json">{"a": 1}</script>
		<script>{ const x = 1; Promise.all([import("./_app/start.js"), import("./_app/app.js")]).then(() => x); }</script>`,
	'lab/index.html': `<link rel="modulepreload" href="../_app/node.js">`,
	'theme.js': `document.title = 'import "./not.js"';`,
	'_app/start.js': `import{a as b}from"./shared.js";import"./effect.js";b();`,
	'_app/app.js': `export*from"./shared.js";export{c}from"./deep/c.js";const later=()=>import("./later.js");export{later};`,
	'_app/shared.js': `import"./start.js";export const a=1;`,
	'_app/effect.js': '',
	'_app/deep/c.js': `import"../effect.js";export const c=1;`,
	'_app/later.js': '',
	'_app/node.js': '',
	'_app/not.js': ''
};

beforeAll(() => {
	for (const [name, text] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		writeFileSync(join(folder, name), text);
	}
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a module names what it imports statically', () => {
	expect(staticImports(files['_app/app.js'])).toEqual(['./shared.js', './deep/c.js']);
});

test('a page names what it starts and preloads', () => {
	expect(entryScripts(files['index.html'])).toEqual([
		'./_app/node.js',
		'./theme.js',
		'./_app/start.js',
		'./_app/app.js'
	]);
});

test('the walk finds each file once, circles included, and leaves out what is imported later', () => {
	const found = pageScripts(join(folder, 'index.html')).map((file) => relative(folder, file));
	expect(found.sort()).toEqual(
		['node', 'start', 'shared', 'effect', 'app', 'deep/c']
			.map((name) => join('_app', `${name}.js`))
			.concat('theme.js')
			.sort()
	);
});

test('pages are found with their routes', () => {
	expect([...builtPages(folder).keys()].sort()).toEqual(['/', '/lab/']);
});
