// Shared by the engine's tests: the backends, random inputs, and comparing tensors with numbers.
import { memory, type Tensor } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { assertBackend, currentBackend, useBackend, type BackendName } from '../../src/lib/engine/backend';
import { normals, uniforms } from '../../src/lib/random/draw';
import { foldIn, keyFromSeed } from '../../src/lib/random/key';
import { makeRbm, type Rbm } from '../../src/lib/theory/rbm';

export const backends: readonly BackendName[] = ['cpu', 'wasm', 'webgpu'];

/** Makes a backend current, the software WebGPU adapter included. */
export async function use(name: BackendName): Promise<void> {
	if (currentBackend()?.name !== name) await useBackend(name, { allowSoftware: true });
}

/** Values of a tensor, which is disposed. */
export async function take(tensor: Tensor): Promise<Float32Array | Int32Array> {
	const values = (await tensor.data()).slice() as Float32Array | Int32Array;
	tensor.dispose();
	assertBackend();
	return values;
}

/** Largest |a−b|/(absolute + relative·|b|): below 1 when all agree. */
export function misfit(
	a: ArrayLike<number>,
	b: ArrayLike<number>,
	absolute: number,
	relative = absolute
): number {
	expect(a.length).toBe(b.length);
	let worst = 0;
	for (let i = 0; i < a.length; i++) {
		const ratio = Math.abs(a[i] - b[i]) / (absolute + relative * Math.abs(b[i]));
		worst = Number.isNaN(ratio) ? Infinity : Math.max(worst, ratio);
	}
	return worst;
}

export const gaussians = (count: number, seed: number, scale = 1): Float32Array =>
	Float32Array.from(normals(count, keyFromSeed(seed)), (x) => scale * x);

export const coins = (count: number, seed: number): Float32Array =>
	Float32Array.from(uniforms(count, keyFromSeed(seed)), (u) => (u < 0.5 ? 1 : 0));

/** Runs `work` and expects it to leave no tensor behind. */
export async function withoutLeak(work: () => Promise<void> | void): Promise<void> {
	const before = memory().numTensors;
	await work();
	expect(memory().numTensors).toBe(before);
}

/** A random RBM, its entries rounded to float32 so that the oracle and the engine mean the same model. */
export function randomRbm(N: number, M: number, seed: number, scale = 1, biasScale = scale): Rbm {
	const key = keyFromSeed(seed);
	const draw = (count: number, label: number, s: number) =>
		Float32Array.from(normals(count, foldIn(key, label)), (x) => s * x);
	return makeRbm({
		N,
		M,
		weights: draw(N * M, 1, scale),
		visibleBias: draw(N, 2, biasScale),
		hiddenBias: draw(M, 3, biasScale)
	});
}

/** An oracle's RBM in the engine's float32 arrays. */
export const arraysOf = (rbm: Rbm) => ({
	N: rbm.N,
	M: rbm.M,
	weights: Float32Array.from(rbm.weights),
	visibleBias: Float32Array.from(rbm.visibleBias),
	hiddenBias: Float32Array.from(rbm.hiddenBias)
});

/** Shapes that hit every edge: one element, odd sizes, whole and broken workgroups of 64 and blocks of 4. */
export const shapes: ReadonlyArray<readonly [number, number]> = [
	[1, 1],
	[1, 5],
	[7, 1],
	[3, 4],
	[13, 17],
	[64, 64],
	[33, 130],
	[2, 259]
];
