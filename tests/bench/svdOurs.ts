// Our side of the SVD workload: for a batch the engine's tensor operation on the current backend, for one matrix the
// float64 SIMD module behind it, as the session calls it.
import { tensor3d } from '@tensorflow/tfjs-core';
import { settle } from '../../src/lib/engine/backend';
import { svd } from '../../src/lib/engine/svd';
import { svdFrom } from '../../src/lib/engine/svdFloat64';
import type { ThinSvd } from '../../src/lib/theory/linalg';
import type { Contender, Size } from './contender';

const NOTE = 'engine/svdFloat64, float64 in SIMD WebAssembly, one thread';

/** The whole batch as one tensor, float32 in and out (float64 inside, on wasm and cpu). */
export function batched({ batch, rows, cols }: Size, matrices: Float64Array[]): Contender {
	const all = new Float32Array(batch * rows * cols);
	matrices.forEach((m, b) => all.set(m, b * rows * cols));
	const a = tensor3d(all, [batch, rows, cols], 'float32');
	return {
		amount: batch,
		note: 'engine/svd on one tensor, float32 in and out, float64 inside; one thread',
		async run(times) {
			for (let i = 0; i < times; i++) {
				const { u, s, v } = svd(a);
				for (const part of [u, s, v]) part.dispose();
			}
			await settle();
		},
		dispose: () => a.dispose()
	};
}

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
