// The machine whose weights chapter 2 takes apart, and what is lost when only its first modes are kept: both follow from
// its recipe alone, without any matrix.
import type { MachineRecipe } from '$lib/scene/machine';

/** The recipe whose weights are taken apart: 12×9, three strong modes over six weak ones. */
export function matrixRecipe(coupling: number): MachineRecipe {
	return {
		N: 12,
		M: 9,
		singularValues: [coupling, 3, 1.8],
		rest: 0.5,
		bias: 'balanced',
		biasScale: 0,
		seed: 5
	};
}

/** ‖W − W_r‖/‖W‖ (Frobenius) for r = 0 … min(N,M), from the singular values alone: Σ_{k>r} λ² over Σ λ², rooted. */
export function truncationErrors(singularValues: ArrayLike<number>): number[] {
	const squares = Array.from(singularValues, (s) => s * s).sort((a, b) => b - a);
	const all = squares.reduce((a, b) => a + b, 0);
	const errors: number[] = [];
	let left = all;
	for (let r = 0; r <= squares.length; r++) {
		errors.push(Math.sqrt(Math.max(0, left) / all));
		left -= squares[r] ?? 0;
	}
	errors[squares.length] = 0;
	return errors;
}

/** The same for a recipe, without building its machine. */
export function recipeErrors(recipe: MachineRecipe): number[] {
	return truncationErrors(
		Array.from({ length: Math.min(recipe.N, recipe.M) }, (_, k) => recipe.singularValues[k] ?? recipe.rest)
	);
}
