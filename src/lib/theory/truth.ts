// The `truth` command's contents: a list of small RBMs as plain JSON in, the same list with exact answers out.
// scripts/truth.js does the reading and printing; docs/theory.md documents the fields.
import { curvaturesByClosure } from './closures/curvatures.ts';
import { denoise } from './denoiser.ts';
import { canEnumerate, moments } from './enumerate.ts';
import { gibbsEigenvalues, MAX_CHAIN_ENTRIES_LOG2, MAX_CHAIN_UNITS } from './gibbsMatrix.ts';
import { decode, liftDrift, LiftBoundError, makeLift } from './lift.ts';
import { lnZGaussian, lnZLaplace, lnZTap } from './partition.ts';
import { makeRbm, RbmError, validateBeta, type Rbm } from './rbm.ts';
import { couplingModes } from './reciprocal.ts';

/** Thrown for input that is not a list of RBMs; says which RBM and which field. */
export class TruthError extends Error {
	override name = 'TruthError';
	readonly rbm: string;
	readonly field: string;
	constructor(rbm: string, field: string, message: string) {
		super([rbm && `RBM ${rbm}`, field && `field ${field}`].filter(Boolean).join(', ') + `: ${message}`);
		this.rbm = rbm;
		this.field = field;
	}
}

type Fields = Record<string, unknown>;

interface Case {
	readonly label: string;
	readonly fields: Fields;
	readonly rbm: Rbm;
	readonly beta: number;
	readonly sigma2: number | null;
	readonly z: Float64Array | null;
}

/** What JSON holds here, in words, for a message. */
function kind(x: unknown): string {
	if (x === undefined) return 'missing';
	if (x === null) return 'null';
	if (Array.isArray(x)) return `a list of ${x.length}`;
	return typeof x === 'object' ? 'an object' : `${typeof x} ${JSON.stringify(x)}`;
}

function isNumber(x: unknown): x is number {
	return typeof x === 'number' && Number.isFinite(x);
}

function numberList(label: string, field: string, x: unknown, where = ''): number[] {
	if (!Array.isArray(x))
		throw new TruthError(label, field, `${where}expected a list of numbers, found ${kind(x)}`);
	x.forEach((e, i) => {
		if (!isNumber(e))
			throw new TruthError(label, field, `${where}entry ${i} is ${kind(e)}, not a finite number`);
	});
	return x as number[];
}

function readCase(item: unknown, index: number): Case {
	if (typeof item !== 'object' || item === null || Array.isArray(item))
		throw new TruthError(`#${index}`, '', `expected an object, found ${kind(item)}`);
	const fields = item as Fields;
	if (fields.name !== undefined && typeof fields.name !== 'string')
		throw new TruthError(`#${index}`, 'name', `expected text, found ${kind(fields.name)}`);
	const label = fields.name === undefined ? `#${index}` : `#${index} "${fields.name}"`;
	const beta = fields.beta;
	if (!isNumber(beta)) throw new TruthError(label, 'beta', `expected a finite number, found ${kind(beta)}`);
	if (!Array.isArray(fields.weights) || fields.weights.length === 0)
		throw new TruthError(label, 'weights', `expected N lists of M numbers, found ${kind(fields.weights)}`);
	const weights = fields.weights.map((row, i) => numberList(label, 'weights', row, `row ${i}: `));
	// The weights set the sizes; whatever else disagrees with them is the field at fault.
	const N = weights.length;
	const M = weights[0].length;
	for (const [field, size] of Object.entries({ N, M }))
		if (fields[field] !== undefined && fields[field] !== size)
			throw new TruthError(label, field, `the weights are ${N}×${M}, found ${kind(fields[field])}`);
	const visibleBias = numberList(label, 'visibleBias', fields.visibleBias);
	const hiddenBias = numberList(label, 'hiddenBias', fields.hiddenBias);
	let rbm: Rbm;
	try {
		validateBeta(beta);
		rbm = makeRbm({ N, M, weights, visibleBias, hiddenBias });
	} catch (e) {
		if (e instanceof RbmError) throw new TruthError(label, e.field, e.message.replace(`${e.field}: `, ''));
		throw e;
	}
	let sigma2: number | null = null;
	if (fields.sigma2 !== undefined && fields.sigma2 !== null) {
		if (!isNumber(fields.sigma2) || !(fields.sigma2 > 0))
			throw new TruthError(label, 'sigma2', `expected a number above 0, found ${kind(fields.sigma2)}`);
		sigma2 = fields.sigma2;
	}
	let z: Float64Array | null = null;
	if (fields.z !== undefined && fields.z !== null) {
		z = Float64Array.from(numberList(label, 'z', fields.z));
		if (z.length !== rbm.N + rbm.M)
			throw new TruthError(label, 'z', `${z.length} entries, expected N+M = ${rbm.N + rbm.M}`);
	}
	return { label, fields, rbm, beta, sigma2, z };
}

/** N×M row-major to N lists of M. */
function rowsOf(a: Float64Array, M: number): number[][] {
	return Array.from({ length: a.length / M }, (_, i) => [...a.subarray(i * M, i * M + M)]);
}

const listOrNull = (a: ArrayLike<number> | null): number[] | null => a && Array.from(a);

function answer({ fields, rbm, beta, sigma2, z }: Case): Fields {
	const { N, M } = rbm;
	const notes: string[] = [];
	const exact = canEnumerate(rbm) ? moments(rbm, beta) : null;
	if (!exact) notes.push(`no exact values: min(N,M) = ${Math.min(N, M)} is past 24`);
	const chain = N <= MAX_CHAIN_UNITS && N + M <= MAX_CHAIN_ENTRIES_LOG2;
	if (!chain) notes.push(`gibbsEigenvalues need N ≤ ${MAX_CHAIN_UNITS} and N+M ≤ ${MAX_CHAIN_ENTRIES_LOG2}`);
	const modes = couplingModes(rbm);
	const curvatures: Fields = {};
	for (const [name, k] of Object.entries(curvaturesByClosure(rbm, beta, sigma2 ?? undefined)))
		curvatures[name] = listOrNull(k);
	const out: Fields = {
		...fields,
		lnZ: exact && exact.lnZ,
		meanEnergy: exact && exact.meanEnergy,
		varEnergy: exact && exact.varEnergy,
		meanV: listOrNull(exact && exact.meanV),
		meanH: listOrNull(exact && exact.meanH),
		meanVH: exact && rowsOf(exact.meanVH, M),
		singularValues: [...modes.singularValues],
		gibbsEigenvalues: chain ? [...gibbsEigenvalues(rbm, beta, 3)] : null,
		lnZGaussian: lnZGaussian(rbm, beta),
		lnZLaplace: lnZLaplace(rbm, beta),
		lnZTap: lnZTap(rbm, beta),
		curvatures
	};
	if (sigma2 !== null && z) {
		out.liftDrift = null;
		try {
			if (beta > 0) out.liftDrift = [...liftDrift(makeLift(rbm, beta, sigma2, modes), z)];
			else notes.push('liftDrift needs β > 0');
		} catch (e) {
			if (!(e instanceof LiftBoundError)) throw e;
			notes.push(`liftDrift: ${e.message}`);
		}
		out.decode = [...decode(z, sigma2)];
		out.denoised = exact && [...denoise(rbm, beta, sigma2, z)];
	}
	if (notes.length > 0) out.notes = notes;
	return out;
}

/**
 * The same list with the answers added to each RBM; `notes` says why an answer is null, where one is.
 * The whole list is checked before anything is computed.
 * @throws TruthError naming the RBM and the field.
 */
export function truth(input: unknown): Fields[] {
	if (!Array.isArray(input))
		throw new TruthError('', 'list', `expected a list of RBMs, found ${kind(input)}`);
	return input.map(readCase).map(answer);
}
