// What a figure depends on: the machine, how busy it was, and the versions of everything that computed.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '../../../scripts/chromium.js';
import { root } from '../../../scripts/process.js';

export function machine() {
	const list = cpus();
	return {
		processor: list[0]?.model.trim() ?? 'unknown',
		cores: list.length,
		memoryGB: Math.round(totalmem() / 2 ** 30),
		system: `${type()} ${release()}`
	};
}

/** Processes that wanted a core, on average of the last minute and of the last five. */
export function load() {
	const [minute, five] = loadavg();
	return { oneMinute: Math.round(minute * 100) / 100, fiveMinutes: Math.round(five * 100) / 100 };
}

/** @param {string} name */
const packageVersion = (name) =>
	JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;

/** The commit that was measured, with a + when files differ from it; null outside a clone. */
function commit() {
	try {
		const git = (/** @type {string[]} */ ...args) =>
			execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
		return (
			git('rev-parse', '--short', 'HEAD') +
			(git('status', '--porcelain', '--', 'src', 'tests/bench') ? '+' : '')
		);
	} catch {
		return null;
	}
}

/** @param {{ numpy: string, python: string } | { missing: string }} numpy */
export function versions(numpy) {
	const browser = findChromium();
	return {
		commit: commit(),
		node: process.versions.node,
		chromium: browser
			? execFileSync(browser, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
			: null,
		tfjs: packageVersion('@tensorflow/tfjs-core'),
		'ml-matrix': packageVersion('ml-matrix'),
		numpy: 'missing' in numpy ? null : numpy.numpy,
		python: 'missing' in numpy ? null : numpy.python
	};
}

/** @typedef {ReturnType<typeof load>} Load */
