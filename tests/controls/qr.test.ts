// A QR code as it is drawn, read back: the path is filled in again, module by module, and given to a decoder.
import { describe, expect, it } from 'vitest';
import { decodeQR } from 'qr/decode.js';
import { drawQr, modulesPath, MOST, QUIET } from '../../src/lib/controls/qrPath';

/** Pixels of a path of unit runs, `scale` a module, RGBA. */
function raster(path: string, side: number, scale: number) {
	const width = side * scale;
	const data = new Uint8ClampedArray(width * width * 4).fill(255);
	for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
		for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++)
			data.fill(
				0,
				(row * width + Number(x) * scale) * 4,
				(row * width + (Number(x) + Number(run)) * scale) * 4
			);
	for (let k = 3; k < data.length; k += 4) data[k] = 255;
	return { width, height: width, data };
}

describe('QR codes', () => {
	it.each([
		'https://example.org/lab#1zkQ4q1YqVrJSMjLQUTKxUirJzE1VsqpWKlGyMtCBAA',
		`https://example.org/é#${'aZ9-_'.repeat(100)}`,
		'x'.repeat(MOST)
	])('are read as the text that was drawn', async (text) => {
		const code = await drawQr(text);
		if (!('path' in code)) throw new Error('not drawn');
		expect(decodeQR(raster(code.path, code.side, 4))).toBe(text);
	});

	it('keep four light modules on each side', async () => {
		const code = await drawQr('https://example.org/');
		if (!('path' in code)) throw new Error('not drawn');
		for (const [, x, y, run] of code.path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
			expect(Math.min(Number(x), Number(y))).toBeGreaterThanOrEqual(QUIET);
			expect(Math.max(Number(x) + Number(run), Number(y) + 1)).toBeLessThanOrEqual(code.side - QUIET);
		}
	});

	it('say the length, in bytes, of what is too long', async () => {
		expect(await drawQr('é'.repeat(MOST))).toEqual({ length: 2 * MOST, most: MOST });
	});

	it('join neighbouring modules of a row', () => {
		expect(modulesPath([[true, true, false, true]])).toBe('M0 0h2v1h-2zM3 0h1v1h-1z');
	});
});
