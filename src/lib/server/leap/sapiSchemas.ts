// The shapes of SAPI's answers, as far as they are used here. Nothing that the other side sends is used before it has
// passed one of these.
import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000_000));
const finite = v.pipe(v.number(), v.finite());
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const range = v.pipe(
	v.tuple([finite, finite]),
	v.check(([low, high]) => low <= high, 'a range from low to high')
);

/** `identity` is sent back exactly as it came, so that what is not known here stays in it. */
export const Identity = v.looseObject({
	name,
	version: v.optional(v.nullable(v.looseObject({ graph_id: v.optional(v.nullable(name)) })))
});

export const SolverEntry = v.object({
	identity: Identity,
	status: v.pipe(v.string(), v.maxLength(50)),
	avg_load: v.optional(v.nullable(finite))
});
export const SolverList = v.pipe(v.array(SolverEntry), v.maxLength(1000));

const Timing = v.object({
	typical_programming_time: finite,
	default_programming_thermalization: finite,
	default_annealing_time: finite,
	default_readout_thermalization: finite,
	qpu_delay_time_per_sample: finite,
	readout_time_model: v.picklist(['pwl_log_log', 'pwl_linear']),
	readout_time_model_parameters: v.pipe(
		v.array(finite),
		v.minLength(2),
		v.maxLength(1000),
		v.check((p) => p.length % 2 === 0, 'as many knots as values')
	)
});

const parameters = v.record(v.string(), v.unknown());
const types = v.pipe(v.array(v.pipe(v.string(), v.maxLength(50))), v.maxLength(50));

export const QpuProperties = v.object({
	supported_problem_types: types,
	parameters,
	topology: v.object({
		type: v.picklist(['chimera', 'pegasus', 'zephyr']),
		shape: v.pipe(
			v.array(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64))),
			v.minLength(1),
			v.maxLength(3)
		)
	}),
	qubits: v.pipe(v.array(count), v.minLength(1), v.maxLength(100_000)),
	couplers: v.pipe(v.array(v.tuple([count, count])), v.maxLength(2_000_000)),
	h_range: range,
	j_range: range,
	extended_j_range: v.optional(range),
	per_qubit_coupling_range: v.optional(range),
	num_reads_range: range,
	annealing_time_range: range,
	default_annealing_time: v.optional(finite),
	problem_run_duration_range: v.optional(range),
	problem_timing_data: Timing
});

export const HybridProperties = v.object({
	supported_problem_types: types,
	parameters,
	minimum_time_limit: v.pipe(v.array(v.tuple([finite, finite])), v.minLength(1), v.maxLength(1000)),
	maximum_time_limit_hrs: v.optional(finite),
	maximum_number_of_variables: v.optional(finite),
	maximum_number_of_biases: v.optional(finite)
});

/** A solver before it is known which kind it is. */
export const SolverDocument = v.object({
	...SolverEntry.entries,
	properties: v.looseObject({ supported_problem_types: types })
});

const problemId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,100}$/, 'an identifier'));
export const statuses = ['PENDING', 'IN_PROGRESS', 'COMPLETED', 'FAILED', 'CANCELLED'] as const;

export const ProblemStatus = v.object({
	id: problemId,
	status: v.picklist(statuses),
	label: v.optional(v.nullable(v.string())),
	error_message: v.optional(v.nullable(v.string()))
});
export type ProblemStatus = v.InferOutput<typeof ProblemStatus>;

export const ItemError = v.object({ error_code: v.number(), error_msg: v.string() });
export const StatusList = v.array(v.union([ProblemStatus, ItemError]));
export const Answer = v.object({ answer: v.record(v.string(), v.unknown()) });
export const UploadStarted = v.object({ id: problemId });
export const AnswerTiming = v.object({
	qpu_access_time: v.optional(v.pipe(finite, v.minValue(0), v.maxValue(1e12))),
	run_time: v.optional(v.pipe(finite, v.minValue(0), v.maxValue(1e12)))
});
