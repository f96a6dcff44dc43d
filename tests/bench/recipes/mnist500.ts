// mnist500: MNIST with 500 hidden units, PCD-1 with the centred gradient. ln Z by annealed importance sampling, and by
// the reverse chain, which errs to the other side: their distance is the honest error.
import { tidy } from '@tensorflow/tfjs-core';
import type { BitRows } from '../../../src/lib/data/dataset';
import { fromHalf, toHalf } from '../../../src/lib/data/float16';
import { mnist } from '../../../src/lib/data/mnist';
import { disposeModel, makeModel, type ModelArrays } from '../../../src/lib/engine/model';
import { freeEnergy } from '../../../src/lib/engine/monitors';
import { disposeData, unpackRows, uploadData } from '../../../src/lib/engine/packed';
import { bracketLnZ } from '../annealing';
import type { Recipe } from '../recipe';
import { train } from '../recipeTraining';

const HIDDEN = 500;
/** As many as the published run; a quarter of an hour on two cores, annealing included. */
const EPOCHS = 200;
const CONFIG = {
	algorithm: 'pcd',
	k: 1,
	gradient: 'centred',
	// five times the published rate: chains mix while it is high, and it falls to 0 afterwards
	learningRate: 0.05,
	momentum: 0,
	weightDecay: 0,
	batchSize: 100,
	chains: 100,
	beta: 1
} as const;
/** From half of the run on the rate falls to 0: the noise of persistent chains averages out of the weights. */
const DECAY_FROM = 0.5;
const WEIGHT_SCALE = 0.01;
/** Rows whose free energies are computed at once. */
const CHUNK = 1000;

/** −⟨F⟩ over the rows: the log-likelihood but for ln Z. */
async function unnormalised(arrays: ModelArrays, rows: BitRows): Promise<number> {
	const model = makeModel(arrays);
	const data = uploadData(rows);
	let sum = 0;
	for (let from = 0; from < rows.count; from += CHUNK) {
		const count = Math.min(CHUNK, rows.count - from);
		const index = Int32Array.from({ length: count }, (_, i) => from + i);
		const energies = tidy(() => freeEnergy(model, 1, unpackRows(data, index)));
		for (const f of await energies.data<'float32'>()) sum -= f;
		energies.dispose();
	}
	disposeData(data);
	disposeModel(model);
	return sum / rows.count;
}

/** The parameters as the half-precision asset holds them. */
function halved(arrays: ModelArrays): ModelArrays {
	const half = (x: Float32Array) => x.map((value) => fromHalf(toHalf(value)));
	const { weights, visibleBias, hiddenBias } = arrays;
	return { ...arrays, weights: half(weights), visibleBias: half(visibleBias), hiddenBias: half(hiddenBias) };
}

export const recipe: Recipe = {
	async run({ seed, epochs = EPOCHS, set, decayFrom = DECAY_FROM, temperatures, dataFolder, say }) {
		const data = await mnist({ kind: 'mnist', digits: '0123456789', side: 28 }, { baseUrl: dataFolder });
		const heldOut = data.heldOut!;
		const config = { ...CONFIG, ...set };
		const perEpoch = Math.ceil(data.train.count / config.batchSize);
		const { curve, model } = await train({
			config,
			rows: data.train,
			hidden: HIDDEN,
			weightScale: WEIGHT_SCALE,
			seed,
			steps: epochs * perEpoch,
			decayFrom,
			every: perEpoch,
			look: () => ({}),
			told: ({ epoch, seconds }) => say(`epoch ${epoch} of ${epochs}, ${seconds.toFixed(0)} s of training`)
		});
		const evaluate = async (arrays: ModelArrays) => {
			const lnZ = await bracketLnZ(arrays, data.train, seed, say, temperatures, temperatures);
			const minus = (mean: number) => ({ ais: mean - lnZ.forward.lnZ, reverseAis: mean - lnZ.reverse.lnZ });
			const test = await unnormalised(arrays, heldOut);
			const trained = await unnormalised(arrays, data.train);
			return { lnZ, test: minus(test), train: minus(trained) };
		};
		say('annealing for ln Z …');
		const result = await evaluate(model);
		say('and again with the weights rounded to half precision …');
		const rounded = await evaluate(halved(model));
		return {
			recipe: {
				data: 'MNIST, 60 000 training and 10 000 test images, bits at ½',
				hidden: HIDDEN,
				weightScale: WEIGHT_SCALE,
				epochs,
				...config,
				decayFrom
			},
			curve,
			result: { exact: false, ...result, halfPrecision: rounded },
			published: {
				source: 'PyDeep, RBM_MNIST_big, centred, 200 epochs',
				testAis: -84.86,
				testReverseAis: -96.61,
				trainAis: -82.58,
				trainReverseAis: -94.34
			},
			model
		};
	}
};
