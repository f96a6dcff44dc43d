// The machine of the first chapters, by its recipe; apart, so that a chapter's data does not carry linear algebra.
import type { MachineRecipe } from '$lib/scene/machine';

/** The recipe of the first chapters' machine: 4 visible and 3 hidden units, one strong mode. */
export function smallRecipe(coupling: number): MachineRecipe {
	return {
		N: 4,
		M: 3,
		singularValues: [coupling, 1.4, 0.7],
		rest: 0,
		bias: 'uniform',
		biasScale: 0.8,
		seed: 7
	};
}
