// What .ci/run does: installs, checks types, style, format and import rules, runs all tests on both builds, and
// holds the pages to their size. Every step runs even when an earlier one failed; the last line gives the counts.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, runNode } from './process.js';
import { lastLine, readTally, single, sum } from './tally.js';

const summary = join(root, 'test-results/summary.json');

/** @param {string} script of package.json */
const npm = (script) => run('npm', ['run', '--silent', script]);

async function tests() {
	rmSync(summary, { force: true });
	const code = await run('npm', ['test']);
	return readTally(summary, (/** @type {import('./tally.js').Tally} */ tally) => sum([tally]), code);
}

/** @param {string} script */
const check = (script) => async () => single((await npm(script)) === 0);

/** @type {[string, () => Promise<import('./tally.js').Tally>][]} */
const steps = [
	['types', check('check')],
	['style', check('lint:style')],
	['format', check('lint:format')],
	['imports between rooms', check('lint:rooms')],
	['tests', tests],
	['size', check('size')]
];

/** @type {({ step: string, seconds: number } & import('./tally.js').Tally)[]} */
const table = [];

/** @param {string} step @param {() => Promise<import('./tally.js').Tally>} work */
async function record(step, work) {
	console.log(`\n━━ ${step}`);
	const start = performance.now();
	const tally = await work();
	table.push({ step, seconds: Math.round((performance.now() - start) / 1000), ...tally });
	return tally.failed === 0;
}

const ready = await record('install', async () =>
	single((await runNode('scripts/ensure.js', ['--browser'])) === 0)
);
// Without packages nothing can run; without a browser the rest still can.
if (ready || existsSync(join(root, 'node_modules/vite')))
	for (const [step, work] of steps) await record(step, work);

if (existsSync(summary)) console.table(JSON.parse(readFileSync(summary, 'utf8')).steps);
console.table(table);
const total = sum(table);
process.exitCode = total.failed ? 1 : 0;
console.log(lastLine(total));
