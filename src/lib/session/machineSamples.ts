// Independent, exact samples of a machine whose smaller layer can be enumerated: its 2^n states are weighed with the
// other layer summed out, one is drawn by its weight, and the other layer is then independent coins.
import { uniforms } from '$lib/random/draw';
import { foldIn, type Key } from '$lib/random/key';
import { softplus, swapLayers, type Rbm } from '$lib/theory/rbm';
import { macrotask } from './clock';

/** States weighed between two looks at the message queue. */
const BLOCK = 4096;

/** ln Σ over the visible layer for every hidden state, by Gray code; yields the share done. */
function* hiddenLogWeights(rbm: Rbm, beta: number): Generator<number, Float64Array> {
	const { N, M } = rbm;
	const out = new Float64Array(2 ** M);
	const field = new Float64Array(N);
	let bias = 0;
	for (let s = 0; s < out.length; s++) {
		const state = s ^ (s >>> 1);
		if (s % BLOCK === 0) {
			// from the start again, so that rounding does not add up
			bias = 0;
			for (let i = 0; i < N; i++) field[i] = beta * rbm.visibleBias[i];
			for (let j = 0; j < M; j++) if ((state >> j) & 1) flip(j, 1);
		} else {
			const j = 31 - Math.clz32(s & -s);
			flip(j, (state >> j) & 1 ? 1 : -1);
		}
		let total = bias;
		for (let i = 0; i < N; i++) total += softplus(field[i]);
		out[state] = total;
		if (s % BLOCK === BLOCK - 1) yield (s + 1) / out.length;
	}
	return out;

	function flip(j: number, sign: number) {
		bias += sign * beta * rbm.hiddenBias[j];
		for (let i = 0; i < N; i++) field[i] += sign * beta * rbm.weights[i * M + j];
	}
}

/** Index of the first entry of a rising list that is at least `x`. */
function place(cumulative: Float64Array, x: number): number {
	let low = 0;
	for (let high = cumulative.length - 1; low < high;) {
		const middle = (low + high) >> 1;
		if (cumulative[middle] < x) low = middle + 1;
		else high = middle;
	}
	return low;
}

/**
 * `count` independent draws of the visible layer, one byte a unit, row by row. min(N,M) ≤ 20.
 * @param told hears of the share of the states weighed
 * @throws the signal's reason if aborted
 */
export async function exactVisibleSamples(
	rbm: Rbm,
	beta: number,
	count: number,
	key: Key,
	told: (done: number) => void = () => {},
	signal?: AbortSignal
): Promise<Uint8Array> {
	const turned = rbm.N < rbm.M;
	const small = turned ? swapLayers(rbm) : rbm;
	const weighing = hiddenLogWeights(small, beta);
	let step = weighing.next();
	while (!step.done) {
		told(step.value);
		await macrotask();
		signal?.throwIfAborted();
		step = weighing.next();
	}
	const cumulative = step.value;
	const top = cumulative.reduce((a, b) => Math.max(a, b), -Infinity);
	let sum = 0;
	for (let s = 0; s < cumulative.length; s++) cumulative[s] = sum += Math.exp(cumulative[s] - top);
	const draws = uniforms(2 * count, foldIn(key, 0));
	const out = new Uint8Array(count * rbm.N);
	for (let row = 0; row < count; row++) {
		// two draws of 23 bits: one alone could not reach the rare states
		const u = (Math.floor(draws[2 * row] * 2 ** 23) + draws[2 * row + 1]) / 2 ** 23;
		const state = place(cumulative, u * sum);
		if (turned) {
			for (let i = 0; i < rbm.N; i++) out[row * rbm.N + i] = (state >> i) & 1;
			continue;
		}
		const coins = uniforms(rbm.N, foldIn(key, row + 1));
		for (let i = 0; i < rbm.N; i++) {
			let field = rbm.visibleBias[i];
			for (let j = 0; j < rbm.M; j++) if ((state >> j) & 1) field += rbm.weights[i * rbm.M + j];
			if (coins[i] * (1 + Math.exp(-beta * field)) < 1) out[row * rbm.N + i] = 1;
		}
	}
	return out;
}
