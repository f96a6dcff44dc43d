// dimod's JSON of a sample set, schema 3.2.0, as Ocean itself writes and reads it: rows packed in uint32 words, least
// significant bit first, or unpacked.
import * as v from 'valibot';
import { AnnealerError } from './bqm';
import type { SampleSet } from './sampleSet';

const label = v.union([v.string(), v.pipe(v.number(), v.integer())]);
const column = v.object({ data: v.array(v.pipe(v.number(), v.finite())) });

const SampleSetDocument = v.object({
	type: v.literal('SampleSet'),
	version: v.object({ sampleset_schema: v.pipe(v.string(), v.regex(/^3\./, 'a schema of version 3')) }),
	num_variables: v.pipe(v.number(), v.integer(), v.minValue(0)),
	num_rows: v.pipe(v.number(), v.integer(), v.minValue(0)),
	sample_data: v.object({
		use_bytes: v.literal(false),
		data: v.array(v.array(v.pipe(v.number(), v.integer())))
	}),
	sample_packed: v.boolean(),
	vectors: v.objectWithRest({ energy: column, num_occurrences: column }, v.unknown()),
	variable_labels: v.array(label),
	variable_type: v.picklist(['SPIN', 'BINARY']),
	info: v.optional(v.record(v.string(), v.unknown()), {})
});

const vector = (values: ArrayLike<number>, type: string) => ({
	type: 'array',
	data: Array.from(values),
	data_type: type,
	shape: [values.length],
	use_bytes: false
});

/** The document, rows packed, ready for JSON.stringify. */
export function sampleSetToJson(samples: SampleSet): Record<string, unknown> {
	const n = samples.labels.length;
	const rows = samples.energies.length;
	const words = Math.ceil(n / 32);
	const data = Array.from({ length: rows }, (_, r) =>
		Array.from({ length: words }, (_, w) => {
			let word = 0;
			for (let b = 0; b < 32 && 32 * w + b < n; b++) if (samples.rows[r * n + 32 * w + b] > 0) word |= 1 << b;
			return word >>> 0;
		})
	);
	return {
		type: 'SampleSet',
		version: { sampleset_schema: '3.2.0' },
		num_variables: n,
		num_rows: rows,
		sample_data: { type: 'array', data, data_type: 'uint32', shape: [rows, words], use_bytes: false },
		sample_type: 'int8',
		sample_packed: true,
		vectors: {
			energy: vector(samples.energies, 'float64'),
			num_occurrences: vector(samples.occurrences, 'int64')
		},
		variable_labels: [...samples.labels],
		variable_type: samples.vartype,
		info: samples.info
	};
}

/** @param document parsed JSON @throws AnnealerError naming the field that is not as the schema says */
export function sampleSetFromJson(document: unknown): SampleSet {
	const read = v.safeParse(SampleSetDocument, document);
	if (!read.success) {
		const issue = read.issues[0];
		throw new AnnealerError(
			`No dimod sample set (JSON, schema 3): ${v.getDotPath(issue) ?? 'the document'}: ${issue.message}`
		);
	}
	const d = read.output;
	const [n, count] = [d.num_variables, d.num_rows];
	const { energy, num_occurrences: occurrences } = d.vectors;
	if (d.variable_labels.length !== n || new Set(d.variable_labels).size !== n)
		throw new AnnealerError(`variable_labels has not ${n} distinct names.`);
	if (
		d.sample_data.data.length !== count ||
		energy.data.length !== count ||
		occurrences.data.length !== count
	)
		throw new AnnealerError(`sample_data, energy and num_occurrences have not ${count} rows each.`);
	const spin = d.variable_type === 'SPIN';
	const rows = new Int8Array(n * count);
	d.sample_data.data.forEach((row, r) => {
		if (row.length !== (d.sample_packed ? Math.ceil(n / 32) : n))
			throw new AnnealerError(`Row ${r + 1} of sample_data has ${row.length} entries.`);
		for (let i = 0; i < n; i++) {
			const value = d.sample_packed ? (row[i >> 5] >>> (i & 31)) & 1 : row[i];
			if (!d.sample_packed && value !== 1 && value !== (spin ? -1 : 0))
				throw new AnnealerError(`Row ${r + 1} of sample_data has the value ${value}.`);
			rows[r * n + i] = d.sample_packed && spin ? 2 * value - 1 : value;
		}
	});
	if (occurrences.data.some((c) => !(Number.isInteger(c) && c >= 0 && c < 2 ** 31)))
		throw new AnnealerError('num_occurrences has an entry that is no count.');
	return {
		vartype: d.variable_type,
		labels: d.variable_labels,
		rows,
		energies: Float64Array.from(energy.data),
		occurrences: Int32Array.from(occurrences.data),
		info: d.info
	};
}
