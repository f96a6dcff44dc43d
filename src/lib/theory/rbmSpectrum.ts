// RBMs with chosen singular values and random singular vectors: the machines of the story, of the presets and of the
// study of relaxation times.
import { svd } from './linalg.ts';
import { balanced, makeRbm, type Rbm } from './rbm.ts';

/**
 * W = UΣVᵀ with the singular values `lambdas` (zero beyond the list, the list cut at min(N,M)), U and V the singular
 * vectors of the N×M matrix `normals`: Haar-distributed frames when its entries are independent standard normals. Biases
 * are zero; `balanced` or `makeRbm` gives it others.
 * @param normals N·M numbers, row by row
 * @throws RangeError when `normals` has another length
 */
export function rbmFromSpectrum(
	N: number,
	M: number,
	lambdas: ArrayLike<number>,
	normals: ArrayLike<number>
): Rbm {
	if (normals.length !== N * M) throw new RangeError(`normals: ${N * M} numbers, not ${normals.length}.`);
	const frame = svd(N, M, Float64Array.from(normals));
	const weights = new Float64Array(N * M);
	for (let k = 0; k < Math.min(N, M, lambdas.length); k++)
		for (let i = 0; i < N; i++)
			for (let j = 0; j < M; j++) weights[i * M + j] += frame.u[i * N + k] * lambdas[k] * frame.v[j * M + k];
	return makeRbm({ N, M, weights, visibleBias: new Float64Array(N), hiddenBias: new Float64Array(M) });
}

/** The same, with balanced biases: m = ½ is the symmetric point (theory §6). */
export function balancedFromSpectrum(
	N: number,
	M: number,
	lambdas: ArrayLike<number>,
	normals: ArrayLike<number>
): Rbm {
	return balanced(rbmFromSpectrum(N, M, lambdas, normals));
}
