// The rooms beside the story that have a page in this build.
const pages = Object.keys(import.meta.glob('/src/routes/{relaxation,annealer}/+page.svelte'));

export type Door = 'relaxation' | 'annealer';
export const doors: readonly Door[] = (['relaxation', 'annealer'] as const).filter((door) =>
	pages.includes(`/src/routes/${door}/+page.svelte`)
);
