// The chip as wires: how many qubits of a wire it takes to run across a stretch of tracks, and whether they all work
// and hang together. The stretches are those of a grid, fine enough for every topology.
import { coupled, type Chip, type Segment } from '../topology/graph';

export interface Wire {
	readonly side: 0 | 1;
	/** cell of the grid that the wire lies in, across */
	readonly cell: number;
	readonly segments: readonly Segment[];
}

export interface WireTable {
	readonly wires: readonly Wire[];
	/** cells of the grid each way */
	readonly cells: number;
	/** tracks a cell */
	readonly step: number;
	/** number of the stretch from cell a up to, not with, cell b */
	stretch(a: number, b: number): number;
	/** qubits that wire w takes to run across stretch s; 0 where it cannot */
	readonly lengths: Uint8Array;
}

/** Working qubits of a wire across the tracks from `from` to `to`; in pieces where something between them is broken. */
export function chainAcross(chip: Chip, wire: Wire, from: number, to: number): number[] {
	return wire.segments
		.filter((s) => s.to > from && s.from < to && chip.qubits.has(s.qubit))
		.map((s) => s.qubit);
}

/**
 * All wires of a chip with their lengths across every stretch.
 * @param gaps how many qubits or couplers of a wire may be broken within a stretch, to be mended afterwards
 */
export function wireTable(chip: Chip, gaps = 0): WireTable {
	const { topology } = chip;
	// Pegasus shifts its segments by twos, the others by whole cells.
	const step = topology.kind === 'pegasus' ? 2 : topology.shape[topology.shape.length - 1];
	const cells = Math.ceil(topology.tracks / step);
	const byWire = new Map<number, Segment[]>();
	for (const s of topology.segments) {
		const list = byWire.get(s.wire);
		if (list) list.push(s);
		else byWire.set(s.wire, [s]);
	}
	const wires = [...byWire.values()].map((segments): Wire => {
		segments.sort((a, b) => a.from - b.from);
		return { side: segments[0].side, cell: Math.floor(segments[0].across / step), segments };
	});
	const stretch = (a: number, b: number) => a * (cells + 1) + b;
	const lengths = new Uint8Array(wires.length * (cells + 1) ** 2);
	wires.forEach((wire, w) => {
		const at = w * (cells + 1) ** 2;
		for (let a = 0; a < cells; a++)
			for (let b = a + 1; b <= cells; b++)
				lengths[at + stretch(a, b)] = lengthAcross(chip, wire, a * step, b * step, gaps);
	});
	return { wires, cells, step, stretch, lengths };
}

/** Working qubits across a stretch; 0 where the wire does not reach, or more than `gaps` things are broken. */
function lengthAcross(chip: Chip, { segments }: Wire, from: number, to: number, gaps: number): number {
	if (segments[0].from > from || segments[segments.length - 1].to < to) return 0;
	let length = 0;
	let broken = 0;
	let last = -1;
	for (const { qubit, from: begin, to: end } of segments) {
		if (end <= from) continue;
		if (begin >= to) break;
		const works = chip.qubits.has(qubit);
		if (!works || (last >= 0 && !coupled(chip, last, qubit))) broken++;
		if (broken > gaps) return 0;
		if (works) length++;
		last = works ? qubit : -1;
	}
	return length;
}
