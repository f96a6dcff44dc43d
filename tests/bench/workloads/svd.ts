// Singular value decompositions, thin, with vectors: one go decomposes every matrix of the batch. Warm: the matrix
// moves a little each time, as weights do between two records of a training run, and the last result may be used.
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { normals } from '../../../src/lib/random/draw';
import { foldIn, keyFromSeed } from '../../../src/lib/random/key';
import { Unavailable, type Contender, type Size, type Workload } from '../contender';
import { batched, scratch, warm } from '../svdOurs';

/** ‖change‖/‖W‖ between two records: what 784×500 weights do in some fifty PCD steps. */
const MOVE = 1e-3;

function matrices({ batch, rows, cols }: Size, label: number): Float64Array[] {
	return Array.from({ length: batch }, (_, b) =>
		normals(rows * cols, foldIn(foldIn(keyFromSeed(3), label), b))
	);
}

/** Two states of every matrix that differ by MOVE; a warm contender goes from one to the other and back. */
function moving(size: Size): [Float64Array[], Float64Array[]] {
	const base = matrices(size, 1);
	const step = matrices(size, 2);
	return [base, base.map((m, b) => m.map((x, i) => x + MOVE * step[b][i]))];
}

function mlMatrix({ batch, rows, cols }: Size, batches: readonly Float64Array[][]): Contender {
	const all = batches.map((list) => list.map((m) => Matrix.from1DArray(rows, cols, Array.from(m))));
	let turn = 0;
	return {
		amount: batch,
		note: 'from scratch each time',
		async run(times) {
			for (let i = 0; i < times; i++) {
				for (const m of all[turn++ % all.length]) {
					const svd = new SingularValueDecomposition(m, { autoTranspose: true });
					if (!(svd.norm2 > 0)) throw new Error('ml-matrix gave no singular values.');
				}
			}
		},
		dispose() {}
	};
}

export const workload: Workload = {
	async make(side, size) {
		if (side === 'tfjs') throw new Unavailable('tfjs has no SVD.');
		const batches = size.warm ? moving(size) : [matrices(size, 1)];
		if (side === 'ml-matrix') return mlMatrix(size, batches);
		if (size.batch > 1) return batched(size, batches[0]);
		return size.warm ? warm(size, batches) : scratch(size, batches[0]);
	}
};
