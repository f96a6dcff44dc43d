// Choosing, losing and recovering a backend, and runs that leave no tensor behind.
import { memory, tensor1d } from '@tensorflow/tfjs-core';
import { expect, it, vi } from 'vitest';
import {
	assertBackend,
	chooseBackend,
	currentBackend,
	forceBackendLoss,
	onBackendLost,
	recoverBackend,
	settle,
	useBackend,
	type BackendLoss
} from '../../src/lib/engine/backend';
import { register, run, type Kernel } from '../../src/lib/engine/kernels/kernel';
import {
	disposeLangevin,
	disposeMachine,
	initLangevin,
	langevinStep,
	makeMachine,
	type LangevinMachine
} from '../../src/lib/engine/langevin';
import { initialModel } from '../../src/lib/engine/model';
import { disposeData, uploadData } from '../../src/lib/engine/packed';
import {
	checkpointTraining,
	disposeTraining,
	initTraining,
	restoreTraining,
	trainStep,
	type TrainConfig
} from '../../src/lib/engine/train';
import { keyFromSeed } from '../../src/lib/random/key';
import { makeRbm } from '../../src/lib/theory/rbm';
import { couplingModes } from '../../src/lib/theory/reciprocal';
import { misfit, use } from './onBackends';
import { barsAndStripes, pack } from './patterns';

const config: TrainConfig = {
	algorithm: 'pcd',
	k: 1,
	gradient: 'centred',
	learningRate: 0.05,
	momentum: 0.5,
	weightDecay: 0.001,
	batchSize: 4,
	chains: 10,
	beta: 1
};
const key = keyFromSeed(1);
const rows = pack(barsAndStripes(2));
const start = () => {
	const data = uploadData(rows);
	const model = initialModel({ N: 4, M: 3, weightScale: 0.2, beta: 1, visibleMeans: data.means }, key);
	return { data, state: initTraining(config, data, model, key) };
};

it('never chooses a software adapter by itself, and says what it tried', async () => {
	const choice = await chooseBackend();
	expect(choice.name).toBe('wasm');
	expect(choice.tried.map(({ name, ok }) => [name, ok])).toEqual([
		['webgpu', false],
		['wasm', true]
	]);
	expect(choice.tried[0].why).toMatch(/software/);
	expect(choice.reason).toMatch(/^wasm: .*SIMD.* Not webgpu: .*software/);
	expect(currentBackend()).toBe(choice);
	const software = await useBackend('webgpu', { allowSoftware: true });
	expect(software.reason).toMatch(/software adapter/);
	await expect(useBackend('webgpu')).rejects.toThrow(/software/);
	assertBackend();
});

function machine(): LangevinMachine {
	const rbm = makeRbm({ weights: [0.5, -0.3, 0.2, 0.8], visibleBias: [0.1, 0.2], hiddenBias: [-0.4, 0] });
	const { u, v, singularValues } = couplingModes(rbm);
	const { visibleBias, hiddenBias } = rbm;
	return makeMachine({
		N: 2,
		M: 2,
		modes: 2,
		u,
		v,
		singularValues,
		visibleBias,
		hiddenBias,
		beta: 1,
		sigma2: 0.2
	});
}

it.each([
	['cpu', 1000],
	['wasm', 1000],
	['webgpu', 100]
] as const)('keeps its tensors flat on %s over %i training and Langevin steps', async (backend, steps) => {
	await use(backend);
	const empty = memory().numTensors;
	const { data, state: first } = start();
	let state = first;
	const dynamics = machine();
	let particles = initLangevin(dynamics, { particles: 6, from: 'vertices' }, key);
	const flat = memory().numTensors;
	for (let i = 0; i < steps; i++) {
		[state] = trainStep(state);
		[particles] = langevinStep(particles, dynamics);
		if (memory().numTensors !== flat)
			throw new Error(`${memory().numTensors} tensors after step ${i}, not ${flat}`);
		if (i % 50 === 0) await settle();
	}
	disposeTraining(state);
	disposeData(data);
	disposeLangevin(particles);
	disposeMachine(dynamics);
	expect(memory().numTensors).toBe(empty);
});

it.each(['wasm', 'webgpu'] as const)(
	'a lost device is heard of, and the run goes on on %s with its model',
	async (next) => {
		await use('webgpu');
		const empty = memory().numTensors;
		let { data, state } = start();
		for (let i = 0; i < 3; i++) [state] = trainStep(state);
		const saved = await checkpointTraining(state);

		const heard = new Promise<BackendLoss>((resolve) => {
			const stop = onBackendLost((loss) => {
				stop();
				resolve(loss);
			});
		});
		forceBackendLoss();
		expect(await heard).toMatchObject({ name: 'webgpu', kind: 'lost' });
		expect(() => assertBackend()).toThrow(/lost/);
		await expect(checkpointTraining(state)).rejects.toThrow(/lost/);
		disposeTraining(state);
		disposeData(data);
		expect(memory().numTensors).toBe(empty);

		// By default the lost kind is asked once more; here only a software adapter exists, so that takes `allowSoftware`.
		const choice = await recoverBackend(next === 'webgpu' ? { allowSoftware: true } : {});
		expect(choice.name).toBe(next);
		assertBackend();
		data = uploadData(rows);
		state = restoreTraining(config, data, saved);
		expect(await checkpointTraining(state)).toEqual(saved);
		[state] = trainStep(state);
		const after = await checkpointTraining(state);
		expect(after.step).toBe(4);

		// The same step on another backend: the same random integers, and parameters equal to float32.
		await use('cpu');
		const other = trainStep(restoreTraining(config, uploadData(rows), saved))[0];
		const twin = await checkpointTraining(other);
		expect(misfit(after.model.weights, twin.model.weights, 1e-5)).toBeLessThan(1);
	}
);

it('fails loudly when a shader does not compile', async () => {
	const broken: Kernel<object> = {
		name: 'TestBroken',
		output: () => ({ shape: [1], dtype: 'float32' }),
		host: () => undefined,
		shader: () => ({
			variables: [],
			uniforms: [],
			invocations: 1,
			key: 'TestBroken',
			body: 'result[index] = nonsense;'
		})
	};
	register(broken);
	await useBackend('webgpu', { allowSoftware: true });
	const silenced = vi.spyOn(console, 'error').mockImplementation(() => undefined);
	const heard = new Promise<BackendLoss>((resolve) => onBackendLost(resolve));
	run(broken, {}, {}).dispose();
	expect(await heard).toMatchObject({ name: 'webgpu', kind: 'error' });
	await expect(settle()).rejects.toThrow(/failing/);
	silenced.mockRestore();
	await recoverBackend();
	expect(currentBackend()?.name).toBe('wasm');
	const alive = tensor1d([1]);
	expect([...(await alive.data())]).toEqual([1]);
});
