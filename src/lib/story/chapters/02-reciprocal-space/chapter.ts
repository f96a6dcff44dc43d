// Chapter 2: the singular value decomposition of W, mode by mode; what is lost by leaving modes out; reciprocal
// coordinates, in which the energy is a sum over modes; and that all of this is still discrete.
import { matrixRecipe, recipeErrors } from '../../../views/story/reciprocalErrors';
import { smallRecipe } from '../../../views/story/smallRecipe';
import type { Chapter } from '../../chapter';
import { labScene } from '../../labScene';
import { State } from './state';

const slides = (page: string) =>
	({ kind: 'slides', where: `RBM to Diffusion Model equivalence, ${page}` }) as const;

const chapter: Chapter<State> = {
	id: 'reciprocal-space',
	schema: State,
	start: {
		panel: 'modes',
		coupling: 5,
		rank: 9,
		units: '1010110',
		mode: 0,
		beta: 1,
		progress: 0
	},
	lights: { coupling: 'lambda', rank: 'r', units: 'E', mode: 'lambda' },
	figure: () => import('./Figure.svelte'),
	lab: ({ panel, coupling, beta }) =>
		panel === 'modes' || panel === 'truncation'
			? labScene(matrixRecipe(coupling), beta)
			: labScene(smallRecipe(Math.min(4, coupling)), beta),
	steps: [
		{
			id: 'modes',
			set: {},
			controls: ['coupling'],
			equations: ['svd'],
			source: slides('2'),
			test: 'tests/theory/linalg.test.ts'
		},
		{
			id: 'truncation',
			set: { panel: 'truncation', rank: 3 },
			controls: ['rank', 'coupling'],
			equations: ['truncated'],
			prediction: {
				kind: 'curve',
				x: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
				yMin: 0,
				yMax: 1,
				answer: (state) => recipeErrors(matrixRecipe(state.coupling))
			},
			source: slides('2'),
			test: 'tests/views/story/reciprocal.test.ts'
		},
		{
			id: 'coordinates',
			set: { panel: 'coordinates', coupling: 3 },
			controls: ['units', 'coupling'],
			equations: ['maps', 'energy'],
			source: slides('3'),
			test: 'tests/theory/reciprocal.test.ts'
		},
		{
			id: 'turn',
			set: { panel: 'map', coupling: 3, progress: 2 },
			controls: ['progress'],
			source: { kind: 'new', where: 'the map' },
			test: 'tests/views/map.test.ts'
		},
		{
			id: 'still-discrete',
			set: { panel: 'plane', coupling: 3 },
			controls: ['mode', 'units', 'beta'],
			equations: ['sum'],
			prediction: {
				kind: 'choice',
				options: ['sixteen', 'four', 'continuum'],
				answer: () => 'sixteen'
			},
			source: slides('4'),
			test: 'tests/views/story/reciprocal.test.ts'
		}
	]
};

export default chapter;
