// The frequencies ω = κ/2 of each mode's two oscillators through a run, by closure: closed forms in λ for the
// gaussian closure and the lift, recorded curvatures for the others.
import type { Scene } from '$lib/scene/schema';
import type { RecordTable } from '$lib/session/clientRecords';
import { liftVariances } from '$lib/theory/lift';
import { gaussianFrequencies } from '$lib/theory/oscillators';

/** Frequencies of one followed mode at the records `at`; NaN where the closure has no such oscillator. */
export interface Frequencies {
	readonly stiff: (mode: number) => number[];
	readonly soft: (mode: number) => number[];
	/** indices of the records at which they are known */
	readonly at: readonly number[];
}

export function frequenciesOf(records: RecordTable, closure: Scene['closure'], beta: number): Frequencies {
	const all = Array.from({ length: records.length }, (_, i) => i);
	const lambda = (mode: number, i: number) => records.singularValues[mode][i];
	if (closure === 'gaussian')
		return {
			at: all,
			stiff: (mode) => all.map((i) => gaussianFrequencies(lambda(mode, i), beta).stiff),
			soft: (mode) => all.map((i) => gaussianFrequencies(lambda(mode, i), beta).soft)
		};
	if (closure === 'smoothed') {
		const variances = (mode: number, i: number) => liftVariances(lambda(mode, i), beta, records.sigma2[i]);
		return {
			at: all,
			stiff: (mode) => all.map((i) => 1 / (2 * variances(mode, i).stiff)),
			soft: (mode) =>
				all.map((i) => {
					const { soft } = variances(mode, i);
					return soft === null ? NaN : 1 / (2 * soft);
				})
		};
	}
	const at = records.closure?.name === closure ? all.filter((i) => known(records, i)) : [];
	return {
		at,
		stiff: (mode) => at.map((i) => records.stiff[mode][i] / 2),
		soft: (mode) => at.map((i) => records.soft[mode][i] / 2)
	};
}

function known(records: RecordTable, i: number): boolean {
	return records.stiff.some((c) => Number.isFinite(c[i])) || records.soft.some((c) => Number.isFinite(c[i]));
}

/** What the closure assumes, in a sentence, for the figure's note. */
export const closureSentences: Record<Scene['closure'], string> = {
	gaussian:
		'Gaussian closure: κ = 4 ± βλ from the singular values alone, about m = ½; uncoupled, ω = 2 (dotted).',
	entropic:
		'Entropic closure: curvatures at the lowest mean-field minimum, symmetry-broken wells included; no mode goes below zero.',
	tap: 'TAP closure: the mean-field minimum with the Onsager reaction of a random bulk.',
	fitted:
		'Fitted closure: K = C⁻¹ from the covariance of the 256 block-Gibbs chains; each κ has a standard error of about 9 %.',
	smoothed:
		'Smoothed closure: κ = 1/Var of the lift’s oscillators at the σ² in force, about m = ½; past βλ = 4 there is none.'
};
