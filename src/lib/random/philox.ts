// Philox4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC'11): a counter-based
// generator. Sixteen random bytes are a pure function of a 128-bit counter and a 64-bit key: the same integers in
// TypeScript, WGSL (philox.wgsl.ts) and WebAssembly. Plain numbers: Math.imul gives the low half of a product, and
// 16-bit halves the high one.
import type { Key } from './key.ts';

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;

/** High 32 bits of a·b, both taken as unsigned; the result is a signed word. */
function mulHigh(a: number, b: number): number {
	const aHigh = a >>> 16;
	const aLow = a & 0xffff;
	const bHigh = b >>> 16;
	const bLow = b & 0xffff;
	const cross1 = Math.imul(aHigh, bLow);
	const cross2 = Math.imul(aLow, bHigh);
	const middle = (Math.imul(aLow, bLow) >>> 16) + (cross1 & 0xffff) + (cross2 & 0xffff);
	return (Math.imul(aHigh, bHigh) + (cross1 >>> 16) + (cross2 >>> 16) + (middle >>> 16)) | 0;
}

/** The four random words of counter (c0, c1, c2, c3), each unsigned; all arguments are taken modulo 2³². */
export function philox(
	c0: number,
	c1: number,
	c2: number,
	c3: number,
	key: Key
): [number, number, number, number] {
	const out = new Uint32Array(4);
	philoxInto(out, 0, c0, c1, c2, c3, key[0], key[1]);
	return [out[0], out[1], out[2], out[3]];
}

/** As `philox`, written to out[at…at+3]: no allocation, for loops. */
export function philoxInto(
	out: Uint32Array,
	at: number,
	c0: number,
	c1: number,
	c2: number,
	c3: number,
	k0: number,
	k1: number
): void {
	for (let round = 0; round < 10; round++) {
		const high0 = mulHigh(c0, MULTIPLIER_0);
		const low0 = Math.imul(c0, MULTIPLIER_0);
		const high1 = mulHigh(c2, MULTIPLIER_1);
		const low1 = Math.imul(c2, MULTIPLIER_1);
		c0 = high1 ^ c1 ^ k0;
		c1 = low1;
		c2 = high0 ^ c3 ^ k1;
		c3 = low0;
		k0 = (k0 + WEYL_0) | 0;
		k1 = (k1 + WEYL_1) | 0;
	}
	out[at] = c0;
	out[at + 1] = c1;
	out[at + 2] = c2;
	out[at + 3] = c3;
}

/** How many random words `fillRow` writes for `count` columns: whole blocks of four. */
export function paddedLength(count: number): number {
	return Math.ceil(count / 4) * 4;
}

/**
 * The convention of every draw in the app: the word of (row, column) in draw number `counter` is word column mod 4 of
 * counter (⌊column/4⌋, row, counter mod 2³², ⌊counter/2³²⌋). A row's numbers depend neither on how many rows there are
 * nor on how many columns. Fills out[0 … paddedLength(columns)−1] with one row.
 */
export function fillRow(out: Uint32Array, columns: number, row: number, key: Key, counter: number): void {
	const low = counter >>> 0;
	const high = Math.floor(counter / 4294967296);
	const k0 = key[0] | 0;
	const k1 = key[1] | 0;
	for (let block = 0; block * 4 < columns; block++) {
		philoxInto(out, block * 4, block, row, low, high, k0, k1);
	}
}

/** A word as a uniform number of the open interval (0,1): 23 bits and a half, so that float32 holds it exactly. */
export function uniformOf(word: number): number {
	return ((word >>> 9) + 0.5) * 2 ** -23;
}
