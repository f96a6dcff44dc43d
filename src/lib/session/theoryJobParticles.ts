// Job of the theory worker: Langevin particles on a line or in a plane, all their frames at once, so that the page can
// scrub through time.
import { normals } from '../random/draw';
import { keyFromSeed } from '../random/key';
import { spacing } from '../theory/fokkerPlanck';
import type { ParticlesJob } from './protocolStory';

/**
 * @returns frames + 1 frames, each laid out as `start`
 * @throws RangeError unless dt and span are positive
 */
export function langevinParticles(job: ParticlesJob): Float32Array {
	const { axes, forces, diffusion, start, wall = Infinity, span, frames, dt, seed } = job;
	if (!(dt > 0 && span > 0)) throw new RangeError('langevinParticles: dt and span must be > 0');
	const count = start.length / axes.length;
	const steps = Math.max(1, Math.ceil(span / dt - 1e-9));
	const step = span / steps;
	const kick = Math.sqrt(2 * diffusion * step);
	const key = keyFromSeed(seed);
	const z = Float64Array.from(start);
	const out = new Float32Array((frames + 1) * z.length);
	out.set(z);
	const bounds = axes.map((a, d) => Math.min(a.max, d === 0 ? wall : Infinity));
	const [first] = axes;
	const second = axes[1] ?? { min: 0, max: 1, count: 1 };
	const [hx, hy] = [spacing(first), axes.length > 1 ? spacing(second) : 1];
	const force = (table: Float64Array, x: number, y: number) => {
		const [i, fx] = cell((x - first.min) / hx, first.count);
		if (axes.length === 1) return mix(table[i], table[i + 1], fx);
		const [j, fy] = cell((y - second.min) / hy, second.count);
		const at = i + first.count * j;
		return mix(
			mix(table[at], table[at + 1], fx),
			mix(table[at + first.count], table[at + first.count + 1], fx),
			fy
		);
	};
	let draws = 0;
	for (let f = 1; f <= frames; f++) {
		for (let s = 0; s < steps; s++) {
			const xi = normals(z.length, key, draws++);
			for (let k = 0; k < count; k++) {
				const x = z[k];
				const y = axes.length > 1 ? z[count + k] : 0;
				for (let d = 0; d < axes.length; d++) {
					const at = d * count + k;
					const next = z[at] + diffusion * force(forces[d], x, y) * step + kick * xi[at];
					z[at] = reflect(next, bounds[d]);
				}
			}
		}
		out.set(z, f * z.length);
	}
	return out;
}

/** The cell below a position in units of the spacing, and the fraction within it. */
function cell(at: number, count: number): [number, number] {
	const i = Math.max(0, Math.min(count - 2, Math.floor(at)));
	return [i, Math.max(0, Math.min(1, at - i))];
}

/** Straight line between two nodes; next to a wall the node that is known. */
function mix(a: number, b: number, f: number): number {
	return Number.isNaN(a) ? (Number.isNaN(b) ? 0 : b) : Number.isNaN(b) ? a : a + f * (b - a);
}

/** Back inside ±bound, as from a mirror. */
function reflect(x: number, bound: number): number {
	const back = x > bound ? 2 * bound - x : x < -bound ? -2 * bound - x : x;
	return Math.max(-bound, Math.min(bound, back));
}
