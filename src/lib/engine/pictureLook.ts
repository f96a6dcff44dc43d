// How many points are drawn: as discs while single ones can be told apart, over a faint density when they begin to
// overlap, and as a density alone, a bin a pixel of the page, when there are more than anyone can tell apart.

export interface Look {
	/** radius of a disc in CSS px; 0: no discs */
	readonly radius: number;
	/** opacity of a disc */
	readonly alpha: number;
	/** side of a bin of the density in CSS px; 0: no density */
	readonly bin: number;
	/** opacity of a bin with one point, and of the fullest */
	readonly single: number;
	readonly full: number;
}

/** Up to here discs alone. */
const FEW = 3000;
/** From here the density alone. */
const MANY = 20_000;

/** The look of `count` points. */
export function lookOf(count: number): Look {
	if (count > MANY) return { radius: 0, alpha: 0, bin: 1, single: 0.22, full: 1 };
	const alpha = Math.max(0.25, Math.min(0.9, 12 / Math.sqrt(count)));
	if (count > FEW) return { radius: 1, alpha, bin: 5, single: 0.05, full: 0.5 };
	return { radius: count < 200 ? 3 : count < 1000 ? 2.2 : 1.6, alpha, bin: 0, single: 0, full: 0 };
}
