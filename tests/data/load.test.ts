// Every recipe that a Scene can hold loads, by its kind.
import { describe, expect, it } from 'vitest';
import { loadDataset, type Recipe } from '../../src/lib/data/load';
import { defaultRecipes, visibleCount, type DataRecipe } from '../../src/lib/scene/schema';

// A Scene's recipe is one of data/'s, checked by the compiler: data/ does not import scene/. A machine's own samples
// are no data set of their own: the session draws them.
const asRecipe = (recipe: Exclude<DataRecipe, { kind: 'machine' }>): Recipe => recipe;

const nowhere = {
	baseUrl: '',
	fetch: (async () => {
		throw new Error('no fetch expected');
	}) as typeof fetch
};

describe('loadDataset', () => {
	it.each(['bars-and-stripes', 'gaussian-modes', 'drawn', 'showers'] as const)(
		'computes %s without a fetch',
		async (kind) => {
			const recipe = defaultRecipes[kind];
			const data = await loadDataset(asRecipe(recipe), 1, nowhere);
			expect(data.units).toBe(visibleCount(recipe));
			expect(data.rows * data.cols).toBe(data.units);
			expect(data.train.stride).toBe(Math.ceil(data.units / 8));
			expect(data.train.bytes.length).toBe(data.train.count * data.train.stride);
			expect(data.title).not.toBe('');
			expect(data.convention).toMatch(/\.$/);
		}
	);

	it('fetches MNIST', async () => {
		await expect(loadDataset(asRecipe(defaultRecipes.mnist), 1, nowhere)).rejects.toThrow(
			/could not be fetched/
		);
	});
});
