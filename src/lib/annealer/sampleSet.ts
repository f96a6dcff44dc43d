// Samples of a problem: distinct rows with their energies and how often each came. Every sampler gives one, every file
// is read into one.
import { AnnealerError, energiesOf, type Bqm, type Label, type Vartype } from './bqm';

export interface SampleSet {
	readonly vartype: Vartype;
	readonly labels: readonly Label[];
	/** rows of values (±1 or 0/1), one after the other */
	readonly rows: Int8Array;
	/** one a row */
	readonly energies: Float64Array;
	/** how many reads gave this row */
	readonly occurrences: Int32Array;
	/** timing, provenance and whatever else the sampler said; JSON values only */
	readonly info: Readonly<Record<string, unknown>>;
}

/** Number of reads, a row counted as often as it came. */
export function readCount(samples: SampleSet): number {
	let sum = 0;
	for (const n of samples.occurrences) sum += n;
	return sum;
}

/** Rows of reads as a sample set: equal rows are one, in the order of their energy. */
export function collectReads(bqm: Bqm, reads: Int8Array, info: SampleSet['info'] = {}): SampleSet {
	const n = bqm.labels.length;
	if (n === 0 || reads.length % n !== 0)
		throw new AnnealerError(`${reads.length} values are no whole rows of ${n} variables.`);
	const found = new Map<string, { at: number; count: number }>();
	for (let at = 0; at < reads.length; at += n) {
		const key = String.fromCharCode(...packed(reads, at, n));
		const seen = found.get(key);
		if (seen) seen.count++;
		else found.set(key, { at, count: 1 });
	}
	const distinct = [...found.values()];
	const rows = new Int8Array(distinct.length * n);
	distinct.forEach(({ at }, r) => rows.set(reads.subarray(at, at + n), r * n));
	const energies = energiesOf(bqm, rows);
	const order = distinct.map((_, r) => r).sort((a, b) => energies[a] - energies[b] || a - b);
	const sorted = new Int8Array(rows.length);
	order.forEach((from, to) => sorted.set(rows.subarray(from * n, from * n + n), to * n));
	return {
		vartype: bqm.vartype,
		labels: bqm.labels,
		rows: sorted,
		energies: Float64Array.from(order, (r) => energies[r]),
		occurrences: Int32Array.from(order, (r) => distinct[r].count),
		info
	};
}

/** Values above zero as bits, 16 to a number. */
function packed(rows: Int8Array, at: number, n: number): number[] {
	const words: number[] = [];
	for (let i = 0; i < n; i += 16) {
		let word = 0;
		for (let b = 0; b < 16 && i + b < n; b++) if (rows[at + i + b] > 0) word |= 1 << b;
		words.push(word);
	}
	return words;
}

/** Every read as a row of its own, in the order of the set. */
export function expandReads(samples: SampleSet): Int8Array {
	const n = samples.labels.length;
	const out = new Int8Array(readCount(samples) * n);
	let to = 0;
	samples.occurrences.forEach((count, r) => {
		for (let k = 0; k < count; k++, to += n) out.set(samples.rows.subarray(r * n, r * n + n), to);
	});
	return out;
}

/** The same samples over the other kind of variable; energies stay, as the models' do. */
export function samplesAs(samples: SampleSet, vartype: Vartype): SampleSet {
	if (samples.vartype === vartype) return samples;
	const rows = samples.rows.map((x) => (vartype === 'SPIN' ? 2 * x - 1 : (x + 1) / 2));
	return { ...samples, vartype, rows };
}

/** Mean of the energy over reads and its standard error, reads taken as independent. */
export function meanEnergy(samples: SampleSet): { mean: number; error: number } {
	const reads = readCount(samples);
	let mean = 0;
	samples.energies.forEach((e, r) => (mean += (e * samples.occurrences[r]) / reads));
	let square = 0;
	samples.energies.forEach((e, r) => (square += samples.occurrences[r] * (e - mean) ** 2));
	return { mean, error: reads > 1 ? Math.sqrt(square / (reads - 1) / reads) : NaN };
}
