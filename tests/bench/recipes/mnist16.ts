// mnist16: MNIST with 16 hidden units, PCD-1 with the centred gradient, 50 epochs. ln Z by enumeration of the 2¹⁶
// hidden states, so the log-likelihoods are exact (float64, from float32 weights).
import { mnist } from '../../../src/lib/data/mnist';
import { averageLogLikelihood, lnZ } from '../../../src/lib/theory/enumerate';
import type { Recipe } from '../recipe';
import { toRbm, train } from '../recipeTraining';

const HIDDEN = 16;
const EPOCHS = 50;
const CONFIG = {
	algorithm: 'pcd',
	k: 1,
	gradient: 'centred',
	learningRate: 0.01,
	momentum: 0,
	weightDecay: 0,
	batchSize: 100,
	chains: 100,
	beta: 1
} as const;
const WEIGHT_SCALE = 0.01;
/** The training rows' average takes a second; it is taken at this many epochs and at the end. */
const TRAIN_EVERY = 10;

export const recipe: Recipe = {
	async run({ seed, epochs = EPOCHS, set, dataFolder, say }) {
		const data = await mnist({ kind: 'mnist', digits: '0123456789', side: 28 }, { baseUrl: dataFolder });
		const heldOut = data.heldOut!;
		const config = { ...CONFIG, ...set };
		const perEpoch = Math.ceil(data.train.count / config.batchSize);
		const steps = epochs * perEpoch;
		const { curve, model } = await train({
			config,
			rows: data.train,
			hidden: HIDDEN,
			weightScale: WEIGHT_SCALE,
			seed,
			steps,
			every: perEpoch,
			look(arrays, step) {
				const rbm = toRbm(arrays);
				const z = lnZ(rbm, 1);
				const test = averageLogLikelihood(rbm, 1, heldOut, z);
				const withTrain = step === steps || (step / perEpoch) % TRAIN_EVERY === 0;
				return { test, ...(withTrain ? { train: averageLogLikelihood(rbm, 1, data.train, z) } : {}), lnZ: z };
			},
			told: ({ epoch, test }) => say(`epoch ${epoch}: test ${test.toFixed(2)} nats an image`)
		});
		const last = curve[curve.length - 1];
		const best = curve.reduce((a, b) => (b.test > a.test ? b : a));
		return {
			recipe: {
				data: 'MNIST, 60 000 training and 10 000 test images, bits at ½',
				hidden: HIDDEN,
				weightScale: WEIGHT_SCALE,
				epochs,
				...config
			},
			curve,
			result: {
				exact: true,
				test: last.test,
				train: last.train,
				lnZ: last.lnZ,
				best: { epoch: best.epoch, test: best.test }
			},
			published: {
				source:
					'PyDeep, RBM_MNIST_small, centred: same rates, batches, chains and epochs; other initial weights, no shuffling',
				test: -142.6
			},
			model
		};
	}
};
