// Packed rows to one byte a pixel, for drawing.
import type { BitRows } from './dataset.ts';

/** Rows `index` of `rows` as 0/1 bytes, row-major [index.length × units]. */
export function unpack(rows: BitRows, index: ArrayLike<number>): Uint8Array {
	const { units, stride, bytes } = rows;
	const out = new Uint8Array(index.length * units);
	for (let r = 0; r < index.length; r++) {
		const at = index[r] * stride;
		for (let i = 0; i < units; i++) out[r * units + i] = (bytes[at + (i >> 3)] >> (7 - (i & 7))) & 1;
	}
	return out;
}
