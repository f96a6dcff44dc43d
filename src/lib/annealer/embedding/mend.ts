// Mends what is missing: where a chain falls apart, or two chains should meet and no working coupler joins them, a chain
// grows by a short path of free qubits.
import { couplersBetween, pieces } from './embedding';
import type { Chip } from '../topology/graph';

const LONGEST = 6;

/**
 * Joins every pair of chains, using qubits that no chain has yet; `chains` is changed in place.
 * @returns the pairs that could not be joined
 */
export function mendCrossings(
	chip: Chip,
	chains: number[][],
	pairs: Iterable<readonly [number, number]>
): [number, number][] {
	const used = new Set(chains.flat());
	const left: [number, number][] = [];
	for (const [a, b] of pairs) {
		if (couplersBetween(chip, chains[a], chains[b]).length > 0) continue;
		const path = shortestPath(chip, chains[a], chains[b], used);
		if (!path) {
			left.push([a, b]);
			continue;
		}
		for (const q of path) used.add(q);
		// The shorter chain grows: the longest one decides how well chains hold.
		chains[chains[a].length <= chains[b].length ? a : b].push(...path);
	}
	return left;
}

/**
 * Joins the pieces of every chain that fell apart; `chains` is changed in place.
 * @returns false when a chain could not be joined
 */
export function mendChains(chip: Chip, chains: number[][]): boolean {
	const used = new Set(chains.flat());
	for (const chain of chains)
		for (let parts = pieces(chip, chain); parts.length > 1; parts = pieces(chip, chain)) {
			const path = shortestPath(chip, parts[0], parts.slice(1).flat(), used);
			if (!path) return false;
			for (const q of path) used.add(q);
			chain.push(...path);
		}
	return true;
}

/** Free qubits between the two chains, as few as possible; null when there is no way of up to `LONGEST`. */
function shortestPath(
	chip: Chip,
	from: readonly number[],
	to: readonly number[],
	used: ReadonlySet<number>
): number[] | null {
	const goal = new Set<number>();
	for (const q of to) for (const p of chip.neighbours.get(q) ?? []) if (!used.has(p)) goal.add(p);
	if (goal.size === 0) return null;
	const cameFrom = new Map<number, number>();
	let edge: readonly number[] = from;
	for (let length = 1; length <= LONGEST; length++) {
		const next: number[] = [];
		for (const q of edge)
			for (const p of chip.neighbours.get(q) ?? []) {
				if (used.has(p) || cameFrom.has(p)) continue;
				cameFrom.set(p, q);
				if (!goal.has(p)) {
					next.push(p);
					continue;
				}
				const path = [p];
				for (let at = q; cameFrom.has(at); at = cameFrom.get(at) as number) path.push(at);
				return path;
			}
		edge = next;
	}
	return null;
}
