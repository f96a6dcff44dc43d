// What chapter 10 can be asked to show: data through noise, the score of a small machine, or diffusion run backwards.
import * as v from 'valibot';

const int = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));

export const State = v.strictObject({
	panel: v.picklist(['noise', 'score', 'reverse']),
	/** show what one denoising step makes of the noisy images */
	guess: v.boolean(),
	/** standard deviation σ of the noise */
	sigma: v.pipe(v.number(), v.finite(), v.minValue(0.1), v.maxValue(8)),
	/** λ₁ of the small machine */
	coupling: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(8)),
	/** block-Gibbs sweeps a denoising step */
	sweeps: int(1, 200),
	/** levels of the backward run */
	levels: int(10, 400),
	/** which noise */
	seed: int(1, 9999)
});

export type State = v.InferOutput<typeof State>;
