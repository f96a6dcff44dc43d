// Finds a Chromium for tests and headless recipes, and the flags to start it with. Node's own modules only, so
// that it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { homedir } from 'node:os';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const usual = [
	'/usr/bin/chromium',
	'/usr/lib/chromium/chromium',
	'/snap/bin/chromium',
	'/opt/google/chrome/chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'
];

/**
 * True when the file is a program that starts: a download without the libraries that it needs does not. (On
 * Windows, where `--version` opens a window, being there is enough.)
 * @param {string} file
 */
export function starts(file) {
	try {
		accessSync(file, constants.X_OK);
	} catch {
		return false;
	}
	if (process.platform === 'win32') return true;
	return spawnSync(file, ['--version'], { timeout: 30_000, stdio: 'ignore' }).status === 0;
}

/** Playwright's own downloads, newest first. */
function downloaded() {
	const root =
		process.env.PLAYWRIGHT_BROWSERS_PATH ??
		{
			linux: join(homedir(), '.cache/ms-playwright'),
			darwin: join(homedir(), 'Library/Caches/ms-playwright'),
			win32: join(homedir(), 'AppData/Local/ms-playwright')
		}[/** @type {'linux'} */ (process.platform)];
	if (!root || !existsSync(root)) return [];
	return readdirSync(root)
		.filter((d) => /^chromium-\d+$/.test(d))
		.sort((a, b) => Number(b.split('-')[1]) - Number(a.split('-')[1]))
		.flatMap((d) => [
			join(root, d, 'chrome-linux64/chrome'),
			join(root, d, 'chrome-linux/chrome'),
			join(root, d, 'chrome-mac/Chromium.app/Contents/MacOS/Chromium'),
			join(root, d, 'chrome-win/chrome.exe')
		]);
}

/**
 * The first Chromium found that starts: `CHROMIUM_PATH`, names on PATH, usual places, Playwright's download.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string[]} [places] looked at after PATH
 * @returns {string | undefined}
 * @throws when `CHROMIUM_PATH` is set and names nothing that starts
 */
export function findChromium(env = process.env, places = [...usual, ...downloaded()]) {
	if (env.CHROMIUM_PATH) {
		if (starts(env.CHROMIUM_PATH)) return env.CHROMIUM_PATH;
		throw new Error(`CHROMIUM_PATH is "${env.CHROMIUM_PATH}", and no browser starts from there.`);
	}
	const onPath = (env.PATH ?? '')
		.split(delimiter)
		.filter(Boolean)
		.flatMap((dir) => names.map((name) => join(dir, name)));
	return [...onPath, ...places].find(starts);
}

/** Flags for every headless start: quiet (no background network), and runnable as root in a container. */
export const baseArgs = [
	'--no-sandbox',
	'--no-first-run',
	'--disable-quic',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

/** Flags that give a software WebGPU adapter (SwiftShader) on a machine without a GPU. */
export const webgpuArgs = [
	'--enable-unsafe-webgpu',
	'--enable-features=Vulkan',
	'--use-vulkan=swiftshader',
	'--use-angle=swiftshader'
];
