// Chapter 4: the energy of one mode as a landscape. Hyperbolas, their saddle, and the turn that makes them a sum of squares.
import type { Chapter } from '../../chapter';
import { LandscapeState } from './state';

const chapter: Chapter<LandscapeState> = {
	id: 'landscape',
	schema: LandscapeState,
	start: {
		lambda: 1.5,
		a: -0.9,
		b: -1.2,
		progress: 0,
		probe: null,
		beside: 'nothing',
		vertices: false,
		machine: { N: 4, M: 3, singularValues: [2, 1], rest: 0.5, bias: 'balanced', biasScale: 0, seed: 5 }
	},
	lights: { lambda: 'lambda', a: 'a', b: 'b', progress: 'u' },
	steps: [
		{
			id: 'hyperbolas',
			set: { a: 0, b: 0 },
			controls: ['lambda'],
			equations: ['energy'],
			prediction: {
				kind: 'choice',
				options: ['same', 'opposite', 'x', 'y'],
				answer: () => 'same'
			},
			source: { kind: 'slides', where: 'Short pause here: Eᵢ and its hyperbolas' },
			test: 'tests/views/story/modeLandscape.test.ts'
		},
		{
			id: 'saddle',
			set: {},
			controls: ['lambda', 'a', 'b'],
			equations: ['energy', 'saddle'],
			source: { kind: 'slides', where: 'shifting to the saddle points' },
			test: 'tests/views/story/modeLandscape.test.ts'
		},
		{
			id: 'turn',
			set: { probe: [1.6, -0.6] },
			controls: ['progress', 'probe'],
			equations: ['rotation', 'squares'],
			source: { kind: 'slides', where: 'rotating π/4 radians' },
			test: 'tests/views/story/modeLandscape.test.ts'
		},
		{
			id: 'sections',
			set: { progress: 1, beside: 'sections' },
			controls: ['lambda', 'progress'],
			equations: ['squares'],
			source: { kind: 'new', where: 'theory.md §2' },
			test: 'tests/views/story/modeLandscape.test.ts'
		},
		{
			id: 'runaway',
			set: { lambda: 0.6, a: -0.4, b: -0.5, beside: 'distance' },
			controls: ['lambda', 'a', 'b'],
			equations: ['saddle'],
			prediction: {
				kind: 'choice',
				options: ['origin', 'stays', 'away'],
				answer: () => 'away'
			},
			source: { kind: 'new', where: 'theory.md §2, erratum 2' },
			test: 'tests/views/story/modeLandscape.test.ts'
		},
		{
			id: 'vertices',
			set: { vertices: true, lambda: 2, a: 0.6, b: -1.9 },
			controls: ['lambda', 'a', 'b', 'vertices'],
			equations: ['balanced'],
			source: { kind: 'new', where: 'theory.md §6, balanced biases' },
			test: 'tests/views/story/modeLandscape.test.ts'
		}
	],
	figure: () => import('./Figure.svelte')
};

export default chapter;
