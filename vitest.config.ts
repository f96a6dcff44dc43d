// Two test projects: `unit` runs in Node (theory, random, data, scene, scripts), `browser` runs in a real
// Chromium with a software WebGPU adapter (engine kernels on every backend, components).
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, mergeConfig } from 'vitest/config';
import viteConfig from './vite.config.ts';
import { baseArgs, findChromium, webgpuArgs } from './scripts/chromium.js';

export default mergeConfig(
	viteConfig,
	defineConfig({
		test: {
			projects: [
				{
					extends: true,
					test: {
						name: 'unit',
						environment: 'node',
						include: ['tests/**/*.test.ts'],
						exclude: ['tests/**/*.browser.test.ts', 'tests/e2e/**'],
						testTimeout: 60_000,
						hookTimeout: 120_000
					}
				},
				{
					extends: true,
					test: {
						name: 'browser',
						include: ['tests/**/*.browser.test.ts'],
						testTimeout: 120_000,
						hookTimeout: 120_000,
						browser: {
							enabled: true,
							headless: true,
							screenshotFailures: false,
							provider: playwright({
								launchOptions: {
									executablePath: findChromium(),
									args: [...baseArgs, ...webgpuArgs]
								}
							}),
							instances: [{ browser: 'chromium' }]
						}
					}
				}
			],
			coverage: { provider: 'v8', include: ['src/lib/theory/**'], reporter: ['text-summary', 'text'] }
		}
	})
);
