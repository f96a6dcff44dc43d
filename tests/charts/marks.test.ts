// The arithmetic of charts: thinned lines lose no peak, ticks never touch, labels spread as little as possible.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaleLinear, scaleLog } from 'd3-scale';
import { decimate, pathOf, toPixels } from '../../src/lib/charts/decimate';
import { pieces } from '../../src/lib/charts/label';
import { formatNumber } from '../../src/lib/charts/numbers';
import { paintTiles, ramp, tileColumns } from '../../src/lib/charts/raster';
import { extent, nearest, spread } from '../../src/lib/charts/series';
import { fitTicks, labelWidth } from '../../src/lib/charts/ticks';

const id = (v: number) => v;

describe('decimate', () => {
	it('keeps the lowest and highest value of every pixel column, and the ends', () => {
		fc.assert(
			fc.property(
				fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 400, maxLength: 900 }),
				(y) => {
					const columns = 20;
					const x = y.map((_, i) => (i / y.length) * columns);
					const [run, ...others] = decimate(x, y, id, id, columns);
					expect(others).toEqual([]);
					expect(run.x.length).toBeLessThanOrEqual(4 * columns);
					expect(run.y[0]).toBe(y[0]);
					expect(run.y.at(-1)).toBe(y.at(-1));
					for (let c = 0; c < columns; c++) {
						const all = y.filter((_, i) => Math.floor(x[i]) === c);
						const kept = run.y.filter((_, i) => Math.floor(run.x[i]) === c);
						expect(Math.min(...kept)).toBe(Math.min(...all));
						expect(Math.max(...kept)).toBe(Math.max(...all));
					}
					for (let i = 1; i < run.x.length; i++) expect(run.x[i]).toBeGreaterThanOrEqual(run.x[i - 1]);
				}
			)
		);
	});

	it('leaves short lines whole and breaks them at gaps', () => {
		const runs = decimate([0, 1, 2, 3, 4], [1, 2, NaN, 4, 5], id, id, 100);
		expect(runs).toEqual([
			{ x: [0, 1], y: [1, 2] },
			{ x: [3, 4], y: [4, 5] }
		]);
		expect(pathOf(runs)).toBe('M0 1L1 2M3 4L4 5');
		expect(pathOf(decimate([7], [3], id, id, 100))).toBe('M7 3h0');
		expect(decimate([], [], id, id, 100)).toEqual([]);
	});

	it('draws no two points within half a pixel, but always the last', () => {
		const x = Array.from({ length: 50 }, (_, i) => i / 10);
		const path = pathOf([{ x, y: x.map(() => 1) }]);
		expect(path.match(/L/g)?.length).toBeLessThan(14);
		expect(path.endsWith('L4.9 1')).toBe(true);
	});

	it('places values where the scale does', () => {
		const linear = scaleLinear().domain([-3, 40]).range([200, 0]);
		const log = scaleLog().domain([1e-4, 20]).range([0, 350]);
		for (const v of [1e-4, 0.1, 3, 17.5]) {
			expect(toPixels(linear)(v)).toBeCloseTo(linear(v), 9);
			expect(toPixels(log)(v)).toBeCloseTo(log(v), 9);
		}
	});

	it('leaves out what a logarithmic scale cannot place', () => {
		const runs = decimate([1, 2, 3], [10, 0, 10], id, Math.log, 100);
		expect(runs.map((r) => r.x)).toEqual([[1], [3]]);
	});
});

describe('fitTicks', () => {
	const size = 12;
	const width = (s: string) => labelWidth(s, size);

	it('never lets two labels touch, whatever the domain and the length', () => {
		fc.assert(
			fc.property(
				fc.double({ min: -1e9, max: 1e9, noNaN: true }),
				fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
				fc.integer({ min: 60, max: 900 }),
				(lo, span, length) => {
					const hi = lo + span;
					if (!(hi > lo)) return;
					const ticks = fitTicks([lo, hi], length, width);
					const at = (v: number) => ((v - lo) / (hi - lo)) * length;
					for (let i = 1; i < ticks.length; i++)
						expect(at(ticks[i].value) - at(ticks[i - 1].value)).toBeGreaterThan(
							(width(ticks[i].label) + width(ticks[i - 1].label)) / 2
						);
				}
			)
		);
	});

	it('tells its ticks apart', () => {
		fc.assert(
			fc.property(
				fc.double({ min: -1e4, max: 1e4, noNaN: true }),
				fc.double({ min: 1e-2, max: 1e4, noNaN: true }),
				(lo, span) => {
					const labels = fitTicks([lo, lo + span], 400, width).map((t) => t.label);
					expect(new Set(labels).size).toBe(labels.length);
				}
			)
		);
	});

	it('writes tens, powers and minus signs as people do', () => {
		const labels = (d: [number, number], o = {}) => fitTicks(d, 400, width, o).map((t) => t.label);
		expect(labels([-1, 1])).toEqual(['−1.0', '−0.5', '0.0', '0.5', '1.0']);
		expect(labels([0, 40000])).toContain('20\u2009000');
		expect(labels([1e-6, 1], { log: true })).toContain('10⁻⁴');
		expect(labels([1, 30], { log: true, most: 12 })).toEqual(
			expect.arrayContaining(['1', '2', '5', '10', '20'])
		);
	});

	it('gives nothing for a domain without extent', () => {
		expect(fitTicks([1, 1], 300, width)).toEqual([]);
		expect(fitTicks([NaN, 1], 300, width)).toEqual([]);
		expect(fitTicks([-1, 1], 300, width, { log: true })).toEqual([]);
	});
});

describe('spread', () => {
	it('keeps the order and the gap, stays inside where there is room, and moves nothing that is clear', () => {
		fc.assert(
			fc.property(fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { maxLength: 15 }), (positions) => {
				const out = spread(positions, 14, 0, 300);
				const order = positions.map((_, i) => i).sort((a, b) => positions[a] - positions[b]);
				for (let r = 1; r < order.length; r++)
					expect(out[order[r]] - out[order[r - 1]]).toBeGreaterThanOrEqual(14 - 1e-9);
				for (const y of out) {
					expect(y).toBeGreaterThanOrEqual(-1e-9);
					expect(y).toBeLessThanOrEqual(300 + 1e-9);
				}
			})
		);
		expect(spread([10, 100, 50], 14, 0, 300)).toEqual([10, 100, 50]);
		expect(spread([50, 50], 14, 0, 300)).toEqual([43, 57]);
	});
});

describe('series', () => {
	it('finds extents without the values that are none', () => {
		expect(extent([[1, NaN, 3], Float64Array.of(-2)])).toEqual([-2, 3]);
		expect(extent([[NaN]])).toBeNull();
		expect(extent([[2, 2]])).toEqual([1.5, 2.5]);
		expect(extent([[0, 10, 1000]], { positive: true })).toEqual([10, 1000]);
		expect(extent([[0, 10]], { pad: 0.1, include: [20] })).toEqual([-2, 22]);
	});

	it('finds the nearest value', () => {
		const x = [0, 1, 5, 9];
		expect([-3, 0.4, 3.2, 7.2, 99].map((at) => nearest(x, at))).toEqual([0, 0, 2, 3, 3]);
		expect(nearest([], 1)).toBe(-1);
	});
});

describe('numbers and labels', () => {
	it('writes numbers for reading', () => {
		expect(formatNumber(0.123456)).toBe('0.123');
		expect(formatNumber(-1.5, 2)).toBe('−1.5');
		expect(formatNumber(4e-16, 2)).toBe('4.0·10⁻¹⁶');
		expect(formatNumber(12345, 5)).toBe('12345');
		expect(formatNumber(40000)).toBe('40\u2009000');
		expect(formatNumber(0)).toBe('0');
		expect(formatNumber(NaN)).toBe('–');
		expect(formatNumber(-Infinity)).toBe('−∞');
	});

	it('reads every number it writes back to the digits it kept', () => {
		fc.assert(
			fc.property(fc.double({ min: -1e12, max: 1e12, noNaN: true }), (x) => {
				const text = formatNumber(x, 4)
					.replace('−', '-')
					.replace(/\u2009/g, '');
				const plain = pieces(text)
					.map((p) => p.text)
					.join('')
					.replace('·10', 'e')
					.replaceAll('−', '-');
				expect(Math.abs(Number(plain) - x)).toBeLessThanOrEqual(Math.max(5.1e-4 * Math.abs(x), 1e-300));
			})
		);
	});

	it('splits labels into base, index and power', () => {
		expect(pieces('λ₁')).toEqual([
			{ text: 'λ', level: 'base' },
			{ text: '1', level: 'sub' }
		]);
		expect(pieces('10⁻¹⁶')).toEqual([
			{ text: '10', level: 'base' },
			{ text: '−16', level: 'sup' }
		]);
		expect(pieces('ω_soft, x')).toEqual([
			{ text: 'ω', level: 'base' },
			{ text: 'soft', level: 'sub' },
			{ text: ', x', level: 'base' }
		]);
		expect(pieces('step')).toEqual([{ text: 'step', level: 'base' }]);
	});
});

describe('raster', () => {
	it('lays tiles out side by side with clear gaps', () => {
		const values = [0, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0, 1];
		const tiles = { values, count: 3, rows: 2, cols: 2 };
		const colors = ramp([
			[0, 0, 0],
			[255, 100, 50]
		]);
		const image = paintTiles(tiles, 2, 1, 0, 1, colors);
		expect([image.width, image.height]).toEqual([5, 5]);
		const pixel = (x: number, y: number) => [...image.data.slice(4 * (y * 5 + x), 4 * (y * 5 + x) + 4)];
		expect(pixel(0, 0)).toEqual([0, 0, 0, 255]);
		expect(pixel(1, 0)).toEqual([255, 100, 50, 255]);
		expect(pixel(2, 0)).toEqual([0, 0, 0, 0]);
		expect(pixel(3, 0)).toEqual([255, 100, 50, 255]);
		expect(pixel(1, 4)).toEqual([255, 100, 50, 255]);
		expect(pixel(3, 4)).toEqual([0, 0, 0, 0]);
	});

	it('chooses columns for the shape asked for', () => {
		expect(tileColumns({ values: [], count: 64, rows: 4, cols: 4 }, 1, 1)).toBe(8);
		expect(tileColumns({ values: [], count: 1, rows: 4, cols: 4 }, 1, 4)).toBe(1);
	});
});
