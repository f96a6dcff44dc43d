// Chapter 5: the effective potential. Its terms, five ways of making the constraint smooth, where each fails, and why
// smearing needs a lift.
import type { Chapter } from '../../chapter';
import { labScene } from '../../labScene';
import { BETA, exactSoftVariances, recipeOf } from '../../../views/story/closureMachine';
import { EffectivePotentialState } from './state';

/** Where the visitor draws the variance. */
const drawn = [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5] as const;

const chapter: Chapter<EffectivePotentialState> = {
	id: 'effective-potential',
	schema: EffectivePotentialState,
	start: {
		view: 'panels',
		machine: { N: 8, M: 6, singularValues: [2], rest: 0.4, bias: 'balanced', biasScale: 0, seed: 1 },
		lambda: 2,
		rest: 0.4,
		field: 0,
		cut: 'soft',
		sigma2: 0.25,
		counted: false,
		ball: 1.2,
		small: { N: 4, M: 3, singularValues: [2.5, 1.2], rest: 0.6, bias: 'uniform', biasScale: 1, seed: 4 },
		share: 0.5
	},
	lights: {
		lambda: 'lambda',
		counted: 'S',
		ball: 'U',
		sigma2: 'sigma',
		share: 'sigma',
		rest: 'onsager',
		field: 'E'
	},
	steps: [
		{
			id: 'terms',
			set: { view: 'sum', lambda: 2.5 },
			controls: ['counted', 'lambda', 'ball'],
			equations: ['potential', 'entropy'],
			source: {
				kind: 'slides',
				where: 'U_eff, V_const and S_c; the slides’ S_c is corrected in theory.md §9, erratum 5'
			},
			test: 'tests/views/story/closureMachine.test.ts'
		},
		{
			id: 'five',
			set: {},
			controls: ['lambda', 'cut'],
			equations: ['curvatures'],
			source: { kind: 'new', where: 'theory.md §4' },
			test: 'tests/theory/storySections.test.ts'
		},
		{
			id: 'softening',
			set: { view: 'variance' },
			controls: [],
			equations: ['variance'],
			prediction: {
				kind: 'curve',
				x: drawn,
				yMin: 0,
				yMax: 3,
				answer: (state) => exactSoftVariances(state.machine, state.rest, drawn)
			},
			source: { kind: 'paper', where: 'modes whose diffusion does not converge' },
			test: 'tests/theory/storySections.test.ts'
		},
		{
			id: 'past-four',
			set: { lambda: 5 },
			controls: ['lambda', 'cut'],
			equations: ['landau'],
			source: { kind: 'new', where: 'theory.md §4 and §9, erratum 10' },
			test: 'tests/theory/storySections.test.ts'
		},
		{
			id: 'bulk',
			set: { lambda: 2.6, rest: 1.6 },
			controls: ['rest', 'lambda', 'cut'],
			equations: ['onsager'],
			source: { kind: 'new', where: 'theory.md §4, closure 3' },
			test: 'tests/theory/closures.test.ts'
		},
		{
			id: 'field',
			set: { lambda: 2.5, field: 1.2 },
			controls: ['field', 'lambda'],
			source: { kind: 'new', where: 'theory.md §7' },
			test: 'tests/theory/closures.test.ts'
		},
		{
			id: 'ripples',
			set: { lambda: 2, sigma2: 0.03 },
			controls: ['sigma2', 'lambda', 'cut'],
			equations: ['smoothed'],
			source: { kind: 'new', where: 'theory.md §5' },
			test: 'tests/theory/lift.test.ts'
		},
		{
			id: 'lift',
			set: { view: 'naive' },
			controls: ['share'],
			equations: ['lifted', 'exact'],
			source: { kind: 'new', where: 'theory.md §5; Zhang, Sutton, Storkey and Ghahramani 2012' },
			test: 'tests/theory/storySections.test.ts'
		}
	],
	lab: ({ view, machine, small, lambda, rest, field }) => {
		if (view === 'naive') return labScene(small, BETA);
		// a recipe has no field along a mode
		return field === 0 ? labScene(recipeOf({ machine, lambda, rest, field }), BETA) : null;
	},
	figure: () => import('./Figure.svelte')
};

export default chapter;
