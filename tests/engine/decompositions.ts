// Matrices that a decomposition finds hard, and how far a result is from what it should be.
import { matMul, norm2, transpose } from '../../src/lib/theory/linalgProducts';
import { thinSvd } from '../../src/lib/theory/linalg';
import { gaussians } from './onBackends';

/** Named makers of m×n matrices, row-major, in the range of float32. */
export const matrices: Record<string, (m: number, n: number) => Float32Array> = {
	random: (m, n) => gaussians(m * n, 100 * m + n),
	zero: (m, n) => new Float32Array(m * n),
	'of rank one': (m, n) => {
		const [a, b] = [gaussians(m, 3), gaussians(n, 4)];
		return new Float32Array(m * n).map((_, at) => a[Math.floor(at / n)] * b[at % n]);
	},
	'of rank two, in whole numbers': (m, n) =>
		new Float32Array(m * n).map((_, at) => Math.floor(at / n) * (at % n) + 2 * (at % n) + 1),
	'with columns from 1 to 1e-7': (m, n) =>
		gaussians(m * n, 5).map((x, at) => x * 10 ** ((-7 * (at % n)) / n)),
	'with rows from 1 to 1e-7': (m, n) =>
		gaussians(m * n, 6).map((x, at) => x * 10 ** ((-7 * Math.floor(at / n)) / m)),
	'with entries about 1e30': (m, n) => gaussians(m * n, 7, 1e30),
	'with entries about 1e-30': (m, n) => gaussians(m * n, 8, 1e-30),
	'with equal singular values': (m, n) =>
		new Float32Array(m * n).map((_, at) => (Math.floor(at / n) === at % n ? 3 : 0)),
	// Hadamard's signs: after truncation clusters, where the shape is no power of two
	'of signs': (m, n) =>
		new Float32Array(m * n).map((_, at) => {
			let parity = 0;
			for (let bits = Math.floor(at / n) & (at % n); bits; bits >>= 1) parity ^= bits & 1;
			return 1 - 2 * parity;
		})
};

export interface Parts {
	readonly u: ArrayLike<number>;
	readonly s: ArrayLike<number>;
	readonly v: ArrayLike<number>;
}

/** Largest departures of a decomposition; see `judge`. */
export interface Verdict {
	/** of singular values from theory's, relative to σ_max */
	readonly values: number;
	/** ‖UΣVᵀ − W‖_F/‖W‖_F */
	readonly product: number;
	/** of an entry of UᵀU and VᵀV from the identity's */
	readonly orthogonal: number;
	/** singular values fall and none is negative */
	readonly ordered: boolean;
}

const identityMiss = (q: Float64Array, n: number, r: number): number =>
	matMul(transpose(q, n, r), r, n, q, r).reduce(
		(worst, x, at) => Math.max(worst, Math.abs(x - (Math.floor(at / r) === at % r ? 1 : 0))),
		0
	);

/** Holds a thin decomposition of the m×n matrix `w` to float64: to theory's values, to `w` itself, to orthogonality. */
export function judge(m: number, n: number, w: ArrayLike<number>, parts: Parts): Verdict {
	const r = Math.min(m, n);
	// Away from the ends of float64's range too.
	const top = norm2(Float64Array.from(w)) || 1;
	const scaled = Float64Array.from(w, (x) => x / top);
	const [u, v] = [Float64Array.from(parts.u), Float64Array.from(parts.v)];
	const s = Float64Array.from(parts.s, (x) => x / top);
	const exact = thinSvd(m, n, scaled).singularValues;
	const back = matMul(
		u.map((x, at) => x * s[at % r]),
		m,
		r,
		transpose(v, n, r),
		n
	);
	let values = 0;
	let ordered = s.length === r && u.length === m * r && v.length === n * r;
	for (let k = 0; k < r; k++) {
		values = Math.max(values, Math.abs(s[k] - exact[k]) / (exact[0] || 1));
		ordered &&= s[k] >= 0 && (k === 0 || s[k] <= s[k - 1]);
	}
	return {
		values: s.some(Number.isNaN) ? NaN : values,
		product: norm2(back.map((x, at) => x - scaled[at])),
		orthogonal: Math.max(identityMiss(u, m, r), identityMiss(v, n, r)),
		ordered
	};
}
