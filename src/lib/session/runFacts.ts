// What a freshly opened run turned out to be, for the page.
import { unpack } from '$lib/data/unpack';
import type { Loaded } from './loading';
import type { RunFacts } from './protocol';
import { EXACT_UP_TO } from './record';
import { SAMPLE_IMAGES } from './run';

/** @param run counts the openings */
export function runFacts(
	{ dataset, origin }: Loaded,
	{ run, hidden, stepsPerEpoch }: { run: number; hidden: number; stepsPerEpoch: number }
): RunFacts {
	const { title, convention, train, heldOut, rows, cols, units, complete } = dataset;
	const shown = Math.min(SAMPLE_IMAGES, train.count);
	// Evenly spread over the set, so that every digit or kind of pattern has a chance to be seen.
	const index = Array.from({ length: shown }, (_, i) => Math.floor((i * train.count) / shown));
	return {
		run,
		title,
		convention,
		origin,
		N: units,
		M: hidden,
		rows,
		cols,
		trainCount: train.count,
		heldOutCount: heldOut?.count ?? 0,
		bestLogLikelihood: complete ? -Math.log(train.count) : null,
		stepsPerEpoch,
		exact: Math.min(units, hidden) <= EXACT_UP_TO,
		dataImages: unpack(train, index)
	};
}
