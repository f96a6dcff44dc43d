// Follows the modes of W from record to record, so that a mode keeps its number, its sign and its line when
// singular values cross, and fixes the signs of the first record.

/** Thin singular vectors as the session keeps them: `u` is N×r and `v` M×r, row-major, columns are modes. */
export interface Modes {
	readonly N: number;
	readonly M: number;
	readonly r: number;
	readonly singularValues: Float64Array;
	readonly u: Float64Array;
	readonly v: Float64Array;
}

/**
 * Signs of a first set of modes: the sum of each column of U is made positive (or, where it vanishes, its entry
 * of largest modulus), V's column follows. A mode is a pair (uᵢ, vᵢ) up to a common sign; this picks one.
 */
export function fixSigns(modes: Modes): Modes {
	const { N, M, r } = modes;
	const u = modes.u.slice();
	const v = modes.v.slice();
	for (let k = 0; k < r; k++) {
		let sum = 0;
		let big = 0;
		for (let i = 0; i < N; i++) {
			const x = u[i * r + k];
			sum += x;
			if (Math.abs(x) > Math.abs(big) + 1e-12) big = x;
		}
		const sign = Math.abs(sum) > 1e-6 * Math.sqrt(N) ? sum : big;
		if (sign < 0) flipColumn(u, v, N, M, r, k);
	}
	return { ...modes, u, v };
}

function flipColumn(u: Float64Array, v: Float64Array, N: number, M: number, r: number, k: number) {
	for (let i = 0; i < N; i++) u[i * r + k] = -u[i * r + k];
	for (let j = 0; j < M; j++) v[j * r + k] = -v[j * r + k];
}

/**
 * Reorders and signs `next` so that each mode continues the one of `last` that it overlaps most,
 * overlap = uᵢ·uᵢ′ + vᵢ·vᵢ′. Pairs are taken greedily, largest overlap first, among candidates whose singular
 * values are near in rank: two modes can only have crossed if they were neighbours.
 * @returns modes in the order of `last`; the singular values are then no longer sorted.
 */
export function followModes(last: Modes, next: Modes): Modes {
	const { N, M, r } = next;
	if (last.N !== N || last.M !== M || last.r !== r) return fixSigns(next);
	const lastRank = ranks(last.singularValues);
	const nextRank = ranks(next.singularValues);
	const pairs: { a: number; b: number; overlap: number }[] = [];
	for (let a = 0; a < r; a++) {
		for (let b = 0; b < r; b++) {
			if (Math.abs(lastRank[a] - nextRank[b]) > REACH) continue;
			let overlap = 0;
			for (let i = 0; i < N; i++) overlap += last.u[i * r + a] * next.u[i * r + b];
			for (let j = 0; j < M; j++) overlap += last.v[j * r + a] * next.v[j * r + b];
			pairs.push({ a, b, overlap });
		}
	}
	pairs.sort((p, q) => Math.abs(q.overlap) - Math.abs(p.overlap));
	const from = new Int32Array(r).fill(-1);
	const taken = new Uint8Array(r);
	const sign = new Float64Array(r).fill(1);
	for (const { a, b, overlap } of pairs) {
		if (from[a] >= 0 || taken[b]) continue;
		from[a] = b;
		taken[b] = 1;
		sign[a] = overlap < 0 ? -1 : 1;
	}
	// Modes that found no partner within reach take what is left, in order of size.
	const left = [...nextRank.keys()].filter((b) => !taken[b]).sort((p, q) => nextRank[p] - nextRank[q]);
	for (let a = 0; a < r; a++) if (from[a] < 0) from[a] = left.shift()!;

	const singularValues = new Float64Array(r);
	const u = new Float64Array(N * r);
	const v = new Float64Array(M * r);
	for (let a = 0; a < r; a++) {
		const b = from[a];
		singularValues[a] = next.singularValues[b];
		for (let i = 0; i < N; i++) u[i * r + a] = sign[a] * next.u[i * r + b];
		for (let j = 0; j < M; j++) v[j * r + a] = sign[a] * next.v[j * r + b];
	}
	return { N, M, r, singularValues, u, v };
}

/** How many ranks a mode may move between two records and still be looked for. */
const REACH = 8;

function ranks(values: Float64Array): Int32Array {
	const order = [...values.keys()].sort((a, b) => values[b] - values[a]);
	const rank = new Int32Array(values.length);
	order.forEach((k, place) => (rank[k] = place));
	return rank;
}

/** Index of the mode with the `rank`-th largest singular value, counted from 0. */
export function rankedMode(values: Float64Array, rank: number): number {
	const order = [...values.keys()].sort((a, b) => values[b] - values[a]);
	return order[Math.min(rank, order.length - 1)];
}
