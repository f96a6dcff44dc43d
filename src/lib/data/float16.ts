// IEEE half precision, for trained weights on their way to a page: 2 bytes a number instead of 4, rounded to 11
// significant bits. The conversions are exact (round to nearest, ties to even), so both ends agree to the bit.

const word = new Uint32Array(1);
const float = new Float32Array(word.buffer);

/** The half nearest to a single, as its 16 bits; beyond 65504 it is infinite. */
export function toHalf(value: number): number {
	float[0] = value;
	const bits = word[0];
	const sign = (bits >>> 16) & 0x8000;
	const magnitude = bits & 0x7fffffff;
	if (magnitude > 0x7f800000) return sign | 0x7e00;
	// halves from 2⁻¹⁴ up share the single's layout, with 13 bits fewer and another bias
	if (magnitude >= 0x38800000) {
		const rounded = magnitude - 0x38000000 + 0x0fff + ((magnitude >>> 13) & 1);
		return sign | Math.min(0x7c00, rounded >>> 13);
	}
	// below, they are whole multiples of 2⁻²⁴
	const scaled = Math.abs(float[0]) * 2 ** 24;
	const down = Math.floor(scaled);
	const rest = scaled - down;
	return sign | (rest > 0.5 || (rest === 0.5 && down & 1) ? down + 1 : down);
}

/** The number that 16 bits of half precision stand for. */
export function fromHalf(bits: number): number {
	const sign = bits & 0x8000 ? -1 : 1;
	const exponent = (bits >>> 10) & 31;
	const fraction = bits & 1023;
	if (exponent === 31) return fraction ? NaN : sign * Infinity;
	return exponent ? sign * (1 + fraction / 1024) * 2 ** (exponent - 15) : sign * fraction * 2 ** -24;
}

/** Numbers as little-endian halves, two bytes each. */
export function packHalves(values: ArrayLike<number>): Uint8Array<ArrayBuffer> {
	const out = new Uint8Array(2 * values.length);
	const view = new DataView(out.buffer);
	for (let i = 0; i < values.length; i++) view.setUint16(2 * i, toHalf(values[i]), true);
	return out;
}

/** `count` numbers from little-endian halves, from byte `offset` on. @throws RangeError when the bytes end before */
export function unpackHalves(bytes: Uint8Array, offset: number, count: number): Float32Array<ArrayBuffer> {
	if (offset + 2 * count > bytes.length) throw new RangeError('Fewer bytes than half-precision numbers.');
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return Float32Array.from({ length: count }, (_, i) => fromHalf(view.getUint16(offset + 2 * i, true)));
}
