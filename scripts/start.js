// `npm start`: builds the site when it is missing or outdated, and serves it on this machine. PORT and HOST choose
// where; a taken port gives way to the next free one. Node's own modules only.
import { join } from 'node:path';
import { build, folders } from './build.js';
import { root } from './process.js';
import { listen, staticServer } from './serve.js';

const wanted = Number(process.env.PORT || 4173);
const host = process.env.HOST || '127.0.0.1';

if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535) {
	console.error(`PORT is "${process.env.PORT}"; it must be a number from 0 to 65535.`);
	process.exit(1);
}
if (!(await build('static'))) process.exit(1);

const server = staticServer({ dir: join(root, folders.static) });
try {
	const port = await listen(server, wanted, { host, tries: 50 });
	if (wanted !== 0 && port !== wanted) console.log(`Port ${wanted} is taken.`);
	console.log(
		`\nReciprocal runs at http://${host === '127.0.0.1' ? 'localhost' : host}:${port}/ (Ctrl+C stops it)\n`
	);
} catch (error) {
	console.error(
		`Cannot serve on ${host}, port ${wanted} or the next 49: ${error instanceof Error ? error.message : error}`
	);
	process.exit(1);
}
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));
