// Names and colours of the samplers, the same in every figure of the page.
import type { Judgement } from '$lib/session/protocolAnnealer';
import type { SamplerName } from '$lib/scene/annealing';

export const samplerNames: Record<SamplerName, string> = {
	annealing: 'simulated annealing',
	freezing: 'freezing annealer',
	gibbs: 'Gibbs at β',
	exact: 'exact enumeration'
};

export const samplerColors: Record<SamplerName, string> = {
	annealing: 'var(--soft)',
	freezing: 'var(--stiff)',
	gibbs: 'var(--model)',
	exact: 'var(--exact)'
};

export const samplerDashes: Record<SamplerName, string | undefined> = {
	annealing: undefined,
	freezing: '9 3',
	gibbs: '6 3',
	exact: '2 3'
};

/** An exact number, six digits. */
export const exactly = (value: number): string => value.toPrecision(6).replace('-', '−');

/** A value with its error, two digits of the error: "−12.34 ± 0.56"; without one where all reads agree. */
export function withError(value: number | null, error: number): string {
	if (value === null || !Number.isFinite(value)) return 'none';
	if (!(error > 0)) return value.toPrecision(4).replace('-', '−');
	const places = Math.max(0, 1 - Math.floor(Math.log10(error)));
	return `${value.toFixed(places).replace('-', '−')} ± ${error.toFixed(places)}`;
}

/** By how many of its own errors a mean energy misses the exact one, as text. */
export function misses({ energy }: Judgement, exact: number): string {
	if (!(energy.error > 0)) return 'all reads alike';
	return `${(Math.abs(energy.mean - exact) / energy.error).toFixed(1)} errors`;
}
