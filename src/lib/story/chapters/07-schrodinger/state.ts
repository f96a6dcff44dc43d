// What chapter 7 shows: a well of the soft mode, a start, and which terms of P(w,t) are switched on.
import * as v from 'valibot';
import type { LineStart } from '../../../views/story/lineStart';
import { SHOWN, type Well } from '../../../views/story/softWell';

const real = (min: number, max: number) => v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));

export const schema = v.strictObject({
	view: v.picklist(['one', 'potentials', 'levels', 'build', 'dying', 'gap']),
	well: v.picklist(['gaussian', 'landau', 'exact']),
	lambda: real(0, 7),
	beta: real(0.25, 1.5),
	/** units a layer */
	units: v.picklist([8, 12, 16]),
	/** where the bump starts */
	at: real(-SHOWN, SHOWN),
	time: real(0, 40),
	horizon: real(0.5, 40),
	/** bit n: term n is in the sum */
	terms: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255)),
	/** the one transient shown by itself */
	pick: v.picklist([1, 2, 3, 4])
});

export type State = v.InferOutput<typeof schema>;

export const start: State = {
	view: 'one',
	well: 'gaussian',
	lambda: 2,
	beta: 1,
	units: 8,
	at: -1.4,
	time: 0,
	horizon: 2.5,
	terms: 255,
	pick: 1
};

/** λ at which the gaussian well is still confined: a little below 4/β. */
export function largestLambda({ well, beta }: Pick<State, 'well' | 'beta'>): number {
	return well === 'gaussian' ? Math.min(7, 3.8 / beta) : 7;
}

/** The well of a state; a gaussian one never past its threshold. */
export function wellOf(state: State): Well {
	const { well, beta, units } = state;
	return { name: well, lambda: Math.min(state.lambda, largestLambda(state)), beta, units };
}

/** The bump that P starts from. */
export function startOf({ at }: State): LineStart {
	return { kind: 'bump', at, drawn: [] };
}
