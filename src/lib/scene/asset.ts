// What is a visitor's own and too large for a link: binary data, or the weights of an RBM. Named by a hash of its content,
// so that a state can say which it needs; written into files as base64 of little-endian numbers, and checked when read.
import { MAX_HIDDEN, MAX_VISIBLE, MAX_WEIGHTS } from './schema';

/** Binary rows: ⌈N/8⌉ bytes a row, first unit in the highest bit of the first byte, unused bits 0. */
export interface OwnData {
	readonly kind: 'data';
	readonly name: string;
	/** units a row */
	readonly N: number;
	/** rows */
	readonly count: number;
	/** pixels a line, where rows are pictures; it divides N */
	readonly width: number | null;
	readonly bits: Uint8Array;
}

/** An RBM E = −aᵀv − bᵀh − vᵀWh. */
export interface OwnRbm {
	readonly kind: 'rbm';
	readonly name: string;
	readonly N: number;
	readonly M: number;
	/** N×M, row by row */
	readonly W: Float64Array;
	readonly a: Float64Array;
	readonly b: Float64Array;
}

export type Asset = OwnData | OwnRbm;

/** Most bytes of own data, packed, and longest name. */
export const MAX_DATA_BYTES = 16 * 1024 * 1024;
const MAX_NAME = 200;

/** Numbers as little-endian bytes, whatever the machine's own order. */
function bytesOf(values: Float64Array): Uint8Array<ArrayBuffer> {
	const view = new DataView(new ArrayBuffer(8 * values.length));
	values.forEach((x, i) => view.setFloat64(8 * i, x, true));
	return new Uint8Array(view.buffer);
}

function numbersOf(bytes: Uint8Array): Float64Array {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return Float64Array.from({ length: bytes.byteLength / 8 }, (_, i) => view.getFloat64(8 * i, true));
}

/**
 * Names an asset by its content: SHA-256 of a header in JSON and of the numbers, first 32 hexadecimal digits. The name
 * that it was given does not count.
 */
export async function assetHash(asset: Asset): Promise<string> {
	const { kind, N } = asset;
	const header = kind === 'data' ? [kind, N, asset.count, asset.width] : [kind, N, asset.M];
	const parts = asset.kind === 'data' ? [asset.bits] : [bytesOf(asset.W), bytesOf(asset.a), bytesOf(asset.b)];
	const all = [new TextEncoder().encode(JSON.stringify(header) + '\n'), ...parts];
	const bytes = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of all) {
		bytes.set(part, at);
		at += part.length;
	}
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
	return [...digest.slice(0, 16)].map((b) => b.toString(16).padStart(2, '0')).join('');
}

function toBase64(bytes: Uint8Array): string {
	const CHUNK = 0x6000;
	let out = '';
	// in whole threes of bytes, so that the parts join without padding between them
	for (let from = 0; from < bytes.length; from += CHUNK)
		out += btoa(String.fromCharCode(...bytes.subarray(from, from + CHUNK)));
	return out;
}

/** The bytes of base64 text of exactly that many bytes; null for anything else. */
function fromBase64(text: unknown, length: number): Uint8Array | null {
	// looked at before it is unpacked: a text of another length is not even read
	if (typeof text !== 'string' || text.length !== 4 * Math.ceil(length / 3)) return null;
	try {
		const binary = atob(text);
		return binary.length === length ? Uint8Array.from(binary, (c) => c.charCodeAt(0)) : null;
	} catch {
		return null;
	}
}

/** An asset as plain JSON values. */
export function assetToJson(asset: Asset): Record<string, unknown> {
	const { kind, name, N } = asset;
	if (asset.kind === 'data') {
		const { count, width, bits } = asset;
		return { kind, name, N, count, width, bits: toBase64(bits) };
	}
	const base64 = (values: Float64Array) => toBase64(bytesOf(values));
	return { kind, name, N, M: asset.M, W: base64(asset.W), a: base64(asset.a), b: base64(asset.b) };
}

const whole = (value: unknown, min: number, max: number): value is number =>
	Number.isInteger(value) && (value as number) >= min && (value as number) <= max;

/** An asset from what a file holds, whatever that is; or a sentence on what is wrong with it. Never throws. */
export function assetFromJson(value: unknown): { asset: Asset } | { problem: string } {
	const no = (why: string) => ({ problem: `The file’s own ${why}.` });
	if (typeof value !== 'object' || value === null || Array.isArray(value))
		return no('data or weights are missing');
	const given = value as Record<string, unknown>;
	const own = (key: string) => (Object.hasOwn(given, key) ? given[key] : undefined);
	const [kind, name, N] = [own('kind'), own('name'), own('N')];
	if (typeof name !== 'string' || name.length > MAX_NAME) return no('data or weights have no name');
	if (!whole(N, 1, MAX_VISIBLE)) return no(`data or weights need 1 to ${MAX_VISIBLE} visible units`);
	if (kind === 'data') {
		const [count, width] = [own('count'), own('width')];
		const stride = Math.ceil(N / 8);
		if (!whole(count, 1, Math.floor(MAX_DATA_BYTES / stride)))
			return no(`data need 1 row or more, and ${MAX_DATA_BYTES / 2 ** 20} MB at most`);
		if (width !== null && !(whole(width, 1, N) && N % width === 0))
			return no('data have pictures of a width that does not divide the row');
		const bits = fromBase64(own('bits'), count * stride);
		if (!bits) return no(`data do not fill ${count} rows of ${N} units`);
		const spare = (1 << (8 * stride - N)) - 1;
		for (let r = 1; r <= count; r++)
			if (bits[r * stride - 1] & spare) return no(`data have bits beyond unit ${N} in row ${r}`);
		return { asset: { kind, name, N, count, width, bits } };
	}
	if (kind !== 'rbm') return no('data or weights are of a kind that is not known here');
	const M = own('M');
	if (!whole(M, 1, MAX_HIDDEN) || N * M > MAX_WEIGHTS)
		return no(`weights need 1 to ${MAX_HIDDEN} hidden units, and ${MAX_WEIGHTS} weights at most`);
	const read = (key: string, count: number) => {
		const bytes = fromBase64(own(key), 8 * count);
		return bytes && numbersOf(bytes);
	};
	const [W, a, b] = [read('W', N * M), read('a', N), read('b', M)];
	if (!W || !a || !b) return no(`weights do not fill a machine of ${N} + ${M} units`);
	if (![W, a, b].every((values) => values.every(Number.isFinite)))
		return no('weights hold a number that is not finite');
	return { asset: { kind, name, N, M, W, a, b } };
}
