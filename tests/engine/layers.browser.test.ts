// Half-sweeps and the training step, which are fused on wasm and webgpu, against float64 and against their composed definition,
// over sizes around the fused kernels' tiles (32 outputs, 64 inputs, 64 rows there; 8 to 32 rows,
// 64 outputs, 32 inputs here) and far from them.
import { memory, tensor1d, tensor2d, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawsLayerAtOnce } from '../../src/lib/engine/kernels/drawLayer';
import { layerGiven, type Side } from '../../src/lib/engine/layer';
import { disposeModel, makeModel } from '../../src/lib/engine/model';
import { composed, stepParameters } from '../../src/lib/engine/step';
import { keyFromSeed } from '../../src/lib/random/key';
import { fillRow, paddedLength, uniformOf } from '../../src/lib/random/philox';
import { hiddenGivenVisible, visibleGivenHidden } from '../../src/lib/theory/rbm';
import {
	arraysOf,
	backends,
	coins,
	gaussians,
	misfit,
	randomRbm,
	take,
	use,
	withoutLeak
} from './onBackends';

const sizes = [
	[1, 1, 1],
	[3, 5, 7],
	[33, 31, 65],
	[32, 64, 128],
	[65, 70, 33],
	[130, 129, 3]
] as const;

describe.each(backends)('half-sweeps on %s', (backend) => {
	beforeAll(() => use(backend));

	it('are one kernel except on cpu', () => expect(drawsLayerAtOnce()).toBe(backend !== 'cpu'));

	it.each(sizes)('N = %i, M = %i, %i rows', (N, M, rows) =>
		withoutLeak(async () => {
			const beta = 1.1;
			const rbm = randomRbm(N, M, 5, 2 / Math.sqrt(N + M));
			const model = makeModel(arraysOf(rbm));
			const draw = { key: keyFromSeed(6), counter: 9 };
			for (const side of ['visible', 'hidden'] as Side[]) {
				const [from, to] = side === 'hidden' ? [N, M] : [M, N];
				const bits = coins(rows * from, 7);
				const other = tensor2d(bits, [rows, from]);
				const layer = layerGiven(model, beta, side, other, draw, true);
				const states = await take(layer.states!);
				const p = await take(layer.probabilities!);
				const exact: number[] = [];
				const words = new Uint32Array(paddedLength(to));
				for (let row = 0; row < rows; row++) {
					const given = Float64Array.from(bits.subarray(row * from, (row + 1) * from));
					exact.push(...(side === 'hidden' ? hiddenGivenVisible : visibleGivenHidden)(rbm, beta, given));
					fillRow(words, to, row, draw.key, draw.counter);
					for (let j = 0; j < to; j++) {
						const distance = uniformOf(words[j]) - exact[row * to + j];
						if (Math.abs(distance) > 1e-5) expect(states[row * to + j]).toBe(distance < 0 ? 1 : 0);
					}
				}
				expect(misfit(p, exact, 1e-5)).toBeLessThan(1);

				const onlyP = layerGiven(model, beta, side, other, null, true);
				expect(onlyP.states).toBeNull();
				expect(await take(onlyP.probabilities!)).toEqual(p);
				const onlyStates = layerGiven(model, beta, side, other, draw, false);
				expect(onlyStates.probabilities).toBeNull();
				expect(await take(onlyStates.states!)).toEqual(states);
				other.dispose();
			}
			disposeModel(model);
		})
	);
});

describe.each(['wasm', 'webgpu'] as const)('the training step on %s', (backend) => {
	beforeAll(() => use(backend));

	it.each(sizes.flatMap((size) => [[...size, true] as const, [...size, false] as const]))(
		'is its definition: N = %i, M = %i, %i rows of data, centred: %s',
		async (N, M, rows, centred) => {
			const before = memory().numTensors;
			const chains = rows + 37;
			const model = makeModel(arraysOf(randomRbm(N, M, 8)));
			const velocity = {
				weights: tensor2d(gaussians(N * M, 9, 0.1), [N, M]),
				visibleBias: tensor1d(gaussians(N, 10, 0.1)),
				hiddenBias: tensor1d(gaussians(M, 11, 0.1))
			};
			const unit = (count: number, seed: number) => gaussians(count, seed, 0.1).map((x) => 0.5 + x);
			const offsets = { visible: tensor1d(unit(N, 12)), hidden: tensor1d(unit(M, 13)) };
			const data = {
				visible: tensor2d(coins(rows * N, 14), [rows, N]),
				hidden: tensor2d(unit(rows * M, 15), [rows, M])
			};
			const fantasy = {
				visible: tensor2d(coins(chains * N, 16), [chains, N]),
				hidden: tensor2d(unit(chains * M, 17), [chains, M])
			};
			const settings = { learningRate: 0.3, beta: 1.2, momentum: 0.7, weightDecay: 0.05 };
			const given = centred ? offsets : null;
			const fused = stepParameters({ model, velocity }, data, fantasy, given, settings);
			const attributes = { factor: 0.36, momentum: 0.7, decay: 0.015 };
			const defined = composed(model, velocity, data, fantasy, given, attributes);
			const parts: Tensor[] = [
				...[fused.model.weights, fused.model.visibleBias, fused.model.hiddenBias],
				...[fused.velocity.weights, fused.velocity.visibleBias, fused.velocity.hiddenBias]
			];
			for (let i = 0; i < 6; i++) {
				expect(misfit(await take(parts[i]), await take(defined[i]), 5e-6)).toBeLessThan(1);
			}
			disposeModel(model);
			[velocity, offsets, data, fantasy].forEach((set) => Object.values(set).forEach((t) => t.dispose()));
			expect(memory().numTensors).toBe(before);
		}
	);
});
