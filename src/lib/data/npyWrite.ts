// Arrays as files that numpy reads: .npy (format 1.0, numpy.lib.format) and .npz, a zip archive of them. Members are
// stored, not deflated, as numpy.savez does; little-endian, C order.

/** Numbers row by row, and their shape; text becomes a zero-dimensional string array. */
export interface NpyArray {
	readonly data: Float32Array | Float64Array | Int32Array | Uint8Array | Uint32Array;
	readonly shape: readonly number[];
}

function descriptor(data: NpyArray['data']): string {
	if (data instanceof Float32Array) return '<f4';
	if (data instanceof Float64Array) return '<f8';
	if (data instanceof Int32Array) return '<i4';
	if (data instanceof Uint32Array) return '<u4';
	return '|u1';
}

/** The magic string, version 1.0 and the header, padded so that data begin at a multiple of 64 bytes. */
function npyHead(descr: string, shape: readonly number[]): Uint8Array {
	const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
	const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
	const padded = header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11) + '\n';
	const out = new Uint8Array(10 + padded.length);
	out.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, padded.length & 255, padded.length >> 8]);
	out.set(new TextEncoder().encode(padded), 10);
	return out;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
	const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		out.set(part, at);
		at += part.length;
	}
	return out;
}

const bigEndianHost = new Uint8Array(new Uint32Array([1]).buffer)[0] === 0;

/**
 * A .npy file.
 * @throws RangeError when the shape does not fit the data
 */
export function npyBytes(array: NpyArray | string): Uint8Array {
	if (typeof array === 'string') {
		const points = Array.from(array, (c) => c.codePointAt(0) ?? 0);
		const body = new Uint8Array(4 * Math.max(1, points.length));
		const view = new DataView(body.buffer);
		points.forEach((point, i) => view.setUint32(4 * i, point, true));
		return joined([npyHead(`<U${Math.max(1, points.length)}`, []), body]);
	}
	const { data, shape } = array;
	const count = shape.reduce((product, n) => product * n, 1);
	if (count !== data.length)
		throw new RangeError(`${data.length} numbers do not fill [${shape.join(', ')}].`);
	if (bigEndianHost && data.BYTES_PER_ELEMENT > 1)
		throw new RangeError('Arrays are written on little-endian machines alone.');
	const body = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
	return joined([npyHead(descriptor(data), shape), body]);
}

let table: Uint32Array | null = null;

/** CRC-32 as zip has it. */
function crc32(bytes: Uint8Array): number {
	table ??= Uint32Array.from({ length: 256 }, (_, n) => {
		let c = n;
		for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
		return c >>> 0;
	});
	let c = 0xffffffff;
	for (let i = 0; i < bytes.length; i++) c = table[(c ^ bytes[i]) & 255] ^ (c >>> 8);
	return (c ^ 0xffffffff) >>> 0;
}

/** Little-endian fields of 2 or 4 bytes. */
function fields(...list: readonly (readonly [number, 2 | 4])[]): Uint8Array {
	const out = new Uint8Array(list.reduce((sum, [, size]) => sum + size, 0));
	const view = new DataView(out.buffer);
	let at = 0;
	for (const [value, size] of list) {
		if (size === 2) view.setUint16(at, value, true);
		else view.setUint32(at, value, true);
		at += size;
	}
	return out;
}

/** 1 January 1980, the earliest a zip can say: the same arrays give the same bytes. */
const DATE = 0x21;
const UTF8_NAMES = 0x800;
/** Sizes and places in a plain zip are 32 bits. */
const MOST_BYTES = 0xffffffff;

/** Files by name as a zip archive, stored. @throws RangeError beyond 4 GiB */
export function storedZip(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
	const parts: Uint8Array[] = [];
	const directory: Uint8Array[] = [];
	let at = 0;
	for (const [name, bytes] of Object.entries(files)) {
		const title = new TextEncoder().encode(name);
		const shared = [
			[20, 2],
			[UTF8_NAMES, 2],
			[0, 2],
			[0, 2],
			[DATE, 2],
			[crc32(bytes), 4],
			[bytes.length, 4],
			[bytes.length, 4],
			[title.length, 2],
			[0, 2]
		] as const;
		const local = joined([fields([0x04034b50, 4], ...shared), title]);
		directory.push(
			joined([fields([0x02014b50, 4], [20, 2], ...shared, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]), title])
		);
		parts.push(local, bytes);
		at += local.length + bytes.length;
		if (at > MOST_BYTES) throw new RangeError('An archive of arrays holds 4 GiB at most.');
	}
	const listing = joined(directory);
	const count = directory.length;
	const end = fields(
		[0x06054b50, 4],
		[0, 2],
		[0, 2],
		[count, 2],
		[count, 2],
		[listing.length, 4],
		[at, 4],
		[0, 2]
	);
	return joined([...parts, listing, end]);
}

/** An .npz archive of named arrays. */
export function npzBytes(arrays: Readonly<Record<string, NpyArray | string>>): Uint8Array {
	return storedZip(
		Object.fromEntries(Object.entries(arrays).map(([name, array]) => [`${name}.npy`, npyBytes(array)]))
	);
}
