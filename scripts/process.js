// Small shared parts of the scripts: where the project is, whether a file was started directly, and running
// another program. Node's own modules only.
import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * True when the module is the program that was started, false when it was imported.
 * @param {string} url the module's `import.meta.url`
 */
export function isMain(url) {
	return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url);
}

/**
 * Runs a program in the project's folder, with this terminal for its output and nothing for its input.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, timeout?: number, quiet?: boolean }} [options] timeout in milliseconds
 * @returns {Promise<number>} its exit code; 1 when it was killed, 127 when it could not be started
 */
export function run(command, args, { env = process.env, timeout, quiet = false } = {}) {
	return new Promise((done) => {
		const child = spawn(command, args, {
			cwd: root,
			env,
			timeout,
			stdio: ['ignore', quiet ? 'ignore' : 'inherit', quiet ? 'ignore' : 'inherit'],
			// npm and npx are scripts on Windows, which only a shell can start there.
			shell: process.platform === 'win32' && !command.endsWith('.exe')
		});
		child.on('error', () => done(127));
		child.on('exit', (code) => done(code ?? 1));
	});
}

/**
 * Runs a JavaScript file with this same Node.
 * @param {string} file from the project's folder
 * @param {string[]} [args]
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runNode(file, args = [], options) {
	return run(process.execPath, [file, ...args], options);
}
