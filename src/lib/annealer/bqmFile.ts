// dimod's binary file of a model ("DIMODBQM", version 2), which hybrid solvers take: magic and version, a JSON header
// padded to 64 bytes, the offset, for each variable where its neighbours start and its bias, the neighbours with their
// biases (each pair twice), and the names.
import { AnnealerError, makeBqm, neighboursOf, type Bqm, type Label, type Term } from './bqm';

const MAGIC = 'DIMODBQM';
const ALIGN = 64;
const encoder = new TextEncoder();

/** Text and `end`, padded with spaces so that with the `prefix` before it whole blocks are filled. */
function padded(prefix: number, text: string, end: string): Uint8Array {
	const bytes = encoder.encode(text + end);
	const out = new Uint8Array(Math.ceil((prefix + bytes.length) / ALIGN) * ALIGN - prefix).fill(0x20);
	out.set(bytes);
	return out;
}

/** Python's json.dumps: a space after each comma and colon. */
function pythonJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
	if (typeof value === 'object' && value !== null)
		return `{${Object.entries(value)
			.map(([k, x]) => `${JSON.stringify(k)}: ${pythonJson(x)}`)
			.join(', ')}}`;
	return JSON.stringify(value);
}

const isRange = (labels: readonly Label[]) => labels.every((l, i) => l === i);

/** The file's bytes. */
export function bqmToFile(bqm: Bqm): Uint8Array<ArrayBuffer> {
	const n = bqm.labels.length;
	const named = !isRange(bqm.labels);
	const header = padded(
		14,
		pythonJson({
			dtype: 'float64',
			itype: 'int32',
			ntype: 'int32',
			shape: [n, bqm.quadratic.length],
			type: 'BinaryQuadraticModel',
			variables: named,
			vartype: bqm.vartype
		}),
		'\n'
	);
	const names = named ? padded(8, pythonJson(bqm.labels), '') : new Uint8Array();
	const near = neighboursOf(bqm);
	const data = 14 + header.length;
	const out = new Uint8Array(data + 8 + 12 * (n + near.other.length) + (named ? 8 + names.length : 0));
	const view = new DataView(out.buffer);
	out.set(encoder.encode(MAGIC));
	out[8] = 2;
	view.setUint32(10, header.length, true);
	out.set(header, 14);
	view.setFloat64(data, bqm.offset, true);
	let at = data + 8;
	const pair = (index: number, bias: number) => {
		view.setInt32(at, index, true);
		view.setFloat64(at + 4, bias, true);
		at += 12;
	};
	for (let i = 0; i < n; i++) pair(near.start[i], bqm.linear[i]);
	for (let i = 0; i < n; i++) {
		const order = Array.from({ length: near.start[i + 1] - near.start[i] }, (_, k) => near.start[i] + k);
		order.sort((a, b) => near.other[a] - near.other[b]);
		for (const k of order) pair(near.other[k], near.bias[k]);
	}
	if (named) {
		out.set(encoder.encode('VARS'), at);
		view.setUint32(at + 4, names.length, true);
		out.set(names, at + 8);
	}
	return out;
}

interface Header {
	readonly shape: readonly [number, number];
	readonly vartype: 'SPIN' | 'BINARY';
	readonly variables: boolean | readonly Label[];
	readonly dtype: string;
	readonly ntype: string;
}

/** Reads version 1 and 2 with float64 biases. @throws AnnealerError saying what is wrong with the file */
export function bqmFromFile(bytes: Uint8Array): Bqm {
	const text = (from: number, to: number) => new TextDecoder().decode(bytes.subarray(from, to));
	if (bytes.length < 14 || text(0, 8) !== MAGIC)
		throw new AnnealerError('This is no dimod model file: it does not begin with DIMODBQM.');
	const version = bytes[8];
	if (version !== 1 && version !== 2)
		throw new AnnealerError(`The file has version ${version} of the format; 1 and 2 are read.`);
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const data = 14 + view.getUint32(10, true);
	if (data > bytes.length) throw new AnnealerError('The file ends within its header.');
	let header: Header;
	try {
		header = JSON.parse(text(14, data)) as Header;
	} catch {
		throw new AnnealerError('The header of the file is no JSON.');
	}
	const [n, m] = Array.isArray(header.shape) ? header.shape : [NaN, NaN];
	const wide = header.ntype === 'uint64' || header.ntype === 'int64';
	if (header.dtype !== 'float64' || !(header.vartype === 'SPIN' || header.vartype === 'BINARY'))
		throw new AnnealerError('The file has no float64 biases over SPIN or BINARY variables.');
	const first = wide ? 16 : 12;
	const end = data + 8 + n * first + 2 * m * 12;
	if (!(Number.isInteger(n) && Number.isInteger(m) && n >= 0 && m >= 0) || !(end <= bytes.length))
		throw new AnnealerError('The file is shorter than its header says.');
	const starts = Int32Array.from({ length: n + 1 }, (_, i) =>
		i === n ? 2 * m : view.getInt32(data + 8 + i * first, true)
	);
	const linear = Float64Array.from({ length: n }, (_, i) =>
		view.getFloat64(data + 8 + i * first + first - 8, true)
	);
	const terms: Term[] = [];
	for (let i = 0; i < n; i++) {
		if (!(starts[i] >= 0 && starts[i] <= starts[i + 1] && starts[i + 1] <= 2 * m))
			throw new AnnealerError(`The neighbours of variable ${i} are out of place.`);
		for (let k = starts[i]; k < starts[i + 1]; k++) {
			const at = data + 8 + n * first + 12 * k;
			const other = view.getInt32(at, true);
			if (other > i) terms.push([i, other, view.getFloat64(at + 4, true)]);
		}
	}
	return makeBqm(
		header.vartype,
		labelsOf(header, n, bytes, view, end),
		linear,
		terms,
		view.getFloat64(data, true)
	);
}

function labelsOf(header: Header, n: number, bytes: Uint8Array, view: DataView, at: number): Label[] {
	if (Array.isArray(header.variables)) return header.variables as Label[];
	if (!header.variables) return Array.from({ length: n }, (_, i) => i);
	const tag = new TextDecoder().decode(bytes.subarray(at, at + 4));
	if (tag !== 'VARS' || at + 8 > bytes.length)
		throw new AnnealerError('The names of the variables are missing.');
	const length = view.getUint32(at + 4, true);
	try {
		const labels = JSON.parse(new TextDecoder().decode(bytes.subarray(at + 8, at + 8 + length))) as Label[];
		if (Array.isArray(labels)) return labels;
	} catch {
		// said below
	}
	throw new AnnealerError('The names of the variables are no JSON list.');
}
