// What the figure of chapter 5 shows: which of its four drawings, of which machine, at which width.
import * as v from 'valibot';
import { MachineRecipe } from '../../../scene/machine';

const real = (min: number, max: number) => v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));

export const EffectivePotentialState = v.strictObject({
	/** the terms and their sum; closures side by side; the soft variance; the naive lift */
	view: v.picklist(['sum', 'panels', 'variance', 'naive']),
	/** sizes and seed; its leading singular value is `lambda`, the others are `rest` */
	machine: MachineRecipe,
	/** βλ₁, with β = 1 */
	lambda: real(0.5, 6),
	rest: real(0, 2),
	/** force along w₁ at the centre */
	field: real(-2, 2),
	/** the mode along which potentials are cut */
	cut: v.picklist(['soft', 'stiff']),
	/** σ² of the smoothed closure; held below 0.9/(βλ₁) */
	sigma2: real(0.02, 0.25),
	/** whether −S_c is counted */
	counted: v.boolean(),
	/** where the ball stands on w₁ */
	ball: real(-2, 2),
	/** the machine whose naive lift is shown, and σ² as a share of its bound */
	small: MachineRecipe,
	share: real(0.01, 0.97)
});

export type EffectivePotentialState = v.InferOutput<typeof EffectivePotentialState>;
