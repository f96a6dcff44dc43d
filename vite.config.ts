// Vite's configuration: Kit, the headers that make pages cross-origin isolated in dev and preview, and the
// cure for tfjs's threaded wasm factory, which does not survive minification (shared/tfjs.md, "Bundling").
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin } from 'vite';
import { isolationHeaders } from './scripts/headers.js';
import svelteConfig from './svelte.config.js';

/** Sends COOP/COEP from `vite dev` and `vite preview`, whose own header settings skip Kit's pages. */
function isolation(): Plugin {
	const use = (server: {
		middlewares: {
			use(
				f: (req: unknown, res: { setHeader(k: string, v: string): void }, next: () => void) => void
			): unknown;
		};
	}) => {
		server.middlewares.use((_req, res, next) => {
			for (const [k, v] of Object.entries(isolationHeaders)) res.setHeader(k, v);
			next();
		});
	};
	return { name: 'reciprocal:isolation', configureServer: use, configurePreviewServer: use };
}

/**
 * tfjs ships its pthread factory to its workers by `fn.toString()`; the minifier renames `_scriptDir` in it and
 * `setBackend('wasm')` then hangs. The variable is never needed here: we give the wasm paths ourselves.
 */
export function tfjsThreads(): Plugin {
	return {
		name: 'reciprocal:tfjs-threads',
		transform(code, id) {
			if (!id.includes('tfjs-backend-wasm-threaded-simd.js')) return;
			return {
				code: code
					.replaceAll('typeof _scriptDir !== "undefined" && _scriptDir', 'false')
					.replaceAll('||_scriptDir', ''),
				map: null
			};
		}
	};
}

/** KaTeX's style sheet names each font in three formats; the first, woff2, is all that these browsers need. */
function katexFonts(): Plugin {
	return {
		name: 'reciprocal:katex-fonts',
		enforce: 'pre',
		transform(code, id) {
			if (!id.includes('katex.min.css')) return;
			return { code: code.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[^"]*"\)/g, ''), map: null };
		}
	};
}

/**
 * Writes the list of all built files for the service worker to keep. Kit's own list lacks what workers load: their
 * chunks and wasm. The version in its name ties a worker to its own build.
 */
function fileList(): Plugin {
	return {
		name: 'reciprocal:file-list',
		apply: 'build',
		enforce: 'post',
		generateBundle(_options, bundle) {
			if (this.environment.name !== 'client') return;
			const files = Object.keys(bundle).filter((name) => name.startsWith('_app/immutable/'));
			const fileName = `_app/immutable/files-${svelteConfig.kit?.version?.name}.json`;
			this.emitFile({ type: 'asset', fileName, source: JSON.stringify(files) });
		}
	};
}

export default defineConfig({
	plugins: [isolation(), tfjsThreads(), katexFonts(), sveltekit(), fileList()],
	worker: { format: 'es', plugins: () => [tfjsThreads()] },
	define: {
		__STATIC_SITE__: JSON.stringify(process.env.ADAPTER !== 'node'),
		__COMMIT__: JSON.stringify(process.env.GITHUB_SHA ?? null)
	},
	build: {
		assetsInlineLimit: 0,
		target: 'es2022',
		rolldownOptions: { checks: { bundlerTimings: false } }
	},
	server: { fs: { allow: ['.'] } },
	optimizeDeps: {
		include: [
			'@tensorflow/tfjs-core',
			'@tensorflow/tfjs-backend-cpu',
			'@tensorflow/tfjs-backend-wasm',
			'@tensorflow/tfjs-backend-webgpu',
			'comlink',
			'valibot'
		]
	}
});
