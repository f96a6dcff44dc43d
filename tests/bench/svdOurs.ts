// Our side of the SVD workload: the project's fastest decomposition on the current backend.
import { thinSvd, thinSvdFrom, type ThinSvd } from '../../src/lib/theory/linalg';
import type { Contender, Size } from './contender';

const NOTE = 'theory/linalg, float64, one thread';

/** Every matrix of the batch from nothing. */
export function scratch({ batch, rows, cols }: Size, matrices: Float64Array[]): Contender {
	return {
		amount: batch,
		note: NOTE,
		async run(times) {
			for (let i = 0; i < times; i++) for (const m of matrices) thinSvd(rows, cols, m);
		},
		dispose() {}
	};
}

/** Every matrix started from its last decomposition. */
export function warm({ batch, rows, cols }: Size, batches: readonly Float64Array[][]): Contender {
	let last: ThinSvd[] = batches[0].map((m) => thinSvd(rows, cols, m));
	let turn = 1;
	return {
		amount: batch,
		note: NOTE,
		async run(times) {
			for (let i = 0; i < times; i++) {
				last = batches[turn++ % batches.length].map((m, b) => thinSvdFrom(rows, cols, m, last[b]));
			}
		},
		dispose() {}
	};
}
