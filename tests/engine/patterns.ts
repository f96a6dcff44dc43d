// Small binary data sets for the engine's tests, packed as the engine takes them.
import type { PackedRows } from '../../src/lib/engine/packed';

/** Packs rows of 0/1, first unit in the highest bit of the first byte. */
export function pack(rows: readonly ArrayLike<number>[]): PackedRows {
	const units = rows[0].length;
	const stride = Math.ceil(units / 8);
	const bytes = new Uint8Array(rows.length * stride);
	rows.forEach((row, r) => {
		for (let i = 0; i < units; i++) if (row[i]) bytes[r * stride + (i >> 3)] |= 128 >> (i & 7);
	});
	return { count: rows.length, units, stride, bytes };
}

/** The distinct bars-and-stripes patterns of a side: 2·2^side − 2. */
export function barsAndStripes(side: number): number[][] {
	const seen = new Map<string, number[]>();
	for (let lines = 0; lines < 2 ** side; lines++) {
		const on = (k: number) => (lines >> k) & 1;
		const bars = Array.from({ length: side * side }, (_, p) => on(p % side));
		const stripes = Array.from({ length: side * side }, (_, p) => on(Math.floor(p / side)));
		for (const pattern of [bars, stripes]) seen.set(pattern.join(''), pattern);
	}
	return [...seen.values()];
}

/** The distribution of rows (float32 0/1, [count, width]) over the 2^bits states of the given columns. */
export function histogram(rows: ArrayLike<number>, width: number, columns: readonly number[]): Float64Array {
	const counts = new Float64Array(2 ** columns.length);
	const total = rows.length / width;
	for (let row = 0; row < total; row++) {
		let state = 0;
		columns.forEach((column, bit) => (state |= rows[row * width + column] << bit));
		counts[state] += 1 / total;
	}
	return counts;
}

/**
 * The Monte-Carlo floor: what total variation n independent samples of p have on average, ½Σ E|p̂−p| ≈
 * ½Σ√(2p(1−p)/(πn)).
 */
export function monteCarloFloor(p: ArrayLike<number>, n: number): number {
	let total = 0;
	for (let s = 0; s < p.length; s++) total += Math.sqrt((2 * p[s] * (1 - p[s])) / (Math.PI * n));
	return total / 2;
}

/**
 * The total variation that n independent samples of p exceed with probability below 1e-7: its mean is at most
 * ½Σ√(p(1−p)/n) (Jensen) = 1.25 floors, and one sample moves it by at most 1/n, so that P(TV > mean + t) ≤ e^{−2nt²}
 * (McDiarmid). Some 1.6 floors here, well inside the four that the sampler is allowed.
 */
export function exceededByChance(p: ArrayLike<number>, n: number): number {
	return Math.sqrt(Math.PI / 2) * monteCarloFloor(p, n) + Math.sqrt(Math.log(1e7) / (2 * n));
}
