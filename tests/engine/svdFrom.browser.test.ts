// Decompositions on plain arrays in float64, against theory's: the SIMD module, and the plain code that stands in for it
// (svdPlain.browser.test.ts has it stand in).
import { describe, expect, it } from 'vitest';
import { svdFrom } from '../../src/lib/engine/svdFloat64';
import { plainSvd } from '../../src/lib/engine/svdPlain';
import { thinSvd, type ThinSvd } from '../../src/lib/theory/linalg';
import { normals } from '../../src/lib/random/draw';
import { keyFromSeed } from '../../src/lib/random/key';
import { judge, matrices, type Verdict } from './decompositions';

const gaussians = (count: number, seed: number): Float64Array =>
	Float64Array.from(normals(count, keyFromSeed(seed)));

const verdictOf = (w: ArrayLike<number>, { rows, cols, u, singularValues, v }: ThinSvd): Verdict =>
	judge(rows, cols, w, { u, s: singularValues, v });

function expectExact(verdict: Verdict, what: string, limit = 1e-13): void {
	expect(verdict.ordered, what).toBe(true);
	expect(verdict.values, `${what}: singular values`).toBeLessThan(limit);
	expect(verdict.product, `${what}: product`).toBeLessThan(limit);
	expect(verdict.orthogonal, `${what}: orthogonality`).toBeLessThan(limit);
}

/** Matrices of float64's own range, besides those of float32's. */
const wide: Record<string, (m: number, n: number) => Float64Array> = {
	'with entries about 1e300': (m, n) => gaussians(m * n, 21).map((x) => x * 1e300),
	'with entries about 1e-300': (m, n) => gaussians(m * n, 22).map((x) => x * 1e-300),
	'with columns from 1 to 1e-14': (m, n) =>
		gaussians(m * n, 23).map((x, at) => x * 10 ** ((-14 * (at % n)) / n)),
	'of rank two but for 1e-9': (m, n) => {
		const [a, b, noise] = [gaussians(2 * m, 24), gaussians(2 * n, 25), gaussians(m * n, 26)];
		return noise.map((x, at) => {
			const [i, j] = [Math.floor(at / n), at % n];
			return a[2 * i] * b[2 * j] + a[2 * i + 1] * b[2 * j + 1] + 1e-9 * x;
		});
	}
};

const shapes: ReadonlyArray<readonly [number, number]> = [
	[1, 1],
	[1, 7],
	[7, 1],
	[2, 3],
	[13, 5],
	[25, 25],
	[40, 61],
	[130, 97]
];

describe('svdFrom', () => {
	it.each(shapes)('is exact for every kind of %i×%i matrix', (m, n) => {
		for (const [name, make] of Object.entries({ ...matrices, ...wide })) {
			const w = make(m, n);
			expectExact(verdictOf(w, svdFrom(w, m, n)), name);
		}
	});

	it('is exact for 200 random shapes', () => {
		const sizes = gaussians(400, 31).map((x) => 1 + Math.floor(20 * Math.abs(x)));
		for (let k = 0; k < 200; k++) {
			const [m, n] = sizes.subarray(2 * k, 2 * k + 2);
			const w = gaussians(m * n, 1000 + k);
			expectExact(verdictOf(w, svdFrom(w, m, n)), `${m}×${n}`);
		}
	});

	it('is exact for a 784×500 matrix and one that is nearly of rank 50', () => {
		const [m, n] = [784, 500];
		const random = gaussians(m * n, 41);
		const exact = thinSvd(m, n, random).singularValues;
		const parts = svdFrom(random, m, n);
		for (let k = 0; k < n; k++)
			expect(Math.abs(parts.singularValues[k] - exact[k])).toBeLessThan(1e-13 * exact[0]);
		const low = svdFrom(random, m, n);
		const deficient = new Float64Array(m * n);
		for (let i = 0; i < m; i++)
			for (let k = 0; k < n; k++) {
				const s = k < 50 ? low.singularValues[k] : 1e-6 * low.singularValues[k];
				for (let j = 0; j < n; j++) deficient[i * n + j] += low.u[i * n + k] * s * low.v[j * n + k];
			}
		const back = svdFrom(deficient, m, n);
		for (let k = 0; k < n; k++) {
			const s = k < 50 ? low.singularValues[k] : 1e-6 * low.singularValues[k];
			expect(Math.abs(back.singularValues[k] - s)).toBeLessThan(1e-13 * low.singularValues[0]);
		}
		let worst = 0;
		for (let a = 0; a < n; a += 31)
			for (let b = 0; b < n; b++) {
				let [uu, vv] = [0, 0];
				for (let i = 0; i < m; i++) uu += back.u[i * n + a] * back.u[i * n + b];
				for (let j = 0; j < n; j++) vv += back.v[j * n + a] * back.v[j * n + b];
				worst = Math.max(worst, Math.abs(uu - +(a === b)), Math.abs(vv - +(a === b)));
			}
		expect(worst).toBeLessThan(1e-13);
	});

	it('takes float32 weights, subnormal numbers and, after a large matrix, a small one', () => {
		const w = Float32Array.from(gaussians(35, 51));
		expectExact(verdictOf(w, svdFrom(w, 7, 5)), 'float32');
		const tiny = gaussians(35, 52).map((x) => x * 1e-310);
		const parts = svdFrom(tiny, 7, 5);
		// Subnormal entries hold few digits: the values are as good as the last of them.
		const once = svdFrom(
			tiny.map((x) => x * 2 ** 500),
			7,
			5
		).singularValues;
		parts.singularValues.forEach((s, k) => expect(Math.abs(s * 2 ** 500 - once[k])).toBeLessThan(2 ** -570));
		const large = gaussians(1100 * 1100, 53);
		const trace = svdFrom(large, 1100, 1100).singularValues.reduce((sum, s) => sum + s * s, 0);
		const square = large.reduce((sum, x) => sum + x * x, 0);
		expect(Math.abs(trace - square)).toBeLessThan(1e-12 * square);
		expectExact(verdictOf(w, svdFrom(w, 7, 5)), 'afterwards');
	});

	it.each([
		[60, 40],
		[40, 60]
	])('follows the signs of a decomposition before, %i×%i', (m, n) => {
		const w = gaussians(m * n, 61);
		const change = gaussians(m * n, 62);
		const first = svdFrom(w, m, n);
		// Turned by hand, so that the usual convention would disagree.
		const r = Math.min(m, n);
		const turned: ThinSvd = {
			...first,
			u: first.u.map((x, at) => ((at % r) & 1 ? -x : x)),
			v: first.v.map((x, at) => ((at % r) & 1 ? -x : x))
		};
		const next = w.map((x, at) => x + 1e-4 * change[at]);
		const after = svdFrom(next, m, n, turned);
		for (let k = 0; k < r; k++) {
			let along = 0;
			for (let i = 0; i < m; i++) along += after.u[i * r + k] * turned.u[i * r + k];
			for (let j = 0; j < n; j++) along += after.v[j * r + k] * turned.v[j * r + k];
			expect(along).toBeGreaterThan(1.5);
		}
		const verdict = verdictOf(next, after);
		expect(verdict.values).toBeLessThan(1e-12);
		expect(verdict.product).toBeLessThan(1e-12);
		expect(verdict.orthogonal).toBeLessThan(1e-7);
	});

	it('is orthogonal to 1e-7 after a decomposition before, however badly conditioned the weights', () => {
		const [m, n] = [90, 70];
		for (const make of Object.values(wide)) {
			const w = make(m, n);
			const verdict = verdictOf(w, svdFrom(w, m, n, svdFrom(w, m, n)));
			expect(verdict.values).toBeLessThan(1e-12);
			expect(verdict.orthogonal).toBeLessThan(3e-7);
		}
	});

	it('refuses what is not finite, does not fit, or has another shape than before', () => {
		expect(() => svdFrom(Float64Array.of(1, NaN), 2, 1)).toThrow(RangeError);
		expect(() => svdFrom(Float64Array.of(1, -Infinity), 2, 1)).toThrow(RangeError);
		expect(() => svdFrom(new Float64Array(5), 2, 3)).toThrow(RangeError);
		const other = svdFrom(new Float64Array(6), 3, 2);
		expect(() => svdFrom(new Float64Array(6), 2, 3, other)).toThrow(RangeError);
	});
});

describe('plainSvd', () => {
	it.each(shapes.slice(0, -1))('is exact for every kind of %i×%i matrix', (m, n) => {
		for (const [name, make] of Object.entries({ ...matrices, ...wide })) {
			const w = make(m, n);
			expectExact(judge(m, n, w, plainSvd(m, n, w, 2 ** -52)), name);
		}
	});
});
