// Reads packed rows one bit at a time, the slow and obvious way, for the tests of data/.
import type { BitRows } from '../../src/lib/data/dataset';

/** Unit `unit` of row `row`, 0 or 1. */
export function bitAt({ bytes, stride }: BitRows, row: number, unit: number): 0 | 1 {
	const text = bytes[row * stride + Math.floor(unit / 8)].toString(2).padStart(8, '0');
	return text[unit % 8] === '1' ? 1 : 0;
}

/** A row as text, `cols` pixels a line, "#" for on. */
export function picture(rows: BitRows, row: number, cols: number): string[] {
	return Array.from({ length: rows.units / cols }, (_, r) =>
		Array.from({ length: cols }, (_, c) => (bitAt(rows, row, r * cols + c) ? '#' : '.')).join('')
	);
}
