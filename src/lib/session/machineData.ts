// The data set of a Scene that has no data: samples of the machine that the run starts from, exact where its smaller
// layer can be enumerated, by long block-Gibbs runs beyond.
import type { BitRows, Dataset } from '$lib/data/dataset';
import { settle } from '$lib/engine/backend';
import { disposeGibbs, gibbsSweep, initGibbs } from '$lib/engine/gibbs';
import { disposeModel, makeModel, type ModelArrays } from '$lib/engine/model';
import { foldIn, keyFromSeed } from '$lib/random/key';
import { macrotask } from './clock';
import { KEY } from './keys';
import { exactVisibleSamples } from './machineSamples';
import { EXACT_UP_TO, toRbm } from './record';

/** Rows drawn exactly, and a quarter as many held out. */
const ROWS = 4096;
/** Long Gibbs runs: so many chains, sweeps before the first look, looks, and sweeps between two. */
const GIBBS = { chains: 512, burnIn: 1000, looks: 5, between: 100 } as const;
const SWEEPS_AT_ONCE = 10;

export interface Wait {
	told(done: number): void;
	readonly signal?: AbortSignal;
}

function packed(bits: ArrayLike<number>, units: number): BitRows {
	const count = bits.length / units;
	const stride = Math.ceil(units / 8);
	const bytes = new Uint8Array(count * stride);
	for (let row = 0; row < count; row++)
		for (let i = 0; i < units; i++)
			if (bits[row * units + i]) bytes[row * stride + (i >> 3)] |= 128 >> (i & 7);
	return { count, units, stride, bytes };
}

/** Sides of the most nearly square picture of so many pixels. */
function shape(units: number): { rows: number; cols: number } {
	let rows = Math.floor(Math.sqrt(units));
	while (units % rows) rows--;
	return { rows, cols: units / rows };
}

async function gibbsSamples(arrays: ModelArrays, beta: number, seed: number, { told, signal }: Wait) {
	const { chains, burnIn, looks, between } = GIBBS;
	const total = burnIn + looks * between;
	const model = makeModel(arrays);
	let state = initGibbs(model, beta, chains, foldIn(keyFromSeed(seed), KEY.machineData));
	const out = new Uint8Array(looks * chains * arrays.N);
	try {
		for (let done = 0; done < total;) {
			[state] = gibbsSweep(model, beta, state, SWEEPS_AT_ONCE);
			done += SWEEPS_AT_ONCE;
			await settle();
			await macrotask();
			signal?.throwIfAborted();
			told(done / total);
			const look = (done - burnIn) / between;
			if (look > 0 && Number.isInteger(look))
				out.set(Uint8Array.from(await state.visible.data()), (look - 1) * chains * arrays.N);
		}
	} finally {
		disposeGibbs(state);
		disposeModel(model);
	}
	return out;
}

/**
 * Samples of the machine with these parameters at β, as training rows and held-out rows.
 * @throws the signal's reason if aborted
 */
export async function machineData(
	arrays: ModelArrays,
	beta: number,
	seed: number,
	wait: Wait
): Promise<Dataset> {
	const { N, M } = arrays;
	const exact = Math.min(N, M) <= EXACT_UP_TO;
	const key = foldIn(keyFromSeed(seed), KEY.machineData);
	const bits = exact
		? await exactVisibleSamples(toRbm(arrays), beta, ROWS + ROWS / 4, key, wait.told, wait.signal)
		: await gibbsSamples(arrays, beta, seed, wait);
	const held = exact ? ROWS / 4 : GIBBS.chains;
	const split = bits.length - held * N;
	const { chains, burnIn, looks, between } = GIBBS;
	return {
		title: 'The machine’s own samples',
		convention: exact
			? `Independent, exact samples of the machine itself: the 2^${Math.min(N, M)} states of its smaller layer are weighed.`
			: `Samples of the machine by block Gibbs: ${chains} chains, ${looks} looks ${between} sweeps apart after ${burnIn}; not exact where the chains mix slowly.`,
		units: N,
		...shape(N),
		train: packed(bits.subarray(0, split), N),
		heldOut: packed(bits.subarray(split), N),
		complete: false
	};
}
