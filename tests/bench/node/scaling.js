// How cost grows with size: the time of one go over a geometric range of one size, and the fitted exponent.
import { figureRow } from './figure.js';
import { measure, startAll } from './measure.js';
import { exponent, median } from './statistics.js';

/**
 * @type {{ what: string, workload: string, sizes: Record<string, number>[], x: (s: Record<string, number>) => number }[]}
 */
const sweeps = [
	{
		what: 'Gibbs sweep of 256 chains, against N·M',
		workload: 'gibbs',
		sizes: [0.25, 0.5, 1, 1.5].map((f) => ({ visible: 784 * f, hidden: 500 * f, chains: 256 })),
		x: (s) => s.visible * s.hidden
	},
	{
		what: 'Gibbs sweep 784×500, against chains',
		workload: 'gibbs',
		sizes: [64, 128, 256, 512, 1024].map((chains) => ({ visible: 784, hidden: 500, chains })),
		x: (s) => s.chains
	},
	{
		what: 'Langevin step in 24 dimensions, against particles',
		workload: 'langevin',
		sizes: [3000, 10_000, 30_000, 100_000].map((particles) => ({ visible: 14, hidden: 10, particles })),
		x: (s) => s.particles
	},
	{
		what: 'PCD-1 step 784×500, against batch and chains',
		workload: 'epoch',
		sizes: [25, 50, 100, 200, 400].map((batch) => ({ hidden: 500, batch })),
		x: (s) => s.batch
	},
	{
		what: 'SVD of one square matrix, against its side',
		workload: 'svd',
		sizes: [32, 64, 128, 256].map((n) => ({ batch: 1, rows: n, cols: n })),
		x: (s) => s.rows
	},
	{
		what: 'exact ln Z with 784 visible, against 2^M',
		workload: 'partition',
		sizes: [12, 14, 16, 18].map((hidden) => ({ visible: 784, hidden })),
		x: (s) => 2 ** s.hidden
	}
];

/**
 * @param {import('./site.js').BenchPage} bench
 * @param {import('./measure.js').Effort} effort
 * @param {{ data: string, numpy: boolean }} peers
 * @param {(line: string) => void} say
 */
export async function scaling(bench, effort, peers, say) {
	const rows = [];
	for (const { what, workload, sizes, x } of sweeps) {
		say(`  ${what}`);
		/** @type {Record<string, { x: number, y: number }[]>} */
		const points = {};
		for (const size of effort.quick ? sizes.slice(0, 3) : sizes) {
			/** @type {import('./plan.js').Plan} */
			const plan = {
				name: 'scaling',
				work: what,
				workload,
				size,
				unit: 's',
				value: (amount, seconds) => seconds / amount,
				backends: ['wasm'],
				sides: [],
				aims: []
			};
			const { runners } = await startAll(plan, size, bench, {
				...peers,
				only: (p) => p === 'numpy float32, 2 threads'
			});
			try {
				const short = { ...effort, rounds: Math.min(3, effort.rounds), seconds: effort.seconds / 2 };
				for (const m of await measure(runners, plan, short, () => {})) {
					const amount = runners.find((r) => r.peer === m.peer)?.amount ?? 1;
					(points[m.peer] ??= []).push({ x: x(size), y: median(m.values) * amount });
				}
			} finally {
				runners.forEach((r) => r.end());
			}
		}
		const ours = exponent(points['']);
		const peerFits = Object.entries(points).filter(([peer]) => peer);
		rows.push(
			figureRow(
				{ name: 'scaling', work: what, backend: 'wasm', unit: 'exponent', ours: ours.exponent },
				{
					spread: [ours.exponent - ours.error, ours.exponent + ours.error],
					peers: Object.fromEntries(peerFits.map(([peer, list]) => [peer, exponent(list).exponent]))
				}
			)
		);
	}
	return rows;
}
