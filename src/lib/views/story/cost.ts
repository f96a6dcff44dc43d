// The cost of exact enumeration on this machine, measured in the theory worker size by size, and how long times are
// written.
import type { TheoryClient } from '$lib/session/clientTheory';
import { fitCost, type CostFit, type CostPoint } from '$lib/theory/costCurve';

export type Way = 'states' | 'layer';

/** Sizes N+M that are tried, in order, until one takes longer than ENOUGH seconds. */
export const SIZES: Readonly<Record<Way, readonly number[]>> = {
	states: [8, 10, 12, 14, 16, 18, 20, 22, 24, 26],
	layer: [12, 16, 20, 24, 28, 32, 36, 40, 44, 48]
};
const ENOUGH = 0.25;
/** Runs shorter than this are mostly the overhead of starting, and the clock's grain: the fit leaves them out. */
export const SHORTEST = 1e-3;

/** Age of the universe in seconds, 13.8 thousand million years. */
export const UNIVERSE = 13.8e9 * 365.25 * 86400;

/**
 * Measures one way of enumerating, telling each point as it is known. Ends early when `stopped` says so.
 */
export async function measureWay(
	client: TheoryClient,
	way: Way,
	tell: (points: readonly CostPoint[]) => void,
	stopped: () => boolean
): Promise<void> {
	const points: CostPoint[] = [];
	for (const units of SIZES[way]) {
		const { seconds } = await client.run('cost', { way, units });
		if (stopped()) return;
		points.push({ units, seconds });
		tell([...points]);
		if (seconds > ENOUGH) return;
	}
}

/** The line through the points that are long enough to be trusted; null before there are three. */
export function costLine(points: readonly CostPoint[]): CostFit | null {
	const usable = points.filter((p) => p.seconds >= SHORTEST);
	return usable.length >= 3 ? fitCost(usable) : null;
}

/**
 * The factor by which a time read off the fitted line at N+M = units may be wrong, one standard error of the slope about
 * the middle of the points; NaN with fewer than three.
 */
export function uncertainty(points: readonly CostPoint[], fit: CostFit, units: number): number {
	const usable = points.filter((p) => p.seconds >= SHORTEST);
	const middle = usable.reduce((s, p) => s + p.units, 0) / usable.length;
	return 2 ** (fit.slopeError * Math.abs(units - middle));
}

/** Where the fitted line reaches `seconds`: N+M. */
export function unitsAt(fit: CostFit, seconds: number): number {
	return (Math.log2(seconds) - fit.intercept) / fit.slope;
}

/** A time of 10^x seconds in the unit that a reader has a feeling for. */
export function duration(
	log10Seconds: number,
	names: { seconds: string; minutes: string; hours: string; days: string; years: string }
): { readonly value: number; readonly unit: string } {
	const steps = [
		{ unit: names.years, size: 365.25 * 86400 },
		{ unit: names.days, size: 86400 },
		{ unit: names.hours, size: 3600 },
		{ unit: names.minutes, size: 60 }
	];
	const step = steps.find(({ size }) => log10Seconds >= Math.log10(2 * size));
	return step
		? { value: 10 ** (log10Seconds - Math.log10(step.size)), unit: step.unit }
		: { value: 10 ** log10Seconds, unit: names.seconds };
}
