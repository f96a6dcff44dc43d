// What a kernel of ours is: one name registered with tfjs for webgpu as a shader, and for wasm and cpu as plain code
// on typed arrays. One file a kernel; registerAll.ts lists them.
import { engine, registerKernel, Tensor, type KernelBackend, type TensorInfo } from '@tensorflow/tfjs-core';
import { webgpu_util, type WebGPUBackend, type WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

export type HostArray = Float32Array | Int32Array;

/** What comes out of a kernel. */
export interface Output {
	readonly shape: number[];
	readonly dtype: 'float32' | 'int32';
}

/** A dispatch on WebGPU: invocations, one workgroup dimension; shader text that must use every input and uniform. */
export interface Shader {
	/** names of the inputs, in order, as the storage arrays of the shader */
	readonly variables: readonly string[];
	/** fields of the uniform struct, in order */
	readonly uniforms: ReadonlyArray<{
		readonly name: string;
		readonly type: 'float32' | 'int32' | 'uint32';
		readonly value: number;
	}>;
	readonly invocations: number;
	/** everything that changes the text besides ranks and dtypes must be in it */
	readonly key: string;
	/** functions in front of the kernel */
	readonly prelude?: string;
	/** body of `fn main(index : i32)`, for index in 0…invocations−1 */
	readonly body: string;
}

export interface Kernel<Attributes extends object> {
	readonly name: string;
	output(inputs: readonly TensorInfo[], attributes: Attributes): Output;
	/** fills `out`; inputs as flat arrays in order */
	host(
		out: HostArray,
		inputs: readonly HostArray[],
		infos: readonly TensorInfo[],
		attributes: Attributes
	): void;
	/** the wasm backend's faster way where there is one; false: not taken, use `host` */
	wasm?(
		out: TensorInfo,
		inputs: readonly TensorInfo[],
		attributes: Attributes,
		backend: BackendWasm
	): boolean;
	shader(inputs: readonly TensorInfo[], attributes: Attributes): Shader;
}

const WORKGROUP = 64;
const wgslType = { float32: 'f32', int32: 'i32', uint32: 'u32' } as const;

function runOnWebGPU(
	shader: Shader,
	inputs: readonly TensorInfo[],
	out: Output,
	backend: WebGPUBackend
): TensorInfo {
	const layout = webgpu_util.flatDispatchLayout(out.shape);
	const program: WebGPUProgram = {
		variableNames: [...shader.variables],
		uniforms: ['invocations : i32,', ...shader.uniforms.map((u) => `${u.name} : ${wgslType[u.type]},`)].join(
			' '
		),
		outputShape: out.shape,
		workgroupSize: [WORKGROUP, 1, 1],
		dispatchLayout: layout,
		dispatch: [Math.max(1, Math.ceil(shader.invocations / WORKGROUP)), 1, 1],
		shaderKey: shader.key,
		getUserCode: () =>
			`${shader.prelude ?? ''}\nfn main(index : i32) {\nif (index >= uniforms.invocations) { return; }\n${shader.body}\n}`
	};
	const values = shader.uniforms.map((u) => ({ type: u.type, data: [u.value] }));
	return backend.runWebGPUProgram(program, [...inputs], out.dtype, [
		{ type: 'int32', data: [shader.invocations] },
		...values
	]);
}

type CpuBackend = KernelBackend & {
	data: { get(id: object): { values: HostArray } };
	makeTensorInfo(shape: number[], dtype: string, values: HostArray): TensorInfo;
};

function zeros(out: Output): HostArray {
	const size = out.shape.reduce((product, n) => product * n, 1);
	return out.dtype === 'int32' ? new Int32Array(size) : new Float32Array(size);
}

const ordered = (inputs: object): TensorInfo[] => Object.values(inputs) as TensorInfo[];

/** Registers a kernel with the three backends. */
export function register<Attributes extends object>(kernel: Kernel<Attributes>): void {
	registerKernel({
		kernelName: kernel.name,
		backendName: 'cpu',
		kernelFunc: ({ inputs, attrs, backend }) => {
			const infos = ordered(inputs);
			const attributes = attrs as unknown as Attributes;
			const cpu = backend as CpuBackend;
			const out = kernel.output(infos, attributes);
			const values = zeros(out);
			const arrays = infos.map((info) => cpu.data.get(info.dataId).values);
			kernel.host(values, arrays, infos, attributes);
			return cpu.makeTensorInfo(out.shape, out.dtype, values);
		}
	});
	registerKernel({
		kernelName: kernel.name,
		backendName: 'wasm',
		kernelFunc: ({ inputs, attrs, backend }) => {
			const infos = ordered(inputs);
			const attributes = attrs as unknown as Attributes;
			const wasm = backend as BackendWasm;
			const { shape, dtype } = kernel.output(infos, attributes);
			// The output first: making it may grow the heap, which detaches every view of it.
			const out = wasm.makeOutput(shape, dtype);
			if (kernel.wasm?.(out, infos, attributes, wasm)) return out;
			const arrays = infos.map((info) => wasm.typedArrayFromHeap(info) as HostArray);
			kernel.host(wasm.typedArrayFromHeap(out) as HostArray, arrays, infos, attributes);
			return out;
		}
	});
	registerKernel({
		kernelName: kernel.name,
		backendName: 'webgpu',
		kernelFunc: ({ inputs, attrs, backend }) => {
			const infos = ordered(inputs);
			const attributes = attrs as unknown as Attributes;
			const out = kernel.output(infos, attributes);
			return runOnWebGPU(kernel.shader(infos, attributes), infos, out, backend as WebGPUBackend);
		}
	});
}

/** Runs a kernel on the current backend. `inputs` in the kernel's order. */
export function run<Attributes extends object>(
	kernel: Kernel<Attributes>,
	inputs: Record<string, Tensor>,
	attributes: Attributes
): Tensor {
	return engine().runKernel(kernel.name, inputs, attributes as never) as Tensor;
}
