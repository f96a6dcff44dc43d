// Langevin dynamics under the exact lift (theory §5), Euler–Maruyama: particles z in unit coordinates, visible units
// first, whose stationary law decodes to the RBM exactly (up to the bias of the time step).
// Ownership: `langevinStep` CONSUMES its state, never the machine. A machine may be replaced while particles stay.
import {
	add,
	fill,
	matMul,
	mul,
	sub,
	tensor2d,
	tidy,
	zeros,
	type Tensor1D,
	type Tensor2D
} from '@tensorflow/tfjs-core';
import { uniforms } from '$lib/random/draw';
import { foldIn, type Key } from '$lib/random/key';
import { gaussianNoise } from './kernels/gaussianNoise';
import { langevinSteps, stepsAtOnce } from './kernels/langevinSteps';
import { langevinUpdate } from './kernels/langevinUpdate';
import { sampleUnits } from './kernels/sampleUnits';
import { smearedVertices, startsAtOnce } from './kernels/smearedVertices';
import { applyInModes, applyLinear, type LangevinMachine } from './machine';

export { disposeMachine, makeMachine, stableDt, type LangevinMachine, type MachineOptions } from './machine';

export interface LangevinState {
	/** [P, N+M], unit coordinates, visible units first */
	readonly z: Tensor2D;
	readonly key: Key;
	/** steps done: also the counter of the noise */
	readonly step: number;
	/** time elapsed, sum of dt */
	readonly time: number;
}

export interface LangevinInfo {
	readonly steps: number;
	readonly time: number;
}

export interface LangevinStart {
	readonly particles: number;
	/**
	 * `vertices`: uniformly random vertices smeared by N(0, σ²); `uniform`: uniform in [−σ, 1+σ]^{N+M};
	 * `lift`: the given binary rows, lifted exactly: z = s − βσ²∇E(s) + N(0, σ²A⁻¹)
	 */
	readonly from: 'vertices' | 'uniform' | 'lift';
	/** for `lift`: float32 0/1, [P, N+M]; the caller's */
	readonly states?: Tensor2D;
}

/** Children of a state's key. */
const START = 1;
const NOISE = 2;
const DECODE = 3;

/** Particles at their start. Throws RangeError when `lift` lacks its states. */
export function initLangevin(machine: LangevinMachine, start: LangevinStart, key: Key): LangevinState {
	const { particles, from, states } = start;
	const K = machine.N + machine.M;
	if (!(particles >= 1)) throw new RangeError('Langevin dynamics needs at least one particle.');
	if (from === 'lift' && (states?.shape[0] !== particles || states.shape[1] !== K)) {
		throw new RangeError(`A lift starts from ${particles} states of ${K} units.`);
	}
	const startKey = foldIn(key, START);
	return { z: startRows(), key, step: 0, time: 0 };

	function startRows(): Tensor2D {
		if (from === 'lift') return lift(machine, states!, startKey, 0);
		const sigma = Math.sqrt(machine.sigma2);
		if (from === 'uniform') {
			const values = Float32Array.from(uniforms(particles * K, startKey), (x) => x * (1 + 2 * sigma) - sigma);
			return tensor2d(values, [particles, K], 'float32');
		}
		if (startsAtOnce()) return smearedVertices(particles, K, sigma, startKey);
		return tidy(() => {
			const vertices = sampleUnits(zeros([particles, K]), zeros([K]), 1, { key: startKey, counter: 0 });
			return add(
				vertices,
				mul(gaussianNoise(particles, K, { key: startKey, counter: 1 }), sigma)
			) as Tensor2D;
		});
	}
}

/**
 * Exact draw of z given binary states s [P, N+M]: z = s − βσ²∇E(s) + N(0, σ²A⁻¹), with ∇E(s) = Js − c and
 * A⁻¹ = I − βσ²J (theory §5). Caller disposes.
 */
export function lift(machine: LangevinMachine, states: Tensor2D, key: Key, counter: number): Tensor2D {
	const { beta, sigma2 } = machine;
	const strength = beta * sigma2;
	return tidy(() => {
		const noise = gaussianNoise(states.shape[0], states.shape[1], { key, counter });
		const shaped = add(
			noise,
			applyInModes(machine, noise, (e) => Math.sqrt(1 - strength * e) - 1)
		);
		const force = sub(
			machine.bias,
			applyInModes(machine, states, (e) => e)
		);
		return add(add(states, mul(force, strength)), mul(shaped, Math.sqrt(sigma2))) as Tensor2D;
	});
}

/** `n` Euler–Maruyama steps of `machine.dt`, no read-back. Consumes `state`. */
export function langevinStep(
	state: LangevinState,
	machine: LangevinMachine,
	n = 1
): [LangevinState, LangevinInfo] {
	if (state.z.shape[1] !== machine.N + machine.M)
		throw new RangeError('Particles and machine differ in units.');
	const key = foldIn(state.key, NOISE);
	let { z } = state;
	if (n > 0 && stepsAtOnce(machine.linear)) {
		z = langevinSteps(z, machine.field, machine.linear, machine, n, { key, counter: state.step });
		state.z.dispose();
	} else {
		for (let i = 0; i < n; i++) {
			const linear = applyLinear(machine, z);
			const next = langevinUpdate(z, linear, machine.field, machine, { key, counter: state.step + i });
			linear.dispose();
			z.dispose();
			z = next;
		}
	}
	const time = state.time + n * machine.dt;
	return [
		{ z, key: state.key, step: state.step + n, time },
		{ steps: n, time }
	];
}

/**
 * Binary rows from particles: sₖ ~ Bernoulli(sigmoid((zₖ−½)/σ²)), float32 0/1 [P, N+M]. Deterministic in the state;
 * the state lives on. Caller disposes.
 */
export function decode(state: LangevinState, machine: LangevinMachine): Tensor2D {
	const draw = { key: foldIn(state.key, DECODE), counter: state.step };
	return tidy(() => {
		const centre = fill([state.z.shape[1]], -0.5) as Tensor1D;
		return sampleUnits(state.z, centre, 1 / machine.sigma2, draw);
	});
}

/** (x, y) = (u·z_visible, v·z_hidden) of one mode, raw (not centred), [P, 2]. Caller disposes. */
export function projectModes(
	state: LangevinState,
	u: Float32Array | Float64Array,
	v: Float32Array | Float64Array
): Tensor2D {
	const columns = new Float32Array(2 * (u.length + v.length));
	u.forEach((entry, i) => (columns[2 * i] = entry));
	v.forEach((entry, j) => (columns[2 * (u.length + j) + 1] = entry));
	return tidy(() => matMul(state.z, tensor2d(columns, [u.length + v.length, 2], 'float32')) as Tensor2D);
}

export function disposeLangevin(state: LangevinState): void {
	state.z.dispose();
}
