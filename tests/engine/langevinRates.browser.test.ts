// How fast the lifted Langevin dynamics forgets the top soft mode, held to measured rates of a 48×32 RBM: λ₁ as given,
// λ₂ = 0.6λ₁, all others 0.3, balanced, β = 1, σ² = ¼. The estimate is the ensemble autocorrelation of independent
// particles that start in the stationary law: block Gibbs, then the exact lift. A correlation ρ of P Gaussian pairs has
// the standard error (1−ρ²)/√P, which makes 1.2 % of the rate here; 5.5 of them (4e-8) are allowed beyond the ten per
// cent to which the published rates are held.
import { concat, type Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { disposeGibbs, gibbsSweep, initGibbs } from '../../src/lib/engine/gibbs';
import {
	disposeLangevin,
	disposeMachine,
	initLangevin,
	langevinStep,
	makeMachine,
	projectModes
} from '../../src/lib/engine/langevin';
import { disposeModel, makeModel } from '../../src/lib/engine/model';
import { normals } from '../../src/lib/random/draw';
import { foldIn, keyFromSeed } from '../../src/lib/random/key';
import { svd } from '../../src/lib/theory/linalg';
import { balanced, makeRbm, type Rbm } from '../../src/lib/theory/rbm';
import { arraysOf, take, use } from './onBackends';
import { couplingOptions } from './langevinParts';

const [N, M] = [48, 32];
const sigma2 = 0.25;
const P = 40_000;
const key = keyFromSeed(48);

/** n×n orthogonal, columns the vectors. */
function rotation(n: number, seed: number): Float64Array {
	return svd(n, n, normals(n * n, foldIn(key, seed))).u;
}

function planted(top: number): { rbm: Rbm; u: Float64Array; v: Float64Array } {
	const [u, v] = [rotation(N, 1), rotation(M, 2)];
	const weights = new Float64Array(N * M);
	for (let m = 0; m < M; m++) {
		const lambda = m === 0 ? top : m === 1 ? 0.6 * top : 0.3;
		for (let i = 0; i < N; i++)
			for (let j = 0; j < M; j++) weights[i * M + j] += lambda * u[i * N + m] * v[j * M + m];
	}
	const biases = { visibleBias: new Float64Array(N), hiddenBias: new Float64Array(M) };
	return {
		rbm: balanced(makeRbm({ N, M, weights, ...biases })),
		u: u.filter((_, at) => at % N === 0),
		v: v.filter((_, at) => at % M === 0)
	};
}

describe('relaxation of a 48×32 RBM on wasm', () => {
	beforeAll(() => use('wasm'));

	it.each([
		[1, 1.11, 1.19],
		[2, 0.7, 0.69],
		[3, 0.34, 0.35]
	])('λ₁ = %f: rate %f, D/Var %f', async (top, rate, inverseVariance) => {
		const { rbm, u, v } = planted(top);
		const model = makeModel(arraysOf(rbm));
		let chains = initGibbs(model, 1, P, foldIn(key, 3));
		// (λ₁/4)² = 0.56 at worst is what a sweep leaves of the top mode
		[chains] = gibbsSweep(model, 1, chains, 60);
		const states = concat([chains.visible, chains.hidden], 1) as Tensor2D;
		disposeGibbs(chains);
		disposeModel(model);
		const options = couplingOptions(rbm, 1);
		const dt = [0, 0.035, 0.04, 0.025][top];
		const machine = makeMachine({ ...options, modes: M, sigma2, dt });
		let state = initLangevin(machine, { particles: P, from: 'lift', states }, foldIn(key, 4));
		states.dispose();
		const soft = async () => {
			const xy = await take(projectModes(state, u, v));
			const centre = (u.reduce((s, e) => s + e, 0) + v.reduce((s, e) => s + e, 0)) / 2;
			return Float64Array.from({ length: P }, (_, p) => (xy[2 * p] + xy[2 * p + 1] - centre) * Math.SQRT1_2);
		};
		const dot = (a: Float64Array, b: Float64Array) => a.reduce((s, e, p) => s + e * b[p], 0) / P;
		const start = await soft();
		[state] = langevinStep(state, machine, Math.round(1.05 / rate / dt));
		const now = await soft();
		const rho = dot(start, now) / Math.sqrt(dot(start, start) * dot(now, now));
		// Euler–Maruyama shrinks a mode of rate κ by 1 − κdt a step.
		const measured = (1 - rho ** (dt / state.time)) / dt;
		const error = (1 - rho ** 2) / (rho * state.time * Math.sqrt(P));
		disposeLangevin(state);
		disposeMachine(machine);
		expect(error / measured).toBeLessThan(0.02);
		expect(Math.abs(measured - rate)).toBeLessThan(0.1 * rate + 5.5 * error);
		// a Gaussian variance has the relative standard error √(2/P) = 0.7 %
		const spread = 1 / dot(start, start);
		expect(Math.abs(spread / inverseVariance - 1)).toBeLessThan(0.1);
		// ρ is a mixture of exponentials whose mean rate is D/Var, so −ln ρ/t never exceeds it but by both errors
		expect(measured).toBeLessThan(spread * (1 + 5.5 * Math.sqrt(2 / P)) + 5.5 * error);
	});
});
