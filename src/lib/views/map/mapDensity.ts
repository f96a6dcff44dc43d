// The smeared law in the plane of the chosen mode: exact probability of each cell of a grid, and the potential
// U_eff = −ln P/β that has these densities. Every state is a Gaussian along w and along u, so a cell's share is a
// product of two differences of the normal distribution function: right for any σ, down to point masses.
import type { MapModel } from './mapModel';

/** A grid over the plane: `cols` cells along soft, `rows` along stiff, from the centre. */
export interface PlaneGrid {
	readonly cols: number;
	readonly rows: number;
	/** half extents */
	readonly soft: number;
	readonly stiff: number;
}

/** A grid that covers a reach, its cells about square. */
export function gridOver({ right, up }: { readonly right: number; readonly up: number }): PlaneGrid {
	const cols = 96;
	return { cols, rows: Math.max(32, Math.min(80, Math.round((cols * up) / right))), soft: right, stiff: up };
}

/** Φ(x), the normal distribution function, to about 1e-7 (Abramowitz & Stegun 26.2.17). */
export function normalCdf(x: number): number {
	const t = 1 / (1 + 0.2316419 * Math.abs(x));
	const poly =
		t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
	const tail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * poly;
	return x >= 0 ? 1 - tail : tail;
}

/** Probability of each cell, stiff rising row by row, when every state is smeared by the lift of width σ². */
export function planeMass(
	model: MapModel,
	positions: Float64Array,
	sigma2: number,
	grid: PlaneGrid
): Float64Array {
	const { cols, rows } = grid;
	const out = new Float64Array(cols * rows);
	const g = model.beta * sigma2;
	const sd = [model.soft, model.stiff].map((a) => Math.sqrt(Math.max(0, sigma2 * (1 - g * a.coupling))));
	const along = new Float64Array(cols);
	const across = new Float64Array(rows);
	const { weight, count } = model.states;
	// States that fall on one point are one term: a mode of many equal entries has few points.
	const points: Record<string, { x: number; y: number; w: number }> = {};
	for (let s = 0; s < count; s++) {
		if (weight[s] < 1e-7 / count) continue;
		const [x, y] = [positions[2 * s], positions[2 * s + 1]];
		const key = `${Math.round(x * 1e6)} ${Math.round(y * 1e6)}`;
		if (key in points) points[key].w += weight[s];
		else points[key] = { x, y, w: weight[s] };
	}
	for (const { x, y, w } of Object.values(points)) {
		const [c0, c1] = cells(along, cols, grid.soft, x, sd[0]);
		const [r0, r1] = cells(across, rows, grid.stiff, y, sd[1]);
		for (let r = r0; r < r1; r++) {
			const f = w * across[r];
			for (let c = c0; c < c1; c++) out[r * cols + c] += f * along[c];
		}
	}
	return out;
}

/** Shares of N(at, sd²) in the cells of one axis, into `out`; the range of cells that hold any. */
function cells(out: Float64Array, n: number, half: number, at: number, sd: number): [number, number] {
	const size = (2 * half) / n;
	if (sd < size * 1e-3) {
		const c = Math.min(n - 1, Math.max(0, Math.floor((at + half) / size)));
		out[c] = 1;
		return [c, c + 1];
	}
	const from = Math.max(0, Math.floor((at - 5.5 * sd + half) / size));
	const to = Math.min(n, Math.ceil((at + 5.5 * sd + half) / size));
	let before = normalCdf((from * size - half - at) / sd);
	for (let c = from; c < to; c++) {
		const after = normalCdf(((c + 1) * size - half - at) / sd);
		out[c] = after - before;
		before = after;
	}
	return [from, Math.max(from, to)];
}

/** βU_eff of each cell from its lowest point, in kT; Infinity where nothing is. */
export function planePotential(mass: Float64Array): Float64Array {
	let most = 0;
	for (const m of mass) if (m > most) most = m;
	return mass.map((m) => (m > 0 ? Math.log(most / m) : Infinity));
}

/** Potential at a point by bilinear interpolation between cell centres, at most `cap`. */
export function potentialAt(
	potential: Float64Array,
	grid: PlaneGrid,
	soft: number,
	stiff: number,
	cap: number
): number {
	const { cols, rows } = grid;
	const x = Math.min(cols - 1.001, Math.max(0, ((soft + grid.soft) / (2 * grid.soft)) * cols - 0.5));
	const y = Math.min(rows - 1.001, Math.max(0, ((stiff + grid.stiff) / (2 * grid.stiff)) * rows - 0.5));
	const [c, r] = [Math.floor(x), Math.floor(y)];
	const [fx, fy] = [x - c, y - r];
	const at = (i: number, j: number) => Math.min(cap, potential[j * cols + i]);
	return (
		(1 - fy) * ((1 - fx) * at(c, r) + fx * at(c + 1, r)) +
		fy * ((1 - fx) * at(c, r + 1) + fx * at(c + 1, r + 1))
	);
}
