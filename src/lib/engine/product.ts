// Matrix products, each backend's fast way: tfjs's wasm kernel is ten times slower with a transpose flag than after an
// explicit transpose; the others take the flag.
import { getBackend, matMul, tidy, transpose, type Tensor2D } from '@tensorflow/tfjs-core';

/** aᵀb: a [k, n], b [k, m] → [n, m]. */
export function productTransposedLeft(a: Tensor2D, b: Tensor2D): Tensor2D {
	if (getBackend() !== 'wasm') return matMul(a, b, true, false);
	return tidy(() => matMul(transpose(a), b) as Tensor2D);
}

/** Wᵀ in the form that `productWithTransposed` wants: made once for several products; dispose it if it is not `w`. */
export function prepareTransposed(w: Tensor2D): Tensor2D {
	return getBackend() === 'wasm' ? transpose(w) : w;
}

/** a·wᵀ with `prepared` = prepareTransposed(w). */
export function productWithTransposed(a: Tensor2D, prepared: Tensor2D): Tensor2D {
	return getBackend() === 'wasm' ? matMul(a, prepared) : matMul(a, prepared, false, true);
}
