// The table of a study as CSV and JSON, with everything needed to repeat it.
import type { Predicted } from '../../session/clientRelaxation.svelte';
import type {
	GivenMachine,
	LearningRecord,
	PartitionRow,
	Row,
	Skipped
} from '../../session/protocolRelaxation';
import type { Study } from '../../scene/study';
import { predictionFor } from './figures';

const COLUMNS = [
	'id',
	'method',
	'N',
	'M',
	'strength',
	'lambda',
	'beta',
	'wish',
	'sigma2',
	'mode',
	'tau',
	'low',
	'high',
	'error',
	'unit',
	'toCommon',
	'variance',
	'varianceError',
	'chains',
	'records',
	'interval',
	'dt',
	'start',
	'decayed',
	'seconds'
] as const satisfies readonly (keyof Row)[];

/** One line a row, a header first; predicted τ and its name beside each. Fields with a comma are quoted. */
export function toCsv(rows: readonly Row[], predictions: readonly Predicted[]): string {
	const quote = (value: unknown): string => {
		const text = value === null || value === undefined ? '' : String(value);
		return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
	};
	const lines = rows.map((row) => {
		const predicted = predictionFor(row, predictions);
		return [...COLUMNS.map((c) => row[c]), predicted?.tau, predicted?.name].map(quote).join(',');
	});
	return [[...COLUMNS, 'predicted', 'predictedBy'].join(','), ...lines, ''].join('\n');
}

export interface Exported {
	readonly format: 'reciprocal relaxation study';
	readonly study: Study;
	readonly given: GivenMachine | null;
	readonly made: {
		readonly app: string;
		readonly backend: string;
		readonly browser: string;
		readonly date: string;
	};
	readonly rows: readonly Row[];
	readonly skipped: readonly Skipped[];
	readonly predictions: readonly Predicted[];
	readonly learning: readonly LearningRecord[];
	readonly partition: readonly PartitionRow[];
}

/** JSON; typed arrays as plain lists, NaN as null. */
export function toJson(exported: Exported): string {
	return JSON.stringify(
		exported,
		(_, value: unknown) => (ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value),
		1
	);
}

/**
 * A machine from the text of a JSON file: {"weights": N rows of M, "visibleBias": [N], "hiddenBias": [M]}; weights may be
 * flat, row by row.
 * @throws Error with a sentence on what is wrong
 */
export function machineFromText(text: string, name: string): GivenMachine {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw new Error('The file is not JSON.');
	}
	const record = (value ?? {}) as Record<string, unknown>;
	const list = (field: string): number[] => {
		const found = record[field];
		const flat = Array.isArray(found) ? (found as unknown[]).flat() : null;
		if (!flat || !flat.every((e) => typeof e === 'number' && Number.isFinite(e)))
			throw new Error(`The file has no list of numbers "${field}".`);
		return flat as number[];
	};
	const [weights, visibleBias, hiddenBias] = ['weights', 'visibleBias', 'hiddenBias'].map(list);
	const [N, M] = [visibleBias.length, hiddenBias.length];
	if (N < 1 || M < 1 || weights.length !== N * M)
		throw new Error(`${weights.length} weights do not fit ${N} visible and ${M} hidden biases.`);
	if (N + M > 2048) throw new Error('More than 2048 units are too many here.');
	return { name, N, M, weights, visibleBias, hiddenBias };
}
