// Embeds a biclique, which is what an RBM is: N vertical wires and M horizontal ones that run across one rectangle of the
// chip meet pairwise inside it. Of all rectangles those with the shortest chains come first; missing qubits cut wires,
// missing couplers between crossing wires are mended with free qubits, and the result is verified edge by edge.
// (The search of minorminer's busclique, leap.md "Biclique".)
import type { Chip } from '../topology/graph';
import { bicliquePairs, couplersBetween, embeddingFaults, type Embedding } from './embedding';
import { mendChains, mendCrossings } from './mend';
import { chainAcross, wireTable, type WireTable } from './wires';

/** Rectangles that are tried in full for each length of chain and number of spare wires. */
const TRIES = 4;
/** Spare wires each way, as a share of those needed: the ones that meet the fewest others are left to the mending. */
const SPARE = [0, 0.1, 0.25, 0.5];
/** Broken places in one wire that are mended, at most. */
const MOST_GAPS = 2;

interface Rectangle {
	/** cells: columns from x0 up to x1, rows from y0 up to y1 */
	readonly x0: number;
	readonly x1: number;
	readonly y0: number;
	readonly y1: number;
	/** chains no longer than this */
	readonly longest: number;
	/** true when the N variables are the vertical wires */
	readonly upright: boolean;
}

export interface BicliqueResult extends Embedding {
	readonly longestChain: number;
	readonly qubits: number;
	/** chains that needed more than their wire, to go round what does not work */
	readonly mended: number;
}

/** Wires of a chip by how many broken places are allowed in them, worked out when first asked for. */
export class ChipWires {
	#tables: WireTable[] = [];
	readonly chip: Chip;
	readonly damaged: boolean;

	constructor(chip: Chip) {
		this.chip = chip;
		const { segments, couplers } = chip.topology;
		let working = 0;
		for (const near of chip.neighbours.values()) working += near.size;
		this.damaged = chip.qubits.size < segments.length || working < 2 * couplers.length;
	}

	table(gaps: number): WireTable {
		return (this.#tables[gaps] ??= wireTable(this.chip, gaps));
	}
}

/** An embedding of K_{N,M}, chains of the N first; null when none was found. */
export function embedBiclique(wires: ChipWires, N: number, M: number): BicliqueResult | null {
	// An ideal chip has nothing to mend.
	for (let gaps = 0; gaps <= (wires.damaged ? MOST_GAPS : 0); gaps++) {
		const found = embedOn(wires.chip, wires.table(gaps), N, M, wires.damaged ? SPARE : [0]);
		if (found) return found;
	}
	return null;
}

function embedOn(
	chip: Chip,
	table: WireTable,
	N: number,
	M: number,
	spare: readonly number[]
): BicliqueResult | null {
	const most = Math.max(...table.wires.map((w) => w.segments.length));
	const tried = new Set<string>();
	for (let longest = 1; longest <= most; longest++)
		for (const share of spare) {
			const [n, m] = [N, M].map((k) => k + Math.ceil(share * k));
			let tries = 0;
			for (const rectangle of rectangles(table, n, m, longest)) {
				const { x0, x1, y0, y1, upright } = rectangle;
				const name = [x0, x1, y0, y1, upright].join(' ');
				if (tried.has(name)) continue;
				tried.add(name);
				const found = embedIn(chip, table, rectangle, N, M);
				if (found) return found;
				if (++tries >= TRIES) break;
			}
		}
	return null;
}

/** Side of the largest K_{n,n} that an embedding is found for; 0 for a chip without couplers. */
export function largestBiclique(wires: ChipWires): number {
	let low = 0;
	let high = Math.floor(wires.table(0).wires.length / 2);
	while (low < high) {
		const middle = Math.ceil((low + high) / 2);
		if (embedBiclique(wires, middle, middle)) low = middle;
		else high = middle - 1;
	}
	return low;
}

/** Number of wires of one side no longer than `longest` across each stretch, summed over the cells before each cell. */
function counts(table: WireTable, side: 0 | 1, longest: number): Uint16Array {
	const { cells, wires, lengths } = table;
	const stretches = (cells + 1) ** 2;
	const out = new Uint16Array(stretches * (cells + 1));
	wires.forEach((wire, w) => {
		if (wire.side !== side) return;
		for (let s = 0; s < stretches; s++) {
			const n = lengths[w * stretches + s];
			if (n > 0 && n <= longest) out[s * (cells + 1) + wire.cell + 1]++;
		}
	});
	for (let s = 0; s < stretches; s++)
		for (let c = 1; c <= cells; c++) out[s * (cells + 1) + c] += out[s * (cells + 1) + c - 1];
	return out;
}

/** Rectangles with enough wires of that length each way, the smallest first. */
function rectangles(table: WireTable, N: number, M: number, longest: number): Rectangle[] {
	const { cells, stretch } = table;
	const [vertical, horizontal] = [counts(table, 0, longest), counts(table, 1, longest)];
	const width = cells + 1;
	const found: Rectangle[] = [];
	const orientations = N === M ? [true] : [true, false];
	for (const upright of orientations) {
		const [down, across] = upright ? [N, M] : [M, N];
		for (let y0 = 0; y0 < cells; y0++)
			for (let y1 = y0 + 1; y1 <= cells; y1++) {
				const v = stretch(y0, y1) * width;
				if (vertical[v + cells] < down) continue;
				let x1 = 0;
				for (let x0 = 0; x0 < cells; x0++) {
					while (x1 <= cells && vertical[v + x1] - vertical[v + x0] < down) x1++;
					if (x1 > cells) break;
					const h = stretch(x0, x1) * width;
					if (horizontal[h + y1] - horizontal[h + y0] >= across)
						found.push({ x0, x1, y0, y1, longest, upright });
				}
			}
	}
	const size = (r: Rectangle) => r.x1 - r.x0 + r.y1 - r.y0;
	return found.sort((a, b) => size(a) - size(b));
}

/** Chains of the wires of one side across the rectangle, shortest first. */
function chainsIn(chip: Chip, table: WireTable, r: Rectangle, side: 0 | 1): number[][] {
	const [from, to] = side === 0 ? [r.y0, r.y1] : [r.x0, r.x1];
	const [first, last] = side === 0 ? [r.x0, r.x1] : [r.y0, r.y1];
	return table.wires
		.filter((w) => w.side === side && w.cell >= first && w.cell < last)
		.map((w) => chainAcross(chip, w, from * table.step, to * table.step))
		.filter((chain) => chain.length > 0 && chain.length <= r.longest)
		.sort((a, b) => a.length - b.length);
}

/** Drops chains, the ones that meet the fewest of the other side first, until n and m are left. */
function fewestMissing(
	chip: Chip,
	down: number[][],
	over: number[][],
	n: number,
	m: number
): [number[][], number[][]] {
	const sides = [[...down], [...over]];
	const missing = (chain: number[], others: number[][]) =>
		others.reduce((sum, o) => sum + (couplersBetween(chip, chain, o).length ? 0 : 1), 0);
	for (const [side, wanted] of [[0, n] as const, [1, m] as const]) {
		const scored = sides[side].map((chain) => ({ chain, misses: missing(chain, sides[1 - side]) }));
		scored.sort((a, b) => a.misses - b.misses || a.chain.length - b.chain.length);
		sides[side] = scored.slice(0, wanted).map((s) => s.chain);
	}
	return [sides[0], sides[1]];
}

function embedIn(chip: Chip, table: WireTable, r: Rectangle, N: number, M: number): BicliqueResult | null {
	const [n, m] = r.upright ? [N, M] : [M, N];
	const [down, over] = fewestMissing(chip, chainsIn(chip, table, r, 0), chainsIn(chip, table, r, 1), n, m);
	if (down.length < n || over.length < m) return null;
	const chains = (r.upright ? [...down, ...over] : [...over, ...down]).map((c) => [...c]);
	const before = chains.map((c) => c.length);
	if (!mendChains(chip, chains) || mendCrossings(chip, chains, bicliquePairs(N, M)).length > 0) return null;
	if (embeddingFaults(chip, { chains }, bicliquePairs(N, M)).length > 0) return null;
	return {
		chains,
		longestChain: Math.max(...chains.map((c) => c.length)),
		qubits: chains.reduce((sum, c) => sum + c.length, 0),
		mended: chains.filter((c, k) => c.length > before[k]).length
	};
}
