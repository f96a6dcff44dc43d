// A run's arrays as they are named in an .npz file.
import type { NpyArray } from '../data/npyWrite';
import type { RunExport } from './protocolExport';

/**
 * Particles, chains, weights and singular vectors of a run by name; `coordinates` of the particles in every mode as
 * (x, y) pairs, [particles, modes, 2].
 */
export function runArrays(run: RunExport): Record<string, NpyArray> {
	const { N, M, particles, shown, singularValues, u, v } = run;
	const r = singularValues.length;
	const scalar = (value: number): NpyArray => ({ data: Float64Array.of(value), shape: [] });
	const out: Record<string, NpyArray> = {
		step: { data: Int32Array.of(run.step), shape: [] },
		beta: scalar(run.beta),
		sigma2: scalar(run.sigma2),
		weights: { data: run.weights, shape: [N, M] },
		visible_bias: { data: run.visibleBias, shape: [N] },
		hidden_bias: { data: run.hiddenBias, shape: [M] },
		singular_values: { data: singularValues, shape: [r] },
		u: { data: u, shape: [N, u.length / N] },
		v: { data: v, shape: [M, v.length / M] },
		chains_visible: { data: shown.visible, shape: [shown.count, N] },
		chains_hidden: { data: shown.hidden, shape: [shown.count, M] }
	};
	if (!particles) return out;
	const { count, z, time } = particles;
	out.particles = { data: z, shape: [count, N + M] };
	out.particles_time = scalar(time);
	// All modes of many particles would be as large again as the particles themselves: then u and v tell them.
	if (count * r > 4_000_000) return out;
	const [uColumns, vColumns] = [u.length / N, v.length / M];
	const coordinates = new Float32Array(count * r * 2);
	for (let p = 0; p < count; p++)
		for (let k = 0; k < r; k++) {
			let [x, y] = [0, 0];
			for (let i = 0; i < N; i++) x += u[i * uColumns + k] * z[p * (N + M) + i];
			for (let j = 0; j < M; j++) y += v[j * vColumns + k] * z[p * (N + M) + N + j];
			coordinates[2 * (p * r + k)] = x;
			coordinates[2 * (p * r + k) + 1] = y;
		}
	out.coordinates = { data: coordinates, shape: [count, r, 2] };
	return out;
}
