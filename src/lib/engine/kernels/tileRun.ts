// What the Langevin runs share on wasm: matrices and rows laid out for the SIMD module's tiles of eight particles
// (wasm/tile.as), and how tiles are shared among threads.
import { engine, getBackend, type TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { aligned, simdOf, type Shared, type Simd } from '../wasm/module';

/** Units for which a matrix still is read from the second-level cache at the speed of the product. */
const LARGEST_TILE = 256;

/** Whether the SIMD module takes runs of K units on this backend. */
export const tilesTake = (K: number): boolean =>
	getBackend() === 'wasm' && K <= LARGEST_TILE && simdOf(engine().backend as BackendWasm) !== null;

/** Particles of a tile (wasm/tile.as). */
const PARTICLES = 8;
/** What a part should take, in nanoseconds, so that handing it out costs little and threads end together. */
const PART = 100_000;

/** factor·values + diagonal·I, of a matrix [K, K] or a row [K]; rows are padded with zeros to whole blocks of four. */
export interface TilePart {
	readonly tensor: TensorInfo;
	readonly factor: number;
	readonly diagonal?: number;
}

export interface TileCall {
	readonly z: TensorInfo;
	readonly out: TensorInfo;
	readonly parts: readonly TilePart[];
	/** tiles of scratch that the function needs */
	readonly tiles: number;
	readonly steps: number;
	/** numbers between (rows, columns) and the scratch */
	readonly rest: readonly number[];
}

/** Calls name(z, parts…, out, rows, columns, rest…) for all tiles. */
export function runTiles(simd: Simd, name: Shared, { z, out, parts, tiles, steps, rest }: TileCall): void {
	const [rows, columns] = z.shape;
	const padded = Math.ceil(columns / 4) * 4;
	const sizes = parts.map(({ tensor }) => aligned(padded * 4 * (tensor.shape.length > 1 ? columns : 1)));
	const scratchBytes = aligned(simd.exports.tileScratch(columns, tiles));
	// All of it first: making room may grow the heap, which detaches every view of it.
	let end = simd.scratch(sizes.reduce((sum, size) => sum + size, 0) + scratchBytes * simd.threads);
	const pointers = parts.map(({ tensor, factor, diagonal = 0 }, p) => {
		const values = simd.float32(
			simd.pointer(tensor),
			tensor.shape.reduce((product, n) => product * n, 1)
		);
		const to = simd.float32(end, sizes[p] / 4).fill(0);
		for (let i = 0, row = 0; i < values.length; i += columns, row += padded) {
			for (let j = 0; j < columns; j++) to[row + j] = factor * values[i + j];
		}
		if (diagonal) for (let i = 0; i < columns; i++) to[i * (padded + 1)] += diagonal;
		end += sizes[p];
		return end - sizes[p];
	});
	// Noise and the unit's force take some 3 ns a unit, the product 0.04 ns an element (measured, one thread).
	const tileCost = steps * PARTICLES * columns * (3 + 0.04 * columns * (parts.length - 1));
	const count = Math.ceil(rows / PARTICLES);
	const grain = Math.max(1, Math.round(PART / tileCost));
	const numbers = [simd.pointer(z), ...pointers, simd.pointer(out), rows, columns, ...rest];
	simd.share(name, numbers, { count, grain, scratch: end, scratchBytes, cost: count * tileCost });
}
