// Drawn patterns: every operation on hexadecimal digits against the same on a plain array of pixels.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	blank,
	digitCount,
	fits,
	inverted,
	isOn,
	painted,
	resized,
	toggled
} from '../../src/lib/scene/pattern';

const shape = fc.record({ rows: fc.integer({ min: 1, max: 16 }), cols: fc.integer({ min: 1, max: 16 }) });
const drawing = shape.chain((s) =>
	fc
		.array(fc.boolean(), { minLength: s.rows * s.cols, maxLength: s.rows * s.cols })
		.map((pixels) => ({ s, pixels }))
);
const draw = (pixels: boolean[], s: { rows: number; cols: number }) =>
	pixels.reduce((pattern, on, i) => (on ? toggled(pattern, i) : pattern), blank(s));

describe('drawn patterns', () => {
	it('hold each pixel by itself', () => {
		fc.assert(
			fc.property(drawing, ({ s, pixels }) => {
				const pattern = draw(pixels, s);
				expect(fits(pattern, s)).toBe(true);
				expect(pixels.map((_, i) => isOn(pattern, i))).toEqual(pixels);
				expect(pixels.map((on, i) => isOn(inverted(pattern, s), i) !== on).every(Boolean)).toBe(true);
				expect(fits(inverted(pattern, s), s)).toBe(true);
			})
		);
	});

	it('start with the first pixel in the highest bit', () => {
		expect(toggled('0000', 0)).toBe('8000');
		expect(toggled('0000', 15)).toBe('0001');
		expect(toggled('8000', 0)).toBe('0000');
		expect(painted('8000', 0, true)).toBe('8000');
		expect(painted('8000', 1, true)).toBe('c000');
	});

	it('keep the pixels that both shapes have when resized', () => {
		fc.assert(
			fc.property(drawing, shape, ({ s, pixels }, to) => {
				const out = resized(draw(pixels, s), s, to);
				expect(fits(out, to)).toBe(true);
				for (let r = 0; r < to.rows; r++)
					for (let c = 0; c < to.cols; c++)
						expect(isOn(out, r * to.cols + c)).toBe(r < s.rows && c < s.cols && pixels[r * s.cols + c]);
			})
		);
	});

	it('do not fit with too few or too many digits, other letters, or bits past the end', () => {
		const s = { rows: 3, cols: 3 };
		expect(digitCount(s)).toBe(3);
		expect(fits('a88', s)).toBe(true);
		for (const bad of ['', 'a8', 'a880', 'a89', 'A88', 'x88']) expect(fits(bad, s)).toBe(false);
	});
});
