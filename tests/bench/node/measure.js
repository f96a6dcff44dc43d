// Measures the contenders of a plan interleaved: every round asks each of them once, forwards and backwards in turn,
// so that a drift of the machine meets all alike.
import { NumpyProcess } from './numpy.js';

/**
 * @typedef {object} Runner
 * @property {string} peer '' for ours
 * @property {string | null} backend null: the same for every backend
 * @property {number} amount
 * @property {string} note
 * @property {(times: number) => Promise<number>} run seconds for `times` goes
 * @property {() => Promise<{ tensorBytes?: number, heapBytes?: number, bytes?: number }>} memory
 * @property {() => void} end
 */
/**
 * @typedef {object} Measured
 * @property {string} peer
 * @property {string | null} backend
 * @property {string} note
 * @property {number[]} values one a round
 * @property {number} times goes in each
 */
/** @typedef {{ rounds: number, seconds: number, slow: number, quick: boolean }} Effort */

/** @type {Effort} */
export const full = { rounds: 7, seconds: 0.6, slow: 4, quick: false };
/** The smoke mode: does everything run? Its figures mean nothing. @type {Effort} */
export const quick = { rounds: 2, seconds: 0.02, slow: 2, quick: true };

const THREADS = [2, 1];
const DTYPES = ['float32', 'float64'];
/** A contender whose single go takes longer than `slow` seconds takes part in this many rounds only. */
const SLOW_ROUNDS = 3;
/** Threads of a library spin for a while after work; the next contender should not pay for it. */
const REST_MS = 80;

/**
 * Starts every contender of a plan that can run here. `skipped` says why for the others.
 * @param {import('./plan.js').Plan} plan
 * @param {Record<string, number>} size
 * @param {import('./site.js').BenchPage} bench
 * @param {{ data: string, numpy: boolean, only?: (peer: string) => boolean }} options data: folder of the packed sets
 */
export async function startAll(plan, size, bench, { data, numpy, only = () => true }) {
	/** @type {Runner[]} */
	const runners = [];
	/** @type {Record<string, string>} */
	const skipped = {};

	/** @param {import('../contender').Side} side @param {string} peer @param {typeof plan.backends[number]} backend */
	async function inPage(side, peer, backend) {
		if (peer && !only(peer)) return;
		const started = await bench.call('start', { workload: plan.workload, side, backend, size });
		if (!started.ok) {
			skipped[peer || 'ours'] = started.why;
			return;
		}
		const { id, amount, note } = started;
		runners.push({
			peer,
			backend,
			amount,
			note,
			run: (times) => bench.call('run', id, times),
			memory: () => bench.call('memory', id),
			end: () => void bench.call('kill', id).catch(() => {})
		});
	}

	for (const backend of plan.backends) {
		await inPage('ours', '', backend);
		for (const side of plan.sides) await inPage(side, side === 'tfjs' ? 'plain tfjs' : side, backend);
	}
	if (!numpy) skipped.numpy = 'not installed';
	for (const workload of numpy ? (plan.numpy ?? [plan.workload]) : []) {
		const algorithm = workload === plan.workload ? '' : ', our algorithm';
		for (const dtype of DTYPES) {
			for (const threads of THREADS) {
				const peer = `numpy ${dtype}, ${threads} thread${threads > 1 ? 's' : ''}${algorithm}`;
				if (!only(peer)) continue;
				const child = new NumpyProcess(threads);
				const { amount } = await child.ask({ do: 'start', workload, dtype, size, data });
				runners.push({
					peer,
					backend: null,
					amount,
					note: '',
					run: async (times) => (await child.ask({ do: 'run', times })).seconds,
					memory: () => child.ask({ do: 'memory' }),
					end: () => child.end()
				});
			}
		}
	}
	return { runners, skipped };
}

/** Goes that fill a measurement, from first goes that also compile and fill caches. @param {Runner} runner @param {Effort} effort */
async function calibrate(runner, effort) {
	let times = 1;
	let seconds = await runner.run(1);
	for (;;) {
		if (seconds > effort.slow / 4) return { times, once: seconds / times };
		seconds = await runner.run(times);
		if (seconds >= effort.seconds / 2 || times >= 1 << 20) {
			const once = seconds / times;
			return { times: Math.max(1, Math.round(effort.seconds / once)), once };
		}
		times *= 2;
	}
}

/**
 * @param {Runner[]} runners
 * @param {Pick<import('./plan.js').Plan, 'value'>} plan
 * @param {Effort} effort
 * @param {(line: string) => void} say
 * @returns {Promise<Measured[]>}
 */
export async function measure(runners, plan, effort, say) {
	const each = [];
	for (const runner of runners) {
		const { times, once } = await calibrate(runner, effort);
		const rounds = once > effort.slow ? Math.min(SLOW_ROUNDS, effort.rounds) : effort.rounds;
		each.push({ runner, times, rounds, values: /** @type {number[]} */ ([]) });
	}
	for (let round = 0; round < effort.rounds; round++) {
		for (const entry of round % 2 ? [...each].reverse() : each) {
			if (round >= entry.rounds) continue;
			await new Promise((done) => setTimeout(done, REST_MS));
			const seconds = await entry.runner.run(entry.times);
			entry.values.push(plan.value(entry.times * entry.runner.amount, seconds));
		}
		say(`  round ${round + 1} of ${effort.rounds}`);
	}
	return each.map(({ runner, times, values }) => ({
		peer: runner.peer,
		backend: runner.backend,
		note: runner.note,
		values,
		times
	}));
}
