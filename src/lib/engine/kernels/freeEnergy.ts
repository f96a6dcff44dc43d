// LogHidden: Σⱼ ln(1+e^{β(xⱼ+bⱼ)})/β of every row, the hidden layer's part of −F(v), from x = Wᵀv.
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { simdOf } from '../wasm/module';
import { register, run, type Kernel } from './kernel';
import { rowSums } from './rowSums';

interface Attributes {
	readonly beta: number;
}

/** ln(1+eᵗ) without overflow. */
export function softplus(t: number): number {
	return Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t)));
}

/** The same in WGSL; log(1+x) loses what is below 6e-8, which float32 sums could not hold either. */
export const softplusWgsl = `
fn softplus(t : f32) -> f32 { return max(t, 0.0) + log(1.0 + exp(-min(abs(t), 80.0))); }
`;

export const logHiddenKernel: Kernel<Attributes> = {
	name: 'LogHidden',
	output: ([x]) => ({ shape: [x.shape[0]], dtype: 'float32' }),
	host(out, [x, bias], _infos, { beta }) {
		const columns = bias.length;
		for (let row = 0; row < out.length; row++) {
			let total = 0;
			for (let j = 0; j < columns; j++) total += softplus(beta * (x[row * columns + j] + bias[j]));
			out[row] = total / beta;
		}
	},
	wasm(out, [x, bias], { beta }, backend) {
		const simd = simdOf(backend);
		if (!simd) return false;
		const [rows, columns] = x.shape;
		const job = { x: simd.pointer(x), row: simd.pointer(bias), rows, columns, scale: beta };
		const [sums] = rowSums(simd, [job]);
		simd.float32(simd.pointer(out), rows).set(sums.map((sum) => sum / beta));
		return true;
	},
	shader([x, bias], { beta }) {
		return {
			variables: ['X', 'Bias'],
			uniforms: [
				{ name: 'columns', type: 'int32', value: bias.shape[0] },
				{ name: 'beta', type: 'float32', value: beta }
			],
			invocations: x.shape[0],
			key: 'LogHidden',
			prelude: softplusWgsl,
			body: `
				var total = 0.0;
				for (var j = 0; j < uniforms.columns; j = j + 1) {
					total = total + softplus(uniforms.beta * (X[index * uniforms.columns + j] + Bias[j]));
				}
				result[index] = total / uniforms.beta;`
		};
	}
};

export function registerLogHidden(): void {
	register(logHiddenKernel);
}

/** Σⱼ ln(1+e^{β(xⱼ+biasⱼ)})/β, x [B, M] → [B]. */
export function logHidden(x: Tensor2D, bias: Tensor1D, beta: number): Tensor1D {
	return run(logHiddenKernel, { x, bias }, { beta }) as Tensor1D;
}
