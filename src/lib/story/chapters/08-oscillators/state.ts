// What chapter 8 shows: the springs of a small machine in a closure, or the soft mode of a larger one about its threshold.
import * as v from 'valibot';
import type { LineStart } from '../../../views/story/lineStart';
import type { SpringsQuestion } from '../../../views/story/springs';

const real = (min: number, max: number) => v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));

export const schema = v.strictObject({
	view: v.picklist(['springs', 'coupling', 'ladder', 'softening', 'wells', 'runaway']),
	/** λ₁, λ₂, λ₃ of the small machine, 4 + 3 units; λ₁ is the soft mode's on the later steps */
	lambda: real(0, 6.5),
	lambda2: real(0, 3.9),
	lambda3: real(0, 3.9),
	closure: v.picklist(['gaussian', 'entropic']),
	/** biases drawn from ± this; 0: balanced */
	bias: real(0, 3),
	seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff)),
	/** the mode that alone moves, by rising κ; −1: all of them */
	pick: v.pipe(v.number(), v.integer(), v.minValue(-1), v.maxValue(6)),
	/** units a layer of the larger machine */
	units: v.picklist([8, 12, 16]),
	time: real(0, 40),
	horizon: real(0.5, 40)
});

export type State = v.InferOutput<typeof schema>;

export const start: State = {
	view: 'springs',
	lambda: 3,
	lambda2: 1.6,
	lambda3: 0.7,
	closure: 'gaussian',
	bias: 0,
	seed: 4,
	pick: -1,
	units: 8,
	time: 0,
	horizon: 2.5
};

/** β of this chapter: the coupling βλ is what matters here, so β is 1. */
export const BETA = 1;

export function springsQuestion(state: State): SpringsQuestion {
	const { lambda, lambda2, lambda3, bias, seed, closure } = state;
	return {
		recipe: {
			N: 4,
			M: 3,
			singularValues: [lambda, lambda2, lambda3],
			rest: 0,
			bias: bias > 0 ? 'uniform' : 'balanced',
			biasScale: bias,
			seed
		},
		beta: BETA,
		closure
	};
}

/** A bump on top of the barrier. */
export const topStart: LineStart = { kind: 'bump', at: 0, drawn: [] };
