// Chapter 9: the spectrum of random weights, singular values lifted through 4/β by learning, springs going soft, symmetry
// breaking; on bars and stripes, digits and toy showers.
import { learningScene } from '../../../views/story/learningScene';
import type { Chapter } from '../../chapter';
import { State } from './state';

const spectral = { kind: 'paper', where: 'arXiv 1708.02917, 1803.01960, 2405.14689' } as const;

const chapter: Chapter<State> = {
	id: 'learning',
	schema: State,
	start: { panel: 'bulk', data: 'bars', mode: 0, visible: 200, hidden: 120, scale: 0.1 },
	lights: { visible: 'edges', hidden: 'edges', scale: 's' },
	figure: () => import('./Figure.svelte'),
	lab: ({ data, mode }) => learningScene(data, mode),
	steps: [
		{
			id: 'noise',
			set: {},
			controls: ['visible', 'hidden', 'scale'],
			equations: ['edges'],
			source: { kind: 'paper', where: 'Marčenko and Pastur 1967; theory, section 8' },
			test: 'tests/theory/spectra.test.ts'
		},
		{
			id: 'lift',
			set: { panel: 'values' },
			controls: ['mode'],
			equations: ['critical'],
			prediction: { kind: 'choice', options: ['together', 'one', 'none'], answer: () => 'one' },
			source: spectral,
			test: 'tests/views/story/learning.test.ts'
		},
		{
			id: 'springs',
			set: { panel: 'springs' },
			controls: ['mode'],
			equations: ['frequencies'],
			source: { kind: 'slides', where: 'coupled harmonic oscillators' },
			test: 'tests/theory/oscillators.test.ts'
		},
		{
			id: 'breaking',
			set: { panel: 'well' },
			controls: ['mode'],
			equations: ['critical'],
			prediction: { kind: 'choice', options: ['narrow', 'wide', 'two'], answer: () => 'two' },
			source: { kind: 'paper', where: 'arXiv 2405.14689' },
			test: 'tests/theory/closures.wells.test.ts'
		},
		{
			id: 'digits',
			set: { panel: 'values', data: 'digits' },
			controls: ['panel', 'mode'],
			equations: ['critical'],
			source: spectral,
			test: 'tests/session/session.browser.test.ts'
		},
		{
			id: 'showers',
			set: { panel: 'profiles', data: 'showers' },
			controls: ['panel', 'mode'],
			equations: ['critical'],
			source: { kind: 'slides', where: 'Calo4pQVAE; Grindhammer and Peters, hep-ex/0001020' },
			test: 'tests/data/showers.test.ts'
		}
	]
};

export default chapter;
