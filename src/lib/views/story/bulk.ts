// Numbers behind the picture of random weights: a histogram of singular values as a density, and the Marčenko–Pastur law.
import { marchenkoPasturDensity, marchenkoPasturEdges } from '$lib/theory/spectra';

export interface Histogram {
	/** centres of the cells */
	readonly x: Float64Array;
	/** share of the values in a cell, over its width */
	readonly density: Float64Array;
	/** standard error of a cell if the values were independent (they repel each other, so it is smaller) */
	readonly error: Float64Array;
	readonly width: number;
}

/** Values counted in `cells` equal cells from `lo` to `hi`; values outside are left out of the cells, not of the share. */
export function histogram(values: ArrayLike<number>, lo: number, hi: number, cells: number): Histogram {
	const width = (hi - lo) / cells;
	const counts = new Float64Array(cells);
	for (let k = 0; k < values.length; k++) {
		const cell = Math.floor((values[k] - lo) / width);
		if (cell >= 0 && cell < cells) counts[cell]++;
		else if (values[k] === hi) counts[cells - 1]++;
	}
	const total = Math.max(1, values.length);
	return {
		x: Float64Array.from(counts, (_, c) => lo + (c + 0.5) * width),
		density: counts.map((c) => c / total / width),
		error: counts.map((c) => Math.sqrt(Math.max(0, (c / total) * (1 - c / total)) / total) / width),
		width
	};
}

/** The Marčenko–Pastur density at `points` places from edge to edge, ends included. */
export function bulkLaw(N: number, M: number, scale: number, points = 161) {
	const { lower, upper } = marchenkoPasturEdges(N, M, scale);
	const x = Float64Array.from({ length: points }, (_, k) => lower + ((upper - lower) * k) / (points - 1));
	return { lower, upper, x, y: x.map((l) => marchenkoPasturDensity(N, M, scale, l)) };
}

/**
 * Binder's cumulant 1 − ⟨δ⁴⟩/(3⟨δ²⟩²) of values about their mean, with its jackknife error: 0 for a Gaussian, ⅔ for two
 * sharp places.
 */
export function binderCumulant(values: ArrayLike<number>): { value: number; error: number } {
	const n = values.length;
	const all = Array.from(values);
	const cumulant = (skip: number) => {
		let mean = 0;
		let count = 0;
		for (let k = 0; k < n; k++) {
			if (k === skip) continue;
			mean += all[k];
			count++;
		}
		mean /= count;
		let second = 0;
		let fourth = 0;
		for (let k = 0; k < n; k++) {
			if (k === skip) continue;
			const d = (all[k] - mean) ** 2;
			second += d / count;
			fourth += (d * d) / count;
		}
		return 1 - fourth / (3 * second * second);
	};
	if (n < 3) return { value: NaN, error: NaN };
	const value = cumulant(-1);
	let square = 0;
	for (let k = 0; k < n; k++) square += (cumulant(k) - value) ** 2;
	return { value, error: Math.sqrt(((n - 1) / n) * square) };
}
