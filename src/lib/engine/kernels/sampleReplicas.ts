// SampleReplicas: SampleUnits for a batch of RBMs at once, in one dispatch: every replica with its own β, its own key
// and, where it has one, its own bias. Row and column count within a replica, so that a replica's words are those of
// the same run alone.
import type { Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import { fillRow, paddedLength } from '$lib/random/philox';
import { philoxWgsl } from '$lib/random/philox.wgsl';
import { drawInvocations } from './draw';
import { register, run, type Kernel } from './kernel';

interface Attributes {
	readonly counter: number;
}

export const sampleReplicasKernel: Kernel<Attributes> = {
	name: 'SampleReplicas',
	output: ([x]) => ({ shape: x.shape, dtype: 'float32' }),
	host(out, [x, bias, betas, keys], [{ shape }], { counter }) {
		const [replicas, rows, columns] = shape;
		const biasStride = bias.length > columns ? columns : 0;
		const words = new Uint32Array(paddedLength(columns));
		for (let replica = 0, at = 0; replica < replicas; replica++) {
			const beta = betas[replica];
			const key = [keys[2 * replica], keys[2 * replica + 1]] as const;
			const first = replica * biasStride;
			for (let row = 0; row < rows; row++) {
				fillRow(words, columns, row, key, counter);
				// u < 1/(1+e^{−t}) without the division, as SampleUnits has it
				for (let j = 0; j < columns; j++, at++) {
					const u = ((words[j] >>> 9) + 0.5) * 2 ** -23;
					out[at] = u * (1 + Math.exp(-beta * (x[at] + bias[first + j]))) < 1 ? 1 : 0;
				}
			}
		}
	},
	shader([x, bias], { counter }) {
		const [replicas, rows, columns] = x.shape;
		return {
			variables: ['X', 'Bias', 'Betas', 'Keys'],
			uniforms: [
				{ name: 'rows', type: 'int32', value: rows },
				{ name: 'columns', type: 'int32', value: columns },
				{ name: 'biasStride', type: 'int32', value: bias.shape[0] > 1 ? columns : 0 },
				{ name: 'counterLow', type: 'uint32', value: counter >>> 0 },
				{ name: 'counterHigh', type: 'uint32', value: Math.floor(counter / 4294967296) }
			],
			invocations: drawInvocations(replicas * rows, columns),
			key: 'SampleReplicas',
			prelude: philoxWgsl,
			body: `
				let blocks = (uniforms.columns + 3) / 4;
				let line = index / blocks;
				let block = index - line * blocks;
				let replica = line / uniforms.rows;
				let row = line - replica * uniforms.rows;
				let first = block * 4;
				let start = line * uniforms.columns + first;
				let words = philox(
					vec4<u32>(u32(block), u32(row), uniforms.counterLow, uniforms.counterHigh),
					vec2<u32>(bitcast<u32>(Keys[2 * replica]), bitcast<u32>(Keys[2 * replica + 1])));
				for (var j = 0; j < min(4, uniforms.columns - first); j = j + 1) {
					let t = Betas[replica] * (X[start + j] + Bias[replica * uniforms.biasStride + first + j]);
					let p = 1.0 / (1.0 + exp(clamp(-t, -80.0, 80.0)));
					result[start + j] = select(0.0, 1.0, uniformOf(words[j]) < p);
				}`
		};
	}
};

export function registerSampleReplicas(): void {
	register(sampleReplicasKernel);
}

/**
 * States of a layer of R replicas: float32 0/1 of x's shape [R, C, n], 1 with probability sigmoid(β_r(x + bias_r)).
 * `bias` [R, n], or [1, n] for all; `betas` [R]; `keys` int32 [R, 2], the two words of each replica's key.
 */
export function sampleReplicas(
	x: Tensor3D,
	bias: Tensor2D,
	betas: Tensor1D,
	keys: Tensor2D,
	counter: number
): Tensor3D {
	return run(sampleReplicasKernel, { x, bias, betas, keys }, { counter }) as Tensor3D;
}
