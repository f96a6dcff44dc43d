// Thin singular value decompositions on the current backend, a batch at a time: spectra over recorded steps, ensembles
// of replicas, sweeps over parameters.
import {
	cast,
	reshape,
	tidy,
	type Rank,
	type Tensor1D,
	type Tensor2D,
	type Tensor3D
} from '@tensorflow/tfjs-core';
import { runSvd } from './kernels/svd';

/** A[k] = U[k]·diag(s[k])·V[k]ᵀ, r = min(m, n); the caller's tensors. */
export interface BatchedSvd {
	/** [count, m, r] */
	readonly u: Tensor3D;
	/** singular values, falling, [count, r] */
	readonly s: Tensor2D;
	/** [count, n, r] */
	readonly v: Tensor3D;
}

/** The same of one matrix: u [m, r], s [r], v [n, r]. */
export interface SingleSvd {
	readonly u: Tensor2D;
	readonly s: Tensor1D;
	readonly v: Tensor2D;
}

export interface SvdOptions {
	/** WebGPU: by blocks whatever the size, as large matrices are; for tests */
	readonly blocks?: boolean;
}

/**
 * Decomposes a batch [count, m, n], or one matrix [m, n]. Singular values are good to 1e-5·σ_max, and u and v have columns
 * orthonormal to 1e-5, whatever the rank: singular values below 2⁻²⁵·‖A‖_F are 0, and their columns on the longer side are
 * made up. The largest entry of each column on the shorter side (v when m = n) is positive.
 *
 * WebGPU: float32 one-sided Jacobi, no read-back. One dispatch for the whole batch while a matrix and its V fit workgroup
 * memory, 4r(m + n) bytes and a little of 16 to 32 kB; beyond, a dispatch for every round of 16-column blocks. Elsewhere
 * float64, rounded at the end. A matrix with an entry that is not finite gives NaN throughout, as would one for which the
 * iteration failed.
 * @throws RangeError on a shape with a zero.
 */
export function svd(a: Tensor3D, options?: SvdOptions): BatchedSvd;
export function svd(a: Tensor2D, options?: SvdOptions): SingleSvd;
export function svd(a: Tensor3D | Tensor2D, { blocks = false }: SvdOptions = {}): BatchedSvd | SingleSvd {
	if (a.shape.includes(0)) throw new RangeError(`svd: nothing in a tensor of shape ${a.shape.join('×')}.`);
	const [u, s, v] = tidy(() => {
		const batch = a.rank === 3 ? (a as Tensor3D) : reshape<Rank.R3>(a, [1, a.shape[0], a.shape[1]]);
		const parts = runSvd(batch.dtype === 'float32' ? batch : cast(batch, 'float32'), blocks);
		return a.rank === 2 ? parts.map((part) => reshape(part, part.shape.slice(1))) : parts;
	});
	return { u, s, v } as BatchedSvd | SingleSvd;
}
