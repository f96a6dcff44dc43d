// What a QPU does to a problem before it runs: auto-scaling to the ranges of its biases, and spin-reversal transforms,
// which are made here because SAPI no longer makes them.
import { foldIn, keyFromSeed } from '../random/key';
import { AnnealerError, neighboursOf, scaledBy, toSpin, type Bqm } from './bqm';
import type { SampleSet } from './sampleSet';
import { wordStream } from './wordStream';

/** Ranges from a solver's properties. */
export interface BiasRanges {
	readonly h: readonly [number, number];
	/** extended_j_range where the solver has one, else j_range */
	readonly j: readonly [number, number];
	/** per_qubit_coupling_range: bounds of the sum of a variable's couplings */
	readonly coupling?: readonly [number, number];
}

function worst(values: Iterable<number>, [low, high]: readonly [number, number]): number {
	let factor = 0;
	for (const x of values) {
		const bound = x < 0 ? low : high;
		if (x === 0) continue;
		if (!(bound * x > 0)) return Infinity;
		factor = Math.max(factor, x / bound);
	}
	return factor;
}

function couplingTotals(bqm: Bqm): Float64Array {
	const { start, bias } = neighboursOf(bqm);
	return Float64Array.from(bqm.labels, (_, i) => {
		let sum = 0;
		for (let k = start[i]; k < start[i + 1]; k++) sum += bias[k];
		return sum;
	});
}

/** By how much auto_scale divides the biases: the worst of h, J and coupling totals against their ranges; 1 if all are 0. */
export function autoScaleFactor(problem: Bqm, ranges: BiasRanges): number {
	const bqm = toSpin(problem);
	const factor = Math.max(
		worst(bqm.linear, ranges.h),
		worst(bqm.quadratic, ranges.j),
		ranges.coupling ? worst(couplingTotals(bqm), ranges.coupling) : 0
	);
	if (factor === Infinity)
		throw new AnnealerError('A bias has a sign that the solver does not allow at all.');
	return factor === 0 ? 1 : factor;
}

/** The problem as auto_scale would run it. */
export function autoScaled(problem: Bqm, ranges: BiasRanges): { bqm: Bqm; factor: number } {
	const factor = autoScaleFactor(problem, ranges);
	return { bqm: scaledBy(toSpin(problem), 1 / factor), factor };
}

/** Sentences for biases that a solver refuses without auto_scale; none when all fit. */
export function rangeViolations(problem: Bqm, ranges: BiasRanges): string[] {
	const bqm = toSpin(problem);
	const out: string[] = [];
	const look = (what: string, values: Float64Array, [low, high]: readonly [number, number]) => {
		const least = values.reduce((a, b) => Math.min(a, b), 0);
		const most = values.reduce((a, b) => Math.max(a, b), 0);
		if (least < low || most > high)
			out.push(`${what} reach from ${short(least)} to ${short(most)}; the solver takes ${low} to ${high}.`);
	};
	look('Biases h', bqm.linear, ranges.h);
	look('Couplings J', bqm.quadratic, ranges.j);
	if (ranges.coupling) look('Sums of a variable’s couplings', couplingTotals(bqm), ranges.coupling);
	return out;
}

const short = (x: number) => String(Number(x.toPrecision(4)));

/** A gauge: +1 or −1 for each variable. */
export function randomGauge(variables: number, seed: number, index: number): Int8Array {
	const next = wordStream(foldIn(keyFromSeed(seed), 1), index);
	return Int8Array.from({ length: variables }, () => (next() >>> 31 ? 1 : -1));
}

/** Spin reversal: h → gh, J → gᵢgⱼJ. Energies of reversed states are those of the states. */
export function reversed(bqm: Bqm, gauge: Int8Array): Bqm {
	if (bqm.vartype !== 'SPIN') throw new AnnealerError('Spin reversal needs a problem over spins.');
	return {
		...bqm,
		linear: bqm.linear.map((h, i) => gauge[i] * h),
		quadratic: bqm.quadratic.map((j, k) => gauge[bqm.heads[k]] * gauge[bqm.tails[k]] * j)
	};
}

/** Samples of the reversed problem as samples of the problem, and back: the map is its own inverse. */
export function reversedSamples(samples: SampleSet, gauge: Int8Array): SampleSet {
	if (samples.vartype !== 'SPIN') throw new AnnealerError('Spin reversal needs samples over spins.');
	const n = samples.labels.length;
	return { ...samples, rows: samples.rows.map((s, k) => gauge[k % n] * s) };
}
