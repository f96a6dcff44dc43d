// What chapter 2 reads off a machine: W as a sum of modes and what is lost without the last of them, the coordinates of a
// state in both frames with the energy term by term, and all states in the plane of one mode. Exact.
import { bitsOf, jointDistribution } from '$lib/theory/enumerateStates';
import { thinSvd, type ThinSvd } from '$lib/theory/linalg';
import { energy, type Rbm } from '$lib/theory/rbm';
import { energyReciprocal, reciprocalFrame, toReciprocal, type Frame } from '$lib/theory/reciprocal';
import { unitsOf } from './smallMachine';

export interface Matrices {
	readonly rows: number;
	readonly cols: number;
	readonly svd: ThinSvd;
	/** W itself, row by row */
	readonly weights: Float64Array;
	/** λ_k u_k v_kᵀ for each mode */
	readonly modes: readonly Float64Array[];
	/** largest |entry| of W */
	readonly most: number;
}

/** W taken apart into its modes. */
export function matricesOf(rbm: Rbm): Matrices {
	const { N: rows, M: cols, weights } = rbm;
	const svd = thinSvd(rows, cols, weights);
	const r = svd.singularValues.length;
	const modes = Array.from(svd.singularValues, (lambda, k) => {
		const out = new Float64Array(rows * cols);
		for (let i = 0; i < rows; i++)
			for (let j = 0; j < cols; j++) out[i * cols + j] = lambda * svd.u[i * r + k] * svd.v[j * r + k];
		return out;
	});
	return { rows, cols, svd, weights, modes, most: Math.max(...weights.map(Math.abs)) };
}

/** W_r: the sum of the first `rank` modes. */
export function truncated({ modes, weights }: Matrices, rank: number): Float64Array {
	const out = new Float64Array(weights.length);
	for (const mode of modes.slice(0, rank)) for (let k = 0; k < out.length; k++) out[k] += mode[k];
	return out;
}

/** A state in reciprocal coordinates, and its energy in both frames. */
export interface Coordinates {
	readonly x: Float64Array;
	readonly y: Float64Array;
	/** −aᵢxᵢ − bᵢyᵢ − λᵢxᵢyᵢ for each mode, then −a·x or −b·y of the free ones together */
	readonly terms: readonly number[];
	readonly energyUnits: number;
	readonly energyModes: number;
}

/** The frame of a machine: U, V, λ and the turned biases. */
export function frameOf(rbm: Rbm): Frame {
	return reciprocalFrame(rbm);
}

export function coordinatesOf(rbm: Rbm, frame: Frame, bits: string): Coordinates {
	const s = unitsOf(bits);
	const [v, h] = [s.subarray(0, rbm.N), s.subarray(rbm.N)];
	const { x, y } = toReciprocal(frame, v, h);
	const { r, a, b, singularValues } = frame;
	const terms = Array.from(
		{ length: r },
		(_, i) => -a[i] * x[i] - b[i] * y[i] - singularValues[i] * x[i] * y[i]
	);
	let free = 0;
	for (let i = r; i < rbm.N; i++) free -= a[i] * x[i];
	for (let j = r; j < rbm.M; j++) free -= b[j] * y[j];
	if (rbm.N !== rbm.M) terms.push(free);
	return { x, y, terms, energyUnits: energy(rbm, v, h), energyModes: energyReciprocal(frame, { x, y }) };
}

/** Every state's (xᵢ, yᵢ) in the plane of mode i, with its probability; point k is state k. N+M ≤ 24. */
export interface PlanePoints {
	readonly x: Float64Array;
	readonly y: Float64Array;
	readonly probability: Float64Array;
	/** how many different values xᵢ and yᵢ take, to rounding */
	readonly distinct: { readonly x: number; readonly y: number };
}

export function planePoints(rbm: Rbm, frame: Frame, mode: number, beta: number): PlanePoints {
	const { N, M } = rbm;
	const count = 2 ** (N + M);
	const x = new Float64Array(count);
	const y = new Float64Array(count);
	for (let s = 0; s < count; s++) {
		const bits = bitsOf(s, N + M);
		for (let i = 0; i < N; i++) x[s] += frame.u[i * N + mode] * bits[i];
		for (let j = 0; j < M; j++) y[s] += frame.v[j * M + mode] * bits[N + j];
	}
	const different = (values: Float64Array) => new Set(Array.from(values, (e) => e.toFixed(9))).size;
	return {
		x,
		y,
		probability: jointDistribution(rbm, beta),
		distinct: { x: different(x), y: different(y) }
	};
}
