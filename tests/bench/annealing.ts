// ln Z of a model too large to enumerate, bracketed by annealed importance sampling and its reverse.
import type { BitRows } from '../../src/lib/data/dataset';
import { settle } from '../../src/lib/engine/backend';
import { disposeGibbs, gibbsSweep, initGibbs } from '../../src/lib/engine/gibbs';
import { disposeModel, makeModel, type ModelArrays } from '../../src/lib/engine/model';
import { dataMeans, disposeData, unpackRows, uploadData } from '../../src/lib/engine/packed';
import {
	aisStep,
	baseLogOdds,
	defaultSchedule,
	disposeAis,
	disposePath,
	initAis,
	makePath,
	readLogWeights,
	type AisStart,
	type AnnealingPath
} from '../../src/lib/engine/partition';
import { permutation } from '../../src/lib/random/draw';
import { foldIn, keyFromSeed, type Key } from '../../src/lib/random/key';
import {
	aisBracket,
	aisEstimate,
	baseLnZ,
	reverseAisEstimate,
	type AisEstimate
} from '../../src/lib/theory/partitionAis';
import { toRbm } from './recipeTraining';

export interface Bracket {
	readonly chains: number;
	readonly temperatures: number;
	/** Gibbs sweeps from training rows to what the reverse runs start from: not exact samples, so no strict bound */
	readonly burnIn: number;
	readonly forward: AisEstimate;
	readonly reverse: AisEstimate;
	/** of ln Z, without error bars */
	readonly bracket: readonly [number, number];
}

const CHAINS = 200;
const TEMPERATURES = 10_000;
const BURN_IN = 5000;
/** Steps between two looks at the message queue. */
const AT_ONCE = 50;

/** Children of the seed's key. */
const FORWARD = 11;
const REVERSE = 12;
const SAMPLES = 13;

async function anneal(
	path: AnnealingPath,
	start: AisStart,
	key: Key,
	say: (line: string) => void
): Promise<Float64Array> {
	let state = initAis(path, start, key);
	for (let told = 0; ;) {
		const [next, { steps, total, done }] = aisStep(path, state, AT_ONCE);
		state = next;
		await settle();
		if (steps - told >= total / 10) {
			told = steps;
			say(`  ${start.direction}: ${steps} of ${total} temperatures`);
		}
		if (done) break;
	}
	const logWeights = await readLogWeights(state);
	disposeAis(state);
	return logWeights;
}

/** Both estimates of ln Z at β = 1; `rows` are the training rows. */
export async function bracketLnZ(
	arrays: ModelArrays,
	rows: BitRows,
	seed: number,
	say: (line: string) => void,
	temperatures = TEMPERATURES,
	burnIn = BURN_IN
): Promise<Bracket> {
	const root = keyFromSeed(seed);
	const model = makeModel(arrays);
	const path = makePath(model, 1, {
		base: baseLogOdds(dataMeans(rows)),
		schedule: defaultSchedule(temperatures)
	});
	const lnZ0 = baseLnZ(toRbm(arrays), path.base);
	const up = await anneal(path, { direction: 'forward', chains: CHAINS }, foldIn(root, FORWARD), say);

	const data = uploadData(rows);
	const key = foldIn(root, SAMPLES);
	const visible = unpackRows(data, permutation(rows.count, foldIn(key, 1)).slice(0, CHAINS));
	disposeData(data);
	let chains = initGibbs(model, 1, CHAINS, foldIn(key, 2), { visible });
	visible.dispose();
	for (let sweep = 0; sweep < burnIn; sweep += AT_ONCE) {
		[chains] = gibbsSweep(model, 1, chains, AT_ONCE);
		await settle();
	}
	const down = await anneal(
		path,
		{ direction: 'reverse', samples: chains.visible },
		foldIn(root, REVERSE),
		say
	);
	disposeGibbs(chains);
	disposePath(path);
	disposeModel(model);
	const forward = aisEstimate(up, lnZ0);
	const reverse = reverseAisEstimate(down, lnZ0);
	return {
		chains: CHAINS,
		temperatures,
		burnIn,
		forward,
		reverse,
		bracket: aisBracket(forward, reverse)
	};
}
