// A small static file server for the built site: `npm start`, and the tests' stand-in for hosts of every kind
// (under a sub-path, without headers). Node's own modules only.
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { isolationHeaders } from './headers.js';

/** Types by ending; anything else is application/octet-stream. @type {Record<string, string>} */
const types = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json; charset=utf-8',
	'.map': 'application/json; charset=utf-8',
	'.webmanifest': 'application/manifest+json; charset=utf-8',
	'.txt': 'text/plain; charset=utf-8',
	'.svg': 'image/svg+xml; charset=utf-8',
	'.wasm': 'application/wasm',
	'.png': 'image/png',
	'.jpg': 'image/jpeg',
	'.webp': 'image/webp',
	'.ico': 'image/x-icon',
	'.woff2': 'font/woff2'
};
const compressible = /^(text\/|application\/(json|wasm|manifest)|image\/svg)/;

/** Below this many bytes a compressed answer is hardly shorter. */
const WORTH_COMPRESSING = 1024;

/** Compressed files by path, time and encoding. @type {Map<string, Promise<Buffer>>} */
const compressed = new Map();

/**
 * @param {string} file
 * @param {number} time
 * @param {'br' | 'gzip'} encoding
 */
function compress(file, time, encoding) {
	const key = `${encoding} ${time} ${file}`;
	let result = compressed.get(key);
	if (!result) {
		const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
		result = readFile(file).then((bytes) =>
			encoding === 'br' ? promisify(brotliCompress)(bytes, options) : promisify(gzip)(bytes)
		);
		compressed.set(key, result);
	}
	return result;
}

/** @param {string | string[] | undefined} accepted @returns {'br' | 'gzip' | undefined} */
function encodingFor(accepted) {
	const names = String(accepted ?? '')
		.split(',')
		.map((entry) => entry.trim())
		.filter((entry) => !/;\s*q=0(\.0*)?$/.test(entry))
		.map((entry) => entry.split(';')[0].trim());
	return names.includes('br') ? 'br' : names.includes('gzip') ? 'gzip' : undefined;
}

/**
 * The file that an address names, or undefined: nothing outside `dir`, and no hidden files.
 * @param {string} dir absolute
 * @param {string} path decoded, starts with "/"
 */
function fileOf(dir, path) {
	if (path.includes('\0') || path.includes('\\') || path.split('/').some((part) => part.startsWith('.')))
		return;
	const file = resolve(dir, `.${path}`);
	return file === dir || file.startsWith(dir + sep) ? file : undefined;
}

/** @param {string} file */
const statOrNothing = (file) => stat(file).catch(() => undefined);

/**
 * @typedef {object} ServeOptions
 * @property {string} dir the built site
 * @property {string} [base] sub-path under which it is served, with slashes at both ends
 * @property {Record<string, string>} [headers] sent with every answer
 * @property {boolean} [compression] brotli or gzip for those who accept it
 */

/**
 * An HTTP server (not yet listening) for a built site: GET and HEAD, ETags, index.html of folders, 404.html.
 * @param {ServeOptions} options
 */
export function staticServer({ dir, base = '/', headers = isolationHeaders, compression = true }) {
	const site = resolve(dir);
	return createServer((request, response) => {
		for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
		answer(request, response).catch((error) => {
			console.error(error);
			if (response.headersSent) response.destroy();
			else response.writeHead(500).end();
		});
	});

	/**
	 * What lies at an address: a file, a folder that lacks its slash, or nothing.
	 * @param {string} path decoded
	 * @returns {Promise<{ file: string, info: import('node:fs').Stats } | 'folder' | undefined>}
	 */
	async function find(path) {
		if (`${path}/` === base) return 'folder';
		// One leading slash only: "//host" in a redirect would lead to another site.
		if (!path.startsWith(base) || path.startsWith('//')) return;
		const file = fileOf(site, path.slice(base.length - 1));
		const info = file === undefined ? undefined : await statOrNothing(file);
		if (file === undefined || !info) return;
		if (!info.isDirectory()) return info.isFile() && !path.endsWith('/') ? { file, info } : undefined;
		if (!path.endsWith('/')) return 'folder';
		const page = join(file, 'index.html');
		const pageInfo = await statOrNothing(page);
		return pageInfo?.isFile() ? { file: page, info: pageInfo } : undefined;
	}

	/** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
	async function answer(request, response) {
		if (request.method !== 'GET' && request.method !== 'HEAD') {
			response.writeHead(405, { Allow: 'GET, HEAD' }).end();
			return;
		}
		const [address, query] = (request.url ?? '/').split(/\?(.*)/s);
		let path;
		try {
			path = decodeURIComponent(address);
		} catch {
			response.writeHead(400).end();
			return;
		}
		const target = await find(path);
		if (target === 'folder') {
			const location = `${address}/${query === undefined ? '' : `?${query}`}`;
			response.writeHead(308, { Location: location }).end();
			return;
		}
		if (target) {
			await send(request, response, target.file, target.info, 200);
			return;
		}
		const missing = join(site, '404.html');
		const info = await statOrNothing(missing);
		if (info) await send(request, response, missing, info, 404);
		else response.writeHead(404, { 'Content-Type': 'text/plain' }).end('There is no page here.\n');
	}

	/**
	 * @param {import('node:http').IncomingMessage} request
	 * @param {import('node:http').ServerResponse} response
	 * @param {string} file
	 * @param {import('node:fs').Stats} info
	 * @param {number} status
	 */
	async function send(request, response, file, info, status) {
		const type = types[extname(file)] ?? 'application/octet-stream';
		const tag = `W/"${info.size.toString(36)}-${info.mtimeMs.toString(36)}"`;
		const lasting = file.startsWith(join(site, '_app', 'immutable') + sep);
		response.setHeader('Content-Type', type);
		response.setHeader('ETag', tag);
		response.setHeader('Vary', 'Accept-Encoding');
		response.setHeader('Cache-Control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
		if (status === 200 && request.headers['if-none-match'] === tag) {
			response.writeHead(304).end();
			return;
		}
		const worth = compression && info.size >= WORTH_COMPRESSING && compressible.test(type);
		const encoding = worth ? encodingFor(request.headers['accept-encoding']) : undefined;
		if (encoding) {
			const bytes = await compress(file, info.mtimeMs, encoding);
			response.writeHead(status, { 'Content-Encoding': encoding, 'Content-Length': bytes.length });
			response.end(request.method === 'HEAD' ? undefined : bytes);
			return;
		}
		response.writeHead(status, { 'Content-Length': info.size });
		if (request.method === 'HEAD') response.end();
		else
			createReadStream(file)
				.on('error', () => response.destroy())
				.pipe(response);
	}
}

/**
 * Listens on the wanted port, or on the next free one.
 * @param {import('node:http').Server} server
 * @param {number} port 0 lets the system choose
 * @param {{ host?: string, tries?: number }} [options]
 * @returns {Promise<number>} the port
 */
export function listen(server, port, { host = '127.0.0.1', tries = 1 } = {}) {
	return new Promise((done, fail) => {
		/** @param {NodeJS.ErrnoException} error */
		const onError = (error) => {
			if (error.code !== 'EADDRINUSE' || --tries < 1 || port >= 65_535) fail(error);
			else server.listen(++port, host);
		};
		server.on('error', onError);
		server.once('listening', () => {
			server.off('error', onError);
			done(/** @type {import('node:net').AddressInfo} */ (server.address()).port);
		});
		server.listen(port, host);
	});
}
