// What the annealer page's samplers came to, so that a repeated run can be held against it: all samples as a hash, and the
// figures that are judged by.
import { figure, integersHash, type Results } from '../scene/resultHash';
import type { Judgement } from './protocolAnnealer';

/** The results of all samplers; `step` is the number of reads of each. */
export async function sampleResults(judgements: readonly Judgement[]): Promise<Results> {
	const inOrder = [...judgements].sort((a, b) => (a.sampler < b.sampler ? -1 : 1));
	const numbers: Record<string, string> = {};
	for (const { sampler, energy, effective } of inOrder) {
		numbers[`⟨E⟩ of ${sampler}`] = figure(energy.mean);
		numbers[`effective β of ${sampler}`] = figure(effective.beta ?? NaN);
	}
	return {
		step: Math.max(0, ...inOrder.map((j) => j.reads)),
		hash: await integersHash(inOrder.flatMap(({ samples }) => [samples.rows, samples.occurrences])),
		numbers,
		backend: 'plain JavaScript'
	};
}
