// The ladder of the map: levels E(n) = Σωᵢnᵢ of all springs together, rungs nω of each alone, and how fast each dies,
// Γ = 2DE. Modes without a spring have no levels.
import { rateOfEnergy } from '$lib/theory/oscillators';
import { enumerateSpectrum } from '$lib/theory/oscillatorSpectrum';
import type { MapModel } from './mapModel';

/** One quantum number of one mode. */
export interface Rung {
	/** place in `MapModel.modes` */
	readonly mode: number;
	readonly quanta: number;
	readonly energy: number;
	readonly rate: number;
}

export interface LadderLevel {
	readonly energy: number;
	readonly rate: number;
	readonly degeneracy: number;
}

export interface Ladder {
	/** highest E shown */
	readonly top: number;
	readonly rungs: readonly Rung[];
	readonly levels: readonly LadderLevel[];
	/** false when there are more levels below `top` than are listed */
	readonly complete: boolean;
	/** smallest Γ above 0; NaN without a spring */
	readonly slowest: number;
}

/** At most so many states are listed, and so many rungs of one mode. */
const MOST_STATES = 400;
const MOST_RUNGS = 24;

/** The ladder up to a little above the first level of the stiffest mode. @param model the map's model */
export function ladderOf(model: Pick<MapModel, 'modes' | 'beta'>): Ladder {
	const diffusion = 1 / model.beta;
	const stable = model.modes.flatMap((m, k) => (m.omega > 1e-9 ? [k] : []));
	if (stable.length === 0) return { top: 1, rungs: [], levels: [], complete: true, slowest: NaN };
	const omegas = stable.map((k) => model.modes[k].omega);
	const top = 1.06 * Math.max(...omegas);
	const rungs = stable.flatMap((mode) => {
		const { omega } = model.modes[mode];
		return Array.from({ length: Math.min(MOST_RUNGS, Math.floor((top * (1 + 1e-9)) / omega)) }, (_, q) => ({
			mode,
			quanta: q + 1,
			energy: (q + 1) * omega,
			rate: rateOfEnergy((q + 1) * omega, diffusion)
		}));
	});
	const { levels, complete } = enumerateSpectrum(omegas, top, MOST_STATES);
	return {
		top,
		rungs,
		levels: levels.map((l) => ({
			energy: l.energy,
			rate: rateOfEnergy(l.energy, diffusion),
			degeneracy: l.degeneracy
		})),
		complete,
		slowest: rateOfEnergy(Math.min(...omegas), diffusion)
	};
}

/** Seconds in which the ladder's transients die before they start anew. */
const LOOP = 9;

/**
 * The Langevin time at which the ladder's transients are drawn: from 0 until the slowest has shrunk to e^{−3.5}, slowly
 * at first, over and over. At rest, half way to where the slowest has halved.
 * @param seconds of the visitor's time; null: at rest
 */
export function timeOf(ladder: Pick<Ladder, 'slowest'>, seconds: number | null): number {
	if (Number.isNaN(ladder.slowest)) return 0;
	if (seconds === null) return Math.LN2 / 2 / ladder.slowest;
	const phase = (seconds % LOOP) / LOOP;
	return (3.5 * phase * phase) / ladder.slowest;
}
