// From a study to its points in the order in which they are measured, and to the machine of each: pure functions, so
// that a study cancelled and resumed, or run elsewhere, gives the same numbers.
import { normals, uniforms } from '../random/draw';
import { foldIn, keyFromSeed, type Key } from '../random/key';
import { strengths, type Study } from '../scene/study';
import { balanced, makeRbm, type Rbm } from '../theory/rbm';
import { rbmFromSpectrum } from '../theory/rbmSpectrum';
import { couplingModes } from '../theory/reciprocal';
import type { GivenMachine, Point } from './protocolRelaxation';

/** Children of a study's key. */
const BIASES = 1;
const POINTS = 2;

/** N·M·min(N,M) of a machine at most: 784×64 passes, 784×500 does not. */
const MAX_WORK = 1e7;

/**
 * All points of a study: the sweep in passes from coarse to fine, so that a curve's shape is there early, and in each
 * pass the quick dynamics first.
 */
export function planStudy(study: Study): Point[] {
	const values = strengths(study);
	const points: Point[] = [];
	for (const strength of coarseToFine(values)) {
		const own = { N: study.N, M: study.M, strength };
		for (const method of study.methods) {
			const chains = method === 'gibbs' ? study.chains : particlesOf(study);
			const wishes = method === 'smoothed' ? study.sigma2 : [null];
			for (const wish of wishes) points.push(named({ ...own, method, wish, chains }));
		}
		if (study.machine === 'given' || !study.methods.includes('gibbs')) continue;
		for (const size of study.sizes) {
			if (size.N === study.N && size.M === study.M) continue;
			points.push(named({ ...size, strength, method: 'gibbs', wish: null, chains: study.chains }));
		}
	}
	return points;
}

/** Particles, and chains of Glauber dynamics: fewer where each of them costs more. */
function particlesOf({ chains, N, M }: Study): number {
	return Math.max(64, Math.round(chains * Math.min(1, 40 / (N + M))));
}

function named(point: Omit<Point, 'id'>): Point {
	const { method, N, M, strength, wish } = point;
	return { id: `${method}${wish === null ? '' : `-${wish}`}-${N}x${M}-${strength}`, ...point };
}

/** Every fourth value, then the ones between, then the rest. */
function coarseToFine(values: readonly number[]): number[] {
	const rank = (k: number) => (k % 4 === 0 ? 0 : k % 2 === 0 ? 1 : 2);
	return values
		.map((value, k) => ({ value, k }))
		.sort((a, b) => rank(a.k) - rank(b.k) || a.k - b.k)
		.map(({ value }) => value);
}

/** The random key of a point: a function of the study's seed and the point's id alone. */
export function pointKey(study: Study, id: string): Key {
	let hash = 0x811c9dc5;
	for (const char of id) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193) >>> 0;
	return foldIn(foldIn(keyFromSeed(study.seed), POINTS), hash);
}

/** A machine of the study: the RBM and the β at which its βλ₁ is the strength asked for. */
export interface StudyMachine {
	readonly rbm: Rbm;
	readonly beta: number;
}

/**
 * The machine at one strength βλ₁ and one size. `spectrum` and `random` scale the couplings at the study's β; a given
 * machine is left as it is and β is scaled, D = 1/β with it. The frames of all strengths are the same.
 * `spectrum` with balanced biases is the RBM that views/machineRbm.ts builds from the same numbers as a recipe.
 * @throws RangeError for a given machine that is missing, too large, or has no couplings
 */
export function machineAt(
	study: Study,
	strength: number,
	N = study.N,
	M = study.M,
	given: GivenMachine | null = null
): StudyMachine {
	const own = study.machine === 'given' && given ? given : { N, M };
	if (own.N * own.M * Math.min(own.N, own.M) > MAX_WORK)
		throw new RangeError(
			`A machine of ${own.N}×${own.M} is too large: its singular values are needed at every point.`
		);
	if (study.machine === 'given') {
		if (!given) throw new RangeError('The study is of a given machine, and none was given.');
		const rbm = makeRbm({ ...given, weights: given.weights });
		const top = couplingModes(rbm).singularValues[0];
		if (!(top > 0)) throw new RangeError('The given machine has no couplings.');
		return { rbm, beta: strength / top };
	}
	const { beta, seed } = study;
	const lambda = strength / beta;
	const key = keyFromSeed(seed);
	const numbers = normals(N * M, foldIn(key, 0));
	const bare =
		study.machine === 'random' ? scaled(N, M, numbers, lambda) : spectrum(study, N, M, numbers, lambda);
	const rbm = balanced(bare);
	if (study.biasScale === 0) return { rbm, beta };
	const extra = uniforms(N + M, foldIn(key, BIASES)).map((u) => study.biasScale * (2 * u - 1));
	return {
		rbm: {
			...rbm,
			visibleBias: rbm.visibleBias.map((a, i) => a + extra[i]),
			hiddenBias: rbm.hiddenBias.map((b, j) => b + extra[N + j])
		},
		beta
	};
}

function spectrum(study: Study, N: number, M: number, numbers: Float64Array, lambda: number): Rbm {
	const lambdas = Array.from({ length: Math.min(N, M) }, (_, k) =>
		k === 0 ? lambda : k === 1 ? study.second * lambda : Math.min(study.rest, lambda)
	);
	return rbmFromSpectrum(N, M, lambdas, numbers);
}

function scaled(N: number, M: number, numbers: Float64Array, lambda: number): Rbm {
	const weights = Float64Array.from(numbers);
	const bare = makeRbm({ N, M, weights, visibleBias: new Float64Array(N), hiddenBias: new Float64Array(M) });
	const top = couplingModes(bare).singularValues[0];
	return { ...bare, weights: weights.map((w) => (w * lambda) / top) };
}
