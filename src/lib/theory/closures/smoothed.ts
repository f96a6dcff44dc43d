// The smoothed closure: the exact lift, in which every vertex is a Gaussian of width σ. Its stationary law is the RBM
// itself, so its curvatures are those of the true landscape, not of an approximation to it.
import { cholesky, solveCholesky } from '../linalgSolve.ts';
import {
	decode,
	defaultSigma2,
	liftConstant,
	liftDrift,
	liftedPotential,
	liftVariances,
	makeLift,
	meanGivenState,
	type Lift
} from '../lift.ts';
import type { Rbm } from '../rbm.ts';
import { functionOfCoupling, reciprocalFrame, type Frame } from '../reciprocal.ts';
import type { Closure, Minimum, NormalMode } from './closure.ts';
import { normalModes } from './modes.ts';
import { startingPoints, vertexPoints } from './starts.ts';
import { distance, headsFor, sameWell } from './wells.ts';

export interface SmoothedClosure extends Closure {
	readonly lift: Lift;
}

/**
 * βU = βE′ − ln ρ_σ + const, with the constant that makes ∫e^{−βU}ds = Z exactly. Hessian A/σ² − diag(m(1−m))/σ⁴.
 * @param rbm any RBM
 * @param beta inverse temperature, > 0
 * @param sigma2 σ²; min(¼, 0.9/(βλ_max)) when left out
 * @throws LiftBoundError when βσ²λ_max ≥ 1
 */
export function smoothedClosure(rbm: Rbm, beta: number, sigma2?: number): SmoothedClosure {
	let frame: Frame | null = null;
	let found: Minimum[] | null = null;
	let modes: NormalMode[] | null = null;
	const probe = sigma2 ?? defaultSigma2(beta, (frame = reciprocalFrame(rbm)).singularValues[0]);
	const lift = makeLift(rbm, beta, probe);
	const n = rbm.N + rbm.M;
	const shift = liftConstant(lift) - n * Math.LN2;
	const potential = (at: Float64Array) => liftedPotential(lift, at) + shift;
	const gradient = (at: Float64Array) => liftDrift(lift, at).map((f) => -beta * f);
	const hessian = smoothedHessian(lift);
	const starts = () => [...startingPoints(rbm, beta), ...vertexPoints(rbm)];
	const minima = () => (found ??= smoothedMinima(lift, { potential, gradient, hessian }, starts()));
	const modesAt = (at: Float64Array) => normalModes((frame ??= reciprocalFrame(rbm)), hessian(at));
	return {
		name: 'smoothed',
		size: n,
		beta,
		lift,
		validity: {
			valid: true,
			reason:
				probe < 0.1
					? 'The stationary law is exact; below σ² = 0.1 hops over single-unit barriers are slower than the curvatures say.'
					: 'The stationary law is exact at every σ² below 1/(βλ_max).'
		},
		potential,
		gradient,
		hessian,
		minima,
		modes: (at) => (at ? modesAt(at) : (modes ??= modesAt(minima()[0].at)))
	};
}

/** A/σ² − diag(m(1−m))/σ⁴ as a function of the point; A is built once, on first use. */
function smoothedHessian(lift: Lift): (at: Float64Array) => Float64Array {
	const n = lift.rbm.N + lift.rbm.M;
	const { beta, sigma2, modes } = lift;
	let stiffness: Float64Array | null = null;
	const build = () => {
		const out = new Float64Array(n * n);
		for (let i = 0; i < n; i++) {
			const unit = new Float64Array(n);
			unit[i] = 1;
			out.set(
				functionOfCoupling(modes, (j) => 1 / (sigma2 * (1 - beta * sigma2 * j)), unit),
				i * n
			);
		}
		return out;
	};
	return (at) => {
		const out = (stiffness ??= build()).slice();
		decode(at, sigma2).forEach((m, i) => (out[i * n + i] -= (m * (1 - m)) / sigma2 ** 2));
		return out;
	};
}

type Landscape = Pick<Closure, 'potential' | 'gradient' | 'hessian'>;

/** At small σ there is a minimum at every vertex: stop at this many. */
const MOST = 64;
/** Above this many units one minimum has to do: each Newton step costs (N+M)³. */
const LARGE = 400;

/**
 * Minima by z ← E[z|s] averaged over the coin s|z, i.e. z = m − βσ²∇E(m): the mean-shift step of a Gaussian mixture,
 * which never lowers the density. Newton's method finishes.
 */
function smoothedMinima(lift: Lift, landscape: Landscape, starts: readonly Float64Array[]): Minimum[] {
	const found: Minimum[] = [];
	let fallback: Minimum | null = null;
	const large = starts[0].length > LARGE;
	const most = large ? 1 : MOST;
	// the second start follows the biases; the first is the centre, often a saddle
	for (const start of large ? starts.slice(1, 4) : starts) {
		let at = start;
		let known = false;
		for (let k = 1; k <= 150 && !known; k++) {
			const next = meanGivenState(lift, decode(at, lift.sigma2));
			const moved = distance(next, at);
			at = next;
			const done = moved < 1e-7;
			if (done || k % 20 === 0) known = found.some((f) => headsFor(landscape.potential, at, f));
			if (done) break;
		}
		if (known) continue;
		const { point, definite } = polish(landscape, at);
		const minimum = { at: point, value: landscape.potential(point) };
		if (!fallback || minimum.value < fallback.value) fallback = minimum;
		if (definite && !found.some((f) => sameWell(landscape.potential, f, minimum))) found.push(minimum);
		if (found.length >= most) break;
	}
	if (found.length === 0 && fallback) return [fallback];
	return found.sort((a, b) => a.value - b.value);
}

/**
 * Newton's method with a shifted Hessian (Levenberg) wherever the plain one is not positive definite or overshoots:
 * at σ² near ¼ the wells are so flat that mean-shift steps alone would take thousands.
 */
function polish(landscape: Landscape, start: Float64Array): { point: Float64Array; definite: boolean } {
	const n = start.length;
	let point = start;
	let value = landscape.potential(point);
	let shift = 0;
	for (let k = 0; k < 200; k++) {
		const shifted = landscape.hessian(point);
		for (let i = 0; i < n; i++) shifted[i * n + i] += shift;
		const factor = cholesky(n, shifted);

		if (factor) {
			const step = solveCholesky(n, factor, landscape.gradient(point));
			const next = point.map((e, i) => e - step[i]);
			const lower = landscape.potential(next);
			// equal to rounding counts as down: near the minimum values cannot tell any more
			if (lower <= value + 1e-13 * Math.max(1, Math.abs(value))) {
				const moved = distance(next, point);
				point = next;
				value = lower;
				shift = shift < 1e-6 ? 0 : shift / 10;
				if (moved < 1e-14) break;
				continue;
			}
		}
		shift = shift === 0 ? 1e-3 : shift * 4;
		if (shift > 1e12) break;
	}
	return { point, definite: cholesky(n, landscape.hessian(point)) !== null };
}

/**
 * Inverse variances of the lift's oscillators, 1/Var of each mode in z (balanced biases, no quartic term): what D
 * must multiply to give the relaxation rate of a mode whose single-unit barriers are low. Not the Hessian's
 * eigenvalues, which see the ripples between vertices.
 * @param lambdas singular values of W
 * @param beta inverse temperature
 * @param sigma2 σ² of the lift
 * @returns per singular value; `soft` is null at and past βλ = 4
 */
export function liftOscillatorCurvatures(
	lambdas: ArrayLike<number>,
	beta: number,
	sigma2: number
): { stiff: number; soft: number | null }[] {
	return Array.from(lambdas, (lambda) => {
		const { stiff, soft } = liftVariances(lambda, beta, sigma2);
		return { stiff: 1 / stiff, soft: soft === null ? null : 1 / soft };
	});
}
