// Text inside a PNG file: iTXt chunks (PNG specification, 11.3.3.4), put before the image's data.

let table: Uint32Array | null = null;

/** CRC-32 of ISO 3309, as PNG and zip use it. */
export function crc32(bytes: Uint8Array): number {
	if (!table) {
		table = new Uint32Array(256);
		for (let n = 0; n < 256; n++) {
			let c = n;
			for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
			table[n] = c >>> 0;
		}
	}
	let c = 0xffffffff;
	for (const byte of bytes) c = table[(c ^ byte) & 255] ^ (c >>> 8);
	return (c ^ 0xffffffff) >>> 0;
}

function chunk(keyword: string, text: string): Uint8Array {
	const encode = new TextEncoder();
	// keyword, null, not compressed (two bytes), no language, no translated keyword, text
	const data = [encode.encode('iTXt'), encode.encode(keyword), new Uint8Array(5), encode.encode(text)];
	const length = data.reduce((sum, part) => sum + part.length, 0);
	const out = new Uint8Array(length + 8);
	new DataView(out.buffer).setUint32(0, length - 4);
	let at = 4;
	for (const part of data) {
		out.set(part, at);
		at += part.length;
	}
	new DataView(out.buffer).setUint32(at, crc32(out.subarray(4, at)));
	return out;
}

/** Signature and header of a PNG: what stands before the first chunk that may be added. */
const HEADER = 33;

/** The same picture with these texts in it; empty ones are left out. */
export async function withText(png: Blob, texts: Readonly<Record<string, string>>): Promise<Blob> {
	const chunks = Object.entries(texts).flatMap(([name, text]) => (text ? [chunk(name, text)] : []));
	return new Blob([png.slice(0, HEADER), ...(chunks as BlobPart[]), png.slice(HEADER)], {
		type: 'image/png'
	});
}
