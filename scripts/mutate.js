// npm run mutate [-- --sample 200 --seed 1 --jobs 2 --only 'lift|errata' --thorough]: how well do the tests of theory/ guard its
// formulas? Flips one sign or factor at a time (scripts/mutants.js) and runs the tests that import the changed file;
// a mutant that no test minds is printed. --sample 0 tries all. --thorough runs the tests that reach the file
// through other modules too before it counts a mutant as survived.
import { fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { mutantsOf } from './mutants.js';

const { values: options } = parseArgs({
	options: {
		sample: { type: 'string', default: '200' },
		seed: { type: 'string', default: '1' },
		jobs: { type: 'string', default: '2' },
		only: { type: 'string', default: '' },
		thorough: { type: 'boolean', default: false }
	}
});

/** A mutant that loops for ever counts as killed after this long. */
const TIMEOUT_MS = 300_000;
let timeouts = 0;
const SOURCES = 'src/lib/theory';
const TESTS = 'tests/theory';

/** @param {string} folder @returns {string[]} */
function filesIn(folder) {
	return readdirSync(folder, { withFileTypes: true }).flatMap((e) =>
		e.isDirectory() ? filesIn(join(folder, e.name)) : e.name.endsWith('.ts') ? [join(folder, e.name)] : []
	);
}

/** Files that `file` imports by a relative path. @param {string} file */
function importsOf(file) {
	const text = readFileSync(file, 'utf8').replace(/import type [^;]*;/g, '');
	return [...text.matchAll(/from '(\.[^']*)'/g)].map((m) => relative('.', join(dirname(file), m[1])));
}

/** Every module and test reachable backwards from each file: who would notice. @param {string[]} files */
function importers(files) {
	/** @type {Map<string, Set<string>>} */
	const back = new Map(files.map((f) => [f, new Set()]));
	for (const f of files) for (const i of importsOf(f)) back.get(i)?.add(f);
	return back;
}

/** mulberry32. @param {number} seed */
function generator(seed) {
	let a = seed | 0;
	return () => {
		a = (a + 0x6d2b79f5) | 0;
		let t = Math.imul(a ^ (a >>> 15), 1 | a);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

/** A sample of `n` without repetition, in file order. @template T @param {T[]} list @param {number} n @param {number} seed */
function sampled(list, n, seed) {
	if (n <= 0 || n >= list.length) return list;
	const next = generator(seed);
	const keyed = list.map((item, k) => ({ item, k, key: next() }));
	keyed.sort((a, b) => a.key - b.key);
	return keyed
		.slice(0, n)
		.sort((a, b) => a.k - b.k)
		.map((e) => e.item);
}

/** A process that runs tests with a mutant in place, begun anew whenever one hangs. */
class Runner {
	/** @type {Promise<import('node:child_process').ChildProcess> | null} */
	child = null;

	start() {
		const child = fork(fileURLToPath(new URL('mutate-runner.js', import.meta.url)), { stdio: 'ignore' });
		return new Promise((done) => child.once('message', () => done(child)));
	}

	/** Do the tests pass? @param {object | null} mutant @param {string[]} tests @returns {Promise<boolean>} */
	async passes(mutant, tests) {
		this.child ??= this.start();
		const child = await this.child;
		return new Promise((done) => {
			/** @param {boolean} passed */
			const finish = (passed) => {
				clearTimeout(timer);
				child.removeAllListeners();
				done(passed);
			};
			const timer = setTimeout(() => {
				this.child = null;
				child.kill('SIGKILL');
				timeouts++;
				finish(false);
			}, TIMEOUT_MS);
			child.once('message', finish);
			child.once('exit', () => {
				this.child = null;
				finish(false);
			});
			child.send({ mutant, tests });
		});
	}

	async stop() {
		(await this.child)?.disconnect();
	}
}

const sources = filesIn(SOURCES);
const tests = filesIn(TESTS);
const back = importers([...sources, ...tests]);

/** Tests that import the file itself. @param {string} file */
const direct = (file) => [...(back.get(file) ?? [])].filter((f) => f.endsWith('.test.ts'));

/** Tests that reach the file, through other modules too. @param {string} file */
function reaching(file) {
	const seen = new Set([file]);
	for (const f of seen) for (const g of back.get(f) ?? []) seen.add(g);
	return [...seen].filter((f) => f.endsWith('.test.ts'));
}

const chosen = sources.filter((f) => new RegExp(options.only).test(f));
const all = chosen.flatMap((f) => mutantsOf(f, readFileSync(f, 'utf8')));
const picked = sampled(all, Number(options.sample), Number(options.seed));
const needed = [
	...new Set(picked.flatMap((m) => (direct(m.file).length ? direct(m.file) : reaching(m.file))))
];
const runners = Array.from({ length: Number(options.jobs) }, () => new Runner());
if (!(await runners[0].passes(null, needed))) {
	console.error('mutate: the tests do not pass as they stand');
	process.exit(2);
}

let killed = 0;
/** @type {typeof picked} */
const survived = [];
const queue = [...picked];
/** @param {Runner} runner */
async function work(runner) {
	for (;;) {
		const mutant = queue.shift();
		if (!mutant) return runner.stop();
		const first = direct(mutant.file);
		const wide = reaching(mutant.file);
		let alive = first.length > 0 ? await runner.passes(mutant, first) : true;
		if (alive && (options.thorough || first.length === 0) && wide.length > 0)
			alive = await runner.passes(mutant, wide);
		if (alive) {
			survived.push(mutant);
			console.log(`survived ${mutant.file}:${mutant.line}  ${mutant.what}`);
		} else killed++;
		const done = killed + survived.length;
		if (done % 25 === 0) console.log(`${done}/${picked.length} tried, ${survived.length} survived`);
	}
}
await Promise.all(runners.map(work));
const share = ((100 * killed) / picked.length).toFixed(1);
console.log(
	`${killed} of ${picked.length} mutants killed (${share} %, ${timeouts} by taking too long), ` +
		`drawn from ${all.length} with seed ${options.seed}`
);
process.exitCode = killed >= 0.9 * picked.length ? 0 : 1;
