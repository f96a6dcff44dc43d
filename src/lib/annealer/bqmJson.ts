// dimod's JSON of a binary quadratic model, schema 3.0.0, as `BinaryQuadraticModel.to_serializable` writes it and
// `from_serializable` reads it; without bytes.
import * as v from 'valibot';
import { AnnealerError, makeBqm, type Bqm, type Term } from './bqm';

const label = v.union([v.string(), v.pipe(v.number(), v.integer())]);
const finite = v.pipe(v.number(), v.finite());

const BqmDocument = v.object({
	type: v.literal('BinaryQuadraticModel'),
	version: v.object({ bqm_schema: v.pipe(v.string(), v.regex(/^3\./, 'a schema of version 3')) }),
	use_bytes: v.literal(false),
	variable_type: v.picklist(['SPIN', 'BINARY']),
	variable_labels: v.array(label),
	offset: finite,
	linear_biases: v.array(finite),
	quadratic_biases: v.array(finite),
	quadratic_head: v.array(v.pipe(v.number(), v.integer())),
	quadratic_tail: v.array(v.pipe(v.number(), v.integer()))
});

/** The document, ready for JSON.stringify. */
export function bqmToJson(bqm: Bqm): Record<string, unknown> {
	return {
		type: 'BinaryQuadraticModel',
		version: { bqm_schema: '3.0.0' },
		use_bytes: false,
		index_type: 'int32',
		bias_type: 'float64',
		num_variables: bqm.labels.length,
		num_interactions: bqm.quadratic.length,
		variable_labels: [...bqm.labels],
		variable_type: bqm.vartype,
		offset: bqm.offset,
		info: {},
		linear_biases: [...bqm.linear],
		quadratic_biases: [...bqm.quadratic],
		quadratic_head: [...bqm.heads],
		quadratic_tail: [...bqm.tails]
	};
}

/** @param document parsed JSON @throws AnnealerError naming the field that is not as the schema says */
export function bqmFromJson(document: unknown): Bqm {
	const read = v.safeParse(BqmDocument, document);
	if (!read.success) {
		const issue = read.issues[0];
		const field = v.getDotPath(issue) ?? 'the document';
		throw new AnnealerError(`No dimod model (JSON, schema 3): ${field}: ${issue.message}`);
	}
	const d = read.output;
	const { length } = d.quadratic_biases;
	if (d.quadratic_head.length !== length || d.quadratic_tail.length !== length)
		throw new AnnealerError('quadratic_head, quadratic_tail and quadratic_biases differ in length.');
	const terms = d.quadratic_biases.map((j, k): Term => [d.quadratic_head[k], d.quadratic_tail[k], j]);
	return makeBqm(d.variable_type, d.variable_labels, d.linear_biases, terms, d.offset);
}
