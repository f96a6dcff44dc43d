// The numbers of the softening chapter: ranges of its plots, the question's curve, and the unstable mode in time.
import { landauExpansion, landauBarrier, landauWell } from '$lib/theory/closures/landau';
import { oscillatorTransient } from '$lib/theory/oscillators';
import { BUMP } from './lineStart';
import { collectiveRbm, softVariance, wellMinima, wellShape } from './softWell';

/** Largest βλ and variance that are drawn. */
export const SOFTENING_TOP = 5.5;
export const VARIANCE_TOP = 3;

/** Where the question asks for a point: βλ = 0, ½, … 4. */
export const ASKED: readonly number[] = Array.from({ length: 9 }, (_, k) => k / 2);

/** Exact variance of the soft mode at the asked points, for a machine of so many units a layer. */
export function askedVariances(units: number): number[] {
	return ASKED.map((lambda) => softVariance({ lambda, beta: 1, units }));
}

/** The wells past the threshold by Landau's expansion and by the whole entropy, and the barrier in kT. */
export interface Wells {
	readonly landau: number;
	readonly landauBarrier: number;
	readonly entropic: number;
	readonly entropicBarrier: number;
	readonly exact: number;
}

export function wellsOf(coupling: number, units: number): Wells {
	const expansion = landauExpansion(collectiveRbm(units, coupling), 1);
	const entropic = wellShape({ name: 'entropic', lambda: coupling, beta: 1, units });
	const exact = wellShape({ name: 'exact', lambda: coupling, beta: 1, units });
	const at = wellMinima(entropic).at(-1) ?? 0;
	return {
		landau: landauWell(expansion),
		landauBarrier: landauBarrier(expansion),
		entropic: at,
		entropicBarrier: entropic.value(0) - entropic.value(at),
		exact: wellMinima(exact).at(-1) ?? 0
	};
}

/**
 * Variance at time t of a mode cut at second order, started as the story's bump about 0: the start's own, carried by the
 * force, and the noise. Grows without end when κ < 0.
 */
export function secondOrderVariance(coupling: number, beta: number, time: number): number {
	const curvature = 4 - coupling;
	const { variance, mean } = oscillatorTransient(curvature, 1 / beta, 1, time);
	return variance + (BUMP * mean) ** 2;
}
