// An embedding: for each variable of a problem a chain of qubits, and the test that it is one, coupler by coupler.
import type { Bqm } from '../bqm';
import { coupled, type Chip } from '../topology/graph';

export interface Embedding {
	/** qubits of each variable's chain */
	readonly chains: readonly (readonly number[])[];
}

/** Working couplers between two chains. */
export function couplersBetween(
	chip: Chip,
	a: readonly number[],
	b: readonly number[]
): (readonly [number, number])[] {
	const ends = new Set(b);
	const out: [number, number][] = [];
	for (const q of a) for (const p of chip.neighbours.get(q) ?? []) if (ends.has(p)) out.push([q, p]);
	return out;
}

/** Working couplers inside a chain. */
export function couplersWithin(chip: Chip, chain: readonly number[]): [number, number][] {
	const out: [number, number][] = [];
	for (let i = 0; i < chain.length; i++)
		for (let j = i + 1; j < chain.length; j++)
			if (coupled(chip, chain[i], chain[j])) out.push([chain[i], chain[j]]);
	return out;
}

/** The connected pieces of a chain. */
export function pieces(chip: Chip, chain: readonly number[]): number[][] {
	const left = new Set(chain);
	const out: number[][] = [];
	for (const start of chain) {
		if (!left.delete(start)) continue;
		const piece = [start];
		for (let k = 0; k < piece.length; k++)
			for (const p of chip.neighbours.get(piece[k]) ?? []) if (left.delete(p)) piece.push(p);
		out.push(piece);
	}
	return out;
}

/** What keeps `embedding` from being one of the problem's pairs on the chip: sentences, none when it is valid. */
export function embeddingFaults(
	chip: Chip,
	embedding: Embedding,
	pairs: Iterable<readonly [number, number]>
): string[] {
	const faults: string[] = [];
	const owner = new Map<number, number>();
	embedding.chains.forEach((chain, i) => {
		if (chain.length === 0) faults.push(`Variable ${i} has no qubits.`);
		for (const q of chain) {
			if (!chip.qubits.has(q)) faults.push(`Qubit ${q} of variable ${i} does not work.`);
			const other = owner.get(q);
			if (other !== undefined) faults.push(`Qubit ${q} is in the chains of ${other} and ${i}.`);
			owner.set(q, i);
		}
		if (pieces(chip, chain).length > 1) faults.push(`The chain of variable ${i} falls apart.`);
	});
	for (const [a, b] of pairs)
		if (couplersBetween(chip, embedding.chains[a], embedding.chains[b]).length === 0)
			faults.push(`No coupler joins the chains of ${a} and ${b}.`);
	return faults;
}

/** All pairs of a biclique: N variables first, then M. */
export function* bicliquePairs(N: number, M: number): Generator<[number, number]> {
	for (let i = 0; i < N; i++) for (let j = 0; j < M; j++) yield [i, N + j];
}

/** The pairs that a problem couples. */
export function* pairsOf(bqm: Bqm): Generator<[number, number]> {
	for (let k = 0; k < bqm.heads.length; k++) yield [bqm.heads[k], bqm.tails[k]];
}
