// The machines of chapter 5: one leading singular value set by hand, the others alike, and a field along the leading soft
// mode; and sections through their potential that need no worker. β = 1.
import { energy, makeRbm, type Rbm } from '$lib/theory/rbm';
import { modesToUnits, reciprocalFrame } from '$lib/theory/reciprocal';
import { softVariance } from '$lib/theory/softVariance';
import type { MachineRecipe } from '$lib/scene/machine';
import { rbmOf } from '../machineRbm';

export const BETA = 1;
/** σ² of the blur through which the exact law of the vertices is drawn: σ = 0.15, narrow against any mode here. */
export const BLUR = 0.0225;

export interface ClosureMachine {
	readonly machine: MachineRecipe;
	/** βλ₁ */
	readonly lambda: number;
	/** the other singular values, held below 0.9·λ₁ so that the first stays the first */
	readonly rest: number;
	/** force along w₁ at the centre of the cube */
	readonly field: number;
}

/** The recipe of the machine without its field. */
export function recipeOf({ machine, lambda, rest }: ClosureMachine): MachineRecipe {
	return { ...machine, singularValues: [lambda], rest: Math.min(rest, 0.9 * lambda) };
}

/** The RBM. */
export function closureRbm(of: ClosureMachine): Rbm {
	const rbm = rbmOf(recipeOf(of));
	const { field } = of;
	if (field === 0) return rbm;
	const { N, M } = rbm;
	const direction = softDirection(rbm);
	return makeRbm({
		...rbm,
		visibleBias: rbm.visibleBias.map((c, i) => c + field * direction[i]),
		hiddenBias: Float64Array.from({ length: M }, (_, j) => rbm.hiddenBias[j] + field * direction[N + j])
	});
}

/** Unit vector of w₁ in unit coordinates. */
export function softDirection(rbm: Rbm): Float64Array {
	const frame = reciprocalFrame(rbm);
	const unit = new Float64Array(rbm.N + rbm.M);
	unit[frame.r] = 1;
	return modesToUnits(frame, unit);
}

/** The largest σ² of a lift with a tenth to spare, and at most ¼. */
export function widest(lambda: number): number {
	return Math.min(0.25, 0.9 / lambda);
}

/** Exact variance of w₁ at each βλ₁. */
export function exactSoftVariances(
	machine: MachineRecipe,
	rest: number,
	lambdas: readonly number[]
): number[] {
	return lambdas.map((lambda) => softVariance(closureRbm({ machine, lambda, rest, field: 0 }), BETA));
}

/** The three terms of βU_eff along w₁ through the centre of the cube, at distance t from it, in the gaussian closure. */
export interface PotentialTerms {
	/** βE from its value at the centre */
	readonly energy: number;
	/** V_const = −ln of the Gaussian with the vertices' mean and covariance: curvature 4 */
	readonly constraint: number;
	/** S_c = (N+M) ln 2, the same everywhere */
	readonly entropy: number;
}

/** The terms at many places. */
export function potentialTerms(rbm: Rbm, t: ArrayLike<number>): PotentialTerms[] {
	const direction = softDirection(rbm);
	const n = rbm.N + rbm.M;
	const energyAt = (d: number) => {
		const s = direction.map((e) => 0.5 + d * e);
		return BETA * energy(rbm, s.subarray(0, rbm.N), s.subarray(rbm.N));
	};
	const middle = energyAt(0);
	return Array.from(t, (d) => ({
		energy: energyAt(d) - middle,
		constraint: 2 * d * d + 0.5 * n * Math.log(Math.PI / 2),
		entropy: n * Math.LN2
	}));
}

/** −d(βU_eff)/dt along w₁ at t: by differences of the sum, with S_c in it or not, so that it is seen to drop out. */
export function forceAlong(rbm: Rbm, t: number, withEntropy: boolean): number {
	const h = 1e-4;
	const [lo, hi] = potentialTerms(rbm, [t - h, t + h]).map(
		(p) => p.energy + p.constraint - (withEntropy ? p.entropy : 0)
	);
	return -(hi - lo) / (2 * h);
}
