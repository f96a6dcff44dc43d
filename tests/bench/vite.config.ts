// Builds the benchmark's page: the app's own engine and theory, bundled and minified as in the site.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { tfjsThreads } from '../../vite.config.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
	root: path('.'),
	base: './',
	publicDir: path('../../static'),
	resolve: { alias: { $lib: path('../../src/lib') } },
	plugins: [tfjsThreads()],
	worker: { format: 'es', plugins: () => [tfjsThreads()] },
	build: { assetsInlineLimit: 0, target: 'es2022', emptyOutDir: true, reportCompressedSize: false },
	logLevel: 'warn'
});
