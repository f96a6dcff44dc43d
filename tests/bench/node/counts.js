// What does not depend on the machine: how many dispatches, submissions and bytes read back a step of work asks of
// WebGPU, counted on a software adapter, ours beside plain tfjs.
import { figureRow } from './figure.js';
import { openBench } from './site.js';

const GOES = 10;

/** @type {{ what: string, workload: string, size: Record<string, number>, goes?: number, aim?: number }[]} */
const counted = [
	{ what: 'Gibbs sweep', workload: 'gibbs', size: { visible: 98, hidden: 64, chains: 32 }, aim: 2 },
	{
		what: 'Langevin step (langevinStep, ten a call)',
		workload: 'langevin',
		size: { visible: 14, hidden: 10, particles: 500 },
		aim: 1
	},
	{
		what: 'Langevin step (schemeStep, ten a call)',
		workload: 'langevin',
		size: { visible: 14, hidden: 10, particles: 500, scheme: 1 },
		aim: 1
	},
	{ what: 'PCD-1 step', workload: 'epoch', size: { hidden: 16, batch: 20 } },
	{
		what: 'SVD of a batch, 8 of 32×16',
		workload: 'svd',
		size: { batch: 8, rows: 32, cols: 16 },
		goes: 2,
		aim: 1
	},
	{ what: 'SVD of a batch, 2 of 128×64', workload: 'svd', size: { batch: 2, rows: 128, cols: 64 }, goes: 1 }
];

const quantities = /** @type {const} */ ([
	['dispatches', 'dispatches'],
	['submissions', 'submissions'],
	['bytesRead', 'bytes read back'],
	['bytesWritten', 'bytes uploaded']
]);

/** @param {(line: string) => void} say */
export async function counts(say) {
	const bench = await openBench({ gpu: true });
	/** @type {import('./rows.js').Row[]} */
	const rows = [];
	try {
		for (const { what, workload, size, goes = GOES, aim } of counted) {
			say(`  ${what}`);
			/** @type {Record<string, import('../gpuCounter').GpuCounts>} */
			const found = {};
			for (const side of /** @type {const} */ (['ours', 'tfjs'])) {
				const started = await bench.call('start', {
					workload,
					side,
					backend: 'webgpu',
					size,
					counting: true
				});
				if (!started.ok) continue;
				found[side] = await bench.call('count', started.id, goes);
				await bench.call('kill', started.id);
			}
			for (const [key, unit] of quantities) {
				const ours = found.ours[key] / goes;
				const peer = found.tfjs && found.tfjs[key] / goes;
				const aims =
					key === 'dispatches' && aim !== undefined
						? [{ against: 'dispatches', atLeast: aim, reached: ours, met: ours <= aim }]
						: undefined;
				rows.push(
					figureRow(
						{ name: 'counts', work: `${unit} a ${what}`, backend: 'webgpu', unit, ours },
						{
							...(aims ? { aims } : {}),
							...(peer === undefined
								? {}
								: {
										peers: { 'plain tfjs': peer },
										bestPeer: 'plain tfjs',
										ratio: ours > 0 ? peer / ours : null
									})
						}
					)
				);
			}
		}
	} finally {
		await bench.close();
	}
	return rows;
}
