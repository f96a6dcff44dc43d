// Memory of a run: the tensors and wasm heap of a contender at work, and everything the browser holds for it.
import { figureRow } from './figure.js';
import { startAll } from './measure.js';
import { plans } from './plan.js';

const MB = 1e6;

/** @param {import('./site.js').BenchPage} bench */
const browserBytes = (bench) =>
	bench.page.evaluate(async () => {
		const measure = /** @type {any} */ (performance).measureUserAgentSpecificMemory;
		return measure ? /** @type {number} */ ((await measure.call(performance)).bytes) : NaN;
	});

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
		const before = await browserBytes(bench);
		const { runners } = await startAll({ ...plan, backends: ['wasm'], sides: [] }, size, bench, {
			...peers,
			only: (p) => p === 'numpy float32, 2 threads'
		});
		try {
			for (const runner of runners) await runner.run(3);
			const [ours, numpy] = [runners.find((r) => !r.peer), runners.find((r) => r.peer)];
			const held = await ours?.memory();
			const page = (await browserBytes(bench)) - before;
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
