// Exact enumeration: against sums over all joint states, an independent program's answers, and finite differences.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lnZByAllStates } from '../../src/lib/theory/costCurve.ts';
import {
	averageLogLikelihood,
	canEnumerate,
	clampedMoments,
	lnZ,
	lnZSteps,
	logLikelihoodGradient,
	moments,
	momentsSteps,
	readRow
} from '../../src/lib/theory/enumerate.ts';
import { EnumerationLimitError } from '../../src/lib/theory/enumerateLimit.ts';
import {
	bitsOf,
	hiddenDistribution,
	indexOf,
	jointDistribution,
	kullbackLeibler,
	totalVariation,
	visibleDistribution,
	visibleLogDistribution
} from '../../src/lib/theory/enumerateStates.ts';
import {
	balanced,
	energy,
	hiddenField,
	hiddenGivenVisible,
	logSumExp,
	makeRbm,
	type Rbm
} from '../../src/lib/theory/rbm.ts';
import { flipUnits } from '../../src/lib/theory/rbmFrames.ts';
import { anyBeta, anyRbm, anySeed, gap, nudged, runs } from './arbitraries.ts';
import { randomRbm, uniforms } from './randomRbm.ts';

/** Moments the slow way, from the list of all joint states. */
function bySumming(rbm: Rbm, beta: number) {
	const { N, M } = rbm;
	const p = jointDistribution(rbm, beta);
	const v = new Float64Array(N);
	const h = new Float64Array(M);
	const vh = new Float64Array(N * M);
	let e1 = 0;
	const energies = Array.from(p, (_, s) => {
		const bits = bitsOf(s, N + M);
		return energy(rbm, bits.subarray(0, N), bits.subarray(N));
	});
	p.forEach((w, s) => {
		for (let i = 0; i < N; i++) v[i] += w * ((s >> i) & 1);
		for (let j = 0; j < M; j++) h[j] += w * ((s >> (N + j)) & 1);
		for (let i = 0; i < N; i++)
			for (let j = 0; j < M; j++) vh[i * M + j] += w * ((s >> i) & (s >> (N + j)) & 1);
		e1 += w * energies[s];
	});
	let variance = 0;
	p.forEach((w, s) => (variance += w * (energies[s] - e1) ** 2));
	return { v, h, vh, e1, variance };
}

/** Moments from p(v) and the conditionals alone: the larger layer's states, where moments() takes the smaller's. */
function byVisibleStates(rbm: Rbm, beta: number) {
	const { N, M } = rbm;
	const out = { v: new Float64Array(N), h: new Float64Array(M), vh: new Float64Array(N * M), variance: 0 };
	const p = visibleDistribution(rbm, beta);
	const means: number[] = [];
	p.forEach((w, s) => {
		const v = bitsOf(s, N);
		const h = hiddenGivenVisible(rbm, beta, v);
		const field = hiddenField(rbm, v);
		let mean = 0;
		let spread = 0;
		for (let i = 0; i < N; i++) mean -= rbm.visibleBias[i] * v[i];
		for (let j = 0; j < M; j++) {
			mean -= field[j] * h[j];
			spread += field[j] ** 2 * h[j] * (1 - h[j]);
			out.h[j] += w * h[j];
			for (let i = 0; i < N; i++) out.vh[i * M + j] += w * v[i] * h[j];
		}
		for (let i = 0; i < N; i++) out.v[i] += w * v[i];
		means.push(mean);
		out.variance += w * spread;
	});
	const overall = means.reduce((sum, e, s) => sum + p[s] * e, 0);
	means.forEach((e, s) => (out.variance += p[s] * (e - overall) ** 2));
	return out;
}

describe('moments', () => {
	it('are those of the sum over all joint states, for N<M, N=M, N>M and no couplings', () => {
		fc.assert(
			fc.property(anyRbm(6), anyBeta, (rbm, beta) => {
				const m = moments(rbm, beta);
				const slow = bySumming(rbm, beta);
				expect(gap(m.meanV, slow.v)).toBeLessThan(1e-12);
				expect(gap(m.meanH, slow.h)).toBeLessThan(1e-12);
				expect(gap(m.meanVH, slow.vh)).toBeLessThan(1e-12);
				expect(Math.abs(m.meanEnergy - slow.e1)).toBeLessThan(1e-11 * (1 + Math.abs(slow.e1)));
				expect(Math.abs(m.varEnergy - slow.variance)).toBeLessThan(1e-10 * (1 + slow.variance));
				expect(m.heatCapacity).toBeCloseTo(beta * beta * m.varEnergy, 12);
				expect(Math.abs(m.lnZ - lnZByAllStates(rbm, beta))).toBeLessThan(1e-11 * (1 + Math.abs(m.lnZ)));
				expect(m.lnZ).toBe(lnZ(rbm, beta));
			}),
			runs(60)
		);
	});
	it('agree to 1e-8 with an independent enumeration', () => {
		const cases = JSON.parse(readFileSync(new URL('./truth-cases.json', import.meta.url), 'utf8'));
		expect(cases.length).toBe(3);
		for (const c of cases) {
			const m = moments(makeRbm(c), c.beta);
			expect(Math.abs(m.lnZ - c.lnZ)).toBeLessThan(1e-8);
			expect(Math.abs(m.meanEnergy - c.meanEnergy)).toBeLessThan(1e-8);
			expect(Math.abs(m.varEnergy - c.varEnergy)).toBeLessThan(1e-8);
			expect(gap(m.meanVH, c.meanVH.flat())).toBeLessThan(1e-8);
		}
	});
	it('hold with many blocks, chunked products and wild units alike', () => {
		// 11 units enumerated: two outer blocks. Couplings of 60 make units that no product may hold.
		for (const scale of [0.3, 3, 60]) {
			const rbm = randomRbm(5, 12, 11, scale);
			const slow = byVisibleStates(rbm, 0.9);
			const m = moments(rbm, 0.9);
			expect(gap(m.meanV, slow.v)).toBeLessThan(1e-11);
			expect(gap(m.meanH, slow.h)).toBeLessThan(1e-11);
			expect(gap(m.meanVH, slow.vh)).toBeLessThan(1e-11);
			expect(Math.abs(m.varEnergy - slow.variance)).toBeLessThan(1e-9 * (1 + slow.variance));
		}
		// A wide machine of strongly biased units: products would overflow without their chunks.
		const wide = makeRbm({
			weights: new Float64Array(800 * 12).fill(0.01),
			visibleBias: new Float64Array(800).fill(40),
			hiddenBias: new Float64Array(12)
		});
		// Each visible unit is on but for e^{-40}, so ln Z is that of 12 free units in the field of 800.
		expect(lnZ(wide, 1)).toBeCloseTo(800 * 40 + 12 * Math.log(1 + Math.exp(8)), 8);
		expect(moments(wide, 1).meanH[3]).toBeCloseTo(1 / (1 + Math.exp(-8)), 12);
		// Many positive couplings, each of them small: Z = Σ_k C(12,k)(1+e^{0.9k})^800.
		const many = makeRbm({
			...wide,
			weights: wide.weights.map(() => 0.9),
			visibleBias: new Float64Array(800)
		});
		const terms: number[] = [];
		let choose = 1;
		for (let k = 0; k <= 12; k++) {
			terms.push(Math.log(choose) + 800 * Math.log1p(Math.exp(0.9 * k)));
			choose *= (12 - k) / (k + 1);
		}
		expect(lnZ(many, 1)).toBeCloseTo(logSumExp(terms), 8);
	});
	it('cross the outer blocks: 12 hidden under 3000 visible, against the other layer’s closed form', () => {
		// Independent halves: only hidden unit j talks to visible unit j, so that ln Z is a sum over pairs.
		const N = 3000;
		const M = 12;
		const w = new Float64Array(N * M);
		for (let j = 0; j < M; j++) w[j * M + j] = 0.3 * (j - 5);
		const a = Float64Array.from({ length: N }, (_, i) => Math.sin(i));
		const b = Float64Array.from({ length: M }, (_, j) => Math.cos(j));
		const m = moments(makeRbm({ weights: w, visibleBias: a, hiddenBias: b }), 1.2);
		let expected = 0;
		for (let i = 0; i < N; i++) {
			const on = Math.exp(1.2 * a[i]);
			if (i >= M) expected += Math.log(1 + on);
			else {
				const off = Math.exp(1.2 * b[i]);
				const both = on * off * Math.exp(1.2 * 0.3 * (i - 5));
				const z = 1 + on + off + both;
				expected += Math.log(z);
				expect(m.meanH[i]).toBeCloseTo((off + both) / z, 12);
				expect(m.meanV[i]).toBeCloseTo((on + both) / z, 12);
				expect(m.meanVH[i * M + i]).toBeCloseTo(both / z, 12);
			}
		}
		expect(Math.abs(m.lnZ - expected)).toBeLessThan(1e-9);
	});
	it('make sense at β = 0', () => {
		const rbm = randomRbm(8, 4, 3, 2);
		const m = moments(rbm, 0);
		const slow = bySumming(rbm, 0);
		expect(m.lnZ).toBeCloseTo(7 * Math.LN2, 13);
		expect(m.meanEnergy).toBeCloseTo(slow.e1, 12);
		expect(m.varEnergy).toBeCloseTo(slow.variance, 12);
		expect(m.heatCapacity).toBe(0);
	});
});

describe('derivatives', () => {
	it('∂lnZ/∂θ is β times the moment, and ∂lnZ/∂β is −⟨E⟩, to 1e-6', () => {
		fc.assert(
			fc.property(anyRbm(4), anyBeta, (rbm, beta) => {
				const m = moments(rbm, beta);
				const all = [...m.meanVH, ...m.meanV, ...m.meanH];
				const step = 1e-4 / beta;
				all.forEach((x, k) => {
					const slope = (lnZ(nudged(rbm, k, step), beta) - lnZ(nudged(rbm, k, -step), beta)) / (2 * step);
					expect(Math.abs(slope - beta * x)).toBeLessThan(1e-6 * beta);
				});
				const d = 1e-4 * Math.min(1, beta);
				const slope = (lnZ(rbm, beta + d) - lnZ(rbm, beta - d)) / (2 * d);
				expect(Math.abs(slope + m.meanEnergy)).toBeLessThan(
					1e-6 * (1 + Math.abs(m.meanEnergy) + m.varEnergy * 10)
				);
				const curve = (moments(rbm, beta + d).meanEnergy - moments(rbm, beta - d).meanEnergy) / (2 * d);
				expect(Math.abs(curve + m.varEnergy)).toBeLessThan(1e-5 * (1 + m.varEnergy) ** 2);
			}),
			runs(25)
		);
	});
	it('the gradient of the average log-likelihood is that of finite differences', () => {
		fc.assert(
			fc.property(anyRbm(4), anyBeta, anySeed, (rbm, beta, seed) => {
				const next = uniforms(seed);
				const rows = {
					count: 3,
					values: Float64Array.from({ length: 3 * rbm.N }, () => (next() < 0.5 ? 1 : 0))
				};
				const g = logLikelihoodGradient(rbm, beta, rows);
				[...g.weights, ...g.visibleBias, ...g.hiddenBias].forEach((x, k) => {
					const step = 1e-4 / beta;
					const slope =
						(averageLogLikelihood(nudged(rbm, k, step), beta, rows) -
							averageLogLikelihood(nudged(rbm, k, -step), beta, rows)) /
						(2 * step);
					expect(Math.abs(slope - x)).toBeLessThan(1e-6 * beta);
				});
			}),
			runs(15)
		);
	});
});

describe('flip symmetry', () => {
	it('ln Z moves by the offset alone and flipped moments are 1 − ⟨·⟩', () => {
		fc.assert(
			fc.property(anyRbm(5), anyBeta, anySeed, (rbm, beta, seed) => {
				const next = uniforms(seed);
				const fv = Array.from({ length: rbm.N }, () => next() < 0.5);
				const fh = Array.from({ length: rbm.M }, () => next() < 0.5);
				const { rbm: other, offset } = flipUnits(rbm, fv, fh);
				const m = moments(rbm, beta);
				const n = moments(other, beta);
				expect(Math.abs(m.lnZ - (n.lnZ - beta * offset))).toBeLessThan(1e-11 * (1 + Math.abs(m.lnZ)));
				expect(
					gap(
						m.meanV,
						n.meanV.map((x, i) => (fv[i] ? 1 - x : x))
					)
				).toBeLessThan(1e-12);
				expect(
					gap(
						m.meanH,
						n.meanH.map((x, j) => (fh[j] ? 1 - x : x))
					)
				).toBeLessThan(1e-12);
				expect(Math.abs(m.varEnergy - n.varEnergy)).toBeLessThan(1e-10 * (1 + m.varEnergy));
			}),
			runs(25)
		);
	});
});

describe('distributions', () => {
	it('marginals of p(v,h) are p(v) and p(h), all normalised', () => {
		fc.assert(
			fc.property(anyRbm(5), anyBeta, (rbm, beta) => {
				const joint = jointDistribution(rbm, beta);
				const pv = visibleDistribution(rbm, beta);
				const ph = hiddenDistribution(rbm, beta);
				const mv = new Float64Array(pv.length);
				const mh = new Float64Array(ph.length);
				joint.forEach((p, s) => {
					mv[s % pv.length] += p;
					mh[Math.floor(s / pv.length)] += p;
				});
				expect(gap(pv, mv)).toBeLessThan(1e-12);
				expect(gap(ph, mh)).toBeLessThan(1e-12);
				expect(pv.reduce((s, p) => s + p)).toBeCloseTo(1, 12);
				expect(gap(visibleLogDistribution(rbm, beta).map(Math.exp), pv)).toBe(0);
			}),
			runs(25)
		);
	});
	it('bits and indices are inverse, the first unit lowest', () => {
		expect([...bitsOf(6, 4)]).toEqual([0, 1, 1, 0]);
		for (let s = 0; s < 32; s++) expect(indexOf(bitsOf(s, 5))).toBe(s);
	});
	it('KL and total variation have their textbook values', () => {
		expect(kullbackLeibler([0.5, 0.5, 0], [0.25, 0.5, 0.25])).toBeCloseTo(0.5 * Math.LN2, 14);
		expect(kullbackLeibler([1, 0], [0, 1])).toBe(Infinity);
		expect(totalVariation([1, 0], [0, 1])).toBe(1);
		expect(totalVariation([0.5, 0.5], [0.2, 0.8])).toBeCloseTo(0.3, 15);
	});
});

describe('likelihood of rows', () => {
	it('reads packed rows, first unit in the highest bit, as unpacked ones', () => {
		const rbm = randomRbm(11, 10, 4);
		const values = Float64Array.of(1, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
		const packed = {
			count: 2,
			units: 10,
			stride: 2,
			bytes: Uint8Array.of(0b10110001, 0b10000000, 0, 0b01000000)
		};
		const row = new Float64Array(10);
		readRow(packed, 1, row);
		expect([...row]).toEqual([...values.slice(10)]);
		const plain = averageLogLikelihood(rbm, 1, { count: 2, values });
		expect(averageLogLikelihood(rbm, 1, packed)).toBe(plain);
		const p = visibleDistribution(rbm, 1);
		const direct = (Math.log(p[indexOf(values.slice(0, 10))]) + Math.log(p[indexOf(values.slice(10))])) / 2;
		expect(plain).toBeCloseTo(direct, 12);
		expect(averageLogLikelihood(rbm, 1, packed, 0)).toBeCloseTo(plain + lnZ(rbm, 1), 12);
		expect(clampedMoments(rbm, 1, packed)).toEqual(clampedMoments(rbm, 1, { count: 2, values }));
		expect(() => averageLogLikelihood(rbm, 1, { count: 0, values })).toThrow(RangeError);
	});
	it('of the 30 bars and stripes of 4×4 stay below ln(1/30), which their own law reaches', () => {
		const patterns = new Map<string, number[]>();
		for (let mask = 0; mask < 16; mask++)
			for (const across of [true, false]) {
				const p = Array.from({ length: 16 }, (_, k) => (mask >> (across ? Math.floor(k / 4) : k % 4)) & 1);
				patterns.set(p.join(''), p);
			}
		expect(patterns.size).toBe(30);
		const rows = { count: 30, values: [...patterns.values()].flat() };
		const bound = Math.log(1 / 30);
		expect(bound).toBeCloseTo(-3.4012, 4);
		expect(30 * bound).toBeCloseTo(-102.036, 3);
		for (let seed = 1; seed <= 4; seed++)
			expect(averageLogLikelihood(randomRbm(seed, 16, 6, 0.5), 1, rows)).toBeLessThan(bound);
		// A free RBM gives every one of the 2^16 images the same weight.
		const free = randomRbm(1, 16, 6, 0, 0);
		expect(averageLogLikelihood(free, 1, rows)).toBeCloseTo(-16 * Math.LN2, 12);
		// KL from the patterns' law is bound minus average, hence never negative.
		const law = new Float64Array(2 ** 16);
		for (const p of patterns.values()) law[indexOf(p)] = 1 / 30;
		const rbm = balanced(randomRbm(2, 16, 6, 0.5));
		expect(kullbackLeibler(law, visibleDistribution(rbm, 1))).toBeCloseTo(
			bound - averageLogLikelihood(rbm, 1, rows),
			10
		);
	});
});

describe('steps and limits', () => {
	it('yields rising shares up to 1 and can be dropped', () => {
		const rbm = randomRbm(3, 16, 16, 0.4);
		const shares: number[] = [];
		const steps = lnZSteps(rbm, 1);
		for (;;) {
			const next = steps.next();
			if (next.done) {
				expect(next.value).toBe(lnZ(rbm, 1));
				break;
			}
			shares.push(next.value);
		}
		expect(shares.length).toBeGreaterThan(8);
		expect(shares.at(-1)).toBe(1);
		for (let k = 1; k < shares.length; k++) expect(shares[k]).toBeGreaterThan(shares[k - 1]);
		const dropped = momentsSteps(rbm, 1);
		dropped.next();
		expect(dropped.return(null as never).done).toBe(true);
	});
	it('refuses what it cannot do', () => {
		const big = makeRbm({
			weights: new Float64Array(25 * 25),
			visibleBias: new Float64Array(25),
			hiddenBias: new Float64Array(25)
		});
		expect(canEnumerate(big)).toBe(false);
		expect(() => lnZ(big, 1)).toThrow(EnumerationLimitError);
		expect(() => moments(big, 1)).toThrow(/min\(N,M\) ≤ 24/);
		expect(() => visibleDistribution(big, 1)).toThrow(EnumerationLimitError);
		expect(() => jointDistribution(randomRbm(1, 13, 12), 1)).toThrow(EnumerationLimitError);
		expect(() => lnZ(randomRbm(1, 2, 2), NaN)).toThrow(/beta/);
		expect(canEnumerate(randomRbm(1, 24, 25))).toBe(true);
	});
});
