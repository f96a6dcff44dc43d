// Tensor cross interpolation of a positive weight over N bits, such as e^{−βF(v)}: a tensor train of adaptive rank
// built from few evaluations, whose sum is an estimate of Z. Here to show where it works and where it cannot.
// After the two-site algorithm reviewed in arXiv 2407.02454; own code, float64, no randomness.
import type { Rbm } from './rbm.ts';
import { freeEnergyHidden, freeEnergyVisible } from './rbm.ts';
import { crossPivots, timesInverse } from './tensorCrossPivots.ts';

export interface TensorCrossOptions {
	/** Pivots below tolerance × the largest weight seen are not taken. */
	readonly tolerance?: number;
	/** Largest bond dimension allowed. */
	readonly maxRank?: number;
	/** Largest number of sweeps there and back. */
	readonly maxSweeps?: number;
	/** Further starting points, e.g. rounded mean-field minima: a weight with separate wells needs one in each. */
	readonly starts?: readonly Uint8Array[];
	/** How many points of a fixed low-discrepancy set the error is sampled on (and searched for new pivots). */
	readonly probes?: number;
}

export interface TensorCrossResult {
	/** ln of the tensor train's sum; null when that sum is not positive, which is a failure to be shown. */
	readonly lnZ: number | null;
	/** Bond dimensions χ₁…χ₍N−1₎; the exact ranks never exceed 2^min(k, N−k). */
	readonly ranks: readonly number[];
	/** Different bit strings evaluated, to be held against 2^N. */
	readonly evaluations: number;
	readonly sweeps: number;
	/** True when ranks and local errors settled below the tolerance without meeting `maxRank`. */
	readonly converged: boolean;
	/** Largest |f − f̃| over the probe points, relative to the largest weight seen. A sample, not a bound. */
	readonly sampledError: number;
	/** The tensor train's value at a bit string, divided by the largest weight seen. */
	readonly evaluate: (bits: Uint8Array) => number;
}

/**
 * ln of the free-energy weight over the smaller layer's bits: −βF(v), or −βF(h) when M < N.
 * Σ over its 2^bits strings is Z.
 */
export function freeEnergyWeight(
	rbm: Rbm,
	beta: number
): { bits: number; logWeight: (bits: Uint8Array) => number } {
	const free = rbm.N <= rbm.M ? freeEnergyVisible : freeEnergyHidden;
	return {
		bits: Math.min(rbm.N, rbm.M),
		logWeight: (bits) => -free(rbm, beta, Float64Array.from(bits))
	};
}

/**
 * Interpolates exp(logWeight) by a tensor train and sums it.
 * @param bits number of bits N ≥ 1
 * @param logWeight ln f at a bit string (Uint8Array of 0 and 1, length N), finite
 * @returns the estimate with its ranks, cost and sampled error; nothing is thrown when the method fails, as the
 * failure is what the page shows
 * @throws RangeError for N < 1 or a weight that is not finite
 */
export function tensorCross(
	bits: number,
	logWeight: (bits: Uint8Array) => number,
	options: TensorCrossOptions = {}
): TensorCrossResult {
	const { tolerance = 1e-8, maxRank = 64, maxSweeps = 12, starts = [], probes = 256 } = options;
	if (!Number.isInteger(bits) || bits < 1) throw new RangeError(`tensorCross: bits must be ≥ 1, got ${bits}`);
	const weight = new Weight(logWeight);
	const points = probePoints(bits, probes);
	const seeds = [new Uint8Array(bits), new Uint8Array(bits).fill(1), ...starts];
	// the best of the probes is a start as well, or the first sweep may see nothing but dust
	const logs = points.map((p) => weight.log(p));
	if (points.length > 0) seeds.push(points[logs.indexOf(Math.max(...logs))]);
	const train = new Train(bits, weight, seeds);
	let converged = false;
	let sweeps = 0;
	let sampledError = Infinity;
	while (sweeps < maxSweeps && !converged) {
		const before = train.ranks().join();
		const capped = train.sweep(tolerance, maxRank);
		sweeps++;
		train.build();
		const errors = points.map((p) => Math.abs(weight.value(p) - train.evaluate(p)) / weight.largest());
		sampledError = errors.reduce((a, b) => Math.max(a, b), 0);
		converged =
			!capped && before === train.ranks().join() && sampledError <= Math.max(100 * tolerance, 1e-12);
		if (!converged && sweeps < maxSweeps && errors.length > 0 && sampledError > tolerance)
			train.addPivot(points[errors.indexOf(sampledError)]);
	}
	const sum = train.sum();
	return {
		lnZ: sum > 0 && sum < Infinity ? Math.log(sum) + weight.reference : null,
		ranks: train.ranks(),
		evaluations: weight.evaluations,
		sweeps,
		converged,
		sampledError,
		evaluate: (b) => train.evaluate(b) / weight.largest()
	};
}

/** The weight with a memory, scaled by its first value so that exponentials stay in range. */
class Weight {
	reference = 0;
	private readonly known = new Map<string, number>();
	private readonly logWeight: (bits: Uint8Array) => number;
	private highest = -Infinity;

	constructor(logWeight: (bits: Uint8Array) => number) {
		this.logWeight = logWeight;
	}

	get evaluations(): number {
		return this.known.size;
	}

	log(bits: Uint8Array): number {
		const key = String.fromCharCode(...bits);
		let value = this.known.get(key);
		if (value === undefined) {
			value = this.logWeight(bits);
			if (!Number.isFinite(value))
				throw new RangeError(`tensorCross: ln weight is ${value} at ${bits.join('')}`);
			if (this.known.size === 0) this.reference = value;
			this.known.set(key, value);
			this.highest = Math.max(this.highest, value);
		}
		return value;
	}

	/** f/e^reference. */
	value(bits: Uint8Array): number {
		return Math.exp(this.log(bits) - this.reference);
	}

	largest(): number {
		return Math.exp(this.highest - this.reference);
	}
}

/** Pivot sets of all bonds and the train T₁P₁^{−1}T₂P₂^{−1}…T_N made from them. */
class Train {
	/** left[k]: bit strings of length k; right[k]: of length N−k. left[k] and right[k] are the pivots of bond k. */
	private readonly left: Uint8Array[][];
	private readonly right: Uint8Array[][];
	private cores: Float64Array[] = [];
	private readonly bits: number;
	private readonly weight: Weight;

	constructor(bits: number, weight: Weight, seeds: readonly Uint8Array[]) {
		this.bits = bits;
		this.weight = weight;
		const all = Array.from({ length: bits + 1 }, (_, k) => k);
		this.left = all.map((k) => unique(seeds.map((s) => s.slice(0, k))));
		this.right = all.map((k) => unique(seeds.map((s) => s.slice(k))));
	}

	ranks(): number[] {
		return Array.from({ length: this.bits - 1 }, (_, k) => this.left[k + 1].length);
	}

	addPivot(point: Uint8Array): void {
		for (let k = 1; k < this.bits; k++) {
			this.left[k] = unique([...this.left[k], point.slice(0, k)]);
			this.right[k] = unique([...this.right[k], point.slice(k)]);
		}
	}

	/** One sweep there and back over the bonds; true when the rank limit cut a bond off above the tolerance. */
	sweep(tolerance: number, maxRank: number): boolean {
		let capped = false;
		const there = Array.from({ length: this.bits - 1 }, (_, k) => k + 1);
		for (const k of there) this.update(k, tolerance, maxRank);
		for (const k of there.toReversed()) capped = this.update(k, tolerance, maxRank) || capped;
		return capped;
	}

	private update(k: number, tolerance: number, maxRank: number): boolean {
		// the old pivots stay candidates: a well once found is not lost
		const rows = unique([...this.left[k - 1].flatMap((l) => [append(l, 0), append(l, 1)]), ...this.left[k]]);
		const columns = unique([
			...this.right[k + 1].flatMap((r) => [prepend(0, r), prepend(1, r)]),
			...this.right[k]
		]);
		const matrix = this.block(rows, columns);
		const limit = tolerance * this.weight.largest();
		const found = crossPivots(rows.length, columns.length, matrix, limit, maxRank);
		this.left[k] = found.rows.map((i) => rows[i]);
		this.right[k] = found.columns.map((j) => columns[j]);
		return found.remainder > limit;
	}

	private block(rows: readonly Uint8Array[], columns: readonly Uint8Array[]): Float64Array {
		const out = new Float64Array(rows.length * columns.length);
		const point = new Uint8Array(this.bits);
		rows.forEach((l, i) => {
			point.set(l);
			columns.forEach((r, j) => {
				point.set(r, l.length);
				out[i * columns.length + j] = this.weight.value(point);
			});
		});
		return out;
	}

	/** Cores C_k[l, σ, r] = T_k P_k^{−1} (the last core is T_N itself). */
	build(): void {
		this.cores = Array.from({ length: this.bits }, (_, k) => {
			const rows = this.left[k].flatMap((l) => [append(l, 0), append(l, 1)]);
			const t = this.block(rows, this.right[k + 1]);
			if (k + 1 === this.bits) return t;
			const n = this.right[k + 1].length;
			return timesInverse(rows.length, n, t, this.block(this.left[k + 1], this.right[k + 1]));
		});
	}

	/** f̃/e^reference at a point. */
	evaluate(bits: Uint8Array): number {
		return this.contract((k) => [bits[k] === 0 ? 1 : 0, bits[k] === 0 ? 0 : 1]);
	}

	sum(): number {
		return this.contract(() => [1, 1]);
	}

	private contract(factors: (k: number) => readonly [number, number]): number {
		let row = Float64Array.of(1);
		for (let k = 0; k < this.bits; k++) {
			const n = this.right[k + 1].length;
			const [zero, one] = factors(k);
			const next = new Float64Array(n);
			for (let l = 0; l < row.length; l++)
				for (let r = 0; r < n; r++)
					next[r] +=
						row[l] * (zero * this.cores[k][2 * l * n + r] + one * this.cores[k][(2 * l + 1) * n + r]);
			row = next;
		}
		return row[0];
	}
}

function append(l: Uint8Array, bit: number): Uint8Array {
	const out = new Uint8Array(l.length + 1);
	out.set(l);
	out[l.length] = bit;
	return out;
}

function prepend(bit: number, r: Uint8Array): Uint8Array {
	const out = new Uint8Array(r.length + 1);
	out[0] = bit;
	out.set(r, 1);
	return out;
}

function unique(strings: readonly Uint8Array[]): Uint8Array[] {
	return [...new Map(strings.map((s) => [String.fromCharCode(...s), s])).values()];
}

/** Kronecker sequence of square roots of whole numbers, rounded to bits: the same points every time. */
function probePoints(bits: number, count: number): Uint8Array[] {
	return Array.from({ length: count }, (_, i) =>
		Uint8Array.from({ length: bits }, (_, k) => (((i + 1) * Math.sqrt(nonSquare(k))) % 1 < 0.5 ? 0 : 1))
	);
}

/** The k-th whole number that is not a square: 2, 3, 5, 6, 7, 8, 10… */
function nonSquare(k: number): number {
	const n = k + 1;
	return n + Math.floor(0.5 + Math.sqrt(n));
}
