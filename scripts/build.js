// Builds the site when it is missing or older than its sources: `node scripts/build.js [static] [node]`. Each
// build carries a hash of the sources that it was made from. Node's own modules only.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMain, root, runNode } from './process.js';

/** @typedef {'static' | 'node'} Kind */

/** Where each build lies. @type {Record<Kind, string>} */
export const folders = { static: 'build', node: 'build-node' };

const STAMP = '.sources';
const sources = [
	'src',
	'static',
	'scripts',
	'svelte.config.js',
	'vite.config.ts',
	'tsconfig.json',
	'package.json',
	'package-lock.json'
];
/** Written by `npm run data` from the packages in the lock file, so no source. */
const generated = ['static/data'];

/**
 * All files of a folder, or the file itself, sorted.
 * @param {string} path
 * @returns {string[]}
 */
function filesOf(path) {
	if (generated.includes(path) || !existsSync(join(root, path))) return [];
	if (!statSync(join(root, path)).isDirectory()) return [path];
	return readdirSync(join(root, path))
		.sort()
		.flatMap((name) => filesOf(`${path}/${name}`));
}

/** Hash of everything that a build is made from: names and contents. */
export function sourceHash() {
	const hash = createHash('sha256');
	for (const file of sources.flatMap(filesOf)) {
		const bytes = readFileSync(join(root, file));
		hash.update(`${file}\0${bytes.length}\0`).update(bytes);
	}
	return hash.digest('hex');
}

/**
 * Builds unless the build is up to date.
 * @param {Kind} kind
 * @returns {Promise<boolean>} false when the build failed; the reason is on the terminal
 */
export async function build(kind) {
	const stamp = join(root, folders[kind], STAMP);
	// Before building: an edit made meanwhile must not pass for built.
	const hash = sourceHash();
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return true;
	console.log(`Building the ${kind} site …`);
	if ((await runNode('scripts/pack-mnist.js')) !== 0) return false;
	const env = { ...process.env, ADAPTER: kind === 'node' ? 'node' : '' };
	if ((await runNode('node_modules/vite/bin/vite.js', ['build', '--logLevel', 'warn'], { env })) !== 0)
		return false;
	writeFileSync(stamp, hash);
	return true;
}

if (isMain(import.meta.url)) {
	const asked = process.argv.slice(2);
	const kinds = /** @type {Kind[]} */ (asked.length ? asked : ['static']);
	for (const kind of kinds) {
		if (!(kind in folders)) throw new Error(`"${kind}" is no build: static and node are.`);
		if (!(await build(kind))) {
			process.exitCode = 1;
			break;
		}
	}
}
