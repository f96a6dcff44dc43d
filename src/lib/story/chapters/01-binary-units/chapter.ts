// Chapter 1: binary units, their energy and Boltzmann weights, Z by enumeration, and why that ends at about fifty units.
import { smallRecipe } from '../../../views/story/smallRecipe';
import type { Chapter } from '../../chapter';
import { labScene } from '../../labScene';
import { State } from './state';

const slides = { kind: 'slides', where: 'RBM to Diffusion Model equivalence, 1' } as const;

const chapter: Chapter<State> = {
	id: 'binary-units',
	schema: State,
	start: {
		units: '1010110',
		beta: 1,
		coupling: 2,
		panel: 'energy',
		size: 50,
		extrapolate: false
	},
	lights: { units: 'E', beta: 'beta', coupling: 'W', size: 'n' },
	figure: () => import('./Figure.svelte'),
	lab: ({ coupling, beta }) => labScene(smallRecipe(coupling), beta),
	steps: [
		{
			id: 'units',
			set: {},
			controls: ['units'],
			source: slides,
			test: 'tests/theory/rbm.test.ts'
		},
		{
			id: 'energy',
			set: { units: '1110111' },
			controls: ['units', 'coupling'],
			equations: ['energy'],
			source: slides,
			test: 'tests/theory/rbm.test.ts'
		},
		{
			id: 'weights',
			set: { panel: 'states', beta: 1 },
			controls: ['units', 'beta'],
			equations: ['boltzmann'],
			prediction: {
				kind: 'choice',
				options: ['equal', 'lowest', 'same'],
				answer: () => 'equal'
			},
			source: slides,
			test: 'tests/theory/enumerate.test.ts'
		},
		{
			id: 'partition',
			set: { panel: 'states', beta: 1.5 },
			controls: ['units', 'beta', 'coupling'],
			equations: ['partition'],
			source: slides,
			test: 'tests/theory/enumerate.test.ts'
		},
		{
			id: 'hopeless',
			set: { panel: 'cost', extrapolate: true, size: 50 },
			controls: ['size'],
			equations: ['cost'],
			prediction: {
				kind: 'choice',
				options: ['forty', 'ninety', 'thousand'],
				// 2ⁿ states at anything from 10⁻⁹ to 10⁻⁶ s a state pass the age of the universe between n = 78 and 89.
				answer: () => 'ninety'
			},
			source: slides,
			test: 'tests/theory/spectra.test.ts'
		}
	]
};

export default chapter;
