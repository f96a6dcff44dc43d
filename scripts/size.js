// How much JavaScript each page loads: walks from a built page's HTML through everything that it imports
// statically, and sums the gzipped files. `npm run size` prints the table after a build and fails when the landing
// page would load tfjs; the limits themselves are in .size-limit.js.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseAst } from 'vite';
import { folders } from './build.js';
import { isMain, root } from './process.js';

/** A sentence inside tfjs's engine that survives minification: who contains it contains tfjs. */
const TFJS = 'not registered for backend';

/** @param {string} folder @returns {string[]} all files below it */
function filesIn(folder) {
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
		entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)]
	);
}

/** Every object of a syntax tree. @param {unknown} node @returns {Generator<Record<string, any>>} */
function* nodesOf(node) {
	if (typeof node !== 'object' || node === null) return;
	if (!Array.isArray(node)) yield node;
	for (const child of Object.values(node)) yield* nodesOf(child);
}

const declarations = ['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration'];

/** What a module imports statically. @param {string} code @returns {string[]} */
export function staticImports(code) {
	return parseAst(code).body.flatMap((node) =>
		declarations.includes(node.type) && 'source' in node && node.source ? [String(node.source.value)] : []
	);
}

/** What an inline script imports when it runs. @param {string} code @returns {string[]} */
function dynamicImports(code) {
	return [...nodesOf(parseAst(code))]
		.filter((node) => node.type === 'ImportExpression' && typeof node.source.value === 'string')
		.map((node) => node.source.value);
}

/** @param {string} tag @param {string} name */
const attribute = (tag, name) => tag.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1];

/** The scripts that a page's HTML starts or preloads, as it addresses them. @param {string} html @returns {string[]} */
export function entryScripts(html) {
	const links = [...html.matchAll(/<link\s[^>]*>/g)].map(([tag]) => tag);
	const preloaded = links
		.filter((tag) => attribute(tag, 'rel') === 'modulepreload')
		.map((tag) => attribute(tag, 'href'));
	const scripts = [...html.matchAll(/<script(\s[^>]*)?>([\s\S]*?)<\/script>/g)].flatMap(
		([, tag = '', code]) => {
			const src = attribute(tag, 'src');
			const type = attribute(tag, 'type') ?? 'module';
			if (src) return [src];
			return type === 'module' || type.endsWith('javascript')
				? [...staticImports(code), ...dynamicImports(code)]
				: [];
		}
	);
	return [...preloaded, ...scripts].filter((name) => name !== undefined);
}

/**
 * All JavaScript files that a page loads before anything is clicked, its dynamic imports apart.
 * @param {string} page path of the built HTML file
 * @returns {string[]} paths, without repetition
 */
export function pageScripts(page) {
	/** @type {Set<string>} */
	const seen = new Set();
	/** @param {string} file */
	const visit = (file) => {
		if (seen.has(file)) return;
		seen.add(file);
		for (const name of staticImports(readFileSync(file, 'utf8'))) visit(join(dirname(file), name));
	};
	for (const name of entryScripts(readFileSync(page, 'utf8'))) visit(join(dirname(page), name));
	return [...seen];
}

/** @param {string} file */
const gzipped = (file) => gzipSync(readFileSync(file), { level: 9 }).length;
/** @param {string[]} files */
const kilobytes = (files) => Number((files.map(gzipped).reduce((a, b) => a + b, 0) / 1000).toFixed(1));

/** All built pages: path of the file by route. @param {string} site @returns {Map<string, string>} */
export function builtPages(site) {
	const pages = filesIn(site).filter((file) => basename(file) === 'index.html');
	return new Map(
		pages.map((file) => {
			const route = relative(site, dirname(file)).replaceAll('\\', '/');
			return [route ? `/${route}/` : '/', file];
		})
	);
}

/** Prints the table. @returns {string[]} what must not be, as sentences */
function report() {
	const site = join(root, folders.static);
	const pages = builtPages(site);
	const landing = pages.get('/');
	if (!landing) return ['There is no built page: run `npm run build` first.'];
	const shared = new Set(pageScripts(landing));
	/** @param {string} file */
	const hasTfjs = (file) => readFileSync(file, 'utf8').includes(TFJS);
	console.table(
		[...pages].map(([page, file]) => {
			const files = pageScripts(file);
			return {
				page,
				files: files.length,
				'JS gz kB': kilobytes(files),
				'beyond the landing page': kilobytes(files.filter((f) => !shared.has(f))),
				tfjs: files.some(hasTfjs) ? 'yes' : 'no'
			};
		})
	);
	const workers = filesIn(join(site, '_app/immutable/workers'));
	const code = workers.filter((file) => file.endsWith('.js'));
	console.table(
		code.map((file) => ({ worker: basename(file), 'gz kB': kilobytes([file]), tfjs: hasTfjs(file) }))
	);
	const wasm = filesIn(join(site, '_app')).filter((file) => file.endsWith('.wasm'));
	console.table(wasm.map((file) => ({ wasm: basename(file), 'gz kB': kilobytes([file]) })));

	const scripts = filesIn(join(site, '_app')).filter((file) => file.endsWith('.js'));
	const complaints = [];
	if ([...shared].some(hasTfjs)) complaints.push('The landing page loads tfjs.');
	// Else a new version of tfjs with another sentence would pass for a page without it.
	if (pages.has('/lab/') && !scripts.some(hasTfjs))
		complaints.push(`No built file contains "${TFJS}": is tfjs gone?`);
	return complaints;
}

if (isMain(import.meta.url)) {
	const complaints = report();
	for (const complaint of complaints) console.error(complaint);
	process.exitCode = complaints.length ? 1 : 0;
}
