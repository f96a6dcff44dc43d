// The modes of the map's RBM as oscillators: mean and width of each by a sum over its states, frequency and rate by
// the closure.
import { gaussianFrequencies } from '$lib/theory/oscillators';
import { modeCouplings, modeFields, type Frame } from '$lib/theory/reciprocal';
import type { MapMode, MapOptions, MapStates, ModeKind } from './mapModel';

/** Sums of the columns of U and V: x and y of the vertex with all units on. */
export function unitSum(frame: Frame): { x: Float64Array; y: Float64Array } {
	const x = new Float64Array(frame.N);
	const y = new Float64Array(frame.M);
	for (let i = 0; i < frame.N; i++) for (let k = 0; k < frame.N; k++) x[k] += frame.u[i * frame.N + k];
	for (let j = 0; j < frame.M; j++) for (let k = 0; k < frame.M; k++) y[k] += frame.v[j * frame.M + k];
	return { x, y };
}

/** −∂E at the centre s = ½ along u (sign +1) or w (sign −1) of a mode: c − J·½ there. */
export function centredField(
	frame: Frame,
	fields: Float64Array,
	half: { x: Float64Array; y: Float64Array },
	mode: number,
	sign: 1 | -1
): number {
	const at = ((half.x[mode] - sign * half.y[mode]) * Math.SQRT1_2) / 2;
	return fields[sign > 0 ? mode : frame.r + mode] - sign * frame.singularValues[mode] * at;
}

/** count×(N+M): the modes z of every state, from the centre. */
export function modeCoordinates(frame: Frame, { count, bits }: MapStates): Float64Array {
	const { N, M, r } = frame;
	const n = N + M;
	const z = new Float64Array(count * n);
	for (let s = 0; s < count; s++) {
		const at = s * n;
		for (let i = 0; i < r; i++) {
			let x = 0;
			let y = 0;
			for (let k = 0; k < N; k++) x += frame.u[k * N + i] * (bits[at + k] - 0.5);
			for (let k = 0; k < M; k++) y += frame.v[k * M + i] * (bits[at + N + k] - 0.5);
			z[at + i] = (x - y) * Math.SQRT1_2;
			z[at + r + i] = (x + y) * Math.SQRT1_2;
		}
		const [basis, size, offset] = N > M ? [frame.u, N, 0] : [frame.v, M, N];
		for (let i = r; i < size; i++)
			for (let k = 0; k < size; k++) z[at + r + i] += basis[k * size + i] * (bits[at + offset + k] - 0.5);
	}
	return z;
}

/** All modes with the widths of the lifted particle: each mode is stretched by 1 − βσ²j, its noise is σ²(1 − βσ²j). */
export function oscillatorModes(
	frame: Frame,
	z: Float64Array,
	{ count, weight }: MapStates,
	beta: number,
	sigma2: number,
	curvatures: MapOptions['curvatures']
): MapMode[] {
	const { N, M, r } = frame;
	const n = N + M;
	const couplings = modeCouplings(frame);
	const half = unitSum(frame);
	const fields = modeFields(frame);
	return Array.from({ length: n }, (_, k) => {
		let mean = 0;
		for (let s = 0; s < count; s++) mean += weight[s] * z[s * n + k];
		let variance = 0;
		for (let s = 0; s < count; s++) variance += weight[s] * (z[s * n + k] - mean) ** 2;
		const kind: ModeKind = k < r ? 'stiff' : k < 2 * r ? 'soft' : 'free';
		const index = k < r ? k : k - r;
		const lambda = kind === 'free' ? 0 : frame.singularValues[index];
		const stretch = 1 - beta * sigma2 * couplings[k];
		const field =
			kind === 'free' ? fields[k] : centredField(frame, fields, half, index, kind === 'stiff' ? 1 : -1);
		const own = gaussianFrequencies(lambda, beta);
		const curvature =
			curvatures && kind !== 'free' ? curvatures[kind][index] : 2 * (kind === 'soft' ? own.soft : own.stiff);
		return {
			kind,
			z: k,
			index,
			lambda,
			curvature,
			omega: curvature / 2,
			rate: curvature / beta,
			mean: stretch * mean + beta * sigma2 * field,
			spread: Math.sqrt(stretch * stretch * variance + sigma2 * stretch),
			thermal: curvature > 0 ? 1 / Math.sqrt(curvature) : NaN
		};
	});
}
