// A module worker of its own, as the session's is: starts the wasm backend on so many threads and answers with what the
// engine computes there. (tfjs cannot start a backend twice in one place.)
import { tensor2d, zeros, type Tensor1D } from '@tensorflow/tfjs-core';
import { chooseBackend } from '../../../src/lib/engine/backend';
import { exactSums } from '../../../src/lib/engine/exactSums';
import { gibbsSweep, initGibbs } from '../../../src/lib/engine/gibbs';
import { gaussianNoise } from '../../../src/lib/engine/kernels/gaussianNoise';
import { logHidden } from '../../../src/lib/engine/kernels/freeEnergy';
import { initLangevin, langevinStep, makeMachine } from '../../../src/lib/engine/langevin';
import { smoothedPotential } from '../../../src/lib/engine/langevinPotential';
import { initScheme, makeDynamics, schemeStep } from '../../../src/lib/engine/langevinSchemes';
import { initialModel, readModel } from '../../../src/lib/engine/model';
import { uploadData } from '../../../src/lib/engine/packed';
import { initTraining, trainStep, type TrainConfig } from '../../../src/lib/engine/train';
import { CONTROL } from '../../../src/lib/engine/wasm/parts';
import { bernoullis, normals } from '../../../src/lib/random/draw';
import { foldIn, keyFromSeed } from '../../../src/lib/random/key';
import { makeRbm, type Rbm } from '../../../src/lib/theory/rbm';
import { couplingModes } from '../../../src/lib/theory/reciprocal';
import { pack } from '../../engine/patterns';

export interface ThreadsAnswer {
	readonly isolated: boolean;
	readonly threads: number;
	/** whether another thread has taken a part of a call */
	readonly shared: boolean;
	/** by name */
	readonly results: Readonly<Record<string, number[]>>;
}

let others = false;

/** Watches the caller's own parts: where the next one is not the next in order, another thread took that between. */
function watchParts(): void {
	const add = Atomics.add.bind(Atomics) as (typeof Atomics)['add'];
	let last = Infinity;
	Atomics.add = ((array: Int32Array, index: number, value: number) => {
		const before = add(array, index, value);
		if (index === CONTROL.NEXT && array.length === CONTROL.WORDS) {
			if (before > last + value) others = true;
			last = before;
		}
		return before;
	}) as (typeof Atomics)['add'];
}

const key = keyFromSeed(3);

function rbmOf(N: number, M: number, scale: number): Rbm {
	const draw = (count: number, label: number) => normals(count, foldIn(key, label)).map((x) => scale * x);
	return makeRbm({ N, M, weights: draw(N * M, 1), visibleBias: draw(N, 2), hiddenBias: draw(M, 3) });
}

/** Sizes at which every call is worth sharing; none a multiple of a tile. */
async function compute(): Promise<Record<string, number[]>> {
	const results: Record<string, number[]> = {};
	const [N, M, rows] = [301, 170, 211];
	const model = initialModel({ N, M, weightScale: 0.1, beta: 1 }, key);
	let gibbs = initGibbs(model, 1, rows, key);
	[gibbs] = gibbsSweep(model, 1, gibbs, 3);
	results.visible = [...(await gibbs.visible.data())];
	results.hidden = [...(await gibbs.hidden.data())];
	results.noise = [...(await gaussianNoise(1001, 77, { key, counter: 2 }).data())];
	const x = tensor2d(Float32Array.from(normals(999 * 133, key)), [999, 133]);
	results.softplus = [...(await logHidden(x, zeros([133]) as Tensor1D, 1).data())];

	const patterns = Array.from({ length: 300 }, (_, r) => bernoullis(N, 0.5, foldIn(key, r)));
	const config: TrainConfig = {
		...{ algorithm: 'pcd', k: 1, gradient: 'centred', beta: 1, batchSize: 100, chains: 100 },
		...{ learningRate: 0.1, momentum: 0.5, weightDecay: 1e-3 }
	};
	let training = initTraining(config, uploadData(pack(patterns)), model, key);
	for (let i = 0; i < 3; i++) [training] = trainStep(training);
	results.weights = [...(await readModel(training.model)).weights];

	const rbm = rbmOf(14, 10, 0.3);
	const options = { ...rbm, ...couplingModes(rbm), beta: 1 };
	const sigma2 = 0.9 / Math.max(2, options.singularValues[0]);
	const machine = makeMachine({ ...options, modes: 10, sigma2 });
	const [moved] = langevinStep(initLangevin(machine, { particles: 3001, from: 'vertices' }, key), machine, 5);
	results.langevin = [...(await moved.z.data())];
	const potential = smoothedPotential(options, sigma2);
	for (const scheme of ['leimkuhler-matthews', 'mala', 'splitting'] as const) {
		const dynamics = makeDynamics(potential, scheme);
		const [state] = schemeStep(initScheme(dynamics, { particles: 3001 }, key), dynamics, 3);
		results[scheme] = [...(await state.z.data())];
	}
	const { lnZ, meanEnergy } = exactSums(rbmOf(201, 14, 0.2), 1)!;
	results.exact = [lnZ, meanEnergy];
	return results;
}

self.onmessage = async ({ data: threads }: MessageEvent<number>) => {
	try {
		watchParts();
		const choice = await chooseBackend({ order: ['wasm'], threads });
		let results = await compute();
		// A busy machine may leave the other thread no time for once; a thread that never works does not end this.
		for (let more = 0; threads > 1 && !others && more < 50; more++) results = await compute();
		const answer: ThreadsAnswer = {
			isolated: crossOriginIsolated,
			threads: choice.threads,
			shared: others,
			results
		};
		self.postMessage(answer);
	} catch (error) {
		self.postMessage(String(error));
	}
};
