// ReplicaProbabilities: sigmoid(β_r(x + bias_r)) for a batch of RBMs, in one dispatch.
import type { Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import { register, run, type Kernel } from './kernel';

export const replicaProbabilitiesKernel: Kernel<Record<string, never>> = {
	name: 'ReplicaProbabilities',
	output: ([x]) => ({ shape: x.shape, dtype: 'float32' }),
	host(out, [x, bias, betas], [{ shape }]) {
		const [replicas, rows, columns] = shape;
		const biasStride = bias.length > columns ? columns : 0;
		for (let replica = 0, at = 0; replica < replicas; replica++) {
			const first = replica * biasStride;
			for (let row = 0; row < rows; row++) {
				for (let j = 0; j < columns; j++, at++) {
					out[at] = 1 / (1 + Math.exp(-betas[replica] * (x[at] + bias[first + j])));
				}
			}
		}
	},
	shader([x, bias]) {
		const [replicas, rows, columns] = x.shape;
		return {
			variables: ['X', 'Bias', 'Betas'],
			uniforms: [
				{ name: 'rows', type: 'int32', value: rows },
				{ name: 'columns', type: 'int32', value: columns },
				{ name: 'biasStride', type: 'int32', value: bias.shape[0] > 1 ? columns : 0 }
			],
			invocations: replicas * rows * columns,
			key: 'ReplicaProbabilities',
			body: `
				let line = index / uniforms.columns;
				let replica = line / uniforms.rows;
				let j = index - line * uniforms.columns;
				let t = Betas[replica] * (X[index] + Bias[replica * uniforms.biasStride + j]);
				result[index] = 1.0 / (1.0 + exp(clamp(-t, -80.0, 80.0)));`
		};
	}
};

export function registerReplicaProbabilities(): void {
	register(replicaProbabilitiesKernel);
}

/** P(s=1) of a layer of R replicas: sigmoid(β_r(x + bias_r)), x [R, C, n], bias [R, n] or [1, n], betas [R]. */
export function replicaProbabilities(x: Tensor3D, bias: Tensor2D, betas: Tensor1D): Tensor3D {
	return run(replicaProbabilitiesKernel, { x, bias, betas }, {}) as Tensor3D;
}
