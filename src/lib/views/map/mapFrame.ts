// Views of the hypercube: the general one in which every unit's axis is seen, and the one along a mode of W.
import type { Frame } from '$lib/theory/reciprocal';
import type { View } from './mapTurn';

/**
 * The frame with the free sign of each mode chosen, the same for nearly the same RBM: the sum of uₖ is positive; where
 * it vanishes that of vₖ; where both do, the first of the largest entries of (uₖ, vₖ).
 */
export function orient(frame: Frame): Frame {
	const { N, M } = frame;
	const [u, v, a, b] = [frame.u.slice(), frame.v.slice(), frame.a.slice(), frame.b.slice()];
	const sum = (m: Float64Array, size: number, k: number) => {
		let s = 0;
		for (let i = 0; i < size; i++) s += m[i * size + k];
		return s;
	};
	const largest = (m: Float64Array, size: number, k: number) => {
		let best = 0;
		for (let i = 0; i < size; i++)
			if (Math.abs(m[i * size + k]) > Math.abs(best) + 1e-9) best = m[i * size + k];
		return best;
	};
	const flip = (m: Float64Array, size: number, k: number, field: Float64Array) => {
		for (let i = 0; i < size; i++) m[i * size + k] *= -1;
		field[k] *= -1;
	};
	for (let k = 0; k < Math.max(N, M); k++) {
		const parts: number[] = [];
		if (k < N) parts.push(sum(u, N, k));
		if (k < M) parts.push(sum(v, M, k));
		if (k < M) parts.push(largest(v, M, k));
		if (k < N) parts.push(largest(u, N, k));
		if ((parts.find((e) => Math.abs(e) > 1e-6) ?? 1) > 0) continue;
		if (k < N) flip(u, N, k, a);
		if (k < M) flip(v, M, k, b);
	}
	return { ...frame, u, v, a, b };
}

/**
 * The view in which no unit's axis hides another: axis k at the angle πk/n, hidden units lower, visible units higher
 * (the Petrie projection of the cube). Past 24 units, where no eye tells axes apart, their angles are spread by the
 * golden angle instead, so that neighbours do not draw stripes. Both rows are orthonormal. In two dimensions, where
 * no turn leads to a mirror image, the view takes the side of `goal`.
 */
export function generalView(N: number, M: number, goal?: View): View {
	const n = N + M;
	const many = n > 24;
	const right = new Float64Array(n);
	const up = new Float64Array(n);
	for (let k = 0; k < n; k++) {
		// The fan starts with the last hidden unit, so that v₁ is the outermost on one side and h_M on the other.
		const place = k < N ? M + k : k - N;
		const angle = many ? k * Math.PI * (3 - Math.sqrt(5)) : (Math.PI * (place + 0.5)) / n;
		right[k] = Math.cos(angle);
		up[k] = Math.sin(angle);
	}
	const view = orthonormal(right, up);
	const side = ({ right: a, up: b }: View) => a[0] * b[1] - a[1] * b[0];
	if (n === 2 && goal && side(goal) * side(view) < 0) return { ...view, right: view.right.map((e) => -e) };
	return view;
}

/** The plane of mode `mode`: y along the right, x upwards, so that a turn by −π/4 lays the soft direction flat. */
export function modeView(frame: Frame, mode: number): View {
	const { N, M } = frame;
	const right = new Float64Array(N + M);
	const up = new Float64Array(N + M);
	for (let i = 0; i < N; i++) up[i] = frame.u[i * N + mode];
	for (let j = 0; j < M; j++) right[N + j] = frame.v[j * M + mode];
	return { right, up };
}

/** Gram–Schmidt on two vectors. */
function orthonormal(a: Float64Array, b: Float64Array): View {
	const norm = (x: Float64Array) => Math.sqrt(x.reduce((s, e) => s + e * e, 0));
	const first = norm(a);
	const right = a.map((e) => e / first);
	const along = right.reduce((s, e, k) => s + e * b[k], 0);
	const rest = b.map((e, k) => e - along * right[k]);
	const second = norm(rest);
	return { right, up: rest.map((e) => e / second) };
}
