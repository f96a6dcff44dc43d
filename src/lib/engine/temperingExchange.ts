// What tempering over β and over the training trajectory share: Gibbs sweeps of R rungs, then one round of exchanges
// between neighbours, decided and carried out on the device.
//
// Configurations are exchanged by their visible layers, with the hidden layers summed out: rungs r and s hold v_r and
// v_s, and exchange them with probability min(1, [f_r(v_s)f_s(v_r)]/[f_r(v_r)f_s(v_s)]), f(v) = Σ_h e^{−βE(v,h)}, which
// leaves the product of all rungs' laws as it is; the hidden layers are drawn afresh. No exchange of (v,h) pairs is
// accepted more often.
import { gather, tensor1d, tensor3d, tidy, type Tensor3D } from '@tensorflow/tfjs-core';
import { foldIn, type Key } from '$lib/random/key';
import { assertBackend } from './backend';
import { exchangeDecision } from './kernels/exchangeDecision';
import { exchangeDifference } from './kernels/exchangeDifference';
import { partnerOf } from './kernels/exchangePartner';
import { exchangeRecord, FROM_FIRST, ROUND_TRIP } from './kernels/exchangeRecord';
import { exchangeRows } from './kernels/exchangeRows';
import { initReplicaGibbs, replicaSweep, type ReplicaChains } from './replicas';
import { drawReplicas, replicaBitProduct, replicaLayer } from './replicasLayer';
import { disposeSeats, makeSeats, type ReplicaModel, type Seats } from './replicasModel';

/** C chains on each of R rungs; the chains of one index and all rungs are one ladder. */
export interface TemperingState {
	/** [R, C, ·]; rung r's rows follow rung r's law */
	readonly chains: ReplicaChains;
	readonly seats: Seats;
	/** int32 [2, R, C]: see kernels/exchangeRecord.ts */
	readonly record: Tensor3D;
	readonly key: Key;
	/** rounds of exchanges done */
	readonly round: number;
	/** rounds of each parity since the statistics were last begun */
	readonly counted: readonly [number, number];
}

export interface TemperingInfo {
	/** block sweeps made by this call, on every rung */
	readonly sweeps: number;
	/** rounds of exchanges so far */
	readonly round: number;
	/** 0: pairs (0,1), (2,3)… tried in this call; 1: (1,2), (3,4)… */
	readonly parity: 0 | 1;
}

export interface TemperingStart {
	/** ladders run side by side */
	readonly chains: number;
	/** visible rows of every rung, float32 0/1 [R, chains, N]; fair coins unless given */
	readonly visible?: Float32Array | Tensor3D;
}

/** Children of a run's key. */
const RUNGS = 1;
const EXCHANGES = 2;

/** At the start every configuration on the first rung counts as coming from there. */
function freshRecord(R: number, C: number): Tensor3D {
	const record = new Int32Array(2 * R * C).fill(FROM_FIRST, 0, C);
	return tensor3d(record, [2, R, C], 'int32');
}

/** Seats of the rungs: their β and a key each. */
export function rungSeats(betas: readonly number[], key: Key): Seats {
	const keys = betas.map((_, r) => foldIn(foldIn(key, RUNGS), r));
	return makeSeats(betas, keys);
}

/** Chains at their start on every rung. Throws RangeError for fewer than two rungs. */
export function initExchange(
	models: ReplicaModel,
	betas: readonly number[],
	start: TemperingStart,
	key: Key
): TemperingState {
	if (!(models.R >= 2)) throw new RangeError('Tempering needs at least two rungs.');
	const seats = rungSeats(betas, key);
	const chains = initReplicaGibbs(models, seats, start.chains, start);
	return {
		chains,
		seats,
		record: freshRecord(models.R, start.chains),
		key,
		round: 0,
		counted: [0, 0]
	};
}

/** v·W of every rung's partner in the rung's own W, [R, C, M]; null when W is shared, since x holds it already. */
function crossFields(models: ReplicaModel, visible: Tensor3D, parity: number): Tensor3D | null {
	const { R, weights } = models;
	if (weights.shape[0] === 1) return null;
	return tidy(() => {
		const partners = Int32Array.from({ length: R }, (_, rung) => partnerOf(rung, R, parity));
		return replicaBitProduct(gather(visible, tensor1d(partners, 'int32')), weights);
	});
}

/**
 * `sweeps` ≥ 1 block sweeps on every rung, then one round of exchanges, of the parity whose turn it is. Consumes
 * `state`. Nothing is read back.
 */
export function exchangeStep(
	models: ReplicaModel,
	state: TemperingState,
	sweeps: number
): [TemperingState, TemperingInfo] {
	if (!(sweeps >= 1)) throw new RangeError('A sweep count is at least 1.');
	const { seats, round } = state;
	const parity = (round % 2) as 0 | 1;
	let chains = state.chains;
	if (sweeps > 1) chains = replicaSweep(models, seats, chains, sweeps - 1, false).chains;

	// The last sweep's hidden layer is drawn after the exchange.
	const visible = replicaLayer(models, seats, 'visible', chains.hidden, chains.counter, false).states!;
	chains.visible.dispose();
	chains.hidden.dispose();
	const key = foldIn(state.key, EXCHANGES);
	const [kept, record, hidden] = tidy(() => {
		const x = replicaBitProduct(visible, models.weights);
		const cross = crossFields(models, visible, parity);
		const { visibleBias, hiddenBias } = models;
		const laws = { visibleBias, hiddenBias, betas: seats.betaTensor };
		const difference = exchangeDifference(x, cross, visible, laws, parity);
		const taken = exchangeDecision(difference, parity, { key, counter: round });
		const fields = exchangeRows(taken, x, cross, parity);
		return [
			exchangeRows(taken, visible, null, parity),
			exchangeRecord(taken, state.record, parity),
			drawReplicas(fields, hiddenBias, seats, chains.counter + 1)
		];
	});
	visible.dispose();
	state.record.dispose();
	const counted: [number, number] = [...state.counted];
	counted[parity]++;
	return [
		{
			...state,
			chains: { visible: kept, hidden, counter: chains.counter + 2 },
			record,
			round: round + 1,
			counted
		},
		{ sweeps, round: round + 1, parity }
	];
}

export interface TemperingStatistics {
	/** share of exchanges accepted between rungs r and r+1, with its binomial standard error; NaN before any try */
	readonly acceptance: readonly number[];
	readonly acceptanceError: readonly number[];
	/** exchanges tried between rungs r and r+1 */
	readonly tried: readonly number[];
	/** configurations that went from the first rung to the last and back, all ladders together */
	readonly roundTrips: number;
	/** of those, per round of exchanges and ladder */
	readonly roundTripRate: number;
}

/** One small read-back: what was counted since the start or `restartStatistics`. Throws when the backend is lost. */
export async function readStatistics(state: TemperingState): Promise<TemperingStatistics> {
	assertBackend();
	const record = await state.record.data<'int32'>();
	assertBackend();
	const [, R, C] = state.record.shape;
	const tried = Array.from({ length: R - 1 }, (_, r) => state.counted[r % 2] * C);
	const acceptance = tried.map((tries, r) => {
		let accepted = 0;
		for (let chain = 0; chain < C; chain++) accepted += record[(R + r) * C + chain];
		return accepted / tries;
	});
	let roundTrips = 0;
	for (let at = 0; at < R * C; at++) roundTrips += Math.floor(record[at] / ROUND_TRIP);
	return {
		tried,
		acceptance,
		acceptanceError: acceptance.map((p, r) => Math.sqrt((p * (1 - p)) / tried[r])),
		roundTrips,
		roundTripRate: roundTrips / (state.counted[0] + state.counted[1]) / C
	};
}

/** Counts from zero again; the chains go on. Consumes `state`. */
export function restartStatistics(state: TemperingState): TemperingState {
	const [R, C] = state.chains.visible.shape;
	state.record.dispose();
	return { ...state, record: freshRecord(R, C), counted: [0, 0] };
}

export function disposeTempering(state: TemperingState): void {
	state.chains.visible.dispose();
	state.chains.hidden.dispose();
	state.record.dispose();
	disposeSeats(state.seats);
}
