// What the figure of chapter 4 shows: one mode's numbers, how far the picture is shifted and turned, and what stands
// beside it.
import * as v from 'valibot';
import { MachineRecipe } from '../../../scene/machine';

const real = (min: number, max: number) => v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));

export const LandscapeState = v.strictObject({
	lambda: real(0.02, 4),
	a: real(-2, 2),
	b: real(-2, 2),
	/** 0: x and y; ½: shifted to the saddle; 1: turned by π/4 as well */
	progress: real(0, 1),
	/** a point that keeps its energy while the picture turns: x, y */
	probe: v.nullable(v.tuple([real(-60, 60), real(-60, 60)])),
	beside: v.picklist(['nothing', 'sections', 'distance']),
	/** whether the vertices of the machine are drawn */
	vertices: v.boolean(),
	machine: MachineRecipe
});

export type LandscapeState = v.InferOutput<typeof LandscapeState>;
