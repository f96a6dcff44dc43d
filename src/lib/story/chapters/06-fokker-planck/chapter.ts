// Chapter 6, the Fokker–Planck equation: a density that drifts and spreads until nothing changes any more.
import type { Chapter } from '../../chapter';
import { firstForgotten } from '../../../views/story/forgetting';
import { schema, start, startOf, topOf, wellOf, type State } from './state';

const slide = 'RBM to Diffusion Model equivalence: F-P Eq in the over damped regime';

const chapter: Chapter<State> = {
	id: 'fokker-planck',
	schema,
	start,
	lights: { lambda: 'drift', at: 'P', start: 'P', drawn: 'P', beta: 'D', time: 'P', well: 'drift' },
	figure: () => import('./Figure.svelte'),
	steps: [
		{
			id: 'drift-and-spread',
			set: {},
			controls: ['lambda'],
			equations: ['fokker-planck'],
			source: { kind: 'slides', where: slide },
			test: 'tests/views/story/line.test.ts'
		},
		{
			id: 'particles',
			set: { count: 1000 },
			controls: ['start', 'count'],
			equations: ['langevin'],
			source: { kind: 'slides', where: slide },
			test: 'tests/views/story/line.test.ts'
		},
		{
			id: 'draw',
			set: { start: 'drawn', well: 'exact', count: 1000, horizon: 3 },
			controls: ['well'],
			source: { kind: 'new', where: 'the marginal of the exact lift, docs/theory.md §5' },
			test: 'tests/views/story/softWell.test.ts'
		},
		{
			id: 'temperature',
			set: { beta: 0.5, distance: true, compare: 'beta', horizon: 2 },
			controls: ['beta'],
			equations: ['rate'],
			prediction: {
				kind: 'value',
				min: 0.5,
				max: 6,
				step: 0.1,
				unit: '×',
				answer: ({ lambda }) => (4 / 0.5 - lambda) / (4 - lambda)
			},
			source: { kind: 'slides', where: 'D = 1/β, fluctuation–dissipation' },
			test: 'tests/views/story/line.test.ts'
		},
		{
			id: 'distance',
			set: { distance: true, count: 1000, horizon: 4, well: 'exact' },
			controls: ['count', 'start'],
			equations: ['distance'],
			source: { kind: 'new', where: 'docs/theory.md §6' },
			test: 'tests/views/story/line.test.ts'
		},
		{
			id: 'two-wells',
			set: { well: 'exact', lambda: 6, at: -1.9, compare: 'top', distance: true, horizon: 12 },
			controls: ['lambda'],
			prediction: {
				kind: 'choice',
				options: ['top', 'well', 'same'],
				answer: (state) =>
					({ first: 'well', second: 'top', same: 'same' })[
						firstForgotten(wellOf(state), startOf(state), topOf(state), 0.1, 0.05)
					]
			},
			source: { kind: 'new', where: 'docs/theory.md §6' },
			test: 'tests/views/story/forgetting.test.ts'
		},
		{
			id: 'plane',
			set: { view: 'plane', count: 1000, lambda: 2 },
			controls: ['lambda'],
			equations: ['fokker-planck'],
			source: { kind: 'slides', where: slide },
			test: 'tests/views/story/line.test.ts'
		}
	]
};

export default chapter;
