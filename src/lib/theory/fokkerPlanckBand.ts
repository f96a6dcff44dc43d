// Cholesky factors of (shift·I − scale·G̃), G̃ the symmetric form of a Fokker–Planck generator: a band matrix, so
// both the lowest eigenpairs (shift and invert) and the implicit time steps are a factorisation and cheap solves.
import type { Generator } from './fokkerPlanck.ts';
import { dotAt } from './linalgProducts.ts';

/** The lower factor L of a symmetric positive definite band matrix; row i holds columns i−width … i. */
export interface BandCholesky {
	readonly size: number;
	readonly width: number;
	readonly factor: Float64Array;
}

/**
 * Factors shift·I − scale·G̃. All eigenvalues of −G̃ are ≥ 0, so any shift > 0 gives a positive definite matrix.
 * Memory is size·(bandwidth+1) numbers, work size·bandwidth² operations.
 * @param generator from `fokkerPlanckGenerator`
 * @param shift > 0, in the unit of scale·rate
 * @param scale ≥ 0: a time for an implicit step, 1 for shift and invert
 * @throws RangeError when shift ≤ 0
 */
export function factorShifted(generator: Generator, shift: number, scale: number): BandCholesky {
	if (!(shift > 0)) throw new RangeError(`factorShifted: shift must be > 0, got ${shift}`);
	const { size, bandwidth: width, from, to, forward, backward, symmetric } = generator;
	const row = width + 1;
	const a = new Float64Array(size * row);
	for (let i = 0; i < size; i++) a[i * row + width] = shift;
	for (let k = 0; k < from.length; k++) {
		a[from[k] * row + width] += scale * forward[k];
		a[to[k] * row + width] += scale * backward[k];
		a[to[k] * row + width - (to[k] - from[k])] = -scale * symmetric[k];
	}
	for (let i = 0; i < size; i++) {
		const start = Math.max(0, i - width);
		for (let j = start; j < i; j++) {
			const first = Math.max(start, j - width);
			const at = i * row + width - i;
			const bt = j * row + width - j;
			a[at + j] = (a[at + j] - dotAt(j - first, a, at + first, a, bt + first)) / a[bt + j];
		}
		const length = i - start;
		const at = i * row + width - length;
		const pivot = a[i * row + width] - dotAt(length, a, at, a, at);
		if (!(pivot > 0)) throw new RangeError(`factorShifted: lost positive definiteness at cell ${i}`);
		a[i * row + width] = Math.sqrt(pivot);
	}
	return { size, width, factor: a };
}

/** x with LLᵀx = b; `b` is left as it is. */
export function solveBand(band: BandCholesky, b: Float64Array): Float64Array {
	const { size, width, factor } = band;
	const row = width + 1;
	const x = Float64Array.from(b);
	for (let i = 0; i < size; i++) {
		const length = Math.min(width, i);
		x[i] = (x[i] - dotAt(length, factor, i * row + width - length, x, i - length)) / factor[i * row + width];
	}
	for (let i = size - 1; i >= 0; i--) {
		const xi = x[i] / factor[i * row + width];
		x[i] = xi;
		const length = Math.min(width, i);
		const at = i * row + width - length;
		for (let k = 0; k < length; k++) x[i - length + k] -= factor[at + k] * xi;
	}
	return x;
}
