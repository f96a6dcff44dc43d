// The numbers behind the map of one RBM: states with their probabilities and energies, the turn from units to one
// mode's plane, and every mode with its frequency, rate and exact width. All vertices up to N+M = 12, exact; beyond
// that a sample of states, each of equal weight.
import { jointLogWeights } from '$lib/theory/enumerateStates';
import { defaultSigma2, liftConstant, liftLogMarginal, makeLift, type Lift } from '$lib/theory/lift';
import { energy, logSumExp, type Rbm } from '$lib/theory/rbm';
import { modeFields, reciprocalFrame, type Frame } from '$lib/theory/reciprocal';
import { generalView, modeView, orient } from './mapFrame';
import { centredField, modeCoordinates, oscillatorModes, unitSum } from './mapModes';
import { makeTurn, turnProducts, type Turn } from './mapTurn';

/** Most units whose 2^(N+M) states are all drawn. */
export const ALL_STATES_UP_TO = 12;
/** Most units for which the lift is checked against the law at every state: a millisecond. */
const CHECKED_UP_TO = 8;

export type ModeKind = 'stiff' | 'soft' | 'free';

/** One normal mode: a coordinate z of theory §1, as an oscillator of the gaussian closure unless curvatures are given. */
export interface MapMode {
	readonly kind: ModeKind;
	/** place in z: u₀…, w₀…, rest */
	readonly z: number;
	/** singular value it belongs to, counted from 0 by falling λ; for a free mode its place among x or y */
	readonly index: number;
	readonly lambda: number;
	/** κ of βU; at or below 0 there is no spring */
	readonly curvature: number;
	/** ω = κ/2 */
	readonly omega: number;
	/** Γ = Dκ, a unit of Langevin time */
	readonly rate: number;
	/** mean and rms width of the lifted particle along it, from the centre: exact, or of the sample */
	readonly mean: number;
	readonly spread: number;
	/** rms width that the closure's spring alone gives, 1/√κ; NaN without a spring */
	readonly thermal: number;
}

/** Binary states, one after the other, visible units first. */
export interface MapStates {
	readonly count: number;
	/** count×(N+M) of 0 and 1 */
	readonly bits: Uint8Array;
	/** adds up to 1: exact probabilities, or equal weights of a sample */
	readonly weight: Float64Array;
	readonly energy: Float64Array;
}

/** Along one axis of the chosen mode's plane: how the lift moves a state, z = stretch·s + shift + noise. */
export interface PlaneAxis {
	/** J's eigenvalue: +λ stiff, −λ soft */
	readonly coupling: number;
	/** c along the axis */
	readonly field: number;
}

export interface MapModel {
	readonly N: number;
	readonly M: number;
	readonly n: number;
	readonly beta: number;
	readonly sigma2: number;
	/** the mode whose plane is shown, counted from 0 by falling singular value */
	readonly mode: number;
	/** all states with exact probabilities; false: a sample */
	readonly exact: boolean;
	readonly singularValues: Float64Array;
	readonly states: MapStates;
	readonly turn: Turn;
	/** count×4: `turnProducts` of each state from the centre s = ½ */
	readonly products: Float64Array;
	/** camera axes of the first view, for the units' own axes */
	readonly axes: { readonly right: Float64Array; readonly up: Float64Array };
	/** the vertex s = 0 in the mode's plane, from the centre */
	readonly origin: { readonly x: number; readonly y: number };
	readonly stiff: PlaneAxis;
	readonly soft: PlaneAxis;
	readonly modes: readonly MapMode[];
	/** which closure ω and Γ come from */
	readonly closure: string;
	/** largest |P(s) of the lift − P(s)| over all states; NaN where it was not worked out */
	readonly deviation: number;
	/** the machine itself, for what runs in it; null for a model from a sample alone */
	readonly machine: { readonly rbm: Rbm; readonly frame: Frame; readonly lift: Lift } | null;
}

/** What may be chosen about a map. */
export interface MapOptions {
	/** mode whose plane is shown, from 0; default 0 */
	readonly mode?: number;
	/** width σ² of the lift; by default min(¼, 0.9/(βλ_max)), and never above 0.95/(βλ_max) */
	readonly sigma2?: number;
	/** states drawn where there are too many for all, count×(N+M) of 0 and 1, each of weight 1/count */
	readonly sample?: Uint8Array;
	/** κ of each pair's stiff and soft mode, in place of the gaussian closure's 4 ± βλ */
	readonly curvatures?: {
		readonly name: string;
		readonly stiff: ArrayLike<number>;
		readonly soft: ArrayLike<number>;
	};
}

/**
 * The map of an RBM.
 * @param rbm any RBM; beyond N+M = 12 a sample of its states must be given
 * @param beta inverse temperature, > 0
 * @throws RangeError when a sample is needed and missing, or does not fit
 */
export function mapModel(rbm: Rbm, beta: number, options: MapOptions = {}): MapModel {
	const { N, M } = rbm;
	const n = N + M;
	const frame = orient(reciprocalFrame(rbm));
	const lambdaMax = frame.singularValues[0];
	const bound = lambdaMax > 0 ? 0.95 / (beta * lambdaMax) : Infinity;
	const sigma2 = Math.min(options.sigma2 ?? defaultSigma2(beta, lambdaMax), bound);
	const lift = makeLift(rbm, beta, sigma2);
	const exact = n <= ALL_STATES_UP_TO;
	const states = exact ? allStates(rbm, beta) : sampleStates(rbm, options.sample);
	const mode = Math.min(frame.r - 1, Math.max(0, Math.round(options.mode ?? 0)));

	const view = modeView(frame, mode);
	const axes = generalView(N, M, view);
	const turn = makeTurn(axes, view);
	const products = stateProducts(turn, states);
	const fields = modeFields(frame);
	const coordinates = modeCoordinates(frame, states);
	const half = unitSum(frame);
	return {
		N,
		M,
		n,
		beta,
		sigma2,
		mode,
		exact,
		singularValues: frame.singularValues,
		states,
		turn,
		products,
		axes,
		origin: { x: -half.x[mode] / 2, y: -half.y[mode] / 2 },
		stiff: { coupling: frame.singularValues[mode], field: centredField(frame, fields, half, mode, 1) },
		soft: { coupling: -frame.singularValues[mode], field: centredField(frame, fields, half, mode, -1) },
		modes: oscillatorModes(frame, coordinates, states, beta, sigma2, options.curvatures),
		closure: options.curvatures?.name ?? 'gaussian',
		deviation: exact && n <= CHECKED_UP_TO ? liftDeviation(lift, states) : NaN,
		machine: { rbm, frame, lift }
	};
}

function allStates(rbm: Rbm, beta: number): MapStates {
	const n = rbm.N + rbm.M;
	const energies = jointLogWeights(rbm, 1).map((e) => -e);
	const total = logSumExp(energies.map((e) => -beta * e));
	const bits = new Uint8Array(energies.length * n);
	for (let s = 0; s < energies.length; s++) for (let k = 0; k < n; k++) bits[s * n + k] = (s >> k) & 1;
	return {
		count: energies.length,
		bits,
		weight: energies.map((e) => Math.exp(-beta * e - total)),
		energy: energies
	};
}

function sampleStates(rbm: Rbm, sample: Uint8Array | undefined): MapStates {
	const n = rbm.N + rbm.M;
	if (!sample || sample.length === 0 || sample.length % n)
		throw new RangeError(`mapModel: beyond ${ALL_STATES_UP_TO} units a sample of whole states is needed`);
	const count = sample.length / n;
	const energies = new Float64Array(count);
	for (let s = 0; s < count; s++) {
		const state = Float64Array.from(sample.subarray(s * n, (s + 1) * n));
		energies[s] = energy(rbm, state.subarray(0, rbm.N), state.subarray(rbm.N));
	}
	return { count, bits: sample, weight: new Float64Array(count).fill(1 / count), energy: energies };
}

/** Products of s − ½ with the turn's planes, state by state. */
export function stateProducts(turn: Turn, { count, bits }: Pick<MapStates, 'count' | 'bits'>): Float64Array {
	const out = new Float64Array(4 * count);
	const centred = new Float64Array(turn.n);
	for (let s = 0; s < count; s++) {
		for (let k = 0; k < turn.n; k++) centred[k] = bits[s * turn.n + k] - 0.5;
		turnProducts(turn, centred, out, 4 * s);
	}
	return out;
}

/** Largest difference between the lift's marginal over states and the law, by the lift's own closed form. */
function liftDeviation(lift: Lift, { count, bits, energy: energies }: MapStates): number {
	const n = lift.rbm.N + lift.rbm.M;
	const lnZ = logSumExp(energies.map((e) => -lift.beta * e));
	const constant = liftConstant(lift);
	let worst = 0;
	for (let s = 0; s < count; s++) {
		const state = Float64Array.from(bits.subarray(s * n, (s + 1) * n));
		const lifted = Math.exp(liftLogMarginal(lift, state) - constant - lnZ);
		worst = Math.max(worst, Math.abs(lifted - Math.exp(-lift.beta * energies[s] - lnZ)));
	}
	return worst;
}
