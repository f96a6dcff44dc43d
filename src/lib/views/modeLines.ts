// Lines that follow modes through a run: which are drawn, and how the one that is looked at stands out.
import type { Series } from '$lib/charts/series';
import type { RecordTable } from '$lib/session/clientRecords';

/** Most modes drawn as lines: beyond this they are a smear. */
const MOST_LINES = 16;
const digits = '₀₁₂₃₄₅₆₇₈₉';

/** 12 → "₁₂" */
export function subscript(n: number): string {
	return [...String(n)].map((d) => digits[Number(d)]).join('');
}

/** The followed modes with the largest present singular values, largest first. */
export function leadingModes(records: RecordTable): number[] {
	return records.ranking().slice(0, MOST_LINES);
}

/** One line a mode; the mode of rank `chosen` is drawn strong, the rest recede with their rank. */
export function modeSeries(
	x: readonly number[],
	modes: readonly number[],
	chosen: number,
	symbol: string,
	color: string,
	values: (mode: number) => number[]
): Series[] {
	return modes.map((mode, rank) => ({
		id: `${symbol}${mode}`,
		label: `${symbol}${subscript(rank + 1)}`,
		color,
		x,
		y: values(mode),
		weight: rank === chosen ? 1.8 : 1,
		opacity: rank === chosen ? 1 : Math.max(0.35, 0.85 - 0.05 * rank)
	}));
}
