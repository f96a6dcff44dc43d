// How long a QPU will be busy with a problem, and so what it takes from a quota: the formula of dwave-cloud-client's
// `Solver.estimate_qpu_access_time`, from the solver's `problem_timing_data`.
import { AnnealerError } from './bqm';

/** Fields of `problem_timing_data` that the estimate needs; times in µs. */
export interface ProblemTiming {
	readonly typical_programming_time: number;
	readonly default_programming_thermalization: number;
	readonly default_annealing_time: number;
	readonly default_readout_thermalization: number;
	readonly qpu_delay_time_per_sample: number;
	readonly readout_time_model: string;
	/** knots and then values; log₁₀ of each in the pwl_log_log model */
	readonly readout_time_model_parameters: readonly number[];
}

export interface AccessRequest {
	readonly qubits: number;
	readonly reads?: number;
	/** µs */
	readonly annealingTime?: number;
	/** points [time in µs, s] of a schedule, which decides over `annealingTime` */
	readonly annealSchedule?: readonly (readonly [number, number])[];
	readonly programmingThermalization?: number;
	readonly readoutThermalization?: number;
}

function interpolated(x: number, parameters: readonly number[]): number {
	const n = parameters.length / 2;
	if (x <= parameters[0]) return parameters[n];
	for (let k = 1; k < n; k++) {
		const [a, b] = [parameters[k - 1], parameters[k]];
		if (x <= b)
			return parameters[n + k - 1] + ((x - a) / (b - a)) * (parameters[n + k] - parameters[n + k - 1]);
	}
	return parameters[2 * n - 1];
}

/** Estimated QPU access time in µs. @throws AnnealerError for a readout model that is not known */
export function qpuAccessTime(timing: ProblemTiming, request: AccessRequest): number {
	const { readout_time_model: model, readout_time_model_parameters: parameters } = timing;
	const log = model === 'pwl_log_log';
	if (!log && model !== 'pwl_linear')
		throw new AnnealerError(`The solver times its readout by a model that is not known here: ${model}.`);
	const at = interpolated(log ? Math.log10(request.qubits) : request.qubits, parameters);
	const readout = log ? 10 ** at : at;
	const schedule = request.annealSchedule;
	const anneal = schedule?.length
		? schedule[schedule.length - 1][0]
		: (request.annealingTime ?? timing.default_annealing_time);
	const thermal = request.readoutThermalization ?? timing.default_readout_thermalization;
	const sample = anneal + readout + thermal + timing.qpu_delay_time_per_sample;
	return (
		timing.typical_programming_time +
		(request.programmingThermalization ?? timing.default_programming_thermalization) +
		(request.reads ?? 1) * sample
	);
}
