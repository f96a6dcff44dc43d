// Normal modes of a Hessian in unit coordinates, named after the stiff, soft or free direction of W that they follow.
import { symEigen } from '../linalg.ts';
import { unitsToModes, modesToUnits, type Frame } from '../reciprocal.ts';
import type { NormalMode } from './closure.ts';

/** Diagonal entries above this belong to units pinned at 0 or 1; they are split off before diagonalising. */
const PINNED = 1e7;

/**
 * Eigenvalues and named eigenvectors of a symmetric Hessian, rising. Units with a curvature above 1e7 are taken as
 * modes of their own and eliminated from the rest (Schur complement), which keeps the soft curvatures accurate: a
 * plain diagonalisation would lose 1e-16 of the stiffest one.
 * @param frame the RBM's frame, from reciprocal.ts
 * @param hessian (N+M)², row-major, symmetric; a diagonal entry may be Infinity
 */
export function normalModes(frame: Frame, hessian: Float64Array): NormalMode[] {
	const n = frame.N + frame.M;
	const index = Array.from({ length: n }, (_, k) => k);
	const pinned = index.filter((k) => hessian[k * n + k] > PINNED);
	const rest = index.filter((k) => !(hessian[k * n + k] > PINNED));
	const size = rest.length;
	const reduced = new Float64Array(size * size);
	rest.forEach((i, p) =>
		rest.forEach((j, q) => {
			let value = hessian[i * n + j];
			for (const k of pinned) value -= (hessian[i * n + k] * hessian[j * n + k]) / hessian[k * n + k];
			reduced[p * size + q] = value;
		})
	);
	const { values, vectors } = symEigen(size, reduced);
	const modes = Array.from(values, (curvature, p) => {
		const shape = new Float64Array(n);
		rest.forEach((k, q) => (shape[k] = vectors[q * size + p]));
		return nameMode(frame, curvature, shape);
	});
	for (const k of pinned) {
		const shape = new Float64Array(n);
		shape[k] = 1;
		modes.push(nameMode(frame, hessian[k * n + k], shape));
	}
	return modes.sort((a, b) => a.curvature - b.curvature);
}

/** Names a unit vector by the kind of direction that holds more than half of it. */
export function nameMode(frame: Frame, curvature: number, shape: Float64Array): NormalMode {
	const z = unitsToModes(frame, shape).map((e) => e * e);
	const { r } = frame;
	const sum = (from: number, to: number) => z.subarray(from, to).reduce((s, e) => s + e, 0);
	const share = { stiff: sum(0, r), soft: sum(r, 2 * r), free: sum(2 * r, z.length) };
	const base = { curvature, frequency: curvature / 2, shape };
	for (const kind of ['stiff', 'soft', 'free'] as const) {
		if (!(share[kind] > 0.5 + 1e-9)) continue;
		const offset = kind === 'soft' ? r : 0;
		let best = 0;
		for (let i = 1; i < r; i++) if (z[offset + i] > z[offset + best]) best = i;
		return { ...base, kind, singular: kind === 'free' ? null : best, overlap: share[kind] };
	}
	return { ...base, kind: 'mixed', singular: null, overlap: Math.max(share.stiff, share.soft, share.free) };
}

/**
 * The modes of a Hessian that is a function of J, without diagonalising anything: f(+λ) on stiff, f(−λ) on soft,
 * f(0) on free directions, rising.
 * @param frame the RBM's frame
 * @param f curvature as a function of J's eigenvalue
 */
export function modesOfCoupling(frame: Frame, f: (j: number) => number): NormalMode[] {
	const { N, M, r, singularValues } = frame;
	const modes: NormalMode[] = [];
	for (let k = 0; k < N + M; k++) {
		const kind = k < r ? 'stiff' : k < 2 * r ? 'soft' : 'free';
		const singular = kind === 'free' ? null : k % r;
		const lambda = singular === null ? 0 : singularValues[singular];
		const curvature = f(kind === 'soft' ? -lambda : lambda);
		const unit = new Float64Array(N + M);
		unit[k] = 1;
		const shape = modesToUnits(frame, unit);
		modes.push({ curvature, frequency: curvature / 2, kind, singular, overlap: 1, shape });
	}
	return modes.sort((a, b) => a.curvature - b.curvature);
}

/** RᵀHR: a Hessian of unit coordinates in the mode frame z = (u₁..u_r, w₁..w_r, rest), row-major. */
export function modeFrameHessian(frame: Frame, hessian: Float64Array): Float64Array {
	const n = frame.N + frame.M;
	const half = new Float64Array(n * n);
	// rows first: (HR) has the rows of H in modes, and H is symmetric, so the second pass turns the columns
	for (let i = 0; i < n; i++) half.set(unitsToModes(frame, hessian.subarray(i * n, (i + 1) * n)), i * n);
	const out = new Float64Array(n * n);
	const column = new Float64Array(n);
	for (let j = 0; j < n; j++) {
		for (let i = 0; i < n; i++) column[i] = half[i * n + j];
		unitsToModes(frame, column).forEach((e, i) => (out[i * n + j] = e));
	}
	return out;
}
