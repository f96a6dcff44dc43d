// What chapter 6 shows: a well, a start and a time, on the line of the soft mode or in the plane of the smallest machine.
import * as v from 'valibot';
import { HEIGHTS, type LineStart } from '../../../views/story/lineStart';
import { SHOWN, type Well } from '../../../views/story/softWell';

const real = (min: number, max: number) => v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));

export const schema = v.strictObject({
	view: v.picklist(['line', 'plane']),
	/** which βU along the soft mode */
	well: v.picklist(['gaussian', 'entropic', 'exact']),
	lambda: real(0, 7),
	beta: real(0.25, 1.5),
	/** units a layer of the machine on the line */
	units: v.picklist([8, 12, 16]),
	start: v.picklist(['point', 'bump', 'two', 'drawn']),
	at: real(-SHOWN, SHOWN),
	drawn: v.pipe(v.array(real(0, 1)), v.length(HEIGHTS)),
	/** Langevin particles; 0: none */
	count: v.picklist([0, 250, 1000, 4000]),
	/** shows the distance to the stationary law */
	distance: v.boolean(),
	/** what else is shown: nothing, the start on the barrier's top, or the same start at β = 1 */
	compare: v.picklist(['none', 'top', 'beta']),
	time: real(0, 40),
	horizon: real(0.5, 40),
	/** start in the plane */
	u: real(-1.6, 1.6),
	w: real(-2.8, 2.8),
	seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff))
});

export type State = v.InferOutput<typeof schema>;

/** A drawing to begin with: more on the left, a little on the right. */
const drawn = [0, 0.02, 0.12, 0.4, 0.75, 0.7, 0.4, 0.15, 0.05, 0.02, 0.02, 0.1, 0.35, 0.3, 0.1, 0.02, 0];

export const start: State = {
	view: 'line',
	well: 'gaussian',
	lambda: 2,
	beta: 1,
	units: 8,
	start: 'bump',
	at: -2,
	drawn,
	count: 0,
	distance: false,
	compare: 'none',
	time: 0,
	horizon: 2.5,
	u: 0.9,
	w: -1.8,
	seed: 6
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

/** Where the density starts. */
export function startOf({ start, at, drawn }: State): LineStart {
	return { kind: start, at, drawn };
}

/** The start it is compared with: the same shape on top of the barrier. */
export function topOf(state: State): LineStart {
	return { ...startOf(state), at: 0 };
}
