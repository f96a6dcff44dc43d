// Exact answers for small problems: all energies by a Gray code, the ground state, and independent Boltzmann samples.
import { foldIn, keyFromSeed } from '../random/key';
import { AnnealerError, energyOf, neighboursOf, toSpin, type Bqm } from './bqm';
import { collectReads, samplesAs, type SampleSet } from './sampleSet';
import { wordStream } from './wordStream';

/** Largest number of variables whose 2ⁿ states are all looked at here. */
export const MAX_EXACT_VARIABLES = 20;

/** Energy of state number k, bit i of k set where spin i is up; 2ⁿ of them. @throws AnnealerError beyond 20 variables */
export function allEnergies(problem: Bqm): Float64Array {
	const bqm = toSpin(problem);
	const n = bqm.labels.length;
	if (n > MAX_EXACT_VARIABLES)
		throw new AnnealerError(
			`${n} variables have 2^${n} states; up to ${MAX_EXACT_VARIABLES} variables are enumerated.`
		);
	const { start, other, bias } = neighboursOf(bqm);
	const spins = new Int8Array(n).fill(-1);
	const out = new Float64Array(2 ** n);
	let code = 0;
	out[0] = energyOf(bqm, spins);
	for (let step = 1; step < out.length; step++) {
		const i = 31 - Math.clz32(step & -step);
		let field = bqm.linear[i];
		for (let k = start[i]; k < start[i + 1]; k++) field += bias[k] * spins[other[k]];
		const before = out[code];
		code ^= 1 << i;
		out[code] = before - 2 * spins[i] * field;
		spins[i] = -spins[i];
	}
	return out;
}

/** Independent samples of exp(−βE)/Z by enumeration. */
export function exactSamples(problem: Bqm, beta: number, reads: number, seed: number): SampleSet {
	const bqm = toSpin(problem);
	const n = bqm.labels.length;
	const energies = allEnergies(bqm);
	const ground = energies.reduce((a, b) => Math.min(a, b), Infinity);
	const cumulative = new Float64Array(energies.length);
	let sum = 0;
	energies.forEach((e, k) => (cumulative[k] = sum += Math.exp(-beta * (e - ground))));
	const next = wordStream(foldIn(keyFromSeed(seed), 0), 0);
	const rows = new Int8Array(reads * n);
	for (let r = 0; r < reads; r++) {
		// 53 bits: a state of probability 2⁻³⁰ must be able to come.
		const u = (next() * 2097152 + (next() >>> 11) + 0.5) * 2 ** -53 * sum;
		const state = firstAbove(cumulative, u);
		for (let i = 0; i < n; i++) rows[r * n + i] = (state >> i) & 1 ? 1 : -1;
	}
	const info = { sampler: 'exact enumeration', beta, reads, seed };
	return samplesAs(collectReads(bqm, rows, info), problem.vartype);
}

function firstAbove(rising: Float64Array, u: number): number {
	let low = 0;
	let high = rising.length - 1;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (rising[middle] > u) high = middle;
		else low = middle + 1;
	}
	return low;
}
