// The coupled oscillators of one small machine in a closure: normal modes with their thermal widths, the matrix K in the
// stiff, soft and free coordinates, and both readings of E(n): from the normal modes, and from the diagonal of K alone.
import type { MachineRecipe } from '$lib/scene/machine';
import type { Closure, ModeKind } from '$lib/theory/closures/closure';
import { entropicClosure } from '$lib/theory/closures/entropic';
import { gaussianClosure } from '$lib/theory/closures/gaussian';
import { modeFrameHessian } from '$lib/theory/closures/modes';
import { enumerateSpectrum, type Level } from '$lib/theory/oscillatorSpectrum';
import { reciprocalFrame, type Frame } from '$lib/theory/reciprocal';
import { rbmOf } from '../machineRbm';

export interface SpringsQuestion {
	readonly recipe: MachineRecipe;
	readonly beta: number;
	readonly closure: 'gaussian' | 'entropic';
}

/** One normal mode as a mass on a spring. */
export interface Spring {
	/** place by rising κ, 0-based */
	readonly index: number;
	/** "u₁", "w₂", "x", "mix" */
	readonly name: string;
	readonly kind: ModeKind;
	/** κ of βU */
	readonly curvature: number;
	/** ω = κ/2; not positive: no spring */
	readonly frequency: number;
	/** Γ = Dκ */
	readonly rate: number;
	/** thermal standard deviation 1/√κ; NaN without a spring */
	readonly spread: number;
	/** unit vector over the units, visible first */
	readonly shape: Float64Array;
}

export interface Springs {
	readonly N: number;
	readonly M: number;
	readonly beta: number;
	readonly closure: Closure;
	readonly frame: Frame;
	/** what the modes swing about: the lowest minimum, or ½ where there is none */
	readonly centre: Float64Array;
	readonly springs: readonly Spring[];
	/** K in (u₁…, w₁…, free), row-major */
	readonly matrix: Float64Array;
	/** names of its rows: "u₁", …, "w₁", …, "x" */
	readonly names: readonly string[];
	readonly kinds: readonly ModeKind[];
}

const digit = (n: number) => '₀₁₂₃₄₅₆₇₈₉'[n];

/** Everything of one machine in one closure; about a millisecond for seven units. */
export function springsOf({ recipe, beta, closure: name }: SpringsQuestion): Springs {
	const rbm = rbmOf(recipe);
	const { N, M } = rbm;
	const frame = reciprocalFrame(rbm);
	const closure = name === 'gaussian' ? gaussianClosure(rbm, beta) : entropicClosure(rbm, beta);
	const centre = closure.minima()[0]?.at ?? new Float64Array(N + M).fill(0.5);
	const letter = { stiff: 'u', soft: 'w', free: N > M ? 'x' : 'y', mixed: 'mix' };
	const springs = closure.modes(centre).map((mode, index): Spring => ({
		index,
		name: letter[mode.kind] + (mode.singular === null ? '' : digit(mode.singular + 1)),
		kind: mode.kind,
		curvature: mode.curvature,
		frequency: mode.curvature / 2,
		rate: mode.curvature / beta,
		spread: mode.curvature > 0 ? 1 / Math.sqrt(mode.curvature) : NaN,
		shape: mode.shape
	}));
	const kinds = Array.from({ length: N + M }, (_, k): ModeKind =>
		k < frame.r ? 'stiff' : k < 2 * frame.r ? 'soft' : 'free'
	);
	return {
		N,
		M,
		beta,
		closure,
		frame,
		centre,
		springs,
		matrix: modeFrameHessian(frame, closure.hessian(centre)),
		names: kinds.map((kind, k) => letter[kind] + (kind === 'free' ? '' : digit((k % frame.r) + 1))),
		kinds
	};
}

/** k_ii/2, what S adds up, in the order of `names`. */
export function diagonalFrequencies({ matrix, names }: Springs): number[] {
	return names.map((_, k) => matrix[k * names.length + k] / 2);
}

/** The largest |k_ij| off the diagonal. */
export function largestCoupling({ matrix, names }: Springs): number {
	const n = names.length;
	return matrix.reduce(
		(most, e, at) => (Math.floor(at / n) === at % n ? most : Math.max(most, Math.abs(e))),
		0
	);
}

/** Levels E(n) = Σωᵢnᵢ up to a cutoff, by a set of frequencies; none when one of them is not positive. */
export function ladder(frequencies: readonly number[], cutoff: number): readonly Level[] {
	if (frequencies.some((w) => !(w > 0))) return [];
	return enumerateSpectrum(frequencies, cutoff, 400, 1e-6).levels;
}

/** A state's quanta in words: "2·w₁ + u₁"; the vacuum is "–". */
export function occupationText(
	occupation: readonly { readonly mode: number; readonly quanta: number }[],
	names: readonly string[]
): string {
	if (occupation.length === 0) return '–';
	return occupation.map(({ mode, quanta }) => (quanta > 1 ? `${quanta}·` : '') + names[mode]).join(' + ');
}
