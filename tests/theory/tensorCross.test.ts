// Tensor cross interpolation: exact where the weight has low rank, and the ways in which an RBM's weight has none.
import { describe, expect, it } from 'vitest';
import { lnZ } from '../../src/lib/theory/enumerate.ts';
import { bitsOf } from '../../src/lib/theory/enumerateStates.ts';
import { thinSvd } from '../../src/lib/theory/linalg.ts';
import { matMul } from '../../src/lib/theory/linalgProducts.ts';
import { freeEnergyWeight, tensorCross } from '../../src/lib/theory/tensorCross.ts';
import { crossPivots, timesInverse } from '../../src/lib/theory/tensorCrossPivots.ts';
import { gaussians, randomBalanced, randomRbm } from './randomRbm.ts';
import { gap, spectrumRbm } from './spectrumRbm.ts';

const run = (rbm: ReturnType<typeof randomRbm>, options = {}) => {
	const { bits, logWeight } = freeEnergyWeight(rbm, 1);
	return tensorCross(bits, logWeight, options);
};

describe('tensor cross interpolation', () => {
	it('of uncoupled units has rank 1 and the exact ln Z, at any number of bits', () => {
		for (const [N, M] of [
			[1, 3],
			[6, 9],
			[60, 60]
		]) {
			const rbm = randomRbm(N, N, M, 0, 1);
			const result = run(rbm);
			expect(result.ranks).toEqual(new Array(Math.min(N, M) - 1).fill(1));
			// Σ over both layers factorises
			let exact = 0;
			for (const b of [...rbm.visibleBias, ...rbm.hiddenBias]) exact += Math.log1p(Math.exp(b));
			expect(result.lnZ).toBeCloseTo(exact, 9);
			expect(result.converged).toBe(true);
			expect(result.evaluations).toBeLessThan(1500);
		}
	});

	it('recovers a weight of rank 2 exactly: a mixture of two product laws', () => {
		const bits = 40;
		const [p, q] = [gaussians(1, bits), gaussians(2, bits)];
		const log = (v: Uint8Array) => {
			let a = 0;
			let b = -1;
			for (let k = 0; k < bits; k++) {
				a += p[k] * v[k];
				b += q[k] * v[k];
			}
			return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
		};
		const result = tensorCross(bits, log, { tolerance: 1e-12 });
		expect(Math.max(...result.ranks)).toBe(2);
		const each = (f: Float64Array) => f.reduce((s, x) => s + Math.log1p(Math.exp(x)), 0);
		const [a, b] = [each(p), each(q) - 1];
		expect(result.lnZ).toBeCloseTo(Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b))), 8);
	});

	it('sums over the smaller layer, whichever it is', () => {
		for (const [N, M] of [
			[4, 7],
			[7, 4]
		]) {
			const rbm = randomRbm(5, N, M, 1, 0.5);
			const { bits, logWeight } = freeEnergyWeight(rbm, 1.2);
			expect(bits).toBe(4);
			const all = Array.from({ length: 16 }, (_, s) => Math.exp(logWeight(Uint8Array.from(bitsOf(s, 4)))));
			expect(Math.log(all.reduce((x, y) => x + y))).toBeCloseTo(lnZ(rbm, 1.2), 10);
		}
	});

	it('is exact at full rank: every value and the sum', () => {
		const rbm = randomRbm(6, 8, 8, 1.5, 0.5);
		const result = run(rbm, { tolerance: 0, maxRank: 16 });
		expect(result.lnZ).toBeCloseTo(lnZ(rbm, 1), 9);
		const { logWeight } = freeEnergyWeight(rbm, 1);
		const states = Array.from({ length: 256 }, (_, s) => Uint8Array.from(bitsOf(s, 8)));
		const logs = states.map(logWeight);
		const top = Math.max(...logs);
		for (const [k, s] of states.entries())
			expect(Math.abs(result.evaluate(s) - Math.exp(logs[k] - top))).toBeLessThan(1e-10);
		expect(result.ranks).toEqual([2, 4, 8, 16, 8, 4, 2]);
		expect(result.evaluations).toBeLessThanOrEqual(256);
	});

	it('needs a rank that rises with the coupling, up to the full 2^{N/2}: why S’s attempt did not work', () => {
		const results = [0, 0.02, 0.05, 0.1, 0.3, 1].map((scale) => {
			const rbm = randomBalanced(3, 12, 12, scale);
			const result = run(rbm, { tolerance: 1e-6, maxRank: 64 });
			return { ...result, rank: Math.max(...result.ranks), exact: lnZ(rbm, 1) };
		});
		const ranks = results.map((r) => r.rank);
		expect(ranks[0]).toBe(1);
		expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
		expect(ranks[2]).toBeGreaterThan(10);
		expect(ranks[5]).toBe(64);
		// and costs as much as enumeration well before βλ = 4
		const lambda = thinSvd(12, 12, randomBalanced(3, 12, 12, 0.3).weights).singularValues[0];
		expect(lambda).toBeLessThan(4);
		expect(results[4].evaluations).toBe(2 ** 12);
		for (const r of results) expect(Math.abs((r.lnZ as number) - r.exact)).toBeLessThan(1e-5);
	});

	it('with its rank held low is wrong by more the stronger the coupling, and says it has not converged', () => {
		const errors = [0.05, 0.3, 1].map((scale) => {
			const rbm = randomBalanced(3, 12, 12, scale);
			const result = run(rbm, { tolerance: 1e-10, maxRank: 8, maxSweeps: 6 });
			expect(result.converged).toBe(false);
			expect(Math.max(...result.ranks)).toBe(8);
			expect(result.sweeps).toBe(6);
			return {
				lnZ: result.lnZ === null ? Infinity : Math.abs(result.lnZ - lnZ(rbm, 1)),
				sampled: result.sampledError
			};
		});
		expect(errors[1].lnZ).toBeGreaterThan(10 * errors[0].lnZ);
		expect(errors[2].lnZ).toBeGreaterThan(10 * errors[0].lnZ);
		expect(errors[1].sampled).toBeGreaterThan(10 * errors[0].sampled);
	});

	it('finds both wells of a broken symmetry from a start in one of them or none', () => {
		// one strong mode, rank low: the weight is two bumps far apart
		const rbm = spectrumRbm(4, 14, 12, [9]);
		const result = run(rbm, { tolerance: 1e-9, maxRank: 64 });
		expect(result.lnZ).toBeCloseTo(lnZ(rbm, 1), 5);
	});

	it('takes given starts, and refuses nonsense', () => {
		// a needle that no probe hits: found only when told where it is
		const needle = Uint8Array.from({ length: 20 }, (_, k) => ((k * 7) % 3) & 1);
		const log = (v: Uint8Array) => (v.every((b, k) => b === needle[k]) ? 30 : 0);
		const exact = Math.log(2 ** 20 - 1 + Math.exp(30));
		expect(tensorCross(20, log).lnZ).toBeCloseTo(20 * Math.LN2, 6);
		expect(tensorCross(20, log, { starts: [needle], tolerance: 1e-14 }).lnZ).toBeCloseTo(exact, 6);
		expect(() => tensorCross(0, () => 0)).toThrow(/bits/);
		expect(() => tensorCross(3, () => NaN)).toThrow(/ln weight/);
		expect(tensorCross(1, (v) => v[0] * 2, { probes: 0 }).lnZ).toBeCloseTo(Math.log(1 + Math.exp(2)), 12);
	});
});

describe('pivots', () => {
	it('are taken largest first and leave nothing of a matrix of their rank', () => {
		const [a, b] = [gaussians(1, 12), gaussians(2, 15)];
		const matrix = matMul(a, 4, 3, b, 5);
		const found = crossPivots(4, 5, matrix.slice(), 1e-12, 10);
		expect(found.rows.length).toBe(3);
		expect(new Set(found.rows).size).toBe(3);
		expect(found.remainder).toBeLessThan(1e-12);
		let largest = 0;
		let at = [0, 0];
		matrix.forEach((x, k) => {
			if (Math.abs(x) > largest) [largest, at] = [Math.abs(x), [Math.floor(k / 5), k % 5]];
		});
		expect([found.rows[0], found.columns[0]]).toEqual(at);
		expect(crossPivots(4, 5, matrix.slice(), 1e-12, 2).rows.length).toBe(2);
		expect(crossPivots(4, 5, matrix.slice(), 1e-12, 2).remainder).toBeGreaterThan(1e-3);
		expect(crossPivots(2, 2, new Float64Array(4), 0, 2).rows.length).toBe(0);
		// at least one pivot, even below the tolerance
		expect(crossPivots(1, 1, Float64Array.of(1e-20), 1e-3, 2).rows.length).toBe(1);
	});

	it('invert: T·P^{−1}·P = T', () => {
		const p = gaussians(3, 25);
		const t = gaussians(4, 35);
		expect(gap(matMul(timesInverse(7, 5, t, p), 7, 5, p, 5), t)).toBeLessThan(1e-12);
	});
});
