// `npm run dev:leap`: the development server with the annealer's proxy, before a stand-in for D-Wave's SAPI, so that the
// whole way of a job can be seen without an account. No D-Wave machine is contacted; samples come from a program.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, runnerImport } from 'vite';
import { root } from './process.js';

/** Any name in the way of a real account would make this a danger: the stand-in's settings replace them all. */
for (const name of Object.keys(process.env))
	if (name.startsWith('DWAVE_') || name.startsWith('RECIPROCAL_LEAP_')) delete process.env[name];

/** @typedef {typeof import('../tests/leap/standIn.ts')} StandInModule */
const { module } = await runnerImport(join(root, 'tests/leap/standIn.ts'), { configFile: false, root });
const standIn = await /** @type {StandInModule} */ (module).startStandIn();
// Long enough to see a job wait and run.
standIn.delay = 1500;

const state = mkdtempSync(join(tmpdir(), 'reciprocal-leap-'));
process.on('exit', () => rmSync(state, { recursive: true, force: true }));
Object.assign(process.env, {
	// The proxy belongs to the node build alone.
	ADAPTER: 'node',
	DWAVE_API_TOKEN: standIn.token,
	DWAVE_API_ENDPOINT: standIn.endpoint,
	// Also over what a file .env may say.
	DWAVE_API_SOLVER: '',
	RECIPROCAL_LEAP_ACCESS_CODE: '',
	RECIPROCAL_LEAP_STATE: state
});

const port = Number(process.env.PORT || 5173);
const server = await createServer({ root, configFile: join(root, 'vite.config.ts'), server: { port } });
await server.listen();
server.printUrls();
console.log(`  The stand-in for Leap answers at ${standIn.endpoint}; nothing leaves this machine.`);

for (const signal of ['SIGINT', 'SIGTERM'])
	process.once(signal, async () => {
		await Promise.race([server.close(), new Promise((done) => setTimeout(done, 2000))]);
		await standIn.close();
		process.exit(0);
	});
