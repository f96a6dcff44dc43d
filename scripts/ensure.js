// Makes a fresh or outdated clone ready: installs the packages when package-lock.json has changed since the last
// time, and with `--browser` also finds a Chromium or gets one. Node's own modules only: it runs before anything
// is installed. npm calls it before start, dev and test.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findChromium } from './chromium.js';
import { isMain, root, run, runNode } from './process.js';

const STAMP = join('node_modules', '.reciprocal-installed');

/**
 * What the installed packages depend on: the lock file and the kind of machine (native packages differ).
 * @param {string} dir
 */
export function installKey(dir) {
	const lock = createHash('sha256')
		.update(readFileSync(join(dir, 'package-lock.json')))
		.digest('hex');
	return `${lock} ${process.platform}-${process.arch}`;
}

/**
 * True when node_modules was installed from the present lock file: by this script (its stamp), or by npm itself
 * (its own list of what it installed names every package of the lock in its version, optional ones apart).
 * @param {string} dir
 */
export function isInstalled(dir) {
	const stamp = join(dir, STAMP);
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === installKey(dir)) return true;
	const list = join(dir, 'node_modules', '.package-lock.json');
	if (!existsSync(list)) return false;
	/** @typedef {{ packages?: Record<string, { version?: string, optional?: boolean }> }} Lock */
	const have = /** @type {Lock} */ (JSON.parse(readFileSync(list, 'utf8'))).packages ?? {};
	const want =
		/** @type {Lock} */ (JSON.parse(readFileSync(join(dir, 'package-lock.json'), 'utf8'))).packages ?? {};
	return Object.entries(want).every(([path, { version, optional }]) => {
		if (path === '') return true;
		return path in have ? have[path].version === version : optional === true;
	});
}

/** `npm ci` with the npm that started us, or the one on PATH. Development packages too, whatever NODE_ENV says. */
async function install() {
	console.log('Installing packages (package-lock.json is new or has changed) …');
	const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
	const npm = process.env.npm_execpath;
	const code =
		npm && /^npm-cli\.c?js$/.test(basename(npm)) ? await runNode(npm, args) : await run('npm', args);
	if (code !== 0) throw new Error('The packages could not be installed: see the lines of npm above.');
}

/** Ways to get a browser where there is none, in the order in which they are tried. */
const sources = [
	{
		name: 'Playwright’s download',
		possible: () => existsSync(join(root, 'node_modules/playwright/cli.js')),
		get: () =>
			runNode('node_modules/playwright/cli.js', ['install', 'chromium'], {
				env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000', ...process.env },
				timeout: 5 * 60_000
			})
	},
	{
		name: 'Debian’s package',
		possible: () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'),
		get: async () => {
			const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
			const updated = await run('apt-get', ['update', '-q'], { env, timeout: 5 * 60_000 });
			return (
				updated ||
				run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], {
					env,
					timeout: 10 * 60_000
				})
			);
		}
	}
];

async function ensureBrowser() {
	const found = findChromium();
	if (found) return found;
	for (const { name, possible, get } of sources) {
		if (!possible()) continue;
		console.log(`No Chromium that starts was found here. Trying ${name} …`);
		await get();
		const chromium = findChromium();
		if (chromium) return chromium;
	}
	throw new Error(
		'The tests need Chromium or Chrome; none that starts was found, and none could be installed.\n' +
			'Install one (Debian, Ubuntu: `sudo apt-get install chromium`), or name one: CHROMIUM_PATH=/path/to/chrome npm test'
	);
}

/** @param {{ browser: boolean }} wanted */
async function ensure({ browser }) {
	const [major, minor] = process.versions.node.split('.').map(Number);
	if (major < 20 || (major === 20 && minor < 19)) {
		throw new Error(`This project needs Node 20.19 or newer; this is Node ${process.versions.node}.`);
	}
	if (!isInstalled(root)) await install();
	writeFileSync(join(root, STAMP), installKey(root));
	// TypeScript, ESLint and the import rules read the settings that Kit generates.
	if (!existsSync(join(root, '.svelte-kit/tsconfig.json'))) {
		const code = await runNode('node_modules/@sveltejs/kit/svelte-kit.js', ['sync']);
		if (code !== 0) throw new Error('`svelte-kit sync` failed: see the lines above.');
	}
	if (browser) console.log(`Browser for the tests: ${await ensureBrowser()}`);
}

if (isMain(import.meta.url)) {
	try {
		await ensure({ browser: process.argv.includes('--browser') });
	} catch (error) {
		// Each error here is a sentence that says what to do; a stack would bury it.
		console.error(`\n${error instanceof Error ? error.message : error}\n`);
		process.exitCode = 1;
	}
}
