// Bars and stripes: the smallest data set with structure that an RBM must learn by its hidden units.
import type { Dataset } from './dataset.ts';

/** The recipe of a Scene for this kind of data. */
export interface BarsAndStripesRecipe {
	readonly kind: 'bars-and-stripes';
	/** side s of the square pattern, in pixels, at least 2 */
	readonly side: number;
}

/**
 * All distinct patterns of s×s pixels whose columns are each on or off (bars) or whose rows are (stripes). All-off and
 * all-on are both a bar and a stripe and are counted once: 2·2^s − 2 patterns (30 for s = 4, theory.md §10). Order:
 * bars by their binary number, then stripes.
 * @throws RangeError if the side is no whole number from 2 to 12
 */
export function barsAndStripes({ side }: BarsAndStripesRecipe): Dataset {
	if (!Number.isInteger(side) || side < 2 || side > 12)
		throw new RangeError(`Bars and stripes need a side from 2 to 12, not ${side}.`);
	const units = side * side;
	const stride = Math.ceil(units / 8);
	const count = 2 * 2 ** side - 2;
	const bytes = new Uint8Array(count * stride);
	let row = 0;
	for (const orientation of ['bars', 'stripes'] as const) {
		for (let lines = 0; lines < 2 ** side; lines++) {
			const uniform = lines === 0 || lines === 2 ** side - 1;
			if (orientation === 'stripes' && uniform) continue;
			for (let unit = 0; unit < units; unit++) {
				const line = orientation === 'bars' ? unit % side : Math.floor(unit / side);
				if ((lines >> (side - 1 - line)) & 1) bytes[row * stride + (unit >> 3)] |= 128 >> (unit & 7);
			}
			row++;
		}
	}
	return {
		title: `Bars and stripes ${side}×${side}`,
		convention:
			`Each of the ${count} distinct patterns once: ${2 ** side} of bars, ${2 ** side} of stripes, ` +
			'less two, because all-off and all-on are both.',
		units,
		rows: side,
		cols: side,
		train: { count, units, stride, bytes },
		heldOut: null,
		complete: true
	};
}
