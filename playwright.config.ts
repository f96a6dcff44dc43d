// End-to-end tests of the built sites in a real Chromium. They run on the static build; those tagged @both on the node
// build too, and those tagged @node on that alone.
import { createServer } from 'node:net';
import { defineConfig } from '@playwright/test';
import { baseArgs, findChromium } from './scripts/chromium.js';

/** A port that is free now. */
function freePort(): Promise<number> {
	return new Promise((done) => {
		const probe = createServer().listen(0, '127.0.0.1', () => {
			const { port } = probe.address() as { port: number };
			probe.close(() => done(port));
		});
	});
}

// Chosen once: Playwright's workers load this file again, in the environment of the first.
process.env.E2E_STATIC_PORT ??= String(await freePort());
process.env.E2E_NODE_PORT ??= String(await freePort());
const staticUrl = `http://localhost:${process.env.E2E_STATIC_PORT}/`;
const nodeUrl = `http://localhost:${process.env.E2E_NODE_PORT}/`;

export default defineConfig({
	testDir: 'tests/e2e',
	outputDir: 'test-results/e2e',
	workers: 2,
	fullyParallel: true,
	// Once more in CI, named as flaky in the output (scripts/tally.js): a machine of two cores has its stalls.
	retries: process.env.CI ? 1 : 0,
	timeout: 90_000,
	expect: { timeout: 15_000 },
	forbidOnly: !!process.env.CI,
	reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
	use: {
		launchOptions: { executablePath: findChromium(), args: baseArgs },
		trace: 'retain-on-failure'
	},
	projects: [
		{ name: 'static', grepInvert: /@node/, use: { baseURL: staticUrl } },
		{ name: 'node', grep: /@node|@both/, use: { baseURL: nodeUrl } }
	],
	webServer: {
		command: 'node tests/e2e/servers.js',
		url: nodeUrl,
		reuseExistingServer: false,
		timeout: 30_000
	}
});
