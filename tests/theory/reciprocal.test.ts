// Reciprocal coordinates: the same energy in every frame, maps that undo each other, saddles, free directions.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matVec, norm2 } from '../../src/lib/theory/linalgProducts.ts';
import { energy, makeRbm, type Rbm } from '../../src/lib/theory/rbm.ts';
import {
	couplingMatrix,
	couplingModes,
	energyModes,
	energyReciprocal,
	fromModes,
	fromReciprocal,
	functionOfCoupling,
	modeCouplings,
	modeEnergy,
	modeEnergyAboutSaddle,
	modeFields,
	modesToUnits,
	reciprocalFrame,
	saddles,
	toModes,
	toReciprocal,
	unitsToModes
} from '../../src/lib/theory/reciprocal.ts';
import { anyRbm, anySeed, gap, runs } from './arbitraries.ts';
import { gaussians, randomRbm } from './randomRbm.ts';

/** A random real point in unit coordinates. */
const point = (rbm: Rbm, seed: number) => gaussians(seed, rbm.N + rbm.M);

describe('frames', () => {
	it('E is the same in units, in (x,y) and in (u,w,rest), to 1e-12', () => {
		fc.assert(
			fc.property(anyRbm(7), anySeed, (rbm, seed) => {
				const s = point(rbm, seed);
				const v = s.subarray(0, rbm.N);
				const h = s.subarray(rbm.N);
				const frame = reciprocalFrame(rbm);
				const e = energy(rbm, v, h);
				const size = 1e-12 * Math.max(1, norm2(rbm.weights) * norm2(s) ** 2);
				const xy = toReciprocal(frame, v, h);
				const z = toModes(frame, xy);
				expect(Math.abs(energyReciprocal(frame, xy) - e)).toBeLessThan(size);
				expect(Math.abs(energyModes(frame, z) - e)).toBeLessThan(size);
				expect(gap(z, unitsToModes(frame, s))).toBe(0);
				// Mode by mode, the free directions adding −a·x or −b·y.
				let sum = 0;
				for (let i = 0; i < frame.r; i++) sum += modeEnergy(frame, i, xy.x[i], xy.y[i]);
				for (let i = frame.r; i < rbm.N; i++) sum -= frame.a[i] * xy.x[i];
				for (let j = frame.r; j < rbm.M; j++) sum -= frame.b[j] * xy.y[j];
				expect(Math.abs(sum - e)).toBeLessThan(size);
			}),
			runs(80)
		);
	});
	it('maps undo each other and keep lengths', () => {
		fc.assert(
			fc.property(anyRbm(7), anySeed, (rbm, seed) => {
				const s = point(rbm, seed);
				const frame = reciprocalFrame(rbm);
				const z = unitsToModes(frame, s);
				expect(Math.abs(norm2(z) - norm2(s))).toBeLessThan(1e-13 * (1 + norm2(s)) * 10);
				expect(gap(modesToUnits(frame, z), s)).toBeLessThan(1e-13 * 10);
				const { x, y } = fromModes(frame, z);
				const { visible, hidden } = fromReciprocal(frame, x, y);
				expect(gap([...visible, ...hidden], s)).toBeLessThan(1e-12);
			}),
			runs()
		);
	});
	it('u = (x−y)/√2 is stiff, w = (x+y)/√2 is soft, the rest free', () => {
		const frame = reciprocalFrame(randomRbm(1, 4, 2));
		const z = toModes(frame, { x: Float64Array.of(1, 2, 3, 4), y: Float64Array.of(5, 6) });
		const f = Math.SQRT1_2;
		expect(gap(z, [-4 * f, -4 * f, 6 * f, 8 * f, 3, 4])).toBeLessThan(1e-15);
		const wide = reciprocalFrame(randomRbm(1, 2, 3));
		expect(toModes(wide, { x: Float64Array.of(1, 2), y: Float64Array.of(5, 6, 7) })[4]).toBe(7);
		const l = frame.singularValues;
		expect([...modeCouplings(frame)]).toEqual([l[0], l[1], -l[0], -l[1], 0, 0]);
	});
	it('J has +λ on u, −λ on w and 0 on the rest', () => {
		fc.assert(
			fc.property(anyRbm(6), (rbm) => {
				const n = rbm.N + rbm.M;
				const frame = reciprocalFrame(rbm);
				const j = couplingMatrix(rbm);
				const eig = modeCouplings(frame);
				for (let k = 0; k < n; k++) {
					const unit = new Float64Array(n);
					unit[k] = 1;
					const s = modesToUnits(frame, unit);
					const js = matVec(j, n, n, s);
					expect(
						gap(
							js,
							s.map((e) => eig[k] * e)
						)
					).toBeLessThan(1e-12 * (1 + Math.abs(eig[k])));
				}
			}),
			runs(25)
		);
	});
	it('modeFields are the biases in the same coordinates', () => {
		const rbm = randomRbm(2, 3, 5);
		const frame = reciprocalFrame(rbm);
		const c = Float64Array.of(...rbm.visibleBias, ...rbm.hiddenBias);
		expect(gap(modeFields(frame), unitsToModes(frame, c))).toBeLessThan(1e-14);
	});
});

describe('saddles', () => {
	it('the gradient of E vanishes there, E is ab/λ, and about it E is (λ/2)(u²−w²)', () => {
		fc.assert(
			fc.property(anyRbm(5), anySeed, (rbm, seed) => {
				const frame = reciprocalFrame(rbm);
				const [x, y] = gaussians(seed, 2);
				saddles(frame).forEach((s, i) => {
					const lambda = frame.singularValues[i];
					if (!s) {
						expect(lambda).toBeLessThanOrEqual(1e-6 * frame.singularValues[0]);
						return;
					}
					expect(frame.a[i] + lambda * s.y).toBeCloseTo(0, 12);
					expect(frame.b[i] + lambda * s.x).toBeCloseTo(0, 12);
					const scale = 1 + Math.abs(s.energy) + Math.abs(s.x * s.y * lambda);
					expect(Math.abs(modeEnergy(frame, i, s.x, s.y) - s.energy)).toBeLessThan(1e-11 * scale);
					const u = (x - y) * Math.SQRT1_2;
					const w = (x + y) * Math.SQRT1_2;
					expect(
						Math.abs(modeEnergyAboutSaddle(frame, i, s, u, w) - modeEnergy(frame, i, x, y))
					).toBeLessThan(1e-10 * scale);
				});
			}),
			runs()
		);
	});
	it('there are none without couplings, and none for modes that W does not have', () => {
		expect(saddles(reciprocalFrame(randomRbm(1, 3, 3, 0)))).toEqual([null, null, null]);
		const rankOne = makeRbm({
			weights: [
				[1, 2],
				[2, 4],
				[0, 0]
			],
			visibleBias: [1, 1, 1],
			hiddenBias: [0, 1]
		});
		const s = saddles(reciprocalFrame(rankOne));
		expect(s[0]).not.toBeNull();
		expect(s[1]).toBeNull();
	});
});

describe('functions of J', () => {
	it('f(J)s by modes is the polynomial in J it should be', () => {
		fc.assert(
			fc.property(anyRbm(6), anySeed, (rbm, seed) => {
				const n = rbm.N + rbm.M;
				const s = point(rbm, seed);
				const j = couplingMatrix(rbm);
				const js = matVec(j, n, n, s);
				const jjs = matVec(j, n, n, js);
				const f = functionOfCoupling(couplingModes(rbm), (x) => 2 - 3 * x + 0.5 * x * x, s);
				const direct = s.map((e, k) => 2 * e - 3 * js[k] + 0.5 * jjs[k]);
				expect(gap(f, direct)).toBeLessThan(1e-12 * (1 + norm2(jjs) + norm2(s)));
			}),
			runs()
		);
	});
});
