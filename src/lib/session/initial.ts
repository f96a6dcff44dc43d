// How a run's parameters start: random, trained beforehand, or with a chosen spectrum.
import type { Dataset } from '$lib/data/dataset';
import type { TrainedWeights } from '$lib/data/weights';
import { initialArrays, type ModelArrays } from '$lib/engine/model';
import { dataMeans } from '$lib/engine/packed';
import { normals, uniforms } from '$lib/random/draw';
import { foldIn, keyFromSeed } from '$lib/random/key';
import type { Initial, Scene } from '$lib/scene/schema';
import { balanced, makeRbm, type Rbm } from '$lib/theory/rbm';
import { rbmFromSpectrum } from '$lib/theory/rbmSpectrum';
import { KEY } from './keys';

type Spectrum = Extract<Initial, { kind: 'spectrum' }>;

/** The machine of chosen singular values: the same numbers as views/machineRbm.ts has for the same recipe. */
export function spectrumRbm(N: number, M: number, initial: Spectrum): Rbm {
	const { singularValues, rest, bias, biasScale, frameSeed } = initial;
	const key = keyFromSeed(frameSeed);
	const lambdas = Array.from({ length: Math.min(N, M) }, (_, k) => singularValues[k] ?? rest);
	const rbm = rbmFromSpectrum(N, M, lambdas, normals(N * M, foldIn(key, 0)));
	if (bias === 'balanced') return balanced(rbm);
	const biases = uniforms(N + M, foldIn(key, 1)).map((u) => biasScale * (2 * u - 1));
	return makeRbm({ ...rbm, visibleBias: biases.slice(0, N), hiddenBias: biases.slice(N) });
}

/** In the engine's precision. */
function single({ N, M, weights, visibleBias, hiddenBias }: Rbm): ModelArrays {
	return {
		N,
		M,
		weights: Float32Array.from(weights),
		visibleBias: Float32Array.from(visibleBias),
		hiddenBias: Float32Array.from(hiddenBias)
	};
}

/**
 * The parameters before the first gradient step: a pure function of its arguments.
 * @param N visible units
 * @param dataset null where the data are to be drawn from the machine itself
 * @param trained the weights of an `asset`, already fetched
 */
export function initialParameters(
	scene: Scene,
	N: number,
	dataset: Dataset | null,
	trained: TrainedWeights | null
): ModelArrays {
	const { initial, hidden: M, beta, weightScale, seed } = scene;
	if (initial.kind === 'spectrum') return single(spectrumRbm(N, M, initial));
	if (initial.kind === 'asset') {
		if (trained?.N !== N || trained.M !== M)
			throw new RangeError(`The trained weights ${initial.name} are not those of ${N} and ${M} units.`);
		const { weights, visibleBias, hiddenBias } = trained;
		return { N, M, weights, visibleBias, hiddenBias };
	}
	const means = dataset ? dataMeans(dataset.train) : null;
	return initialArrays(
		{ N, M, weightScale, beta, visibleMeans: means },
		foldIn(keyFromSeed(seed), KEY.model)
	);
}

const number = (x: number) => String(Number(x.toPrecision(3))).replace('-', '−');

/** A sentence for the page: what the run starts from. */
export function origin({ initial, weightScale }: Scene, trained: TrainedWeights | null): string {
	if (initial.kind === 'random')
		return `Starts from random weights, standard deviation ${number(weightScale)}.`;
	if (initial.kind === 'spectrum') {
		const { singularValues, rest, bias } = initial;
		return (
			`Starts from the singular values ${singularValues.map(number).join(', ')}, all others ${number(rest)}, ` +
			`with ${bias} biases.`
		);
	}
	const test = trained?.report.result.test;
	const figure = test
		? `: between ${number(test.ais)} and ${number(test.reverseAis)} nats a test image by annealing from both ends`
		: '';
	return `Starts from weights trained beforehand, ${initial.name}${figure}.`;
}
