// From a closure to oscillators: the Schrödinger potential V_Q of the Fokker–Planck operator, the normal modes of a
// quadratic form with coupled coordinates, and what one mode does in time.
import type { Closure } from './closures/closure.ts';
import { symEigen } from './linalg.ts';
import { dot, matVec } from './linalgProducts.ts';
import { cholesky, solveCholesky } from './linalgSolve.ts';

/**
 * V_Q = |∇U|²/(8D²) − ∇²U/(4D) = ⅛|∇βU|² − ¼∇²βU with D = 1/β: P = e^{−βU/2}ψ turns the Fokker–Planck equation into
 * H = Σ½pᵢ² + V_Q with rates Γ = 2D·E. Invariant under rotations, so unit coordinates do. Per unit length squared.
 * @param closure any closure
 * @param at N+M unit coordinates inside its domain
 */
export function schrodingerPotential(closure: Closure, at: Float64Array): number {
	const gradient = closure.gradient(at);
	const hessian = closure.hessian(at);
	let trace = 0;
	for (let k = 0; k < closure.size; k++) trace += hessian[k * closure.size + k];
	return dot(gradient, gradient) / 8 - trace / 4;
}

/** V_Q of a quadratic form, βU = ½ζᵀKζ: ⅛ζᵀK²ζ − ¼tr K. K is n×n, row-major, symmetric. */
export function quadraticSchrodingerPotential(n: number, k: Float64Array, zeta: Float64Array): number {
	const force = matVec(k, n, n, zeta);
	let trace = 0;
	for (let i = 0; i < n; i++) trace += k[i * n + i];
	return dot(force, force) / 8 - trace / 4;
}

/** βU = const − fieldᵀz + ½zᵀKz written as independent oscillators ζ = shapesᵀ(z − centre). */
export interface Oscillators {
	readonly size: number;
	/** z₀: the minimum K^{−1}·field, or the saddle when some κ < 0; null when K is singular and there is none. */
	readonly centre: Float64Array | null;
	/** κ, rising. */
	readonly curvatures: Float64Array;
	/** ω = κ/2. */
	readonly frequencies: Float64Array;
	/** n×n row-major, mode i in column i: S's k_ij ≠ 0 mixes the coordinates, and these are the combinations. */
	readonly shapes: Float64Array;
}

/**
 * Normal modes of a quadratic βU with coupled coordinates.
 * @param n number of coordinates
 * @param k K, n×n row-major, symmetric
 * @param field linear term, n entries; zero when left out
 */
export function oscillatorsOf(
	n: number,
	k: Float64Array,
	field: Float64Array = new Float64Array(n)
): Oscillators {
	const { values, vectors } = symEigen(n, k);
	const largest = values.reduce((s, e) => Math.max(s, Math.abs(e)), 0);
	const singular = values.some((e) => Math.abs(e) <= 1e-14 * largest) || largest === 0;
	let centre: Float64Array | null = null;
	if (!singular) {
		centre = new Float64Array(n);
		for (let i = 0; i < n; i++) {
			let along = 0;
			for (let j = 0; j < n; j++) along += vectors[j * n + i] * field[j];
			for (let j = 0; j < n; j++) centre[j] += (vectors[j * n + i] * along) / values[i];
		}
	}
	return { size: n, centre, curvatures: values, frequencies: values.map((e) => e / 2), shapes: vectors };
}

/** ζ = shapesᵀ(z − centre), the modes' displacements. @throws RangeError when the form has no centre */
export function toNormalCoordinates(oscillators: Oscillators, z: Float64Array): Float64Array {
	const { size: n, centre, shapes } = oscillators;
	if (!centre) throw new RangeError('toNormalCoordinates: a mode has curvature 0, so there is no centre');
	const zeta = new Float64Array(n);
	for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) zeta[i] += shapes[j * n + i] * (z[j] - centre[j]);
	return zeta;
}

/** z = centre + shapes·ζ. @throws RangeError when the form has no centre */
export function fromNormalCoordinates(oscillators: Oscillators, zeta: Float64Array): Float64Array {
	const { size: n, centre, shapes } = oscillators;
	if (!centre) throw new RangeError('fromNormalCoordinates: a mode has curvature 0, so there is no centre');
	return matVec(shapes, n, n, zeta).map((e, j) => e + centre[j]);
}

/** Γ = 2D·E. @param energy E(n) = Σωᵢnᵢ @param diffusion D */
export function rateOfEnergy(energy: number, diffusion: number): number {
	return 2 * diffusion * energy;
}

/** Frequencies of one pair of modes in the gaussian closure: ω_stiff = (4+βλ)/2, ω_soft = (4−βλ)/2 (negative past 4). */
export function gaussianFrequencies(lambda: number, beta: number): { stiff: number; soft: number } {
	return { stiff: (4 + beta * lambda) / 2, soft: (4 - beta * lambda) / 2 };
}

/**
 * ln ∫e^{−βU}dz of a quadratic βU = offset − fieldᵀz + ½zᵀKz: −offset + ½fieldᵀK^{−1}field + ½n ln 2π − ½ ln det K.
 * @returns null when K is not positive definite
 */
export function quadraticLnZ(n: number, k: Float64Array, field: Float64Array, offset = 0): number | null {
	const factor = cholesky(n, k);
	if (!factor) return null;
	let logDet = 0;
	for (let i = 0; i < n; i++) logDet += 2 * Math.log(factor[i * n + i]);
	return (
		0.5 * dot(field, solveCholesky(n, factor, field)) - offset + 0.5 * (n * Math.log(2 * Math.PI) - logDet)
	);
}

/**
 * One mode in time (Ornstein–Uhlenbeck): started at ζ₀ it is Gaussian, mean ζ₀e^{−Γt}, variance (1−e^{−2Γt})/κ, Γ = Dκ.
 * @param curvature κ of βU, any sign: an unstable mode runs away, κ = 0 diffuses freely with variance 2Dt
 * @param diffusion D
 * @param start ζ₀
 * @param time t ≥ 0
 */
export function oscillatorTransient(
	curvature: number,
	diffusion: number,
	start: number,
	time: number
): { mean: number; variance: number } {
	const rate = diffusion * curvature;
	return {
		mean: start * Math.exp(-rate * time),
		variance: curvature === 0 ? 2 * diffusion * time : -Math.expm1(-2 * rate * time) / curvature
	};
}
