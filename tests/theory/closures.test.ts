// The five closures through their one interface: gradients and Hessians against finite differences, minima where the
// gradient vanishes, curvatures against closed forms, and what each integrates to.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curvatures, type Closure } from '../../src/lib/theory/closures/closure.ts';
import { curvaturesByClosure } from '../../src/lib/theory/closures/curvatures.ts';
import { entropicClosure } from '../../src/lib/theory/closures/entropic.ts';
import { exactCovariance, canEnumerateCovariance } from '../../src/lib/theory/closures/exactCovariance.ts';
import { fittedClosure } from '../../src/lib/theory/closures/fitted.ts';
import { gaussianClosure, gaussianField } from '../../src/lib/theory/closures/gaussian.ts';
import { modeFrameHessian, normalModes } from '../../src/lib/theory/closures/modes.ts';
import { liftOscillatorCurvatures, smoothedClosure } from '../../src/lib/theory/closures/smoothed.ts';
import { tapClosure } from '../../src/lib/theory/closures/tap.ts';
import { lnZ, moments } from '../../src/lib/theory/enumerate.ts';
import { jointDistribution } from '../../src/lib/theory/enumerateStates.ts';
import { defaultSigma2, LiftBoundError } from '../../src/lib/theory/lift.ts';
import { symEigen } from '../../src/lib/theory/linalg.ts';
import { lnZGaussian } from '../../src/lib/theory/partition.ts';
import { makeRbm, swapLayers, type Rbm } from '../../src/lib/theory/rbm.ts';
import { couplingMatrix, reciprocalFrame } from '../../src/lib/theory/reciprocal.ts';
import { oscillatorsOf, quadraticLnZ } from '../../src/lib/theory/oscillators.ts';
import { randomBalanced, randomRbm, uniforms } from './randomRbm.ts';
import { gap, slope, spectrumRbm } from './spectrumRbm.ts';

/** All five of one RBM; fitted from the exact covariance. */
function five(rbm: Rbm, beta: number): Closure[] {
	const { mean, covariance } = exactCovariance(rbm, beta);
	return [
		gaussianClosure(rbm, beta),
		entropicClosure(rbm, beta),
		tapClosure(rbm, beta),
		fittedClosure(rbm, beta, mean, covariance),
		smoothedClosure(rbm, beta)
	];
}

const shapes = fc.record({
	seed: fc.integer(),
	N: fc.integer({ min: 1, max: 5 }),
	M: fc.integer({ min: 1, max: 5 }),
	beta: fc.double({ min: 0.3, max: 2, noNaN: true }),
	weight: fc.constantFrom(0, 0.3, 1)
});

describe('every closure', () => {
	it('has the gradient of its potential and the Hessian of its gradient', () => {
		fc.assert(
			fc.property(shapes, ({ seed, N, M, beta, weight }) => {
				const rbm = randomRbm(seed, N, M, weight, 0.7);
				const next = uniforms(seed + 1);
				const at = Float64Array.from({ length: N + M }, () => 0.1 + 0.8 * next());
				for (const closure of five(rbm, beta)) {
					expect(closure.size).toBe(N + M);
					expect(closure.beta).toBe(beta);
					const gradient = closure.gradient(at);
					const hessian = closure.hessian(at);
					for (let k = 0; k < N + M; k++) {
						const numeric = slope((s) => closure.potential(s), at, k);
						expect(Math.abs(gradient[k] - numeric)).toBeLessThan(1e-5 * Math.max(1, Math.abs(numeric)));
						for (let l = 0; l < N + M; l++) {
							const second = slope((s) => closure.gradient(s)[l], at, k);
							const entry = hessian[k * (N + M) + l];
							expect(Math.abs(entry - second)).toBeLessThan(1e-5 * Math.max(1, Math.abs(second)));
							expect(entry).toBeCloseTo(hessian[l * (N + M) + k], 12);
						}
					}
				}
			}),
			{ seed: 51, numRuns: 40 }
		);
	});

	it('has minima where the gradient vanishes and no curvature is negative, lowest first', () => {
		fc.assert(
			fc.property(shapes, ({ seed, N, M, beta, weight }) => {
				for (const closure of five(randomRbm(seed, N, M, weight, 0.7), beta)) {
					const minima = closure.minima();
					if (closure.name === 'gaussian' && !closure.validity.valid) {
						expect(minima).toEqual([]);
						continue;
					}
					expect(minima.length).toBeGreaterThan(0);
					minima.forEach(({ at, value }, k) => {
						expect(value).toBeCloseTo(closure.potential(at), 10);
						expect(gap(closure.gradient(at), new Float64Array(N + M))).toBeLessThan(1e-8);
						expect(closure.modes(at)[0].curvature).toBeGreaterThan(-1e-6);
						if (k > 0) expect(value).toBeGreaterThanOrEqual(minima[k - 1].value);
						if (k > 0) expect(gap(at, minima[k - 1].at)).toBeGreaterThan(1e-7);
					});
					expect(minima[0].at).toEqual(closure.minima()[0].at);
				}
			}),
			{ seed: 52, numRuns: 40 }
		);
	});

	it('has N+M orthonormal normal modes, κ rising, ω = κ/2, which diagonalise the Hessian', () => {
		fc.assert(
			fc.property(shapes, ({ seed, N, M, beta, weight }) => {
				const n = N + M;
				for (const closure of five(randomRbm(seed, N, M, weight, 0.7), beta)) {
					const at = closure.minima()[0]?.at ?? new Float64Array(n).fill(0.5);
					const modes = closure.modes(at);
					const hessian = closure.hessian(at);
					expect(modes.length).toBe(n);
					expect(
						gap(
							curvatures(closure, at),
							modes.map((m) => m.curvature)
						)
					).toBe(0);
					modes.forEach((mode, p) => {
						expect(mode.frequency).toBe(mode.curvature / 2);
						if (p > 0) expect(mode.curvature).toBeGreaterThanOrEqual(modes[p - 1].curvature);
						modes.forEach((other, q) => {
							let between = 0;
							let overlap = 0;
							for (let i = 0; i < n; i++) {
								overlap += mode.shape[i] * other.shape[i];
								for (let j = 0; j < n; j++) between += mode.shape[i] * hessian[i * n + j] * other.shape[j];
							}
							expect(overlap).toBeCloseTo(p === q ? 1 : 0, 9);
							const scale = Math.max(1, modes[n - 1].curvature);
							expect(Math.abs(between - (p === q ? mode.curvature : 0))).toBeLessThan(1e-8 * scale);
						});
					});
				}
			}),
			{ seed: 53, numRuns: 30 }
		);
	});
});

describe('gaussian', () => {
	it('has κ = 4+βλ, 4−βλ and 4, named stiff, soft and free', () => {
		for (const [N, M] of [
			[5, 3],
			[3, 5],
			[4, 4]
		]) {
			const rbm = randomRbm(N, N, M, 1, 0.5);
			const { singularValues } = reciprocalFrame(rbm);
			const modes = gaussianClosure(rbm, 0.9).modes();
			for (const kind of ['stiff', 'soft', 'free'] as const)
				for (const mode of modes.filter((m) => m.kind === kind)) {
					const lambda = kind === 'free' ? 0 : singularValues[mode.singular as number];
					const sign = { stiff: 1, soft: -1, free: 0 }[kind];
					expect(mode.curvature).toBeCloseTo(4 + sign * 0.9 * lambda, 12);
				}
			expect(modes.filter((m) => m.kind === 'free').length).toBe(Math.abs(N - M));
			expect(modes.filter((m) => m.kind === 'soft').length).toBe(Math.min(N, M));
		}
	});

	it('integrates to its estimate of Z, and knows where it stops', () => {
		const rbm = randomRbm(3, 4, 3, 0.6, 0.8);
		const closure = gaussianClosure(rbm, 1.1);
		const [{ at, value }] = closure.minima();
		const integral = quadraticLnZ(7, closure.hessian(at), new Float64Array(7), value);
		expect(integral).toBeCloseTo(lnZGaussian(rbm, 1.1) as number, 10);
		expect(closure.validity.valid).toBe(true);
		const unstable = gaussianClosure(spectrumRbm(1, 4, 3, [4.5, 1]), 1);
		expect(unstable.validity).toMatchObject({ valid: false });
		expect(unstable.validity.reason).toContain('4.5');
		expect(unstable.minima()).toEqual([]);
		expect(lnZGaussian(spectrumRbm(1, 4, 3, [4.5, 1]), 1)).toBeNull();
		expect(lnZGaussian(spectrumRbm(1, 4, 3, [3.99, 1]), 1)).not.toBeNull();
		expect(unstable.modes()[0].curvature).toBeCloseTo(-0.5, 12);
	});

	it('has no force at the centre for balanced biases, and a₀ + ½W1 otherwise', () => {
		expect(gap(gaussianField(randomBalanced(7, 4, 3)), new Float64Array(7))).toBeLessThan(1e-14);
		const rbm = makeRbm({
			N: 1,
			M: 2,
			weights: Float64Array.of(2, 4),
			visibleBias: Float64Array.of(0.5),
			hiddenBias: Float64Array.of(-1, 7)
		});
		expect(Array.from(gaussianField(rbm))).toEqual([3.5, 0, 9]);
	});
});

describe('entropic', () => {
	it('is the naive mean field: m = σ(β(a₀+Wm_h)), σ(β(b₀+Wᵀm_v)), K = diag(1/(m(1−m))) + βJ', () => {
		const rbm = randomRbm(11, 4, 3, 1, 0.8);
		const beta = 1.3;
		const closure = entropicClosure(rbm, beta);
		const m = closure.minima()[0].at;
		for (let i = 0; i < 4; i++) {
			let field = rbm.visibleBias[i];
			for (let j = 0; j < 3; j++) field += rbm.weights[i * 3 + j] * m[4 + j];
			expect(m[i]).toBeCloseTo(1 / (1 + Math.exp(-beta * field)), 13);
		}
		for (let j = 0; j < 3; j++) {
			let field = rbm.hiddenBias[j];
			for (let i = 0; i < 4; i++) field += rbm.weights[i * 3 + j] * m[i];
			expect(m[4 + j]).toBeCloseTo(1 / (1 + Math.exp(-beta * field)), 13);
		}
		const expected = couplingMatrix(rbm).map((e) => beta * e);
		for (let k = 0; k < 7; k++) expected[k * 7 + k] += 1 / (m[k] * (1 - m[k]));
		expect(gap(closure.hessian(m), expected)).toBeLessThan(1e-11);
	});

	it('is exact without couplings, and infinite off the cube', () => {
		const rbm = randomRbm(12, 3, 4, 0, 1.5);
		const closure = entropicClosure(rbm, 1.7);
		expect(-closure.minima()[0].value).toBeCloseTo(lnZ(rbm, 1.7), 12);
		const exact = moments(rbm, 1.7);
		expect(gap(closure.minima()[0].at, [...exact.meanV, ...exact.meanH])).toBeLessThan(1e-13);
		expect(closure.potential(Float64Array.of(1.1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5))).toBe(Infinity);
		expect(closure.potential(Float64Array.of(0.5, -0.1, 0.5, 0.5, 0.5, 0.5, 0.5))).toBe(Infinity);
		expect(Number.isFinite(closure.potential(Float64Array.of(0, 1, 0.5, 0, 1, 1, 0)))).toBe(true);
	});

	it('bounds ln Z from below (Gibbs–Bogoliubov) at every minimum', () => {
		fc.assert(
			fc.property(shapes, ({ seed, N, M, beta }) => {
				const rbm = randomRbm(seed, N, M, 1.5, 1);
				for (const { value } of entropicClosure(rbm, beta).minima())
					expect(-value).toBeLessThanOrEqual(lnZ(rbm, beta) + 1e-10);
			}),
			{ seed: 54, numRuns: 60 }
		);
	});

	it('at the symmetric point has the gaussian curvatures', () => {
		const rbm = randomBalanced(13, 5, 3, 0.5);
		const half = new Float64Array(8).fill(0.5);
		expect(gap(curvatures(entropicClosure(rbm, 1), half), curvatures(gaussianClosure(rbm, 1)))).toBeLessThan(
			1e-12
		);
	});
});

describe('fitted', () => {
	it('takes C from enumeration: the covariance of the joint distribution', () => {
		for (const [N, M] of [
			[3, 2],
			[2, 4],
			[3, 3]
		]) {
			const rbm = randomRbm(N * 10 + M, N, M, 1, 0.7);
			const n = N + M;
			const { mean, covariance } = exactCovariance(rbm, 1.2);
			const p = jointDistribution(rbm, 1.2);
			const bit = (s: number, k: number) => (s >> k) & 1;
			for (let i = 0; i < n; i++) {
				expect(mean[i]).toBeCloseTo(
					p.reduce((sum, e, s) => sum + e * bit(s, i), 0),
					12
				);
				for (let j = 0; j < n; j++) {
					const both = p.reduce((sum, e, s) => sum + e * bit(s, i) * bit(s, j), 0);
					expect(covariance[i * n + j]).toBeCloseTo(both - mean[i] * mean[j], 12);
				}
			}
		}
	});

	it('has curvatures 1/variance, C^{−1} as Hessian, and k = C^{−1} − βJ', () => {
		const rbm = randomRbm(21, 4, 3, 0.8, 0.5);
		const { mean, covariance } = exactCovariance(rbm, 1.1);
		const closure = fittedClosure(rbm, 1.1, mean, covariance);
		const inverse = symEigen(7, covariance)
			.values.map((c) => 1 / c)
			.reverse();
		expect(gap(curvatures(closure), inverse)).toBeLessThan(1e-9);
		expect(gap(symEigen(7, closure.hessian(mean)).values, inverse)).toBeLessThan(1e-8);
		const j = couplingMatrix(rbm);
		const k = closure.constraintHessian();
		expect(
			gap(
				k,
				closure.hessian(mean).map((e, i) => e - 1.1 * j[i])
			)
		).toBe(0);
		// without couplings the constraint is the units' own variance
		const free = randomRbm(22, 3, 3, 0, 0.5);
		const own = exactCovariance(free, 1);
		const diagonal = fittedClosure(free, 1, own.mean, own.covariance).constraintHessian();
		for (let i = 0; i < 6; i++) expect(diagonal[i * 7]).toBeCloseTo(1 / (own.mean[i] * (1 - own.mean[i])), 9);
	});

	it('is a normalised Gaussian about the mean', () => {
		const rbm = randomRbm(23, 2, 2, 1, 0.5);
		const { mean, covariance } = exactCovariance(rbm, 1);
		const closure = fittedClosure(rbm, 1, mean, covariance);
		expect(
			quadraticLnZ(4, closure.hessian(mean), new Float64Array(4), closure.minima()[0].value)
		).toBeCloseTo(0, 10);
		expect(gap(closure.minima()[0].at, mean)).toBe(0);
	});

	it('refuses a singular covariance and distrusts few samples', () => {
		const rbm = randomRbm(24, 2, 2);
		const { mean, covariance } = exactCovariance(rbm, 1);
		const singular = covariance.map((c, k) => (k % 4 === 0 || k < 4 ? 0 : c));
		expect(() => fittedClosure(rbm, 1, mean, singular)).toThrow(/positive definite/);
		expect(() => fittedClosure(rbm, 1, mean, covariance.slice(1))).toThrow(/entries/);
		expect(() => fittedClosure(rbm, 1, mean.slice(1), covariance)).toThrow(/entries/);
		expect(fittedClosure(rbm, 1, mean, covariance, 4).validity.valid).toBe(false);
		expect(fittedClosure(rbm, 1, mean, covariance, 5).validity.valid).toBe(true);
	});

	it('enumerates up to min(N,M) = 20 and no further', () => {
		const size = (N: number, M: number) => randomRbm(1, N, M, 0.1);
		expect(canEnumerateCovariance(size(20, 25))).toBe(true);
		expect(canEnumerateCovariance(size(21, 21))).toBe(false);
		expect(canEnumerateCovariance(size(400, 16))).toBe(false);
		expect(() => exactCovariance(size(21, 21), 1)).toThrow();
	});
});

describe('smoothed', () => {
	it('integrates to Z exactly, at any σ', () => {
		const rbm = randomRbm(31, 1, 1, 1.5, 0.6);
		for (const sigma2 of [0.05, 0.2, 0.4]) {
			const closure = smoothedClosure(rbm, 1.2, sigma2);
			// trapezium rule on a wide square: exact to rounding for a sum of Gaussians of this width
			let sum = 0;
			const h = 0.05;
			for (let x = -6; x <= 7; x += h)
				for (let y = -6; y <= 7; y += h) sum += h * h * Math.exp(-closure.potential(Float64Array.of(x, y)));
			expect(Math.log(sum)).toBeCloseTo(lnZ(rbm, 1.2), 9);
		}
	});

	it('has every vertex as a minimum when σ is small, all 2^{N+M} of them', () => {
		const closure = smoothedClosure(randomRbm(32, 2, 2, 0.5, 0.3), 1, 0.02);
		expect(closure.minima().length).toBe(16);
		expect(closure.validity.reason).toContain('0.1');
		// lowest where the energy is lowest
		const rbm = closure.lift.rbm;
		const nearest = Array.from(closure.minima()[0].at, (e) => (e > 0.5 ? 1 : 0));
		let best = -1;
		let least = Infinity;
		jointDistribution(rbm, 1).forEach((p, s) => {
			if (-p < least) [least, best] = [-p, s];
		});
		expect(nearest).toEqual(Array.from({ length: 4 }, (_, k) => (best >> k) & 1));
	});

	it('has one minimum when σ is large', () => {
		const closure = smoothedClosure(randomBalanced(33, 3, 2, 0.2), 1, 0.6);
		expect(closure.minima().length).toBe(1);
		expect(gap(closure.minima()[0].at, new Float64Array(5).fill(0.5))).toBeLessThan(1e-12);
		// there κ = 1/(σ²(1∓βσ²λ)) − 1/(4σ⁴)
		const { singularValues } = reciprocalFrame(closure.lift.rbm);
		const expected = [0, ...singularValues, ...singularValues.map((l) => -l)]
			.map((j) => 1 / (0.6 * (1 - 0.6 * j)) - 1 / (4 * 0.36))
			.sort((a, b) => a - b);
		expect(gap(curvatures(closure), expected)).toBeLessThan(1e-10);
	});

	it('takes σ² = min(¼, 0.9/(βλ_max)) by itself and refuses βσ²λ_max ≥ 1', () => {
		const rbm = spectrumRbm(34, 3, 3, [5, 1]);
		expect(smoothedClosure(rbm, 1).lift.sigma2).toBeCloseTo(defaultSigma2(1, 5), 12);
		expect(smoothedClosure(rbm, 1).lift.sigma2).toBeCloseTo(0.18, 12);
		expect(smoothedClosure(rbm, 0.2).lift.sigma2).toBe(0.25);
		expect(() => smoothedClosure(rbm, 1, 0.21)).toThrow(LiftBoundError);
	});

	it('settles for one minimum above 400 units, a true one', () => {
		const closure = smoothedClosure(randomRbm(35, 402, 3, 0.1, 0.4), 1);
		const minima = closure.minima();
		expect(minima.length).toBe(1);
		expect(gap(closure.gradient(minima[0].at), new Float64Array(405))).toBeLessThan(1e-10);
	});

	it('has the oscillator rates of the theory’s table at σ² = ¼', () => {
		// D/Var(w) of the lift oscillator: 1.20, .67, .29, .105 at λ = 1, 2, 3, 3.6
		const found = liftOscillatorCurvatures([1, 2, 3, 3.6], 1, 0.25).map((c) => c.soft as number);
		expect(gap(found, [6 / 5, 2 / 3, 2 / 7, 2 / 19])).toBeLessThan(1e-12);
		expect(found.map((c) => Number(c.toPrecision(2)))).toEqual([1.2, 0.67, 0.29, 0.11]);
		expect(liftOscillatorCurvatures([4], 1, 0.1)[0].soft).toBeNull();
		// σ → 0 gives back D(4 ∓ βλ)
		const [small] = liftOscillatorCurvatures([1.5], 2, 1e-12);
		expect(small.soft).toBeCloseTo(1, 9);
		expect(small.stiff).toBeCloseTo(7, 8);
	});
});

describe('curvaturesByClosure', () => {
	it('lists N+M rising numbers per closure, null where there is none', () => {
		const rbm = randomRbm(41, 4, 2, 1, 0.4);
		const all = curvaturesByClosure(rbm, 1, 0.1);
		const expected = five(rbm, 1).map((c) => c.name);
		expect(Object.keys(all)).toEqual(expected);
		for (const list of Object.values(all)) {
			expect(list?.length).toBe(6);
			expect(list).toEqual([...(list as number[])].sort((a, b) => a - b));
		}
		expect(gap(all.smoothed as number[], curvatures(smoothedClosure(rbm, 1, 0.1)))).toBe(0);
		expect(gap(all.tap as number[], curvatures(tapClosure(rbm, 1)))).toBe(0);
		expect(curvaturesByClosure(rbm, 1, 5).smoothed).toBeNull();
		const none = curvaturesByClosure(rbm, 0);
		expect(none.smoothed).toBeNull();
		expect(gap(none.gaussian as number[], new Float64Array(6).fill(4))).toBe(0);
		expect(gap(none.fitted as number[], new Float64Array(6).fill(4))).toBeLessThan(1e-12);
	});

	it('keeps negative gaussian curvatures, and drops fitted ones where C is singular or out of reach', () => {
		const strong = curvaturesByClosure(spectrumRbm(5, 3, 2, [6, 1]), 1);
		expect((strong.gaussian as number[])[0]).toBeCloseTo(-2, 12);
		expect((strong.entropic as number[])[0]).toBeGreaterThan(0);
		const pinned = randomRbm(42, 2, 2, 0.1, 0.1);
		pinned.visibleBias[0] = 60;
		expect(curvaturesByClosure(pinned, 1).fitted).toBeNull();
		expect(curvaturesByClosure(randomRbm(43, 21, 21, 0.05), 1).fitted).toBeNull();
	});

	it('does not depend on which layer is called visible', () => {
		const rbm = randomRbm(44, 4, 3, 0.9, 0.6);
		const there = curvaturesByClosure(rbm, 1.2);
		const back = curvaturesByClosure(swapLayers(rbm), 1.2);
		for (const name of ['gaussian', 'entropic', 'tap', 'fitted', 'smoothed'] as const)
			expect(gap(there[name] as number[], back[name] as number[])).toBeLessThan(1e-8);
	});
});

describe('modes of a Hessian', () => {
	it('in the mode frame are RᵀHR: diagonal 4±βλ for the gaussian closure', () => {
		const rbm = randomRbm(61, 3, 5, 1, 0.3);
		const frame = reciprocalFrame(rbm);
		const turned = modeFrameHessian(frame, gaussianClosure(rbm, 0.8).hessian(new Float64Array(8)));
		for (let i = 0; i < 8; i++)
			for (let j = 0; j < 8; j++) {
				const lambda = i < 6 ? frame.singularValues[i % 3] * (i < 3 ? 1 : -1) : 0;
				expect(turned[i * 8 + j]).toBeCloseTo(i === j ? 4 + 0.8 * lambda : 0, 12);
			}
		// coupled in general: the entropic closure with biases has off-diagonal k
		const entropic = entropicClosure(rbm, 0.8);
		const coupled = modeFrameHessian(frame, entropic.hessian(entropic.minima()[0].at));
		let off = 0;
		for (let i = 0; i < 8; i++) for (let j = 0; j < i; j++) off = Math.max(off, Math.abs(coupled[i * 8 + j]));
		expect(off).toBeGreaterThan(0.01);
		expect(gap(oscillatorsOf(8, coupled).curvatures, curvatures(entropic))).toBeLessThan(1e-10);
	});

	it('gives each singular value one stiff and one soft mode, equal ones included', () => {
		const rbm = spectrumRbm(64, 6, 4, [2, 0.5, 0.5, 0.5]);
		// a Hessian that mixes a little: 4 + βJ with one unit stiffened
		const hessian = gaussianClosure(rbm, 1).hessian(new Float64Array(10));
		hessian[0] += 0.05;
		const modes = normalModes(reciprocalFrame(rbm), hessian);
		for (const kind of ['stiff', 'soft'] as const) {
			const own = modes.filter((m) => m.kind === kind);
			expect(own.map((m) => m.singular).sort()).toEqual([0, 1, 2, 3]);
			const first = own.find((m) => m.singular === 0);
			expect(first?.curvature).toBeCloseTo(kind === 'stiff' ? 6 : 2, 1);
		}
		expect(modes.filter((m) => m.kind === 'free').every((m) => m.singular === null)).toBe(true);
		expect(modes.every((m) => m.overlap > 0.9)).toBe(true);
	});

	it('names a mode mixed when no kind of direction holds more than half', () => {
		const rbm = randomRbm(62, 2, 2, 0, 0.1);
		const modes = normalModes(
			reciprocalFrame(rbm),
			Float64Array.of(1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 4)
		);
		// W = 0: a single unit is half stiff, half soft
		for (const mode of modes) expect(mode).toMatchObject({ kind: 'mixed', singular: null });
		expect(modes[0].overlap).toBeCloseTo(0.5, 12);
	});

	it('keeps soft curvatures exact beside pinned units', () => {
		// a unit pinned by a bias of 45: its curvature is e⁴⁵, past what a dense eigensolver can hold beside 4
		const rbm = randomRbm(63, 3, 2, 0.8, 0.3);
		const pinned = { ...rbm, visibleBias: Float64Array.from([45, rbm.visibleBias[1], rbm.visibleBias[2]]) };
		const found = curvatures(entropicClosure(pinned, 1));
		// the RBM without that unit, its pull on the hidden layer kept as a bias, has the same other modes
		const rest = makeRbm({
			N: 2,
			M: 2,
			weights: rbm.weights.slice(2),
			visibleBias: rbm.visibleBias.slice(1),
			hiddenBias: rbm.hiddenBias.map((b, j) => b + rbm.weights[j])
		});
		expect(gap(found.slice(0, 4), curvatures(entropicClosure(rest, 1)))).toBeLessThan(1e-10);
		expect(found[4]).toBeGreaterThan(1e15);
	});
});
