// The answer to the Schrödinger chapter's question, from the few modes that the figure shows.
import { slowestModes } from '$lib/theory/fokkerPlanckModes';
import { SHOWN_TERMS } from './levels';
import { startProbabilities, type LineStart } from './lineStart';
import { firstHalved, lineTerms } from './lineTerms';
import type { Well } from './softWell';
import { wellGenerator } from './wellGenerator';

/** Which of the shown transient terms n ≥ 1 has lost half of its height first; 0 when the start holds none. */
export function firstHalvedOf(well: Well, start: LineStart): number {
	const generator = wellGenerator(well);
	const modes = slowestModes(generator, SHOWN_TERMS);
	return firstHalved(
		lineTerms(generator, modes, startProbabilities(generator, start)),
		SHOWN_TERMS - 1,
		1e-3
	);
}
