// The potential of the mode's plane as level lines, a line for each kT, in the units of z: drawn flat they are the
// density's level lines, lifted to their heights they are the surface.
import { contours } from 'd3-contour';
import { CAP } from './mapCamera';
import { potentialAt, type PlaneGrid } from './mapDensity';

export interface LevelLine {
	/** height, kT */
	readonly level: number;
	/** SVG path, x right and y up, in units of z */
	readonly line: string;
	readonly area: string;
}

const LEVELS = [0.25, 0.5, 1, 1.5, 2, 3, 4, 5, 6].filter((l) => l <= CAP);

/** Level lines from the lowest up. */
export function levelLines(potential: Float64Array, grid: PlaneGrid): LevelLine[] {
	const { cols, rows } = grid;
	const values = Array.from(potential, (u) => -Math.min(u, 4 * CAP));
	const at = ([c, r]: number[]) =>
		`${(grid.soft * ((2 * c) / cols - 1)).toFixed(3)} ${(grid.stiff * ((2 * r) / rows - 1)).toFixed(3)}`;
	// Where a level leaves the grid, d3 closes it along the border: a fill wants that, a line does not.
	const border = (p: number[]) => p[0] <= 0.5 || p[1] <= 0.5 || p[0] >= cols - 0.5 || p[1] >= rows - 0.5;
	const line = (ring: number[][]) =>
		ring.map((p, i) => (i > 0 && !(border(p) && border(ring[i - 1])) ? 'L' : 'M') + at(p)).join('');
	const shapes = contours()
		.size([cols, rows])
		.thresholds(LEVELS.map((l) => -l))(values);
	return shapes
		.map((shape) => {
			const rings = shape.coordinates.flat();
			return {
				level: -shape.value,
				line: rings.map(line).join(''),
				area: rings.map((ring) => `M${ring.map(at).join('L')}Z`).join('')
			};
		})
		.sort((a, b) => a.level - b.level);
}

/** Where the potential is lowest, in the units of z. */
export function lowestPoint(
	potential: Float64Array,
	{ cols, rows, soft, stiff }: PlaneGrid
): { soft: number; stiff: number } {
	let best = 0;
	for (let k = 1; k < potential.length; k++) if (potential[k] < potential[best]) best = k;
	return {
		soft: soft * ((2 * ((best % cols) + 0.5)) / cols - 1),
		stiff: stiff * ((2 * (Math.floor(best / cols) + 0.5)) / rows - 1)
	};
}

/** The potential along w (`soft`) or u through its lowest point, as (coordinate, kT) pairs up to the cap. */
export function section(
	potential: Float64Array,
	grid: PlaneGrid,
	along: 'soft' | 'stiff',
	through: { readonly soft: number; readonly stiff: number },
	points = 120
): [number, number][] {
	const half = along === 'soft' ? grid.soft : grid.stiff;
	const out: [number, number][] = [];
	for (let i = 0; i <= points; i++) {
		const at = half * ((2 * i) / points - 1);
		const u =
			along === 'soft'
				? potentialAt(potential, grid, at, through.stiff, 4 * CAP)
				: potentialAt(potential, grid, through.soft, at, 4 * CAP);
		if (u <= CAP) out.push([at, u]);
	}
	return out;
}

/** The valley's floor: the lowest potential over u at each w. */
export function valley(potential: Float64Array, { cols, rows, soft }: PlaneGrid): [number, number][] {
	return Array.from({ length: cols }, (_, c): [number, number] => {
		let least = Infinity;
		for (let r = 0; r < rows; r++) least = Math.min(least, potential[r * cols + c]);
		return [soft * ((2 * (c + 0.5)) / cols - 1), least];
	});
}

/** Wells of a section: minima that a barrier of more than `barrier` kT parts from every lower one. */
export function wellsOf(points: readonly (readonly [number, number])[], barrier = 0.02): number {
	let wells = 0;
	let lowest = Infinity;
	let highest = -Infinity;
	let falling = true;
	for (const [, u] of points) {
		if (falling) {
			lowest = Math.min(lowest, u);
			if (u < lowest + barrier) continue;
			wells++;
			falling = false;
			highest = u;
		} else {
			highest = Math.max(highest, u);
			if (u > highest - barrier) continue;
			falling = true;
			lowest = u;
		}
	}
	return wells + (falling ? 1 : 0);
}
