// What stands behind the stand-in instead of a chip: the "qp" problem decoded by code of its own (not the code under
// test), sampled by Gibbs sweeps at a settable effective temperature after noise on the biases, and encoded again.
import { bqmFromFile } from '../../src/lib/annealer/bqmFile';
import { makeBqm, type Bqm, type Term } from '../../src/lib/annealer/bqm';
import type { SampleSet } from '../../src/lib/annealer/sampleSet';
import { sampleSetToJson } from '../../src/lib/annealer/sampleSetJson';
import { autoScaled } from '../../src/lib/annealer/scaling';
import { anneal } from '../../src/lib/annealer/simulatedAnnealing';
import { normals } from '../../src/lib/random/draw';
import { keyFromSeed } from '../../src/lib/random/key';
import type { QpuShape } from './standInSolvers';

export interface Machine {
	/** effective temperature, in units of the problem's biases */
	temperature: number;
	/** standard deviation of the noise on each bias */
	noise: number;
	sweeps: number;
	seed: number;
}

/** The problem over the qubits in use. @throws Error for lengths that do not belong together */
export function decodeProblem(shape: QpuShape, data: { lin: string; quad: string }): Bqm {
	const lin = Buffer.from(data.lin, 'base64');
	const quad = Buffer.from(data.quad, 'base64');
	if (lin.length !== 8 * shape.qubits.length) throw new Error('lin has the wrong length');
	const labels: number[] = [];
	const linear: number[] = [];
	const place = new Map<number, number>();
	shape.qubits.forEach((q, k) => {
		const bias = lin.readDoubleLE(8 * k);
		if (Number.isNaN(bias)) return;
		place.set(q, labels.length);
		labels.push(q);
		linear.push(bias);
	});
	const used = shape.couplers.filter(([a, b]) => place.has(a) && place.has(b));
	if (quad.length !== 8 * used.length) throw new Error('quad has the wrong length');
	const terms = used.map(([a, b], k): Term => [
		place.get(a) as number,
		place.get(b) as number,
		quad.readDoubleLE(8 * k)
	]);
	return makeBqm('SPIN', labels, linear, terms);
}

function noisy(bqm: Bqm, { noise, seed }: Machine): Bqm {
	if (noise === 0) return bqm;
	const n = bqm.linear.length;
	const z = normals(n + bqm.quadratic.length, keyFromSeed(seed + 1_000_000));
	return {
		...bqm,
		linear: bqm.linear.map((h, i) => h + noise * z[i]),
		quadratic: bqm.quadratic.map((j, k) => (j === 0 ? 0 : j + noise * z[n + k]))
	};
}

/** Independent reads near the Boltzmann distribution at 1/temperature: a short cooling, then Gibbs sweeps at rest. */
function sample(bqm: Bqm, machine: Machine, reads: number): SampleSet {
	const beta = 1 / machine.temperature;
	const { sweeps } = machine;
	const schedule = Float64Array.from(
		{ length: sweeps },
		(_, k) => beta * Math.min(1, (2 * (k + 1)) / sweeps)
	);
	return anneal(bqm, { reads, schedule, acceptance: 'gibbs', seed: machine.seed });
}

const base64 = (bytes: ArrayBuffer) => Buffer.from(bytes).toString('base64');

/** The answer of a QPU, with the energies of the problem as it was sent. */
export function qpAnswer(
	shape: QpuShape,
	sent: Bqm,
	params: { num_reads?: number; auto_scale?: boolean },
	machine: Machine,
	accessTime: number
): Record<string, unknown> {
	const ranges = { h: [-4, 4], j: [-2, 1] } as const;
	const run = params.auto_scale === false ? sent : autoScaled(sent, ranges).bqm;
	const samples = sample(noisy(run, machine), machine, params.num_reads ?? 1);
	const n = sent.labels.length;
	const rows = samples.energies.length;
	const width = Math.ceil(n / 8);
	const bits = Buffer.alloc(width * rows);
	const energies = new Float64Array(rows);
	for (let r = 0; r < rows; r++) {
		const spins = samples.rows.subarray(r * n, r * n + n);
		spins.forEach((s, i) => {
			if (s > 0) bits[r * width + (i >> 3)] |= 0x80 >> (i & 7);
		});
		for (let i = 0; i < n; i++) energies[r] += sent.linear[i] * spins[i];
		for (let k = 0; k < sent.quadratic.length; k++)
			energies[r] += sent.quadratic[k] * spins[sent.heads[k]] * spins[sent.tails[k]];
	}
	return {
		format: 'qp',
		num_variables: shape.qubits.length,
		active_variables: base64(Int32Array.from(sent.labels as number[]).buffer),
		energies: base64(energies.buffer),
		num_occurrences: base64(Int32Array.from(samples.occurrences).buffer),
		solutions: bits.toString('base64'),
		timing: { qpu_access_time: accessTime, qpu_sampling_time: accessTime / 2, total_post_processing_time: 1 }
	};
}

/** The answer of a hybrid solver: one low state of the uploaded model. */
export function bqAnswer(file: Uint8Array, seed: number, seconds: number): Record<string, unknown> {
	const samples = anneal(bqmFromFile(file), { reads: 1, sweeps: 200, seed });
	const timing = { run_time: 1e6 * seconds, charge_time: 1e6 * seconds, qpu_access_time: 0 };
	return { format: 'bq', data: sampleSetToJson({ ...samples, info: { timing } }) };
}
