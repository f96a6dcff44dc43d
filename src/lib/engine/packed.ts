// Binary data on the device: rows of bits are uploaded once, packed, and batches are gathered from them there.
import { tensor1d, tensor2d, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { unpackBits } from './kernels/unpackBits';

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
	/** mean of every unit over the rows, [units]; in memory */
	readonly means: Float32Array;
}

function checkRows(rows: PackedRows): void {
	if (rows.count < 1 || rows.units < 1) throw new RangeError('Data have at least one row and one unit.');
	if (rows.stride < Math.ceil(rows.units / 8) || rows.bytes.length < rows.count * rows.stride) {
		throw new RangeError(`${rows.count} rows of ${rows.units} units do not fit the bytes given.`);
	}
}

/** Uploads packed rows; the caller disposes them with `disposeData`. Throws RangeError when bytes are missing. */
export function uploadData(rows: PackedRows): PackedData {
	checkRows(rows);
	const { count, units, stride, bytes } = rows;
	const used = Math.ceil(units / 8);
	const wordsPerRow = Math.ceil(units / 32);
	const words = new Int32Array(count * wordsPerRow);
	for (let row = 0; row < count; row++) {
		for (let byte = 0; byte < used; byte++) {
			words[row * wordsPerRow + (byte >> 2)] |= bytes[row * stride + byte] << (24 - 8 * (byte & 3));
		}
	}
	return { count, units, words: tensor2d(words, [count, wordsPerRow], 'int32'), means: dataMeans(rows) };
}

/**
 * Rows `index` as float32 0/1, [B, units]; an index tensor is int32 [B] and stays the caller's, an array is uploaded.
 * Throws RangeError on an index array that leaves the data. Caller disposes.
 */
export function unpackRows(data: PackedData, index: Tensor1D | Int32Array): Tensor2D {
	if (!(index instanceof Int32Array)) return unpackBits(data.words, index, data.units, 0, index.size);
	if (index.some((row) => row < 0 || row >= data.count)) throw new RangeError('A row index leaves the data.');
	const uploaded = tensor1d(index, 'int32');
	const rows = unpackBits(data.words, uploaded, data.units, 0, index.length);
	uploaded.dispose();
	return rows;
}

/** Mean of every unit over the rows: exact counts divided by `count`; [units]. */
export function dataMeans(rows: PackedRows): Float32Array {
	checkRows(rows);
	const { count, units, stride, bytes } = rows;
	const used = Math.ceil(units / 8);
	// How often each value of each byte column occurs: eight times fewer steps than counting bits.
	const occurrences = new Uint32Array(used * 256);
	for (let row = 0; row < count; row++) {
		for (let byte = 0; byte < used; byte++) occurrences[byte * 256 + bytes[row * stride + byte]]++;
	}
	return Float32Array.from({ length: units }, (_, unit) => {
		const mask = 128 >> (unit & 7);
		let ones = 0;
		for (let value = 0; value < 256; value++)
			if (value & mask) ones += occurrences[(unit >> 3) * 256 + value];
		return ones / count;
	});
}

export function disposeData(data: PackedData): void {
	data.words.dispose();
}
