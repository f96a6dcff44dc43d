// The plain twin of the Svd kernel: one-sided Jacobi in float64, for cpu and wasm. (theory/ has a decomposition of its
// own, which the tests hold this one to.)

const MAX_SWEEPS = 40;
/** Columns shorter than this part of the longest are rounding noise: their singular value is 0. */
const NOISE = 1e-15;

/** Columns of a tall matrix, each followed by its column of V = 1; `length` = rows + columns numbers a column. */
function stack(
	a: ArrayLike<number>,
	at: number,
	rows: number,
	columns: number,
	transposed: boolean
): Float64Array {
	const length = rows + columns;
	const work = new Float64Array(columns * length);
	for (let c = 0; c < columns; c++) {
		for (let i = 0; i < rows; i++)
			work[c * length + i] = a[at + (transposed ? c * rows + i : i * columns + c)];
		work[c * length + rows + c] = 1;
	}
	return work;
}

function dot(work: Float64Array, p: number, q: number, rows: number): number {
	let sum = 0;
	for (let i = 0; i < rows; i++) sum += work[p + i] * work[q + i];
	return sum;
}

/** Rotates columns in pairs until all are orthogonal; the same rotations act on V. */
function orthogonalise(work: Float64Array, rows: number, columns: number): void {
	const length = rows + columns;
	const tolerance = 4 * Number.EPSILON * Math.sqrt(rows);
	for (let sweep = 0, turned = 1; turned && sweep < MAX_SWEEPS; sweep++) {
		turned = 0;
		let longest = 0;
		for (let c = 0; c < columns; c++) longest = Math.max(longest, dot(work, c * length, c * length, rows));
		const floor = longest * NOISE * NOISE;
		for (let p = 0; p < columns - 1; p++) {
			for (let q = p + 1; q < columns; q++) {
				const [x, y] = [p * length, q * length];
				const a = dot(work, x, x, rows);
				const b = dot(work, y, y, rows);
				const g = dot(work, x, y, rows);
				if (a <= floor || b <= floor || Math.abs(g) <= tolerance * Math.sqrt(a) * Math.sqrt(b)) continue;
				turned++;
				const zeta = (b - a) / (2 * g);
				const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
				const s = t / Math.hypot(1, t);
				const h = s / (1 + 1 / Math.hypot(1, t));
				for (let i = 0; i < length; i++) {
					const [u, v] = [work[x + i], work[y + i]];
					work[x + i] = u - s * (v + h * u);
					work[y + i] = v + s * (u - h * v);
				}
			}
		}
	}
}

/** Divides columns by their lengths, in falling order; one without length becomes any unit vector orthogonal to all. */
function leftVectors(
	work: Float64Array,
	rows: number,
	columns: number,
	norms: Float64Array,
	order: number[]
): void {
	const length = rows + columns;
	order.forEach((column, rank) => {
		const at = column * length;
		if (norms[column] > 0) {
			for (let i = 0; i < rows; i++) work[at + i] /= norms[column];
			return;
		}
		// Of the unit axes the one least covered by the vectors before; Gram and Schmidt, three times over.
		const covered = (axis: number) =>
			order.slice(0, rank).reduce((sum, c) => sum + work[c * length + axis] ** 2, 0);
		let axis = 0;
		for (let i = 1; i < rows; i++) if (covered(i) < covered(axis)) axis = i;
		for (let i = 0; i < rows; i++) work[at + i] = i === axis ? 1 : 0;
		for (let again = 0; again < 3; again++) {
			for (const other of order.slice(0, rank)) {
				const along = dot(work, at, other * length, rows);
				for (let i = 0; i < rows; i++) work[at + i] -= along * work[other * length + i];
			}
			const size = Math.sqrt(dot(work, at, at, rows));
			for (let i = 0; i < rows; i++) work[at + i] /= size;
		}
	});
}

/** Thin SVDs of `a`, [count, m, n], into `out`, [count, m + n + 1, r]: U, V and s of each, row by row. */
export function svdHost(out: Float32Array, a: ArrayLike<number>, [count, m, n]: readonly number[]): void {
	const transposed = m < n;
	const [rows, columns] = transposed ? [n, m] : [m, n];
	const length = rows + columns;
	for (let k = 0; k < count; k++) {
		const work = stack(a, k * m * n, rows, columns, transposed);
		const scale =
			work.reduce((most, x, at) => (at % length < rows ? Math.max(most, Math.abs(x)) : most), 0) || 1;
		for (let at = 0; at < work.length; at++) if (at % length < rows) work[at] /= scale;
		orthogonalise(work, rows, columns);
		const norms = Float64Array.from({ length: columns }, (_, c) =>
			Math.sqrt(dot(work, c * length, c * length, rows))
		);
		const noise = norms.reduce((most, x) => Math.max(most, x), 0) * NOISE;
		norms.forEach((norm, c) => (norms[c] = norm <= noise ? 0 : norm));
		const order = Array.from(norms.keys()).sort((p, q) => norms[q] - norms[p] || p - q);
		leftVectors(work, rows, columns, norms, order);
		const at = k * (m + n + 1) * columns;
		const [first, second] = transposed ? [rows, 0] : [0, rows];
		const place = (row: number, from: number, size: number) => {
			for (let i = 0; i < size; i++) {
				order.forEach((c, rank) => (out[at + (row + i) * columns + rank] = work[c * length + from + i]));
			}
		};
		place(0, first, m);
		place(m, second, n);
		order.forEach((c, rank) => (out[at + (m + n) * columns + rank] = scale * norms[c]));
	}
}
