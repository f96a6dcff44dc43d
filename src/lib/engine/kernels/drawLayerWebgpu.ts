// DrawLayer on WebGPU: a half-sweep in one dispatch, the logistic function and the coins behind the matrix product
// while its sums are still in registers. The words of the generator are those of SampleUnits.
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { drawUniforms, drawWgsl } from './draw';
import type { LayerAttributes } from './drawLayer';
import { dispatch } from './webgpuDispatch';
import { tiledProductWgsl, tilingOf } from './tiledProduct';

const ending = (drawn: boolean, probabilities: boolean): string => `
	${drawn ? 'let words = drawWords(row, block);' : ''}
	for (var k = 0; k < count; k = k + 1) {
		let t = uniforms.beta * (sums[k] + Bias[column + k]);
		let p = 1.0 / (1.0 + exp(clamp(-t, -80.0, 80.0)));
		let at = row * uniforms.columns + column + k;
		${drawn ? 'Drawn[at] = select(0.0, 1.0, uniformOf(words[k]) < p);' : ''}
		${probabilities ? 'Probabilities[at] = p;' : ''}
	}`;

/** States, then probabilities, those asked for: see drawLayer.ts. */
export function drawLayerOnWebGPU(
	backend: WebGPUBackend,
	[states, weights, bias]: readonly TensorInfo[],
	{ beta, transposed, draw, probabilities }: LayerAttributes
): TensorInfo[] {
	const [rows, inner] = states.shape;
	const columns = bias.shape[0];
	const tiling = tilingOf(rows, columns);
	return dispatch(backend, {
		key: `DrawLayer ${tiling.quads} ${tiling.each} ${transposed} ${draw !== null} ${probabilities}`,
		inputs: [
			{ name: 'States', tensor: states },
			{ name: 'Weights', tensor: weights },
			{ name: 'Bias', tensor: bias }
		],
		outputs: [
			...(draw ? [{ name: 'Drawn', shape: [rows, columns] }] : []),
			...(probabilities ? [{ name: 'Probabilities', shape: [rows, columns] }] : [])
		],
		uniforms: [
			{ name: 'rows', type: 'int32', value: rows },
			{ name: 'inner', type: 'int32', value: inner },
			{ name: 'columns', type: 'int32', value: columns },
			{ name: 'beta', type: 'float32', value: beta },
			...(draw ? drawUniforms(draw) : [])
		],
		workgroups: tiling.workgroups,
		code: () =>
			tiledProductWgsl({
				tiling,
				rows: 'uniforms.rows',
				columns: 'uniforms.columns',
				inner: 'uniforms.inner',
				left: { element: 'States[outer * uniforms.inner + inner]', innerFirst: true },
				right: transposed
					? { element: 'Weights[outer * uniforms.inner + inner]', innerFirst: true }
					: { element: 'Weights[inner * uniforms.columns + outer]', innerFirst: false },
				ending: ending(draw !== null, probabilities),
				prelude: draw ? drawWgsl : ''
			})
	});
}
