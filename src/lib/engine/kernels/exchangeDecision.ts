// ExchangeDecision: which pairs of rungs exchange their configurations, drawn on the device: u < e^{D_r + D_s} with one
// uniform number a pair and chain, so that both rungs of a pair come to the same decision.
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { fillRow, paddedLength, uniformOf } from '$lib/random/philox';
import { drawUniforms, drawWgsl, type Draw } from './draw';
import { partnerOf, partnerWgsl } from './exchangePartner';
import { register, run, type Kernel } from './kernel';

interface Attributes extends Draw {
	readonly parity: number;
}

export const exchangeDecisionKernel: Kernel<Attributes> = {
	name: 'ExchangeDecision',
	output: ([difference]) => ({ shape: difference.shape, dtype: 'int32' }),
	host(out, [difference], [{ shape }], { parity, key, counter }) {
		const [rungs, chains] = shape;
		out.fill(0);
		const words = new Uint32Array(paddedLength(chains));
		for (let rung = 0; rung < rungs; rung++) {
			const partner = partnerOf(rung, rungs, parity);
			if (partner <= rung) continue;
			fillRow(words, chains, rung, key, counter);
			for (let chain = 0; chain < chains; chain++) {
				const own = rung * chains + chain;
				const theirs = partner * chains + chain;
				const gain = Math.min(0, difference[own] + difference[theirs]);
				const taken = uniformOf(words[chain]) < Math.exp(gain) ? 1 : 0;
				out[own] = taken;
				out[theirs] = taken;
			}
		}
	},
	shader([difference], { parity, key, counter }) {
		const [rungs, chains] = difference.shape;
		return {
			variables: ['Difference'],
			uniforms: [
				{ name: 'rungs', type: 'int32', value: rungs },
				{ name: 'chains', type: 'int32', value: chains },
				{ name: 'parity', type: 'int32', value: parity },
				...drawUniforms({ key, counter })
			],
			invocations: rungs * chains,
			key: 'ExchangeDecision',
			prelude: drawWgsl + partnerWgsl,
			body: `
				let rung = index / uniforms.chains;
				let chain = index - rung * uniforms.chains;
				let partner = partnerOf(rung, uniforms.rungs, uniforms.parity);
				let low = min(rung, partner);
				let words = drawWords(low, chain / 4);
				let lower = Difference[low * uniforms.chains + chain];
				let upper = Difference[max(rung, partner) * uniforms.chains + chain];
				let taken = uniformOf(words[chain % 4]) < exp(clamp(lower + upper, -80.0, 0.0));
				result[index] = select(0, 1, taken && partner != rung);`
		};
	}
};

export function registerExchangeDecision(): void {
	register(exchangeDecisionKernel);
}

/** 1 where a rung's chain changes places with its partner's, 0 elsewhere: int32 [R, C] from D [R, C]. */
export function exchangeDecision(difference: Tensor2D, parity: number, draw: Draw): Tensor2D {
	const attributes = { parity, key: draw.key, counter: draw.counter };
	return run(exchangeDecisionKernel, { difference }, attributes) as Tensor2D;
}
