// Trained weights on their way to a page: what arrives whole is read to the bit, what does not says so in a sentence.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ASSET_SIZES } from '../../src/lib/scene/schema';
import { packHalves } from '../../src/lib/data/float16';
import { fetchWeights } from '../../src/lib/data/weights';

const [N, M] = [3, 2];
const values = Float32Array.from({ length: N * M + N + M }, (_, i) => (i - 4) / 8);
const bytes = packHalves(values);
const report = {
	name: 'small',
	file: 'small.f16',
	bytes: bytes.length,
	sha256: createHash('sha256').update(bytes).digest('hex'),
	N,
	M
};

/** A server with two files. */
function site(about: unknown, body: Uint8Array<ArrayBuffer> | null) {
	const asked: string[] = [];
	const get = async (url: string | URL | Request) => {
		asked.push(String(url));
		if (String(url).endsWith('.json'))
			return new Response(typeof about === 'string' ? about : JSON.stringify(about));
		return body ? new Response(body) : new Response('no', { status: 404 });
	};
	return { asked, options: { baseUrl: 'https://here/weights/', fetch: get as typeof fetch } };
}

test('arrive as they were written, with progress', async () => {
	const { asked, options } = site(report, bytes);
	const heard: [number, number][] = [];
	const got = await fetchWeights('small', { ...options, progress: (...p) => heard.push(p) });
	expect(asked).toEqual(['https://here/weights/small.json', 'https://here/weights/small.f16']);
	expect([...got.weights, ...got.visibleBias, ...got.hiddenBias]).toEqual([...values]);
	expect(got.weights).toHaveLength(6);
	expect(got.hiddenBias).toHaveLength(2);
	expect(heard[0]).toEqual([0, 22]);
	expect(heard.at(-1)).toEqual([22, 22]);
});

const changed = bytes.slice();
changed[5] ^= 1;
test.each<[string, unknown, Uint8Array<ArrayBuffer> | null, RegExp]>([
	['missing', report, null, /answered 404/],
	['one bit changed', report, changed, /damaged: their checksum/],
	['too short', report, bytes.slice(0, 20), /shorter than described: 20 of 22/],
	['too long', report, new Uint8Array(30), /longer than described/],
	['no description', 'nonsense', bytes, /cannot be read/],
	['another description', { ...report, M: 4 }, bytes, /does not fit/],
	['a description of another file', { ...report, file: '../x' }, bytes, /does not fit/]
])('%s: a sentence', async (_, about, body, sentence) => {
	await expect(fetchWeights('small', site(about, body).options)).rejects.toThrow(sentence);
	await expect(fetchWeights('small', site(about, body).options)).rejects.toMatchObject({ name: 'DataError' });
});

test('a connection that fails, and one given up', async () => {
	const down = async () => {
		throw new TypeError('failed');
	};
	const baseUrl = 'https://here/weights';
	await expect(fetchWeights('small', { baseUrl, fetch: down as typeof fetch })).rejects.toThrow(
		/Is the connection up/
	);
	const signal = AbortSignal.abort(new Error('given up'));
	await expect(fetchWeights('small', { baseUrl, fetch: down as typeof fetch, signal })).rejects.toThrow(
		'given up'
	);
});

test.each(Object.entries(ASSET_SIZES))('the site’s own %s is whole', async (name, sizes) => {
	const folder = join(import.meta.dirname, '../../static/weights');
	expect(existsSync(join(folder, `${name}.f16`))).toBe(true);
	const get = async (url: string | URL | Request) =>
		new Response(readFileSync(join(folder, String(url).split('/').pop()!)));
	const got = await fetchWeights(name, { baseUrl: 'https://here', fetch: get as typeof fetch });
	expect(got).toMatchObject(sizes);
	expect(got.weights.every(Number.isFinite)).toBe(true);
	const { ais, reverseAis } = got.report.result.test;
	// the two estimates err to opposite sides; where they are near each other both can be believed
	expect(Math.abs(ais - reverseAis)).toBeLessThan(2);
});
