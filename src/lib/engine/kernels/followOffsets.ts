// FollowOffsets, webgpu only: the centring offsets of both layers follow a batch in one dispatch. Elsewhere the same is
// tensor operations (train.ts), its definition.
import { engine, registerKernel, type Tensor1D, type TensorInfo } from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { Offsets, Statistics } from '../gradient';
import { dispatch } from './webgpuDispatch';

interface FollowAttributes {
	readonly rate: number;
}

/** (1−rate)·offset + rate·mean of the rows, for both layers. */
function follow(
	backend: WebGPUBackend,
	[visible, hidden, mu, lambda]: readonly TensorInfo[],
	{ rate }: FollowAttributes
): TensorInfo[] {
	const [rows, N] = visible.shape;
	const M = hidden.shape[1];
	return dispatch(backend, {
		key: 'FollowOffsets',
		inputs: [
			{ name: 'Visible', tensor: visible },
			{ name: 'Hidden', tensor: hidden },
			{ name: 'Mu', tensor: mu },
			{ name: 'Lambda', tensor: lambda }
		],
		outputs: [
			{ name: 'NewMu', shape: [N] },
			{ name: 'NewLambda', shape: [M] }
		],
		uniforms: [
			{ name: 'N', type: 'int32', value: N },
			{ name: 'M', type: 'int32', value: M },
			{ name: 'rows', type: 'int32', value: rows },
			{ name: 'rate', type: 'float32', value: rate }
		],
		workgroups: [Math.ceil((N + M) / 64), 1],
		code: () => `
			@compute @workgroup_size(64, 1, 1)
			fn main(@builtin(global_invocation_id) place : vec3<u32>) {
				let unit = i32(place.x);
				var total = 0.0;
				if (unit < uniforms.N) {
					for (var r = 0; r < uniforms.rows; r = r + 1) { total = total + Visible[r * uniforms.N + unit]; }
					NewMu[unit] = mix(Mu[unit], total / f32(uniforms.rows), uniforms.rate);
				} else if (unit < uniforms.N + uniforms.M) {
					let j = unit - uniforms.N;
					for (var r = 0; r < uniforms.rows; r = r + 1) { total = total + Hidden[r * uniforms.M + j]; }
					NewLambda[j] = mix(Lambda[j], total / f32(uniforms.rows), uniforms.rate);
				}
			}`
	});
}

export function registerFollowOffsets(): void {
	registerKernel({
		kernelName: 'FollowOffsets',
		backendName: 'webgpu',
		kernelFunc: ({ inputs, attrs, backend }) =>
			follow(
				backend as WebGPUBackend,
				Object.values(inputs) as TensorInfo[],
				attrs as unknown as FollowAttributes
			)
	});
}

/** New offsets, `rate` of the way to the means of the rows, in one dispatch; webgpu only. The caller's. */
export function followOffsetsWebgpu(
	offsets: Offsets,
	{ visible, hidden }: Statistics,
	rate: number
): Offsets {
	const inputs = { visible, hidden, mu: offsets.visible, lambda: offsets.hidden };
	const attributes: FollowAttributes = { rate };
	const [mu, lambda] = engine().runKernel(
		'FollowOffsets',
		inputs,
		attributes as never
	) as never as Tensor1D[];
	return { visible: mu, hidden: lambda };
}
