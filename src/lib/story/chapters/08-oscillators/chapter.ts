// Chapter 8, coupled oscillators: normal modes, the ladder of levels, the spring that softens, and what is past it.
import type { Chapter } from '../../chapter';
import { ASKED, askedVariances, VARIANCE_TOP } from '../../../views/story/softening';
import { schema, start, type State } from './state';

const slide = 'RBM to Diffusion Model equivalence: set of coupled harmonic oscillators';

const chapter: Chapter<State> = {
	id: 'oscillators',
	schema,
	start,
	lights: { lambda: 'omega', lambda2: 'omega', bias: 'kij', pick: 'zeta', time: 'kappa' },
	figure: () => import('./Figure.svelte'),
	steps: [
		{
			id: 'springs',
			set: {},
			controls: ['lambda', 'bias'],
			equations: ['oscillator'],
			source: { kind: 'slides', where: `${slide}; signs of ω by docs/theory.md §9` },
			test: 'tests/views/story/springs.test.ts'
		},
		{
			id: 'one-mode',
			set: { pick: 0 },
			controls: ['lambda'],
			equations: ['normal'],
			source: { kind: 'slides', where: slide },
			test: 'tests/views/story/springs.test.ts'
		},
		{
			id: 'coupling',
			set: { view: 'coupling', closure: 'entropic', bias: 2, lambda: 2.6 },
			controls: ['bias'],
			equations: ['matrix'],
			source: { kind: 'slides', where: `${slide}; erratum 9 of docs/theory.md §9` },
			test: 'tests/views/story/springs.test.ts'
		},
		{
			id: 'ladder',
			set: { view: 'ladder', lambda: 2, lambda2: 2, lambda3: 1 },
			controls: ['lambda', 'lambda2'],
			equations: ['levels'],
			source: { kind: 'slides', where: 'E(n); Γ = 2D·E by docs/theory.md §9' },
			test: 'tests/views/story/springs.test.ts'
		},
		{
			id: 'softening',
			set: { view: 'softening', lambda: 2 },
			controls: ['lambda', 'units'],
			equations: ['soft'],
			prediction: {
				kind: 'curve',
				x: ASKED,
				yMin: 0,
				yMax: VARIANCE_TOP,
				answer: ({ units }) => askedVariances(units)
			},
			source: { kind: 'new', where: 'docs/theory.md §4' },
			test: 'tests/views/story/softening.test.ts'
		},
		{
			id: 'wells',
			set: { view: 'wells', lambda: 5 },
			controls: ['lambda', 'units'],
			equations: ['landau'],
			source: { kind: 'new', where: 'the entropic closure, docs/theory.md §4' },
			test: 'tests/views/story/softening.test.ts'
		},
		{
			id: 'runaway',
			set: { view: 'runaway', lambda: 5, time: 0.9 },
			controls: ['lambda'],
			equations: ['landau'],
			source: {
				kind: 'paper',
				where: 'modes whose diffusion does not converge; erratum 10 of docs/theory.md §9'
			},
			test: 'tests/views/story/softening.test.ts'
		}
	]
};

export default chapter;
