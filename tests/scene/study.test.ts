// The study of relaxation times as data: links round trip, and a broken one still opens.
import { describe, expect, it } from 'vitest';
import { decodeStudy, defaultStudy, encodeStudy, repairStudy, strengths } from '../../src/lib/scene/study';

describe('a study', () => {
	it('round trips through a link, the default being no text at all', () => {
		expect(encodeStudy(defaultStudy)).toBe('');
		expect(decodeStudy('')).toEqual({ study: defaultStudy, repaired: [] });
		const other = { ...defaultStudy, N: 48, M: 32, sigma2: [0.05], methods: ['gibbs' as const], to: 6 };
		const text = encodeStudy(other);
		expect(text).toMatch(/^[\w%.~!*'()-]+$/);
		expect(decodeStudy(text)).toEqual({ study: other, repaired: [] });
	});

	it('opens whatever a link holds, and names what it could not take', () => {
		for (const text of ['%', '7', '[]', 'null', '%7B', 'x'.repeat(9000)])
			expect(decodeStudy(text)).toEqual({ study: defaultStudy, repaired: ['the whole link'] });
		const { study, repaired } = repairStudy({ N: 1e9, M: 12, bogus: 1, __proto__: 3, sigma2: [2] });
		expect(study).toEqual({ ...defaultStudy, M: 12 });
		expect(repaired).toEqual(['N', 'bogus', 'sigma2']);
	});

	it('sweeps evenly and meets both ends', () => {
		expect(strengths(defaultStudy)).toEqual([0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5]);
		expect(strengths({ ...defaultStudy, count: 1 })).toEqual([0.5]);
	});
});
