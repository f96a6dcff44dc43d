// The whole way of a job against the stand-in server: list, submit, follow, read, cancel; QPU and hybrid.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { energiesOf, toSpin } from '../../src/lib/annealer/bqm';
import { embedBiclique } from '../../src/lib/annealer/embedding/biclique';
import { meanEnergy, readCount } from '../../src/lib/annealer/sampleSet';
import { sampleSetFromJson } from '../../src/lib/annealer/sampleSetJson';
import { effectiveBeta } from '../../src/lib/annealer/temperature';
import { ChipWires } from '../../src/lib/annealer/embedding/biclique';
import { makeChip } from '../../src/lib/annealer/topology/graph';
import { zephyr } from '../../src/lib/annealer/topology/zephyr';
import { bipartite, job } from './request';
import { makeSetting, type Setting } from './setting';
import { startStandIn, type StandIn } from './standIn';

let standIn: StandIn;
let proxy: Setting;

beforeAll(async () => {
	standIn = await startStandIn();
});
afterAll(() => standIn.close());
beforeEach(async () => {
	standIn.reset();
	proxy = await makeSetting(standIn);
});
afterEach(() => proxy.remove());

describe('solvers', () => {
	test('the route says that there is an annealer, its limits and what is left of the day', async () => {
		const { status, body } = await proxy.ask('GET', '');
		expect(status).toBe(200);
		expect(body).toMatchObject({ available: true, codeNeeded: false, left: { qpuMicroseconds: 10e6 } });
	});

	test('are listed, and described by what a browser needs', async () => {
		const list = (await proxy.ask('GET', '/solvers')).body.solvers;
		expect(list.map((s: { name: string }) => s.name)).toEqual([
			'Stand-in_chimera',
			'Stand-in_zephyr',
			'stand_in_hybrid_bqm'
		]);
		const { body } = await proxy.ask('GET', '/solvers/Stand-in_zephyr');
		const told = standIn.solvers[1].properties;
		expect(body).toMatchObject({
			kind: 'qpu',
			graphId: 'c0ffee0002',
			topology: { type: 'zephyr', shape: [4, 4] }
		});
		expect(body.qubits).toEqual(told.qubits);
		expect(body.couplers).toEqual((told.couplers as number[][]).flat());
		expect(body.ranges).toMatchObject({ h: [-4, 4], j: [-2, 1], reads: [1, 10_000] });
		expect((await proxy.ask('GET', '/solvers/stand_in_hybrid_bqm')).body.kind).toBe('hybrid');
	});

	test('are asked for with the token, the media types and nothing else', async () => {
		await proxy.ask('GET', '/solvers');
		const [request] = standIn.requests;
		expect(request.headers['x-auth-token']).toBe(standIn.token);
		expect(request.headers.accept).toBe(
			'application/vnd.dwave.sapi.solver-definition-list+json; version=3.0.0'
		);
		expect(request.path).toBe('solvers/remote/?filter=none,%2Bidentity,%2Bstatus,%2Bavg_load');
	});

	test('of another name than the configured one are not offered', async () => {
		await proxy.remove();
		proxy = await makeSetting(standIn, { DWAVE_API_SOLVER: 'Stand-in_chimera;graph_id=c0ffee0001' });
		expect((await proxy.ask('GET', '/solvers')).body.solvers).toHaveLength(1);
		expect((await proxy.ask('GET', '/solvers/Stand-in_zephyr')).status).toBe(404);
	});
});

describe('a QPU job', () => {
	test('comes back as samples of the problem, its time counted', async () => {
		const bqm = bipartite(4, 4);
		const asked = job({ reads: 500 }, bqm);
		const begun = (await proxy.ask('POST', '/jobs', asked)).body;
		expect(begun).toMatchObject({ id: asked.id, state: 'waiting', kind: 'qpu', longestChain: 1, qubits: 8 });
		const { body } = await proxy.follow(asked.id as string);
		expect(body.state).toBe('done');
		const samples = sampleSetFromJson(body.result.samples);
		expect(samples.labels).toEqual(bqm.labels);
		expect(readCount(samples)).toBe(500);
		expect([...samples.energies]).toEqual([...energiesOf(bqm, samples.rows)]);
		expect(samples.info).toMatchObject({ sampler: 'D-Wave Leap, Stand-in_chimera', graph: 'c0ffee0001' });
		// What was estimated is put aside; what the answer tells replaces it.
		expect(body.used).toBe(Math.floor(0.9 * begun.estimate));
		const { left } = (await proxy.ask('GET', '')).body;
		expect(left.qpuMicroseconds).toBeCloseTo(10e6 - body.used, 6);
	});

	test('with chains, defects and a spin reversal has the energies of the problem', async () => {
		const bqm = bipartite(9, 7, 0.12);
		const asked = job({ solver: 'Stand-in_zephyr', reads: 200, gauge: 7, graphId: 'c0ffee0002' }, bqm);
		const begun = await proxy.ask('POST', '/jobs', asked);
		expect(begun.body.state, begun.text).toBe('waiting');
		expect(begun.body.longestChain).toBeGreaterThan(1);
		const { body } = await proxy.follow(asked.id as string);
		const samples = sampleSetFromJson(body.result.samples);
		expect([...samples.energies]).toEqual([...energiesOf(bqm, samples.rows)]);
		expect(body.result.chainBreakFraction).toBeGreaterThanOrEqual(0);
		expect(body.result.chainBreakFraction).toBeLessThan(0.2);
		// Random spins have mean energy `offset`, and a spread over √200 reads far below this distance.
		expect(meanEnergy(samples).mean).toBeLessThan(bqm.offset - 0.5);
	});

	test('takes the embedding of the page, after every edge was looked at', async () => {
		const bqm = bipartite(5, 5, 0.1);
		const p = standIn.solvers[1].properties as { qubits: number[]; couplers: [number, number][] };
		const chip = makeChip(zephyr(4), p.qubits, p.couplers);
		const chains = embedBiclique(new ChipWires(chip), 5, 5)?.chains.map((c) => [...c]) as number[][];
		const good = await proxy.ask('POST', '/jobs', job({ solver: 'Stand-in_zephyr', chains }, bqm));
		expect(good.body.state).toBe('waiting');
		const stolen = chains.map((chain, i) => (i === 1 ? chains[0] : chain));
		const bad = await proxy.ask('POST', '/jobs', job({ solver: 'Stand-in_zephyr', chains: stolen }, bqm));
		expect(bad.status).toBe(422);
		expect(bad.body.error.sentence).toMatch(
			/^The embedding is not valid on this chip\. It uses a qubit twice/
		);
	});

	test('refuses an embedding that lacks a coupler, or is made of one qubit very often', async () => {
		const bqm = bipartite(5, 5, 0.1);
		const far = Array.from({ length: 10 }, (_, i) => [i * 8]);
		const bad = await proxy.ask('POST', '/jobs', job({ chains: far }, bqm));
		expect(bad.body.error.sentence).toBe(
			'The embedding is not valid on this chip. No coupler joins the chains of 0 and 5.'
		);
		const long = far.map(() => new Array<number>(20_000).fill(3));
		const heavy = await proxy.ask('POST', '/jobs', job({ chains: long }, bqm));
		expect(heavy.status).toBe(422);
		expect(standIn.problems.size).toBe(0);
	});

	test('that does not fit is refused', async () => {
		const said = await proxy.ask('POST', '/jobs', job({}, bipartite(40, 40, 0.01)));
		expect(said.status).toBe(422);
		expect(said.body.error.sentence).toBe('No embedding of 40 × 40 units was found on this chip.');
		const large = await proxy.ask('POST', '/jobs', job({}, bipartite(65, 3, 0.01)));
		expect(large.body.error.sentence).toBe(
			'This server embeds up to 64 × 64 units itself; send an embedding of the 65 × 3 units.'
		);
		expect(standIn.problems.size).toBe(0);
	});

	test.each([
		[{ reads: 3000 }, 'This server allows 2000 reads at most, not 3000.'],
		[{ annealingTime: 0.1 }, 'The solver anneals for 0.5 to 2000 µs, not 0.1 µs.'],
		[{ annealingTime: 500 }, 'This server allows 200 µs of annealing at most, not 500 µs.'],
		[{ timeLimit: 5 }, 'A QPU takes no time limit: it takes reads.'],
		[
			{ graphId: 'c0ffee9999' },
			'The chip of Stand-in_chimera has changed since the page embedded the problem. Load the solver again.'
		],
		[{ solver: 'nobody' }, 'This server offers no solver of that name.']
	])('%j is refused in a sentence', async (more, sentence) => {
		const said = await proxy.ask('POST', '/jobs', job(more));
		expect(said.body.error?.sentence).toBe(sentence);
		expect(standIn.problems.size).toBe(0);
		expect((await proxy.ask('GET', '')).body.left.jobs).toBe(200);
	});

	test('out of the range of biases is refused, or scaled when the page says so', async () => {
		const bqm = bipartite(4, 4, 3);
		const said = await proxy.ask('POST', '/jobs', job({}, bqm));
		expect(said.body.error.sentence).toMatch(
			/^On its chains the problem is out of the solver’s range\. Biases h reach from /
		);
		expect((await proxy.ask('POST', '/jobs', job({ autoScale: true }, bqm))).body.state).toBe('waiting');
	});

	test('is cancelled when the visitor says so, and costs nothing if it had not begun', async () => {
		standIn.delay = Infinity;
		const asked = job();
		await proxy.ask('POST', '/jobs', asked);
		const { body } = await proxy.ask('DELETE', `/jobs/${asked.id}`);
		expect(body).toMatchObject({ state: 'cancelled', sentence: 'The job was cancelled.', used: 0 });
		expect((await proxy.ask('GET', '')).body.left.qpuMicroseconds).toBe(10e6);
	});

	test('finds its answer again after the server was started anew', async () => {
		const asked = job();
		await proxy.ask('POST', '/jobs', asked);
		proxy.restart();
		const first = await proxy.follow(asked.id as string);
		proxy.restart();
		const second = await proxy.follow(asked.id as string);
		expect(second.body).toEqual(first.body);
		expect(first.body.state).toBe('done');
	});
});

describe('a hybrid job', () => {
	test('is uploaded, solved and read back in the order of its variables', async () => {
		const bqm = bipartite(10, 10);
		const asked = job({ solver: 'stand_in_hybrid_bqm', reads: undefined, timeLimit: 3 }, bqm);
		const begun = await proxy.ask('POST', '/jobs', asked);
		expect(begun.body, begun.text).toMatchObject({ state: 'waiting', kind: 'hybrid', estimate: 3 });
		const { body } = await proxy.follow(asked.id as string);
		const samples = sampleSetFromJson(body.result.samples);
		expect(samples.labels).toEqual(bqm.labels);
		expect([...samples.energies]).toEqual([...energiesOf(toSpin(bqm), samples.rows)]);
		expect(body.used).toBe(3);
		expect((await proxy.ask('GET', '')).body.left.hybridSeconds).toBe(57);
	});

	test('below the least time is refused', async () => {
		const said = await proxy.ask(
			'POST',
			'/jobs',
			job({ solver: 'stand_in_hybrid_bqm', reads: undefined, timeLimit: 1 })
		);
		expect(said.body.error.sentence).toBe('The solver needs 3 s at least for 8 variables, not 1 s.');
	});
});

// From 10 000 reads of 8 spins β has a standard error below 1 % (asserted): 5 % are more than five of them, a false alarm
// below 1e-6 a temperature.
test.each([[0.7], [1], [1.4]])(
	'the effective temperature of the stand-in, %d, is recovered within 5 %%',
	async (T) => {
		await proxy.remove();
		proxy = await makeSetting(standIn, { RECIPROCAL_LEAP_MAX_READS: '10000' });
		standIn.machine.temperature = T;
		const bqm = bipartite(4, 4, 0.4, 3);
		const asked = job({ reads: 10_000 }, bqm);
		const begun = await proxy.ask('POST', '/jobs', asked);
		expect(begun.body.state, begun.text).toBe('waiting');
		const { body } = await proxy.follow(asked.id as string);
		const { beta, error } = effectiveBeta(bqm, sampleSetFromJson(body.result.samples), 1, 20);
		expect(Math.abs((beta as number) * T - 1)).toBeLessThan(0.05);
		expect(error * T).toBeLessThan(0.01);
	}
);
