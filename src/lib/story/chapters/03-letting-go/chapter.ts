// Chapter 3: the constraint that x and y be images of bits becomes a density, and the density a smooth one.
import type { Chapter } from '../../chapter';
import { labScene } from '../../labScene';
import { firstClose } from '../../../views/story/projections';
import { LettingGoState } from './state';

/** Sizes among which the visitor chooses where a projection starts to look Gaussian. */
const offered = [4, 8, 16, 32, 64] as const;

const chapter: Chapter<LettingGoState> = {
	id: 'letting-go',
	schema: LettingGoState,
	start: {
		view: 'four',
		points: [-1.3, 0.5, 0.9, 1.2, 0.5, -0.7, -0.6, -1.3],
		observable: 'square',
		width: 0,
		machine: { N: 4, M: 3, singularValues: [2, 1], rest: 0.5, bias: 'balanced', biasScale: 0, seed: 5 },
		sigma: 0.05,
		gaussian: false,
		angle: 0.4,
		N: 2,
		seed: 1,
		lean: 0,
		potential: false
	},
	lights: {
		points: 'delta',
		observable: 'O',
		width: 'sigma',
		sigma: 'sigma',
		angle: 'c',
		N: 'c',
		lean: 'c',
		seed: 'c',
		gaussian: 'quarter'
	},
	steps: [
		{
			id: 'four-points',
			set: {},
			controls: ['observable', 'points'],
			equations: ['mean', 'deltas'],
			source: { kind: 'slides', where: 'ρ(x, y) and the four points' },
			test: 'tests/views/story/lettingGo.test.ts'
		},
		{
			id: 'smear',
			set: { width: 0.35 },
			controls: ['width', 'observable', 'points'],
			equations: ['gain'],
			source: { kind: 'new', where: 'theory.md §5' },
			test: 'tests/views/story/lettingGo.test.ts'
		},
		{
			id: 'vertices',
			set: { view: 'cloud', sigma: 0.05 },
			controls: ['sigma', 'gaussian'],
			equations: ['partition', 'smeared'],
			source: { kind: 'slides', where: 'Let us relax the constraints' },
			test: 'tests/views/story/lettingGo.test.ts'
		},
		{
			id: 'quarter',
			set: { view: 'turn' },
			controls: ['angle'],
			equations: ['projection'],
			source: { kind: 'new', where: 'theory.md §4, closure 1' },
			test: 'tests/views/story/lettingGo.test.ts'
		},
		{
			id: 'bell',
			set: { view: 'law', N: 2 },
			controls: ['N', 'seed'],
			equations: ['projection', 'limit'],
			prediction: {
				kind: 'choice',
				options: [...offered.map(String), 'never'],
				answer: (state) => String(firstClose(offered, state.seed) ?? 'never')
			},
			source: { kind: 'new', where: 'theory.md §4, closure 1' },
			test: 'tests/theory/projectionLaw.test.ts'
		},
		{
			id: 'k-four',
			set: { view: 'law', N: 24, potential: true },
			controls: ['N', 'potential'],
			equations: ['curvature'],
			source: { kind: 'slides', where: 'We can expand ρ(z) around the max-log-likelihood' },
			test: 'tests/theory/projectionLaw.test.ts'
		},
		{
			id: 'aligned',
			set: { view: 'law', N: 32, lean: 0.7 },
			controls: ['lean', 'N'],
			equations: ['projection', 'count'],
			source: { kind: 'new', where: 'theory.md §4' },
			test: 'tests/theory/projectionLaw.test.ts'
		}
	],
	// the other drawings are of points, squares and directions, not of a machine
	lab: ({ view, machine }) => (view === 'cloud' ? labScene(machine, 1) : null),
	figure: () => import('./Figure.svelte')
};

export default chapter;
