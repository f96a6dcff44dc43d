// What chapter 11 can be asked to show: trials of tensor cross interpolation, or one erratum somewhere on its slider.
import * as v from 'valibot';

const real = (min: number, max: number) => v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));

export const State = v.strictObject({
	panel: v.picklist(['rank', 'error', 'erratum']),
	/** λ₁ of the machine on which the rank is held */
	coupling: real(0, 4),
	/** number in the list of theory §9 */
	erratum: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10)),
	/** where its slider stands, as a share of its range */
	share: real(0, 1)
});

export type State = v.InferOutput<typeof State>;
