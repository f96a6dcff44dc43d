// How the particles move under the exact lift by the schemes other than Euler–Maruyama, which has kernels of its own
// (engine/langevin.ts). Particles are decoded by the lift's coin, so all schemes share its potential, σ² and time step.
import * as tf from '@tensorflow/tfjs-core';
import type { LangevinState } from '$lib/engine/langevin';
import {
	disposePotential,
	smoothedPotential,
	type CouplingOptions,
	type EffectivePotential
} from '$lib/engine/langevinPotential';
import {
	disposeDynamics,
	makeDynamics,
	readAcceptance,
	schemeStep,
	type Acceptance,
	type Dynamics,
	type Scheme,
	type SchemeState
} from '$lib/engine/langevinSchemes';

/** Particles of any scheme: those of Euler–Maruyama carry nothing more than their positions. */
export type Particles = LangevinState & Partial<Pick<SchemeState, 'linear' | 'accepted'>>;

export class Movement {
	readonly #potential: EffectivePotential;
	readonly #dynamics: Dynamics;

	/** @throws RangeError when βσ²λ_max ≥ 1 or dt is not positive */
	constructor(scheme: Exclude<Scheme, 'euler'>, coupling: CouplingOptions, sigma2: number, dt: number) {
		this.#potential = smoothedPotential(coupling, sigma2);
		this.#dynamics = makeDynamics(this.#potential, scheme, dt);
	}

	/** Particles that this movement can go on with: those of another machine, or fresh ones. Consumes `particles`. */
	adopt(particles: Particles): Particles {
		if (this.#dynamics.scheme !== 'mala') return particles;
		particles.linear?.dispose();
		return {
			...particles,
			linear: tf.matMul(particles.z, this.#potential.linear),
			accepted: particles.accepted ?? tf.zeros([particles.z.shape[0]])
		};
	}

	/** `n` ≥ 1 steps. Consumes `particles`. */
	step(particles: Particles, n: number): Particles {
		const state: SchemeState = { linear: null, accepted: null, ...particles };
		return schemeStep(state, this.#dynamics, n)[0];
	}

	dispose(): void {
		disposeDynamics(this.#dynamics);
		disposePotential(this.#potential);
	}
}

/** Share of MALA's proposals taken since the particles started; null for other schemes and before the first step. */
export async function acceptanceOf(particles: Particles | null): Promise<Acceptance | null> {
	if (!particles?.accepted || particles.step === 0) return null;
	return readAcceptance({ linear: null, ...particles, accepted: particles.accepted });
}

export function disposeParticles({ z, linear, accepted }: Particles): void {
	tf.dispose([z, ...(linear ? [linear] : []), ...(accepted ? [accepted] : [])]);
}
