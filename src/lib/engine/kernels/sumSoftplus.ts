// Σ ln(1+e^t) on the host with one exponential a term: ln(1+e^t) = max(t,0) + ln(1+e^{−|t|}), and the last terms are
// one logarithm of a product of factors between 1 and 2.
import type { HostArray } from './kernel';

/** A product of factors up to 2 is taken to its logarithm before it can overflow. */
const LIMIT = 1e300;

/** Σⱼ ln(1+e^{scale(x[at+j] + bias[biasAt+j])}), j < count. */
export function sumSoftplus(
	x: HostArray,
	at: number,
	bias: HostArray,
	biasAt: number,
	count: number,
	scale: number
): number {
	let total = 0;
	let product = 1;
	for (let j = 0; j < count; j++) {
		const t = scale * (x[at + j] + bias[biasAt + j]);
		if (t > 0) {
			total += t;
			product *= 1 + Math.exp(-t);
		} else product *= 1 + Math.exp(t);
		if (product > LIMIT) {
			total += Math.log(product);
			product = 1;
		}
	}
	return total + Math.log(product);
}
