// Binary quadratic models: E(s) = offset + Σ hᵢsᵢ + Σ Jᵢⱼsᵢsⱼ over spins ±1 (SPIN, Ising) or bits 0/1 (BINARY, QUBO),
// with the offset kept exactly, so that energies agree in either form. The common currency of this room.

export type Vartype = 'SPIN' | 'BINARY';
/** The name of a variable, as in dimod: text or a whole number. */
export type Label = string | number;

export interface Bqm {
	readonly vartype: Vartype;
	/** distinct names, one a variable */
	readonly labels: readonly Label[];
	/** linear biases, one a variable */
	readonly linear: Float64Array;
	/** quadratic terms: indices of their two variables (head ≠ tail, no pair twice), and the biases */
	readonly heads: Int32Array;
	readonly tails: Int32Array;
	readonly quadratic: Float64Array;
	readonly offset: number;
}

/** A problem, a file or an answer that is not what it should be; the message says what, in one sentence. */
export class AnnealerError extends Error {
	override name = 'AnnealerError';
}

export type Term = readonly [head: number, tail: number, bias: number];

/**
 * Builds a model from terms by index; terms of one pair are added up, a term of a variable with itself is refused.
 * @throws AnnealerError for lengths, indices or numbers that make no model
 */
export function makeBqm(
	vartype: Vartype,
	labels: readonly Label[],
	linear: ArrayLike<number>,
	terms: Iterable<Term>,
	offset = 0
): Bqm {
	const n = labels.length;
	if (linear.length !== n)
		throw new AnnealerError(`${linear.length} linear biases for ${n} variables: one each is needed.`);
	if (new Set(labels).size !== n) throw new AnnealerError('Two variables have the same name.');
	const at = new Map<number, number>();
	const heads: number[] = [];
	const tails: number[] = [];
	const biases: number[] = [];
	for (const [a, b, bias] of terms) {
		if (!(Number.isInteger(a) && Number.isInteger(b) && a >= 0 && b >= 0 && a < n && b < n))
			throw new AnnealerError(`The term (${a}, ${b}) names a variable that does not exist.`);
		if (a === b) throw new AnnealerError(`Variable ${labels[a]} is coupled to itself.`);
		const key = a < b ? a * n + b : b * n + a;
		const k = at.get(key);
		if (k === undefined) {
			at.set(key, heads.length);
			heads.push(a);
			tails.push(b);
			biases.push(bias);
		} else biases[k] += bias;
	}
	const bqm: Bqm = {
		vartype,
		labels: [...labels],
		linear: Float64Array.from(linear),
		heads: Int32Array.from(heads),
		tails: Int32Array.from(tails),
		quadratic: Float64Array.from(biases),
		offset
	};
	for (const x of [bqm.offset, ...bqm.linear, ...bqm.quadratic])
		if (!Number.isFinite(x)) throw new AnnealerError(`A bias is ${x}; every bias must be a finite number.`);
	return bqm;
}

/** Energy of one state: n values of the model's kind, from `at` on. */
export function energyOf(bqm: Bqm, state: ArrayLike<number>, at = 0): number {
	let sum = bqm.offset;
	for (let i = 0; i < bqm.linear.length; i++) sum += bqm.linear[i] * state[at + i];
	for (let k = 0; k < bqm.quadratic.length; k++)
		sum += bqm.quadratic[k] * state[at + bqm.heads[k]] * state[at + bqm.tails[k]];
	return sum;
}

/** Energies of rows of states, one after the other in `rows`. */
export function energiesOf(bqm: Bqm, rows: ArrayLike<number>): Float64Array {
	const n = bqm.labels.length;
	const count = n === 0 ? 0 : rows.length / n;
	return Float64Array.from({ length: count }, (_, r) => energyOf(bqm, rows, r * n));
}

/** The same energies over spins s = 2x − 1. A model that has spins already is returned as it is. */
export function toSpin(bqm: Bqm): Bqm {
	if (bqm.vartype === 'SPIN') return bqm;
	const linear = bqm.linear.map((q) => q / 2);
	let offset = bqm.offset;
	for (const q of bqm.linear) offset += q / 2;
	const quadratic = bqm.quadratic.map((q) => q / 4);
	for (let k = 0; k < quadratic.length; k++) {
		linear[bqm.heads[k]] += quadratic[k];
		linear[bqm.tails[k]] += quadratic[k];
		offset += quadratic[k];
	}
	return { ...bqm, vartype: 'SPIN', linear, quadratic, offset };
}

/** The same energies over bits x = (1 + s)/2. A model that has bits already is returned as it is. */
export function toBinary(bqm: Bqm): Bqm {
	if (bqm.vartype === 'BINARY') return bqm;
	const linear = bqm.linear.map((h) => 2 * h);
	let offset = bqm.offset;
	for (const h of bqm.linear) offset -= h;
	const quadratic = bqm.quadratic.map((j) => 4 * j);
	for (let k = 0; k < quadratic.length; k++) {
		linear[bqm.heads[k]] -= 2 * bqm.quadratic[k];
		linear[bqm.tails[k]] -= 2 * bqm.quadratic[k];
		offset += bqm.quadratic[k];
	}
	return { ...bqm, vartype: 'BINARY', linear, quadratic, offset };
}

/** Every bias and the offset times `factor`: sampling at β is sampling the model times β at 1. */
export function scaledBy(bqm: Bqm, factor: number): Bqm {
	return {
		...bqm,
		linear: bqm.linear.map((x) => factor * x),
		quadratic: bqm.quadratic.map((x) => factor * x),
		offset: factor * bqm.offset
	};
}

/** Neighbours of each variable: for variable i the entries from start[i] to start[i+1]. */
export interface Neighbours {
	readonly start: Int32Array;
	readonly other: Int32Array;
	readonly bias: Float64Array;
}

/** The quadratic terms by variable, each twice. */
export function neighboursOf(bqm: Bqm): Neighbours {
	const n = bqm.labels.length;
	const start = new Int32Array(n + 1);
	for (const i of bqm.heads) start[i + 1]++;
	for (const i of bqm.tails) start[i + 1]++;
	for (let i = 0; i < n; i++) start[i + 1] += start[i];
	const next = start.slice(0, n);
	const other = new Int32Array(2 * bqm.heads.length);
	const bias = new Float64Array(2 * bqm.heads.length);
	for (let k = 0; k < bqm.heads.length; k++) {
		const [a, b] = [bqm.heads[k], bqm.tails[k]];
		other[next[a]] = b;
		bias[next[a]++] = bqm.quadratic[k];
		other[next[b]] = a;
		bias[next[b]++] = bqm.quadratic[k];
	}
	return { start, other, bias };
}
