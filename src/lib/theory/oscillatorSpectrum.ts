// The spectrum of coupled oscillators after the normal-mode transformation, E(n) = Σ ωᵢnᵢ without zero point:
// occupation numbers in ascending order of energy by a heap, and the levels with their degeneracies.

/** One many-oscillator state: which modes carry how many quanta (modes not listed carry none). */
export interface OscillatorState {
	readonly energy: number;
	readonly occupation: readonly { readonly mode: number; readonly quanta: number }[];
}

/** States of equal energy (within the tolerance asked for). */
export interface Level {
	readonly energy: number;
	readonly degeneracy: number;
	readonly states: readonly OscillatorState[];
}

export interface Spectrum {
	readonly states: readonly OscillatorState[];
	readonly levels: readonly Level[];
	/** True when every state up to `cutoff` is listed; false when `maxStates` stopped the enumeration first. */
	readonly complete: boolean;
}

/** A heap entry: sorted-mode occupation and the position (in sorted order) of its last occupied mode. */
interface Entry {
	readonly energy: number;
	readonly modes: readonly number[];
	readonly quanta: readonly number[];
}

/**
 * All states with E(n) ≤ cutoff, ascending, the vacuum (E = 0, the stationary state) first.
 *
 * With ω ascending every state but the vacuum has one parent: if its highest occupied mode holds two quanta or
 * more, take one away; if it holds one, move that one to the next softer mode. Both lower E, so a heap that
 * replaces each popped state by its two children meets every state once and in order, whatever the number of modes.
 * @param frequencies ωᵢ > 0 of the normal modes, any order
 * @param cutoff largest E listed (in the units of ω; Γ = 2DE)
 * @param maxStates the enumeration stops there; `complete` is then false
 * @param tolerance relative width within which energies count as one level
 * @throws RangeError when a frequency is not positive: an unstable mode has no oscillator spectrum
 */
export function enumerateSpectrum(
	frequencies: ArrayLike<number>,
	cutoff: number,
	maxStates = 10_000,
	tolerance = 1e-9
): Spectrum {
	const order = Array.from(frequencies, (_, i) => i).sort((i, j) => frequencies[i] - frequencies[j]);
	const omega = order.map((i) => frequencies[i]);
	if (omega.some((w) => !(w > 0) || w === Infinity))
		throw new RangeError(
			'enumerateSpectrum: every frequency must be positive (an unstable mode has no levels)'
		);
	if (!(cutoff >= 0) || cutoff === Infinity)
		throw new RangeError(`enumerateSpectrum: cutoff must be ≥ 0 and finite, got ${cutoff}`);
	const limit = cutoff * (1 + tolerance);
	const states: OscillatorState[] = [{ energy: 0, occupation: [] }];
	const heap: Entry[] = [];
	const offer = (entry: Entry) => {
		if (entry.energy <= limit) push(heap, entry);
	};
	if (omega.length > 0) offer({ energy: omega[0], modes: [0], quanta: [1] });
	while (heap.length > 0 && states.length < maxStates) {
		const top = pop(heap);
		states.push({
			energy: top.energy,
			occupation: top.modes
				.map((m, k) => ({ mode: order[m], quanta: top.quanta[k] }))
				.sort((p, q) => p.mode - q.mode)
		});
		const last = top.modes.length - 1;
		const mode = top.modes[last];
		offer({
			energy: top.energy + omega[mode],
			modes: top.modes,
			quanta: top.quanta.with(last, top.quanta[last] + 1)
		});
		if (mode + 1 < omega.length) {
			const emptied = top.quanta[last] === 1;
			offer({
				energy: top.energy - omega[mode] + omega[mode + 1],
				modes: [...(emptied ? top.modes.slice(0, last) : top.modes), mode + 1],
				quanta: [...(emptied ? top.quanta.slice(0, last) : top.quanta.with(last, top.quanta[last] - 1)), 1]
			});
		}
	}
	return { states, levels: groupLevels(states, tolerance), complete: heap.length === 0 };
}

/**
 * Groups ascending states into levels.
 * @param states ascending in energy
 * @param tolerance relative width of one level
 */
export function groupLevels(states: readonly OscillatorState[], tolerance = 1e-9): Level[] {
	const levels: { energy: number; degeneracy: number; states: OscillatorState[] }[] = [];
	for (const state of states) {
		const level = levels.at(-1);
		if (level && state.energy - level.energy <= tolerance * Math.max(state.energy, Number.MIN_VALUE)) {
			level.states.push(state);
			level.degeneracy++;
		} else levels.push({ energy: state.energy, degeneracy: 1, states: [state] });
	}
	return levels;
}

function push(heap: Entry[], entry: Entry): void {
	let i = heap.push(entry) - 1;
	while (i > 0) {
		const parent = (i - 1) >> 1;
		if (heap[parent].energy <= heap[i].energy) return;
		[heap[parent], heap[i]] = [heap[i], heap[parent]];
		i = parent;
	}
}

function pop(heap: Entry[]): Entry {
	const top = heap[0];
	const last = heap.pop() as Entry;
	if (heap.length > 0) {
		heap[0] = last;
		let i = 0;
		for (;;) {
			let least = i;
			for (const child of [2 * i + 1, 2 * i + 2])
				if (child < heap.length && heap[child].energy < heap[least].energy) least = child;
			if (least === i) break;
			[heap[least], heap[i]] = [heap[i], heap[least]];
			i = least;
		}
	}
	return top;
}
