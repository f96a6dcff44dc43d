// npm run -s truth -- FILE.json: reads a list of RBMs, prints the same list with exact answers (docs/theory.md).
// Only JSON goes to the standard output; errors go to the standard error with exit code 1.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import './typescript.js';

/**
 * One field a line, so that a person can read it and a diff can follow it.
 * @param {Record<string, unknown>[]} list
 */
function print(list) {
	const items = list.map((item) => {
		const lines = Object.entries(item).map(
			([k, v]) => `    ${JSON.stringify(k)}: ${JSON.stringify(v ?? null)}`
		);
		return `  {\n${lines.join(',\n')}\n  }`;
	});
	return items.length ? `[\n${items.join(',\n')}\n]\n` : '[]\n';
}

async function main() {
	const files = process.argv.slice(2);
	if (files.length !== 1) throw new Error('usage: npm run -s truth -- FILE.json');
	// npm runs scripts in the project's folder; the file is meant from where the command was typed.
	const from = process.env.npm_lifecycle_event === 'truth' ? process.env.INIT_CWD : undefined;
	const text = await readFile(resolve(from ?? '.', files[0]), 'utf8');
	let input;
	try {
		input = JSON.parse(text);
	} catch (e) {
		throw new Error(`${files[0]} is not JSON: ${/** @type {Error} */ (e).message}`, { cause: e });
	}
	const { truth } = await import('../src/lib/theory/truth.ts');
	return print(truth(input));
}

try {
	process.stdout.write(await main());
} catch (e) {
	process.stderr.write(`truth: ${/** @type {Error} */ (e).message}\n`);
	process.exitCode = 1;
}
