// The gaussian closure: −ln ρ replaced by that of a Gaussian with the vertices' own mean ½ and covariance ¼I. It is
// what S's Taylor expansion amounts to, and it breaks down at βλ = 4 because nothing of fourth order is left in it.
import { energy, hiddenField, visibleField, type Rbm } from '../rbm.ts';
import { couplingMatrix, modeCouplings, modesToUnits, reciprocalFrame, unitsToModes } from '../reciprocal.ts';
import type { Closure, Minimum, NormalMode } from './closure.ts';
import { modesOfCoupling } from './modes.ts';

/**
 * βU = βE − (N+M)ln 2 + 2|s−½|² + ½(N+M)ln(π/2), so that ∫e^{−βU}ds is the gaussian estimate of Z.
 * κ = 4+βλ on stiff, 4−βλ on soft, 4 on free modes.
 * @param rbm any RBM
 * @param beta inverse temperature, ≥ 0
 */
export function gaussianClosure(rbm: Rbm, beta: number): Closure {
	const { N, M } = rbm;
	const n = N + M;
	const frame = reciprocalFrame(rbm);
	const top = beta * (frame.singularValues[0] ?? 0);
	const constant = n * (0.5 * Math.log(Math.PI / 2) - Math.LN2);
	let modes: NormalMode[] | null = null;
	let minima: Minimum[] | null = null;
	const potential = (at: Float64Array) => {
		let square = 0;
		for (const e of at) square += (e - 0.5) ** 2;
		return beta * energy(rbm, at.subarray(0, N), at.subarray(N)) + 2 * square + constant;
	};
	const gradient = (at: Float64Array) => {
		const v = visibleField(rbm, at.subarray(N));
		const h = hiddenField(rbm, at.subarray(0, N));
		return at.map((e, k) => 4 * (e - 0.5) - beta * (k < N ? v[k] : h[k - N]));
	};
	return {
		name: 'gaussian',
		size: n,
		beta,
		validity:
			top < 4
				? { valid: true, reason: `βλ_max = ${top.toPrecision(4)} is below 4, so every mode is confined.` }
				: {
						valid: false,
						reason: `βλ_max = ${top.toPrecision(4)} is not below 4: the soft mode has no minimum at second order.`
					},
		potential,
		gradient,
		hessian: () => {
			const k = couplingMatrix(rbm).map((e) => beta * e);
			for (let i = 0; i < n; i++) k[i * n + i] += 4;
			return k;
		},
		minima: () => {
			if (!(top < 4)) return [];
			if (!minima) {
				const j = modeCouplings(frame);
				const force = unitsToModes(frame, gaussianField(rbm)).map((g, k) => (beta * g) / (4 + beta * j[k]));
				const at = modesToUnits(frame, force).map((e) => e + 0.5);
				minima = [{ at, value: potential(at) }];
			}
			return minima;
		},
		modes: () => (modes ??= modesOfCoupling(frame, (j) => 4 + beta * j))
	};
}

/** g = c − J·½ = (a₀ + ½W1, b₀ + ½Wᵀ1): the force at the centre of the cube, zero for balanced biases. */
export function gaussianField(rbm: Rbm): Float64Array {
	const { N, M } = rbm;
	const g = new Float64Array(N + M);
	const half = (count: number) => new Float64Array(count).fill(0.5);
	g.set(visibleField(rbm, half(M)));
	g.set(hiddenField(rbm, half(N)), N);
	return g;
}
