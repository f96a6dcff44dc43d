// What tests send: a proxy's environment before the stand-in, a problem, a job. Without the proxy's own code, so that the
// end-to-end tests can use it too.
import { randomUUID } from 'node:crypto';
import { makeBqm, type Bqm, type Term } from '../../src/lib/annealer/bqm';
import { bqmToJson } from '../../src/lib/annealer/bqmJson';
import { normals } from '../../src/lib/random/draw';
import { keyFromSeed } from '../../src/lib/random/key';
import type { StandIn } from './standIn';

/** Environment of a proxy before `standIn`; limits of requests are out of the way unless a test sets them. */
export function environment(standIn: StandIn, folder: string): Record<string, string> {
	return {
		DWAVE_API_TOKEN: standIn.token,
		DWAVE_API_ENDPOINT: standIn.endpoint,
		RECIPROCAL_LEAP_STATE: folder,
		RECIPROCAL_LEAP_REQUESTS_PER_MINUTE: '100000',
		RECIPROCAL_LEAP_ALL_REQUESTS_PER_MINUTE: '1000000',
		RECIPROCAL_LEAP_SUBMISSIONS_PER_MINUTE: '100000',
		RECIPROCAL_LEAP_CALL_TIMEOUT_SECONDS: '2'
	};
}

/** An RBM-like problem over spins: N and M units, biases of standard deviation `size`. */
export function bipartite(N: number, M: number, size = 0.3, seed = 1): Bqm {
	const z = normals(N + M + N * M, keyFromSeed(seed)).map((x) => size * x);
	const terms: Term[] = [];
	for (let i = 0; i < N; i++) for (let j = 0; j < M; j++) terms.push([i, N + j, z[N + M + i * M + j]]);
	const labels = [
		...Array.from({ length: N }, (_, i) => `v${i}`),
		...Array.from({ length: M }, (_, j) => `h${j}`)
	];
	return makeBqm('SPIN', labels, z.slice(0, N + M), terms, 0.25);
}

/** A job as the page sends it. */
export function job(more: Record<string, unknown> = {}, bqm = bipartite(4, 4)): Record<string, unknown> {
	return { id: randomUUID(), solver: 'Stand-in_chimera', problem: bqmToJson(bqm), reads: 100, ...more };
}
