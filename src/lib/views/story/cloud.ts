// Particles in time: frames that the theory worker made, evenly spaced, for a page that scrubs through them.

/** Frames of particles on the line, evenly spaced over the horizon. */
export interface Cloud {
	readonly positions: Float32Array;
	readonly count: number;
	/** frames after the first */
	readonly frames: number;
	readonly horizon: number;
}

/** Frames of a cloud after the first. */
export const FRAMES = 120;

/** The frame of a cloud that is nearest to a time. */
export function cloudAt(cloud: Cloud, time: number): Float32Array {
	const f = Math.max(0, Math.min(cloud.frames, Math.round((time / cloud.horizon) * cloud.frames)));
	return cloud.positions.subarray(f * cloud.count, (f + 1) * cloud.count);
}
