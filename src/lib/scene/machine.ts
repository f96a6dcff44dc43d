// A machine by its recipe: sizes, singular values, biases and a seed for the frames. Story steps, presets and studies
// name the RBM they mean this way; theory/rbmSpectrum.ts builds it.
import * as v from 'valibot';

const int = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const real = (min: number, max: number) => v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));

export const MachineRecipe = v.strictObject({
	/** visible and hidden units */
	N: int(1, 256),
	M: int(1, 256),
	/** λ₁, λ₂, … as many as are set one by one; at most min(N,M) are used */
	singularValues: v.pipe(v.array(real(0, 64)), v.maxLength(8)),
	/** every further singular value */
	rest: real(0, 64),
	/** balanced: a₀ = −½W1, b₀ = −½Wᵀ1, so that m = ½ is the symmetric point; uniform: in [−biasScale, biasScale] */
	bias: v.picklist(['balanced', 'uniform']),
	biasScale: real(0, 16),
	/** seed of the frames U and V, and of uniform biases */
	seed: int(0, 0xffffffff)
});

export type MachineRecipe = v.InferOutput<typeof MachineRecipe>;
