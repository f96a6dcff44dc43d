// Both built sites, served as users serve them: `npm start`'s server for the static build, `node server` for the
// node build. Playwright starts this and waits for the second.
import { folders } from '../../scripts/build.js';
import { listen, staticServer } from '../../scripts/serve.js';

await listen(staticServer({ dir: folders.static }), Number(process.env.E2E_STATIC_PORT), {
	host: 'localhost'
});
process.env.HOST = 'localhost';
process.env.PORT = process.env.E2E_NODE_PORT;
await import('../../server/index.js');
