// LogWeightChange: what one step of annealing adds to the log-weight of every chain, summed as differences so that
// float32 loses little: partial + factor·Σᵢ driftᵢvᵢ + Σⱼ[ln(1+e^{s′(x′ⱼ+b′ⱼ)}) − ln(1+e^{s(xⱼ+bⱼ)})].
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { simdOf } from '../wasm/module';
import { softplusWgsl } from './freeEnergy';
import { register, run, type Kernel } from './kernel';
import { rowSums } from './rowSums';
import { sumSoftplus } from './sumSoftplus';

interface Attributes {
	readonly factor: number;
	readonly scaleOld: number;
	readonly scaleNew: number;
}

export const logWeightChangeKernel: Kernel<Attributes> = {
	name: 'LogWeightChange',
	output: ([x]) => ({ shape: [x.shape[0]], dtype: 'float32' }),
	host(out, inputs, _infos, { factor, scaleOld, scaleNew }) {
		const [xOld, xNew, visible, drift, biasOld, biasNew, partial] = inputs;
		const [N, M] = [drift.length, biasOld.length];
		for (let row = 0; row < out.length; row++) {
			let field = 0;
			for (let i = 0; i < N; i++) field += drift[i] * visible[row * N + i];
			const after = sumSoftplus(xNew, row * M, biasNew, 0, M, scaleNew);
			const before = sumSoftplus(xOld, row * M, biasOld, 0, M, scaleOld);
			out[row] = partial[row] + (factor * field + (after - before));
		}
	},
	wasm(out, inputs, { factor, scaleOld, scaleNew }, backend) {
		const simd = simdOf(backend);
		if (!simd) return false;
		const [xOld, xNew, visible, drift, biasOld, biasNew, partial] = inputs.map((t) => simd.pointer(t));
		const [rows, columns] = inputs[0].shape;
		const N = inputs[2].shape[1];
		const [before, after, field] = rowSums(simd, [
			{ x: xOld, row: biasOld, rows, columns, scale: scaleOld },
			{ x: xNew, row: biasNew, rows, columns, scale: scaleNew },
			{ x: visible, row: drift, rows, columns: N }
		]);
		const old = simd.float32(partial, rows);
		const values = simd.float32(simd.pointer(out), rows);
		for (let row = 0; row < rows; row++) {
			values[row] = old[row] + (factor * field[row] + (after[row] - before[row]));
		}
		return true;
	},
	shader([x, , visible], { factor, scaleOld, scaleNew }) {
		return {
			variables: ['XOld', 'XNew', 'Visible', 'Drift', 'BiasOld', 'BiasNew', 'Partial'],
			uniforms: [
				{ name: 'units', type: 'int32', value: visible.shape[1] },
				{ name: 'columns', type: 'int32', value: x.shape[1] },
				{ name: 'factor', type: 'float32', value: factor },
				{ name: 'scaleOld', type: 'float32', value: scaleOld },
				{ name: 'scaleNew', type: 'float32', value: scaleNew }
			],
			invocations: x.shape[0],
			key: 'LogWeightChange',
			prelude: softplusWgsl,
			body: `
				var field = 0.0;
				for (var i = 0; i < uniforms.units; i = i + 1) {
					field = field + Drift[i] * Visible[index * uniforms.units + i];
				}
				var total = uniforms.factor * field;
				for (var j = 0; j < uniforms.columns; j = j + 1) {
					let at = index * uniforms.columns + j;
					total = total + (softplus(uniforms.scaleNew * (XNew[at] + BiasNew[j]))
						- softplus(uniforms.scaleOld * (XOld[at] + BiasOld[j])));
				}
				result[index] = Partial[index] + total;`
		};
	}
};

export function registerLogWeightChange(): void {
	register(logWeightChangeKernel);
}

/** One side of a step: the fields x = v·W [C, M], the hidden bias [M] and the inverse temperature that scales them. */
export interface AnnealingSide {
	readonly x: Tensor2D;
	readonly bias: Tensor1D;
	readonly scale: number;
}

/**
 * `partial` [C] plus the change of ln f(v) between two neighbouring models, [C], at visible states [C, N]:
 * factor·Σ drift·v is the change of the visible field's part, drift [N].
 */
export function logWeightChange(
	from: AnnealingSide,
	to: AnnealingSide,
	visible: Tensor2D,
	drift: Tensor1D,
	factor: number,
	partial: Tensor1D
): Tensor1D {
	const inputs = {
		xOld: from.x,
		xNew: to.x,
		visible,
		drift,
		biasOld: from.bias,
		biasNew: to.bias,
		partial
	};
	const attributes = { factor, scaleOld: from.scale, scaleNew: to.scale };
	return run(logWeightChangeKernel, inputs, attributes) as Tensor1D;
}
