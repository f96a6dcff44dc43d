// Chapter 7, the Schrödinger form: P(w,t) as a sum of terms, each with a shape that stays and a rate at which it dies.
import type { Chapter } from '../../chapter';
import { firstHalvedOf } from '../../../views/story/transients';
import { schema, start, startOf, wellOf, type State } from './state';

const slide = 'RBM to Diffusion Model equivalence: by separation of variables';

const chapter: Chapter<State> = {
	id: 'schrodinger',
	schema,
	start,
	lights: { lambda: 'U', well: 'U', pick: 'phi', time: 'gamma', terms: 'psi', at: 'c', beta: 'gamma' },
	figure: () => import('./Figure.svelte'),
	steps: [
		{
			id: 'separate',
			set: {},
			controls: ['pick'],
			equations: ['separation'],
			source: { kind: 'slides', where: slide },
			test: 'tests/views/story/line.test.ts'
		},
		{
			id: 'ansatz',
			set: { view: 'potentials', well: 'exact', lambda: 5 },
			controls: ['well', 'lambda'],
			equations: ['ansatz', 'potential'],
			source: { kind: 'slides', where: `${slide}, ansatz` },
			test: 'tests/views/story/softWell.test.ts'
		},
		{
			id: 'levels',
			set: { view: 'levels' },
			controls: ['lambda', 'beta'],
			equations: ['rate'],
			source: { kind: 'slides', where: 'harmonic oscillators; Γ = 2D·E by docs/theory.md §9' },
			test: 'tests/views/story/levels.test.ts'
		},
		{
			id: 'build',
			set: { view: 'build', terms: 1, time: 0.1 },
			controls: ['terms'],
			equations: ['sum'],
			source: { kind: 'slides', where: 'the formal solution' },
			test: 'tests/views/story/line.test.ts'
		},
		{
			id: 'dying',
			set: { view: 'dying' },
			controls: [],
			equations: ['sum'],
			prediction: {
				kind: 'choice',
				options: ['n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7', 'together'],
				answer: (state) => `n${firstHalvedOf(wellOf(state), startOf(state))}`
			},
			source: { kind: 'slides', where: 'transient states' },
			test: 'tests/views/story/line.test.ts'
		},
		{
			id: 'gap',
			set: { view: 'gap', well: 'exact', lambda: 5.5 },
			controls: ['lambda', 'units'],
			equations: ['rate'],
			source: { kind: 'new', where: 'docs/theory.md §6 and §9' },
			test: 'tests/views/story/levels.test.ts'
		}
	]
};

export default chapter;
