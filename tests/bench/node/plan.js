// The list of what is measured against whom, with the aims that the project set itself.

/**
 * @typedef {object} Aim
 * @property {string} against the peer's name
 * @property {number} atLeast ratio aimed at on the best backend
 */

/**
 * @typedef {object} Plan
 * @property {string} name for --only
 * @property {string} work what the table calls it
 * @property {string} workload file in tests/bench/workloads, and class in peers.py
 * @property {Record<string, number>} size
 * @property {string} unit
 * @property {(amount: number, seconds: number) => number} value from units of work done and seconds taken
 * @property {boolean} [less] less is better
 * @property {import('../../../src/lib/engine/backend').BackendName[]} backends
 * @property {import('../contender').Side[]} sides besides ours, in the page
 * @property {string[]} [numpy] classes in peers.py; default: the workload's own
 * @property {Record<string, number>} [quick] sizes of the smoke mode
 * @property {Aim[]} aims
 */

const rate = (/** @type {number} */ amount, /** @type {number} */ seconds) => amount / seconds;
const each = (/** @type {number} */ amount, /** @type {number} */ seconds) => seconds / amount;
const eachMs = (/** @type {number} */ amount, /** @type {number} */ seconds) => (1000 * seconds) / amount;

/** @type {Plan[]} */
export const plans = [
	{
		name: 'gibbs',
		work: 'block Gibbs 784×500, 512 chains',
		workload: 'gibbs',
		size: { visible: 784, hidden: 500, chains: 512 },
		quick: { visible: 98, hidden: 64, chains: 64 },
		unit: 'chain-sweeps/s',
		value: rate,
		backends: ['wasm', 'cpu'],
		sides: ['tfjs'],
		aims: [
			{ against: 'numpy float32', atLeast: 1 },
			{ against: 'plain tfjs', atLeast: 2 }
		]
	},
	...[
		{ batch: 256, rows: 64, cols: 32 },
		{ batch: 64, rows: 128, cols: 64 }
	].map((size) => ({
		name: `svd-${size.rows}x${size.cols}`,
		work: `SVD, batch of ${size.batch} of ${size.rows}×${size.cols}`,
		workload: 'svd',
		size,
		quick: { ...size, batch: 4 },
		unit: 'matrices/s',
		value: rate,
		backends: /** @type {Plan['backends']} */ (['wasm']),
		sides: /** @type {Plan['sides']} */ (['ml-matrix']),
		aims: [{ against: 'numpy float64', atLeast: 1 }]
	})),
	...[false, true].map((warm) => ({
		name: `svd-784x500${warm ? '-warm' : ''}`,
		work: `SVD, one 784×500, ${warm ? 'warm-started after a small change' : 'from scratch'}`,
		workload: 'svd',
		size: { batch: 1, rows: 784, cols: 500, ...(warm ? { warm: 1 } : {}) },
		quick: { batch: 1, rows: 80, cols: 50, ...(warm ? { warm: 1 } : {}) },
		unit: 'ms',
		value: eachMs,
		less: true,
		backends: /** @type {Plan['backends']} */ (['wasm']),
		sides: /** @type {Plan['sides']} */ (['ml-matrix']),
		aims: [{ against: 'numpy float64', atLeast: warm ? 1 : 0.2 }]
	})),
	{
		name: 'langevin',
		work: 'Langevin, 100 000 particles × 24 dimensions',
		workload: 'langevin',
		size: { visible: 14, hidden: 10, particles: 100_000 },
		quick: { visible: 14, hidden: 10, particles: 2000 },
		unit: 'particle-steps/s',
		value: rate,
		backends: ['wasm', 'cpu'],
		sides: ['tfjs'],
		aims: [{ against: 'numpy', atLeast: 5 }]
	},
	...[500, 64].map((hidden) => ({
		name: hidden === 500 ? 'epoch' : 'epoch-64',
		work: `training epoch, MNIST 60 000 × 784×${hidden}, PCD-1 centred, batch 100`,
		workload: 'epoch',
		size: { hidden, batch: 100 },
		quick: { hidden: 16, batch: 100 },
		unit: 's',
		value: each,
		less: true,
		backends: /** @type {Plan['backends']} */ (['wasm', 'cpu']),
		sides: /** @type {Plan['sides']} */ (['tfjs']),
		aims: hidden === 500 ? [{ against: 'numpy float32', atLeast: 1 }] : []
	})),
	{
		name: 'partition',
		work: 'exact ln Z, 20 hidden × 784 visible',
		workload: 'partition',
		size: { visible: 784, hidden: 20 },
		quick: { visible: 784, hidden: 12 },
		unit: 's',
		value: each,
		less: true,
		backends: ['wasm'],
		sides: [],
		numpy: ['partition', 'partition-products'],
		aims: [{ against: 'numpy', atLeast: 1 }]
	}
];
