// Builds the benchmark's page, serves it with the isolation headers, and opens it in a headless Chromium.
import { join } from 'node:path';
import { chromium } from 'playwright';
import { build } from 'vite';
import { baseArgs, findChromium, webgpuArgs } from '../../../scripts/chromium.js';
import { root } from '../../../scripts/process.js';
import { listen, staticServer } from '../../../scripts/serve.js';

/** @typedef {import('../host').Bench} Bench */

const out = join(root, 'node_modules/.cache/reciprocal-bench');

/** What `performance.measureUserAgentSpecificMemory` needs to answer at once, and `gc()` to exist. */
const memoryArgs = ['--enable-blink-features=ForceEagerMeasureMemory', '--js-flags=--expose-gc'];

/** Builds the page anew: a few seconds, and what is measured is always the present source. */
export async function buildBench() {
	await build({
		configFile: join(root, 'tests/bench/vite.config.ts'),
		build: { outDir: out },
		logLevel: 'error'
	});
}

/** Serves a folder; resolves to its address and a function that ends it. @param {string} dir */
export async function serveFolder(dir) {
	const server = staticServer({ dir });
	const port = await listen(server, 0);
	return {
		url: `http://127.0.0.1:${port}/`,
		close: () => {
			server.closeAllConnections();
			server.close();
		}
	};
}

/** @param {{ gpu?: boolean }} [options] gpu: with a software WebGPU adapter, for counting only */
export async function launch({ gpu = false } = {}) {
	const executablePath = findChromium();
	if (!executablePath) throw new Error('No Chromium was found: set CHROMIUM_PATH.');
	return chromium.launch({
		executablePath,
		args: [...baseArgs, ...memoryArgs, ...(gpu ? webgpuArgs : [])]
	});
}

/**
 * The benchmark's page, ready: `call` runs a method of `window.bench` in it.
 * @param {{ gpu?: boolean }} [options]
 */
export async function openBench(options) {
	const server = await serveFolder(out);
	const browser = await launch(options);
	const page = await browser.newPage();
	/** @type {string[]} */
	const problems = [];
	page.on('pageerror', (error) => problems.push(error.message));
	page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
	await page.goto(server.url);
	await page.waitForFunction(() => 'bench' in globalThis);
	/**
	 * @template {keyof Bench} K
	 * @param {K} name
	 * @param {Parameters<Bench[K]>} args
	 * @returns {Promise<Awaited<ReturnType<Bench[K]>>>}
	 */
	const call = async (name, ...args) => {
		try {
			return await page.evaluate(
				([method, list]) =>
					/** @type {any} */ (globalThis).bench[/** @type {string} */ (method)](
						.../** @type {any[]} */ (list)
					),
				/** @type {[string, unknown[]]} */ ([name, args])
			);
		} catch (error) {
			const more = problems.length ? ` The page said: ${problems.splice(0).join(' | ')}` : '';
			throw new Error(`${/** @type {Error} */ (error).message}${more}`, { cause: error });
		}
	};
	if (!(await call('isolated')))
		throw new Error('The benchmark’s page is not cross-origin isolated, so wasm would run on one thread.');
	return {
		page,
		browser,
		call,
		problems,
		async close() {
			await browser.close();
			server.close();
		}
	};
}

/** @typedef {Awaited<ReturnType<typeof openBench>>} BenchPage */
