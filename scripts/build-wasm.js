// Compiles the engine's SIMD modules from AssemblyScript and writes them beside the sources with a hash of what they
// were made from: the kernels, once for the plain heap of tfjs's wasm backend and once for its shared one, and the
// singular value decompositions, which have a memory of their own. `--check` compiles nothing: it fails when the
// committed files are older than their sources. The sources end in .as, not .ts, because they are no TypeScript: neither
// its compiler nor the linter must read them.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../src/lib/engine/wasm');
const hashFile = join(folder, 'sources.sha256');

/** tfjs's threaded heap may grow to 4 GiB; a module that shares it must allow as much. */
const PAGES = 65_536;

const builds = [
	{ file: 'kernels.wasm', entry: 'index.ts', flags: [] },
	{ file: 'svd.wasm', entry: 'svd.ts', flags: [] },
	{
		file: 'kernels-shared.wasm',
		entry: 'index.ts',
		flags: ['--enable', 'threads', '--sharedMemory', '--maximumMemory', String(PAGES)]
	}
];
const flags = [
	...['--importMemory', '--initialMemory', '1', '--runtime', 'stub', '--use', 'abort='],
	...['--noAssert', '-O3', '--converge', '--enable', 'simd']
];

/** Hash of the sources, the flags and the compiler's version. */
function fingerprint() {
	const hash = createHash('sha256');
	const compiler = join(folder, '../../../../node_modules/assemblyscript/package.json');
	hash.update(JSON.parse(readFileSync(compiler, 'utf8')).version + JSON.stringify([flags, builds]));
	const sources = readdirSync(folder).filter((name) => name.endsWith('.as'));
	for (const name of sources.sort()) hash.update(name + '\0' + readFileSync(join(folder, name), 'utf8'));
	for (const { file } of builds) hash.update(readFileSync(join(folder, file)));
	return hash.digest('hex') + '\n';
}

/** @param {{file: string, entry: string, flags: string[]}} build */
async function compile(build) {
	const { default: asc } = await import('assemblyscript/asc');
	/** @type {Uint8Array | undefined} */
	let binary;
	const result = await asc.main([build.entry, '--outFile', 'out.wasm', ...flags, ...build.flags], {
		readFile: (/** @type {string} */ name) => {
			try {
				return readFileSync(join(folder, name.replace(/\.ts$/, '.as')), 'utf8');
			} catch {
				return null;
			}
		},
		writeFile: (/** @type {string} */ _name, /** @type {string | Uint8Array} */ contents) => {
			if (typeof contents !== 'string') binary = contents;
		},
		listFiles: () => []
	});
	if (result.error || !binary) throw new Error(`${result.stderr}${result.error}`);
	writeFileSync(join(folder, build.file), binary);
	console.log(`${build.file}: ${binary.length} bytes`);
}

if (process.argv.includes('--check')) {
	if (readFileSync(hashFile, 'utf8') !== fingerprint()) {
		console.error(
			'src/lib/engine/wasm: the .wasm files are older than their sources; run "npm run build:wasm".'
		);
		process.exit(1);
	}
} else {
	for (const build of builds) await compile(build);
	writeFileSync(hashFile, fingerprint());
}
