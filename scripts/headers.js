// The headers that make a page cross-origin isolated (SharedArrayBuffer, wasm threads). One list for the dev
// server, the preview, the static server of `npm start` and the node server.

/** @type {Record<string, string>} */
export const isolationHeaders = {
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Cross-Origin-Embedder-Policy': 'require-corp',
	'Cross-Origin-Resource-Policy': 'same-origin',
	'X-Content-Type-Options': 'nosniff',
	'Referrer-Policy': 'no-referrer'
};
