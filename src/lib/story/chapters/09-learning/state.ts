// What chapter 9 can be asked to show: random weights of a chosen size, or a run on one of its data sets.
import * as v from 'valibot';

const int = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));

export const State = v.strictObject({
	panel: v.picklist(['bulk', 'values', 'springs', 'well', 'images', 'profiles']),
	/** what the machine learns */
	data: v.picklist(['bars', 'digits', 'showers']),
	/** mode that is looked at, from 0 by falling singular value */
	mode: int(0, 7),
	/** size of the random matrix */
	visible: int(20, 300),
	hidden: int(20, 300),
	/** standard deviation of its entries */
	scale: v.pipe(v.number(), v.finite(), v.minValue(0.01), v.maxValue(0.3))
});

export type State = v.InferOutput<typeof State>;
