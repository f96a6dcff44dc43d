// How fast things relax: Langevin rates from curvatures, bounds from variances, and the contraction of block Gibbs
// sampling (S's open question). Measured rates come from autocorrelation.ts, exact Gibbs eigenvalues from the
// transition matrix.
import type { Closure, NormalMode } from './closures/closure.ts';
import { thinSvd } from './linalg.ts';
import { dot, matVec } from './linalgProducts.ts';
import type { Rbm } from './rbm.ts';

/** A normal mode with its Langevin rate Γ = Dκ (negative: it runs away). */
export interface RelaxingMode extends NormalMode {
	readonly rate: number;
}

/**
 * Rates Γᵢ = Dκᵢ of all normal modes of a closure, slowest first; exact in the oscillator limit.
 * @param closure any closure
 * @param diffusion D; 1/β when left out
 */
export function relaxationRates(closure: Closure, diffusion = 1 / closure.beta): RelaxingMode[] {
	return closure.modes().map((mode) => ({ ...mode, rate: diffusion * mode.curvature }));
}

/**
 * Rayleigh's bound on the slowest Langevin rate: Γ₁ ≤ D|f|²/(fᵀCf) for the linear observable f·z, since f·z is a trial
 * function of the Fokker–Planck operator. Equality for a Gaussian law along a principal axis.
 * @param covariance C of z under the stationary law, n×n row-major
 * @param direction f, n entries
 * @param diffusion D
 * @throws RangeError when the observable does not vary
 */
export function rayleighBound(covariance: Float64Array, direction: Float64Array, diffusion: number): number {
	const n = direction.length;
	const variance = dot(direction, matVec(covariance, n, n, direction));
	if (!(variance > 0)) throw new RangeError('rayleighBound: the observable does not vary');
	return (diffusion * dot(direction, direction)) / variance;
}

/** Contraction of one mode in one block-Gibbs sweep v→h→v, and its memory in sweeps. */
export interface GibbsContraction {
	/** Factor per sweep, (βλ/4)². */
	readonly factor: number;
	/** τ_G = −1/(2 ln(βλ/4)) sweeps; Infinity at and past βλ = 4, 0 for λ = 0. */
	readonly sweeps: number;
}

/**
 * Block Gibbs on balanced biases in the linear (oscillator) limit: the conditional mean of h answers v with slope
 * βW/4, and v answers h likewise, so mode i of x shrinks by (βλᵢ/4)² a sweep.
 */
export function gibbsContraction(lambda: number, beta: number): GibbsContraction {
	const half = (beta * lambda) / 4;
	return { factor: half * half, sweeps: half >= 1 ? Infinity : half === 0 ? 0 : -1 / (2 * Math.log(half)) };
}

/**
 * The same with biases: the response of a unit is m(1−m), so the factors are the squared singular values of
 * diag√(m_v(1−m_v))·βW·diag√(m_h(1−m_h)), falling. At m = ½ they are (βλ/4)².
 * @param rbm the RBM
 * @param beta inverse temperature
 * @param magnetisation N+M means about which to linearise: exact ones, or a closure's minimum
 * @returns min(N,M) factors per sweep
 */
export function gibbsFactors(rbm: Rbm, beta: number, magnetisation: Float64Array): Float64Array {
	const { N, M, weights } = rbm;
	const d = magnetisation.map((m) => Math.sqrt(m * (1 - m)));
	const scaled = weights.map((w, k) => beta * w * d[Math.floor(k / M)] * d[N + (k % M)]);
	return thinSvd(N, M, scaled).singularValues.map((s) => s * s);
}

/** Langevin and Gibbs times of the soft mode at distance ε = 1 − βλ/4 from criticality. */
export interface CriticalTimes {
	readonly epsilon: number;
	/** 1/(D(4−βλ)) with D = 1/β, which is exactly β/(4ε). */
	readonly langevin: number;
	/** −1/(2 ln(1−ε)) → 1/(2ε) sweeps. */
	readonly gibbs: number;
	/** langevin/gibbs → β/2: one sweep is worth half a β of Langevin time. */
	readonly timePerSweep: number;
}

/**
 * Both clocks on one mode. The exponent is the same; only the unit of time differs.
 * @throws RangeError unless 0 < βλ < 4
 */
export function criticalTimes(lambda: number, beta: number): CriticalTimes {
	const epsilon = 1 - (beta * lambda) / 4;
	if (!(epsilon > 0 && epsilon < 1))
		throw new RangeError(`criticalTimes: βλ must lie between 0 and 4, got ${beta * lambda}`);
	const langevin = beta / (4 * epsilon);
	const gibbs = gibbsContraction(lambda, beta).sweeps;
	return { epsilon, langevin, gibbs, timePerSweep: langevin / gibbs };
}

/** Fokker–Planck rate over unit-rate Glauber rate at weak coupling: a free unit relaxes at D·4 against 1, so 4/β. */
export function langevinOverGlauber(beta: number): number {
	return 4 / beta;
}
