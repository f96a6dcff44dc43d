// Exact ln Z and mean energy of an RBM by enumeration of its smaller layer (theory/enumerate.ts is the definition), by the
// SIMD module: on all threads where tfjs's wasm backend is in use, else on one (wasm/enumerate.as). Float64.
import { engine, getBackend } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Rbm } from '$lib/theory/rbm';
import { moduleWith, places, release } from './wasm/float64';
import { aligned, simdOf } from './wasm/module';

export interface ExactSums {
	readonly lnZ: number;
	/** ⟨E⟩ */
	readonly meanEnergy: number;
}

/** Largest smaller layer, as in theory/enumerateLimit.ts. */
const MAX_ENUMERATED = 24;
/** Products are cut before they can pass e^600, and fields beyond 250 do not enter them (theory/enumerateSweep.ts). */
const PRODUCT_LIMIT = 600;
const TAME = 250;
/** Chunks whose mantissas, each below 2, can be multiplied without overflow. */
const MOST_CHUNKS = 900;
/** Bytes of the inner states' table: it is read once for every outer state, from the second-level cache. */
const TABLE_BYTES = 400_000;
/** Hidden units that a group of states goes through besides the inner ones. */
const MIDDLE = 6;
const RECORD = 3;
/** Nanoseconds a unit and state, measured on one thread. */
const COST = 0.13;

/** The layer of fewer units as the hidden one, rows of the other made even. */
function tables({ N, M, weights, visibleBias, hiddenBias }: Rbm, beta: number) {
	const turned = N < M;
	const [count, hidden] = turned ? [M, N] : [N, M];
	const units = count + (count % 2);
	const [a, b] = turned ? [hiddenBias, visibleBias] : [visibleBias, hiddenBias];
	const fields = new Float64Array(hidden * units);
	const base = new Float64Array(units).fill(-Infinity);
	const size = new Float64Array(units);
	const top = new Float64Array(units);
	for (let i = 0; i < count; i++) {
		base[i] = beta * a[i];
		size[i] = Math.abs(base[i]);
		top[i] = base[i];
		for (let j = 0; j < hidden; j++) {
			const field = beta * (turned ? weights[j * M + i] : weights[i * M + j]);
			fields[j * units + i] = field;
			size[i] += Math.abs(field);
			top[i] += Math.max(0, field);
		}
	}
	const bias = new Float64Array(3 * hidden);
	for (let j = 0; j < hidden; j++) {
		const power = Math.floor((beta * b[j]) / Math.LN2);
		bias.set([Math.exp(beta * b[j] - power * Math.LN2), power, beta * b[j]], 3 * j);
	}
	return { units, hidden, fields, base, bias, size, top };
}

/** Ends of chunks of whole pairs of units whose products stay below e^600. */
function chunkEnds(top: Float64Array): Int32Array {
	const ends: number[] = [];
	let sum = 0;
	for (let i = 0; i < top.length; i += 2) {
		const most = [top[i], top[i + 1]].reduce(
			(s, t) => s + Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t))),
			0
		);
		if (sum + most > PRODUCT_LIMIT) {
			ends.push(i);
			sum = 0;
		}
		sum += most;
	}
	return Int32Array.from([...ends, top.length]);
}

/**
 * ln Σ e^{−βE} and ⟨E⟩ over all states, to 1e-12 of them; null where the module cannot say it: without SIMD, for fields
 * beyond ±250 or so many units that their product needs them one by one, β = 0, a layer of one unit, or both layers past
 * 24 units. Cost max(N,M)·2^min(N,M). With `energy` false ⟨E⟩ is NaN, and the cost a third.
 */
export function exactSums(rbm: Rbm, beta: number, energy = true): ExactSums | null {
	const smaller = Math.min(rbm.N, rbm.M);
	if (!(beta > 0) || smaller < 2 || smaller > MAX_ENUMERATED) return null;
	const { units, hidden, fields, base, bias, size, top } = tables(rbm, beta);
	if (!size.every((s) => s <= TAME) || !bias.every(Number.isFinite)) return null;
	const ends = chunkEnds(top);
	if (ends.length > MOST_CHUNKS) return null;
	const rowBytes = units * 8 * (energy ? 2 : 1);
	const inner = Math.min(hidden, 6, Math.max(2, Math.floor(Math.log2(TABLE_BYTES / rowBytes))));
	const middle = Math.min(MIDDLE, hidden - inner);
	const groups = 2 ** (hidden - inner - middle);
	const baseField = base.map((f) => (f === -Infinity ? 0 : f));
	const parts = [fields.map(Math.exp), fields, base.map(Math.exp), baseField, bias];
	const sizes = [...parts.map((part) => part.length * 8), ends.length * 4, groups * RECORD * 8];
	const numbersFrom = (at: readonly number[]): number[] => [
		...at.slice(0, 6),
		...[ends.length, units, hidden, inner, middle, +energy, at[6]]
	];

	const simd = getBackend() === 'wasm' ? simdOf(engine().backend as BackendWasm) : null;
	const offsets = places(...sizes);
	const bytes = offsets[sizes.length];
	let records: Float64Array;
	if (simd) {
		const scratchBytes = aligned(simd.exports.enumerateScratch(units, hidden, inner, +energy));
		const start = simd.scratch(bytes + scratchBytes * simd.threads);
		const at = offsets.map((offset) => start + offset);
		parts.forEach((part, p) => simd.float64(at[p], part.length).set(part));
		simd.int32(at[5], ends.length).set(ends);
		const cost = COST * units * 2 ** hidden * (energy ? 2.5 : 1);
		simd.share('enumerateStates', numbersFrom(at), {
			count: groups,
			grain: 1,
			scratch: at[7],
			scratchBytes,
			cost
		});
		records = simd.float64(at[6], groups * RECORD);
		return combined(records, beta, energy);
	}
	const scratch = moduleWith(0)?.exports.enumerateScratch(units, hidden, inner, +energy) ?? 0;
	const alone = moduleWith(bytes + scratch);
	if (!alone) return null;
	const { buffer } = alone.memory;
	parts.forEach((part, p) => new Float64Array(buffer, offsets[p], part.length).set(part));
	new Int32Array(buffer, offsets[5], ends.length).set(ends);
	alone.exports.enumerateStates(...numbersFrom(offsets), bytes, 0, groups);
	records = new Float64Array(buffer, offsets[6], groups * RECORD).slice();
	release();
	return combined(records, beta, energy);
}

/** Sums of the groups' records: Σ w = mass·2^power, Σ w·(−βE) likewise. */
function combined(records: Float64Array, beta: number, energy: boolean): ExactSums {
	let power = -Infinity;
	for (let r = 0; r < records.length; r += RECORD) power = Math.max(power, records[r + 1]);
	let mass = 0;
	let sum = 0;
	for (let r = 0; r < records.length; r += RECORD) {
		const share = 2 ** (records[r + 1] - power);
		mass += records[r] * share;
		sum += records[r + 2] * share;
	}
	return { lnZ: Math.log(mass) + power * Math.LN2, meanEnergy: energy ? -sum / mass / beta : NaN };
}
