// Numbers as little-endian bytes in base64, the way SAPI and dimod write them.
import { AnnealerError } from './bqm';

/** Standard base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
	let binary = '';
	for (let k = 0; k < bytes.length; k += 4096) binary += String.fromCharCode(...bytes.subarray(k, k + 4096));
	return btoa(binary);
}

/** @throws AnnealerError naming `what` when the text is no base64 */
export function fromBase64(text: unknown, what: string): Uint8Array<ArrayBuffer> {
	if (typeof text !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0)
		throw new AnnealerError(`${what} is no base64 text.`);
	return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}

/** Little-endian float64 numbers. */
export function float64Bytes(values: ArrayLike<number>): Uint8Array<ArrayBuffer> {
	const view = new DataView(new ArrayBuffer(8 * values.length));
	for (let k = 0; k < values.length; k++) view.setFloat64(8 * k, values[k], true);
	return new Uint8Array(view.buffer);
}

function viewOf(bytes: Uint8Array, size: number, what: string): DataView {
	if (bytes.length % size !== 0)
		throw new AnnealerError(`${what} has ${bytes.length} bytes, no whole number of ${size}-byte numbers.`);
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** @throws AnnealerError when the length is no multiple of 8 */
export function float64Numbers(bytes: Uint8Array, what: string): Float64Array {
	const view = viewOf(bytes, 8, what);
	return Float64Array.from({ length: bytes.length / 8 }, (_, k) => view.getFloat64(8 * k, true));
}

/** @throws AnnealerError when the length is no multiple of 4 */
export function int32Numbers(bytes: Uint8Array, what: string): Int32Array {
	const view = viewOf(bytes, 4, what);
	return Int32Array.from({ length: bytes.length / 4 }, (_, k) => view.getInt32(4 * k, true));
}
