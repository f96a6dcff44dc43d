// Bars and stripes: the number of distinct patterns, and that each is a bar or a stripe.
import { describe, expect, it } from 'vitest';
import { barsAndStripes } from '../../src/lib/data/barsAndStripes';
import { bitAt } from './bits';

describe('barsAndStripes', () => {
	it.each([2, 3, 4, 5, 8])('has 2·2^%i − 2 distinct patterns, every one a bar or a stripe', (side) => {
		const { train, units, complete, heldOut } = barsAndStripes({ kind: 'bars-and-stripes', side });
		expect(train.count).toBe(2 * 2 ** side - 2);
		expect(train.bytes.length).toBe(train.count * Math.ceil(units / 8));
		expect(complete).toBe(true);
		expect(heldOut).toBeNull();
		const seen = new Set<string>();
		for (let row = 0; row < train.count; row++) {
			const pixel = (r: number, c: number) => bitAt(train, row, r * side + c);
			const all = Array.from({ length: side }, (_, i) => i);
			const bars = all.every((c) => all.every((r) => pixel(r, c) === pixel(0, c)));
			const stripes = all.every((r) => all.every((c) => pixel(r, c) === pixel(r, 0)));
			expect(bars || stripes).toBe(true);
			seen.add(train.bytes.subarray(row * train.stride, (row + 1) * train.stride).join());
		}
		expect(seen.size).toBe(train.count);
	});

	it('has the 30 patterns of theory.md §10 at side 4, in a known order and packing', () => {
		const { train, convention } = barsAndStripes({ kind: 'bars-and-stripes', side: 4 });
		expect(train.count).toBe(30);
		expect(convention).toMatch(/30 distinct/);
		// bars 0000, 0001, …, 1111, then stripes from 0001
		expect([...train.bytes.subarray(0, 6)]).toEqual([0, 0, 0x11, 0x11, 0x22, 0x22]);
		expect([...train.bytes.subarray(30, 36)]).toEqual([0xff, 0xff, 0x00, 0x0f, 0x00, 0xf0]);
	});

	it.each([1, 13, 2.5, NaN])('refuses side %s', (side) => {
		expect(() => barsAndStripes({ kind: 'bars-and-stripes', side })).toThrow(RangeError);
	});
});
