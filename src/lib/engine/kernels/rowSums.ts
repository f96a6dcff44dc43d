// Sums over the units of every row on wasm, by the SIMD module in float64: Σ ln(1+e^t), and scalar products. What the
// weights of annealing, the exchanges of tempering and free energies are differences of.
import { aligned, type Simd } from '../wasm/module';

/** One sum a row of x [rows, columns]: of ln(1+e^{scale(x + row)}), or without a scale of x·row. All pointers. */
export interface RowSum {
	readonly x: number;
	readonly row: number;
	readonly rows: number;
	readonly columns: number;
	readonly scale?: number;
}

/** Nanoseconds a term on one thread, roughly: with an exponential, and without. */
const COST = { softplus: 4, dot: 0.5 };
/** Terms of a part, so that handing it out costs little. */
const PART = 16_384;

/** The sums of every job; views of scratch, valid until the module is called again. */
export function rowSums(simd: Simd, jobs: readonly RowSum[]): Float64Array[] {
	const scratchBytes = aligned(simd.exports.softplusScratch());
	const sizes = jobs.map((job) => aligned(8 * job.rows));
	const scratch = simd.scratch(scratchBytes * simd.threads + sizes.reduce((sum, size) => sum + size, 0));
	let at = scratch + scratchBytes * simd.threads;
	return jobs.map(({ x, row, rows, columns, scale }, j) => {
		const work = { count: rows, grain: Math.max(1, Math.ceil(PART / columns)), scratch, scratchBytes };
		const terms = rows * columns;
		if (scale === undefined) {
			simd.share('dotRows', [x, row, at, columns], { ...work, cost: COST.dot * terms });
		} else {
			simd.share('sumSoftplus', [x, row, at, columns, scale], { ...work, cost: COST.softplus * terms });
		}
		at += sizes[j];
		return simd.float64(at - sizes[j], rows);
	});
}
