// `npm run bench`: measures this project beside what a user would pick instead, in one run, interleaved.
//   npm run bench                         everything but what takes minutes; a table, and reports/bench.json
//   npm run bench -- --only gibbs,svd     workloads whose names start so (--list names them)
//   npm run bench -- --all                also `soak` and `longtasks`, which run the Lab page (--minutes N)
//   npm run bench -- --quick              smoke mode: does everything run?
//   npm run bench -- --write-docs         also rewrites the blocks of docs/performance.md
//   npm run -s bench -- --json            one JSON document on standard output and nothing else
// Ends with 1 and a sentence when something could not run. Nothing here is part of the tests.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { isMain, root } from './process.js';

const HELP = `npm run bench -- [--only NAME[,NAME]] [--all] [--quick] [--json] [--write-docs] [--out FILE]
                 [--minutes N] [--preset NAME] [--site URL] [--list]`;

/** Runs one of our scripts with its output on standard error, so that --json prints JSON alone. @param {string[]} args */
function prepare(...args) {
	const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
	if (status !== 0) throw new Error(`\`node ${args.join(' ')}\` failed: see the lines above.`);
}

const say = (/** @type {string} */ line) => console.error(line);

/** @param {string[]} argv */
async function main(argv) {
	const { values: options } = parseArgs({
		args: argv,
		options: {
			only: { type: 'string' },
			all: { type: 'boolean', default: false },
			quick: { type: 'boolean', default: false },
			json: { type: 'boolean', default: false },
			'write-docs': { type: 'boolean', default: false },
			out: { type: 'string', default: join(root, 'reports/bench.json') },
			minutes: { type: 'string' },
			preset: { type: 'string' },
			site: { type: 'string' },
			list: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false }
		}
	});
	if (options.help) return void console.log(HELP);
	const minutes = options.minutes === undefined ? undefined : Number(options.minutes);
	if (minutes !== undefined && !(minutes > 0)) throw new Error('--minutes takes a positive number.');
	if (options.quick && options['write-docs'])
		throw new Error('Figures of --quick mean nothing; they are not written.');

	const { plans } = await import('../tests/bench/node/plan.js');
	const slow = ['soak', 'longtasks'];
	const known = [...plans.map((plan) => plan.name), 'counts', 'scaling', 'memory', ...slow];
	if (options.list) return void console.log(known.join('\n'));
	const wanted = options.only?.split(',');
	for (const name of wanted ?? [])
		if (!known.some((k) => k.startsWith(name)))
			throw new Error(`There is no workload "${name}". There are: ${known.join(', ')}.`);
	const chosen = known.filter((name) =>
		wanted
			? // A full name means itself alone: `epoch` is not `epoch-64`.
				wanted.some((w) => (known.includes(w) ? name === w : name.startsWith(w)))
			: options.all || !slow.includes(name)
	);

	prepare('scripts/ensure.js', '--browser');
	prepare('scripts/pack-mnist.js');
	const { run } = await import('../tests/bench/node/run.js');
	const report = await run(chosen, {
		command: `npm run bench${argv.length ? ` -- ${argv.join(' ')}` : ''}`,
		quick: options.quick,
		lab: {
			minutes,
			preset: options.preset,
			site: options.site,
			build: () => prepare('scripts/build.js', 'static')
		},
		say
	});

	mkdirSync(dirname(options.out), { recursive: true });
	writeFileSync(options.out, `${JSON.stringify(report, null, '\t')}\n`);
	const { benchBlocks, table, writeBlocks } = await import('../tests/bench/node/report.js');
	if (options['write-docs']) await writeBlocks(join(root, 'docs/performance.md'), benchBlocks(report));
	if (options.json) console.log(JSON.stringify(report, null, '\t'));
	else {
		console.log(`\n${table(report.rows)}\n`);
		if (options.quick) console.log('Smoke mode: the figures mean nothing.');
		console.log(`Written to ${options.out}.`);
	}
	for (const [name, why] of Object.entries(report.failures)) console.error(`${name} could not run: ${why}`);
	if (Object.keys(report.failures).length) process.exitCode = 1;
}

if (isMain(import.meta.url)) {
	try {
		await main(process.argv.slice(2));
	} catch (error) {
		console.error(`\n${error instanceof Error ? error.message : error}\n`);
		process.exitCode = 1;
	}
}
