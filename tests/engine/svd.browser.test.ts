// Batched decompositions on every backend, against theory's in float64; on WebGPU both shaders, and one dispatch a batch.
import {
	add,
	engine,
	matMul,
	mul,
	reshape,
	tensor2d,
	tensor3d,
	tidy,
	type Tensor3D
} from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { beforeAll, describe, expect, it } from 'vitest';
import { svd, type SvdOptions } from '../../src/lib/engine/svd';
import { judge, matrices, type Verdict } from './decompositions';
import { backends, gaussians, take, use, withoutLeak } from './onBackends';

/** What `svd` promises. */
const GOOD = 1e-5;

function join(parts: readonly Float32Array[]): Float32Array {
	const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}

/** Decomposes m×n matrices as one batch and judges each. */
async function verdicts(
	m: number,
	n: number,
	all: readonly Float32Array[],
	options?: SvdOptions
): Promise<Verdict[]> {
	const batch = tensor3d(join(all), [all.length, m, n]);
	const parts = svd(batch, options);
	batch.dispose();
	const r = Math.min(m, n);
	expect([parts.u.shape, parts.s.shape, parts.v.shape]).toEqual([
		[all.length, m, r],
		[all.length, r],
		[all.length, n, r]
	]);
	const [u, s, v] = [await take(parts.u), await take(parts.s), await take(parts.v)];
	return all.map((w, k) =>
		judge(m, n, w, {
			u: u.subarray(k * m * r, (k + 1) * m * r),
			s: s.subarray(k * r, (k + 1) * r),
			v: v.subarray(k * n * r, (k + 1) * n * r)
		})
	);
}

function expectGood(verdict: Verdict, what: string): void {
	const { values, product, orthogonal, ordered } = verdict;
	expect(ordered, what).toBe(true);
	expect(values, `${what}: singular values`).toBeLessThan(GOOD);
	expect(product, `${what}: product`).toBeLessThan(GOOD);
	expect(orthogonal, `${what}: orthogonality`).toBeLessThan(GOOD);
}

const small: ReadonlyArray<readonly [number, number]> = [
	[1, 1],
	[1, 6],
	[6, 1],
	[2, 2],
	[7, 5],
	[5, 9],
	[17, 16],
	[33, 20]
];

describe.each(backends)('svd on %s', (backend) => {
	beforeAll(() => use(backend));

	it.each(small)('of every kind of %i×%i matrix in one batch', (m, n) =>
		withoutLeak(async () => {
			const results = await verdicts(
				m,
				n,
				Object.values(matrices).map((make) => make(m, n))
			);
			results.forEach((verdict, k) => expectGood(verdict, Object.keys(matrices)[k]));
		})
	);

	it('gives the largest entry of each column on the shorter side a positive sign', () =>
		withoutLeak(async () => {
			for (const [m, n] of [
				[9, 4],
				[3, 8]
			]) {
				const batch = tensor2d(gaussians(m * n, 12), [m, n]);
				const parts = svd(batch);
				const [u, s, v] = [await take(parts.u), await take(parts.s), await take(parts.v)];
				batch.dispose();
				const r = s.length;
				const short = m < n ? u : v;
				for (let k = 0; k < r; k++) {
					const column = [...short].filter((_, at) => at % r === k);
					expect(Math.max(...column)).toBe(Math.max(...column.map(Math.abs)));
				}
			}
		}));

	it('gives NaN for a matrix with an entry that is not finite, and leaves its neighbours alone', () =>
		withoutLeak(async () => {
			const [m, n] = [6, 4];
			const all = [1, 2, 3].map((seed) => gaussians(m * n, seed));
			all[0][5] = Infinity;
			all[2][23] = NaN;
			const batch = tensor3d(join(all), [3, m, n]);
			const parts = svd(batch);
			batch.dispose();
			const [u, s, v] = [await take(parts.u), await take(parts.s), await take(parts.v)];
			const third = (x: ArrayLike<number>, k: number) =>
				Array.from(x).slice((k * x.length) / 3, ((k + 1) * x.length) / 3);
			for (const part of [u, s, v]) {
				expect(third(part, 0).every(Number.isNaN)).toBe(true);
				expect(third(part, 2).every(Number.isNaN)).toBe(true);
			}
			expectGood(judge(m, n, all[1], { u: third(u, 1), s: third(s, 1), v: third(v, 1) }), 'between them');
		}));

	it('refuses an empty tensor', () => {
		const empty = tensor3d([], [0, 3, 2]);
		expect(() => svd(empty)).toThrow(RangeError);
		empty.dispose();
	});
});

describe.each(['cpu', 'wasm'] as const)('svd on %s, in float64 underneath', (backend) => {
	beforeAll(() => use(backend));

	it.each([
		[130, 70],
		[65, 200]
	])('of every kind of %i×%i matrix', (m, n) =>
		withoutLeak(async () => {
			const kinds = Object.entries(matrices);
			const results = await verdicts(
				m,
				n,
				kinds.map(([, make]) => make(m, n))
			);
			results.forEach((verdict, k) => {
				expectGood(verdict, kinds[k][0]);
				// Only the rounding of the result to float32 is left.
				expect(verdict.values).toBeLessThan(2e-7);
			});
		})
	);
});

describe('svd on webgpu', () => {
	beforeAll(() => use('webgpu'));

	/** Dispatches recorded while `work` runs, whoever records them. */
	async function dispatches(work: () => Promise<void> | void): Promise<number> {
		const passes = GPUComputePassEncoder.prototype;
		const original = passes.dispatchWorkgroups;
		let count = 0;
		passes.dispatchWorkgroups = function (...sizes: Parameters<typeof original>) {
			count++;
			return original.apply(this, sizes);
		};
		try {
			await work();
		} finally {
			passes.dispatchWorkgroups = original;
		}
		return count;
	}

	it.each([
		[64, 32],
		[40, 41]
	])('of %i×%i matrices takes one dispatch and no read-back a batch', (m, n) =>
		withoutLeak(async () => {
			const all = [1, 2, 3].map((seed) => gaussians(m * n, seed));
			const batch = tensor3d(join(all), [3, m, n]);
			const read = GPUBuffer.prototype.mapAsync;
			let reads = 0;
			GPUBuffer.prototype.mapAsync = function (...args: Parameters<typeof read>) {
				reads++;
				return read.apply(this, args);
			};
			let parts!: ReturnType<typeof svd>;
			const count = await dispatches(() => {
				parts = svd(batch) as never;
			});
			GPUBuffer.prototype.mapAsync = read;
			expect([count, reads]).toEqual([1, 0]);
			for (const part of [parts.u, parts.s, parts.v]) part.dispose();
			batch.dispose();
			(await verdicts(m, n, all)).forEach((verdict) => expectGood(verdict, 'random'));
		})
	);

	it.each([
		[1, 1],
		[5, 3],
		[9, 34],
		[33, 33]
	])('by blocks, of every kind of %i×%i matrix', (m, n) =>
		withoutLeak(async () => {
			const kinds = Object.entries(matrices);
			const results = await verdicts(
				m,
				n,
				kinds.map(([, make]) => make(m, n)),
				{ blocks: true }
			);
			results.forEach((verdict, k) => expectGood(verdict, kinds[k][0]));
		})
	);

	it.each([
		[100, 70],
		[65, 130]
	])('of a %i×%i matrix, which no workgroup holds', (m, n) =>
		withoutLeak(async () => {
			const all = ['random', 'of rank two, in whole numbers'].map((name) => matrices[name](m, n));
			const results = await verdicts(m, n, all);
			results.forEach((verdict) => expectGood(verdict, 'large'));
		})
	);

	/** Runs `work` on a device that claims narrower limits than it has. */
	async function withLimits(limits: Partial<GPUSupportedLimits>, work: () => Promise<void>): Promise<void> {
		const { device } = engine().backend as WebGPUBackend;
		const real = device.limits;
		const narrow = new Proxy(real, {
			get: (_, name) => Reflect.get(limits, name) ?? Reflect.get(real, name, real)
		});
		Object.defineProperty(device, 'limits', { value: narrow, configurable: true });
		try {
			await work();
		} finally {
			Reflect.deleteProperty(device, 'limits');
		}
	}

	it('in parts where a batch is more than a device takes at a time', () =>
		withLimits({ maxComputeWorkgroupsPerDimension: 2, maxStorageBufferBindingSize: 33_000 }, async () => {
			const [m, n] = [40, 33];
			// A matrix by blocks takes 64 columns of 73 numbers, 18 688 bytes: one at a time.
			const all = [1, 2, 3].map((seed) => gaussians(m * n, seed));
			(await verdicts(m, n, all, { blocks: true })).forEach((verdict) => expectGood(verdict, 'in parts'));
			const tiny = [1, 2, 3, 4, 5].map((seed) => gaussians(6, seed));
			(await verdicts(3, 2, tiny)).forEach((verdict) => expectGood(verdict, 'on two lines'));
		}));

	it('of one too large for the device says so', () =>
		withLimits({ maxStorageBufferBindingSize: 4096 }, async () => {
			const large = tensor3d(new Float32Array(40 * 33), [1, 40, 33]);
			expect(() => svd(large, { blocks: true })).toThrow(RangeError);
			large.dispose();
		}));

	it('is in order with what tfjs records before and after it', () =>
		withoutLeak(async () => {
			const [m, n] = [6, 4];
			const w = gaussians(m * n, 9);
			const half = tensor3d(
				w.map((x) => x / 2),
				[1, m, n]
			);
			const twice = add(half, half) as Tensor3D;
			const { u, s, v } = svd(twice);
			twice.dispose();
			const back = tidy(() => matMul(mul(u, reshape(s, [1, 1, n])), v, false, true));
			const values = await take(back);
			for (const part of [half, u, s, v]) part.dispose();
			for (let i = 0; i < w.length; i++) expect(Math.abs(values[i] - w[i])).toBeLessThan(GOOD * 5);
		}));
});
