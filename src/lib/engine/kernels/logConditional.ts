// LogConditional: ln P(vᵢ | all other visible units) of every row at given units, with the hidden layer summed out:
// the terms of the pseudo-likelihood. One invocation a row and unit, O(M) each.
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Model } from '../model';
import { aligned, simdOf } from '../wasm/module';
import { softplus, softplusWgsl } from './freeEnergy';
import { register, run, type Kernel } from './kernel';

interface Attributes {
	readonly beta: number;
}

export const logConditionalKernel: Kernel<Attributes> = {
	name: 'LogConditional',
	output: ([, , , , , units]) => ({ shape: units.shape, dtype: 'float32' }),
	host(out, [x, weights, visible, visibleBias, hiddenBias, units], infos, { beta }) {
		const M = hiddenBias.length;
		const N = visibleBias.length;
		const [rows, count] = infos[5].shape;
		const now = new Float64Array(M);
		for (let row = 0; row < rows; row++) {
			for (let j = 0; j < M; j++) now[j] = softplus(beta * (x[row * M + j] + hiddenBias[j]));
			for (let c = 0; c < count; c++) {
				const unit = units[row * count + c];
				const flip = 1 - 2 * visible[row * N + unit];
				// −β(F(flipped) − F(v))
				let gain = beta * visibleBias[unit] * flip;
				for (let j = 0; j < M; j++) {
					gain += softplus(beta * (x[row * M + j] + hiddenBias[j] + flip * weights[unit * M + j])) - now[j];
				}
				out[row * count + c] = -softplus(gain);
			}
		}
	},
	wasm(out, inputs, { beta }, backend) {
		const simd = simdOf(backend);
		if (!simd) return false;
		const [x, , visible, , , units] = inputs;
		const [M, N] = [x.shape[1], visible.shape[1]];
		const [rows, count] = units.shape;
		const scratchBytes = aligned(simd.exports.softplusScratch());
		const scratch = simd.scratch(scratchBytes * simd.threads);
		// four nanoseconds a term, roughly
		const work = { count: rows, grain: 1, scratch, scratchBytes, cost: 4 * rows * (count + 1) * M };
		const numbers = [...inputs, out].map((tensor) => simd.pointer(tensor));
		simd.share('logConditional', [...numbers, M, N, count, beta], work);
		return true;
	},
	shader([x, weights, , , , units], { beta }) {
		return {
			variables: ['X', 'Weights', 'Visible', 'VisibleBias', 'HiddenBias', 'Units'],
			uniforms: [
				{ name: 'hidden', type: 'int32', value: x.shape[1] },
				{ name: 'visibles', type: 'int32', value: weights.shape[0] },
				{ name: 'count', type: 'int32', value: units.shape[1] },
				{ name: 'beta', type: 'float32', value: beta }
			],
			invocations: units.shape[0] * units.shape[1],
			key: 'LogConditional',
			prelude: softplusWgsl,
			body: `
				let row = index / uniforms.count;
				let unit = Units[index];
				let flip = 1.0 - 2.0 * Visible[row * uniforms.visibles + unit];
				var gain = uniforms.beta * VisibleBias[unit] * flip;
				for (var j = 0; j < uniforms.hidden; j = j + 1) {
					let now = X[row * uniforms.hidden + j] + HiddenBias[j];
					let then = now + flip * Weights[unit * uniforms.hidden + j];
					gain = gain + softplus(uniforms.beta * then) - softplus(uniforms.beta * now);
				}
				result[index] = -softplus(gain);`
		};
	}
};

export function registerLogConditional(): void {
	register(logConditionalKernel);
}

/** ln P(vᵢ|rest) at units i = units[row, c] (int32 [B, C]); x = visible·W [B, M] → [B, C]. */
export function logConditional(
	x: Tensor2D,
	model: Model,
	visible: Tensor2D,
	units: Tensor2D,
	beta: number
): Tensor2D {
	const inputs: Record<string, Tensor1D | Tensor2D> = {
		x,
		weights: model.weights,
		visible,
		visibleBias: model.visibleBias,
		hiddenBias: model.hiddenBias,
		units
	};
	return run(logConditionalKernel, inputs, { beta }) as Tensor2D;
}
