// Svd: thin singular value decompositions of a batch, packed [count, rows + columns + 1, r] as U, V, s. One dispatch
// on WebGPU (svdJacobi.ts); float64 in plain code elsewhere (svdHost.ts).
import { engine, registerKernel, type Tensor3D, type TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { HostArray } from './kernel';
import { svdHost } from './svdHost';
import { jacobiSvdWebgpu } from './svdJacobi';

type CpuBackend = {
	data: { get(id: object): { values: HostArray } };
	makeTensorInfo(shape: number[], dtype: string, values: HostArray): TensorInfo;
};

const packedShape = ([count, m, n]: readonly number[]) => [count, m + n + 1, Math.min(m, n)];

export function registerSvd(): void {
	registerKernel({
		kernelName: 'Svd',
		backendName: 'cpu',
		kernelFunc: ({ inputs, backend }) => {
			const cpu = backend as unknown as CpuBackend;
			const { a } = inputs as { a: TensorInfo };
			const shape = packedShape(a.shape);
			const out = new Float32Array(shape.reduce((product, n) => product * n, 1));
			svdHost(out, cpu.data.get(a.dataId).values, a.shape);
			return cpu.makeTensorInfo(shape, 'float32', out);
		}
	});
	registerKernel({
		kernelName: 'Svd',
		backendName: 'wasm',
		kernelFunc: ({ inputs, backend }) => {
			const wasm = backend as BackendWasm;
			const { a } = inputs as { a: TensorInfo };
			const out = wasm.makeOutput(packedShape(a.shape), 'float32');
			svdHost(wasm.typedArrayFromHeap(out) as Float32Array, wasm.typedArrayFromHeap(a) as HostArray, a.shape);
			return out;
		}
	});
	registerKernel({
		kernelName: 'Svd',
		backendName: 'webgpu',
		kernelFunc: ({ inputs, attrs, backend }) => {
			const { a } = inputs as { a: TensorInfo };
			const { forceStorage } = attrs as unknown as { forceStorage: boolean };
			const [count, m, n] = a.shape;
			const transposed = m < n;
			const batch = { count, rows: Math.max(m, n), columns: Math.min(m, n), transposed };
			return jacobiSvdWebgpu(backend as WebGPUBackend, a, batch, forceStorage);
		}
	});
}

/** The kernel's raw result; svd.ts takes it apart. */
export function runSvd(a: Tensor3D, forceStorage: boolean): Tensor3D {
	return engine().runKernel('Svd', { a }, { forceStorage } as never) as Tensor3D;
}
