// SmearedVertices, webgpu only: the particles' start, random vertices with Gaussian noise, in one dispatch and without
// the tensors between them, which a million particles would fill hundreds of megabytes with. The numbers are those of
// SampleUnits at probability ½ and of GaussianNoise at the next counter (langevin.ts).
import { engine, registerKernel, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { Key } from '$lib/random/key';
import { philoxWgsl } from '$lib/random/philox.wgsl';
import { dispatch } from './webgpuDispatch';

interface Attributes {
	readonly particles: number;
	readonly units: number;
	readonly sigma: number;
	readonly key: Key;
}

const LANES = 64;

export function registerSmearedVertices(): void {
	registerKernel({
		kernelName: 'SmearedVertices',
		backendName: 'webgpu',
		kernelFunc: ({ attrs, backend }) => {
			const { particles, units, sigma, key } = attrs as unknown as Attributes;
			const blocks = Math.ceil(units / 4);
			const groups = Math.ceil((particles * blocks) / LANES);
			const across = Math.min(groups, 32_768);
			return dispatch(backend as WebGPUBackend, {
				key: 'SmearedVertices',
				inputs: [],
				outputs: [{ name: 'Z', shape: [particles, units] }],
				uniforms: [
					{ name: 'particles', type: 'int32', value: particles },
					{ name: 'units', type: 'int32', value: units },
					{ name: 'across', type: 'int32', value: across * LANES },
					{ name: 'sigma', type: 'float32', value: sigma },
					{ name: 'key0', type: 'uint32', value: key[0] },
					{ name: 'key1', type: 'uint32', value: key[1] }
				],
				workgroups: [across, Math.ceil(groups / across)],
				code: () => `${philoxWgsl}
					@compute @workgroup_size(${LANES}, 1, 1)
					fn main(@builtin(global_invocation_id) place : vec3<u32>) {
						let index = i32(place.y) * uniforms.across + i32(place.x);
						let blocks = (uniforms.units + 3) / 4;
						let row = index / blocks;
						if (row >= uniforms.particles) { return; }
						let block = index - row * blocks;
						let key = vec2<u32>(uniforms.key0, uniforms.key1);
						let coins = philox(vec4<u32>(u32(block), u32(row), 0u, 0u), key);
						let words = philox(vec4<u32>(u32(block), u32(row), 1u, 0u), key);
						let normals = vec4<f32>(boxMuller(words.x, words.y), boxMuller(words.z, words.w));
						for (var k = 0; k < min(4, uniforms.units - 4 * block); k = k + 1) {
							let vertex = select(0.0, 1.0, uniformOf(coins[k]) < 0.5);
							Z[row * uniforms.units + 4 * block + k] = vertex + uniforms.sigma * normals[k];
						}
					}`
			})[0];
		}
	});
}

/** Whether the current backend starts particles in one dispatch. */
export const startsAtOnce = (): boolean => engine().backendName === 'webgpu';

/** Uniformly random vertices plus N(0, σ²), [particles, units]: draws 0 and 1 of the key. Caller disposes. */
export function smearedVertices(particles: number, units: number, sigma: number, key: Key): Tensor2D {
	const attributes: Attributes = { particles, units, sigma, key };
	return engine().runKernel('SmearedVertices', {}, attributes as never) as Tensor as Tensor2D;
}
