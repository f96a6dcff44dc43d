// PageOf: one replica's part of a tensor whose first axis counts replicas. tfjs's own slice on wasm copies the whole
// tensor out of the heap first.
import { reshape, type Tensor } from '@tensorflow/tfjs-core';
import { register, run, type Kernel } from './kernel';

interface Attributes {
	readonly page: number;
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

export const pageOfKernel: Kernel<Attributes> = {
	name: 'PageOf',
	output: ([x]) => ({ shape: x.shape.slice(1), dtype: 'float32' }),
	host(out, [x], _infos, { page }) {
		out.set(x.subarray(page * out.length, (page + 1) * out.length));
	},
	shader([x], { page }) {
		const size = sizeOf(x.shape.slice(1));
		return {
			variables: ['X'],
			uniforms: [{ name: 'start', type: 'int32', value: page * size }],
			invocations: size,
			key: 'PageOf',
			body: 'result[index] = X[uniforms.start + index];'
		};
	}
};

export function registerPageOf(): void {
	register(pageOfKernel);
}

/** A copy of x[r], where x [R, …] is float32; a view of x[0] where there is only that (all replicas share it). */
export function pageOf(x: Tensor, r: number): Tensor {
	return x.shape[0] === 1 ? reshape(x, x.shape.slice(1)) : run(pageOfKernel, { x }, { page: r });
}
