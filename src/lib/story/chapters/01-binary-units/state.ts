// What chapter 1 can be asked to show: one state of a 4×3 machine, β, and how strong its first mode is.
import * as v from 'valibot';

const real = (min: number, max: number) => v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));

export const State = v.strictObject({
	/** the units, visible first */
	units: v.pipe(v.string(), v.regex(/^[01]{7}$/, 'seven digits 0 or 1')),
	/** inverse temperature β */
	beta: real(0, 3),
	/** λ₁ of the weights */
	coupling: real(0, 4),
	/** what is drawn beside or instead of the machine */
	panel: v.picklist(['energy', 'states', 'cost']),
	/** N+M at which the cost is read */
	size: v.pipe(v.number(), v.integer(), v.minValue(10), v.maxValue(120)),
	/** the fitted lines go beyond what was measured */
	extrapolate: v.boolean()
});

export type State = v.InferOutput<typeof State>;
