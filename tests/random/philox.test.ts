// The generator against the published Random123 vectors, and what is made of it against its laws.
// Statistical bounds: fixed seeds; each bound is 5.5 standard deviations or a χ² tail below 1e-7, so that a right
// generator with another seed would pass all but one time in a million.
import { describe, expect, it } from 'vitest';
import { bernoullis, normals, permutation, uniforms } from '../../src/lib/random/draw';
import { foldIn, keyFromSeed, type Key } from '../../src/lib/random/key';
import { fillRow, paddedLength, philox, uniformOf } from '../../src/lib/random/philox';

describe('philox4x32-10', () => {
	it.each([
		[
			[0, 0, 0, 0],
			[0, 0],
			[0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]
		],
		[
			[0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
			[0xffffffff, 0xffffffff],
			[0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]
		],
		[
			[0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
			[0xa4093822, 0x299f31d0],
			[0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1]
		]
	])('gives the published words of counter %j', (counter, key, words) => {
		const [c0, c1, c2, c3] = counter;
		expect(philox(c0, c1, c2, c3, key as unknown as Key)).toEqual(words);
	});

	it('equals the definition in big integers for a thousand counters', () => {
		const mask = 0xffffffffn;
		const reference = (c: bigint[], k: bigint[]): number[] => {
			for (let round = 0; round < 10; round++) {
				const p0 = 0xd2511f53n * c[0];
				const p1 = 0xcd9e8d57n * c[2];
				c = [(p1 >> 32n) ^ c[1] ^ k[0], p1 & mask, (p0 >> 32n) ^ c[3] ^ k[1], p0 & mask];
				k = [(k[0] + 0x9e3779b9n) & mask, (k[1] + 0xbb67ae85n) & mask];
			}
			return c.map(Number);
		};
		let c: [number, number, number, number] = [1, 2, 3, 4];
		let key: Key = [5, 6];
		for (let i = 0; i < 1000; i++) {
			const next = philox(...c, key);
			expect(next).toEqual(reference(c.map(BigInt), key.map(BigInt)));
			key = [c[1], c[2]];
			c = next;
		}
	});

	it('fills rows by the stated convention, whatever the number of columns', () => {
		const key = keyFromSeed(3);
		const counter = 7 + 5 * 2 ** 32;
		const row = new Uint32Array(paddedLength(13));
		fillRow(row, 13, 11, key, counter);
		for (let column = 0; column < 13; column++) {
			expect(row[column]).toBe(philox(column >> 2, 11, 7, 5, key)[column & 3]);
		}
	});
});

describe('keys', () => {
	it('differ for seeds, labels and the order of derivation', () => {
		const seen = new Set<string>();
		for (let seed = 0; seed < 100; seed++) {
			const key = keyFromSeed(seed);
			seen.add(key.join());
			for (let label = 0; label < 100; label++) seen.add(foldIn(key, label).join());
		}
		const a = keyFromSeed(1);
		seen.add(foldIn(foldIn(a, 1), 2).join());
		seen.add(foldIn(foldIn(a, 2), 1).join());
		seen.add(keyFromSeed(2 ** 32 + 1).join());
		expect(seen.size).toBe(100 * 101 + 3);
	});

	it('refuse what is no integer', () => {
		expect(() => keyFromSeed(-1)).toThrow(RangeError);
		expect(() => foldIn([0, 0], 0.5)).toThrow(RangeError);
	});
});

describe('draws', () => {
	const key = keyFromSeed(20);

	it('uniforms are exact in float32, inside (0,1), with the moments of the uniform law', () => {
		expect(uniformOf(0)).toBe(2 ** -24);
		expect(uniformOf(0xffffffff)).toBe(1 - 2 ** -24);
		const n = 200_000;
		const u = uniforms(n, key);
		let sum = 0;
		let squares = 0;
		for (const x of u) {
			if (Math.fround(x) !== x) throw new Error(`${x} is no float32`);
			sum += x - 0.5;
			squares += (x - 0.5) ** 2 - 1 / 12;
		}
		expect(Math.abs(sum / Math.sqrt(n / 12))).toBeLessThan(5.5);
		expect(Math.abs(squares / Math.sqrt(n / 180))).toBeLessThan(5.5);
		expect(uniforms(5, key, 1)).not.toEqual(uniforms(5, key, 0));
	});

	it('normals have the first four moments of the normal law and no correlation within pairs', () => {
		const n = 200_000;
		const x = normals(n, key, 9);
		const moments = [0, 0, 0, 0];
		let pairs = 0;
		for (let i = 0; i < n; i++) {
			for (let p = 0; p < 4; p++) moments[p] += x[i] ** (p + 1);
			if (i % 2) pairs += x[i] * x[i - 1];
		}
		// variances of x, x², x³, x⁴ under the normal law: 1, 2, 15, 96
		[0, 1, 0, 3].forEach((mean, p) => {
			const deviation = (moments[p] - n * mean) / Math.sqrt(n * [1, 2, 15, 96][p]);
			expect(Math.abs(deviation)).toBeLessThan(5.5);
		});
		expect(Math.abs(pairs / Math.sqrt(n / 2))).toBeLessThan(5.5);
		expect(normals(3, key, 9)).toEqual(x.slice(0, 3));
	});

	it('coins fall with the probability asked', () => {
		const n = 100_000;
		for (const p of [0, 0.03, 0.5, 1]) {
			const ones = bernoullis(n, p, key, 4).reduce((sum, bit) => sum + bit, 0);
			expect(Math.abs(ones - n * p)).toBeLessThanOrEqual(5.5 * Math.sqrt(n * p * (1 - p)));
		}
	});

	it('permutations are permutations, repeat with their key, and are uniform over the orders of four', () => {
		const order = permutation(1000, key);
		expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
		expect(permutation(1000, key)).toEqual(order);
		const counts = new Map<string, number>();
		const n = 24_000;
		for (let i = 0; i < n; i++) {
			const name = permutation(4, foldIn(key, i)).join('');
			counts.set(name, (counts.get(name) ?? 0) + 1);
		}
		expect(counts.size).toBe(24);
		let chi2 = 0;
		for (const count of counts.values()) chi2 += (count - n / 24) ** 2 / (n / 24);
		// χ² with 23 degrees of freedom exceeds 78.6 with probability 5e-8
		expect(chi2).toBeLessThan(78.6);
	});
});
