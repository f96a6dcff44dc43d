// SAPI's "qp" encoding of problems for a QPU, and of its answers (leap.md, "qp encoding"). Linear biases in the order of
// the solver's qubits, NaN where a qubit is not used; couplings in the order of its couplers, one for each whose two
// ends are used. Solutions are bits over the active variables, rows padded to bytes, most significant bit first.
import { AnnealerError, type Vartype } from './bqm';
import { float64Bytes, float64Numbers, fromBase64, int32Numbers, toBase64 } from './numbersText';

export interface QpProblem {
	readonly format: 'qp';
	readonly lin: string;
	readonly quad: string;
	readonly offset: number;
}

export interface QpAnswer {
	readonly activeVariables: Int32Array;
	/** rows of values of the active variables, ±1 or 0/1 */
	readonly rows: Int8Array;
	readonly energies: Float64Array;
	readonly occurrences: Int32Array;
}

const pairKey = (a: number, b: number) => (a < b ? `${a} ${b}` : `${b} ${a}`);
// The quiet NaN that the cloud client writes: DataView writes the same bytes for NaN.
const UNUSED = NaN;

/**
 * @param linear biases by qubit
 * @param couplings biases by pair of qubits; both directions of a pair add up
 * @throws AnnealerError for a qubit or a coupler that the solver does not have
 */
export function encodeQp(
	qubits: readonly number[],
	couplers: readonly (readonly [number, number])[],
	linear: Iterable<readonly [number, number]>,
	couplings: Iterable<readonly [number, number, number]>,
	offset = 0
): QpProblem {
	const at = new Map(qubits.map((q, k) => [q, k]));
	const lin = new Float64Array(qubits.length).fill(UNUSED);
	const place = (q: number): number => {
		const k = at.get(q);
		if (k === undefined) throw new AnnealerError(`The solver has no qubit ${q}.`);
		return k;
	};
	const wanted = new Map<string, number>();
	for (const [a, b, bias] of couplings) {
		for (const q of [a, b]) if (Number.isNaN(lin[place(q)])) lin[place(q)] = 0;
		const key = pairKey(a, b);
		wanted.set(key, (wanted.get(key) ?? 0) + bias);
	}
	for (const [q, bias] of linear) {
		const k = place(q);
		lin[k] = (Number.isNaN(lin[k]) ? 0 : lin[k]) + bias;
	}
	const quad: number[] = [];
	for (const [a, b] of couplers) {
		if (Number.isNaN(lin[at.get(a) ?? -1] ?? NaN) || Number.isNaN(lin[at.get(b) ?? -1] ?? NaN)) continue;
		const key = pairKey(a, b);
		quad.push(wanted.get(key) ?? 0);
		wanted.delete(key);
	}
	const [left] = wanted.keys();
	if (left !== undefined)
		throw new AnnealerError(`The solver has no coupler between qubits ${left.replace(' ', ' and ')}.`);
	return { format: 'qp', lin: toBase64(float64Bytes(lin)), quad: toBase64(float64Bytes(quad)), offset };
}

/**
 * @param answer the `answer` of a problem message, not yet trusted
 * @param offset added to the energies only where the answer does not carry one itself
 * @throws AnnealerError saying which part is not as it should be
 */
export function decodeQp(answer: unknown, vartype: Vartype, offset = 0): QpAnswer {
	const fields = answer as Record<string, unknown> | null;
	if (typeof fields !== 'object' || fields === null || fields.format !== 'qp')
		throw new AnnealerError('The answer is not in the "qp" format.');
	const activeVariables = int32Numbers(
		fromBase64(fields.active_variables, 'active_variables'),
		'active_variables'
	);
	const energies = float64Numbers(fromBase64(fields.energies, 'energies'), 'energies');
	const given = fields.num_occurrences;
	const occurrences =
		given === undefined
			? new Int32Array(energies.length).fill(1)
			: int32Numbers(fromBase64(given, 'num_occurrences'), 'num_occurrences');
	const bits = fromBase64(fields.solutions, 'solutions');
	const n = activeVariables.length;
	const width = Math.ceil(n / 8);
	// Bytes beyond the last row are padding: old answers have rows in words of four.
	if (occurrences.length !== energies.length || bits.length < width * energies.length)
		throw new AnnealerError(
			`The answer has ${energies.length} energies, ${occurrences.length} counts and ${bits.length} bytes of solutions: they do not belong together.`
		);
	if (occurrences.some((c) => c < 0)) throw new AnnealerError('num_occurrences has a negative count.');
	const rows = new Int8Array(n * energies.length);
	for (let r = 0; r < energies.length; r++)
		for (let i = 0; i < n; i++) {
			const bit = (bits[r * width + (i >> 3)] >> (7 - (i & 7))) & 1;
			rows[r * n + i] = vartype === 'SPIN' ? 2 * bit - 1 : bit;
		}
	const own = typeof fields.offset === 'number' ? fields.offset : offset;
	return { activeVariables, rows, energies: energies.map((e) => e + own), occurrences };
}
