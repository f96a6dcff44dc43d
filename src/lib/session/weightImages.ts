// What the weights of a record look like on the visible side: receptive fields of the first hidden units, and the
// patterns of the leading modes.
import type { ModelArrays } from '$lib/engine/model';
import { rankedMode, type Modes } from './modes';
import type { WeightImages } from './protocol';

/** Receptive fields and mode patterns sent to the page, at most. */
const SHOWN_FIELDS = 24;

export function weightImages(
	{ N, M, weights }: ModelArrays,
	{ r, u, singularValues }: Pick<Modes, 'r' | 'u' | 'singularValues'>
): WeightImages {
	const units = Math.min(M, SHOWN_FIELDS);
	const modes = Math.min(r, SHOWN_FIELDS);
	const fields = new Float32Array(units * N);
	for (let j = 0; j < units; j++) for (let i = 0; i < N; i++) fields[j * N + i] = weights[i * M + j];
	const patterns = new Float32Array(modes * N);
	for (let k = 0; k < modes; k++) {
		const mode = rankedMode(singularValues, k);
		for (let i = 0; i < N; i++) patterns[k * N + i] = u[i * r + mode];
	}
	return { fields, units, patterns, modes };
}
