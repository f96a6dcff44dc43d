// Block Gibbs sampling of an RBM with random weights: one go is one sweep v → h → v of every chain.
import {
	add,
	cast,
	less,
	matMul,
	randomUniform,
	sigmoid,
	tensor1d,
	tensor2d,
	tidy,
	transpose,
	type Tensor2D
} from '@tensorflow/tfjs-core';
import { settle } from '../../../src/lib/engine/backend';
import { disposeGibbs, gibbsSweep, initGibbs } from '../../../src/lib/engine/gibbs';
import { disposeModel, initialArrays, makeModel, type ModelArrays } from '../../../src/lib/engine/model';
import { foldIn, keyFromSeed } from '../../../src/lib/random/key';
import { Unavailable, type Contender, type Workload } from '../contender';

const WEIGHT_SCALE = 0.1;

function ours(arrays: ModelArrays, chains: number): Contender {
	const model = makeModel(arrays);
	let state = initGibbs(model, 1, chains, keyFromSeed(2));
	return {
		amount: chains,
		async run(times) {
			[state] = gibbsSweep(model, 1, state, times);
			await settle();
		},
		dispose() {
			disposeGibbs(state);
			disposeModel(model);
		}
	};
}

/** The same chain from tfjs operations alone, with the transpose made once (a transpose flag is ten times slower). */
function plain(arrays: ModelArrays, chains: number): Contender {
	const { N, M } = arrays;
	const weights = tensor2d(arrays.weights, [N, M]);
	const transposed = transpose(weights) as Tensor2D;
	const visibleBias = tensor1d(arrays.visibleBias);
	const hiddenBias = tensor1d(arrays.hiddenBias);
	let hidden = cast(less(randomUniform([chains, M]), 0.5), 'float32') as Tensor2D;
	return {
		amount: chains,
		async run(times) {
			for (let i = 0; i < times; i++) {
				const next = tidy(() => {
					const pv = sigmoid(add(matMul(hidden, transposed), visibleBias));
					const visible = cast(less(randomUniform([chains, N]), pv), 'float32') as Tensor2D;
					const ph = sigmoid(add(matMul(visible, weights), hiddenBias));
					return cast(less(randomUniform([chains, M]), ph), 'float32') as Tensor2D;
				});
				hidden.dispose();
				hidden = next;
			}
			await settle();
		},
		dispose() {
			for (const t of [weights, transposed, visibleBias, hiddenBias, hidden]) t.dispose();
		}
	};
}

export const workload: Workload = {
	async make(side, { visible: N, hidden: M, chains }) {
		const arrays = initialArrays({ N, M, weightScale: WEIGHT_SCALE, beta: 1 }, foldIn(keyFromSeed(1), 1));
		if (side === 'ours') return ours(arrays, chains);
		if (side === 'tfjs') return plain(arrays, chains);
		throw new Unavailable('ml-matrix has no sampler.');
	}
};
