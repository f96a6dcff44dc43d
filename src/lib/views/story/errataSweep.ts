// The slides' errata along a slider each: both sides as printed and as they hold, worked out anew at every point, from
// theory/errata.
import {
	confinedBeyondThreshold,
	coupledOscillators,
	entropyOfStates,
	freeDirections,
	noTaylorExpansion,
	rateAndEnergy,
	saddleConstant,
	swappedSigns,
	transposedMaps,
	unequalStiffness,
	type Erratum
} from '$lib/theory/errata';
import { reciprocalFrame, saddles } from '$lib/theory/reciprocal';
import type { Rbm } from '$lib/theory/rbm';
import { rbmOf } from '../machineRbm';
import { bitText, listStates, unitsOf } from './smallMachine';
import { smallRecipe } from './smallRecipe';

/** One slider: its range, whether only whole numbers make sense, and the erratum at a value of it. */
export interface Sweep {
	readonly from: number;
	readonly to: number;
	readonly whole: boolean;
	/** a usual place to begin */
	readonly start: number;
	readonly at: (value: number) => Erratum;
}

const machine = (N: number, M: number): Rbm =>
	rbmOf({ N, M, singularValues: [3, 1.4, 0.7], rest: 0.5, bias: 'uniform', biasScale: 0.8, seed: 11 });

/** All ten, by their number in theory §9. Machines are built once, when a sweep is asked for. */
export function sweepOf(erratum: number): Sweep {
	const rbm = rbmOf(smallRecipe(3));
	switch (erratum) {
		case 1: {
			const { order } = listStates(rbm, 1);
			return {
				...{ from: 1, to: 128, whole: true, start: 20 },
				at: (rank) => {
					const s = unitsOf(bitText(order[Math.round(rank) - 1], 7));
					return transposedMaps(rbm, s.subarray(0, 4), s.subarray(4));
				}
			};
		}
		case 2:
			return { from: 2, to: 9, whole: true, start: 5, at: (N) => freeDirections(machine(Math.round(N), 3)) };
		case 3: {
			const frame = reciprocalFrame(rbm);
			const saddle = saddles(frame)[0];
			if (!saddle) throw new RangeError('The first mode has no saddle.');
			return {
				...{ from: -1, to: 1, whole: false, start: 0.4 },
				at: (t) => saddleConstant(frame, 0, saddle.x + t, saddle.y + t / 2)
			};
		}
		case 4:
			return { from: 0, to: 2, whole: false, start: 1, at: (beta) => swappedSigns(rbm, beta) };
		case 5:
			return {
				...{ from: 2, to: 12, whole: true, start: 7 },
				at: (n) => entropyOfStates(machine(Math.ceil(n / 2), Math.floor(n / 2)))
			};
		case 6:
			return { from: 0.05, to: 0.25, whole: false, start: 0.1, at: noTaylorExpansion };
		case 7:
			return { from: 2, to: 8, whole: false, start: 6, at: (kx) => unequalStiffness(kx, 4, 2) };
		case 8:
			return { from: 0.1, to: 2, whole: false, start: 1, at: (D) => rateAndEnergy(3, D) };
		case 9:
			return { from: 0, to: 4, whole: false, start: 1.5, at: (k12) => coupledOscillators(4, k12, 5) };
		case 10:
			return { from: 4.05, to: 8, whole: false, start: 5, at: confinedBeyondThreshold };
	}
	throw new RangeError(`There is no erratum ${erratum}.`);
}

/** Both sides of both equations over the whole slider. */
export interface SweepLines {
	readonly x: readonly number[];
	readonly printedLeft: readonly number[];
	readonly printedRight: readonly number[];
	readonly left: readonly number[];
	readonly right: readonly number[];
}

export function linesOf({ from, to, whole, at }: Sweep): SweepLines {
	const count = whole ? to - from + 1 : 61;
	const x = Array.from({ length: count }, (_, k) => from + ((to - from) * k) / (count - 1));
	const all = x.map(at);
	return {
		x,
		printedLeft: all.map((e) => e.printed.left),
		printedRight: all.map((e) => e.printed.right),
		left: all.map((e) => e.corrected.left),
		right: all.map((e) => e.corrected.right)
	};
}

/** The value of a slider whose place is given as a share of its range. */
export function valueAt({ from, to, whole }: Sweep, share: number): number {
	const value = from + (to - from) * share;
	return whole ? Math.round(value) : value;
}

/** Do both sides agree to rounding? */
export function agree(left: number, right: number): boolean {
	return Math.abs(left - right) <= 1e-9 * Math.max(1, Math.abs(left));
}

/** The equations of all errata, as theory/errata prints them. */
export function errataEquations(): {
	readonly id: number;
	readonly printed: string;
	readonly holds: string;
}[] {
	return Array.from({ length: 10 }, (_, k) => {
		const sweep = sweepOf(k + 1);
		const { id, printed, corrected } = sweep.at(sweep.start);
		return { id, printed: printed.tex, holds: corrected.tex };
	});
}
