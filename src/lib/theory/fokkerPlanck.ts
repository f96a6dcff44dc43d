// The Fokker–Planck generator ∂P/∂t = D Σ∂ᵢ²P + Σ∂ᵢ(P ∂ᵢU) on a grid of one or two dimensions: a Markov chain
// between neighbouring cells whose rates obey detailed balance with e^{−βU} exactly, not only as h → 0.

/** One grid axis: `count` nodes, equally spaced, the first at `min` and the last at `max`. */
export interface Axis {
	readonly min: number;
	readonly max: number;
	readonly count: number;
}

/**
 * The chain dp/dt = Gp for the probabilities p (not densities) of the cells, index = ix + nx·iy.
 * Bond k joins cells `from[k]` < `to[k]`; `forward` and `backward` are its two hopping rates, in inverse time.
 */
export interface Generator {
	readonly axes: readonly Axis[];
	readonly size: number;
	readonly diffusion: number;
	/** βU at the nodes; Infinity marks a cell that cannot be entered. */
	readonly potential: Float64Array;
	/** Stationary probabilities e^{−βU}/Σ, sum 1. */
	readonly stationary: Float64Array;
	/** √stationary: the ground state of the symmetric form, computed without squaring anything away. */
	readonly ground: Float64Array;
	/** Area (length) of one cell: density = probability / cell. */
	readonly cell: number;
	/** Largest index difference along a bond: the half-width of the generator's band. */
	readonly bandwidth: number;
	readonly from: Int32Array;
	readonly to: Int32Array;
	readonly forward: Float64Array;
	readonly backward: Float64Array;
	/** √(forward·backward): the off-diagonal of the symmetric form G̃ = π^{−½} G π^{½}. */
	readonly symmetric: Float64Array;
}

/** Positions of the nodes of an axis. */
export function nodes(axis: Axis): Float64Array {
	const h = spacing(axis);
	return Float64Array.from({ length: axis.count }, (_, i) => axis.min + i * h);
}

/** Distance between neighbouring nodes. */
export function spacing(axis: Axis): number {
	return (axis.max - axis.min) / (axis.count - 1);
}

/**
 * Builds the generator with reflecting walls. The rates are those of Scharfetter and Gummel,
 * k = (D/h²)·B(Δ) with Δ = β(U_to − U_from) and B(Δ) = Δ/(e^Δ − 1): exact for a constant force, second order
 * in h, and in detailed balance with e^{−βU}. (Scharfetter & Gummel 1969; "exponential fitting".)
 * @param axes one or two axes; the band solvers cost nx², so put the axis with fewer nodes first
 * @param betaU βU at a position, `(x)` or `(x, y)`; may be Infinity where the closure has no value
 * @param diffusion D > 0
 * @throws RangeError for bad axes, D ≤ 0, NaN in the potential, or nowhere finite
 */
export function fokkerPlanckGenerator(
	axes: readonly Axis[],
	betaU: (x: number, y: number) => number,
	diffusion: number
): Generator {
	if (axes.length < 1 || axes.length > 2)
		throw new RangeError(`fokkerPlanckGenerator: one or two axes, got ${axes.length}`);
	for (const a of axes)
		if (!(Number.isInteger(a.count) && a.count >= 2) || !(a.max > a.min) || !Number.isFinite(a.max - a.min))
			throw new RangeError('fokkerPlanckGenerator: an axis needs max > min and at least two nodes');
	if (!(diffusion > 0) || diffusion === Infinity)
		throw new RangeError(`fokkerPlanckGenerator: diffusion must be > 0, got ${diffusion}`);
	const [xs, ys] = [nodes(axes[0]), axes.length > 1 ? nodes(axes[1]) : new Float64Array(1)];
	const nx = xs.length;
	const ny = ys.length;
	const size = nx * ny;
	const potential = new Float64Array(size);
	let least = Infinity;
	for (let iy = 0; iy < ny; iy++)
		for (let ix = 0; ix < nx; ix++) {
			const u = betaU(xs[ix], ys[iy]);
			if (Number.isNaN(u) || u === -Infinity)
				throw new RangeError(`fokkerPlanckGenerator: the potential is ${u} at (${xs[ix]}, ${ys[iy]})`);
			potential[ix + nx * iy] = u;
			least = Math.min(least, u);
		}
	if (least === Infinity) throw new RangeError('fokkerPlanckGenerator: the potential is nowhere finite');
	const stationary = potential.map((u) => Math.exp(least - u));
	const total = stationary.reduce((s, p) => s + p, 0);
	const bonds = new Bonds(potential, 2 * size);
	const perX = diffusion / spacing(axes[0]) ** 2;
	for (let iy = 0; iy < ny; iy++)
		for (let ix = 0; ix + 1 < nx; ix++) bonds.add(ix + nx * iy, ix + 1 + nx * iy, perX);
	if (axes.length > 1) {
		const perY = diffusion / spacing(axes[1]) ** 2;
		for (let iy = 0; iy + 1 < ny; iy++)
			for (let ix = 0; ix < nx; ix++) bonds.add(ix + nx * iy, ix + nx * (iy + 1), perY);
	}
	return {
		axes,
		size,
		diffusion,
		potential,
		stationary: stationary.map((p) => p / total),
		ground: potential.map((u) => Math.exp((least - u) / 2) / Math.sqrt(total)),
		cell: axes.reduce((c, a) => c * spacing(a), 1),
		bandwidth: axes.length > 1 ? nx : 1,
		...bonds.arrays()
	};
}

/** Collects the bonds between cells that can both be entered. */
class Bonds {
	private count = 0;
	private readonly from: Int32Array;
	private readonly to: Int32Array;
	private readonly forward: Float64Array;
	private readonly backward: Float64Array;
	private readonly symmetric: Float64Array;
	private readonly potential: Float64Array;

	constructor(potential: Float64Array, most: number) {
		this.potential = potential;
		this.from = new Int32Array(most);
		this.to = new Int32Array(most);
		this.forward = new Float64Array(most);
		this.backward = new Float64Array(most);
		this.symmetric = new Float64Array(most);
	}

	add(i: number, j: number, hop: number): void {
		const step = this.potential[j] - this.potential[i];
		if (!Number.isFinite(step)) return;
		const k = this.count++;
		this.from[k] = i;
		this.to[k] = j;
		this.forward[k] = hop * bernoulli(step);
		this.backward[k] = hop * bernoulli(-step);
		this.symmetric[k] = hop * halfOverSinh(step);
	}

	arrays() {
		const end = this.count;
		return {
			from: this.from.slice(0, end),
			to: this.to.slice(0, end),
			forward: this.forward.slice(0, end),
			backward: this.backward.slice(0, end),
			symmetric: this.symmetric.slice(0, end)
		};
	}
}

/** The Bernoulli function x/(eˣ−1), 1 at 0. */
function bernoulli(x: number): number {
	if (Math.abs(x) < 1e-8) return 1 - x / 2;
	return x > 700 ? 0 : x / Math.expm1(x);
}

/** √(B(x)B(−x)) = (x/2)/sinh(x/2). */
function halfOverSinh(x: number): number {
	const half = Math.abs(x) / 2;
	if (half < 1e-8) return 1;
	return half > 700 ? 0 : half / Math.sinh(half);
}

/**
 * Gp: the rate of change of the cell probabilities. What one cell loses its neighbour gains, bond by bond, so
 * the sum of the result is zero to rounding.
 * @param generator from `fokkerPlanckGenerator`
 * @param p `size` probabilities
 */
export function applyGenerator(generator: Generator, p: Float64Array): Float64Array {
	const { from, to, forward, backward } = generator;
	const out = new Float64Array(generator.size);
	for (let k = 0; k < from.length; k++) {
		const flux = forward[k] * p[from[k]] - backward[k] * p[to[k]];
		out[from[k]] -= flux;
		out[to[k]] += flux;
	}
	return out;
}

/**
 * The probability of starting in the cell nearest to a position.
 * @param generator from `fokkerPlanckGenerator`
 * @param position one coordinate per axis
 * @throws RangeError outside the grid or where the potential is infinite
 */
export function pointProbability(generator: Generator, position: readonly number[]): Float64Array {
	let index = 0;
	let stride = 1;
	generator.axes.forEach((axis, d) => {
		const i = Math.round((position[d] - axis.min) / spacing(axis));
		if (!(i >= 0 && i < axis.count))
			throw new RangeError(`pointProbability: ${position[d]} lies outside the grid`);
		index += stride * i;
		stride *= axis.count;
	});
	if (!Number.isFinite(generator.potential[index]))
		throw new RangeError('pointProbability: the potential is infinite there');
	const p = new Float64Array(generator.size);
	p[index] = 1;
	return p;
}
