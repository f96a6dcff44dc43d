// Files of figures that need no page: tables as CSV, names of files, text inside a PNG.
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { crc32 as zlibCrc32, deflateSync } from 'node:zlib';
import { tableCsv } from '$lib/charts/csv';
import { fileName } from '$lib/charts/figureFiles';
import { crc32, withText } from '$lib/charts/pngText';

/** RFC 4180 read back: fields, quotes doubled, CRLF. */
function parsed(text: string): string[][] {
	const rows: string[][] = [[]];
	let field = '';
	let quoted = false;
	for (let i = 0; i < text.length; i++) {
		const c = text[i];
		if (quoted) {
			if (c !== '"') field += c;
			else if (text[i + 1] === '"') field += text[++i];
			else quoted = false;
		} else if (c === '"') quoted = true;
		else if (c === ',' || (c === '\r' && text[i + 1] === '\n')) {
			rows.at(-1)!.push(field);
			field = '';
			if (c === '\r') {
				rows.push([]);
				i++;
			}
		} else field += c;
	}
	rows.pop();
	return rows;
}

describe('tableCsv', () => {
	it('gives every number back to its last bit, and every text', () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.double({ noNaN: true }), fc.string()), { minLength: 1, maxLength: 20 }),
				fc.string({ minLength: 1 }),
				(rows, label) => {
					const text = tableCsv({
						columns: [
							{ label, values: Float64Array.from(rows, ([x]) => x) },
							{ label: 'text', values: rows.map(([, s]) => s) }
						]
					});
					const [head, ...body] = parsed(text);
					expect(head).toEqual([label, 'text']);
					body.forEach(([x, s], k) => {
						expect(Number(x.replace('inf', 'Infinity'))).toBe(rows[k][0] === 0 ? 0 : rows[k][0]);
						expect(s).toBe(rows[k][1]);
					});
					expect(body).toHaveLength(rows.length);
				}
			)
		);
	});

	it('leaves the field of a missing number empty', () => {
		const table = {
			columns: [
				{ label: 'ln Z, nats', values: [1, NaN] },
				{ label: 'b', values: [2] }
			]
		};
		expect(tableCsv(table)).toBe('"ln Z, nats",b\r\n1,2\r\n,\r\n');
	});
});

describe('fileName', () => {
	it('keeps letters and digits', () => {
		expect(fileName('Langevin particles, mode 1', 'svg')).toBe('langevin-particles-mode-1.svg');
		expect(fileName('¿Qué/../es λ₁?', 'png')).toBe('que-es-λ1.png');
		expect(fileName('…', 'csv')).toBe('figure.csv');
	});
});

describe('withText', () => {
	it('adds iTXt chunks with right checksums before the data, and leaves the rest as it was', async () => {
		const chunk = (type: string, data: Buffer) => {
			const body = Buffer.concat([Buffer.from(type), data]);
			const out = Buffer.alloc(body.length + 8);
			out.writeUInt32BE(data.length);
			body.copy(out, 4);
			out.writeUInt32BE(zlibCrc32 ? zlibCrc32(body) : crc32(body), body.length + 4);
			return out;
		};
		const png = Buffer.concat([
			Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
			chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])),
			chunk('IDAT', deflateSync(Buffer.from([0, 0]))),
			chunk('IEND', Buffer.alloc(0))
		]);
		// the check value of CRC-32 in its standard
		expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
		const out = Buffer.from(
			await (await withText(new Blob([png]), { Title: 'σ²', Description: '', Source: 'lab#x' })).arrayBuffer()
		);
		const chunks: [string, Buffer][] = [];
		for (let at = 8; at < out.length;) {
			const length = out.readUInt32BE(at);
			const body = out.subarray(at + 4, at + 8 + length);
			expect(out.readUInt32BE(at + 8 + length)).toBe(crc32(body));
			chunks.push([body.toString('latin1', 0, 4), body.subarray(4)]);
			at += length + 12;
		}
		expect(chunks.map(([type]) => type)).toEqual(['IHDR', 'iTXt', 'iTXt', 'IDAT', 'IEND']);
		expect(chunks[1][1].toString()).toBe('Title\0\0\0\0\0σ²');
		expect(chunks[2][1].toString()).toBe('Source\0\0\0\0\0lab#x');
	});
});
