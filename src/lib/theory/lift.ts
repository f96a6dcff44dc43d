// The exact lift: vertices smeared by a Gaussian of width σ and an energy corrected mode by mode, so that the
// continuous density marginalises back to the RBM exactly (theory section 5). This is the Gaussian-integral
// trick of Zhang, Sutton, Storkey & Ghahramani (2012), read in reciprocal coordinates.
import type { ThinSvd } from './linalg.ts';
import { dot } from './linalgProducts.ts';
import { energy, sigmoid, softplus, type Rbm } from './rbm.ts';
import { couplingModes, functionOfCoupling } from './reciprocal.ts';

/** Thrown where βσ²λ_max ≥ 1: the lifted energy would not be normalisable. */
export class LiftBoundError extends Error {
	override name = 'LiftBoundError';
	/** βσ²λ_max, which should be below 1 */
	readonly value: number;
	constructor(value: number) {
		super(`the lift needs βσ²λ_max < 1, and it is ${value}`);
		this.value = value;
	}
}

/** A lift of one RBM at one β and σ². All vectors below live in unit coordinates, visible first, N+M entries. */
export interface Lift {
	readonly rbm: Rbm;
	readonly beta: number;
	readonly sigma2: number;
	readonly modes: ThinSvd;
	/** A·c with A = (I−βσ²J)⁻¹ and c = (a₀,b₀) */
	readonly field: Float64Array;
}

/** σ² = min(¼, 0.9/(βλ_max)): as smooth as the bound allows with a tenth to spare. */
export function defaultSigma2(beta: number, lambdaMax: number): number {
	return beta * lambdaMax > 3.6 ? 0.9 / (beta * lambdaMax) : 0.25;
}

/**
 * Prepares the lift. @throws LiftBoundError when βσ²λ_max ≥ 1, RangeError when β or σ² is not positive.
 */
export function makeLift(rbm: Rbm, beta: number, sigma2: number, modes: ThinSvd = couplingModes(rbm)): Lift {
	if (!(beta > 0 && Number.isFinite(beta))) throw new RangeError(`makeLift: β = ${beta} is not positive`);
	if (!(sigma2 > 0 && Number.isFinite(sigma2)))
		throw new RangeError(`makeLift: σ² = ${sigma2} is not positive`);
	const reach = beta * sigma2 * modes.singularValues[0];
	if (!(reach < 1)) throw new LiftBoundError(reach);
	const g = beta * sigma2;
	return { rbm, beta, sigma2, modes, field: functionOfCoupling(modes, (j) => 1 / (1 - g * j), biases(rbm)) };
}

/** c = (a₀, b₀). */
export function biases(rbm: Rbm): Float64Array {
	const c = new Float64Array(rbm.N + rbm.M);
	c.set(rbm.visibleBias);
	c.set(rbm.hiddenBias, rbm.N);
	return c;
}

/** Couplings of the lifted energy on one pair of modes: λ/(1−βσ²λ) on u, λ/(1+βσ²λ) on w. */
export function liftedCouplings(
	lambda: number,
	beta: number,
	sigma2: number
): { stiff: number; soft: number } {
	return { stiff: lambda / (1 - beta * sigma2 * lambda), soft: lambda / (1 + beta * sigma2 * lambda) };
}

/** [(A−I)/(βσ²)]·z = J(I−βσ²J)⁻¹ z: the gradient of the quadratic part of E′. */
function quadratic(lift: Lift, z: Float64Array): Float64Array {
	const g = lift.beta * lift.sigma2;
	return functionOfCoupling(lift.modes, (j) => j / (1 - g * j), z);
}

/** E′(z) = −(Ac)·z + ½zᵀ[(A−I)/(βσ²)]z. */
export function liftedEnergy(lift: Lift, z: Float64Array): number {
	return -dot(lift.field, z) + 0.5 * dot(z, quadratic(lift, z));
}

/** ln ρ_σ(z) = Σₖ ln ½[N(zₖ;0,σ²) + N(zₖ;1,σ²)]: the smeared vertices, normalised. */
export function logConstraintDensity(z: Float64Array, sigma2: number): number {
	let s = -z.length * (Math.LN2 + 0.5 * Math.log(2 * Math.PI * sigma2));
	for (const e of z) s += softplus((e - 0.5) / sigma2) - (e * e) / (2 * sigma2);
	return s;
}

/** P(sₖ=1|z) = σ((zₖ−½)/σ²), N+M entries: given z the units are independent, and this coin rounds z exactly. */
export function decode(z: Float64Array, sigma2: number): Float64Array {
	return z.map((e) => sigmoid((e - 0.5) / sigma2));
}

/** ∂ ln ρ_σ/∂zₖ = (m(zₖ) − zₖ)/σ² with m = `decode`: the score of the constraint is a denoiser. */
export function constraintScore(z: Float64Array, sigma2: number): Float64Array {
	return decode(z, sigma2).map((m, k) => (m - z[k]) / sigma2);
}

/** βU(z) = βE′(z) − ln ρ_σ(z); P(z) = e^{−βU}/∫e^{−βU}. */
export function liftedPotential(lift: Lift, z: Float64Array): number {
	return lift.beta * liftedEnergy(lift, z) - logConstraintDensity(z, lift.sigma2);
}

/** The three terms of −∇U (not of −∇βU): bias, coupling, constraint. N+M entries each. */
export interface DriftTerms {
	readonly bias: Float64Array;
	readonly coupling: Float64Array;
	readonly constraint: Float64Array;
}

/** −∇U = Ac − [(A−I)/(βσ²)]z − (z−m)/(βσ²), term by term. */
export function liftDriftTerms(lift: Lift, z: Float64Array): DriftTerms {
	return {
		bias: lift.field,
		coupling: quadratic(lift, z).map((e) => -e),
		constraint: constraintScore(z, lift.sigma2).map((e) => e / lift.beta)
	};
}

/** −∇U(z), the drift of dz = −∇U dt + √(2/β) dB, in unit coordinates. */
export function liftDrift(lift: Lift, z: Float64Array): Float64Array {
	const { bias, coupling, constraint } = liftDriftTerms(lift, z);
	return bias.map((e, k) => e + coupling[k] + constraint[k]);
}

/** Mean of z|s: s − βσ²∇E(s) = s + βσ²(c − Js), one gradient step off the vertex. */
export function meanGivenState(lift: Lift, s: Float64Array): Float64Array {
	const g = lift.beta * lift.sigma2;
	const c = biases(lift.rbm);
	return functionOfCoupling(lift.modes, (j) => 1 - g * j, s).map((e, k) => e + g * c[k]);
}

/** z|s = mean + σA^{−½}ξ for N+M standard normal numbers ξ: with `decode`, an exact Gibbs sampler s→z→s. */
export function drawGivenState(lift: Lift, s: Float64Array, noise: Float64Array): Float64Array {
	const g = lift.beta * lift.sigma2;
	const mean = meanGivenState(lift, s);
	const spread = functionOfCoupling(lift.modes, (j) => Math.sqrt(lift.sigma2 * (1 - g * j)), noise);
	return mean.map((e, k) => e + spread[k]);
}

/**
 * ln ∫ e^{−βE′(z)} N(z;s,σ²) dz by completing the square with A; equals −βE(s) + `liftConstant`, which is the
 * claim of the lift. Kept free of `energy` so that it can be held against it.
 */
export function liftLogMarginal(lift: Lift, s: Float64Array): number {
	const { beta, sigma2, modes } = lift;
	const g = beta * sigma2;
	const mean = meanGivenState(lift, s);
	const precision = functionOfCoupling(modes, (j) => 1 / (sigma2 * (1 - g * j)), mean);
	let logDet = 0;
	for (const l of modes.singularValues) logDet -= Math.log(1 - g * l) + Math.log(1 + g * l);
	return 0.5 * dot(mean, precision) - dot(s, s) / (2 * sigma2) - 0.5 * logDet;
}

/** −½ ln det A + ½β²σ²cᵀAc: what lifting adds to every ln-weight, so ∫e^{−βU}dz = Z·2^{−(N+M)}·e^{constant}. */
export function liftConstant(lift: Lift): number {
	const { beta, sigma2 } = lift;
	const g = beta * sigma2;
	let half = 0;
	for (const l of lift.modes.singularValues) half += 0.5 * (Math.log(1 - g * l) + Math.log(1 + g * l));
	return half + 0.5 * beta * g * dot(biases(lift.rbm), lift.field);
}

/**
 * The same marginal when E is used as it stands, unlifted: up to a constant ½(s+βσ²c)ᵀ(I+βσ²J)⁻¹(s+βσ²c)/σ² −
 * s²/2σ². It is not the RBM's: this is the bias that the lift removes. Same bound. N+M entries.
 */
export function unliftedLogMarginal(lift: Lift, s: Float64Array): number {
	const { beta, sigma2, modes, rbm } = lift;
	const g = beta * sigma2;
	const c = biases(rbm);
	const shifted = s.map((e, k) => e + g * c[k]);
	const solved = functionOfCoupling(modes, (j) => 1 / (1 + g * j), shifted);
	return (dot(shifted, solved) - dot(s, s)) / (2 * sigma2);
}

/** βE(s) at a vertex, for comparison with the marginals above. */
export function vertexEnergy(lift: Lift, s: Float64Array): number {
	const { N } = lift.rbm;
	return lift.beta * energy(lift.rbm, s.subarray(0, N), s.subarray(N));
}

/** Euler–Maruyama is stable for dt below 2βσ²(1−βσ²λ_max); a fifth of it keeps its bias small. */
export function stableStep(lift: Lift): number {
	const g = lift.beta * lift.sigma2;
	return 2 * g * (1 - g * lift.modes.singularValues[0]);
}

/**
 * Variances of z along a stiff and a soft mode in the oscillator limit (balanced biases, βλ < 4): the vertex's own
 * 1/(4±βλ), stretched by the step off the vertex, plus the noise. Rates follow as D/variance; σ → 0 gives back
 * D(4±βλ). `soft` is null at and past βλ = 4.
 */
export function liftVariances(
	lambda: number,
	beta: number,
	sigma2: number
): { stiff: number; soft: number | null } {
	const l = beta * lambda;
	const up = 1 + sigma2 * l;
	const down = 1 - sigma2 * l;
	return {
		stiff: (down * down) / (4 + l) + sigma2 * down,
		soft: l < 4 ? (up * up) / (4 - l) + sigma2 * up : null
	};
}
