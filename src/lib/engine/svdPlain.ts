// Singular value decomposition in plain code, for the rare place without WebAssembly SIMD: one-sided Jacobi (Hestenes)
// in float64. Slow beyond a hundred columns, right for any matrix.

/** Aᵀ by rows, then (A·V)ᵀ; Vᵀ by rows; lengths of A·V's columns. */
interface Turned {
	readonly columns: Float64Array;
	readonly v: Float64Array;
	readonly lengths: Float64Array;
}

const MAX_SWEEPS = 60;

function dot(n: number, x: Float64Array, a: number, y: Float64Array, b: number): number {
	let sum = 0;
	for (let i = 0; i < n; i++) sum += x[a + i] * y[b + i];
	return sum;
}

function rotate(n: number, x: Float64Array, a: number, b: number, c: number, s: number): void {
	for (let i = 0; i < n; i++) {
		const p = x[a + i];
		const q = x[b + i];
		x[a + i] = c * p - s * q;
		x[b + i] = s * p + c * q;
	}
}

/** Rotates the n columns of length m (stored as rows) until all are orthogonal; what is below `floor` becomes zero. */
function jacobi(m: number, n: number, columns: Float64Array, floor: number): Turned {
	const v = new Float64Array(n * n);
	for (let i = 0; i < n; i++) v[i * n + i] = 1;
	const least = floor * floor * dot(m * n, columns, 0, columns, 0);
	const tolerance = 2 ** -52 * Math.max(2, Math.sqrt(m));
	const squares = new Float64Array(n);
	for (let sweep = 0, turned = true; turned && sweep < MAX_SWEEPS; sweep++) {
		turned = false;
		for (let k = 0; k < n; k++) {
			squares[k] = dot(m, columns, k * m, columns, k * m);
			if (squares[k] > least) continue;
			squares[k] = 0;
			columns.fill(0, k * m, k * m + m);
		}
		for (let p = 0; p < n - 1; p++) {
			for (let q = p + 1; q < n; q++) {
				const g = dot(m, columns, p * m, columns, q * m);
				if (Math.abs(g) <= tolerance * Math.sqrt(squares[p]) * Math.sqrt(squares[q])) continue;
				turned = true;
				const zeta = (squares[q] - squares[p]) / (2 * g);
				const t = Math.sign(zeta || 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
				const c = 1 / Math.sqrt(1 + t * t);
				rotate(m, columns, p * m, q * m, c, c * t);
				rotate(n, v, p * n, q * n, c, c * t);
				squares[p] = dot(m, columns, p * m, columns, p * m);
				squares[q] = dot(m, columns, q * m, columns, q * m);
			}
		}
	}
	return { columns, v, lengths: squares.map(Math.sqrt) };
}

/** Row `k` of q (rows of length m, those before it orthonormal or zero) becomes a unit vector orthogonal to them. */
function fillRow(m: number, k: number, q: Float64Array): void {
	for (let unit = 0; unit < m; unit++) {
		q.fill(0, k * m, k * m + m);
		q[k * m + unit] = 1;
		for (let turn = 0; turn < 2; turn++) {
			for (let j = 0; j < k; j++) {
				const along = dot(m, q, j * m, q, k * m);
				for (let i = 0; i < m; i++) q[k * m + i] -= along * q[j * m + i];
			}
		}
		const length = Math.sqrt(dot(m, q, k * m, q, k * m));
		// Some unit vector keeps a part of at least 1/√m outside the k < m directions there are.
		if (length * Math.sqrt(m) < 0.5) continue;
		for (let i = 0; i < m; i++) q[k * m + i] /= length;
		return;
	}
}

/** A decomposition of a rows×cols matrix by its parts: u rows×r, s r, v cols×r, r = min(rows, cols). */
export interface PlainSvd {
	readonly u: Float64Array;
	readonly s: Float64Array;
	readonly v: Float64Array;
}

/**
 * Decomposes a finite row-major matrix; u and v have orthonormal columns whatever the rank. Singular values up to
 * floor·‖w‖_F are 0. The largest entry of each column on the shorter side is positive.
 */
export function plainSvd(rows: number, cols: number, w: ArrayLike<number>, floor: number): PlainSvd {
	const tall = rows >= cols;
	const [m, n] = tall ? [rows, cols] : [cols, rows];
	let top = 0;
	for (let i = 0; i < m * n; i++) top = Math.max(top, Math.abs(w[i]));
	const columns = new Float64Array(m * n);
	for (let i = 0; i < m; i++)
		for (let j = 0; j < n; j++) columns[j * m + i] = top && w[tall ? i * n + j : j * m + i] / top;
	const turned = jacobi(m, n, columns, floor);
	const order = Array.from(turned.lengths.keys()).sort((i, j) => turned.lengths[j] - turned.lengths[i]);
	const left = new Float64Array(n * m);
	const long = new Float64Array(m * n);
	const short = new Float64Array(n * n);
	const s = new Float64Array(n);
	order.forEach((from, k) => {
		let lead = 0;
		for (const x of turned.v.subarray(from * n, from * n + n)) if (Math.abs(x) > Math.abs(lead)) lead = x;
		const sign = lead < 0 ? -1 : 1;
		const length = turned.lengths[from];
		s[k] = length * top;
		if (length > 0) for (let i = 0; i < m; i++) left[k * m + i] = (sign * columns[from * m + i]) / length;
		else fillRow(m, k, left);
		for (let i = 0; i < m; i++) long[i * n + k] = left[k * m + i];
		for (let i = 0; i < n; i++) short[i * n + k] = sign * turned.v[from * n + i];
	});
	return tall ? { u: long, s, v: short } : { u: short, s, v: long };
}
