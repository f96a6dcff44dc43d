// Where an axis puts its ticks and what it writes at them: as many as fit without touching, never fewer than two.
import { scaleLinear, scaleLog } from 'd3-scale';
import { formatNumber } from './numbers';

export interface Tick {
	readonly value: number;
	readonly label: string;
}

/** Labels of linear ticks: the same number of decimals on all of them; large or tiny ones with a common power. */
function linearLabels(values: number[]): string[] {
	const step = values.length > 1 ? Math.abs(values[1] - values[0]) : Math.abs(values[0] ?? 1) || 1;
	const largest = Math.max(...values.map(Math.abs));
	if (largest >= 1e6 || largest < 1e-3) {
		const digits = Math.max(1, Math.ceil(Math.log10(largest / step) + 1e-9) + 1);
		return values.map((v) => formatNumber(v, Math.min(digits, 4)));
	}
	const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
	return values.map((v) => {
		const text = Math.abs(v).toFixed(decimals);
		const grouped = decimals === 0 && text.length > 4 ? text.replace(/\B(?=(\d{3})+$)/g, '\u2009') : text;
		return (v < 0 && Number(text) !== 0 ? '−' : '') + grouped;
	});
}

/** Candidates from dense to sparse for one axis. */
function* candidates(domain: readonly [number, number], log: boolean, most: number): Generator<Tick[]> {
	if (log) {
		const lo = Math.ceil(Math.log10(domain[0]) - 1e-9);
		const hi = Math.floor(Math.log10(domain[1]) + 1e-9);
		if (hi - lo < 2) {
			for (let n = most; n >= 2; n--) {
				const values = scaleLog()
					.domain(domain)
					.ticks(n)
					.filter((v) => {
						const lead = Number(v.toExponential().split('e')[0]);
						return n > 4 || lead === 1 || lead === 2 || lead === 5;
					});
				yield values.map((value) => ({ value, label: formatNumber(value, 1) }));
			}
		}
		for (let every = 1; every <= Math.max(1, hi - lo); every++) {
			const ticks: Tick[] = [];
			for (let e = lo; e <= hi; e += every) {
				const value = 10 ** e;
				ticks.push({
					value,
					label: e >= -2 && e <= 3 ? formatNumber(value, 1) : formatNumber(value, 1).replace('1·', '')
				});
			}
			yield ticks;
		}
		return;
	}
	for (let n = most; n >= 1; n--) {
		const values = scaleLinear().domain(domain).ticks(n);
		// d3 takes n as a hint and may give more.
		if (values.length > most) continue;
		const labels = linearLabels(values);
		yield values.map((value, i) => ({ value, label: labels[i] }));
	}
}

/**
 * Ticks of an axis of `length` px. `extentOf` gives the room a label takes along the axis, in px; labels keep
 * `gap` px between them. Returns the densest set that fits; an empty domain gives none.
 */
export function fitTicks(
	domain: readonly [number, number],
	length: number,
	extentOf: (label: string) => number,
	{ log = false, gap = 10, most = 8 } = {}
): Tick[] {
	const [lo, hi] = domain[0] <= domain[1] ? domain : [domain[1], domain[0]];
	if (!(length > 0) || !(hi > lo) || (log && !(lo > 0))) return [];
	const at = log
		? (v: number) => (Math.log(v / lo) / Math.log(hi / lo)) * length
		: (v: number) => ((v - lo) / (hi - lo)) * length;
	let sparsest: Tick[] = [];
	for (const ticks of candidates([lo, hi], log, most)) {
		if (ticks.length === 0) continue;
		const fits = ticks.every(
			(t, i) =>
				i === 0 ||
				at(t.value) - at(ticks[i - 1].value) >= (extentOf(t.label) + extentOf(ticks[i - 1].label)) / 2 + gap
		);
		if (fits) return ticks;
		sparsest = ticks;
	}
	return sparsest.slice(0, 1);
}

/** Room in px that a label takes in tabular Inter at `size` px: measured widths of its classes of characters. */
export function labelWidth(label: string, size: number): number {
	let em = 0;
	for (const c of label)
		em += /[0-9−·+=<>]/.test(c)
			? 0.66
			: /[.,: \u2009il|]/.test(c)
				? 0.3
				: /[⁰-⁹⁻¹²³₀-₉]/.test(c)
					? 0.45
					: 0.6;
	return em * size;
}
