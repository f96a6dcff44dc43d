// Two moments of a training run, read off its records.
import type { LearningRecord } from '../../session/protocolRelaxation';

/** Where a rising quantity first passes a level, on a straight line between records; null when it never does. */
function passes(steps: readonly number[], values: readonly number[], level: number): number | null {
	for (let k = 0; k < values.length; k++) {
		if (!(values[k] > level)) continue;
		if (k === 0) return steps[0];
		const share = (level - values[k - 1]) / (values[k] - values[k - 1]);
		return steps[k - 1] + share * (steps[k] - steps[k - 1]);
	}
	return null;
}

/** The step at which λ₁ passes 4/β. */
export function crossing(records: readonly LearningRecord[], beta: number): number | null {
	return passes(
		records.map((r) => r.step),
		records.map((r) => r.singularValues[0]),
		4 / beta
	);
}

/** The step from which k sweeps are less than one relaxation time of Gibbs sampling, so that CD-k does not equilibrate. */
export function outOfEquilibrium(records: readonly LearningRecord[], k: number): number | null {
	return passes(
		records.map((r) => r.step),
		records.map((r) => r.gibbs.tau),
		k
	);
}
