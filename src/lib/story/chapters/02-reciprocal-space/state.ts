// What chapter 2 can be asked to show: W taken apart, one state in both frames, all states in one mode's plane, and the
// way there on the map.
import * as v from 'valibot';

const real = (min: number, max: number) => v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));
const int = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));

export const State = v.strictObject({
	panel: v.picklist(['modes', 'truncation', 'coordinates', 'map', 'plane']),
	/** λ₁ of the machine that is shown */
	coupling: real(1.5, 6),
	/** how many modes of W are kept */
	rank: int(0, 9),
	/** units of the small machine, visible first */
	units: v.pipe(v.string(), v.regex(/^[01]{7}$/, 'seven digits 0 or 1')),
	/** the mode whose plane is shown, from 0 */
	mode: int(0, 2),
	beta: real(0, 3),
	/** where the map stands, in its stages */
	progress: real(0, 8)
});

export type State = v.InferOutput<typeof State>;
