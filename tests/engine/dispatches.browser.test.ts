// What the fused kernels of WebGPU promise: how many dispatches a step of work takes, that nothing is read back, and that every way of taking Langevin steps in one dispatch gives the cpu's steps.
import { memory, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { settle } from '../../src/lib/engine/backend';
import { disposeGibbs, gibbsSweep, initGibbs, type GibbsState } from '../../src/lib/engine/gibbs';
import {
	disposeLangevin,
	disposeMachine,
	initLangevin,
	langevinStep,
	makeMachine,
	type LangevinState
} from '../../src/lib/engine/langevin';
import { followOffsetsWebgpu } from '../../src/lib/engine/kernels/followOffsets';
import { tilingOf } from '../../src/lib/engine/kernels/tiledProduct';
import { layerGiven } from '../../src/lib/engine/layer';
import { disposeModel, makeModel } from '../../src/lib/engine/model';
import { disposeData, uploadData } from '../../src/lib/engine/packed';
import { disposeTraining, initTraining, trainStep, type TrainConfig } from '../../src/lib/engine/train';
import { keyFromSeed } from '../../src/lib/random/key';
import { thinSvd } from '../../src/lib/theory/linalg';
import { gpuCounts, installGpuCounter, resetGpuCounts } from '../bench/gpuCounter';
import { arraysOf, coins, gaussians, misfit, randomRbm, take, use, withoutLeak } from './onBackends';
import { barsAndStripes, pack } from './patterns';

/** Dispatches and bytes read back of `times` goes, a go each. */
async function counted(times: number, go: () => void): Promise<{ dispatches: number; bytesRead: number }> {
	go();
	await settle();
	resetGpuCounts();
	for (let i = 0; i < times; i++) go();
	await settle();
	const { dispatches, bytesRead } = gpuCounts();
	return { dispatches: dispatches / times, bytesRead };
}

/** A machine of an N×M RBM that keeps `modes` of its modes. */
function machineOf(N: number, M: number, modes: number) {
	const rbm = randomRbm(N, M, 3, 0.6 / Math.sqrt(N + M));
	const svd = thinSvd(N, M, rbm.weights);
	const r = Math.min(N, M);
	const columns = (from: Float64Array, rows: number) =>
		Float64Array.from({ length: rows * modes }, (_, at) => from[Math.floor(at / modes) * r + (at % modes)]);
	return makeMachine({
		N,
		M,
		modes,
		u: columns(svd.u, N),
		v: columns(svd.v, M),
		singularValues: svd.singularValues.slice(0, modes),
		visibleBias: rbm.visibleBias,
		hiddenBias: rbm.hiddenBias,
		beta: 1.2,
		sigma2: 0.2
	});
}

describe('dispatches on WebGPU', () => {
	beforeAll(async () => {
		installGpuCounter();
		await use('webgpu');
	});

	it('two a block-Gibbs sweep', () =>
		withoutLeak(async () => {
			const model = makeModel(arraysOf(randomRbm(70, 33, 1)));
			let state: GibbsState = initGibbs(model, 1, 40, keyFromSeed(1));
			const found = await counted(20, () => ([state] = gibbsSweep(model, 1, state)));
			expect(found).toEqual({ dispatches: 2, bytesRead: 0 });
			disposeGibbs(state);
			disposeModel(model);
		}));

	it.each([
		['few units, all modes', 9, 5, 5, 1],
		['few units, few modes', 30, 11, 2, 1],
		['many units, all modes', 60, 40, 40, 10],
		['many units, few modes', 100, 21, 3, 10]
	])('one a Langevin step at most: %s', (_, N, M, modes, expected) =>
		withoutLeak(async () => {
			const machine = machineOf(N, M, modes);
			let state: LangevinState = initLangevin(machine, { particles: 50, from: 'vertices' }, keyFromSeed(2));
			const found = await counted(3, () => ([state] = langevinStep(state, machine, 10)));
			expect(found).toEqual({ dispatches: expected, bytesRead: 0 });
			disposeLangevin(state);
			disposeMachine(machine);
		})
	);

	it.each([
		['centred', 'pcd', 9],
		['plain', 'pcd', 8],
		['centred', 'cd', 9]
	] as const)('a %s %s-1 step: %i', (gradient, algorithm, expected) =>
		withoutLeak(async () => {
			const data = uploadData(pack(barsAndStripes(4)));
			const config: TrainConfig = {
				algorithm,
				k: 1,
				gradient,
				learningRate: 0.05,
				momentum: 0.5,
				weightDecay: 1e-4,
				batchSize: 30,
				chains: 20,
				beta: 1
			};
			const model = makeModel(arraysOf(randomRbm(16, 12, 4)));
			let state = initTraining(config, data, model, keyFromSeed(3));
			const found = await counted(10, () => ([state] = trainStep(state)));
			expect(found).toEqual({ dispatches: expected, bytesRead: 0 });
			disposeTraining(state);
			disposeData(data);
		})
	);
});

describe('tiles of every shape', () => {
	it.each([
		[4, 1, 40, 15, 70],
		[4, 2, 3, 7, 3100],
		[16, 1, 40, 65, 30],
		[16, 2, 40, 65, 400],
		[16, 4, 33, 130, 1001]
	])('%i by %i an invocation: N = %i, M = %i, %i rows', async (quads, each, N, M, rows) => {
		expect(tilingOf(rows, M)).toMatchObject({ quads, each });
		const arrays = arraysOf(randomRbm(N, M, 6, 2 / Math.sqrt(N + M)));
		const bits = coins(rows * N, 7);
		const found: { states: Float32Array; probabilities: Float32Array }[] = [];
		for (const backend of ['cpu', 'webgpu'] as const) {
			await use(backend);
			const model = makeModel(arrays);
			const visible = tensor2d(bits, [rows, N]);
			const layer = layerGiven(model, 1.1, 'hidden', visible, { key: keyFromSeed(6), counter: 9 }, true);
			const values = [layer.states!, layer.probabilities!].map((t) => take(t) as Promise<Float32Array>);
			const [states, probabilities] = await Promise.all(values);
			found.push({ states, probabilities });
			visible.dispose();
			disposeModel(model);
		}
		const [cpu, gpu] = found;
		expect(misfit(gpu.probabilities, cpu.probabilities, 1e-5)).toBeLessThan(1);
		// The same coins: states differ where the uniform lies between the two probabilities, 1e-5 apart, if anywhere.
		const differing = cpu.states.reduce((sum, s, at) => sum + Math.abs(s - gpu.states[at]), 0);
		expect(differing).toBeLessThan(1 + 2e-5 * cpu.states.length);
	});
});

describe('the centring offsets', () => {
	it.each([
		[1, 1, 1],
		[70, 3, 41]
	])('follow the means of both layers: N = %i, M = %i, %i rows', (N, M, rows) =>
		withoutLeak(async () => {
			await use('webgpu');
			const rate = 0.3;
			const sizes = { visible: N, hidden: M };
			const layers = (['visible', 'hidden'] as const).map((side, i) => ({
				old: gaussians(sizes[side], 31 + i),
				rows: gaussians(rows * sizes[side], 41 + i),
				units: sizes[side]
			}));
			const [visible, hidden] = layers.map((l) => tensor2d(l.rows, [rows, l.units]));
			const [mu, lambda] = layers.map((l) => tensor1d(l.old));
			const next = followOffsetsWebgpu({ visible: mu, hidden: lambda }, { visible, hidden }, rate);
			const found = [await take(next.visible), await take(next.hidden)];
			layers.forEach(({ old, rows: values, units }, i) => {
				const expected = Float64Array.from(old, (value, unit) => {
					let sum = 0;
					for (let r = 0; r < rows; r++) sum += values[r * units + unit];
					return (1 - rate) * value + (rate * sum) / rows;
				});
				expect(misfit(found[i], expected, 2e-6)).toBeLessThan(1);
			});
			[visible, hidden, mu, lambda].forEach((tensor) => tensor.dispose());
		})
	);
});

describe('the start of particles', () => {
	it.each([
		[1, 1, 5],
		[9, 6, 131]
	])('is the cpu’s, in one dispatch: %i + %i units, %i particles', async (N, M, particles) => {
		const found: Float32Array[] = [];
		for (const backend of ['cpu', 'webgpu'] as const) {
			await use(backend);
			const machine = machineOf(N, M, 1);
			resetGpuCounts();
			const { z } = initLangevin(machine, { particles, from: 'vertices' }, keyFromSeed(8));
			expect(gpuCounts().dispatches).toBe(backend === 'webgpu' ? 1 : 0);
			found.push((await take(z)) as Float32Array);
			disposeMachine(machine);
		}
		// WGSL promises cos to 2⁻¹¹ absolutely, times a radius up to 5.7 and σ
		expect(misfit(found[1], found[0], 3e-3)).toBeLessThan(1);
	});
});

describe('Langevin steps with their products inside', () => {
	// Sizes on both sides of 64 units and of four modes a unit, none a multiple of a tile.
	it.each([
		[1, 1, 1, 3],
		[9, 5, 5, 67],
		[30, 11, 2, 33],
		[60, 41, 41, 35],
		[100, 21, 3, 19],
		[300, 40, 17, 5]
	])('are the cpu’s: %i + %i units, %i modes, %i particles', async (N, M, modes, particles) => {
		const found: Float32Array[] = [];
		const tensors: number[] = [];
		for (const backend of ['cpu', 'webgpu'] as const) {
			await use(backend);
			const before = memory().numTensors;
			const machine = machineOf(N, M, modes);
			let state = initLangevin(machine, { particles, from: 'vertices' }, keyFromSeed(5));
			[state] = langevinStep(state, machine, 3);
			[state] = langevinStep(state, machine, 1);
			found.push((await take(state.z)) as Float32Array);
			disposeMachine(machine);
			tensors.push(memory().numTensors - before);
		}
		expect(tensors).toEqual([0, 0]);
		// float32, and a cosine good to 2⁻¹¹ times √(2dt/β) in each of the steps and σ at the start
		expect(misfit(found[1], found[0], 5e-3)).toBeLessThan(1);
	});
});
