// The particles in the plane of one mode, as linear functions of their coordinates: what projects them, on the device
// or here, and what is measured of them there so that they need not be read back.
import * as tf from '@tensorflow/tfjs-core';
import type { Points, Projection } from '$lib/engine/particlePicture';
import type { ModelArrays } from '$lib/engine/model';
import type { Modes } from './modes';
import type { CloudMeasures } from './protocol';

export type Plane = 'xy' | 'uw';

/** Particles, and Gibbs states where the lift centres them, with their projections. */
export interface CloudSource {
	/** index of the followed mode, and its place by falling singular value */
	readonly mode: number;
	readonly rank: number;
	readonly plane: Plane;
	readonly particles: Points;
	/** rows are made for this look at them: dispose them */
	readonly states: Points;
}

/** (x, y) to (u, w): u = (x−y)/√2 stiff, w = (x+y)/√2 soft; of functions as of points. */
function turned({ x, y, offset }: Projection): Projection {
	const minus = (a: number, b: number) => (a - b) * Math.SQRT1_2;
	const plus = (a: number, b: number) => (a + b) * Math.SQRT1_2;
	return {
		x: Float64Array.from(x, (a, k) => minus(a, y[k])),
		y: Float64Array.from(x, (a, k) => plus(a, y[k])),
		offset: [minus(offset[0], offset[1]), plus(offset[0], offset[1])]
	};
}

/** A mode's column of singular vectors. */
export function column(a: Float64Array, rows: number, columns: number, k: number): Float64Array {
	return Float64Array.from({ length: rows }, (_, i) => a[i * columns + k]);
}

/** x = uᵢ·v and y = vᵢ·h of mode i, or u and w, as functions of all N+M coordinates. */
export function planeOf(modes: Modes, mode: number, plane: Plane): Projection {
	const { N, M, r } = modes;
	const x = new Float64Array(N + M);
	const y = new Float64Array(N + M);
	x.set(column(modes.u, N, r, mode));
	y.set(column(modes.v, M, r, mode), N);
	const xy: Projection = { x, y, offset: [0, 0] };
	return plane === 'uw' ? turned(xy) : xy;
}

/**
 * Where the lift centres its particles for binary states: E[z|s] = s − βσ²∇E(s), which in a mode is
 * x + βσ²(a + λy), y + βσ²(b + λx) (theory §5); as functions of the states' coordinates.
 */
export function liftedPlaneOf(
	modes: Modes,
	mode: number,
	plane: Plane,
	{ visibleBias, hiddenBias }: ModelArrays,
	strength: number
): Projection {
	const { x, y } = planeOf(modes, mode, 'xy');
	const { N } = modes;
	const slope = strength * modes.singularValues[mode];
	let [a, b] = [0, 0];
	for (let i = 0; i < N; i++) a += x[i] * visibleBias[i];
	for (let j = 0; j < modes.M; j++) b += y[N + j] * hiddenBias[j];
	const lifted: Projection = {
		x: Float64Array.from(x, (at, k) => at + slope * y[k]),
		y: Float64Array.from(y, (at, k) => at + slope * x[k]),
		offset: [strength * a, strength * b]
	};
	return plane === 'uw' ? turned(lifted) : lifted;
}

/** Points [P, 2] of a plane. Caller disposes. */
function project({ rows, onto }: Points): tf.Tensor2D {
	return tf.tidy(() => {
		const K = rows.shape[1];
		const axes = new Float32Array(2 * K);
		for (let k = 0; k < K; k++) [axes[2 * k], axes[2 * k + 1]] = [onto.x[k], onto.y[k]];
		return tf.add(tf.matMul(rows, tf.tensor2d(axes, [K, 2])), tf.tensor1d([...onto.offset])) as tf.Tensor2D;
	});
}

/** A sum this long is taken in parts, each by a workgroup of its own. */
const LONG = 65_536;
const PARTS = 256;

/** Sums of rows [2, n]; n is a multiple of the parts when it is long. */
function sums(rows: tf.Tensor): tf.Tensor1D {
	const n = rows.shape[1]!;
	return tf.sum(n < LONG ? rows : tf.sum(tf.reshape(rows, [2, PARTS, n / PARTS]), 2), 1) as tf.Tensor1D;
}

/**
 * Moments of the particles and the states' extent, summed on the device: eleven numbers read back. Of many particles
 * the last few are left out, fewer than 256, so that the sums have equal parts.
 */
export async function measure(source: CloudSource): Promise<CloudMeasures> {
	const all = source.particles.rows.shape[0];
	const n = all < LONG ? all : all - (all % PARTS);
	const moments = tf.tidy(() => {
		const points = tf.slice(tf.transpose(project(source.particles)), [0, 0], [2, n]);
		const mean = tf.reshape(tf.div(sums(points), n), [2, 1]);
		const away = tf.sub(points, mean);
		const squares = tf.square(away);
		// One product for both rows: half of it is the other order of the same.
		const cross = sums(tf.mul(away, tf.reverse(away, 0)));
		const states = project(source.states);
		return tf.concat([
			tf.reshape(mean, [2]),
			sums(squares),
			sums(tf.square(squares)),
			tf.slice(cross, [0], [1]),
			tf.min(states, 0),
			tf.max(states, 0)
		]);
	});
	const [m0, m1, s0, s1, f0, f1, s01, x0, y0, x1, y1] = await moments.data();
	moments.dispose();
	const [v0, v1] = [s0 / (n - 1), s1 / (n - 1)];
	// Var(sample variance) = (μ₄ − σ⁴)/n to leading order.
	const error = (fourth: number, variance: number) =>
		Math.sqrt(Math.max(0, fourth / n - variance * variance) / n);
	return {
		n,
		mean: [m0, m1],
		covariance: [v0, s01 / (n - 1), v1],
		varianceError: [error(f0, v0), error(f1, v1)],
		states: { x: [x0, x1], y: [y0, y1] }
	};
}
