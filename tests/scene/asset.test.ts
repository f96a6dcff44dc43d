// Own data and own weights in files: written and read back to the bit, named by content alone, and refused in a sentence
// when anything is wrong with them.
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { assetFromJson, assetHash, assetToJson, type Asset, type OwnRbm } from '../../src/lib/scene/asset';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const numbers = (length: number) =>
	fc.array(finite, { minLength: length, maxLength: length }).map((x) => Float64Array.from(x));
const size = fc.integer({ min: 1, max: 20 });
const anyRbm: fc.Arbitrary<Asset> = fc
	.tuple(size, size)
	.chain(([N, M]) =>
		fc
			.tuple(fc.string({ maxLength: 200 }), numbers(N * M), numbers(N), numbers(M))
			.map(([name, W, a, b]) => ({ kind: 'rbm' as const, name, N, M, W, a, b }))
	);
const anyData: fc.Arbitrary<Asset> = fc
	.tuple(size, size, fc.boolean(), fc.string({ maxLength: 200 }))
	.chain(([N, count, drawn, name]) => {
		const stride = Math.ceil(N / 8);
		return fc.uint8Array({ minLength: count * stride, maxLength: count * stride }).map((bits) => {
			for (let r = 1; r <= count; r++) bits[r * stride - 1] &= 0xff << (8 * stride - N);
			return { kind: 'data' as const, name, N, count, width: drawn ? 1 : null, bits };
		});
	});
const anyAsset = fc.oneof(anyRbm, anyData);
const rbm: OwnRbm = {
	kind: 'rbm',
	name: 'two and one',
	N: 2,
	M: 1,
	W: Float64Array.of(1.5, -2),
	a: Float64Array.of(0, 0.25),
	b: Float64Array.of(-1)
};

function problemOf(value: unknown): string {
	const read = assetFromJson(value);
	if (!('problem' in read)) throw new Error('It was read.');
	expect(read.problem).toMatch(/^The file’s own .*\.$/);
	return read.problem;
}

describe('assets', () => {
	it('are read from JSON as they were written, to the bit', () => {
		fc.assert(
			fc.property(anyAsset, (asset) => {
				expect(assetFromJson(JSON.parse(JSON.stringify(assetToJson(asset))))).toEqual({ asset });
			})
		);
	});

	it('are named by their content: a header in JSON, then little-endian numbers', async () => {
		const bytes = Buffer.alloc(40);
		[1.5, -2, 0, 0.25, -1].forEach((x, i) => bytes.writeDoubleLE(x, 8 * i));
		const expected = createHash('sha256').update('["rbm",2,1]\n').update(bytes).digest('hex').slice(0, 32);
		expect(await assetHash(rbm)).toBe(expected);
		expect(await assetHash({ ...rbm, name: 'another' })).toBe(expected);
		expect(await assetHash({ ...rbm, b: Float64Array.of(-1.0000000001) })).not.toBe(expected);
	});

	it('of a size beyond one part of base64 are joined without a seam', () => {
		const N = 1000;
		const bits = Uint8Array.from({ length: 125 * 700 }, (_, i) => (i * 151) & 255);
		const asset: Asset = { kind: 'data', name: 'long', N, count: 700, width: null, bits };
		expect(assetFromJson(assetToJson(asset))).toEqual({ asset });
	});
});

describe('what is no asset', () => {
	const json = assetToJson(rbm);
	it.each([
		[null, 'missing'],
		[[], 'missing'],
		[{ __proto__: json }, 'no name'],
		[{ ...json, name: 7 }, 'no name'],
		[{ ...json, N: 0 }, 'visible units'],
		[{ ...json, N: 2.5 }, 'visible units'],
		[{ ...json, N: 1e9 }, 'visible units'],
		[{ ...json, M: 2 }, 'do not fill'],
		[{ ...json, N: 1024, M: 1024 }, 'weights at most'],
		[{ ...json, W: `${String(json.W)}AAAA` }, 'do not fill'],
		[{ ...json, W: '*'.repeat(24) }, 'do not fill'],
		[{ ...json, b: assetToJson({ ...rbm, b: Float64Array.of(NaN) }).b }, 'not finite'],
		[{ ...json, kind: 'toString' }, 'kind'],
		[{ kind: 'data', name: '', N: 3, count: 1, width: null, bits: '/w==' }, 'beyond unit 3'],
		[{ kind: 'data', name: '', N: 4, count: 1, width: 3, bits: 'AA==' }, 'does not divide'],
		[{ kind: 'data', name: '', N: 8, count: 1e12, width: null, bits: 'AA==' }, '16 MB at most'],
		[{ kind: 'data', name: '', N: 8, count: 2, width: null, bits: 'AA==' }, 'do not fill']
	])('is refused in a sentence (%#)', (value, part) => {
		expect(problemOf(value)).toContain(part);
	});

	it('never throws, whatever it is', () => {
		fc.assert(
			fc.property(
				anyAsset,
				fc.constantFrom(...Object.keys(json), 'bits', 'count', 'width'),
				fc.jsonValue(),
				(asset, key, value) => {
					const read = assetFromJson({ ...assetToJson(asset), [key]: value });
					if ('asset' in read) expect(assetFromJson(assetToJson(read.asset))).toEqual(read);
					else expect(read.problem.length).toBeLessThan(200);
				}
			)
		);
	});
});
