// `npm run reproduce -- NAME`: runs a named recipe headless in Chromium, on the app's own engine, and writes a JSON
// report with recipe, seed, backend, versions, curve and result.
//   npm run reproduce -- bas4                       4×4 bars and stripes, 16 hidden, exact log-likelihood
//   npm run reproduce -- mnist16                    MNIST, 16 hidden, 50 epochs, exact log-likelihood
//   npm run reproduce -- mnist500                   MNIST, 500 hidden, 200 epochs; ln Z by annealing
// Options: --seed N, --epochs N, --set learningRate=0.02 (any field of TrainConfig; may be repeated), --backend wasm|cpu|webgpu,
// --decay-from 0.5 (share of the run after which the learning rate falls to 0), --temperatures N (of annealing),
// --out FILE, --weights (into the report), --write-docs (renews the block in docs/performance.md),
// --write-asset (the weights in half precision into static/weights/, for the pages to load).
// Ends with 1 and a sentence when it could not run.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { isMain, root } from './process.js';

/** @param {string[]} args */
function prepare(...args) {
	const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
	if (status !== 0) throw new Error(`\`node ${args.join(' ')}\` failed: see the lines above.`);
}

/** A whole number given as an option, or undefined. @param {string} name @param {string | undefined} text */
function whole(name, text) {
	if (text === undefined) return undefined;
	if (!/^\d+$/.test(text)) throw new Error(`--${name} takes a whole number, not "${text}".`);
	return Number(text);
}

/** A number from 0 to 1 given as an option, or undefined. @param {string} name @param {string | undefined} text */
function share(name, text) {
	if (text === undefined) return undefined;
	const value = Number(text);
	if (!(value >= 0 && value <= 1)) throw new Error(`--${name} takes a number from 0 to 1, not "${text}".`);
	return value;
}

const words = ['algorithm', 'gradient'];
const numbers = ['k', 'learningRate', 'momentum', 'weightDecay', 'batchSize', 'chains', 'beta'];

/** NAME=VALUE pairs as fields of a TrainConfig. @param {string[]} pairs */
function fields(pairs) {
	return Object.fromEntries(
		pairs.map((pair) => {
			const [name, value] = pair.split('=');
			if (words.includes(name) && value) return [name, value];
			if (numbers.includes(name) && value && Number.isFinite(Number(value))) return [name, Number(value)];
			throw new Error(
				`--set takes NAME=VALUE with one of ${[...words, ...numbers].join(', ')}; not "${pair}".`
			);
		})
	);
}

/** @param {string[]} argv */
async function main(argv) {
	const { values, positionals } = parseArgs({
		args: argv,
		allowPositionals: true,
		options: {
			seed: { type: 'string' },
			epochs: { type: 'string' },
			set: { type: 'string', multiple: true, default: [] },
			backend: { type: 'string', default: 'wasm' },
			out: { type: 'string' },
			'decay-from': { type: 'string' },
			temperatures: { type: 'string' },
			weights: { type: 'boolean', default: false },
			'write-asset': { type: 'boolean', default: false },
			'write-docs': { type: 'boolean', default: false }
		}
	});
	const known = readdirSync(join(root, 'tests/bench/recipes')).map((file) => file.replace(/\.ts$/, ''));
	const [name] = positionals;
	if (positionals.length !== 1 || !known.includes(name))
		throw new Error(`Name one recipe: npm run reproduce -- NAME. There are: ${known.join(', ')}.`);
	const backends = /** @type {const} */ (['wasm', 'cpu', 'webgpu']);
	const backend = backends.find((b) => b === values.backend);
	if (!backend) throw new Error(`"${values.backend}" is no backend: ${backends.join(', ')} are.`);
	const options = {
		name,
		backend,
		seed: whole('seed', values.seed),
		epochs: whole('epochs', values.epochs),
		set: fields(values.set),
		decayFrom: share('decay-from', values['decay-from']),
		temperatures: whole('temperatures', values.temperatures),
		weights: values.weights || values['write-asset']
	};
	const out = values.out ?? join(root, 'reports', `${name}.json`);

	prepare('scripts/ensure.js', '--browser');
	prepare('scripts/pack-mnist.js');
	const { buildBench, openBench } = await import('../tests/bench/node/site.js');
	const { load, machine, versions } = await import('../tests/bench/node/machine.js');
	const { numpyVersion } = await import('../tests/bench/node/numpy.js');
	console.error('Building the page …');
	await buildBench();
	const before = load();
	const bench = await openBench({ gpu: backend === 'webgpu' });
	try {
		await bench.page.exposeFunction('tell', (/** @type {{ line: string }} */ { line }) =>
			console.error(line)
		);
		const dataFolder = new URL('data/', bench.page.url()).href;
		const report = await bench.call('recipe', { ...options, dataFolder });
		const full = {
			date: new Date().toISOString(),
			command: `npm run reproduce -- ${argv.join(' ')}`,
			machine: machine(),
			load: { before, after: load() },
			versions: versions(await numpyVersion()),
			.../** @type {{ result: unknown, published: unknown }} */ (report)
		};
		mkdirSync(dirname(out), { recursive: true });
		if (values['write-asset']) {
			const { writeAsset } = await import('../tests/bench/node/asset.js');
			console.log(`Written to ${await writeAsset(full)}.`);
			if (!values.weights) delete (/** @type {any} */ (full).model.base64);
		}
		writeFileSync(out, `${JSON.stringify(full, null, '\t')}\n`);
		console.log(JSON.stringify({ result: full.result, published: full.published }, null, '\t'));
		console.log(`Written to ${out}.`);
		if (name === 'relaxation') {
			const { writeRelaxationDocs } = await import('../tests/bench/node/relaxationDocs.js');
			await writeRelaxationDocs(full, join(root, 'docs'));
		} else if (values['write-docs']) {
			const { reproduceBlocks, writeBlocks } = await import('../tests/bench/node/report.js');
			await writeBlocks(join(root, 'docs/performance.md'), reproduceBlocks(full));
		}
	} finally {
		await bench.close();
	}
}

if (isMain(import.meta.url)) {
	try {
		await main(process.argv.slice(2));
	} catch (error) {
		console.error(`\n${error instanceof Error ? error.message : error}\n`);
		process.exitCode = 1;
	}
}
