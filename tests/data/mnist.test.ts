// MNIST: the packed files against the published data set, and the loader against every way a fetch can go wrong.
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataError, fetchPacked, mnist } from '../../src/lib/data/mnist';
import { idxItems, packImages, packLabels, packMnist } from '../../scripts/pack-mnist.js';
import { picture } from './bits';

let directory: string;
beforeAll(() => {
	directory = mkdtempSync(join(tmpdir(), 'mnist-'));
	expect(packMnist(directory)).toBe(true);
});
afterAll(() => rmSync(directory, { recursive: true }));

/** A fetch that serves the packed directory, in chunks, and counts. */
function server() {
	const asked: string[] = [];
	const get = (async (url: string, init?: RequestInit) => {
		init?.signal?.throwIfAborted();
		asked.push(url);
		return new Response(readFileSync(join(directory, url.split('/').at(-1)!)));
	}) as typeof fetch;
	return { asked, fetch: get, baseUrl: 'https://site.example/data/' };
}

describe('the packed files', () => {
	it('are left alone when they are there; one damaged, all are packed again, to the same bytes', () => {
		expect(packMnist(directory)).toBe(false);
		const other = readFileSync(join(directory, 'mnist-14.packed'));
		const damaged = join(directory, 'mnist-labels.packed');
		const size = statSync(damaged).size;
		truncateSync(damaged, 100);
		expect(packMnist(directory)).toBe(true);
		expect(statSync(damaged).size).toBe(size);
		expect(readFileSync(join(directory, 'mnist-14.packed')).equals(other)).toBe(true);
	});
});

describe('packing', () => {
	it('refuses an IDX file of another shape', () => {
		const file = Buffer.from([0, 0, 8, 1, 0, 0, 0, 2, 7, 9]);
		expect([...idxItems(file, [2])]).toEqual([7, 9]);
		expect(() => idxItems(file, [3])).toThrow(/expected 3/);
		expect(() => idxItems(file.subarray(0, 9), [2])).toThrow(/10/);
		expect(() => idxItems(Buffer.from([0, 0, 8, 3, 0, 0, 0, 2, 7, 9]), [2])).toThrow();
	});

	it('turns a pixel on from half of white, and a block when its mean is', () => {
		const grey = new Uint8Array(784);
		grey[0] = 127;
		grey[1] = 128;
		// second block of the first block row sums to 509, third to 510
		grey.set([255, 254], 2);
		grey.set([255, 255], 4);
		expect([...packImages(grey, 1).subarray(0, 2)]).toEqual([0b01111100, 0]);
		expect([...packImages(grey, 2).subarray(0, 2)]).toEqual([0b00100000, 0]);
	});

	it('puts two labels in a byte', () => {
		expect([...packLabels(Uint8Array.of(5, 0, 9))]).toEqual([0x50, 0x90]);
	});
});

describe('mnist', () => {
	it('gives all 60 000 + 10 000 images, with progress to the end', async () => {
		const seen: [number, number][] = [];
		const host = server();
		const data = await mnist(
			{ kind: 'mnist', digits: '0123456789', side: 28 },
			{ ...host, progress: (done, total) => seen.push([done, total]) }
		);
		expect([data.train.count, data.heldOut!.count, data.units, data.rows, data.cols]).toEqual([
			60_000, 10_000, 784, 28, 28
		]);
		expect(data.train.bytes.length).toBe(60_000 * 98);
		expect(data.heldOut!.bytes.length).toBe(10_000 * 98);
		expect(seen.at(-1)).toEqual([6_895_000, 6_895_000]);
		expect(seen.every(([done], i) => i === 0 || done >= seen[i - 1][0])).toBe(true);
		expect(host.asked).toHaveLength(2);
		expect(host.asked[0]).toBe('https://site.example/data/mnist-28.packed');
		// the first training image is the well-known five
		expect(picture(data.train, 0, 28).slice(5, 25)).toMatchInlineSnapshot(`
			[
			  ".................##.###.....",
			  "...........############.....",
			  "........##########..........",
			  "........##########..........",
			  ".........#.###...#..........",
			  "...........##...............",
			  "...........###..............",
			  "............##..............",
			  ".............###............",
			  "..............###...........",
			  "...............####.........",
			  ".................###........",
			  ".................###........",
			  "...............#####........",
			  ".............#######........",
			  "............######..........",
			  "..........######............",
			  ".......#######..............",
			  ".....########...............",
			  "....#######.................",
			]
		`);
	});

	// Digit counts as published with the data set.
	it.each([
		['train', [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]],
		['heldOut', [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]]
	] as const)('has the published number of each digit: %s', async (part, counts) => {
		const found: number[] = [];
		for (let digit = 0; digit < 10; digit++) {
			const data = await mnist({ kind: 'mnist', digits: String(digit), side: 14 }, server());
			found.push(data[part]!.count);
		}
		expect(found).toEqual(counts);
	});

	it('keeps chosen digits in their order, at 14×14', async () => {
		const data = await mnist({ kind: 'mnist', digits: '05', side: 14 }, server());
		expect(data.title).toBe('MNIST digits 0 and 5, 14×14');
		expect(data.train.count).toBe(5923 + 5421);
		expect([data.train.stride, data.units]).toEqual([25, 196]);
		// the first two images of the set are a five and a zero
		expect(picture(data.train, 0, 14)).toMatchInlineSnapshot(`
			[
			  "..............",
			  "..............",
			  "..............",
			  "....#######...",
			  "....###.#.....",
			  "......#.......",
			  "......#.......",
			  ".......##.....",
			  "........##....",
			  ".......###....",
			  ".....####.....",
			  "...####.......",
			  "..............",
			  "..............",
			]
		`);
		expect(picture(data.train, 1, 14)).toMatchInlineSnapshot(`
			[
			  "..............",
			  "..............",
			  "........##....",
			  ".......###....",
			  "......###.#...",
			  ".....##...#...",
			  "....#.....#...",
			  "...##.....#...",
			  "...#.....##...",
			  "...#....##....",
			  "...######.....",
			  "....###.......",
			  "..............",
			  "..............",
			]
		`);
	});

	it.each(['', '10', '00', 'x'])('refuses the digits "%s"', async (digits) => {
		await expect(mnist({ kind: 'mnist', digits, side: 28 }, server())).rejects.toThrow(RangeError);
	});

	it('ends the other transfer when one fails', async () => {
		let aborted = false;
		const get = (async (url: string, init?: RequestInit) => {
			if (url.includes('labels')) return new Response(null, { status: 404 });
			init!.signal!.addEventListener('abort', () => (aborted = true));
			return new Response(new ReadableStream({ pull: () => new Promise(() => {}) }));
		}) as typeof fetch;
		await expect(
			mnist({ kind: 'mnist', digits: '0123456789', side: 28 }, { baseUrl: '', fetch: get })
		).rejects.toThrow(/mnist-labels.packed could not be fetched: the server answered 404/);
		expect(aborted).toBe(true);
	});
});

describe('fetchPacked', () => {
	const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * i) & 255);
	const sha256 = 'f6a5';
	const file = { name: 'x.packed', bytes: 5000, sha256 };
	const from = (body: BodyInit | null, init?: ResponseInit) => ({
		baseUrl: '/data',
		fetch: (async () => new Response(body, init)) as typeof fetch
	});
	const packed = gzipSync(bytes);

	it('accepts the right bytes', async () => {
		const digest = await crypto.subtle.digest('SHA-256', bytes);
		const right = { ...file, sha256: Buffer.from(digest).toString('hex') };
		expect(await fetchPacked(right, from(packed))).toEqual(bytes);
	});

	it.each<[string, ReturnType<typeof from>, RegExp]>([
		['a missing file', from(null, { status: 404 }), /answered 404/],
		['a page instead of the file', from('<!doctype html>'), /damaged/],
		['a file cut short', from(packed.subarray(0, packed.length - 20)), /damaged|shorter/],
		[
			'a changed byte',
			from(packed.map((b, i) => (i === 600 ? b ^ 4 : b))),
			/damaged|longer|shorter|checksum/
		],
		['a shorter file', from(gzipSync(bytes.subarray(1))), /shorter than expected: 4999 of 5000/],
		['a longer file', from(gzipSync(Buffer.concat([bytes, bytes]))), /longer/],
		['another file of that length', from(packed), /checksum/]
	])('refuses %s', async (_, options, message) => {
		const failure = await fetchPacked(file, options).catch((e: unknown) => e);
		expect(failure).toBeInstanceOf(DataError);
		expect((failure as Error).message).toMatch(message);
	});

	it('says so when there is no connection', async () => {
		const options = {
			baseUrl: '',
			fetch: (async () => {
				throw new TypeError('Failed to fetch');
			}) as typeof fetch
		};
		await expect(fetchPacked(file, options)).rejects.toThrow(/could not be fetched. Is the connection up/);
	});

	it('ends with the signal’s reason when aborted, before and during', async () => {
		const reason = new Error('enough');
		await expect(fetchPacked(file, { ...server(), signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
		const stop = new AbortController();
		const slow = new ReadableStream<Uint8Array>({
			start: (c) => c.enqueue(packed.subarray(0, 200)),
			pull: () => new Promise((_, reject) => stop.signal.addEventListener('abort', () => reject(reason)))
		});
		const waiting = fetchPacked(file, { ...from(slow), signal: stop.signal });
		setTimeout(() => stop.abort(reason), 20);
		await expect(waiting).rejects.toBe(reason);
	});
});
