// From a Scene's data recipe to the data set, for every kind.
import { barsAndStripes, type BarsAndStripesRecipe } from './barsAndStripes.ts';
import type { Dataset } from './dataset.ts';
import { drawn, type DrawnRecipe } from './drawn.ts';
import { gaussianModes, type GaussianModesRecipe } from './gaussianModes.ts';
import { showers, type ShowersRecipe } from './showers.ts';
import { mnist, type FetchOptions, type MnistRecipe } from './mnist.ts';

/** Every kind of data; the Scene's `data` has this shape (data/ does not import scene/). */
export type Recipe = BarsAndStripesRecipe | MnistRecipe | GaussianModesRecipe | DrawnRecipe | ShowersRecipe;

/**
 * The data set of a recipe. Only MNIST is fetched; the others are computed at once. `seed` decides the draws of the
 * synthetic set and nothing else.
 * @throws DataError, RangeError as the kind says; the signal's reason if aborted
 */
export async function loadDataset(recipe: Recipe, seed: number, options: FetchOptions): Promise<Dataset> {
	switch (recipe.kind) {
		case 'bars-and-stripes':
			return barsAndStripes(recipe);
		case 'mnist':
			return mnist(recipe, options);
		case 'gaussian-modes':
			return gaussianModes(recipe, seed);
		case 'drawn':
			return drawn(recipe);
		case 'showers':
			return showers(recipe, seed);
	}
}
