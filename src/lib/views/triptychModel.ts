// The numbers of the landing figure: a 4×3 RBM whose leading singular value is set by hand, its exact law by
// enumeration of all 128 states, its exact lift, and the density of the lifted particle in the plane of mode 1.
import { lnZ as exactLnZ } from '$lib/theory/enumerate';
import { bitsOf, jointDistribution } from '$lib/theory/enumerateStates';
import { liftConstant, liftLogMarginal, makeLift, type Lift } from '$lib/theory/lift';
import { balanced, makeRbm, type Rbm } from '$lib/theory/rbm';
import { modeCouplings, reciprocalFrame, unitsToModes, type Frame } from '$lib/theory/reciprocal';

export const N = 4;
export const M = 3;
export const BETA = 1;
/** Singular values of the other two modes; the first is the slider's. */
const OTHERS = [1.4, 0.7] as const;
/** Width σ² of the lift: exact for any below 1/(βλ₁); wide enough that single units hop, narrow enough that the
 * stretch 1 ± βσ²λ of the cloud against the vertices stays small to the eye. */
export const SIGMA2 = 0.12;
export const COUPLING = { min: 1.5, max: 6, start: 3.4 } as const;

/** Columns of U, the free one last: the first is "all units alike", so that mode 1 is all on against all off. */
const U = [
	[0.5, 0.5, 0.5, 0.5],
	[0.5, 0.5, -0.5, -0.5],
	[0.5, -0.5, 0.5, -0.5],
	[0.5, -0.5, -0.5, 0.5]
];

/** Columns of V: the first alike, the others turned within its complement so that no two entries tie in size. */
const V = (() => {
	const [c, s] = [Math.cos(0.35), Math.sin(0.35)];
	const p = [2, -1, -1].map((e) => e / Math.sqrt(6));
	const q = [0, 1, -1].map((e) => e / Math.SQRT2);
	const one = [1, 1, 1].map((e) => e / Math.sqrt(3));
	return [one, p.map((e, j) => c * e + s * q[j]), p.map((e, j) => c * q[j] - s * e)];
})();

/** W = Σ λᵢ uᵢ vᵢᵀ with balanced biases, so that m = ½ is the symmetric point. */
export function triptychRbm(coupling: number): Rbm {
	const lambda = [coupling, ...OTHERS];
	const weights = new Float64Array(N * M);
	for (let i = 0; i < N; i++)
		for (let j = 0; j < M; j++)
			for (let k = 0; k < lambda.length; k++) weights[i * M + j] += lambda[k] * U[k][i] * V[k][j];
	return balanced(
		makeRbm({ N, M, weights, visibleBias: new Float64Array(N), hiddenBias: new Float64Array(M) })
	);
}

/** The frame with every axis pointing as U says: a sign is free in an SVD, and no axis may turn over on the slider. */
function facing(frame: Frame): Frame {
	const { u, v, a, b } = { u: frame.u.slice(), v: frame.v.slice(), a: frame.a.slice(), b: frame.b.slice() };
	for (let k = 0; k < N; k++) {
		let along = 0;
		for (let i = 0; i < N; i++) along += u[i * N + k] * U[k][i];
		if (along >= 0) continue;
		for (let i = 0; i < N; i++) u[i * N + k] *= -1;
		a[k] *= -1;
		if (k >= M) continue;
		for (let j = 0; j < M; j++) v[j * M + k] *= -1;
		b[k] *= -1;
	}
	return { ...frame, u, v, a, b };
}

/** Vertices of the hypercube that fall on one point of the (u₁,w₁) plane. */
export interface PlaneVertex {
	/** stiff and soft coordinate, counted from the centre m = ½ */
	readonly stiff: number;
	readonly soft: number;
	/** exact probability of all vertices there */
	readonly probability: number;
	/** how many vertices fall there */
	readonly count: number;
}

export interface TriptychModel {
	readonly coupling: number;
	readonly rbm: Rbm;
	readonly frame: Frame;
	readonly lift: Lift;
	readonly lnZ: number;
	/** modes of the centre, s = ½ everywhere (N+M) */
	readonly centre: Float64Array;
	/** exact standard deviation of the lifted particle along each mode (N+M) */
	readonly spread: Float64Array;
	readonly vertices: readonly PlaneVertex[];
	/** largest |P(s) of the lift − P(s) of the RBM| over all 128 states */
	readonly deviation: number;
	/** half distance of the two most probable places of the soft coordinate's law, 0 when there is one */
	readonly well: number;
}

/** Everything that depends on the coupling; about a millisecond. */
export function triptychModel(coupling: number): TriptychModel {
	const rbm = triptychRbm(coupling);
	const frame = facing(reciprocalFrame(rbm));
	const lift = makeLift(rbm, BETA, SIGMA2);
	const p = jointDistribution(rbm, BETA);
	const lnZ = exactLnZ(rbm, BETA);
	const centre = unitsToModes(frame, new Float64Array(N + M).fill(0.5));
	const couplings = modeCouplings(frame);
	const g = BETA * lift.sigma2;

	const vertices: { stiff: number; soft: number; probability: number; count: number }[] = [];
	const variance = new Float64Array(N + M);
	let deviation = 0;
	for (let s = 0; s < p.length; s++) {
		const state = bitsOf(s, N + M);
		const z = unitsToModes(frame, state);
		for (let k = 0; k < z.length; k++) variance[k] += p[s] * (z[k] - centre[k]) ** 2;
		const stiff = z[0] - centre[0];
		const soft = z[frame.r] - centre[frame.r];
		const same = vertices.find((q) => Math.hypot(q.stiff - stiff, q.soft - soft) < 1e-6);
		if (same) {
			same.probability += p[s];
			same.count++;
		} else vertices.push({ stiff, soft, probability: p[s], count: 1 });
		const lifted = Math.exp(liftLogMarginal(lift, state) - liftConstant(lift) - lnZ);
		deviation = Math.max(deviation, Math.abs(lifted - p[s]));
	}
	// z|s = s − βσ²∇E(s) + noise: each mode of the vertex is stretched by 1 − βσ²j, the noise has σ²(1 − βσ²j).
	const spread = variance.map((v, k) => {
		const stretch = 1 - g * couplings[k];
		return Math.sqrt(stretch * stretch * v + lift.sigma2 * stretch);
	});
	const partial = { coupling, rbm, frame, lift, lnZ, centre, spread, vertices, deviation };
	return { ...partial, well: softWell(partial) };
}

/** Along one axis of the plane: where a vertex's cloud is centred, and its variance. */
function clouds(model: Pick<TriptychModel, 'frame' | 'lift'>) {
	const lambda = model.frame.singularValues[0];
	const g = model.lift.beta * model.lift.sigma2;
	return {
		stiff: { stretch: 1 - g * lambda, variance: model.lift.sigma2 * (1 - g * lambda) },
		soft: { stretch: 1 + g * lambda, variance: model.lift.sigma2 * (1 + g * lambda) }
	};
}

const gauss = (x: number, variance: number) =>
	Math.exp(-(x * x) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);

/**
 * Exact density of (u₁,w₁) under the lift: the sum over vertices of P(s)·N(z; mean(s), noise), in coordinates from
 * the centre. Row by row, stiff rising; `cols` points along soft, `rows` along stiff, at cell centres.
 */
export function planeDensity(
	model: Pick<TriptychModel, 'frame' | 'lift' | 'vertices'>,
	soft: readonly [number, number],
	stiff: readonly [number, number],
	cols: number,
	rows: number
): Float64Array {
	const { stiff: us, soft: ws } = clouds(model);
	const out = new Float64Array(cols * rows);
	const along = new Float64Array(cols);
	for (const q of model.vertices) {
		for (let c = 0; c < cols; c++) {
			const w = soft[0] + ((c + 0.5) / cols) * (soft[1] - soft[0]);
			along[c] = gauss(w - ws.stretch * q.soft, ws.variance);
		}
		for (let r = 0; r < rows; r++) {
			const u = stiff[0] + ((r + 0.5) / rows) * (stiff[1] - stiff[0]);
			const f = q.probability * gauss(u - us.stretch * q.stiff, us.variance);
			for (let c = 0; c < cols; c++) out[r * cols + c] += f * along[c];
		}
	}
	return out;
}

/** Heights whose level lines enclose the given shares of the density's total. */
export function levelsEnclosing(density: Float64Array, shares: readonly number[]): number[] {
	const sorted = Float64Array.from(density).sort().reverse();
	const total = sorted.reduce((a, b) => a + b, 0);
	const levels: number[] = [];
	for (const share of shares) {
		let sum = 0;
		let k = 0;
		while (k < sorted.length - 1 && sum + sorted[k] < share * total) sum += sorted[k++];
		levels.push(sorted[k]);
	}
	return levels.sort((a, b) => a - b);
}

/** Where the law of w₁ alone peaks: its distance from the centre (0: one peak), to a hundredth. */
function softWell(model: Pick<TriptychModel, 'frame' | 'lift' | 'vertices'>): number {
	const { soft } = clouds(model);
	const height = (w: number) =>
		model.vertices.reduce(
			(sum, q) => sum + q.probability * gauss(w - soft.stretch * q.soft, soft.variance),
			0
		);
	let best = 0;
	for (let w = 0; w < 5; w += 0.01) if (height(w) > height(best) * (1 + 1e-12)) best = w;
	return best;
}
