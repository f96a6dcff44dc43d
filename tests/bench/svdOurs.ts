// Our side of the SVD workload: the float64 SIMD module that serves tfjs's wasm and cpu backends and the session.
import { svdFrom } from '../../src/lib/engine/svdFloat64';
import type { ThinSvd } from '../../src/lib/theory/linalg';
import type { Contender, Size } from './contender';

const NOTE = 'engine/svdFloat64, float64 in SIMD WebAssembly, one thread';

/** Every matrix of the batch from nothing. */
export function scratch({ batch, rows, cols }: Size, matrices: Float64Array[]): Contender {
	return {
		amount: batch,
		note: NOTE,
		async run(times) {
			for (let i = 0; i < times; i++) for (const m of matrices) svdFrom(m, rows, cols);
		},
		dispose() {}
	};
}

/** Every matrix with its last decomposition at hand. */
export function warm({ batch, rows, cols }: Size, batches: readonly Float64Array[][]): Contender {
	let last: ThinSvd[] = batches[0].map((m) => svdFrom(m, rows, cols));
	let turn = 1;
	return {
		amount: batch,
		note: NOTE,
		async run(times) {
			for (let i = 0; i < times; i++) {
				last = batches[turn++ % batches.length].map((m, b) => svdFrom(m, rows, cols, last[b]));
			}
		},
		dispose() {}
	};
}
