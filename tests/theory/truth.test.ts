// The truth command: its answers against an independent program's, its errors, and the command line itself.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { truth, TruthError } from '../../src/lib/theory/truth.ts';
import { gap } from './arbitraries.ts';
import { randomRbm } from './randomRbm.ts';

type Json = Record<string, unknown>;
const reference: Json[] = JSON.parse(await readFile(new URL('./truth-cases.json', import.meta.url), 'utf8'));
const inputs = ['name', 'beta', 'weights', 'visibleBias', 'hiddenBias', 'sigma2', 'z'];
const stripped = reference.map((c) => Object.fromEntries(inputs.map((k) => [k, c[k]])));
const numbers = (x: unknown): number[] => (Array.isArray(x) ? x.flatMap(numbers) : [x as number]);

/** A random RBM in the command's own format. */
function item(seed: number, N: number, M: number, weight: number, more: Json = {}): Json {
	const r = randomRbm(seed, N, M, weight);
	return {
		name: `${N}×${M}`,
		beta: 1,
		weights: Array.from({ length: N }, (_, i) => [...r.weights.subarray(i * M, i * M + M)]),
		visibleBias: [...r.visibleBias],
		hiddenBias: [...r.hiddenBias],
		...more
	};
}

describe('truth', () => {
	it('agrees with an independent enumeration to 1e-8 in every field', () => {
		const answers = truth(stripped);
		expect(answers.length).toBe(3);
		answers.forEach((a, k) => {
			for (const [field, value] of Object.entries(reference[k])) {
				if (['name', 'N', 'M'].includes(field)) continue;
				expect(gap(numbers(a[field]), numbers(value)), field).toBeLessThan(1e-8);
			}
			expect(a.name).toBe(reference[k].name);
			const n = numbers(a.visibleBias).length + numbers(a.hiddenBias).length;
			expect(Object.keys(a.curvatures as Json)).toEqual([
				'gaussian',
				'entropic',
				'tap',
				'fitted',
				'smoothed'
			]);
			for (const k of Object.values(a.curvatures as Json)) expect((k as number[]).length).toBe(n);
			for (const estimate of ['lnZLaplace', 'lnZTap'])
				expect(Math.abs((a[estimate] as number) - (a.lnZ as number))).toBeLessThan(0.2);
			expect(a).not.toHaveProperty('notes');
		});
	});
	it('takes small, empty, wide, free and strongly coupled machines', () => {
		expect(truth([])).toEqual([]);
		const list = [item(1, 1, 1, 1), item(2, 1, 7, 1), item(3, 7, 1, 1), item(4, 3, 3, 0), item(5, 4, 3, 50)];
		for (const a of truth(list)) {
			expect(Number.isFinite(a.lnZ)).toBe(true);
			expect((a.gibbsEigenvalues as number[])[0]).toBe(1);
			expect(numbers(a.meanV).every((m) => m >= 0 && m <= 1)).toBe(true);
			expect(a).not.toHaveProperty('decode');
		}
		expect((truth([item(1, 1, 1, 1)])[0].gibbsEigenvalues as number[]).length).toBe(2);
		expect((truth([item(3, 7, 1, 1)])[0].gibbsEigenvalues as number[])[2]).toBe(0);
	});
	it('gives null with a note where an answer is undefined, and the others all the same', () => {
		const z = [0, 1, 0.5, 0.2, 0.9];
		const beyond = truth([item(6, 3, 2, 4, { sigma2: 1, z })])[0];
		expect(beyond.liftDrift).toBeNull();
		expect(String(beyond.notes)).toMatch(/liftDrift: .*< 1/);
		expect((beyond.decode as number[]).length).toBe(5);
		expect((beyond.denoised as number[]).length).toBe(5);
		expect((beyond.curvatures as Json).smoothed).toBeNull();
		const hot = truth([item(6, 3, 2, 1, { beta: 0, sigma2: 0.1, z })])[0];
		expect(hot.liftDrift).toBeNull();
		expect(hot.lnZ).toBeCloseTo(5 * Math.LN2, 12);
		expect(String(hot.notes)).toMatch(/β > 0/);
		const tall = truth([item(7, 13, 2, 0.3, { sigma2: null, z: null })])[0];
		expect(tall.gibbsEigenvalues).toBeNull();
		expect(String(tall.notes)).toMatch(/N ≤ 12/);
		const huge = truth([item(8, 25, 25, 0.01)])[0];
		expect(huge.lnZ).toBeNull();
		expect(huge.meanVH).toBeNull();
		expect(huge.lnZGaussian).toBeCloseTo(50 * Math.LN2, -1.5);
		expect(String(huge.notes)).toMatch(/past 24/);
	});
	it.each([
		['list', {}, /expected a list of RBMs, found an object/],
		['', [3], /RBM #0: expected an object, found number 3/],
		['', [[]], /found a list of 0/],
		['name', [{ ...stripped[0], name: 7 }], /#0/],
		['beta', [stripped[0], { ...stripped[1], beta: 'x' }], /RBM #1 "example-wide", field beta/],
		['beta', [{ ...stripped[0], beta: -1 }], /not a finite number ≥ 0/],
		['beta', [{ ...stripped[0], name: undefined, beta: undefined }], /RBM #0, field beta: .*missing/],
		['weights', [{ ...stripped[0], weights: [] }], /a list of 0/],
		['weights', [{ ...stripped[0], weights: [[1], 2] }], /row 1: expected a list of numbers/],
		['weights', [{ ...stripped[0], weights: [[1, null]] }], /row 0: entry 1 is null/],
		[
			'weights',
			[{ ...stripped[0], weights: [[1, 2], [3]] }],
			/row 1 has 1 entries, expected M = 2|visibleBias/
		],
		['M', [{ ...stripped[0], weights: [[]] }], /field M/],
		['visibleBias', [{ ...stripped[0], visibleBias: [1, 2] }], /2 entries, expected 5/],
		['hiddenBias', [{ ...stripped[0], hiddenBias: null }], /found null/],
		['N', [{ ...stripped[0], N: 4 }], /the weights are 5×3/],
		['sigma2', [{ ...stripped[0], sigma2: -1 }], /above 0/],
		['sigma2', [{ ...stripped[0], sigma2: '1' }], /string "1"/],
		['z', [{ ...stripped[0], z: [1] }], /expected N\+M = 8/],
		['z', [{ ...stripped[0], z: 'here' }], /expected a list/]
	] as const)('names the RBM and the field %s', (field, input, message) => {
		try {
			truth(input);
			expect.unreachable();
		} catch (e) {
			expect(e).toBeInstanceOf(TruthError);
			expect((e as TruthError).field).toBe(field);
			expect((e as TruthError).message).toMatch(message);
		}
	});
});

describe('the command line', () => {
	const script = fileURLToPath(new URL('../../scripts/truth.js', import.meta.url));
	let folder: string;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'truth-'));
	});
	afterAll(() => rm(folder, { recursive: true }));

	async function run(text: string | null): Promise<{ code: number; out: string; err: string }> {
		const file = join(folder, 'in.json');
		if (text !== null) await writeFile(file, text);
		return new Promise((resolve) =>
			execFile(process.execPath, text === null ? [script] : [script, file], (error, out, err) =>
				resolve({ code: error ? Number(error.code) : 0, out, err })
			)
		);
	}

	it('prints the JSON that the library gives and nothing else', async () => {
		const { code, out, err } = await run(JSON.stringify(stripped));
		expect([code, err]).toEqual([0, '']);
		expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(truth(stripped))));
		expect((await run('[]')).out).toBe('[]\n');
	});
	it('writes errors to the standard error with exit code 1', async () => {
		for (const [text, message] of [
			['{', /not JSON/],
			[JSON.stringify([{ ...stripped[0], beta: null }]), /RBM #0 "example-tall", field beta/],
			[null, /usage/]
		] as const) {
			const { code, out, err } = await run(text);
			expect(code).toBe(1);
			expect(out).toBe('');
			expect(err).toMatch(message);
		}
	});
});
