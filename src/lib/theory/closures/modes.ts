// Normal modes of a Hessian in unit coordinates, named after the stiff, soft or free direction of W that they follow.
import { symEigen } from '../linalg.ts';
import { unitsToModes, modesToUnits, type Frame } from '../reciprocal.ts';
import type { ModeKind, NormalMode } from './closure.ts';

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
	const bare: BareMode[] = Array.from(values, (curvature, p) => {
		const shape = new Float64Array(n);
		rest.forEach((k, q) => (shape[k] = vectors[q * size + p]));
		return { curvature, shape };
	});
	for (const k of pinned) {
		const shape = new Float64Array(n);
		shape[k] = 1;
		bare.push({ curvature: hessian[k * n + k], shape });
	}
	return nameModes(
		frame,
		bare.sort((a, b) => a.curvature - b.curvature)
	);
}

/** An eigenvalue and its unit vector, before it has a name. */
export interface BareMode {
	readonly curvature: number;
	readonly shape: Float64Array;
}

/**
 * Names orthonormal modes: by the kind of direction that holds more than half of each, and, within stiff and soft, by
 * singular value, the best overlaps first and each singular value once a kind (two modes of one λ stay two).
 */
export function nameModes(frame: Frame, bare: readonly BareMode[]): NormalMode[] {
	const { r } = frame;
	const overlaps = bare.map(({ shape }) => unitsToModes(frame, shape).map((e) => e * e));
	const kinds = overlaps.map((z) => {
		const sum = (from: number, to: number) => z.subarray(from, to).reduce((s, e) => s + e, 0);
		const share = { stiff: sum(0, r), soft: sum(r, 2 * r), free: sum(2 * r, z.length) };
		const kind: ModeKind = (['stiff', 'soft', 'free'] as const).find((k) => share[k] > 0.5 + 1e-9) ?? 'mixed';
		return { kind, overlap: kind === 'mixed' ? Math.max(share.stiff, share.soft, share.free) : share[kind] };
	});
	const singular = new Array<number | null>(bare.length).fill(null);
	for (const [kind, offset] of [
		['stiff', 0],
		['soft', r]
	] as const) {
		const pairs = kinds.flatMap((named, p) =>
			named.kind === kind ? Array.from({ length: r }, (_, i) => ({ p, i, z: overlaps[p][offset + i] })) : []
		);
		const taken = new Set<number>();
		for (const { p, i } of pairs.sort((a, b) => b.z - a.z)) {
			if (singular[p] !== null || taken.has(i)) continue;
			singular[p] = i;
			taken.add(i);
		}
	}
	return bare.map((mode, p) => ({
		...mode,
		frequency: mode.curvature / 2,
		...kinds[p],
		singular: singular[p]
	}));
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
