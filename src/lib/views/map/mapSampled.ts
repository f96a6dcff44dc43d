// The map of a machine that is known by a sample of its states and a few of its modes: what the session sends of a
// machine in training. Small machines come with their parameters and get the whole model instead.
import { gaussianFrequencies } from '$lib/theory/oscillators';
import type { MapSample } from '$lib/session/protocolMap';
import { generalView } from './mapFrame';
import { mapModel, stateProducts, type MapMode, type MapModel, type MapOptions } from './mapModel';
import { makeTurn } from './mapTurn';

/**
 * The map's model of a sample.
 * @param sample from the session
 * @param curvatures κ by falling singular value, in place of the gaussian closure's
 */
export function sampledMapModel(sample: MapSample, curvatures?: MapOptions['curvatures']): MapModel {
	const { N, M, beta, sigma2, mode, parameters } = sample;
	if (parameters)
		return mapModel({ N, M, ...parameters }, beta, { mode, sigma2, curvatures, sample: sample.bits });
	const n = N + M;
	const count = sample.bits.length / n;
	const right = new Float64Array(n);
	const up = new Float64Array(n);
	up.set(sample.u);
	right.set(sample.v, N);
	const axes = generalView(N, M);
	const turn = makeTurn(axes, { right, up });
	const states = {
		count,
		bits: sample.bits,
		weight: new Float64Array(count).fill(1 / count),
		energy: sample.energies
	};
	const lambda = sample.singularValues[mode];
	const own = sample.moments[mode];
	return {
		N,
		M,
		n,
		beta,
		sigma2,
		mode,
		exact: false,
		singularValues: sample.singularValues,
		states,
		turn,
		products: stateProducts(turn, states),
		axes,
		origin: {
			x: sample.u.reduce((s, e) => s - e / 2, 0),
			y: sample.v.reduce((s, e) => s - e / 2, 0)
		},
		stiff: { coupling: lambda, field: own?.stiffField ?? 0 },
		soft: { coupling: -lambda, field: own?.softField ?? 0 },
		modes: modesOf(sample, curvatures),
		closure: curvatures?.name ?? 'gaussian',
		deviation: NaN,
		machine: null
	};
}

/** Stiff and soft modes of the leading pairs: z|s is s stretched by 1 − βσ²j, with noise of variance σ²(1 − βσ²j). */
function modesOf({ moments, beta, sigma2 }: MapSample, curvatures: MapOptions['curvatures']): MapMode[] {
	const g = beta * sigma2;
	const of = (kind: 'stiff' | 'soft') =>
		moments.map((m, index): MapMode => {
			const stiff = kind === 'stiff';
			const stretch = 1 - g * (stiff ? m.lambda : -m.lambda);
			const curvature = curvatures ? curvatures[kind][index] : 2 * gaussianFrequencies(m.lambda, beta)[kind];
			const mean = stiff ? m.stiffMean : m.softMean;
			const variance = stiff ? m.stiffVariance : m.softVariance;
			return {
				kind,
				z: stiff ? index : moments.length + index,
				index,
				lambda: m.lambda,
				curvature,
				omega: curvature / 2,
				rate: curvature / beta,
				mean: stretch * mean + g * (stiff ? m.stiffField : m.softField),
				spread: Math.sqrt(stretch * stretch * variance + sigma2 * stretch),
				thermal: curvature > 0 ? 1 / Math.sqrt(curvature) : NaN
			};
		});
	return [...of('stiff'), ...of('soft')];
}
