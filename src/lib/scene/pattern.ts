// Drawn patterns as hexadecimal digits: reading, toggling and resizing them. Row by row, four pixels a digit, the
// first pixel in the highest bit of the first digit, bits past the last pixel off.

/** Height and width in pixels. */
export interface Shape {
	readonly rows: number;
	readonly cols: number;
}

/** Hexadecimal digits of a pattern: ⌈rows·cols/4⌉. */
export function digitCount({ rows, cols }: Shape): number {
	return Math.ceil((rows * cols) / 4);
}

/** True if `pattern` has the right digits for the shape and nothing past the last pixel. */
export function fits(pattern: string, shape: Shape): boolean {
	const unused = 4 * digitCount(shape) - shape.rows * shape.cols;
	return (
		pattern.length === digitCount(shape) &&
		/^[0-9a-f]+$/.test(pattern) &&
		(parseInt(pattern[pattern.length - 1], 16) & ((1 << unused) - 1)) === 0
	);
}

/** All pixels off. */
export function blank(shape: Shape): string {
	return '0'.repeat(digitCount(shape));
}

/** Whether a pixel, counted row by row from 0, is on. */
export function isOn(pattern: string, pixel: number): boolean {
	return (parseInt(pattern[pixel >> 2], 16) & (8 >> (pixel & 3))) !== 0;
}

/** The pattern with one pixel turned over. */
export function toggled(pattern: string, pixel: number): string {
	const at = pixel >> 2;
	const digit = parseInt(pattern[at], 16) ^ (8 >> (pixel & 3));
	return pattern.slice(0, at) + digit.toString(16) + pattern.slice(at + 1);
}

/** The pattern with one pixel on or off: for drawing by dragging, where each pixel is visited once or often. */
export function painted(pattern: string, pixel: number, on: boolean): string {
	return isOn(pattern, pixel) === on ? pattern : toggled(pattern, pixel);
}

/** The pattern with every pixel turned over. */
export function inverted(pattern: string, shape: Shape): string {
	let out = pattern;
	for (let pixel = 0; pixel < shape.rows * shape.cols; pixel++) out = toggled(out, pixel);
	return out;
}

/** The pattern on a grid of another shape, the top left corner kept: new pixels are off, the rest is cut. */
export function resized(pattern: string, from: Shape, to: Shape): string {
	let out = blank(to);
	for (let r = 0; r < Math.min(from.rows, to.rows); r++)
		for (let c = 0; c < Math.min(from.cols, to.cols); c++)
			if (isOn(pattern, r * from.cols + c)) out = toggled(out, r * to.cols + c);
	return out;
}
