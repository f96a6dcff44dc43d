// The bench's arithmetic: medians, fitted exponents, which way a ratio points, and the blocks it writes into docs.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Measured } from './node/measure.js';
import { plans } from './node/plan.js';
import { benchBlocks, writeBlocks } from './node/report.js';
import { rowsOf } from './node/rows.js';
import { exponent, median, quantile, spread } from './node/statistics.js';

const measured = (peer: string, backend: string | null, ...values: number[]): Measured => ({
	peer,
	backend,
	note: '',
	values,
	times: 1
});
const plan = (name: string) => plans.find((p) => p.name === name)!;

describe('statistics', () => {
	it('takes medians and quartiles', () => {
		expect(median([3, 1, 2])).toBe(2);
		expect(median([4, 1, 2, 3])).toBe(2.5);
		expect(spread([5, 1, 2, 4, 3])).toEqual([2, 4]);
		expect(quantile([7], 0.9)).toBe(7);
	});

	it('fits an exponent with its error', () => {
		const exact = exponent([1, 2, 4, 8].map((x) => ({ x, y: 3 * x ** 1.5 })));
		expect(exact.exponent).toBeCloseTo(1.5, 12);
		expect(exact.error).toBeLessThan(1e-12);
		// residuals of ln y from the line: ±ln 2 alternating over four points; by hand
		const noisy = exponent([1, Math.E, Math.E ** 2, Math.E ** 3].map((x, i) => ({ x, y: i % 2 ? 2 : 1 })));
		expect(noisy.exponent).toBeCloseTo(0.2 * Math.LN2, 12);
		expect(noisy.error).toBeCloseTo(Math.LN2 * Math.sqrt(0.8 / 2 / 5), 12);
		expect(() => exponent([{ x: 1, y: 1 }])).toThrow(RangeError);
	});
});

describe('rows', () => {
	it('says more than 1 when we are faster, whichever way the unit points', () => {
		const [rate] = rowsOf(
			plan('gibbs'),
			[measured('', 'wasm', 10, 30, 20), measured('plain tfjs', 'wasm', 5)],
			{}
		);
		expect(rate).toMatchObject({ ours: 20, ratio: 4, bestPeer: 'plain tfjs', peers: { 'plain tfjs': 5 } });
		const [time] = rowsOf(plan('epoch'), [measured('', 'wasm', 2), measured('plain tfjs', 'wasm', 8)], {});
		expect(time.ratio).toBe(4);
	});

	it('sets each backend against its own in-page peers and all against numpy, the best counting', () => {
		const rows = rowsOf(
			plan('gibbs'),
			[
				measured('', 'wasm', 8),
				measured('', 'cpu', 1),
				measured('plain tfjs', 'wasm', 2),
				measured('plain tfjs', 'cpu', 0.5),
				measured('numpy float32, 1 thread', null, 10),
				measured('numpy float32, 2 threads', null, 16)
			],
			{}
		);
		expect(rows.map((r) => [r.backend, r.bestPeer, r.ratio])).toEqual([
			['wasm', 'numpy float32, 2 threads', 0.5],
			['cpu', 'numpy float32, 2 threads', 1 / 16]
		]);
		expect(rows[0].peers['plain tfjs']).toBe(2);
		expect(rows[0].aims).toEqual([
			{ against: 'numpy float32', atLeast: 1, reached: 0.5, met: false },
			{ against: 'plain tfjs', atLeast: 2, reached: 4, met: true }
		]);
	});

	it('has no ratio where there is no peer', () => {
		const [row] = rowsOf(plan('gibbs'), [measured('', 'wasm', 8)], { numpy: 'not installed' });
		expect(row).toMatchObject({ ratio: null, bestPeer: null, skipped: { numpy: 'not installed' } });
		expect(row.aims).toBeUndefined();
	});
});

describe('docs', () => {
	it('rewrites the block of a workload and nothing else, and refuses a file without it', async () => {
		const dir = mkdtempSync(join(tmpdir(), 'bench-'));
		try {
			const file = join(dir, 'performance.md');
			writeFileSync(file, '# A\n\n<!-- bench:gibbs -->\n\nold\n\n<!-- /bench:gibbs -->\n\nkept\n');
			const load = { oneMinute: 0, fiveMinutes: 0 };
			const report = {
				date: '2026-01-02T03:04:05Z',
				command: 'npm run bench',
				quick: false,
				machine: { processor: 'P', cores: 2, memoryGB: 4, system: 'S' },
				load: { before: load, after: load },
				versions: {
					commit: 'abc',
					node: '',
					chromium: 'C',
					tfjs: '',
					'ml-matrix': '',
					numpy: null,
					python: null
				},
				rows: rowsOf(plan('gibbs'), [measured('', 'wasm', 8), measured('plain tfjs', 'wasm', 2)], {}),
				failures: {}
			};
			await writeBlocks(file, benchBlocks(report));
			const text = readFileSync(file, 'utf8');
			expect(text).not.toContain('old');
			expect(text).toContain('kept');
			expect(text).toMatch(/\*\*ours\*\*\s*\| wasm/);
			expect(text).toContain('× 4');
			expect(text).not.toContain('Preliminary');
			const busy = { ...report, load: { before: { oneMinute: 5, fiveMinutes: 5 }, after: load } };
			await writeBlocks(file, benchBlocks(busy));
			expect(readFileSync(file, 'utf8')).toContain('Preliminary');
			await expect(writeBlocks(file, { 'bench:other': '' })).rejects.toThrow('bench:other');
		} finally {
			rmSync(dir, { recursive: true });
		}
	});

	it('has a block for every workload', () => {
		const text = readFileSync('docs/performance.md', 'utf8');
		for (const name of [...plans.map((p) => p.name), 'counts', 'scaling', 'memory', 'soak', 'longtasks'])
			expect(text).toContain(`<!-- bench:${name} -->`);
	});
});
