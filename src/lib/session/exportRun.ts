// A run where it stands as arrays and figures, for files: from its checkpoint, so that a page that goes on playing is not
// held up by what is computed here.
import type { BitRows, Dataset } from '$lib/data/dataset';
import { svdFrom } from '$lib/engine/svdFloat64';
import type { ModelArrays } from '$lib/engine/model';
import { integersHash } from '$lib/scene/resultHash';
import type { Scene } from '$lib/scene/schema';
import { energy, freeEnergyVisible, type Rbm } from '$lib/theory/rbm';
import { integersOf } from './fingerprint';
import type { PackedBits, RunExport } from './protocolExport';
import { exactMonitors, liftInForce, toRbm } from './record';
import type { RunCheckpoint } from './run';

/** Rows of the data that the mean free energy is taken over, at most. */
const ROWS = 1000;
const VALUES = 4;

function packed({ count, units, stride, bytes }: BitRows): PackedBits {
	const used = Math.ceil(units / 8);
	const out = new Uint8Array(count * used);
	for (let row = 0; row < count; row++)
		out.set(bytes.subarray(row * stride, row * stride + used), row * used);
	return { count, units, bytes: out };
}

function meanFreeEnergy(rbm: Rbm, beta: number, { count, units, stride, bytes }: BitRows): number {
	const rows = Math.min(count, ROWS);
	let sum = 0;
	for (let r = 0; r < rows; r++) {
		const on = (i: number) => (bytes[r * stride + (i >> 3)] >> (7 - (i & 7))) & 1;
		sum += freeEnergyVisible(
			rbm,
			beta,
			Float64Array.from({ length: units }, (_, i) => on(i))
		);
	}
	return sum / rows;
}

/** ⟨E⟩ of paired rows. */
function meanEnergy(rbm: Rbm, visible: ArrayLike<number>, hidden: ArrayLike<number>, count: number): number {
	let sum = 0;
	for (let c = 0; c < count; c++)
		sum += energy(
			rbm,
			Float64Array.from({ length: rbm.N }, (_, i) => visible[c * rbm.N + i]),
			Float64Array.from({ length: rbm.M }, (_, j) => hidden[c * rbm.M + j])
		);
	return sum / count;
}

/**
 * The run of a checkpoint.
 * @param initial what learning started from
 * @param backend name of the backend in use
 */
export async function exportRun(
	checkpoint: RunCheckpoint,
	scene: Scene,
	dataset: Dataset,
	initial: ModelArrays,
	backend: string
): Promise<RunExport> {
	const { model } = checkpoint.train;
	const { beta } = scene;
	const rbm = toRbm(model);
	const { N, M } = rbm;
	const { singularValues, u, v } = svdFrom(rbm.weights, N, M);
	const count = checkpoint.gibbs.ladder
		? checkpoint.gibbs.visible.length / N / checkpoint.gibbs.ladder.betas.length
		: checkpoint.gibbs.visible.length / N;
	// of a ladder, the coldest rung's chains, which come last
	const last = <T extends Float32Array>(all: T, units: number) =>
		Uint8Array.from(all.subarray(all.length - count * units));
	const shown = {
		count,
		visible: last(checkpoint.gibbs.visible, N),
		hidden: last(checkpoint.gibbs.hidden, M)
	};
	const free = meanFreeEnergy(rbm, beta, dataset.train);
	const numbers: Record<string, number> = { 'mean beta F of the training rows': free };
	const { lnZ, energy: exactEnergy } = exactMonitors(rbm, beta, 0);
	if (!Number.isNaN(lnZ)) {
		numbers['ln Z'] = lnZ;
		numbers['mean energy, exact'] = exactEnergy;
		numbers['mean ln p of the training rows'] = -free - lnZ;
	}
	numbers['mean energy of the shown chains'] = meanEnergy(rbm, shown.visible, shown.hidden, count);
	for (let k = 0; k < Math.min(VALUES, singularValues.length); k++) {
		numbers[`singular value ${k + 1}`] = singularValues[k];
		numbers[`omega stiff ${k + 1}`] = 2 + (beta * singularValues[k]) / 2;
		numbers[`omega soft ${k + 1}`] = 2 - (beta * singularValues[k]) / 2;
	}
	const { langevin } = checkpoint;
	return {
		step: checkpoint.step,
		title: dataset.title,
		N,
		M,
		beta,
		sigma2: liftInForce(scene, singularValues[0] ?? 0).sigma2,
		backend,
		weights: model.weights,
		visibleBias: model.visibleBias,
		hiddenBias: model.hiddenBias,
		initial: {
			weights: initial.weights,
			visibleBias: initial.visibleBias,
			hiddenBias: initial.hiddenBias
		},
		singularValues,
		u,
		v,
		shown,
		particles: langevin && {
			count: langevin.particles,
			step: langevin.step,
			time: langevin.time,
			z: langevin.z
		},
		train: packed(dataset.train),
		heldOut: dataset.heldOut && packed(dataset.heldOut),
		rowsLookedAt: Math.min(ROWS, dataset.train.count),
		numbers,
		hash: await integersHash(integersOf(checkpoint))
	};
}
