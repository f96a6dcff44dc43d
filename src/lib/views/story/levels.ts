// Levels of the Schrödinger form on the story's line: eigenfunctions as they are drawn at their energies, and the harmonic
// well's exact ones beside them.
import { nodes, type Generator } from '$lib/theory/fokkerPlanck';
import type { FokkerPlanckModes } from '$lib/theory/fokkerPlanckModes';
import { hermiteFunctions } from '$lib/theory/hermite';
import { quantumPotential, SHOWN, type Well, type WellShape } from './softWell';

/** Terms that the chapter shows: the stationary one and seven transients. */
export const SHOWN_TERMS = 8;

/** One eigenstate: ψ normalised to ∫ψ² dw = 1, positive where it ends at the right. */
export interface LevelState {
	readonly n: number;
	readonly energy: number;
	readonly rate: number;
	readonly psi: Float64Array;
}

/** The lowest states of a generator on a line. */
export function levelStates(
	generator: Generator,
	modes: FokkerPlanckModes,
	count = SHOWN_TERMS
): LevelState[] {
	const norm = Math.sqrt(generator.cell);
	return Array.from({ length: Math.min(count, modes.rates.length) }, (_, n) => {
		const psi = modes.functions[n];
		const most = psi.reduce((a, e) => Math.max(a, Math.abs(e)), 0);
		let last = psi.length - 1;
		while (last > 0 && Math.abs(psi[last]) < 0.05 * most) last--;
		const sign = psi[last] < 0 ? -1 : 1;
		return { n, energy: modes.energies[n], rate: modes.rates[n], psi: psi.map((e) => (sign * e) / norm) };
	});
}

/** The harmonic well's exact states: Eₙ = nκ/2 and Hermite functions on the same cells. Null when κ ≤ 0. */
export function hermiteStates(well: Well, generator: Generator, count = SHOWN_TERMS): LevelState[] | null {
	const kappa = 4 - well.beta * well.lambda;
	if (!(kappa > 0)) return null;
	const omega = kappa / 2;
	const rows = Array.from(nodes(generator.axes[0]), (w) => hermiteFunctions(w, omega, count));
	return Array.from({ length: count }, (_, n) => ({
		n,
		energy: n * omega,
		rate: (2 * n * omega) / well.beta,
		psi: Float64Array.from(rows, (r) => r[n])
	}));
}

/** Largest difference of two states' functions. */
export function largestDifference(a: LevelState, b: LevelState): number {
	return a.psi.reduce((most, e, i) => Math.max(most, Math.abs(e - b.psi[i])), 0);
}

/** V_Q on the nodes that are shown, NaN where there is none. */
export function quantumCurve(shape: WellShape, generator: Generator): Float64Array {
	return Float64Array.from(nodes(generator.axes[0]), (w) =>
		Math.abs(w) <= SHOWN ? quantumPotential(shape, w) : NaN
	);
}
