// Linear algebra for theory/: dense, real, float64, row-major flat arrays. This file is what the rest of theory/
// calls; the two iterative kernels behind it are linalgJacobi.ts (singular values) and linalgTridiagonal.ts
// (symmetric eigenproblem).
import { completeBasis, jacobiColumns, orthonormalise } from './linalgJacobi.ts';
import { identity, matMul, powerOfTwoScale, transpose } from './linalgProducts.ts';
import { tridiagonalEigen } from './linalgTridiagonal.ts';

/** W = U·diag(s)·Vᵀ with full orthogonal U (rows×rows) and V (cols×cols); s has min(rows,cols) entries, falling. */
export interface Svd {
	readonly rows: number;
	readonly cols: number;
	readonly u: Float64Array;
	readonly singularValues: Float64Array;
	readonly v: Float64Array;
}

/** As `Svd`, but u is rows×r and v is cols×r with r = min(rows,cols): the free directions are left out. */
export type ThinSvd = Svd;

/** A·vectors = vectors·diag(values); `vectors` is n×n row-major with the eigenvectors as columns. */
export interface SymEigen {
	readonly values: Float64Array;
	readonly vectors: Float64Array;
}

/** Thrown for NaN or infinite entries and for arrays whose length does not fit the stated shape. */
export class MatrixError extends Error {
	override name = 'MatrixError';
}

function check(what: string, rows: number, cols: number, a: Float64Array): void {
	if (!Number.isInteger(rows) || !Number.isInteger(cols) || rows < 0 || cols < 0)
		throw new MatrixError(`${what}: shape ${rows}×${cols} is not made of whole numbers`);
	if (a.length !== rows * cols)
		throw new MatrixError(`${what}: ${a.length} entries do not fill a ${rows}×${cols} matrix`);
	for (let i = 0; i < a.length; i++)
		if (!Number.isFinite(a[i])) throw new MatrixError(`${what}: entry ${i} is ${a[i]}`);
}

/** Up to this many columns the Jacobi sweeps start from the matrix itself, which keeps tiny singular values exact. */
const DIRECT = 32;

/** The tall case: `w` is rows×cols with rows ≥ cols. */
function tallThin(rows: number, cols: number, w: Float64Array): ThinSvd {
	const scale = powerOfTwoScale(w);
	const scaled = w.map((x) => x * scale[0] * scale[1]);
	// Columns are kept as rows of contiguous memory: `a` holds (W·V)ᵀ and `vt` holds Vᵀ.
	let vt = identity(cols);
	let a = transpose(scaled, rows, cols);
	if (cols > DIRECT) {
		// V from WᵀW is right to √ε at worst; the Jacobi sweeps that follow repair it in two or three rounds.
		const gram = matMul(a, cols, rows, scaled, cols);
		vt = orthonormalise(cols, tridiagonalEigen(cols, gram).vectorRows);
		a = matMul(vt, cols, cols, a, rows);
	}
	const norms = jacobiColumns(cols, rows, a, vt, cols > DIRECT ? Number.EPSILON : 0);
	const order = Array.from(norms.keys()).sort((i, j) => norms[j] - norms[i] || i - j);
	const u = new Float64Array(rows * cols);
	const v = new Float64Array(cols * cols);
	const s = new Float64Array(cols);
	let rank = 0;
	for (let k = 0; k < cols; k++) {
		const from = order[k];
		const norm = norms[from];
		const sign = signOfLargest(vt, from * cols, cols);
		for (let i = 0; i < cols; i++) v[i * cols + k] = sign * vt[from * cols + i];
		if (norm === 0) continue;
		rank = k + 1;
		for (let i = 0; i < rows; i++) u[i * cols + k] = (sign * a[from * rows + i]) / norm;
		s[k] = norm / scale[0] / scale[1];
	}
	completeBasis(rows, cols, rank, u);
	return { rows, cols, u, singularValues: s, v };
}

/** Sign of the entry of largest modulus (the first of equals) among `n` from `at`: a convention for columns. */
function signOfLargest(x: Float64Array, at: number, n: number): number {
	let lead = 0;
	for (let i = at; i < at + n; i++) if (Math.abs(x[i]) > Math.abs(lead) * (1 + 1e-9)) lead = x[i];
	return lead < 0 ? -1 : 1;
}

function swap(t: ThinSvd): ThinSvd {
	return { rows: t.cols, cols: t.rows, u: t.v, singularValues: t.singularValues, v: t.u };
}

/**
 * Thin singular value decomposition of the rows×cols row-major matrix `w`: one-sided Jacobi, started from the
 * eigenvectors of WᵀW when there are more than 32 columns (values below 2⁻⁵²·‖W‖ then come back as 0).
 * ‖UΣVᵀ−W‖ ≤ 1e-13·‖W‖ and the same for orthogonality, rank-deficient and zero matrices included.
 * Column signs: the largest entry of each column of V (of U, when the matrix is wide) is positive.
 * @throws MatrixError on NaN, infinity or a length that does not fit.
 */
export function thinSvd(rows: number, cols: number, w: Float64Array): ThinSvd {
	check('thinSvd', rows, cols, w);
	if (rows >= cols) return tallThin(rows, cols, w);
	return swap(tallThin(cols, rows, transpose(w, rows, cols)));
}

/**
 * `thinSvd` whose column signs follow those of `previous`, the decomposition of a nearby matrix of the same shape
 * (the last training step), so that drawn modes do not flip. A start for the iteration itself was tried and is
 * slower than starting afresh (784×500: 1.3 s against 1.0 s), so only the signs are taken over.
 * @throws MatrixError as `thinSvd`, and when the shapes differ.
 */
export function thinSvdFrom(rows: number, cols: number, w: Float64Array, previous: ThinSvd): ThinSvd {
	if (previous.rows !== rows || previous.cols !== cols)
		throw new MatrixError(`thinSvdFrom: previous is ${previous.rows}×${previous.cols}, not ${rows}×${cols}`);
	const t = thinSvd(rows, cols, w);
	const r = Math.min(rows, cols);
	for (let k = 0; k < r; k++) {
		let along = 0;
		for (let i = 0; i < cols; i++) along += t.v[i * r + k] * previous.v[i * r + k];
		for (let i = 0; i < rows; i++) along += t.u[i * r + k] * previous.u[i * r + k];
		if (along >= 0) continue;
		for (let i = 0; i < cols; i++) t.v[i * r + k] *= -1;
		for (let i = 0; i < rows; i++) t.u[i * r + k] *= -1;
	}
	return t;
}

/**
 * Full singular value decomposition: U is rows×rows and V cols×cols, both orthogonal, so that the columns past
 * min(rows,cols) span the free directions. Accuracy and errors as `thinSvd`.
 */
export function svd(rows: number, cols: number, w: Float64Array): Svd {
	const t = thinSvd(rows, cols, w);
	const r = Math.min(rows, cols);
	return { ...t, u: widen(rows, r, t.u), v: widen(cols, r, t.v) };
}

/** Orthonormal n×r columns completed to an n×n orthogonal matrix. */
function widen(n: number, r: number, q: Float64Array): Float64Array {
	if (n === r) return q;
	const full = new Float64Array(n * n);
	for (let i = 0; i < n; i++) for (let j = 0; j < r; j++) full[i * n + j] = q[i * r + j];
	completeBasis(n, n, r, full);
	return full;
}

/**
 * All eigenvalues (rising) and orthonormal eigenvectors (columns) of a symmetric n×n matrix; only the lower
 * triangle is read. Householder tridiagonalisation and implicit QL; ‖AV−VΛ‖ of order n·ε·‖A‖.
 * @throws MatrixError on NaN, infinity or a wrong length.
 */
export function symEigen(n: number, a: Float64Array): SymEigen {
	check('symEigen', n, n, a);
	const scale = powerOfTwoScale(a);
	const { values, vectorRows } = tridiagonalEigen(
		n,
		a.map((x) => x * scale[0] * scale[1])
	);
	return { values: values.map((x) => x / scale[0] / scale[1]), vectors: transpose(vectorRows, n, n) };
}
