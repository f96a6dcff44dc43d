// Binary data on the device: rows of bits are uploaded once, packed, and batches are gathered from them there.
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';

/** Binary rows as data sets give them: `stride` bytes a row, first unit in the highest bit of the first byte. */
export interface PackedRows {
	readonly count: number;
	readonly units: number;
	readonly stride: number;
	readonly bytes: Uint8Array;
}

/** Packed rows on the device: int32 words [count, ⌈units/32⌉], first unit in the highest bit of the first word. */
export interface PackedData {
	readonly count: number;
	readonly units: number;
	readonly words: Tensor2D;
}

/** Uploads packed rows; the caller disposes them with `disposeData`. */
export declare function uploadData(rows: PackedRows): PackedData;

/** Rows `index` (int32 [B]) as float32 0/1, [B, units]; one dispatch, no upload but the index. */
export declare function unpackRows(data: PackedData, index: Tensor1D | Int32Array): Tensor2D;

/** Mean of every unit over the rows, exact counts divided by `count`; [units]. */
export declare function dataMeans(rows: PackedRows): Float32Array;

export declare function disposeData(data: PackedData): void;
