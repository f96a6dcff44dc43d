// `npm test`: every test of the project, in Node and in a real browser, on the static and on the node build. Runs
// all steps even when one fails, and leaves the counts in test-results/summary.json.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.js';
import { root, runNode } from './process.js';
import { fromPlaywright, fromVitest, lastLine, readTally, single, sum } from './tally.js';

const results = join(root, 'test-results');
mkdirSync(results, { recursive: true });

/** @param {string} project */
async function vitest(project) {
	const report = join(results, `vitest-${project}.json`);
	rmSync(report, { force: true });
	const code = await runNode('node_modules/vitest/vitest.mjs', [
		'run',
		`--project=${project}`,
		'--reporter=default',
		'--reporter=json',
		`--outputFile.json=${report}`
	]);
	return readTally(report, fromVitest, code);
}

async function playwright() {
	const report = join(results, 'playwright.json');
	rmSync(report, { force: true });
	const code = await runNode('node_modules/@playwright/test/cli.js', ['test']);
	return readTally(report, fromPlaywright, code);
}

/** @type {[string, () => Promise<import('./tally.js').Tally>][]} */
const steps = [
	['data', async () => single((await runNode('scripts/pack-mnist.js')) === 0)],
	['unit tests', () => vitest('unit')],
	['browser tests', () => vitest('browser')],
	['static build', async () => single(await build('static'))],
	['node build', async () => single(await build('node'))],
	['end-to-end tests', playwright]
];

/** @type {{ name: string, seconds: number, passed: number, failed: number, skipped: number }[]} */
const table = [];
for (const [name, step] of steps) {
	console.log(`\n── ${name}`);
	const start = performance.now();
	const tally = await step();
	table.push({ name, seconds: Math.round((performance.now() - start) / 1000), ...tally });
}
const total = sum(table);
writeFileSync(join(results, 'summary.json'), JSON.stringify({ ...total, steps: table }, null, '\t') + '\n');
console.table(table);
console.log(lastLine(total));
process.exitCode = total.failed ? 1 : 0;
