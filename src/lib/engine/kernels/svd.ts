// Svd: thin singular value decompositions of a batch, three outputs: shaders on WebGPU (svdWebgpu.ts), the float64 module
// elsewhere (svdFloat64.ts).
import { engine, registerKernel, type Tensor, type Tensor3D, type TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { svdBatch } from '../svdFloat64';
import type { HostArray } from './kernel';
import { svdWebgpu } from './svdWebgpu';

type CpuBackend = {
	data: { get(id: object): { values: HostArray } };
	makeTensorInfo(shape: number[], dtype: string, values: HostArray): TensorInfo;
};

/** Shapes of u, s and v. */
function shapes([count, m, n]: readonly number[]): [number[], number[], number[]] {
	const r = Math.min(m, n);
	return [
		[count, m, r],
		[count, r],
		[count, n, r]
	];
}

const product = (shape: readonly number[]): number => shape.reduce((total, n) => total * n, 1);

export function registerSvd(): void {
	registerKernel({
		kernelName: 'Svd',
		backendName: 'cpu',
		kernelFunc: ({ inputs, backend }) => {
			const cpu = backend as unknown as CpuBackend;
			const { a } = inputs as { a: TensorInfo };
			const [count, m, n] = a.shape;
			const parts = shapes(a.shape).map((shape) => ({ shape, values: new Float32Array(product(shape)) }));
			const [u, s, v] = parts.map((part) => part.values);
			svdBatch(count, m, n, cpu.data.get(a.dataId).values, u, s, v);
			return parts.map(({ shape, values }) => cpu.makeTensorInfo(shape, 'float32', values));
		}
	});
	registerKernel({
		kernelName: 'Svd',
		backendName: 'wasm',
		kernelFunc: ({ inputs, backend }) => {
			const wasm = backend as BackendWasm;
			const { a } = inputs as { a: TensorInfo };
			const [count, m, n] = a.shape;
			// All outputs first: making one may grow the heap, which detaches every view of it.
			const outputs = shapes(a.shape).map((shape) => wasm.makeOutput(shape, 'float32'));
			const [u, s, v] = outputs.map((out) => wasm.typedArrayFromHeap(out) as Float32Array);
			svdBatch(count, m, n, wasm.typedArrayFromHeap(a) as HostArray, u, s, v);
			return outputs;
		}
	});
	registerKernel({
		kernelName: 'Svd',
		backendName: 'webgpu',
		kernelFunc: ({ inputs, attrs, backend }) => {
			const { a } = inputs as { a: TensorInfo };
			return svdWebgpu(backend as WebGPUBackend, a, (attrs as unknown as { blocks: boolean }).blocks);
		}
	});
}

/** Runs the kernel on the current backend: u, s, v. `blocks` as `svd` has it. */
export function runSvd(a: Tensor3D, blocks: boolean): Tensor[] {
	return engine().runKernel('Svd', { a }, { blocks } as never) as Tensor[];
}
