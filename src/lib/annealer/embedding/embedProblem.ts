// A problem on its chains: biases spread over qubits, chains held together, and samples of qubits read back as samples of
// the problem (dwave-system's embed_bqm and unembed_sampleset).
import { foldIn, keyFromSeed } from '../../random/key';
import { AnnealerError, makeBqm, toSpin, type Bqm, type Term } from '../bqm';
import { collectReads, expandReads, type SampleSet } from '../sampleSet';
import type { Chip } from '../topology/graph';
import { wordStream } from '../wordStream';
import { couplersBetween, couplersWithin, type Embedding } from './embedding';

/** Uniform torque compensation: 1.414·√(ΣJ²/m)·√(mean degree); 1 for a problem without couplings. */
export function uniformTorqueCompensation(bqm: Bqm, prefactor = 1.414): number {
	const { quadratic } = toSpin(bqm);
	if (quadratic.length === 0) return 1;
	let square = 0;
	for (const j of quadratic) square += j * j;
	const degree = (2 * quadratic.length) / bqm.labels.length;
	return prefactor * Math.sqrt(square / quadratic.length) * Math.sqrt(degree);
}

/** The largest |h| or |J|, times the prefactor; 1 for a problem without biases. */
export function scaledStrength(bqm: Bqm, prefactor = 1): number {
	const spin = toSpin(bqm);
	let most = 0;
	for (const x of [...spin.linear, ...spin.quadratic]) most = Math.max(most, Math.abs(x));
	return most === 0 ? 1 : prefactor * most;
}

/**
 * The problem over qubits: h evenly over a chain, J evenly over the couplers between two chains, −strength on every
 * coupler inside a chain and the offset that makes an unbroken chain cost nothing.
 * @throws AnnealerError when two coupled variables have no coupler
 */
export function embedProblem(problem: Bqm, chip: Chip, embedding: Embedding, strength: number): Bqm {
	const bqm = toSpin(problem);
	const { chains } = embedding;
	if (chains.length !== bqm.labels.length)
		throw new AnnealerError(`${chains.length} chains for ${bqm.labels.length} variables.`);
	const labels = chains.flat().sort((a, b) => a - b);
	const at = new Map(labels.map((q, k) => [q, k]));
	const place = (q: number) => at.get(q) as number;
	const linear = new Float64Array(labels.length);
	const terms: Term[] = [];
	let offset = bqm.offset;
	chains.forEach((chain, i) => {
		for (const q of chain) linear[place(q)] += bqm.linear[i] / chain.length;
		for (const [a, b] of couplersWithin(chip, chain)) {
			terms.push([place(a), place(b), -strength]);
			offset += strength;
		}
	});
	for (let k = 0; k < bqm.quadratic.length; k++) {
		const [a, b] = [bqm.heads[k], bqm.tails[k]];
		const couplers = couplersBetween(chip, chains[a], chains[b]);
		if (couplers.length === 0)
			throw new AnnealerError(
				`No coupler joins the chains of ${bqm.labels[a]} and ${bqm.labels[b]}: the embedding does not fit.`
			);
		for (const [p, q] of couplers) terms.push([place(p), place(q), bqm.quadratic[k] / couplers.length]);
	}
	return makeBqm('SPIN', labels, linear, terms, offset);
}

/** Share of broken chains in each row of qubit samples; `columns` places a qubit in a row. */
export function brokenChains(
	rows: Int8Array,
	width: number,
	chains: readonly (readonly number[])[]
): Uint8Array {
	const count = rows.length / width;
	const out = new Uint8Array(count * chains.length);
	for (let r = 0; r < count; r++)
		chains.forEach((chain, i) => {
			const first = rows[r * width + chain[0]];
			if (chain.some((c) => rows[r * width + c] !== first)) out[r * chains.length + i] = 1;
		});
	return out;
}

export interface Unembedded {
	readonly samples: SampleSet;
	/** mean share of chains that were broken in a read */
	readonly chainBreakFraction: number;
}

/**
 * Samples of the problem from samples of its qubits: a broken chain takes its majority, and a tie is tossed for, since a
 * fixed answer would bias Boltzmann statistics. Energies are the problem's own.
 */
export function unembed(problem: Bqm, embedding: Embedding, physical: SampleSet, seed: number): Unembedded {
	const at = new Map(physical.labels.map((q, k) => [q, k]));
	const chains = embedding.chains.map((chain) =>
		chain.map((q) => {
			const k = at.get(q);
			if (k === undefined) throw new AnnealerError(`The samples have no qubit ${q}.`);
			return k;
		})
	);
	const spin = physical.vartype === 'SPIN';
	const width = physical.labels.length;
	const reads = expandReads(physical);
	const count = reads.length / width;
	const toss = wordStream(foldIn(keyFromSeed(seed), 3), 0);
	const rows = new Int8Array(count * chains.length);
	let broken = 0;
	for (let r = 0; r < count; r++)
		chains.forEach((chain, i) => {
			let sum = 0;
			for (const c of chain) sum += reads[r * width + c] > 0 ? 1 : -1;
			if (Math.abs(sum) !== chain.length) broken++;
			const up = sum > 0 || (sum === 0 && toss() >>> 31 === 1);
			rows[r * chains.length + i] = up ? 1 : spin ? -1 : 0;
		});
	const logical =
		problem.vartype === physical.vartype ? rows : rows.map((x) => (spin ? (x + 1) / 2 : 2 * x - 1));
	return {
		samples: collectReads(problem, logical, physical.info),
		chainBreakFraction: count === 0 ? 0 : broken / (count * chains.length)
	};
}
