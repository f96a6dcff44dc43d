// Everything that theory says beforehand about the slowest relaxation of one RBM (theory §6): rates of every closure,
// Rayleigh's bounds, Gibbs contraction plain and with biases, and the exact spectra where they are within reach.
import type { Closure } from './closures/closure.ts';
import { entropicClosure } from './closures/entropic.ts';
import { canEnumerateCovariance, exactCovariance } from './closures/exactCovariance.ts';
import { smoothedClosure } from './closures/smoothed.ts';
import { tapClosure } from './closures/tap.ts';
import { fokkerPlanckGenerator } from './fokkerPlanck.ts';
import { slowestModes } from './fokkerPlanckModes.ts';
import { gibbsEigenvalues } from './gibbsMatrix.ts';
import { glauberGap, MAX_GLAUBER_UNITS } from './glauber.ts';
import { liftVariances } from './lift.ts';
import { symEigen } from './linalg.ts';
import type { Rbm } from './rbm.ts';
import { couplingModes } from './reciprocal.ts';
import { gibbsFactors, relaxationRates } from './relaxation.ts';

/** σ² of the lift in force: the wish, or 0.9/(βλ_max) where that is less (theory §5). */
export function liftInForce(wish: number, betaLambdaMax: number): number {
	return betaLambdaMax > 0 ? Math.min(wish, 0.9 / betaLambdaMax) : wish;
}

/** What the lift at one σ² predicts; rates in Langevin time, NaN where not within reach. */
export interface LiftPrediction {
	/** σ² asked for, and in force */
	readonly wish: number;
	readonly sigma2: number;
	/** Dκ of the softest mode about the lowest minimum of the lifted potential */
	readonly smoothed: number;
	/** D/Var of the top soft mode with the oscillator's variance (theory §5); NaN past βλ = 4 */
	readonly oscillator: number;
	/** D/Var of the top soft mode with the exact covariance: an upper bound on the slowest rate */
	readonly rayleigh: number;
	/** the smallest eigenvalue of D·Cov⁻¹ of the lift: the best such bound of all linear observables */
	readonly rayleighBest: number;
	/** the exact slowest rate from the Fokker–Planck spectrum (1×1 alone) */
	readonly fokkerPlanck: number;
}

/** Predictions about one RBM at one β. Langevin rates are in inverse Langevin time, with D = 1/β. */
export interface RelaxationPredictions {
	readonly beta: number;
	readonly lambda: number;
	readonly gaussian: number;
	readonly entropic: number;
	readonly tap: number;
	/** D·smallest eigenvalue of C⁻¹ with the exact covariance C of the units: the fitted closure; a bound as σ → 0 */
	readonly fitted: number;
	readonly lifts: readonly LiftPrediction[];
	/** τ in sweeps: the linear law (βλ₁/4)², NaN from βλ₁ = 4 on */
	readonly gibbsPlain: number;
	/** τ in sweeps with the units' own response about exact (or entropic) means; NaN where the factor is ≥ 1 */
	readonly gibbsBiased: number;
	/** τ in sweeps from the exact second eigenvalue */
	readonly gibbsExact: number;
	/** τ of random-scan Glauber in updates a unit: linear with gap 1 − βλ₁/4, with the units' own response, and exact */
	readonly glauberPlain: number;
	readonly glauberBiased: number;
	readonly glauberExact: number;
}

/** Sizes up to which the exact Gibbs spectrum is worked out here: some tenths of a second. */
const GIBBS_LAYER = 10;
const GIBBS_UNITS = 20;
/** Nearer to 1 than this a factor is 1 but for rounding, and its time infinite. */
const ROUNDING = 1e-9;
/** A rate below this is that of a critical point. */
const CRITICAL = 1e-6;

/** All predictions for one machine. @param wishes σ² asked for, each taken down to what the lift allows */
export function relaxationPredictions(
	rbm: Rbm,
	beta: number,
	wishes: readonly number[]
): RelaxationPredictions {
	const { N, M } = rbm;
	const D = 1 / beta;
	const coupling = couplingModes(rbm);
	const lambda = coupling.singularValues[0];
	const enumerable = canEnumerateCovariance(rbm) && Math.min(N, M) <= 12;
	const exact = enumerable ? exactCovariance(rbm, beta) : null;
	const entropic = entropicClosure(rbm, beta);
	const means = exact?.mean ?? entropic.minima()[0].at;
	const factor = gibbsFactors(rbm, beta, means)[0];
	const plain = (beta * lambda) / 4;
	const small = Math.min(N, M) <= GIBBS_LAYER && N + M <= GIBBS_UNITS;
	return {
		beta,
		lambda,
		gaussian: D * (4 - beta * lambda),
		entropic: slowest(entropic),
		tap: slowest(tapClosure(rbm, beta)),
		fitted: exact ? D / largest(exact.covariance, N + M) : NaN,
		lifts: wishes.map((wish) => liftPrediction(rbm, beta, lambda, wish, exact?.covariance ?? null)),
		gibbsPlain: sweeps(plain * plain),
		gibbsBiased: sweeps(factor),
		gibbsExact: small ? sweeps(gibbsEigenvalues(rbm, beta, 2)[1]) : NaN,
		glauberPlain: randomScanTime(1 - plain, N + M),
		glauberBiased: randomScanTime(1 - Math.sqrt(factor), N + M),
		glauberExact: N + M <= MAX_GLAUBER_UNITS ? randomScanTime(glauberGap(rbm, beta), N + M) : NaN
	};
}

/** τ = −1/ln μ of a chain whose slow mode shrinks by μ a sweep; NaN for μ ≥ 1. */
function sweeps(factor: number): number {
	return factor < 1 - ROUNDING ? -1 / Math.log(factor) : NaN;
}

/** The slowest rate about the lowest minimum; 0 where it is so but for rounding (a critical point). */
function slowest(closure: Closure): number {
	if (closure.minima().length === 0) return NaN;
	const { rate } = relaxationRates(closure)[0];
	return Math.abs(rate) < CRITICAL ? 0 : rate;
}

/**
 * τ in updates a unit of a random scan whose generator at unit rate has this gap: an update leaves 1 − gap/units of the
 * slow mode, so τ = −1/(units·ln(1 − gap/units)), a little less than the 1/gap of continuous time. NaN for no gap.
 */
export function randomScanTime(gap: number, units: number): number {
	return gap > ROUNDING ? -1 / (units * Math.log1p(-gap / units)) : NaN;
}

function largest(covariance: Float64Array, n: number): number {
	return symEigen(n, covariance).values[n - 1];
}

function liftPrediction(
	rbm: Rbm,
	beta: number,
	lambda: number,
	wish: number,
	covariance: Float64Array | null
): LiftPrediction {
	const sigma2 = liftInForce(wish, beta * lambda);
	const D = 1 / beta;
	const { soft } = liftVariances(lambda, beta, sigma2);
	const lifted = covariance ? liftedCovariance(rbm, beta, sigma2, covariance) : null;
	return {
		wish,
		sigma2,
		smoothed: slowest(smoothedClosure(rbm, beta, sigma2)),
		oscillator: soft === null ? NaN : D / soft,
		rayleigh: lifted ? D / along(lifted, topSoftMode(rbm)) : NaN,
		rayleighBest: lifted ? D / largest(lifted, rbm.N + rbm.M) : NaN,
		fokkerPlanck: rbm.N === 1 && rbm.M === 1 ? fokkerPlanckRate(rbm, beta, sigma2) : NaN
	};
}

/** The top soft mode (u₁, v₁)/√2 in unit coordinates. */
export function topSoftMode(rbm: Rbm): Float64Array {
	const { u, v, singularValues } = couplingModes(rbm);
	const r = singularValues.length;
	const out = new Float64Array(rbm.N + rbm.M);
	for (let i = 0; i < rbm.N; i++) out[i] = u[i * r] * Math.SQRT1_2;
	for (let j = 0; j < rbm.M; j++) out[rbm.N + j] = v[j * r] * Math.SQRT1_2;
	return out;
}

/** Cov(z) = B·C·B + σ²B with B = I − βσ²J: the lift pushes s off its vertex and adds noise (theory §5). */
export function liftedCovariance(
	rbm: Rbm,
	beta: number,
	sigma2: number,
	covariance: Float64Array
): Float64Array {
	const { N, M, weights } = rbm;
	const n = N + M;
	const strength = beta * sigma2;
	const b = new Float64Array(n * n);
	for (let k = 0; k < n; k++) b[k * n + k] = 1;
	for (let i = 0; i < N; i++)
		for (let j = 0; j < M; j++) b[i * n + N + j] = b[(N + j) * n + i] = strength * weights[i * M + j];
	const product = (a: Float64Array, c: Float64Array) => {
		const out = new Float64Array(n * n);
		for (let i = 0; i < n; i++)
			for (let k = 0; k < n; k++) {
				const aik = a[i * n + k];
				if (aik !== 0) for (let j = 0; j < n; j++) out[i * n + j] += aik * c[k * n + j];
			}
		return out;
	};
	return product(product(b, covariance), b).map((e, at) => e + sigma2 * b[at]);
}

function along(covariance: Float64Array, f: Float64Array): number {
	const n = f.length;
	let sum = 0;
	for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += f[i] * covariance[i * n + j] * f[j];
	return sum;
}

/** Nodes an axis of the finer of two grids; the coarser has half the intervals. */
const GRID = 121;

/**
 * The slowest rate of the lift of a 1×1 RBM from its Fokker–Planck operator on grids of 61² and 121² nodes, the error of
 * second order in their spacing extrapolated away: to some parts in a thousand, less well at σ² < 0.1, where wells grow
 * narrow, and near βσ²λ = 1, where a valley does.
 */
export function fokkerPlanckRate(rbm: Rbm, beta: number, sigma2: number): number {
	const [coarse, fine] = [(GRID + 1) / 2, GRID].map((count) => rateOnGrid(rbm, beta, sigma2, count));
	return fine + (fine - coarse) / 3;
}

function rateOnGrid(rbm: Rbm, beta: number, sigma2: number, count: number): number {
	const closure = smoothedClosure(rbm, beta, sigma2);
	const reach = 4.5 * Math.sqrt(sigma2 + beta * sigma2 ** 2 * Math.abs(rbm.weights[0]));
	const push = beta * sigma2 * (Math.abs(rbm.weights[0]) + Math.abs(rbm.visibleBias[0]));
	const axis = { min: -reach - push, max: 1 + reach + push, count };
	const at = new Float64Array(2);
	const generator = fokkerPlanckGenerator(
		[axis, axis],
		(x, y) => {
			at[0] = x;
			at[1] = y;
			return closure.potential(at);
		},
		1 / beta
	);
	return slowestModes(generator, 2).rates[1];
}
