// ExchangeRows: the configurations after an exchange: rows whose pair decided to exchange come from the partner rung
// (or from rows prepared for that case), all others stay.
import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import { partnerOf, partnerWgsl } from './exchangePartner';
import { register, run, type Kernel } from './kernel';

interface Attributes {
	readonly parity: number;
	/** `cross` is `own` itself, to be read at the partner's rows */
	readonly shared: boolean;
}

export const exchangeRowsKernel: Kernel<Attributes> = {
	name: 'ExchangeRows',
	output: (inputs) => ({ shape: inputs[1].shape, dtype: 'float32' }),
	host(out, [taken, own, cross], infos, { parity, shared }) {
		const [rungs, chains, columns] = infos[1].shape;
		for (let rung = 0, row = 0; rung < rungs; rung++) {
			const partner = partnerOf(rung, rungs, parity);
			for (let chain = 0; chain < chains; chain++, row++) {
				const source = taken[row] ? cross : own;
				const from = taken[row] && shared ? partner * chains + chain : row;
				for (let j = 0; j < columns; j++) out[row * columns + j] = source[from * columns + j];
			}
		}
	},
	shader(inputs, { parity, shared }) {
		const [rungs, chains, columns] = inputs[1].shape;
		return {
			variables: ['Taken', 'Own', 'Cross'],
			uniforms: [
				{ name: 'rungs', type: 'int32', value: rungs },
				{ name: 'chains', type: 'int32', value: chains },
				{ name: 'columns', type: 'int32', value: columns },
				{ name: 'parity', type: 'int32', value: parity },
				{ name: 'crossAtPartner', type: 'int32', value: shared ? 1 : 0 }
			],
			invocations: rungs * chains * columns,
			key: 'ExchangeRows',
			prelude: partnerWgsl,
			body: `
				let row = index / uniforms.columns;
				let j = index - row * uniforms.columns;
				let rung = row / uniforms.chains;
				let partner = partnerOf(rung, uniforms.rungs, uniforms.parity);
				let theirs = row + (partner - rung) * uniforms.chains;
				let cross = select(row, theirs, uniforms.crossAtPartner == 1) * uniforms.columns + j;
				result[index] = select(Own[index], Cross[cross], Taken[row] == 1);`
		};
	}
};

export function registerExchangeRows(): void {
	register(exchangeRowsKernel);
}

/**
 * own [R, C, n] with the rows that were taken (int32 [R, C]) replaced: by the same rows of `cross` [R, C, n], or, where
 * that is null, by the partner rung's rows of `own`.
 */
export function exchangeRows(
	taken: Tensor2D,
	own: Tensor3D,
	cross: Tensor3D | null,
	parity: number
): Tensor3D {
	const inputs = { taken, own, cross: cross ?? own };
	return run(exchangeRowsKernel, inputs, { parity, shared: cross === null }) as Tensor3D;
}
