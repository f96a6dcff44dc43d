// Mean-field and TAP training: the model's statistics from fixed points of the free energy of magnetisations instead of
// samples (Gabrié, Tramel, Krzakala, "Training restricted Boltzmann machines via the Thouless–Anderson–Palmer free
// energy", NIPS 2015), β included, for R replicas with C magnetisations each:
//   −βF = S(m) + β(a₀·m_v + b₀·m_h + m_vᵀWm_h) + ½β² Σ m_v(1−m_v) W² m_h(1−m_h).
// The last term is Onsager's, the second order of Plefka's expansion; without it this is naive mean field.
import {
	add,
	log,
	maximum,
	mul,
	neg,
	reshape,
	sigmoid,
	square,
	sub,
	sum,
	tidy,
	type Tensor,
	type Tensor2D,
	type Tensor3D
} from '@tensorflow/tfjs-core';
import { replicaOuter, replicaProduct, replicaProductTransposed } from './replicasLayer';
import type { ReplicaModel, Seats } from './replicasModel';

/** Magnetisations of both layers, probabilities in (0,1): one row is one mean-field state. */
export interface Magnetisations {
	/** [R, C, N] */
	readonly visible: Tensor3D;
	/** [R, C, M] */
	readonly hidden: Tensor3D;
}

export interface MeanFieldOptions {
	/** second order (TAP); false: naive mean field. Default true. */
	readonly onsager?: boolean;
	/** share of the old magnetisation kept in each update, in [0, 1); 0 by default. Strong couplings may need it. */
	readonly damping?: number;
}

const variance = (m: Tensor): Tensor3D => sub(m, square(m)) as Tensor3D;

/** β_r as [R, 1, 1], to multiply pages with. */
const pageBeta = (seats: Seats): Tensor3D => reshape(seats.betaTensor, [-1, 1, 1]) as Tensor3D;

/** [R, n] or [1, n] as [R or 1, 1, n]. */
const rows = (bias: Tensor2D): Tensor3D => reshape(bias, [bias.shape[0], 1, bias.shape[1]]) as Tensor3D;

/** σ(β(x + bias) − β²(m − ½)·toward), mixed with the old m. */
function updated(
	old: Tensor3D,
	x: Tensor3D,
	bias: Tensor2D,
	toward: Tensor3D | null,
	beta: Tensor3D,
	damping: number
): Tensor3D {
	const field = add(x, rows(bias));
	const reaction = toward ? mul(mul(sub(old, 0.5), toward), beta) : 0;
	const fresh = sigmoid(mul(sub(field, reaction), beta)) as Tensor3D;
	return damping > 0 ? (add(mul(old, damping), mul(fresh, 1 - damping)) as Tensor3D) : fresh;
}

/**
 * `iterations` ≥ 1 rounds of the fixed-point equations, hidden from visible and then visible from hidden, each with
 * its own last value in the Onsager term:
 *   m_h ← σ(β(b₀ + Wᵀm_v) − β²(m_h − ½)∘(W²)ᵀ(m_v − m_v²)),   m_v likewise.
 * Consumes `m`.
 */
export function meanFieldSweep(
	model: ReplicaModel,
	seats: Seats,
	m: Magnetisations,
	iterations: number,
	options: MeanFieldOptions = {}
): Magnetisations {
	const { onsager = true, damping = 0 } = options;
	if (!(iterations >= 1)) throw new RangeError('A mean-field sweep has at least one iteration.');
	if (!(damping >= 0 && damping < 1)) throw new RangeError('Damping lies in [0, 1).');
	const [visible, hidden] = tidy(() => {
		const beta = pageBeta(seats);
		const squares = onsager ? (square(model.weights) as Tensor3D) : null;
		let { visible, hidden } = m;
		for (let iteration = 0; iteration < iterations; iteration++) {
			const toHidden = squares && replicaProduct(variance(visible), squares);
			const upward = replicaProduct(visible, model.weights);
			hidden = updated(hidden, upward, model.hiddenBias, toHidden, beta, damping);
			const toVisible = squares && replicaProductTransposed(variance(hidden), squares);
			const downward = replicaProductTransposed(hidden, model.weights);
			visible = updated(visible, downward, model.visibleBias, toVisible, beta, damping);
		}
		return [visible, hidden];
	});
	disposeMagnetisations(m);
	return { visible, hidden };
}

/**
 * What the Onsager term adds to ⟨v hᵀ⟩: β_r W∘⟨(m_v−m_v²)(m_h−m_h²)ᵀ⟩, averaged over the C states, [R, N, M]. With
 * m_v m_hᵀ it makes the derivative of −F by W at a fixed point. Caller disposes.
 */
export function onsagerStatistics(model: ReplicaModel, seats: Seats, m: Magnetisations): Tensor3D {
	return tidy(() => {
		const products = replicaOuter(variance(m.visible), variance(m.hidden));
		const scaled = mul(mul(products, model.weights), pageBeta(seats));
		return mul(scaled, 1 / m.visible.shape[1]) as Tensor3D;
	});
}

/** m ln m, 0 at 0. */
const xLogX = (m: Tensor): Tensor => mul(m, log(maximum(m, 1e-30)));

/** βF of every state, dimensionless, [R, C]: ln Z ≈ −βF at a fixed point. Caller disposes. */
export function meanFieldFreeEnergy(
	model: ReplicaModel,
	seats: Seats,
	m: Magnetisations,
	onsager = true
): Tensor2D {
	return tidy(() => {
		const { visible, hidden } = m;
		const units = (x: Tensor): Tensor => sum(x, 2);
		const beta = reshape(seats.betaTensor, [-1, 1]);
		const entropyOf = (x: Tensor3D): Tensor => neg(units(add(xLogX(x), xLogX(sub(1, x)))));
		const field = add(replicaProduct(visible, model.weights), rows(model.hiddenBias));
		const coupling = units(mul(field, hidden));
		const free = units(mul(visible, rows(model.visibleBias)));
		const gained = add(mul(add(coupling, free), beta), add(entropyOf(visible), entropyOf(hidden)));
		if (!onsager) return neg(gained) as Tensor2D;
		const reaction = replicaProduct(variance(visible), square(model.weights) as Tensor3D);
		const second = mul(units(mul(reaction, variance(hidden))), mul(square(beta), 0.5));
		return neg(add(gained, second)) as Tensor2D;
	});
}

export function disposeMagnetisations(m: Magnetisations): void {
	m.visible.dispose();
	m.hidden.dispose();
}
