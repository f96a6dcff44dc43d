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
	/** which of the seed's matrices */
	readonly index: number;
}

/** The min(N,M) singular values of one matrix. */
export function bulkSingularValues({ N, M, scale, seed, index }: BulkJob): Float64Array {
	const entries = normals(N * M, foldIn(keyFromSeed(seed), index)).map((x) => scale * x);
	return thinSvd(N, M, entries).singularValues;
}
