// Works out the errata when the page is built: both sides of each equation as printed and as it holds, on one small
// RBM, and the equations as MathML, so that the page needs no formula library.
import katex from 'katex';
import {
	confinedBeyondThreshold,
	coupledOscillators,
	entropyOfStates,
	freeDirections,
	noTaylorExpansion,
	rateAndEnergy,
	saddleConstant,
	swappedSigns,
	transposedMaps,
	unequalStiffness,
	type Equation
} from '$lib/theory/errata';
import { keyFromSeed } from '$lib/random/key';
import { normals } from '$lib/random/draw';
import { makeRbm } from '$lib/theory/rbm';
import { reciprocalFrame } from '$lib/theory/reciprocal';

const SEED = 2024;
const [N, M] = [4, 3];

// MathML does not break lines by itself: a statement and its conditions become pieces that can wrap.
const mathml = (tex: string) =>
	tex
		.split(/(?<=,)\\quad/)
		.map((part) => katex.renderToString(part, { output: 'mathml', throwOnError: true }))
		.join(' ');
const equation = ({ tex, left, right }: Equation) => ({
	math: mathml(tex),
	left,
	right,
	holds: Math.abs(left - right) <= 1e-9 * Math.max(1, Math.abs(left))
});

export function load() {
	const draw = normals(N * M + N + M, keyFromSeed(SEED));
	const rbm = makeRbm({
		N,
		M,
		weights: draw.subarray(0, N * M),
		visibleBias: draw.subarray(N * M, N * M + N),
		hiddenBias: draw.subarray(N * M + N)
	});
	const errata = [
		transposedMaps(rbm, Float64Array.of(1, 0, 1, 1), Float64Array.of(0, 1, 1)),
		freeDirections(rbm),
		saddleConstant(reciprocalFrame(rbm), 0, 1, 0.5),
		swappedSigns(rbm, 1),
		entropyOfStates(rbm),
		noTaylorExpansion(0.1),
		unequalStiffness(6, 4, 2),
		rateAndEnergy(3, 1),
		coupledOscillators(4, 1.5, 5),
		confinedBeyondThreshold(5)
	];
	return {
		seed: SEED,
		size: `${N}×${M}`,
		errata: errata.map(({ id, title, explanation, printed, corrected }) => ({
			id,
			title,
			explanation,
			printed: equation(printed),
			corrected: equation(corrected)
		}))
	};
}
