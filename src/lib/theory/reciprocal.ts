// Reciprocal coordinates: x = Uᵀv and y = Vᵀh from the singular value decomposition of W, and their rotation by
// π/4 into stiff modes u and soft modes w, in which E is a sum over modes (S; theory sections 1 and 2).
import { svd, thinSvd, type ThinSvd } from './linalg.ts';
import { matTVec, matVec } from './linalgProducts.ts';
import type { Rbm } from './rbm.ts';

/** The frame of one RBM: full U (N×N), V (M×M), λ (r = min(N,M), falling) and the rotated biases. */
export interface Frame {
	readonly N: number;
	readonly M: number;
	readonly r: number;
	readonly u: Float64Array;
	readonly v: Float64Array;
	readonly singularValues: Float64Array;
	/** a = Uᵀa₀, N entries */
	readonly a: Float64Array;
	/** b = Vᵀb₀, M entries */
	readonly b: Float64Array;
}

/** Coordinates of both layers: x has N entries, y has M. */
export interface Reciprocal {
	readonly x: Float64Array;
	readonly y: Float64Array;
}

/** The frame of `rbm`. |N−M| columns of the larger of U, V span the free directions, on which W does not act. */
export function reciprocalFrame(rbm: Rbm): Frame {
	const { N, M } = rbm;
	const { u, v, singularValues } = svd(N, M, rbm.weights);
	const a = matTVec(u, N, N, rbm.visibleBias);
	const b = matTVec(v, M, M, rbm.hiddenBias);
	return { N, M, r: Math.min(N, M), u, v, singularValues, a, b };
}

/** x = Uᵀv, y = Vᵀh. */
export function toReciprocal(frame: Frame, visible: Float64Array, hidden: Float64Array): Reciprocal {
	return {
		x: matTVec(frame.u, frame.N, frame.N, visible),
		y: matTVec(frame.v, frame.M, frame.M, hidden)
	};
}

/** v = Ux, h = Vy. */
export function fromReciprocal(
	frame: Frame,
	x: Float64Array,
	y: Float64Array
): { visible: Float64Array; hidden: Float64Array } {
	return { visible: matVec(frame.u, frame.N, frame.N, x), hidden: matVec(frame.v, frame.M, frame.M, y) };
}

/**
 * z = (u₁..u_r, w₁..w_r, rest), N+M entries: u = (x−y)/√2 stiff, w = (x+y)/√2 soft; the rest are the free
 * x_{r+1}..x_N or y_{r+1}..y_M, whichever layer is larger.
 */
export function toModes(frame: Frame, { x, y }: Reciprocal): Float64Array {
	const { N, M, r } = frame;
	const z = new Float64Array(N + M);
	for (let i = 0; i < r; i++) {
		z[i] = (x[i] - y[i]) * Math.SQRT1_2;
		z[r + i] = (x[i] + y[i]) * Math.SQRT1_2;
	}
	z.set((N > M ? x : y).subarray(r), 2 * r);
	return z;
}

/** Inverse of `toModes`. */
export function fromModes(frame: Frame, z: Float64Array): Reciprocal {
	const { N, M, r } = frame;
	const x = new Float64Array(N);
	const y = new Float64Array(M);
	for (let i = 0; i < r; i++) {
		x[i] = (z[r + i] + z[i]) * Math.SQRT1_2;
		y[i] = (z[r + i] - z[i]) * Math.SQRT1_2;
	}
	(N > M ? x : y).set(z.subarray(2 * r), r);
	return { x, y };
}

/** Unit coordinates s = (v,h) to modes z. */
export function unitsToModes(frame: Frame, s: Float64Array): Float64Array {
	return toModes(frame, toReciprocal(frame, s.subarray(0, frame.N), s.subarray(frame.N)));
}

/** Modes z to unit coordinates s = (v,h). */
export function modesToUnits(frame: Frame, z: Float64Array): Float64Array {
	const { x, y } = fromModes(frame, z);
	const { visible, hidden } = fromReciprocal(frame, x, y);
	const s = new Float64Array(frame.N + frame.M);
	s.set(visible);
	s.set(hidden, frame.N);
	return s;
}

/** Eigenvalue of J on each entry of z: +λ on u, −λ on w, 0 on the rest. */
export function modeCouplings(frame: Frame): Float64Array {
	const j = new Float64Array(frame.N + frame.M);
	for (let i = 0; i < frame.r; i++) {
		j[i] = frame.singularValues[i];
		j[frame.r + i] = -frame.singularValues[i];
	}
	return j;
}

/** The biases c = (a₀,b₀) in modes: (a−b)/√2 on u, (a+b)/√2 on w, a or b on the rest. */
export function modeFields(frame: Frame): Float64Array {
	return toModes(frame, { x: frame.a, y: frame.b });
}

/** E = −a·x − b·y − Σλᵢxᵢyᵢ. */
export function energyReciprocal(frame: Frame, { x, y }: Reciprocal): number {
	let e = 0;
	for (let i = 0; i < frame.N; i++) e -= frame.a[i] * x[i];
	for (let j = 0; j < frame.M; j++) e -= frame.b[j] * y[j];
	for (let i = 0; i < frame.r; i++) e -= frame.singularValues[i] * x[i] * y[i];
	return e;
}

/** E = −c·z + ½Σλᵢ(uᵢ²−wᵢ²), c being `modeFields`. */
export function energyModes(frame: Frame, z: Float64Array): number {
	const c = modeFields(frame);
	const j = modeCouplings(frame);
	let e = 0;
	for (let k = 0; k < z.length; k++) e += z[k] * (0.5 * j[k] * z[k] - c[k]);
	return e;
}

/** Eᵢ = −ax − by − λxy of mode i alone (i < r). */
export function modeEnergy(frame: Frame, i: number, x: number, y: number): number {
	return -frame.a[i] * x - frame.b[i] * y - frame.singularValues[i] * x * y;
}

/** The saddle of one mode, x* = −b/λ, y* = −a/λ, E = ab/λ, and the same point in stiff and soft coordinates. */
export interface Saddle {
	readonly x: number;
	readonly y: number;
	readonly stiff: number;
	readonly soft: number;
	readonly energy: number;
}

/** Below this share of the largest λ a mode counts as flat: its saddle has run off to infinity. */
export const SADDLE_CUTOFF = 1e-6;

/** Saddle of each mode i < r; null where λᵢ ≤ 1e-6·λ_max. */
export function saddles(frame: Frame): (Saddle | null)[] {
	return Array.from(frame.singularValues, (lambda, i) => {
		if (!(lambda > SADDLE_CUTOFF * frame.singularValues[0])) return null;
		const x = -frame.b[i] / lambda;
		const y = -frame.a[i] / lambda;
		return {
			x,
			y,
			stiff: (x - y) * Math.SQRT1_2,
			soft: (x + y) * Math.SQRT1_2,
			energy: (frame.a[i] * frame.b[i]) / lambda
		};
	});
}

/** Eᵢ about its saddle: (λ/2)(δu²−δw²) + ab/λ with δ measured from the saddle. */
export function modeEnergyAboutSaddle(
	frame: Frame,
	i: number,
	saddle: Saddle,
	stiff: number,
	soft: number
): number {
	const du = stiff - saddle.stiff;
	const dw = soft - saddle.soft;
	return 0.5 * frame.singularValues[i] * (du * du - dw * dw) + saddle.energy;
}

/** J = [[0,−W],[−Wᵀ,0]] as an (N+M)² row-major matrix, so that E(s) = −c·s + ½sᵀJs. */
export function couplingMatrix(rbm: Rbm): Float64Array {
	const { N, M } = rbm;
	const n = N + M;
	const j = new Float64Array(n * n);
	for (let i = 0; i < N; i++)
		for (let k = 0; k < M; k++) j[i * n + N + k] = j[(N + k) * n + i] = -rbm.weights[i * M + k];
	return j;
}

/** The thin decomposition that `functionOfCoupling` works with. */
export function couplingModes(rbm: Rbm): ThinSvd {
	return thinSvd(rbm.N, rbm.M, rbm.weights);
}

/**
 * f(J)·s in unit coordinates for any function f of J's eigenvalues, in O(r(N+M)): f(+λ) acts on stiff modes,
 * f(−λ) on soft ones, f(0) on the rest. s has N+M entries.
 */
export function functionOfCoupling(modes: ThinSvd, f: (j: number) => number, s: Float64Array): Float64Array {
	const { rows: N, cols: M, u, v, singularValues } = modes;
	const r = singularValues.length;
	const f0 = f(0);
	const out = s.map((e) => f0 * e);
	const x = matTVec(u, N, r, s.subarray(0, N));
	const y = matTVec(v, M, r, s.subarray(N));
	for (let i = 0; i < r; i++) {
		const stiff = (f(singularValues[i]) - f0) * (x[i] - y[i]) * 0.5;
		const soft = (f(-singularValues[i]) - f0) * (x[i] + y[i]) * 0.5;
		x[i] = soft + stiff;
		y[i] = soft - stiff;
	}
	const dv = matVec(u, N, r, x);
	const dh = matVec(v, M, r, y);
	for (let i = 0; i < N; i++) out[i] += dv[i];
	for (let j = 0; j < M; j++) out[N + j] += dh[j];
	return out;
}
