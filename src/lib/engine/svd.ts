// Thin singular value decompositions of a batch of matrices, on the current backend: spectra over recorded steps,
// ensembles of replicas, sweeps over parameters.
import {
	getBackend,
	reshape,
	slice,
	tidy,
	type Tensor,
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

/**
 * Decomposes a batch [count, m, n]. On WebGPU in float32 by one-sided Jacobi, one workgroup a matrix and one dispatch:
 * singular values within 1e-5·σ_max, vectors orthogonal to 1e-5, also where the rank is less than r. Elsewhere in
 * float64, rounded. Signs of the vectors are arbitrary.
 * `forceStorage`: a test's way to have small matrices computed as large ones are.
 */
export function svd(a: Tensor3D, forceStorage = false): BatchedSvd {
	const [count, m, n] = a.shape;
	const r = Math.min(m, n);
	const [u, s, v] = tidy((): Tensor[] => {
		const raw = runSvd(a, forceStorage);
		const size = (m + n + 1) * r;
		// The shader's result is one row of numbers a matrix, a workspace behind it; and always of the tall matrix.
		const flat = reshape(raw, [count, -1]) as Tensor2D;
		const packed = reshape(slice(flat, [0, 0], [count, size]), [count, m + n + 1, r]) as Tensor3D;
		const turned = getBackend() === 'webgpu' && m < n;
		const tall = turned ? n : m;
		const first = slice(packed, [0, 0, 0], [count, tall, r]);
		const second = slice(packed, [0, tall, 0], [count, m + n - tall, r]);
		const values = reshape(slice(packed, [0, m + n, 0], [count, 1, r]), [count, r]);
		return turned ? [second, values, first] : [first, values, second];
	});
	return { u: u as Tensor3D, s: s as Tensor2D, v: v as Tensor3D };
}
