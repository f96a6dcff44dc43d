// Finds a Python with numpy for the tests of the Python script, or gets one from Debian. Node's own modules only.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { run } from './process.js';

const candidates = () =>
	[process.env.PYTHON, 'python3', '/usr/bin/python3', 'python'].filter((name) => name !== undefined);

/**
 * The first command that is a Python 3.8 or newer with numpy: `PYTHON`, then the usual names.
 * @returns {string | null}
 */
export function findPython() {
	const ask = 'import sys, numpy; sys.exit(0 if sys.version_info >= (3, 8) else 1)';
	const works = (/** @type {string} */ name) =>
		spawnSync(name, ['-c', ask], { timeout: 60_000, stdio: 'ignore' }).status === 0;
	return candidates().find(works) ?? null;
}

/**
 * The same, after trying Debian's package where none is found and this machine takes it.
 * @returns {Promise<string | null>}
 */
export async function ensurePython() {
	const found = findPython();
	if (found || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return found;
	console.log('No Python with numpy was found here. Trying Debian’s package …');
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	await run('apt-get', ['update', '-q'], { env, timeout: 5 * 60_000 });
	await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'python3-numpy'], {
		env,
		timeout: 10 * 60_000
	});
	return findPython();
}
