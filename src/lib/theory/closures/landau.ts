// Landau's expansion of the entropic closure along one soft mode: the quartic term that the gaussian closure drops,
// which confines the mode past βλ = 4 and says where the symmetry-broken wells start.
import type { Rbm } from '../rbm.ts';
import { reciprocalFrame, type Frame } from '../reciprocal.ts';
import { gaussianField } from './gaussian.ts';

/** βU(w) ≈ const − field·w + ½·quadratic·w² + quartic·w⁴, w measured from the centre ½ along the soft mode. */
export interface Landau {
	/** β(uᵢ·g_v + vᵢ·g_h)/√2, the force at the centre; zero for balanced biases. */
	readonly field: number;
	/** 4 − βλ. */
	readonly quadratic: number;
	/** (Σuᵢₖ⁴ + Σvᵢₖ⁴)/3 > 0: the fewer units the mode lives on, the stronger its confinement. */
	readonly quartic: number;
	/** Unit vector (uᵢ, vᵢ)/√2 in unit coordinates. */
	readonly shape: Float64Array;
}

/**
 * Coefficients of soft mode i. From m ln m + (1−m) ln(1−m) = −ln 2 + 2δ² + (4/3)δ⁴ + …, δ = m − ½; there is no cubic
 * term, so the other modes, when relaxed, change the expansion only at order w⁶.
 * @param rbm the RBM; the expansion is about m = ½, a stationary point only for balanced biases
 * @param beta inverse temperature
 * @param mode which singular value, 0-based
 * @param frame the RBM's frame, if at hand
 * @throws RangeError when there is no such mode
 */
export function landauExpansion(
	rbm: Rbm,
	beta: number,
	mode = 0,
	frame: Frame = reciprocalFrame(rbm)
): Landau {
	const { N, M, r, u, v, singularValues } = frame;
	if (!Number.isInteger(mode) || mode < 0 || mode >= r)
		throw new RangeError(`landauExpansion: there are ${r} modes, not a mode ${mode}`);
	const shape = Float64Array.from(
		{ length: N + M },
		(_, k) => (k < N ? u[k * N + mode] : v[(k - N) * M + mode]) * Math.SQRT1_2
	);
	const force = gaussianField(rbm);
	let field = 0;
	let fourth = 0;
	for (let k = 0; k < N + M; k++) {
		field += beta * force[k] * shape[k];
		fourth += shape[k] ** 4;
	}
	return { field, quadratic: 4 - beta * singularValues[mode], quartic: (4 / 3) * fourth, shape };
}

/** w* = √((βλ−4)/(4·quartic)) of the wells ±w* at zero field; 0 up to βλ = 4. */
export function landauWell(landau: Landau): number {
	return landau.quadratic < 0 ? Math.sqrt(-landau.quadratic / (4 * landau.quartic)) : 0;
}

/** Height of the barrier between the wells, (βλ−4)²/(16·quartic), in units of kT; 0 up to βλ = 4. */
export function landauBarrier(landau: Landau): number {
	return landau.quadratic < 0 ? landau.quadratic ** 2 / (16 * landau.quartic) : 0;
}

/**
 * ⟨w²⟩ − ⟨w⟩² of the mode at finite width: finite where the oscillator's 1/(4−βλ) diverges, which is how a finite RBM
 * rounds the critical point off. The integral is over e^{field·w − ½(quadratic − 3·quartic)w² − quartic·w⁴}; the
 * counter-term is the Edgeworth one, −ln ρ(w) = 2w² + quartic·(w⁴ − (3/2)w²) + …, which keeps the variance of an
 * uncoupled mode at its exact ¼. First order in `quartic`: a few per cent below βλ = 3, too large past 4.
 * Trapezium rule, exact to rounding for this smooth, decaying integrand.
 */
export function landauVariance({ field, quadratic, quartic }: Landau): number {
	const stiffness = quadratic - 3 * quartic;
	const u = (w: number) => -field * w + 0.5 * stiffness * w * w + quartic * w ** 4;
	// Past this |w| the integrand is below e^{−60} of its peak: by the quartic alone, or by a positive stiffness alone.
	let reach =
		2 *
		Math.max(
			(60 / quartic) ** 0.25,
			Math.sqrt(Math.abs(stiffness) / quartic),
			Math.cbrt(Math.abs(field) / quartic)
		);
	if (stiffness > 0) reach = Math.min(reach, Math.abs(field) / stiffness + Math.sqrt(120 / stiffness));
	// some twenty points a standard deviation of the narrower of a well and the quartic's own scale
	const count = Math.ceil(reach * 20 * Math.sqrt(2 * Math.abs(stiffness) + 2 * Math.sqrt(quartic)));
	const position = (k: number) => ((k - count) / count) * reach;
	const values = Float64Array.from({ length: 2 * count + 1 }, (_, k) => u(position(k)));
	const least = values.reduce((a, b) => Math.min(a, b), Infinity);
	let sum = 0;
	let first = 0;
	let second = 0;
	values.forEach((value, k) => {
		const w = position(k);
		const p = Math.exp(least - value);
		sum += p;
		first += p * w;
		second += p * w * w;
	});
	return second / sum - (first / sum) ** 2;
}
