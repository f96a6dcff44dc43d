// The hash of a run's integers and the comparison of its figures: what counts as the same, and what is said when not.
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
	compareResults,
	comparisonText,
	figure,
	integersHash,
	type Results
} from '../../src/lib/scene/resultHash';

const results: Results = {
	step: 60,
	hash: 'a'.repeat(32),
	numbers: { 'λ₁': '3.214', 'ln Z': '12.50' },
	backend: 'wasm'
};

describe('the hash of integers', () => {
	it('is SHA-256 of counts, lengths and numbers, as Node computes it', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.array(fc.integer(), { maxLength: 20 }), { maxLength: 5 }),
				async (lists) => {
					const words = [lists.length, ...lists.flatMap((l) => [l.length, ...l])];
					const bytes = Buffer.alloc(4 * words.length);
					words.forEach((w, i) => bytes.writeInt32LE(w, 4 * i));
					const expected = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
					expect(await integersHash(lists)).toBe(expected);
				}
			),
			{ numRuns: 50 }
		);
	});

	it('tells apart lists that hold the same numbers in other parts', async () => {
		expect(await integersHash([[1, 2], [3]])).not.toBe(await integersHash([[1], [2, 3]]));
	});
});

describe('the comparison', () => {
	it('takes one unit in the last digit shown as the same, and two as different', () => {
		const with1 = (value: string) => ({ ...results, numbers: { ...results.numbers, 'λ₁': value } });
		expect(compareResults(results, with1('3.215')).differ).toEqual([]);
		expect(compareResults(results, with1('3.216')).differ).toEqual([
			{ name: 'λ₁', was: '3.214', is: '3.216' }
		]);
		expect(compareResults(with1('9.999'), with1('10.00')).differ).toEqual([]);
		expect(compareResults(with1('–'), with1('–')).differ).toEqual([]);
		expect(compareResults(with1('–'), with1('1.000')).differ).toHaveLength(1);
	});

	it('says that a run was reproduced, or what differs with both numbers', () => {
		expect(comparisonText(results, { ...results, backend: 'webgpu' })).toBe(
			'Reproduced at step 60, on webgpu, made on wasm: the same integers (hash aaaaaaaa…) and the same 2 figures to the digits shown.'
		);
		const other = { ...results, hash: 'b'.repeat(32), numbers: { 'λ₁': '3.300', 'ln Z': '12.50' } };
		expect(comparisonText(results, other)).toBe(
			'Not reproduced to the bit at step 60, on wasm: the hash of the integers was aaaaaaaa… and is bbbbbbbb… here. Of 2 figures 1 agree to the digits shown; λ₁ was 3.214 and is 3.300 here.'
		);
		expect(comparisonText(results, { ...other, backend: 'cpu' })).toContain(
			'Backends round differently, and in a long run a rounding decides some bit otherwise; computed by wasm again'
		);
		expect(comparisonText(results, { ...other, hash: results.hash })).toContain(
			'not in every figure: λ₁ was 3.214'
		);
	});

	it('does not take a name that the file made up from the prototype', () => {
		const odd = { ...results, numbers: JSON.parse('{"constructor":"1.000"}') as Record<string, string> };
		expect(compareResults(odd, results).differ).toEqual([{ name: 'constructor', was: '1.000', is: '–' }]);
	});
});

it('figures keep four digits', () => {
	expect([figure(3.21449), figure(-0.000123456), figure(NaN)]).toEqual(['3.214', '-0.0001235', '–']);
});
