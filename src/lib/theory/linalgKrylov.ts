// The largest few eigenvalues of a symmetric operator that is only known by what it does to vectors: block Lanczos
// with full reorthogonalisation and Rayleigh–Ritz. The block sees degenerate eigenvalues as often as they occur.
import { symEigen } from './linalg.ts';
import { dot } from './linalgProducts.ts';

/** Applies the operator to each vector of a block; must not keep or change its arguments. */
export type BlockOperator = (block: Float64Array[]) => Float64Array[];

/**
 * When to stop, in units of the largest eigenvalue: an eigenvalue is off by the residual r = ‖Ax−θx‖ at most, and
 * by r²/gap where a gap separates it from the values not asked for.
 */
const RESIDUAL = 1e-10;
const RESIDUAL_WITH_GAP = 1e-7;
const ERROR_WITH_GAP = 1e-11;

function converged(found: Ritz, scale: number): boolean {
	if (found.residual <= RESIDUAL * scale) return true;
	// The next value is only known from below, so the gap is taken at half its face value.
	const bound = found.residual ** 2 / (found.gap / 2);
	return found.residual <= RESIDUAL_WITH_GAP * scale && bound <= ERROR_WITH_GAP * scale;
}

/** A fixed sequence of numbers in (−1,1) that no structured operator is likely to have as a null direction. */
function scatter(n: number, seed: number): Float64Array {
	const x = new Float64Array(n);
	let a = (seed + 1) * 0x9e3779b1;
	for (let i = 0; i < n; i++) {
		a = Math.imul(a ^ (a >>> 15), 0x2c1b3c6d) + 0x6d2b79f5;
		a ^= a >>> 13;
		x[i] = a / 2147483648;
	}
	return x;
}

/** Takes from x its parts along the basis, twice for safety; returns the length left and scales x to 1. */
function orthogonalise(x: Float64Array, basis: readonly Float64Array[]): number {
	let length = 0;
	for (let pass = 0; pass < 2; pass++) {
		for (const q of basis) {
			const f = dot(q, x);
			for (let i = 0; i < x.length; i++) x[i] -= f * q[i];
		}
		const now = Math.sqrt(dot(x, x));
		if (pass === 0) length = now;
		if (now === 0 || (pass === 1 && now < 0.5)) return 0;
		for (let i = 0; i < x.length; i++) x[i] /= now;
	}
	return length;
}

/** What `topEigenpairs` returns: falling eigenvalues, unit eigenvectors, and the largest residual among them. */
export interface TopEigenpairs {
	readonly values: Float64Array;
	readonly vectors: Float64Array[];
	readonly residual: number;
}

interface Ritz extends TopEigenpairs {
	/** distance from the last value asked for to the next one found */
	readonly gap: number;
}

/**
 * The `count` largest eigenvalues of a symmetric n×n operator on the complement of the orthonormal vectors
 * `deflated`; fewer where the complement is smaller. Runs until they are right to 1e-10·|θ₁| or better, or the space is
 * used up (at most `maxDimension` vectors).
 */
export function topEigenpairs(
	n: number,
	apply: BlockOperator,
	count: number,
	deflated: readonly Float64Array[] = [],
	maxDimension = 400
): TopEigenpairs {
	const room = Math.min(n - deflated.length, maxDimension);
	const wanted = Math.min(count, n - deflated.length);
	const basis: Float64Array[] = [];
	const images: Float64Array[] = [];
	/** Row i of the projected operator: images[i]·basis[j], j ≤ i. */
	const rows: Float64Array[] = [];
	let block: Float64Array[] = [];
	let seed = 0;
	/** Adds to the next block whatever is left of x after the basis is taken out, if that is worth keeping. */
	const admit = (x: Float64Array, atLeast: number): void => {
		if (basis.length + block.length >= room) return;
		if (orthogonalise(x, [...deflated, ...basis, ...block]) > atLeast) block.push(x);
	};
	while (block.length < Math.min(wanted + 1, room)) admit(scatter(n, seed++), 1e-8);
	let scale = 0;
	let next = 0;
	for (;;) {
		const out = apply(block);
		for (let k = 0; k < block.length; k++) {
			basis.push(block[k]);
			images.push(out[k]);
			rows.push(Float64Array.from(basis, (q) => dot(out[k], q)));
			scale = Math.max(scale, Math.sqrt(dot(out[k], out[k])));
		}
		const k = basis.length;
		const full = k >= room;
		// The small eigenproblem is solved only when the space has grown by a tenth: it would cost the most.
		if (full || k >= next) {
			const found = ritz(n, Math.min(wanted, k), rows, basis, images, deflated);
			if (full || (k >= wanted && converged(found, scale))) return found;
			next = 1.1 * k;
		}
		block = [];
		for (const x of out) admit(Float64Array.from(x), 1e-13 * scale);
		// An invariant subspace was met, and it has room for all values asked for since the first block had.
		if (block.length === 0) return ritz(n, wanted, rows, basis, images, deflated);
	}
}

/** Rayleigh–Ritz: the best eigenpairs that the basis holds, and how far they are from being exact. */
function ritz(
	n: number,
	count: number,
	rows: readonly Float64Array[],
	basis: readonly Float64Array[],
	images: readonly Float64Array[],
	deflated: readonly Float64Array[]
): Ritz {
	const k = basis.length;
	const h = new Float64Array(k * k);
	for (let i = 0; i < k; i++) h.set(rows[i], i * k);
	const { values, vectors } = symEigen(k, h);
	const top: Float64Array[] = [];
	const theta = new Float64Array(count);
	let residual = 0;
	for (let c = 0; c < count; c++) {
		const at = k - 1 - c;
		theta[c] = values[at];
		const x = new Float64Array(n);
		const rest = new Float64Array(n);
		for (let j = 0; j < k; j++) {
			const y = vectors[j * k + at];
			for (let i = 0; i < n; i++) {
				x[i] += y * basis[j][i];
				rest[i] += y * images[j][i];
			}
		}
		for (let i = 0; i < n; i++) rest[i] -= theta[c] * x[i];
		for (const d of deflated) {
			const f = dot(d, rest);
			for (let i = 0; i < n; i++) rest[i] -= f * d[i];
		}
		residual = Math.max(residual, Math.sqrt(dot(rest, rest)));
		top.push(x);
	}
	const gap = count < k ? theta[count - 1] - values[k - 1 - count] : 0;
	return { values: theta, vectors: top, residual, gap };
}
