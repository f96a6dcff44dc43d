// Patterns that the visitor draws, a few small binary images.
import type { Dataset } from './dataset.ts';

/** The recipe of a Scene for this kind of data. */
export interface DrawnRecipe {
	readonly kind: 'drawn';
	readonly rows: number;
	readonly cols: number;
	/** each pattern's bits, row by row, as hexadecimal digits; the first pixel is the highest bit of the first digit */
	readonly patterns: readonly string[];
}

/**
 * The drawn patterns as a data set, in the order drawn, repeats kept (a pattern drawn twice weighs twice).
 * @throws RangeError if there is no pattern, or one is not ⌈rows·cols/4⌉ hexadecimal digits with the bits past the
 * last pixel off
 */
export function drawn({ rows, cols, patterns }: DrawnRecipe): Dataset {
	const units = rows * cols;
	const digits = Math.ceil(units / 4);
	const stride = Math.ceil(units / 8);
	if (patterns.length === 0) throw new RangeError('Draw at least one pattern.');
	const bytes = new Uint8Array(patterns.length * stride);
	patterns.forEach((pattern, row) => {
		if (pattern.length !== digits || /[^0-9a-f]/.test(pattern))
			throw new RangeError(
				`Pattern ${row + 1} must have ${digits} hexadecimal digits for ${rows}×${cols} pixels.`
			);
		for (let digit = 0; digit < digits; digit++)
			bytes[row * stride + (digit >> 1)] |= parseInt(pattern[digit], 16) << (digit & 1 ? 0 : 4);
		const unused = 8 * stride - units;
		if (bytes[(row + 1) * stride - 1] & ((1 << unused) - 1))
			throw new RangeError(`Pattern ${row + 1} has bits past its last pixel (${rows}×${cols}).`);
	});
	const distinct = new Set(patterns).size;
	const complete = distinct === patterns.length;
	return {
		title: patterns.length === 1 ? 'One drawn pattern' : `${patterns.length} drawn patterns`,
		convention: complete
			? `Each drawn pattern of ${rows}×${cols} pixels once.`
			: `The drawn patterns of ${rows}×${cols} pixels as they stand, ${distinct} of them distinct: a pattern drawn twice weighs twice.`,
		units,
		rows,
		cols,
		train: { count: patterns.length, units, stride, bytes },
		heldOut: null,
		complete
	};
}
