// Works out what the map shows of a machine that is too large for all its states: in the worker, so that the page has
// little to do. Plain float64 sums over the chains' states.
import type { Rbm } from '$lib/theory/rbm';
import type { Modes } from './modes';
import type { MapMoments, MapSample } from './protocolMap';

/** Modes whose moments are told. */
const LEADING = 8;
/** Largest N·M whose parameters are told, so that the page can work in all frames itself. */
const SMALL = 1024;

export interface MapRequest {
	readonly step: number;
	readonly rbm: Rbm;
	readonly modes: Modes;
	readonly beta: number;
	readonly sigma2: number;
	/** rank of the mode shown, from 0 */
	readonly mode: number;
	/** count×N and count×M of 0 and 1 */
	readonly visible: ArrayLike<number>;
	readonly hidden: ArrayLike<number>;
}

/** The sample and its moments. Modes are ranked by falling singular value, whatever order they are followed in. */
export function mapSample({ step, rbm, modes, beta, sigma2, mode, visible, hidden }: MapRequest): MapSample {
	const { N, M } = rbm;
	const count = Math.floor(visible.length / N);
	const bits = new Uint8Array(count * (N + M));
	for (let s = 0; s < count; s++) {
		for (let i = 0; i < N; i++) bits[s * (N + M) + i] = visible[s * N + i];
		for (let j = 0; j < M; j++) bits[s * (N + M) + N + j] = hidden[s * M + j];
	}
	const order = [...modes.singularValues.keys()].sort(
		(a, b) => modes.singularValues[b] - modes.singularValues[a]
	);
	const shown = Math.min(mode, order.length - 1);
	const pick = (from: Float64Array, rows: number, k: number) =>
		Float64Array.from({ length: rows }, (_, i) => from[i * modes.r + k]);
	const axes = (rank: number) => ({
		u: pick(modes.u, N, order[rank]),
		v: pick(modes.v, M, order[rank]),
		lambda: modes.singularValues[order[rank]]
	});
	return {
		step,
		N,
		M,
		beta,
		sigma2,
		mode: shown,
		singularValues: Float64Array.from(order, (k) => modes.singularValues[k]),
		u: axes(shown).u,
		v: axes(shown).v,
		bits,
		energies: energiesOf(rbm, bits, count),
		moments: order.slice(0, LEADING).map((_, rank) => momentsOf(rbm, axes(rank), bits, count)),
		parameters:
			N * M <= SMALL
				? { weights: rbm.weights, visibleBias: rbm.visibleBias, hiddenBias: rbm.hiddenBias }
				: null
	};
}

function energiesOf(
	{ N, M, weights, visibleBias, hiddenBias }: Rbm,
	bits: Uint8Array,
	count: number
): Float64Array {
	const out = new Float64Array(count);
	const field = new Float64Array(M);
	for (let s = 0; s < count; s++) {
		const at = s * (N + M);
		field.set(hiddenBias);
		let e = 0;
		for (let i = 0; i < N; i++) {
			if (!bits[at + i]) continue;
			e -= visibleBias[i];
			for (let j = 0; j < M; j++) field[j] += weights[i * M + j];
		}
		for (let j = 0; j < M; j++) if (bits[at + N + j]) e -= field[j];
		out[s] = e;
	}
	return out;
}

function momentsOf(
	{ N, M, visibleBias, hiddenBias }: Rbm,
	{ u, v, lambda }: { u: Float64Array; v: Float64Array; lambda: number },
	bits: Uint8Array,
	count: number
): MapMoments {
	let [a, b, halfX, halfY] = [0, 0, 0, 0];
	for (let i = 0; i < N; i++) {
		a += u[i] * visibleBias[i];
		halfX += u[i] / 2;
	}
	for (let j = 0; j < M; j++) {
		b += v[j] * hiddenBias[j];
		halfY += v[j] / 2;
	}
	const sums = [0, 0, 0, 0];
	for (let s = 0; s < count; s++) {
		const at = s * (N + M);
		let [x, y] = [-halfX, -halfY];
		for (let i = 0; i < N; i++) if (bits[at + i]) x += u[i];
		for (let j = 0; j < M; j++) if (bits[at + N + j]) y += v[j];
		const [stiff, soft] = [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2];
		sums[0] += stiff / count;
		sums[1] += (stiff * stiff) / count;
		sums[2] += soft / count;
		sums[3] += (soft * soft) / count;
	}
	return {
		lambda,
		stiffMean: sums[0],
		stiffVariance: Math.max(0, sums[1] - sums[0] * sums[0]),
		softMean: sums[2],
		softVariance: Math.max(0, sums[3] - sums[2] * sums[2]),
		stiffField: (a - b - lambda * (halfX - halfY)) * Math.SQRT1_2,
		softField: (a + b + lambda * (halfX + halfY)) * Math.SQRT1_2
	};
}
