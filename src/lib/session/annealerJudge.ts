// What a sampler's reads say about the machine: energies, effective temperature, magnetisations, mode variances.
import { rbmToIsing } from '../annealer/rbmProblem';
import { energiesOf } from '../annealer/bqm';
import { expandReads, meanEnergy, readCount, samplesAs, type SampleSet } from '../annealer/sampleSet';
import { effectiveBeta } from '../annealer/temperature';
import type { SamplerName } from '../scene/annealing';
import type { Rbm } from '../theory/rbm';
import { matchedBeta, softDirections } from './annealerMachine';
import type { EnergyHistogram, Judgement, MachineFacts } from './protocolAnnealer';

const CELLS = 40;

/** Cells from the ground energy to where hardly anything at β is. */
export function energyCells(facts: MachineFacts, spread: number): EnergyHistogram {
	const lo = facts.groundEnergy;
	const hi = Math.max(facts.meanEnergy + 6 * spread, lo + 1e-6);
	const width = (hi - lo) / CELLS;
	return { x: Float64Array.from({ length: CELLS }, (_, k) => lo + (k + 0.5) * width), width };
}

/** Everything the page shows of one sampler. `samples` may be over bits or spins. */
export function judge(
	sampler: SamplerName,
	rbm: Rbm,
	facts: MachineFacts,
	cells: EnergyHistogram,
	samples: SampleSet,
	elapsed: number
): Judgement {
	const problem = rbmToIsing(rbm);
	const n = problem.labels.length;
	const bits = samplesAs(samples, 'BINARY');
	// The reads may come from a scaled problem, or from elsewhere: energies are this machine's own.
	const own: SampleSet = { ...bits, energies: energiesOf(problem, samplesAs(samples, 'SPIN').rows) };
	const reads = readCount(own);
	const energy = meanEnergy(own);
	const rows = expandReads(own);
	const beta = matchedBeta(rbm, energy.mean);
	const above = matchedBeta(rbm, energy.mean + energy.error);
	const below = matchedBeta(rbm, energy.mean - energy.error);
	const modes = modeVariances(rows, softDirections(rbm), n);
	return {
		sampler,
		reads,
		distinct: own.energies.length,
		energy,
		lowest: own.energies.reduce((a, b) => Math.min(a, b), Infinity),
		groundShare: share(
			own,
			reads,
			(e) => e < facts.groundEnergy + 1e-9 * Math.max(1, Math.abs(facts.groundEnergy))
		),
		effective: effectiveBeta(problem, own),
		matched: { beta, error: Math.abs(below - above) / 2 },
		...magnetisation(rows, facts, n, reads),
		histogram: histogram(own, cells, reads),
		softVariance: modes.variance,
		softVarianceError: modes.error,
		elapsed,
		samples: own
	};
}

function share(set: SampleSet, reads: number, counts: (energy: number) => boolean): number {
	let sum = 0;
	set.energies.forEach((e, r) => (sum += counts(e) ? set.occurrences[r] : 0));
	return sum / reads;
}

function histogram(set: SampleSet, { x, width }: EnergyHistogram, reads: number): Float64Array {
	const out = new Float64Array(x.length);
	set.energies.forEach((e, r) => {
		const cell = Math.floor((e - x[0]) / width + 0.5 + 1e-9);
		if (cell >= 0 && cell < out.length) out[cell] += set.occurrences[r] / reads;
	});
	return out;
}

/** Root mean squared difference from the exact magnetisations, and what independent reads would show anyway. */
function magnetisation(rows: Int8Array, facts: MachineFacts, n: number, reads: number) {
	const mean = new Float64Array(n);
	for (let k = 0; k < rows.length; k++) mean[k % n] += rows[k] / reads;
	let square = 0;
	let noise = 0;
	facts.magnetisation.forEach((m, i) => {
		square += (mean[i] - m) ** 2 / n;
		noise += (m * (1 - m)) / reads / n;
	});
	return { magnetisationError: Math.sqrt(square), magnetisationNoise: Math.sqrt(noise) };
}

/** Variance of the reads along each direction, with the standard error of a variance (by the fourth moment). */
function modeVariances(rows: Int8Array, directions: Float64Array, n: number) {
	const count = rows.length / n;
	const modes = directions.length / n;
	const variance = new Float64Array(modes);
	const error = new Float64Array(modes);
	const along = new Float64Array(count);
	for (let k = 0; k < modes; k++) {
		let mean = 0;
		for (let r = 0; r < count; r++) {
			let w = 0;
			for (let i = 0; i < n; i++) w += directions[k * n + i] * rows[r * n + i];
			along[r] = w;
			mean += w / count;
		}
		let second = 0;
		let fourth = 0;
		for (const w of along) {
			const d = (w - mean) ** 2;
			second += d / count;
			fourth += (d * d) / count;
		}
		variance[k] = (second * count) / Math.max(1, count - 1);
		error[k] = Math.sqrt(Math.max(0, fourth - second * second) / count);
	}
	return { variance, error };
}
