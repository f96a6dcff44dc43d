// Shared by the tests of the Langevin schemes: potentials of an oracle's RBM, its noise, and moments with error bars.
import type { Tensor2D } from '@tensorflow/tfjs-core';
import {
	entropicPotential,
	fittedPotential,
	gaussianPotential,
	smoothedPotential,
	type CouplingOptions,
	type EffectivePotential
} from '../../src/lib/engine/langevinPotential';
import { foldIn, type Key } from '../../src/lib/random/key';
import { fillRow, paddedLength } from '../../src/lib/random/philox';
import { normalsFromWords } from '../../src/lib/engine/kernels/gaussianNoise';
import type { Closure } from '../../src/lib/theory/closures/closure';
import { entropicClosure } from '../../src/lib/theory/closures/entropic';
import { exactCovariance } from '../../src/lib/theory/closures/exactCovariance';
import { fittedClosure } from '../../src/lib/theory/closures/fitted';
import { gaussianClosure } from '../../src/lib/theory/closures/gaussian';
import { smoothedClosure } from '../../src/lib/theory/closures/smoothed';
import { symEigen } from '../../src/lib/theory/linalg';
import type { Rbm } from '../../src/lib/theory/rbm';
import { couplingModes } from '../../src/lib/theory/reciprocal';

export function couplingOptions(rbm: Rbm, beta: number): CouplingOptions {
	const { N, M, visibleBias, hiddenBias } = rbm;
	const { u, v, singularValues } = couplingModes(rbm);
	return { N, M, u, v, singularValues, visibleBias, hiddenBias, beta };
}

export type Closed = EffectivePotential['closure'];
export const closed: readonly Closed[] = ['smoothed', 'gaussian', 'entropic', 'fitted'];

/** A closure on the device and in the oracle. */
export function bothOf(
	name: Closed,
	rbm: Rbm,
	beta: number,
	sigma2: number
): { potential: EffectivePotential; closure: Closure } {
	const options = couplingOptions(rbm, beta);
	if (name === 'smoothed')
		return { potential: smoothedPotential(options, sigma2), closure: smoothedClosure(rbm, beta, sigma2) };
	if (name === 'gaussian')
		return { potential: gaussianPotential(options), closure: gaussianClosure(rbm, beta) };
	if (name === 'entropic')
		return { potential: entropicPotential(options), closure: entropicClosure(rbm, beta) };
	const { mean, covariance } = exactCovariance(rbm, beta);
	const { values, vectors } = symEigen(mean.length, covariance);
	return {
		potential: fittedPotential({ beta, mean, vectors, variances: values }),
		closure: fittedClosure(rbm, beta, mean, covariance)
	};
}

/** Row `row` of the normals of a state's noise in step `counter`, float64. */
export function noiseRow(stateKey: Key, columns: number, row: number, counter: number): Float64Array {
	const words = new Uint32Array(paddedLength(columns));
	const normals = new Float64Array(words.length);
	fillRow(words, columns, row, foldIn(stateKey, 2), counter);
	normalsFromWords(normals, words, columns);
	return normals.subarray(0, columns);
}

/** Mean and variance of each column of rows [P, n] about that mean. */
export function columnMoments(rows: ArrayLike<number>, n: number): { mean: number; variance: number }[] {
	const P = rows.length / n;
	return Array.from({ length: n }, (_, column) => {
		let [sum, squares] = [0, 0];
		for (let row = 0; row < P; row++) sum += rows[row * n + column];
		const mean = sum / P;
		for (let row = 0; row < P; row++) squares += (rows[row * n + column] - mean) ** 2;
		return { mean, variance: squares / P };
	});
}

/** Values of a tensor that lives on. */
export async function peek(tensor: Tensor2D): Promise<Float32Array> {
	return (await tensor.data<'float32'>()).slice();
}
