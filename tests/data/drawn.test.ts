// Drawn patterns: hexadecimal digits to packed rows.
import { describe, expect, it } from 'vitest';
import { drawn } from '../../src/lib/data/drawn';
import { picture } from './bits';

describe('drawn', () => {
	it('unpacks digits row by row, first pixel in the highest bit', () => {
		const { train, complete } = drawn({ kind: 'drawn', rows: 3, cols: 3, patterns: ['a88', 'ff8'] });
		// a88 = 1010 1000 1(000)
		expect(picture(train, 0, 3)).toEqual(['#.#', '.#.', '..#']);
		expect(picture(train, 1, 3)).toEqual(['###', '###', '###']);
		expect(train.stride).toBe(2);
		expect(complete).toBe(true);
	});

	it('keeps repeats and says that they weigh twice', () => {
		const data = drawn({ kind: 'drawn', rows: 1, cols: 4, patterns: ['1', '1', '2'] });
		expect(data.train.count).toBe(3);
		expect(data.complete).toBe(false);
		expect(data.convention).toMatch(/2 of them distinct/);
	});

	it.each([
		['no patterns', []],
		['too few digits', ['a8']],
		['too many digits', ['a880']],
		['digits that are none', ['a8g']],
		['upper case', ['A88']],
		['bits past the last pixel', ['a89']]
	])('refuses %s', (_, patterns) => {
		expect(() => drawn({ kind: 'drawn', rows: 3, cols: 3, patterns })).toThrow(RangeError);
	});
});
