// What a line is: a name, a colour and two arrays. And what can be asked of arrays before they are drawn.

export interface Series {
	readonly id: string;
	readonly label: string;
	/** a CSS colour, as a rule a token: "var(--soft)" */
	readonly color: string;
	/** rising */
	readonly x: ArrayLike<number>;
	/** NaN where there is no value */
	readonly y: ArrayLike<number>;
	/** SVG stroke-dasharray, so that colour is not the only difference */
	readonly dash?: string;
	/** stroke width as a multiple of the token's; default 1 */
	readonly weight?: number;
	/** 0–1; default 1 */
	readonly opacity?: number;
	/** no label at its end */
	readonly quiet?: boolean;
}

/**
 * Least and greatest finite value of arrays, widened by `pad` of the span at each end and to `include`; null when
 * there is no finite value. `positive` skips values ≤ 0 (for logarithmic axes) and widens by a factor instead.
 */
export function extent(
	arrays: readonly ArrayLike<number>[],
	{ pad = 0, include = [] as readonly number[], positive = false } = {}
): [number, number] | null {
	let lo = Infinity,
		hi = -Infinity;
	for (const a of [...arrays, include])
		for (let i = 0; i < a.length; i++) {
			const v = a[i];
			if (v === null || !Number.isFinite(v) || (positive && v <= 0)) continue;
			if (v < lo) lo = v;
			if (v > hi) hi = v;
		}
	if (lo > hi) return null;
	if (lo === hi) return positive ? [lo / 2, hi * 2] : [lo - 0.5, hi + 0.5];
	if (positive) {
		const f = (hi / lo) ** pad;
		return [lo / f, hi * f];
	}
	return [lo - pad * (hi - lo), hi + pad * (hi - lo)];
}

/** Index of the value of rising `x` that is nearest to `at`; −1 when empty. */
export function nearest(x: ArrayLike<number>, at: number): number {
	let lo = 0,
		hi = x.length - 1;
	if (hi < 0) return -1;
	while (hi - lo > 1) {
		const mid = (lo + hi) >> 1;
		if (x[mid] <= at) lo = mid;
		else hi = mid;
	}
	return Math.abs(x[hi] - at) < Math.abs(x[lo] - at) ? hi : lo;
}

/**
 * Moves label positions (px) apart to at least `gap`, as little as possible and in order, within [min, max].
 * Returns positions in the order given.
 */
export function spread(positions: readonly number[], gap: number, min: number, max: number): number[] {
	const order = positions.map((_, i) => i).sort((a, b) => positions[a] - positions[b]);
	// Pool neighbours that touch into blocks centred on their mean (isotonic regression of position − rank·gap).
	const blocks: { sum: number; n: number }[] = [];
	order.forEach((index, rank) => {
		blocks.push({ sum: positions[index] - rank * gap, n: 1 });
		while (blocks.length > 1) {
			const b = blocks[blocks.length - 1];
			const a = blocks[blocks.length - 2];
			if (a.sum / a.n <= b.sum / b.n) break;
			blocks.splice(-2, 2, { sum: a.sum + b.sum, n: a.n + b.n });
		}
	});
	const out = new Array<number>(positions.length);
	const room = max - (positions.length - 1) * gap;
	let rank = 0;
	for (const b of blocks)
		for (let i = 0; i < b.n; i++, rank++)
			out[order[rank]] = Math.max(min, Math.min(Math.max(min, room), b.sum / b.n)) + rank * gap;
	return out;
}
