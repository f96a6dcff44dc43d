// Block Gibbs as a sampler whose relaxation is measured: coordinates of the visible layer, xᵢ = uᵢ·v, a record every so
// many sweeps, and their means one sweep ahead, uᵢ·P(v=1|h).
import { concat, matMul, slice, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';
import { assertBackend } from '../engine/backend';
import { disposeGibbs, gibbsSweep, visibleProbabilities, type GibbsState } from '../engine/gibbs';
import type { Model } from '../engine/model';
import { foldIn, type Key } from '../random/key';
import type { Rbm } from '../theory/rbm';
import { couplingModes } from '../theory/reciprocal';
import type { Recorded, Sampler } from './relaxationMeasure';

/** Child of a point's key from which the chains draw. */
const SWEEPS = 11;

/** The first `modes` columns of U as a matrix on the device, [N, modes]. Caller disposes. */
export function leadingColumns(rbm: Rbm, modes: number): Tensor2D {
	const { u, singularValues } = couplingModes(rbm);
	const r = singularValues.length;
	const columns = new Float32Array(rbm.N * modes);
	for (let i = 0; i < rbm.N; i++) for (let m = 0; m < modes; m++) columns[i * modes + m] = u[i * r + m];
	return tensor2d(columns, [rbm.N, modes], 'float32');
}

/** Columns of a [P, modes] tensor in memory; the tensor is disposed. */
export async function readColumns(tensor: Tensor2D): Promise<Float32Array[]> {
	const [P, modes] = tensor.shape;
	const values = await tensor.data<'float32'>();
	tensor.dispose();
	assertBackend();
	return Array.from({ length: modes }, (_, m) =>
		Float32Array.from({ length: P }, (_, p) => values[p * modes + m])
	);
}

/** uᵢ·½ of the first modes: the exact means of a balanced machine. */
export function balancedMeans(rbm: Rbm, modes: number): number[] {
	const { u, singularValues } = couplingModes(rbm);
	const r = singularValues.length;
	return Array.from({ length: modes }, (_, m) => {
		let sum = 0;
		for (let i = 0; i < rbm.N; i++) sum += u[i * r + m] / 2;
		return sum;
	});
}

export interface GibbsSamplerOptions {
	readonly rbm: Rbm;
	readonly model: Model;
	readonly beta: number;
	/** [chains, N+M], the caller's */
	readonly states: Tensor2D;
	readonly key: Key;
	readonly modes: number;
	readonly balanced: boolean;
	readonly start: Sampler['start'];
	/** most sweeps */
	readonly budget: number;
}

export function gibbsSampler(options: GibbsSamplerOptions): Sampler {
	const { rbm, model, beta, states, key, modes, balanced, start, budget } = options;
	const P = states.shape[0];
	let chains: GibbsState = {
		visible: slice(states, [0, 0], [P, rbm.N]) as Tensor2D,
		hidden: slice(states, [0, rbm.N], [P, rbm.M]) as Tensor2D,
		key: foldIn(key, SWEEPS),
		counter: 1
	};
	const columns = leadingColumns(rbm, modes);
	return {
		tick: 1,
		unit: 'sweeps',
		means: balanced ? balancedMeans(rbm, modes) : null,
		start,
		sigma2: null,
		dt: null,
		interval: 1,
		budget,
		advance(ticks) {
			[chains] = gibbsSweep(model, beta, chains, ticks);
		},
		async record(): Promise<Recorded> {
			const probabilities = visibleProbabilities(model, beta, chains);
			const both = concat([chains.visible, probabilities], 0) as Tensor2D;
			probabilities.dispose();
			const projected = matMul(both, columns) as Tensor2D;
			both.dispose();
			const all = await readColumns(projected);
			return {
				coordinates: all.map((column) => column.subarray(0, P)),
				ahead: all.map((column) => column.subarray(P))
			};
		},
		dispose() {
			disposeGibbs(chains);
			columns.dispose();
		}
	};
}
