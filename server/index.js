// The node build's server: `npm run build:node && node server`. It wraps Kit's handler so that every answer,
// prerendered pages, assets and workers included, carries the isolation headers. HOST and PORT choose where.
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { isolationHeaders } from '../scripts/headers.js';

/** How long open requests may take to finish after the server was told to stop, in milliseconds. */
const GRACE = 10_000;

const build = new URL('../build-node/handler.js', import.meta.url);
const host = process.env.HOST || '127.0.0.1';
const port = Number(process.env.PORT || 3000);

if (!existsSync(build)) {
	console.error('There is no node build yet: run `npm run build:node` first.');
	process.exit(1);
}
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
	console.error(`PORT is "${process.env.PORT}"; it must be a number from 0 to 65535.`);
	process.exit(1);
}

// Kit's own limit of a body is below what a large problem needs; the annealer's proxy, the only route that reads one,
// has its own (RECIPROCAL_LEAP_MAX_BODY_KB).
process.env.BODY_SIZE_LIMIT ||= '64M';
const { handler } = await import(build.href);
const server = createServer((request, response) => {
	for (const [name, value] of Object.entries(isolationHeaders)) response.setHeader(name, value);
	handler(request, response, () => response.writeHead(404).end());
});

server.on('error', (error) => {
	console.error(`Cannot serve on ${host}:${port}: ${error.message}`);
	process.exit(1);
});
server.listen(port, host, () => {
	const address = /** @type {import('node:net').AddressInfo} */ (server.address());
	console.log(`Reciprocal (node build) runs at http://${host}:${address.port}/`);
});

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
	process.on(signal, () => {
		if (stopping) return;
		stopping = true;
		server.close(() => process.exit(0));
		server.closeIdleConnections();
		setTimeout(() => server.closeAllConnections(), GRACE).unref();
	});
}
