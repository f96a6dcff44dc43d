// Which of two starts in one well is forgotten first. Answered with the slow modes alone, which are all that is left by
// then, so that the page may ask it while it draws.
import { slowestModes } from '$lib/theory/fokkerPlanckModes';
import { forgottenAt } from './distance';
import { startProbabilities, type LineStart } from './lineStart';
import { lineTerms } from './lineTerms';
import { wellGenerator } from './wellGenerator';
import type { Well } from './softWell';

/** Modes kept: what is left of the others is gone long before a distance of a tenth. */
const MODES = 12;

/** When each start's distance to the stationary law first falls to `level`. */
export function forgettingTimes(
	well: Well,
	starts: readonly LineStart[],
	level: number,
	latest = 1e4
): number[] {
	const generator = wellGenerator(well);
	const modes = slowestModes(generator, MODES);
	return starts.map((start) =>
		forgottenAt(lineTerms(generator, modes, startProbabilities(generator, start)), level, latest)
	);
}

/** Which start comes first; 'same' when their times differ by less than `margin` of the longer one. */
export function firstForgotten(
	well: Well,
	first: LineStart,
	second: LineStart,
	level: number,
	margin: number
): 'first' | 'second' | 'same' {
	const [a, b] = forgettingTimes(well, [first, second], level);
	if (Math.abs(a - b) <= margin * Math.max(a, b)) return 'same';
	return a < b ? 'first' : 'second';
}
