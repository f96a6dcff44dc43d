// Where the search for minima starts from: a fixed, structured set of magnetisations, so that the same RBM always
// gives the same answer. Soft-mode directions first, since that is where symmetry breaks.
import { thinSvd } from '../linalg.ts';
import { hiddenGivenVisible, visibleGivenHidden, type Rbm } from '../rbm.ts';

/** Layers up to this size have all their vertices tried. */
const ALL_VERTICES = 6;

/**
 * Joint vertices of both layers, for landscapes with a well at every vertex: all of them up to N+M = 6, a
 * low-discrepancy set of `count` beyond.
 * @param rbm the RBM
 * @param count how many, where there are too many
 */
export function vertexPoints(rbm: Rbm, count = 32): Float64Array[] {
	const n = rbm.N + rbm.M;
	return n <= ALL_VERTICES ? allVertices(n) : Array.from({ length: count }, (_, s) => scattered(s + 1, n));
}

/** Point s of the Kronecker sequence of √prime, rounded to a vertex. */
function scattered(s: number, n: number): Float64Array {
	return Float64Array.from({ length: n }, (_, k) => ((s * Math.sqrt(prime(k))) % 1 < 0.5 ? 0 : 1));
}

/**
 * Starting points in unit coordinates (N+M each): the centre, the units' own biases, each of the strongest soft modes
 * both ways (as it is, and rounded to a vertex), sums of the three strongest, a low-discrepancy set of vertices, and
 * all vertices of a layer of six units or fewer. Each gives one layer; the other layer follows from it.
 * @param rbm the RBM
 * @param beta inverse temperature
 * @param modes how many of the leading singular modes to try
 * @param vertices how many low-discrepancy vertices to try
 */
export function startingPoints(rbm: Rbm, beta: number, modes = 12, vertices = 32): Float64Array[] {
	const { N, M } = rbm;
	const fromVisible = (v: Float64Array) => join(v, hiddenGivenVisible(rbm, beta, v));
	const out = [
		new Float64Array(N + M).fill(0.5),
		fromVisible(visibleGivenHidden(rbm, beta, new Float64Array(M))),
		fromVisible(visibleGivenHidden(rbm, beta, new Float64Array(M).fill(0.5)))
	];
	const { u, singularValues } = thinSvd(N, M, rbm.weights);
	const r = singularValues.length;
	const used = Math.min(r, modes);
	const mode = (i: number) => Float64Array.from({ length: N }, (_, k) => u[k * r + i]);
	for (let i = 0; i < used; i++) {
		if (singularValues[i] === 0) break;
		const direction = mode(i);
		for (const sign of [1, -1]) {
			out.push(fromVisible(scaled(direction, sign)));
			out.push(fromVisible(rounded(direction, sign)));
		}
	}
	const strong = Math.min(3, used);
	for (let pattern = 0; strong > 1 && pattern < 2 ** strong; pattern++) {
		const sum = new Float64Array(N);
		for (let i = 0; i < strong; i++) mode(i).forEach((x, k) => (sum[k] += (pattern >> i) & 1 ? x : -x));
		out.push(fromVisible(rounded(sum, 1)));
	}
	for (let s = 1; s <= vertices; s++) out.push(fromVisible(scattered(s, N)));
	if (N <= ALL_VERTICES) for (const v of allVertices(N)) out.push(fromVisible(v));
	else if (M <= ALL_VERTICES)
		for (const h of allVertices(M)) out.push(join(visibleGivenHidden(rbm, beta, h), h));
	return out;
}

function join(v: Float64Array, h: Float64Array): Float64Array {
	const out = new Float64Array(v.length + h.length);
	out.set(v);
	out.set(h, v.length);
	return out;
}

/** ½ ± 0.45 of the direction, its largest entry scaled to 1. */
function scaled(direction: Float64Array, sign: number): Float64Array {
	const top = direction.reduce((m, x) => Math.max(m, Math.abs(x)), 0);
	return direction.map((x) => 0.5 + (0.45 * sign * x) / top);
}

function rounded(direction: Float64Array, sign: number): Float64Array {
	return direction.map((x) => (sign * x > 0 ? 0.95 : 0.05));
}

function allVertices(n: number): Float64Array[] {
	return Array.from({ length: 2 ** n }, (_, s) => Float64Array.from({ length: n }, (_, k) => (s >> k) & 1));
}

/** The k-th prime: square roots of primes are independent over the rationals, so no two units move together. */
function prime(k: number): number {
	while (primes.length <= k) {
		let next = (primes.at(-1) as number) + 1;
		while (primes.some((p) => next % p === 0)) next++;
		primes.push(next);
	}
	return primes[k];
}

const primes = [2];
