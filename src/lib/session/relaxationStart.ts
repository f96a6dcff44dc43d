// Chains in the stationary law of an RBM, to start measurements from: exact draws where the smaller layer can be
// enumerated, a burn-in of block Gibbs elsewhere.
import { concat, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';
import { disposeGibbs, gibbsSweep, initGibbs } from '../engine/gibbs';
import type { Model } from '../engine/model';
import { uniforms } from '../random/draw';
import { foldIn, type Key } from '../random/key';
import { sigmoid, softplus, swapLayers, type Rbm } from '../theory/rbm';

/** Units of the smaller layer up to which its 2^n states are listed. */
const LISTED = 16;
/** Sweeps of burn-in elsewhere: coins are already symmetric, and a balanced machine stays so. */
export const BURN_IN = 200;

const PICK = 1;
const COINS = 2;
const CHAINS = 3;

export const startsExactly = (rbm: Rbm): boolean => Math.min(rbm.N, rbm.M) <= LISTED;

/** `count` independent exact draws, 0/1 row by row with visible units first; min(N,M) ≤ 16. */
export function exactStates(rbm: Rbm, beta: number, count: number, key: Key): Float32Array {
	// `swapLayers` makes the smaller layer the hidden one
	const turned = rbm.N < rbm.M;
	const { N, M, weights, visibleBias, hiddenBias } = turned ? swapLayers(rbm) : rbm;
	const states = 2 ** M;
	const field = new Float64Array(N);
	const logWeight = Float64Array.from({ length: states }, (_, state) => {
		field.set(visibleBias);
		let own = 0;
		for (let j = 0; j < M; j++) {
			if (!((state >> j) & 1)) continue;
			own += beta * hiddenBias[j];
			for (let i = 0; i < N; i++) field[i] += weights[i * M + j];
		}
		for (let i = 0; i < N; i++) own += softplus(beta * field[i]);
		return own;
	});
	const most = logWeight.reduce((a, b) => Math.max(a, b));
	const cumulative = new Float64Array(states);
	let total = 0;
	for (let s = 0; s < states; s++) cumulative[s] = total += Math.exp(logWeight[s] - most);
	const picks = uniforms(count, foldIn(key, PICK));
	const coins = uniforms(count * N, foldIn(key, COINS));
	const out = new Float32Array(count * (N + M));
	const [hiddenAt, visibleAt] = turned ? [0, M] : [N, 0];
	for (let c = 0; c < count; c++) {
		const state = firstAbove(cumulative, picks[c] * total);
		const row = c * (N + M);
		field.set(visibleBias);
		for (let j = 0; j < M; j++) {
			if (!((state >> j) & 1)) continue;
			out[row + hiddenAt + j] = 1;
			for (let i = 0; i < N; i++) field[i] += weights[i * M + j];
		}
		for (let i = 0; i < N; i++) if (coins[c * N + i] < sigmoid(beta * field[i])) out[row + visibleAt + i] = 1;
	}
	return out;
}

function firstAbove(rising: Float64Array, value: number): number {
	let [lo, hi] = [0, rising.length - 1];
	while (lo < hi) {
		const mid = (lo + hi) >> 1;
		if (rising[mid] > value) hi = mid;
		else lo = mid + 1;
	}
	return lo;
}

/** `count` chains [count, N+M] in the stationary law, or burnt in. `pause` is awaited now and then. Caller disposes. */
export async function stationaryStates(
	rbm: Rbm,
	model: Model,
	beta: number,
	count: number,
	key: Key,
	pause: () => Promise<void>
): Promise<Tensor2D> {
	if (startsExactly(rbm))
		return tensor2d(exactStates(rbm, beta, count, key), [count, rbm.N + rbm.M], 'float32');
	let chains = initGibbs(model, beta, count, foldIn(key, CHAINS));
	try {
		for (let done = 0; done < BURN_IN; done += 10) {
			[chains] = gibbsSweep(model, beta, chains, 10);
			await pause();
		}
		return concat([chains.visible, chains.hidden], 1) as Tensor2D;
	} finally {
		disposeGibbs(chains);
	}
}
