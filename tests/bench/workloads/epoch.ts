// Training on MNIST, PCD-1 with the centred gradient, batches and chains of 100: one go is one gradient step, counted
// as the part of an epoch that it is. A bench times a few hundred steps and says seconds an epoch of 600.
import { settle } from '../../../src/lib/engine/backend';
import { initialArrays, makeModel, type ModelArrays } from '../../../src/lib/engine/model';
import { dataMeans, disposeData, uploadData } from '../../../src/lib/engine/packed';
import { disposeTraining, initTraining, trainStep } from '../../../src/lib/engine/train';
import type { BitRows } from '../../../src/lib/data/dataset';
import { mnist } from '../../../src/lib/data/mnist';
import { foldIn, keyFromSeed } from '../../../src/lib/random/key';
import { Unavailable, type Contender, type Workload } from '../contender';
import { plainTraining } from '../plainTraining';

const LEARNING_RATE = 0.01;

function ours(arrays: ModelArrays, rows: BitRows, batch: number): Contender {
	const data = uploadData(rows);
	const config = {
		algorithm: 'pcd',
		k: 1,
		gradient: 'centred',
		learningRate: LEARNING_RATE,
		momentum: 0,
		weightDecay: 0,
		batchSize: batch,
		chains: batch,
		beta: 1
	} as const;
	let state = initTraining(config, data, makeModel(arrays), keyFromSeed(2));
	return {
		amount: batch / rows.count,
		async run(times) {
			for (let i = 0; i < times; i++) [state] = trainStep(state);
			await settle();
		},
		dispose() {
			disposeTraining(state);
			disposeData(data);
		}
	};
}

export const workload: Workload = {
	async make(side, { hidden: M, batch }) {
		if (side === 'ml-matrix') throw new Unavailable('ml-matrix has no training.');
		const { train } = await mnist(
			{ kind: 'mnist', digits: '0123456789', side: 28 },
			{ baseUrl: new URL('../data/', globalThis.location.href).href }
		);
		const arrays = initialArrays(
			{ N: train.units, M, weightScale: 0.01, beta: 1, visibleMeans: dataMeans(train) },
			foldIn(keyFromSeed(1), 1)
		);
		return side === 'ours' ? ours(arrays, train, batch) : plainTraining(arrays, train, batch, LEARNING_RATE);
	}
};
