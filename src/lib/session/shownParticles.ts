// The Langevin particles of a run: the lift of the last record's weights, in which they move by the Scene's scheme, and
// their states, which outlive the machines that move them.
import * as tf from '@tensorflow/tfjs-core';
import { currentBackend } from '$lib/engine/backend';
import {
	decode,
	disposeMachine,
	initLangevin,
	langevinStep,
	makeMachine,
	type LangevinMachine
} from '$lib/engine/langevin';
import type { Acceptance } from '$lib/engine/langevinSchemes';
import type { ModelArrays } from '$lib/engine/model';
import type { Key } from '$lib/random/key';
import { MAX_PARTICLES_WITHOUT_GPU, type Scene } from '$lib/scene/schema';
import type { Modes } from './modes';
import { acceptanceOf, disposeParticles, Movement, type Particles } from './movement';
import type { LiftInForce } from './protocol';
import { liftInForce } from './record';

/** Everything that the next step needs, in memory. */
export interface ParticlesCheckpoint {
	readonly z: Float32Array;
	readonly particles: number;
	readonly step: number;
	readonly time: number;
	/** of MALA's proposals, one count a particle */
	readonly accepted: Float32Array | null;
}

/** More move only where a GPU moves them. */
const mostParticles = (): number =>
	currentBackend()?.name === 'webgpu' ? Infinity : MAX_PARTICLES_WITHOUT_GPU;

export class ShownParticles {
	readonly #key: Key;
	#lift!: LiftInForce;
	#machine: LangevinMachine | null = null;
	/** for schemes other than Euler–Maruyama, with the machine's lift and time step */
	#movement: Movement | null = null;
	#state: Particles | null = null;

	constructor(key: Key) {
		this.#key = key;
	}

	/** The σ² and dt in force; there is none before `remake`. */
	get lift(): LiftInForce {
		return this.#lift;
	}

	get machine(): LangevinMachine | null {
		return this.#machine;
	}

	/** Null while none move. */
	get state(): Particles | null {
		return this.#state;
	}

	/** The machine of these weights from here on; particles stay where they are. */
	remake(scene: Scene, modes: Modes, { visibleBias, hiddenBias }: ModelArrays): void {
		const { N, M, r, u, v, singularValues } = modes;
		this.#lift = liftInForce(
			scene,
			singularValues.reduce((a, b) => Math.max(a, b), 0)
		);
		const { sigma2, dt } = this.#lift;
		const coupling = { N, M, u, v, singularValues, visibleBias, hiddenBias, beta: scene.beta };
		if (this.#machine) disposeMachine(this.#machine);
		this.#machine = makeMachine({ ...coupling, modes: r, sigma2, dt });
		this.#movement?.dispose();
		const { scheme } = scene.langevin;
		this.#movement = scheme === 'euler' ? null : new Movement(scheme, coupling, sigma2, dt);
		if (this.#state && this.#movement) this.#state = this.#movement.adopt(this.#state);
	}

	/** Moves the particles `n` ≥ 0 steps, starting them at smeared random vertices if there are none. */
	move({ particles: wanted }: Scene['langevin'], n: number): void {
		const particles = Math.min(wanted, mostParticles());
		if (!this.#machine || particles === 0) return;
		if (!this.#state) {
			const fresh = initLangevin(this.#machine, { particles, from: 'vertices' }, this.#key);
			this.#state = this.#movement?.adopt(fresh) ?? fresh;
		}
		if (n === 0) return;
		if (this.#movement) this.#state = this.#movement.step(this.#state, n);
		else [this.#state] = langevinStep(this.#state, this.#machine, n);
	}

	/** Takes the particles away; the next move starts new ones. */
	drop(): void {
		if (this.#state) disposeParticles(this.#state);
		this.#state = null;
	}

	/** The first `most` particles as binary rows; null without particles. Caller disposes. */
	decoded(most: number): tf.Tensor2D | null {
		if (!this.#state || !this.#machine) return null;
		if (this.#state.z.shape[0] <= most) return decode(this.#state, this.#machine);
		const z = tf.slice(this.#state.z, [0, 0], [most, -1]);
		const decoded = decode({ ...this.#state, z }, this.#machine);
		z.dispose();
		return decoded;
	}

	/** MALA's acceptance; null for other schemes. */
	acceptance(): Promise<Acceptance | null> {
		return acceptanceOf(this.#state);
	}

	async checkpoint(): Promise<ParticlesCheckpoint | null> {
		const state = this.#state;
		if (!state) return null;
		const read = async (tensor: tf.Tensor) => ((await tensor.data()) as Float32Array).slice();
		const [z, accepted] = await Promise.all([read(state.z), state.accepted ? read(state.accepted) : null]);
		return { z, particles: state.z.shape[0], step: state.step, time: state.time, accepted };
	}

	/** Particles as a checkpoint left them, no more than may move here; the machine must stand. */
	restore({ z, particles, step, time, accepted }: ParticlesCheckpoint): void {
		const K = z.length / particles;
		const kept = Math.min(particles, mostParticles());
		const saved: Particles = {
			z: tf.tensor2d(z.subarray(0, kept * K), [kept, K]),
			key: this.#key,
			step,
			time,
			accepted: accepted && tf.tensor1d(accepted.subarray(0, kept))
		};
		this.#state = this.#movement?.adopt(saved) ?? saved;
	}

	dispose(): void {
		this.drop();
		if (this.#machine) disposeMachine(this.#machine);
		this.#machine = null;
		this.#movement?.dispose();
		this.#movement = null;
	}
}
