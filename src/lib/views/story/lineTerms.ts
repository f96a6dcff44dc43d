// P(w,t) = Σₙ cₙ e^{−U/2D} ψₙ e^{−Γₙt} on a line, term by term, and how far it is from the stationary law. The modes
// come from theory/fokkerPlanckModes (in the theory worker); with all modes of the grid in the sum, its only error is
// that of the grid.
import { spacing, type Axis, type Generator } from '$lib/theory/fokkerPlanck';
import type { FokkerPlanckModes } from '$lib/theory/fokkerPlanckModes';
import { dot } from '$lib/theory/linalgProducts';

/** The coefficients of one start in the modes of one generator. */
export interface LineTerms {
	readonly generator: Generator;
	readonly modes: FokkerPlanckModes;
	/** cₙ = Σψₙ P(0)/√π; c₀ = 1 */
	readonly coefficients: Float64Array;
}

export function lineTerms(generator: Generator, modes: FokkerPlanckModes, initial: Float64Array): LineTerms {
	const { ground } = generator;
	const scaled = initial.map((p, i) => (p === 0 ? 0 : p / ground[i]));
	return {
		generator,
		modes,
		coefficients: Float64Array.from(modes.functions, (psi) => dot(psi, scaled))
	};
}

/** Probabilities of the cells at time t, from the terms that `on` lets in (all of them when left out). */
export function sumTerms(
	{ generator, modes, coefficients }: LineTerms,
	time: number,
	on?: (n: number) => boolean
) {
	const out = new Float64Array(generator.size);
	for (let n = 0; n < coefficients.length; n++) {
		if (on && !on(n)) continue;
		const c = coefficients[n] * Math.exp(-modes.rates[n] * time);
		if (Math.abs(c) < 1e-14) continue;
		const psi = modes.functions[n];
		for (let i = 0; i < out.length; i++) out[i] += c * generator.ground[i] * psi[i];
	}
	return out;
}

/** |cₙ|e^{−Γₙt} for n = 0 … count−1: how much of each term is left. */
export function termSizes({ modes, coefficients }: LineTerms, time: number, count: number): Float64Array {
	return Float64Array.from({ length: Math.min(count, coefficients.length) }, (_, n) =>
		Math.abs(coefficients[n] * Math.exp(-modes.rates[n] * time))
	);
}

/**
 * Which bar |cₙ|e^{−Γₙt} of n = 1 … count is halved first: the rate decides, the height does not. Terms that the
 * start does not hold (|cₙ| below `least`) do not take part.
 */
export function firstHalved({ modes, coefficients }: LineTerms, count: number, least = 1e-6): number {
	let best = 0;
	for (let n = 1; n <= count; n++)
		if (Math.abs(coefficients[n]) >= least && (best === 0 || modes.rates[n] > modes.rates[best])) best = n;
	return best;
}

/** Densities per unit length from probabilities of cells. */
export function densityOf(generator: Generator, p: ArrayLike<number>): Float64Array {
	return Float64Array.from(p, (e) => e / generator.cell);
}

/** ½Σ|p − q|: the total-variation distance, 0 … 1, the probability that would have to be moved. */
export function totalVariation(p: ArrayLike<number>, q: ArrayLike<number>): number {
	let sum = 0;
	for (let i = 0; i < p.length; i++) sum += Math.abs(p[i] - q[i]);
	return sum / 2;
}

/** Which of `count` bins, about equally likely under the stationary law, each cell belongs to. */
export function equalBins(stationary: Float64Array, count: number): Int32Array {
	let below = 0;
	return Int32Array.from(stationary, (p) => {
		const bin = Math.min(count - 1, Math.floor((below + p / 2) * count));
		below += p;
		return bin;
	});
}

/** Sums of the cells of each bin. */
export function binned(p: ArrayLike<number>, bins: Int32Array, count: number): Float64Array {
	const out = new Float64Array(count);
	for (let i = 0; i < bins.length; i++) out[bins[i]] += p[i];
	return out;
}

/** How many particles stand in the cells of each bin; cells are centred on the nodes. */
export function binParticles(
	x: ArrayLike<number>,
	axis: Axis,
	bins: Int32Array,
	count: number
): Float64Array {
	const h = spacing(axis);
	const out = new Float64Array(count);
	for (let k = 0; k < x.length; k++) {
		const i = Math.max(0, Math.min(axis.count - 1, Math.round((x[k] - axis.min) / h)));
		out[bins[i]]++;
	}
	return out;
}

/**
 * What ½Σ|p̂ − q| comes to when p̂ are the shares of n independent draws from p: mean and standard deviation, each bin
 * taken as normal, their covariance −pᵦp꜀/n kept to first order. Even for p = q the mean is not zero: that is the floor
 * below which n particles cannot tell their law from q.
 */
export function sampledDistance(
	p: ArrayLike<number>,
	q: ArrayLike<number>,
	n: number
): { mean: number; sd: number } {
	let mean = 0;
	let variance = 0;
	let tilt = 0;
	let tiltSquares = 0;
	for (let b = 0; b < p.length; b++) {
		const mu = p[b] - q[b];
		const s = Math.sqrt(Math.max(0, p[b] * (1 - p[b])) / n);
		// |N(μ,s²)|: mean s√(2/π)e^{−μ²/2s²} + μ·sign, second moment μ² + s², slope of the mean in μ: sign
		const sign = s === 0 ? Math.sign(mu) : erf(mu / (s * Math.SQRT2));
		const folded = s * Math.sqrt(2 / Math.PI) * Math.exp(s === 0 ? 0 : -(mu * mu) / (2 * s * s)) + mu * sign;
		mean += folded / 2;
		variance += Math.max(0, mu * mu + s * s - folded * folded);
		tilt += sign * p[b];
		tiltSquares += (sign * p[b]) ** 2;
	}
	variance -= (tilt * tilt - tiltSquares) / n;
	return { mean, sd: Math.sqrt(Math.max(0, variance)) / 2 };
}

/** The error function to 1.2e-7 (Numerical Recipes' rational Chebyshev fit of erfc, in the form of its ninth degree). */
function erf(x: number): number {
	const z = Math.abs(x);
	const t = 1 / (1 + z / 2);
	const c = [
		-1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
		-0.82215223, 0.17087277
	];
	const poly = c.reduceRight((sum, e) => sum * t + e, 0);
	const tail = t * Math.exp(-z * z + poly);
	return x >= 0 ? 1 - tail : tail - 1;
}
