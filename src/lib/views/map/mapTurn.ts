// The turn of the cube between two views: a path of true rotations in n dimensions from one pair of orthonormal
// camera axes to another. The shortest such path turns two planes only, by the principal angles of the two views
// (Jordan 1875; Björck & Golub 1973), and the picture within itself; nothing is blended, no length changes.
import { svd } from '$lib/theory/linalg';
import { dot } from '$lib/theory/linalgProducts';

/** Camera axes: what lies along `right` and `up` is seen; both unit vectors of n entries, at right angles. */
export interface View {
	readonly right: Float64Array;
	readonly up: Float64Array;
}

/** A path of rotations from one View (t = 0) to another (t = 1). */
export interface Turn {
	readonly n: number;
	/** where the two planes start, unit vectors */
	readonly from: readonly [Float64Array, Float64Array];
	/** what they turn towards, unit vectors at right angles to all of `from` */
	readonly towards: readonly [Float64Array, Float64Array];
	/** principal angles, in radians */
	readonly angles: readonly [number, number];
	/** the camera's axes in terms of `from`, row by row, at t = 0 */
	readonly start: readonly [number, number, number, number];
	/** the angle by which the picture turns within itself */
	readonly roll: number;
}

/**
 * The shortest turn between two views.
 * @param a the view at t = 0
 * @param b the view at t = 1, of as many dimensions
 */
export function makeTurn(a: View, b: View): Turn {
	const n = a.right.length;
	const rows = [a.right, a.up];
	const goals = [b.right, b.up];
	const overlap = Float64Array.of(
		dot(rows[0], goals[0]),
		dot(rows[0], goals[1]),
		dot(rows[1], goals[0]),
		dot(rows[1], goals[1])
	);
	const { u, v } = svd(2, 2, overlap);
	// A reflection cannot be turned into: where u and v differ by one, the second principal vector changes sign.
	if ((u[0] * u[3] - u[1] * u[2]) * (v[0] * v[3] - v[1] * v[2]) < 0) {
		v[1] *= -1;
		v[3] *= -1;
	}
	const mix = (two: Float64Array[], m: Float64Array, k: number) =>
		two[0].map((e, i) => m[k] * e + m[2 + k] * two[1][i]);
	const from: [Float64Array, Float64Array] = [mix(rows, u, 0), mix(rows, u, 1)];
	const to = [mix(goals, v, 0), mix(goals, v, 1)];
	const angles: [number, number] = [0, 0];
	const towards = to.map((goal, k) => {
		const along = dot(from[k], goal);
		const rest = goal.map((e, i) => e - along * from[k][i]);
		let length = Math.sqrt(dot(rest, rest));
		angles[k] = Math.atan2(length, along);
		if (length < 1e-12) {
			// Parallel or opposite: any direction outside both views will do to turn through.
			const free = orthogonal(n, [...rows, ...goals]);
			rest.set(free);
			length = Math.sqrt(dot(free, free)) || 1;
		}
		return rest.map((e) => e / length);
	}) as [Float64Array, Float64Array];
	const roll = Math.atan2(u[0] * v[1] + u[2] * v[3], u[0] * v[0] + u[2] * v[2]);
	return { n, from, towards, angles, start: [u[0], u[1], u[2], u[3]], roll };
}

/** A vector at right angles to all of `those` (zero when there is none), from the axis that leaves the most. */
function orthogonal(n: number, those: readonly Float64Array[]): Float64Array {
	const basis: Float64Array[] = [];
	const rest = (x: Float64Array) => {
		for (let pass = 0; pass < 2; pass++)
			for (const q of basis) {
				const along = dot(q, x);
				for (let i = 0; i < n; i++) x[i] -= along * q[i];
			}
		return x;
	};
	for (const e of those) {
		const x = rest(e.slice());
		const length = Math.sqrt(dot(x, x));
		if (length > 1e-9) basis.push(x.map((c) => c / length));
	}
	let best: Float64Array = new Float64Array(n);
	for (let k = 0; k < n; k++) {
		const axis = new Float64Array(n);
		axis[k] = 1;
		const x = rest(axis);
		if (dot(x, x) > dot(best, best)) best = x;
	}
	return dot(best, best) > 1e-9 ? best : new Float64Array(n);
}

/** The four products of a vector with the turn's planes: all that its picture on the way depends on. */
export function turnProducts(turn: Turn, s: ArrayLike<number>, out: Float64Array, at = 0): void {
	let a0 = 0;
	let a1 = 0;
	let d0 = 0;
	let d1 = 0;
	for (let k = 0; k < turn.n; k++) {
		a0 += turn.from[0][k] * s[k];
		a1 += turn.from[1][k] * s[k];
		d0 += turn.towards[0][k] * s[k];
		d1 += turn.towards[1][k] * s[k];
	}
	out[at] = a0;
	out[at + 1] = a1;
	out[at + 2] = d0;
	out[at + 3] = d1;
}

/** 2×4, row by row: takes `turnProducts` to (right, up) at t. */
export function turnPicture(turn: Turn, t: number): Float64Array {
	const [c, s] = [Math.cos(t * turn.roll), Math.sin(t * turn.roll)];
	const [u0, u1, u2, u3] = turn.start;
	// rows of start·Rot(t·roll)
	const m = [u0 * c - u1 * s, u0 * s + u1 * c, u2 * c - u3 * s, u2 * s + u3 * c];
	const [c0, s0] = [Math.cos(t * turn.angles[0]), Math.sin(t * turn.angles[0])];
	const [c1, s1] = [Math.cos(t * turn.angles[1]), Math.sin(t * turn.angles[1])];
	return Float64Array.of(
		m[0] * c0,
		m[1] * c1,
		m[0] * s0,
		m[1] * s1,
		m[2] * c0,
		m[3] * c1,
		m[2] * s0,
		m[3] * s1
	);
}

/** The camera's axes at t. */
export function viewAt(turn: Turn, t: number): View {
	const p = turnPicture(turn, t);
	const axis = (o: number) =>
		Float64Array.from(
			{ length: turn.n },
			(_, k) =>
				p[o] * turn.from[0][k] +
				p[o + 1] * turn.from[1][k] +
				p[o + 2] * turn.towards[0][k] +
				p[o + 3] * turn.towards[1][k]
		);
	return { right: axis(0), up: axis(4) };
}

/**
 * The rotation itself, n×n row-major, of determinant 1: it takes the camera's axes at 0 to those at t, so that its
 * transpose takes a state to what a camera that stands still sees of it. The identity at t = 0.
 */
export function turnMatrix(turn: Turn, t: number): Float64Array {
	const { n, from, towards, angles } = turn;
	// First the picture within itself, in the plane of `from`, then each plane by its angle.
	const roll = planeRotation(n, from[0], from[1], t * turn.roll);
	const first = planeRotation(n, from[0], towards[0], t * angles[0]);
	const second = planeRotation(n, from[1], towards[1], t * angles[1]);
	return product(n, second, product(n, first, roll));
}

/** Rotation by `angle` from p towards q, orthonormal. */
function planeRotation(n: number, p: Float64Array, q: Float64Array, angle: number): Float64Array {
	const [c, s] = [Math.cos(angle) - 1, Math.sin(angle)];
	const out = new Float64Array(n * n);
	for (let i = 0; i < n; i++)
		for (let j = 0; j < n; j++)
			out[i * n + j] = (i === j ? 1 : 0) + c * (p[i] * p[j] + q[i] * q[j]) + s * (q[i] * p[j] - p[i] * q[j]);
	return out;
}

function product(n: number, a: Float64Array, b: Float64Array): Float64Array {
	const out = new Float64Array(n * n);
	for (let i = 0; i < n; i++)
		for (let k = 0; k < n; k++) for (let j = 0; j < n; j++) out[i * n + j] += a[i * n + k] * b[k * n + j];
	return out;
}
