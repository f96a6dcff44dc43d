// A machine small enough to list all its states: energies, Boltzmann weights and probabilities of each, and the parts
// of one state's energy. For the first chapters of the story; exact, by enumeration.
import { bitsOf, indexOf, jointLogWeights } from '$lib/theory/enumerateStates';
import { energy, logSumExp, type Rbm } from '$lib/theory/rbm';

export type { Rbm };

/** The states "v|h" of a machine in the order of rising energy. */
export interface StateList {
	/** state number (bit k is unit k) at each rank */
	readonly order: readonly number[];
	/** rank of each state number */
	readonly rank: readonly number[];
	/** E at each rank */
	readonly energies: Float64Array;
	/** e^{−βE}/Z at each rank */
	readonly probabilities: Float64Array;
	readonly lnZ: number;
	/** −Σ p ln p, nats */
	readonly entropy: number;
}

/** Bits of a text of 0 and 1 as numbers. */
export function unitsOf(bits: string): Float64Array {
	return Float64Array.from(bits, Number);
}

/** The text of a state number: visible units first. */
export function bitText(state: number, units: number): string {
	return bitsOf(state, units).join('');
}

export function stateNumber(bits: string): number {
	return indexOf(unitsOf(bits));
}

/** All 2^{N+M} states of an RBM at β. N+M ≤ 24. */
export function listStates(rbm: Rbm, beta: number): StateList {
	// At β = 1 the weights are the energies, whatever β is.
	const energy1 = jointLogWeights(rbm, 1).map((w) => -w);
	const order = Array.from(energy1.keys()).sort((a, b) => energy1[a] - energy1[b] || a - b);
	const rank = new Array<number>(order.length);
	order.forEach((state, at) => (rank[state] = at));
	const energies = Float64Array.from(order, (state) => energy1[state]);
	const logWeights = energies.map((e) => -beta * e);
	const lnZ = logSumExp(logWeights);
	const probabilities = logWeights.map((w) => Math.exp(w - lnZ));
	let entropy = 0;
	for (const p of probabilities) if (p > 0) entropy -= p * Math.log(p);
	return { order, rank, energies, probabilities, lnZ, entropy };
}

/** The three terms of E(v,h) = −a₀·v − b₀·h − vᵀWh, and their sum. */
export interface EnergyParts {
	readonly visible: number;
	readonly hidden: number;
	readonly pairs: number;
	readonly total: number;
}

export function energyParts(rbm: Rbm, bits: string): EnergyParts {
	const s = unitsOf(bits);
	const [v, h] = [s.subarray(0, rbm.N), s.subarray(rbm.N)];
	let visible = 0;
	for (let i = 0; i < rbm.N; i++) visible -= rbm.visibleBias[i] * v[i];
	let hidden = 0;
	for (let j = 0; j < rbm.M; j++) hidden -= rbm.hiddenBias[j] * h[j];
	const total = energy(rbm, v, h);
	return { visible, hidden, pairs: total - visible - hidden, total };
}
