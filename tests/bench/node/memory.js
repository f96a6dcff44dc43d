// Memory of a run: the tensors and wasm heap of a contender at work, and everything the browser holds for it.
import { figureRow } from './figure.js';
import { startAll } from './measure.js';
import { plans } from './plan.js';

const MB = 1e6;

/**
 * Bytes that the browser counts for the page and its workers. It counts the heap that tfjs's wasm threads share once
 * for each thread; here it is counted once.
 * @param {import('./site.js').BenchPage} bench
 * @param {number} sharedHeap
 */
const browserBytes = (bench, sharedHeap) =>
	bench.page.evaluate(async (shared) => {
		const measure = /** @type {any} */ (performance).measureUserAgentSpecificMemory;
		if (!measure) return NaN;
		/** @type {{ breakdown: { bytes: number, attribution: { url?: string }[] }[] }} */
		const { breakdown } = await measure.call(performance);
		return breakdown.reduce((sum, { bytes, attribution }) => {
			const thread = attribution[0]?.url?.startsWith('blob:');
			return sum + (thread ? Math.max(0, bytes - shared) : bytes);
		}, 0);
	}, sharedHeap);

/**
 * @param {import('./site.js').BenchPage} bench
 * @param {boolean} quick
 * @param {{ data: string, numpy: boolean }} peers
 * @param {(line: string) => void} say
 */
export async function memory(bench, quick, peers, say) {
	/** @type {import('./rows.js').Row[]} */
	const rows = [];
	for (const plan of plans.filter((p) => ['gibbs', 'langevin', 'epoch'].includes(p.name))) {
		say(`  ${plan.work}`);
		const size = quick ? (plan.quick ?? plan.size) : plan.size;
		const before = await browserBytes(bench, 0);
		const { runners } = await startAll({ ...plan, backends: ['wasm'], sides: [] }, size, bench, {
			...peers,
			only: (p) => p === 'numpy float32, 2 threads'
		});
		try {
			for (const runner of runners) await runner.run(3);
			const [ours, numpy] = [runners.find((r) => !r.peer), runners.find((r) => r.peer)];
			const held = await ours?.memory();
			const page = (await browserBytes(bench, held?.heapBytes ?? 0)) - before;
			const resident = numpy ? (await numpy.memory()).bytes : undefined;
			const row = (/** @type {string} */ what, /** @type {number} */ bytes, more = {}) =>
				rows.push(
					figureRow(
						{ name: 'memory', work: `${plan.work}: ${what}`, backend: 'wasm', unit: 'MB', ours: bytes / MB },
						more
					)
				);
			row('tensors', held?.tensorBytes ?? NaN);
			row('wasm heap', held?.heapBytes ?? NaN);
			row(
				'all that the browser counts for the worker; numpy: resident process',
				page,
				resident ? { peers: { 'numpy float32': resident / MB } } : {}
			);
		} finally {
			runners.forEach((r) => r.end());
		}
	}
	return rows;
}
