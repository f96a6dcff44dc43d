// Langevin dynamics under the exact lift (theory §5), Euler–Maruyama: particles z in unit coordinates, visible units
// first, whose stationary law decodes to the RBM exactly (up to the bias of the time step).
// Ownership: `langevinStep` CONSUMES its state, never the machine. A machine may be replaced while particles stay.
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Key } from '../random/key';

/** What defines the dynamics, in memory. */
export interface MachineOptions {
	readonly N: number;
	readonly M: number;
	/** modes given; min(N,M), or fewer when the rest of the singular values is negligible */
	readonly modes: number;
	/** thin U, row-major N×modes */
	readonly u: Float32Array | Float64Array;
	/** thin V, row-major M×modes */
	readonly v: Float32Array | Float64Array;
	/** λ, [modes] */
	readonly singularValues: Float32Array | Float64Array;
	/** a₀, [N] */
	readonly visibleBias: Float32Array | Float64Array;
	/** b₀, [M] */
	readonly hiddenBias: Float32Array | Float64Array;
	readonly beta: number;
	/** σ², variance of the smeared vertices; βσ²λ_max < 1 */
	readonly sigma2: number;
	/** time step; default `stableDt`/5 */
	readonly dt?: number;
}

/** The dynamics on the device. Whoever makes a machine disposes it. */
export interface LangevinMachine {
	readonly N: number;
	readonly M: number;
	readonly beta: number;
	readonly sigma2: number;
	readonly dt: number;
	/** Ac, [N+M] */
	readonly field: Tensor1D;
	/** how (A−I)/(βσ²) is applied to z: a dense matrix, or thin factors */
	readonly linear: { readonly dense: Tensor2D } | { readonly into: Tensor2D; readonly out: Tensor2D };
	/** thin stiff and soft vectors, [N+M, 2·modes], and their λ-eigenvalues of J, for the lift */
	readonly modes: { readonly vectors: Tensor2D; readonly eigenvalues: Float64Array };
}

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

/** Euler–Maruyama is stable for dt below 2βσ²(1−βσ²λ_max) (theory §5). NaN unless βσ²λ_max < 1. */
export declare function stableDt(beta: number, sigma2: number, lambdaMax: number): number;

/** The machine on the device. Throws RangeError when βσ²λ_max ≥ 1, dt is not positive, or lengths do not fit. */
export declare function makeMachine(options: MachineOptions): LangevinMachine;

export declare function disposeMachine(machine: LangevinMachine): void;

/** Particles at their start. */
export declare function initLangevin(machine: LangevinMachine, start: LangevinStart, key: Key): LangevinState;

/** `n` Euler–Maruyama steps of `machine.dt`, no read-back. Consumes `state`. */
export declare function langevinStep(
	state: LangevinState,
	machine: LangevinMachine,
	n?: number
): [LangevinState, LangevinInfo];

/**
 * Binary rows from particles: sₖ ~ Bernoulli(sigmoid((zₖ−½)/σ²)), float32 0/1 [P, N+M]. Deterministic in the state;
 * the state lives on. Caller disposes.
 */
export declare function decode(state: LangevinState, machine: LangevinMachine): Tensor2D;

/** (x, y) = (u·z_visible, v·z_hidden) of one mode, raw (not centred), [P, 2]. Caller disposes. */
export declare function projectModes(
	state: LangevinState,
	u: Float32Array | Float64Array,
	v: Float32Array | Float64Array
): Tensor2D;

export declare function disposeLangevin(state: LangevinState): void;
