// What the story's figures ask of the theory worker, and what they get: plain arrays, so that the worker needs to know
// nothing of wells and machines.
import type { Axis } from '../theory/fokkerPlanck';
import type { FokkerPlanckModes } from '../theory/fokkerPlanckModes';

/** The modes of a Fokker–Planck generator on a line. */
export interface LineModesJob {
	readonly axis: Axis;
	/** βU at the nodes of the axis; Infinity behind a wall */
	readonly potential: Float64Array;
	readonly diffusion: number;
	/** modes asked for, the stationary one included; left out: all there are */
	readonly count?: number;
}

export interface LineModes {
	readonly modes: FokkerPlanckModes;
	/** error of Γ₁ by the grid, estimated from the grid of every second node (second order: a third of the change) */
	readonly error: number;
}

/** Langevin particles on a line or in a plane, dz = −∇U dt + √(2D) dB by Euler–Maruyama, reflected at the grid's ends. */
export interface ParticlesJob {
	/** one axis or two */
	readonly axes: readonly Axis[];
	/** −∂(βU) along each axis at the nodes, index ix + nx·iy; read by linear interpolation. NaN: behind a wall */
	readonly forces: readonly Float64Array[];
	readonly diffusion: number;
	/** starting positions, all of the first axis, then all of the second */
	readonly start: Float64Array;
	/** reflecting walls nearer than the grid's ends, for the first axis */
	readonly wall?: number;
	/** time between two frames, and how many frames follow the first */
	readonly span: number;
	readonly frames: number;
	/** largest time step */
	readonly dt: number;
	readonly seed: number;
}

/** The density on a plane in time. */
export interface PlaneJob {
	readonly axes: readonly [Axis, Axis];
	/** βU at the nodes, index ix + nx·iy */
	readonly potential: Float64Array;
	readonly diffusion: number;
	/** cell probabilities at t = 0 */
	readonly start: Float64Array;
	readonly span: number;
	readonly frames: number;
	/** implicit time steps a frame */
	readonly substeps: number;
}

export interface PlaneFrames {
	/** frames + 1 times the cells, one frame after the other */
	readonly density: Float32Array;
	/** the slowest rate of the plane, Γ₁ */
	readonly rate: number;
}
