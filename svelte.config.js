// Kit's configuration: which adapter (ADAPTER=node for the optional proxy, static otherwise), and the
// content security policy that every page carries.
import adapterStatic from '@sveltejs/adapter-static';
import adapterNode from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { sourceHash } from './scripts/build.js';

const node = process.env.ADAPTER === 'node';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	compilerOptions: { runes: ({ filename }) => (filename.includes('node_modules') ? undefined : true) },
	kit: {
		outDir: node ? '.svelte-kit/node' : '.svelte-kit',
		adapter: node ? adapterNode({ out: 'build-node' }) : adapterStatic({ pages: 'build', strict: true }),
		// Relative addresses let the same static build work from any sub-path (GitHub Pages).
		paths: { relative: true },
		serviceWorker: { register: false },
		// From the sources: the same sources are the same version, and visitors fetch nothing anew.
		version: { name: sourceHash().slice(0, 12) },
		csp: {
			mode: 'auto',
			directives: {
				'default-src': ['none'],
				'script-src': ['self', 'wasm-unsafe-eval'],
				'style-src': ['self'],
				'style-src-attr': ['unsafe-inline'],
				'img-src': ['self', 'data:', 'blob:'],
				'font-src': ['self'],
				'connect-src': ['self'],
				'worker-src': ['self', 'blob:'],
				'manifest-src': ['self'],
				'form-action': ['self'],
				'base-uri': ['none'],
				'object-src': ['none']
			}
		},
		typescript: {
			config: (c) => ({
				...c,
				include: [...c.include, '../scripts/**/*.js', '../server/**/*.js', '../*.config.ts', '../*.config.js']
			})
		}
	}
};
