// ExchangeRecord: the book-keeping of exchanges, kept on the device so that no step reads anything back. int32
// [2, R, C]: page 0 travels with the configurations (which end of the ladder each saw last, and its round trips),
// page 1 stays with the rungs (how many exchanges with the next rung were accepted).
import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import { partnerOf, partnerWgsl } from './exchangePartner';
import { register, run, type Kernel } from './kernel';

interface Attributes {
	readonly parity: number;
}

/** Low two bits of a walker's entry: the end of the ladder it saw last. */
export const FROM_FIRST = 1;
export const FROM_LAST = 2;
/** One round trip, first → last → first, in a walker's entry. */
export const ROUND_TRIP = 4;

function arrive(walker: number, rung: number, rungs: number): number {
	const seen = walker & 3;
	if (rung === 0) return walker - seen + FROM_FIRST + (seen === FROM_LAST ? ROUND_TRIP : 0);
	if (rung === rungs - 1 && seen === FROM_FIRST) return walker - seen + FROM_LAST;
	return walker;
}

export const exchangeRecordKernel: Kernel<Attributes> = {
	name: 'ExchangeRecord',
	output: (inputs) => ({ shape: inputs[1].shape, dtype: 'int32' }),
	host(out, [taken, record], infos, { parity }) {
		const [, rungs, chains] = infos[1].shape;
		const page = rungs * chains;
		for (let rung = 0, row = 0; rung < rungs; rung++) {
			const partner = partnerOf(rung, rungs, parity);
			for (let chain = 0; chain < chains; chain++, row++) {
				const from = taken[row] ? partner * chains + chain : row;
				out[row] = arrive(record[from], rung, rungs);
				out[page + row] = record[page + row] + (partner > rung ? taken[row] : 0);
			}
		}
	},
	shader(inputs, { parity }) {
		const [, rungs, chains] = inputs[1].shape;
		return {
			variables: ['Taken', 'Record'],
			uniforms: [
				{ name: 'rungs', type: 'int32', value: rungs },
				{ name: 'chains', type: 'int32', value: chains },
				{ name: 'parity', type: 'int32', value: parity }
			],
			invocations: rungs * chains,
			key: 'ExchangeRecord',
			prelude: `${partnerWgsl}
				fn arrive(walker : i32, rung : i32, rungs : i32) -> i32 {
					let seen = walker & 3;
					let trip = select(0, ${ROUND_TRIP}, seen == ${FROM_LAST});
					let turned = rung == rungs - 1 && seen == ${FROM_FIRST};
					let elsewhere = select(walker, walker - seen + ${FROM_LAST}, turned);
					return select(elsewhere, walker - seen + ${FROM_FIRST} + trip, rung == 0);
				}`,
			body: `
				let rung = index / uniforms.chains;
				let partner = partnerOf(rung, uniforms.rungs, uniforms.parity);
				let page = uniforms.rungs * uniforms.chains;
				let source = index + Taken[index] * (partner - rung) * uniforms.chains;
				result[index] = arrive(Record[source], rung, uniforms.rungs);
				result[page + index] = Record[page + index] + select(0, Taken[index], partner > rung);`
		};
	}
};

export function registerExchangeRecord(): void {
	register(exchangeRecordKernel);
}

/** The record after a round whose decisions are `taken` (int32 [R, C]). */
export function exchangeRecord(taken: Tensor2D, record: Tensor3D, parity: number): Tensor3D {
	return run(exchangeRecordKernel, { taken, record }, { parity }) as Tensor3D;
}
