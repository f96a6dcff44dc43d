// Training R RBMs at once by CD-k, PCD-k or TAP, plain or centred gradient: train.ts with one more axis. Each replica is,
// up to rounding, the same run alone with its key. No step reads anything back.
// Ownership: `replicaTrainStep` CONSUMES its state; `model` of the returned state lives until the next step.
import {
	add,
	mean,
	mul,
	neg,
	reshape,
	sub,
	tensor3d,
	tidy,
	type Tensor,
	type Tensor2D,
	type Tensor3D
} from '@tensorflow/tfjs-core';
import { foldIn } from '$lib/random/key';
import { canDrawLayer } from './kernels/drawLayer';
import { pageOf } from './kernels/pageOf';
import { unpackBits } from './kernels/unpackBits';
import { meanFieldSweep, onsagerStatistics, type Magnetisations } from './meanField';
import { disposeModel } from './model';
import { replicaSweep, type ReplicaChains } from './replicas';
import {
	disposeReplicaGradient,
	replicaContrast,
	type ReplicaGradient,
	type ReplicaOffsets,
	type ReplicaStatistics
} from './replicasGradient';
import { joinPages, replicaLayer } from './replicasLayer';
import {
	disposeReplicas,
	disposeSeats,
	makeSeats,
	perReplica,
	replicaModel,
	type ReplicaModel
} from './replicasModel';
import { lookAhead, rateStep, type RateState } from './replicasRate';
import { replicaOrder, type ReplicaTrainState } from './replicasTrainState';
import { stepParameters } from './step';
import { OFFSET_RATE, type TrainInfo } from './train';
import { BATCH } from './trainState';

export {
	disposeReplicaTraining,
	initReplicaTraining,
	type ReplicaTrainConfig,
	type ReplicaTrainState
} from './replicasTrainState';

/** One gradient step of every replica, each on the next batch of its own order. Consumes `state`. */
export function replicaTrainStep(state: ReplicaTrainState): [ReplicaTrainState, TrainInfo] {
	const { config, data, model, keys } = state;
	const perEpoch = Math.ceil(data.count / config.batchSize);
	const epoch = Math.floor(state.step / perEpoch);
	const from = (state.step % perEpoch) * config.batchSize;
	const rows = Math.min(config.batchSize, data.count - from);
	let { order } = state;
	if (order.epoch !== epoch) {
		order.index.dispose();
		order = replicaOrder(epoch, data, keys, config.batchSize);
	}
	const all = unpackBits(data.words, order.index, data.units, from * model.R, rows * model.R);
	const batch = reshape(all, [model.R, rows, model.N]) as Tensor3D;
	all.dispose();

	const { hidden, negative, chains, magnetisations } = phases(state, batch);
	const offsets = followOffsets(state.offsets, batch, hidden);
	const moved = move(state, { visible: batch, hidden }, negative, offsets, magnetisations);
	[batch, hidden].forEach((tensor) => tensor.dispose());
	if (!magnetisations) {
		negative.hidden.dispose();
		if (!chains) negative.visible.dispose();
	}
	disposeReplicas(model);
	disposeReplicaGradient(state.velocity);
	const step = state.step + 1;
	return [
		{ ...state, ...moved, offsets, chains, magnetisations, order, step },
		{ step, epoch: step / perEpoch, rows }
	];
}

interface Phases {
	/** P(h|v) of the batch */
	readonly hidden: Tensor3D;
	readonly negative: ReplicaStatistics;
	readonly chains: ReplicaChains | null;
	readonly magnetisations: Magnetisations | null;
}

function phases(state: ReplicaTrainState, batch: Tensor3D): Phases {
	const { config, model, seats, keys, step } = state;
	if (config.algorithm === 'cd') {
		const batchSeats = makeSeats(
			seats.betas,
			keys.map((key) => foldIn(foldIn(key, BATCH), step))
		);
		const layer = replicaLayer(model, batchSeats, 'hidden', batch, 0, true);
		const start = { visible: batch.clone(), hidden: layer.states!, counter: 1 };
		const sweep = replicaSweep(model, batchSeats, start, config.k, true);
		disposeSeats(batchSeats);
		sweep.chains.hidden.dispose();
		const negative = { visible: sweep.chains.visible, hidden: sweep.hiddenProbabilities! };
		return { hidden: layer.probabilities!, negative, chains: null, magnetisations: null };
	}
	const hidden = replicaLayer(model, seats, 'hidden', batch, null, true).probabilities!;
	if (config.algorithm === 'tap') {
		const m = meanFieldSweep(model, seats, state.magnetisations!, config.k, config.meanField);
		return { hidden, negative: m, chains: null, magnetisations: m };
	}
	const { chains, hiddenProbabilities } = replicaSweep(model, seats, state.chains!, config.k, true);
	const negative = { visible: chains.visible, hidden: hiddenProbabilities! };
	return { hidden, negative, chains, magnetisations: null };
}

/** μ ← (1−ν)μ + ν⟨v⟩_batch of every replica, λ likewise. Consumes `offsets`. */
function followOffsets(
	offsets: ReplicaOffsets | null,
	visible: Tensor3D,
	hidden: Tensor3D
): ReplicaOffsets | null {
	if (!offsets) return null;
	const follow = (old: Tensor2D, rows: Tensor3D): Tensor2D => {
		const next = tidy(() => add(mul(old, 1 - OFFSET_RATE), mul(mean(rows, 1), OFFSET_RATE)) as Tensor2D);
		old.dispose();
		return next;
	};
	return { visible: follow(offsets.visible, visible), hidden: follow(offsets.hidden, hidden) };
}

interface Moved {
	readonly model: ReplicaModel;
	readonly velocity: ReplicaGradient;
	readonly rates: RateState | null;
}

/** New parameters and velocities; disposes the old rates only. */
function move(
	state: ReplicaTrainState,
	data: ReplicaStatistics,
	negative: ReplicaStatistics,
	offsets: ReplicaOffsets | null,
	magnetisations: Magnetisations | null
): Moved {
	const { config, model, seats, rates } = state;
	const learningRates = perReplica(model.R, config.learningRate);
	const fused = canDrawLayer() && !magnetisations;
	if (fused && !rates) {
		const settings = { ...config, learningRates };
		return { ...moveOneByOne(state, data, negative, offsets, settings), rates: null };
	}
	// Without adaptive rates the learning rate is in the gradient's factor already.
	const factors = seats.betas.map((beta, r) => (rates ? beta : beta * learningRates[r]));
	const decays = learningRates.map((rate) => (rates ? 1 : rate) * config.weightDecay);
	const each = (numbers: readonly number[]): Tensor3D => tensor3d([...numbers], [model.R, 1, 1], 'float32');
	const gradient = tidy(() => {
		const onsager = magnetisations && config.meanField?.onsager !== false;
		const extra = onsager
			? (neg(mul(onsagerStatistics(model, seats, magnetisations), each(factors))) as Tensor3D)
			: null;
		const contrast = fused
			? gradientOneByOne(state, data, negative, offsets)
			: replicaContrast(data, negative, factors, offsets, extra);
		if (config.weightDecay === 0) return { ...contrast };
		return { ...contrast, weights: sub(contrast.weights, mul(model.weights, each(decays))) as Tensor3D };
	});
	if (!rates) return { ...pushed(state, gradient, false), rates: null };
	const { state: next, step } = rateStep(rates, gradient);
	return { ...pushed(state, step, config.rate?.nesterov ?? false), rates: next };
}

/** velocity ← momentum·velocity + step, parameters += velocity (with look-ahead: step + momentum·velocity). */
function pushed(
	{ model, velocity, config }: ReplicaTrainState,
	step: ReplicaGradient,
	nesterov: boolean
): { model: ReplicaModel; velocity: ReplicaGradient } {
	const { momentum } = config;
	const fields = ['weights', 'visibleBias', 'hiddenBias'] as const;
	const tensors = tidy((): Tensor[] =>
		fields.flatMap((field) => {
			const speed = momentum > 0 ? add(mul(velocity[field], momentum), step[field]) : step[field].clone();
			const by = nesterov ? lookAhead(speed, step[field], momentum) : speed;
			return [add(model[field], by), speed];
		})
	);
	disposeReplicaGradient(step);
	const [weights, w, visibleBias, a, hiddenBias, b] = tensors;
	return {
		model: { ...model, weights, visibleBias, hiddenBias } as ReplicaModel,
		velocity: { weights: w, visibleBias: a, hiddenBias: b } as ReplicaGradient
	};
}

/** On wasm: the gradient, as the velocity of the fused step from rest at rate 1. */
function gradientOneByOne(
	state: ReplicaTrainState,
	data: ReplicaStatistics,
	negative: ReplicaStatistics,
	offsets: ReplicaOffsets | null
): ReplicaGradient {
	const learningRates = new Array<number>(state.model.R).fill(1);
	const settings = { learningRates, momentum: 0, weightDecay: 0 };
	const { model, velocity } = moveOneByOne(state, data, negative, offsets, settings);
	disposeReplicas(model);
	return velocity;
}

/** On wasm: the single model's fused step for each replica in turn. */
function moveOneByOne(
	{ model, velocity, seats }: ReplicaTrainState,
	data: ReplicaStatistics,
	negative: ReplicaStatistics,
	offsets: ReplicaOffsets | null,
	{ learningRates, ...others }: { learningRates: readonly number[]; momentum: number; weightDecay: number }
): Omit<Moved, 'rates'> {
	const { R, N, M } = model;
	const parts: Tensor2D[][] = [[], [], [], [], [], []];
	for (let r = 0; r < R; r++) {
		const own = replicaModel(model, r);
		const speed = replicaModel({ ...model, ...velocity }, r);
		const rowsOf = (s: ReplicaStatistics) => ({
			visible: pageOf(s.visible, r) as Tensor2D,
			hidden: pageOf(s.hidden, r) as Tensor2D
		});
		const [positive, chains] = [rowsOf(data), rowsOf(negative)];
		const pair =
			offsets && replicaModel({ ...model, visibleBias: offsets.visible, hiddenBias: offsets.hidden }, r);
		const centre = pair && { visible: pair.visibleBias, hidden: pair.hiddenBias };
		const settings = { ...others, learningRate: learningRates[r], beta: seats.betas[r] };
		const moved = stepParameters({ model: own, velocity: speed }, positive, chains, centre, settings);
		[moved.model, moved.velocity].forEach((set, place) => {
			parts[3 * place].push(set.weights);
			parts[3 * place + 1].push(reshape(set.visibleBias, [1, N]));
			parts[3 * place + 2].push(reshape(set.hiddenBias, [1, M]));
			set.visibleBias.dispose();
			set.hiddenBias.dispose();
		});
		[own, speed, ...(pair ? [pair] : [])].forEach(disposeModel);
		[positive, chains].forEach((set) => Object.values(set).forEach((tensor) => tensor.dispose()));
	}
	const [weights, a, b, speedWeights, speedA, speedB] = parts.map(joinPages);
	const flat = (tensor: Tensor3D): Tensor2D => {
		const made = reshape(tensor, [R, -1]) as Tensor2D;
		tensor.dispose();
		return made;
	};
	return {
		model: { ...model, weights, visibleBias: flat(a), hiddenBias: flat(b) },
		velocity: { weights: speedWeights, visibleBias: flat(speedA), hiddenBias: flat(speedB) }
	};
}
