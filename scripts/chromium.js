// Finds a Chromium for tests and headless recipes, and the flags to start it with. Node's own modules only, so
// that it runs before anything is installed.
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

/** @param {string} file */
function runnable(file) {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
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
 * The first Chromium found: `CHROMIUM_PATH`, names on PATH, usual places, Playwright's download.
 * @returns {string | undefined}
 */
export function findChromium() {
	if (process.env.CHROMIUM_PATH) {
		if (runnable(process.env.CHROMIUM_PATH)) return process.env.CHROMIUM_PATH;
		throw new Error(`CHROMIUM_PATH is "${process.env.CHROMIUM_PATH}", and nothing can be run there.`);
	}
	const onPath = (process.env.PATH ?? '')
		.split(delimiter)
		.flatMap((dir) => names.map((n) => join(dir, n)));
	return [...onPath, ...usual, ...downloaded()].find(runnable);
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
