// Job of the theory worker: singular values of matrices with independent normal entries, for the bulk before learning.
import { normals } from '../random/draw';
import { foldIn, keyFromSeed } from '../random/key';
import { thinSvd } from '../theory/linalg';

export interface BulkJob {
	readonly N: number;
	readonly M: number;
	/** standard deviation of an entry */
	readonly scale: number;
	readonly seed: number;
	/** matrices whose singular values are pooled */
	readonly matrices: number;
}

/** min(N,M) singular values of each matrix, one matrix after the other. */
export function bulkSingularValues({ N, M, scale, seed, matrices }: BulkJob): Float64Array {
	const r = Math.min(N, M);
	const out = new Float64Array(r * matrices);
	const key = keyFromSeed(seed);
	for (let k = 0; k < matrices; k++) {
		const entries = normals(N * M, foldIn(key, k)).map((x) => scale * x);
		out.set(thinSvd(N, M, entries).singularValues, r * k);
	}
	return out;
}
