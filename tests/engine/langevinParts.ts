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
import { normals } from '../../src/lib/random/draw';
import { foldIn, keyFromSeed, type Key } from '../../src/lib/random/key';
import { fillRow, paddedLength } from '../../src/lib/random/philox';
import { normalsFromWords } from '../../src/lib/engine/kernels/gaussianNoise';
import type { Closure } from '../../src/lib/theory/closures/closure';
import { entropicClosure } from '../../src/lib/theory/closures/entropic';
import { exactCovariance } from '../../src/lib/theory/closures/exactCovariance';
import { fittedClosure } from '../../src/lib/theory/closures/fitted';
import { gaussianClosure } from '../../src/lib/theory/closures/gaussian';
import { smoothedClosure } from '../../src/lib/theory/closures/smoothed';
import { jointDistribution } from '../../src/lib/theory/enumerateStates';
import { drawGivenState, makeLift } from '../../src/lib/theory/lift';
import { symEigen } from '../../src/lib/theory/linalg';
import type { Rbm } from '../../src/lib/theory/rbm';
import { couplingModes } from '../../src/lib/theory/reciprocal';
import { drawStates } from './exactLaws';

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

/** `count` independent draws of z from the exact lift of the RBM's law; [count, N+M]. For N+M ≤ some 14. */
export function exactLift(rbm: Rbm, beta: number, sigma2: number, count: number, seed: number): Float32Array {
	const K = rbm.N + rbm.M;
	const lift = makeLift(rbm, beta, sigma2);
	const rows = drawStates(jointDistribution(rbm, beta), count, seed);
	const noise = normals(count * K, foldIn(keyFromSeed(seed), 9));
	const z = new Float32Array(count * K);
	for (let p = 0; p < count; p++) {
		const s = Float64Array.from(rows.subarray(p * K, (p + 1) * K));
		z.set(drawGivenState(lift, s, noise.subarray(p * K, (p + 1) * K)), p * K);
	}
	return z;
}

/**
 * Exact variances of the lift along the columns q of J's modes, stiff then soft: z is s pushed off by B = 1 − βσ²J, plus
 * noise of covariance σ²B, so that Var = b²·qᵀCov(s)q + σ²b.
 */
export function liftedVariances(
	rbm: Rbm,
	beta: number,
	sigma2: number,
	vectors: ArrayLike<number>,
	columns: number
): Float64Array {
	const K = rbm.N + rbm.M;
	const { covariance } = exactCovariance(rbm, beta);
	const lambda = Array.from(couplingModes(rbm).singularValues);
	return Float64Array.from([...lambda, ...lambda.map((l) => -l)], (j, mode) => {
		let own = 0;
		for (let k = 0; k < K; k++)
			for (let l = 0; l < K; l++)
				own += vectors[k * columns + mode] * covariance[k * K + l] * vectors[l * columns + mode];
		const b = 1 - beta * sigma2 * j;
		return b * b * own + sigma2 * b;
	});
}
