// The linear part of a Langevin splitting, solved exactly: in each mode of L an Ornstein–Uhlenbeck process of curvature
// κ, over a time τ = dt/β (in units of the diffusion):
//   z → e^{−κτ}z + φ(κ)·f + √(φ₂(κ))·ξ,   φ = (1−e^{−κτ})/κ,   φ₂ = (1−e^{−2κτ})/κ,
// as three functions of L in unit coordinates. Strang's splitting puts half a step of the units' own flow on either side.
import { matMul, reshape, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { functionMatrix } from './langevinModes';
import type { EffectivePotential } from './langevinPotential';

export interface Splitting {
	/** e^{−τL}, [K, K] */
	readonly decay: Tensor2D;
	/** √φ₂(L), [K, K] */
	readonly spread: Tensor2D;
	/** φ(L)·f, [K] */
	readonly shift: Tensor1D;
}

/** (1−e^{−κτ})/κ for κ of either sign; τ at κ = 0. */
const relaxed = (kappa: number, tau: number): number =>
	kappa === 0 ? tau : -Math.expm1(-kappa * tau) / kappa;

/** The exact linear flow over `dt`. Whoever makes it disposes it. */
export function makeSplitting({ modes, field, beta, K }: EffectivePotential, dt: number): Splitting {
	const tau = dt / beta;
	const shift = tidy(() => {
		const row = reshape(field, [1, K]) as Tensor2D;
		return reshape(
			matMul(
				row,
				functionMatrix(modes, (kappa) => relaxed(kappa, tau))
			),
			[K]
		) as Tensor1D;
	});
	return {
		decay: functionMatrix(modes, (kappa) => Math.exp(-kappa * tau)),
		spread: functionMatrix(modes, (kappa) => Math.sqrt(relaxed(kappa, 2 * tau))),
		shift
	};
}

export function disposeSplitting({ decay, spread, shift }: Splitting): void {
	decay.dispose();
	spread.dispose();
	shift.dispose();
}
