// A chip as a graph: qubits by number and couplers between them, and as wires. Every qubit of Chimera, Pegasus and
// Zephyr is a segment of a line: vertical or horizontal, at a position across it, over a stretch along it. A vertical and a
// horizontal segment that cross are coupled; segments that follow each other on a wire are coupled too. That is all that
// the embedding needs to know of a topology.

export interface Segment {
	readonly qubit: number;
	/** 0 vertical, 1 horizontal */
	readonly side: 0 | 1;
	/** position across: the column of a vertical, the row of a horizontal segment, in tracks */
	readonly across: number;
	/** tracks covered along: from `from` up to, not with, `to` */
	readonly from: number;
	readonly to: number;
	/** segments of one wire have the same number; they follow each other by rising `from` */
	readonly wire: number;
}

export interface Topology {
	readonly kind: 'chimera' | 'pegasus' | 'zephyr';
	/** as in the solver's `topology.shape`: [m, n, t] for Chimera, [m] for Pegasus, [m, t] for Zephyr */
	readonly shape: readonly number[];
	/** every qubit of the ideal chip */
	readonly segments: readonly Segment[];
	/** couplers of the ideal chip, smaller qubit first, sorted */
	readonly couplers: readonly (readonly [number, number])[];
	/** tracks across the chip, each way */
	readonly tracks: number;
}

/** A chip as it is: the qubits and couplers that work. */
export interface Chip {
	readonly topology: Topology;
	readonly qubits: ReadonlySet<number>;
	/** neighbours of each working qubit over working couplers */
	readonly neighbours: ReadonlyMap<number, ReadonlySet<number>>;
}

/** Sorted, smaller end first, without repetition. */
export function sortedCouplers(pairs: Iterable<readonly [number, number]>): [number, number][] {
	const seen = new Map<string, [number, number]>();
	for (const [a, b] of pairs) {
		const pair: [number, number] = a < b ? [a, b] : [b, a];
		seen.set(`${pair[0]} ${pair[1]}`, pair);
	}
	return [...seen.values()].sort((p, q) => p[0] - q[0] || p[1] - q[1]);
}

/** The chip of these qubits and couplers; a coupler with an end that does not work is left out. */
export function makeChip(
	topology: Topology,
	qubits: Iterable<number> = topology.segments.map((s) => s.qubit),
	couplers: Iterable<readonly [number, number]> = topology.couplers
): Chip {
	const working = new Set(qubits);
	const neighbours = new Map<number, Set<number>>();
	for (const q of working) neighbours.set(q, new Set());
	for (const [a, b] of couplers) {
		if (!working.has(a) || !working.has(b)) continue;
		neighbours.get(a)?.add(b);
		neighbours.get(b)?.add(a);
	}
	return { topology, qubits: working, neighbours };
}

/** True when a working coupler joins the two qubits. */
export function coupled(chip: Chip, a: number, b: number): boolean {
	return chip.neighbours.get(a)?.has(b) ?? false;
}
