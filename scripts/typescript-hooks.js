// Module loader hook of scripts/typescript.js: takes the types out of .ts files with the compiler that Vite brings.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** @type {import('node:module').LoadHook} */
export async function load(url, context, nextLoad) {
	if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
	const { transformWithOxc } = await import('vite');
	const path = fileURLToPath(url);
	const { code } = await transformWithOxc(await readFile(path, 'utf8'), path, {
		sourcemap: false,
		tsconfig: false
	});
	return { format: 'module', source: code, shortCircuit: true };
}
