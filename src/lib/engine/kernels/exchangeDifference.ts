// ExchangeDifference: for every rung and chain, how much likelier (in nats) the rung's model finds the configuration of
// its partner rung than its own: D_r = ln f_r(v_partner) − ln f_r(v_r), with the hidden layer summed out,
// ln f_r(v) = β_r a_r·v + Σⱼ ln(1+e^{β_r(x_rⱼ+b_rⱼ)}). The exchange of rungs r and s is accepted with
// min(1, e^{D_r+D_s}). Summed as differences, so that float32 loses little.
import type { Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import { simdOf } from '../wasm/module';
import { softplusWgsl } from './freeEnergy';
import { register, run, type Kernel } from './kernel';
import { partnerOf, partnerWgsl } from './exchangePartner';
import { rowSums } from './rowSums';
import { sumSoftplus } from './sumSoftplus';

interface Attributes {
	readonly parity: number;
	/** xCross is x itself, to be read at the partner's rows */
	readonly shared: boolean;
}

export const exchangeDifferenceKernel: Kernel<Attributes> = {
	name: 'ExchangeDifference',
	output: ([x]) => ({ shape: [x.shape[0], x.shape[1]], dtype: 'float32' }),
	host(out, inputs, [{ shape }, , visibleInfo], { parity, shared }) {
		const [x, xCross, visible, visibleBias, hiddenBias, betas] = inputs;
		const [rungs, chains, M] = shape;
		const N = visibleInfo.shape[2];
		out.fill(0);
		const strideA = visibleBias.length > N ? N : 0;
		const strideB = hiddenBias.length > M ? M : 0;
		for (let rung = 0; rung < rungs; rung++) {
			const partner = partnerOf(rung, rungs, parity);
			if (partner === rung) continue;
			const beta = betas[rung];
			for (let chain = 0; chain < chains; chain++) {
				const own = rung * chains + chain;
				const theirs = partner * chains + chain;
				const cross = (shared ? theirs : own) * M;
				let field = 0;
				for (let i = 0; i < N; i++) {
					field += visibleBias[rung * strideA + i] * (visible[theirs * N + i] - visible[own * N + i]);
				}
				const after = sumSoftplus(xCross, cross, hiddenBias, rung * strideB, M, beta);
				const before = sumSoftplus(x, own * M, hiddenBias, rung * strideB, M, beta);
				out[own] = beta * field + (after - before);
			}
		}
	},
	wasm(out, inputs, { parity, shared }, backend) {
		const simd = simdOf(backend);
		if (!simd) return false;
		const [rungs, chains, M] = inputs[0].shape;
		const N = inputs[2].shape[2];
		const [x, xCross, visible, visibleBias, hiddenBias, betas] = inputs.map((t) => simd.pointer(t));
		const strideA = inputs[3].shape[0] > 1 ? N : 0;
		const strideB = inputs[4].shape[0] > 1 ? M : 0;
		for (let rung = 0; rung < rungs; rung++) {
			const partner = partnerOf(rung, rungs, parity);
			const place = simd.pointer(out) + 4 * rung * chains;
			if (partner === rung) {
				simd.float32(place, chains).fill(0);
				continue;
			}
			const scale = simd.float32(betas, rungs)[rung];
			const at = (start: number, of: number, width: number) => start + 4 * of * chains * width;
			const layer = { row: hiddenBias + 4 * rung * strideB, rows: chains, columns: M, scale };
			const field = { row: visibleBias + 4 * rung * strideA, rows: chains, columns: N };
			const [before, after, here, there] = rowSums(simd, [
				{ ...layer, x: at(x, rung, M) },
				{ ...layer, x: at(xCross, shared ? partner : rung, M) },
				{ ...field, x: at(visible, rung, N) },
				{ ...field, x: at(visible, partner, N) }
			]);
			const values = simd.float32(place, chains);
			for (let chain = 0; chain < chains; chain++) {
				values[chain] = scale * (there[chain] - here[chain]) + (after[chain] - before[chain]);
			}
		}
		return true;
	},
	shader([x, , visible, visibleBias, hiddenBias], { parity, shared }) {
		const [rungs, chains, M] = x.shape;
		const N = visible.shape[2];
		return {
			variables: ['X', 'XCross', 'Visible', 'VisibleBias', 'HiddenBias', 'Betas'],
			uniforms: [
				{ name: 'rungs', type: 'int32', value: rungs },
				{ name: 'chains', type: 'int32', value: chains },
				{ name: 'units', type: 'int32', value: N },
				{ name: 'columns', type: 'int32', value: M },
				{ name: 'strideA', type: 'int32', value: visibleBias.shape[0] > 1 ? N : 0 },
				{ name: 'strideB', type: 'int32', value: hiddenBias.shape[0] > 1 ? M : 0 },
				{ name: 'parity', type: 'int32', value: parity },
				{ name: 'crossAtPartner', type: 'int32', value: shared ? 1 : 0 }
			],
			invocations: rungs * chains,
			key: 'ExchangeDifference',
			prelude: softplusWgsl + partnerWgsl,
			body: `
				let rung = index / uniforms.chains;
				let chain = index - rung * uniforms.chains;
				let partner = partnerOf(rung, uniforms.rungs, uniforms.parity);
				let theirs = partner * uniforms.chains + chain;
				let cross = select(index, theirs, uniforms.crossAtPartner == 1) * uniforms.columns;
				var field = 0.0;
				for (var i = 0; i < uniforms.units; i = i + 1) {
					field = field + VisibleBias[rung * uniforms.strideA + i]
						* (Visible[theirs * uniforms.units + i] - Visible[index * uniforms.units + i]);
				}
				let beta = Betas[rung];
				var total = beta * field;
				for (var j = 0; j < uniforms.columns; j = j + 1) {
					let b = HiddenBias[rung * uniforms.strideB + j];
					total = total + (softplus(beta * (XCross[cross + j] + b))
						- softplus(beta * (X[index * uniforms.columns + j] + b)));
				}
				result[index] = select(total, 0.0, partner == rung);`
		};
	}
};

export function registerExchangeDifference(): void {
	register(exchangeDifferenceKernel);
}

/** The models of the rungs: biases [R, n], or [1, n] for all; inverse temperatures [R]. */
export interface ExchangeModels {
	readonly visibleBias: Tensor2D;
	readonly hiddenBias: Tensor2D;
	readonly betas: Tensor1D;
}

/**
 * D_r of every rung and chain, [R, C], nats; 0 for a rung without a partner at this parity.
 * @param x v·W of every rung in its own model, [R, C, M]
 * @param xCross the partner's v in the own model's W, [R, C, M]; null when all rungs share W (x serves at its rows)
 * @param visible [R, C, N]
 */
export function exchangeDifference(
	x: Tensor3D,
	xCross: Tensor3D | null,
	visible: Tensor3D,
	models: ExchangeModels,
	parity: number
): Tensor2D {
	const { visibleBias, hiddenBias, betas } = models;
	const inputs = { x, xCross: xCross ?? x, visible, visibleBias, hiddenBias, betas };
	return run(exchangeDifferenceKernel, inputs, { parity, shared: xCross === null }) as Tensor2D;
}
