// Half precision: every bit pattern there and back, rounding against the definition.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHalf, packHalves, toHalf, unpackHalves } from '../../src/lib/data/float16';

test('every one of the 65 536 patterns comes back as it was', () => {
	for (let bits = 0; bits < 65536; bits++) {
		const value = fromHalf(bits);
		if (Number.isNaN(value)) expect(Number.isNaN(fromHalf(toHalf(value)))).toBe(true);
		else expect(toHalf(value)).toBe(bits);
	}
});

test('known numbers have their known patterns', () => {
	const known: [number, number][] = [
		[1, 0x3c00],
		[-2, 0xc000],
		[65504, 0x7bff],
		[65520, 0x7c00],
		[Infinity, 0x7c00],
		[2 ** -14, 0x0400],
		[2 ** -24, 0x0001],
		[2 ** -25, 0x0000],
		[1 / 3, 0x3555],
		[-0, 0x8000]
	];
	for (const [value, bits] of known) expect(toHalf(value)).toBe(bits);
});

test('a number goes to the nearest half, ties to the even one', () => {
	fc.assert(
		fc.property(fc.float({ min: -65504, max: 65504, noNaN: true }), (value) => {
			const bits = toHalf(value);
			const error = Math.abs(fromHalf(bits) - value);
			for (const other of [bits - 1, bits + 1]) {
				if ((other & 0x7fff) >= 0x7c00 || (other & 0x8000) !== (bits & 0x8000) || other < 0) continue;
				const far = Math.abs(fromHalf(other) - value);
				expect(error).toBeLessThanOrEqual(far);
				if (error === far) expect(bits & 1).toBe(0);
			}
		}),
		{ numRuns: 5000, seed: 20_261_124 }
	);
});

test('lists are packed little-endian and found at an offset', () => {
	const bytes = packHalves([1, -2, 0.5]);
	expect([...bytes]).toEqual([0x00, 0x3c, 0x00, 0xc0, 0x00, 0x38]);
	expect([...unpackHalves(bytes.subarray(1), 1, 2)]).toEqual([-2, 0.5]);
	expect(() => unpackHalves(bytes, 2, 3)).toThrow(RangeError);
});
