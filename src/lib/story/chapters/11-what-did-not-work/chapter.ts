// Chapter 11: why tensor cross interpolation did not help, and the slides' slips, each with both sides computed live.
import type { Chapter, Source, Step } from '../../chapter';
import { State } from './state';

const todo: Source = { kind: 'slides', where: 'ToDo; arXiv 2407.02454' };
const slide = (where: string): Source => ({ kind: 'slides', where });

/** The step of one erratum; its slider begins at `share` of its range. */
function erratum(
	id: string,
	number: number,
	share: number,
	source: Source,
	prediction?: Step<State>['prediction']
): Step<State> {
	return {
		id,
		set: { panel: 'erratum', erratum: number, share },
		controls: ['share'],
		equations: [`printed-${number}`, `holds-${number}`],
		prediction,
		source,
		test: 'tests/theory/errata.test.ts'
	};
}

const chapter: Chapter<State> = {
	id: 'what-did-not-work',
	schema: State,
	start: { panel: 'rank', coupling: 2, erratum: 1, share: 0.5 },
	figure: () => import('./Figure.svelte'),
	steps: [
		{
			id: 'tensor-cross',
			set: {},
			controls: [],
			prediction: { kind: 'choice', options: ['few', 'half', 'all'], answer: () => 'all' },
			source: todo,
			test: 'tests/views/story/notWorking.test.ts'
		},
		{
			id: 'rank-held',
			set: { panel: 'error', coupling: 2 },
			controls: ['coupling'],
			source: todo,
			test: 'tests/theory/tensorCross.test.ts'
		},
		erratum('transposed-maps', 1, 0.15, slide('Reciprocal variables')),
		erratum('free-directions', 2, 3 / 7, slide('Energy landscape; frequencies')),
		erratum('saddle-height', 3, 0.7, slide('Energy landscape')),
		erratum('stiff-and-soft', 4, 0.5, slide('Frequencies')),
		erratum('entropy', 5, 0.5, slide('Effective potential')),
		erratum('no-taylor', 6, 0.25, slide('Expansion of ρ')),
		erratum('equal-stiffness', 7, 2 / 3, slide('Expansion of ρ')),
		erratum('rate-and-energy', 8, 0.47, slide('Schrödinger equation')),
		erratum('coupled-modes', 9, 0.375, slide('Energy levels')),
		erratum(
			'confined',
			10,
			0.24,
			{ kind: 'paper', where: 'arXiv 2503.21536, modes that do not converge' },
			{
				kind: 'choice',
				options: ['runaway', 'wells', 'stops'],
				answer: () => 'wells'
			}
		)
	]
};

export default chapter;
