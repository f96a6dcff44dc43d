// What the figure of chapter 3 shows: which of its four drawings, and where everything in them stands.
import * as v from 'valibot';
import { MachineRecipe } from '../../../scene/machine';

const real = (min: number, max: number) => v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));

export const LettingGoState = v.strictObject({
	/** four points; a machine's vertices; a square on a turning axis; the law of one projection */
	view: v.picklist(['four', 'cloud', 'turn', 'law']),
	/** x₁, y₁, …, x₄, y₄ */
	points: v.pipe(v.array(real(-2, 2)), v.length(8)),
	observable: v.picklist(['x', 'xy', 'square']),
	/** σ of the four points; 0: sharp */
	width: real(0, 0.8),
	machine: MachineRecipe,
	/** σ of the machine's vertices */
	sigma: real(0.03, 0.6),
	/** whether the Gaussian of the same variance is drawn over the vertices */
	gaussian: v.boolean(),
	/** of the axis through the square, radians */
	angle: real(0, 6.2832),
	/** bits that are projected */
	N: v.picklist([2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64]),
	seed: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(99)),
	/** 0: a random direction, 1: the axis of one unit */
	lean: real(0, 1),
	/** the law, or minus its logarithm */
	potential: v.boolean()
});

export type LettingGoState = v.InferOutput<typeof LettingGoState>;
