// Child process of scripts/mutate.js: a warm Vitest that runs given tests with one piece of source replaced in
// memory. Nothing on disk is touched, and a mutant that loops for ever can be killed with the process.
import { resolve } from 'node:path';
import { createVitest } from 'vitest/node';

/** @type {import('./mutants.js').Mutant | null} */
let mutant = null;

const vitest = await createVitest(
	'test',
	{
		watch: false,
		config: false,
		environment: 'node',
		include: ['tests/theory/**/*.test.ts'],
		exclude: ['tests/**/*.browser.test.ts'],
		testTimeout: 60_000,
		bail: 1,
		setupFiles: ['scripts/mutate-setup.js'],
		reporters: [{}],
		pool: 'threads',
		maxWorkers: 1,
		isolate: false
	},
	{
		logLevel: 'silent',
		plugins: [
			{
				name: 'mutant',
				enforce: 'pre',
				transform(code, id) {
					if (!mutant || id.split('?')[0] !== resolve(mutant.file)) return;
					return { code: code.slice(0, mutant.start) + mutant.text + code.slice(mutant.end), map: null };
				}
			}
		]
	}
);

process.on('message', async (/** @type {{ mutant: typeof mutant, tests: string[] }} */ job) => {
	if (mutant) vitest.invalidateFile(resolve(mutant.file));
	mutant = job.mutant;
	if (mutant) vitest.invalidateFile(resolve(mutant.file));
	const wanted = new Set(job.tests.map((t) => resolve(t)));
	const specs = (await vitest.globTestSpecifications()).filter((s) => wanted.has(s.moduleId));
	const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specs, false);
	const passed = testModules.length === wanted.size && testModules.every((m) => m.ok());
	process.send?.(passed && unhandledErrors.length === 0);
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
