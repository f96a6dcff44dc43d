// UnitProbabilities: sigmoid(β(x + bias)) in one dispatch.
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { simdOf } from '../wasm/module';
import { rowWork } from './draw';
import { register, run, type Kernel } from './kernel';

interface Attributes {
	readonly beta: number;
}

export const unitProbabilitiesKernel: Kernel<Attributes> = {
	name: 'UnitProbabilities',
	output: ([x]) => ({ shape: x.shape, dtype: 'float32' }),
	host(out, [x, bias], _infos, { beta }) {
		const columns = bias.length;
		for (let at = 0; at < out.length;) {
			for (let j = 0; j < columns; j++, at++) out[at] = 1 / (1 + Math.exp(-beta * (x[at] + bias[j])));
		}
	},
	wasm(out, [x, bias], { beta }, backend) {
		const simd = simdOf(backend);
		if (!simd) return false;
		const [rows, columns] = x.shape;
		const numbers = [simd.pointer(x), simd.pointer(bias), simd.pointer(out), columns, beta];
		simd.share('unitProbabilities', numbers, rowWork(simd, rows, columns));
		return true;
	},
	shader([x, bias], { beta }) {
		return {
			variables: ['X', 'Bias'],
			uniforms: [
				{ name: 'columns', type: 'int32', value: bias.shape[0] },
				{ name: 'beta', type: 'float32', value: beta }
			],
			invocations: x.shape.reduce((product, n) => product * n, 1),
			key: 'UnitProbabilities',
			body: `
				let t = uniforms.beta * (X[index] + Bias[index % uniforms.columns]);
				result[index] = 1.0 / (1.0 + exp(clamp(-t, -80.0, 80.0)));`
		};
	}
};

export function registerUnitProbabilities(): void {
	register(unitProbabilitiesKernel);
}

/** P(s=1) of a layer: sigmoid(β(x + bias)), x [.., n], bias [n]. */
export function unitProbabilities(x: Tensor2D, bias: Tensor1D, beta: number): Tensor2D {
	return run(unitProbabilitiesKernel, { x, bias }, { beta }) as Tensor2D;
}
