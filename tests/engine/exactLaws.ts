// Exact laws of small RBMs for the tests of samplers: samples by inversion, exchange acceptances by double sums, and how
// far rows are from a law.
import { uniforms } from '../../src/lib/random/draw';
import { foldIn, keyFromSeed } from '../../src/lib/random/key';
import { bitsOf, totalVariation, visibleDistribution } from '../../src/lib/theory/enumerateStates';
import {
	balanced,
	freeEnergyVisible,
	hiddenGivenVisible,
	logSumExp,
	makeRbm,
	visibleGivenHidden,
	type Rbm
} from '../../src/lib/theory/rbm';
import { exceededByChance, histogram } from './patterns';

/** A model at an inverse temperature: one law of visible states. */
export interface Law {
	readonly rbm: Rbm;
	readonly beta: number;
}

/** `count` independent states by inversion of p [2^bits]; float32 0/1 [count, bits]. */
export function drawStates(p: Float64Array, count: number, seed: number): Float32Array {
	const bits = Math.log2(p.length);
	const cumulative = p.slice();
	for (let s = 1; s < p.length; s++) cumulative[s] += cumulative[s - 1];
	const rows = new Float32Array(count * bits);
	uniforms(count, keyFromSeed(seed)).forEach((u, row) => {
		let [low, high] = [0, p.length - 1];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (cumulative[middle] > u) high = middle;
			else low = middle + 1;
		}
		for (let k = 0; k < bits; k++) rows[row * bits + k] = (low >> k) & 1;
	});
	return rows;
}

/** Independent visible states of each law, [laws, count, N]. */
export function drawLadder(laws: readonly Law[], count: number, seed: number): Float32Array {
	const { N } = laws[0].rbm;
	const rows = new Float32Array(laws.length * count * N);
	laws.forEach(({ rbm, beta }, r) => {
		rows.set(drawStates(visibleDistribution(rbm, beta), count, 1000 * seed + r), r * count * N);
	});
	return rows;
}

/** Hidden states given visible rows, [count, M]. */
export function drawHidden({ rbm, beta }: Law, visible: Float32Array, seed: number): Float32Array {
	const { N, M } = rbm;
	const count = visible.length / N;
	const u = uniforms(count * M, foldIn(keyFromSeed(seed), 1));
	const hidden = new Float32Array(count * M);
	for (let row = 0; row < count; row++) {
		const p = hiddenGivenVisible(rbm, beta, Float64Array.from(visible.subarray(row * N, (row + 1) * N)));
		p.forEach((value, j) => (hidden[row * M + j] = u[row * M + j] < value ? 1 : 0));
	}
	return hidden;
}

/** Total variation from p over what independent samples exceed once in 10⁷. */
export function excess(rows: ArrayLike<number>, width: number, columns: readonly number[], p: Float64Array) {
	return totalVariation(histogram(rows, width, columns), p) / exceededByChance(p, rows.length / width);
}

/** Probability that an exchange between two laws is accepted, averaged over both: exact double sum. */
export function exactAcceptance(a: Law, b: Law): number {
	const states = Array.from({ length: 2 ** a.rbm.N }, (_, s) => bitsOf(s, a.rbm.N));
	const logs = (law: Law) => states.map((v) => -freeEnergyVisible(law.rbm, law.beta, v));
	const [inA, inB] = [logs(a), logs(b)];
	const [pA, pB] = [a, b].map(({ rbm, beta }) => visibleDistribution(rbm, beta));
	let total = 0;
	pA.forEach((p, s) => {
		pB.forEach((q, t) => {
			total += p * q * Math.exp(Math.min(0, inA[t] + inB[s] - inA[s] - inB[t]));
		});
	});
	return total;
}

/** The law of `bits` units of each of two neighbouring rungs together, independent of each other. */
export function pairLaw(first: Float64Array, second: Float64Array, units: readonly number[]): Float64Array {
	const marginal = (p: Float64Array) => {
		const out = new Float64Array(2 ** units.length);
		p.forEach((value, s) => {
			out[units.reduce((index, unit, bit) => index | (((s >> unit) & 1) << bit), 0)] += value;
		});
		return out;
	};
	const [low, high] = [marginal(first), marginal(second)];
	return Float64Array.from(
		{ length: low.length * high.length },
		(_, s) => low[s % low.length] * high[Math.floor(s / low.length)]
	);
}

/** One strong planted mode, balanced: two deep wells that block Gibbs does not travel between. */
export function doubleWell(N: number, M: number, lambda: number): Rbm {
	const sign = (k: number) => (k % 2 ? 1 : -1);
	const weights = Float32Array.from(
		{ length: N * M },
		(_, at) => (sign(Math.floor(at / M)) * sign(at % M) * lambda) / Math.sqrt(N * M)
	);
	const rbm = balanced(
		makeRbm({ N, M, weights, visibleBias: new Float64Array(N), hiddenBias: new Float64Array(M) })
	);
	return {
		...rbm,
		visibleBias: rbm.visibleBias.map(Math.fround),
		hiddenBias: rbm.hiddenBias.map(Math.fround)
	};
}

/**
 * ln f(h) of all 2^M hidden states, with the visible layer summed out: an enumeration of its own, depth first, every
 * unit switched on multiplying e^{field} of the visible units. For M ≤ 20 and fields below some 80.
 */
export function hiddenLogWeights({ rbm, beta }: Law): Float64Array {
	const { N, M, weights } = rbm;
	const factors = weights.map((w) => Math.exp(beta * w));
	const out = new Float64Array(2 ** M);
	const odds = Array.from({ length: M + 1 }, () => new Float64Array(N));
	odds[0].set(rbm.visibleBias.map((a) => Math.exp(beta * a)));
	const visit = (unit: number, state: number, field: number): void => {
		const here = odds[unit];
		if (unit === M) {
			let [log, product] = [field, 1];
			for (let i = 0; i < N; i++) {
				product *= 1 + here[i];
				if (product > 1e200) {
					log += Math.log(product);
					product = 1;
				}
			}
			out[state] = log + Math.log(product);
			return;
		}
		const next = odds[unit + 1];
		next.set(here);
		visit(unit + 1, state, field);
		for (let i = 0; i < N; i++) next[i] = here[i] * factors[i * M + unit];
		visit(unit + 1, state + 2 ** unit, field + beta * rbm.hiddenBias[unit]);
	};
	visit(0, 0, 0);
	return out;
}

/** ln Z and independent visible states [count, N] of an RBM with up to 20 hidden units, both exact. */
export function drawByHidden(law: Law, count: number, seed: number): { lnZ: number; visible: Float32Array } {
	const { rbm, beta } = law;
	const logs = hiddenLogWeights(law);
	const lnZ = logSumExp(logs);
	const hidden = drawStates(
		logs.map((x) => Math.exp(x - lnZ)),
		count,
		seed
	);
	const u = uniforms(count * rbm.N, foldIn(keyFromSeed(seed), 2));
	const visible = new Float32Array(count * rbm.N);
	for (let row = 0; row < count; row++) {
		const h = Float64Array.from(hidden.subarray(row * rbm.M, (row + 1) * rbm.M));
		visibleGivenHidden(rbm, beta, h).forEach((p, i) => {
			visible[row * rbm.N + i] = u[row * rbm.N + i] < p ? 1 : 0;
		});
	}
	return { lnZ, visible };
}
