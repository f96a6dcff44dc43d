// One dispatch of a shader of our own with several outputs, recorded among tfjs's own in the order of the calls: tfjs's
// programs have one output only. What is recorded is submitted together with tfjs's, a batch at a time.
import { env, type TensorInfo } from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

/** A storage array of a shader. */
interface Binding {
	readonly name: string;
	readonly tensor: TensorInfo;
}

export interface Uniform {
	readonly name: string;
	readonly type: 'float32' | 'int32' | 'uint32';
	readonly value: number;
}

/** Storage buffers that every WebGPU device takes in one shader. */
const MOST_BUFFERS = 8;

export interface Dispatch {
	/** everything that changes the text of `code` or of the bindings must be in it */
	readonly key: string;
	readonly inputs: readonly Binding[];
	/** float32; made here */
	readonly outputs: ReadonlyArray<{ readonly name: string; readonly shape: number[] }>;
	/** fields of `uniforms`, in order */
	readonly uniforms: readonly Uniform[];
	/** WGSL with an entry point `main`, without the declarations of the above */
	readonly code: () => string;
	readonly workgroups: readonly [number, number];
}

/** What tfjs 4.22 keeps of a recording; its own programs go through the same. */
interface Recording {
	commandEncoder: GPUCommandEncoder;
	computePassEncoder: GPUComputePassEncoder | null;
	commandQueueOwnedIds: WeakSet<object>;
	dispatchCountInPass: number;
	makeUniforms(fields: { type: string; data: number[] }[]): GPUBufferBinding;
}

const wgslType = { float32: 'f32', int32: 'i32', uint32: 'u32' } as const;

function declarations({ inputs, outputs, uniforms }: Dispatch): string {
	const array = (at: number, access: string, name: string, type: 'f32' | 'i32') =>
		`@group(0) @binding(${at}) var<storage, ${access}> ${name} : array<${type}>;`;
	return [
		`struct Uniforms { ${uniforms.map((u) => `${u.name} : ${wgslType[u.type]},`).join(' ')} }`,
		...outputs.map(({ name }, i) => array(i, 'read_write', name, 'f32')),
		...inputs.map(({ name, tensor }, i) =>
			array(outputs.length + i, 'read', name, tensor.dtype === 'int32' ? 'i32' : 'f32')
		),
		`@group(0) @binding(${outputs.length + inputs.length}) var<uniform> uniforms : Uniforms;\n`
	].join('\n');
}

const pipelines = new WeakMap<GPUDevice, Map<string, GPUComputePipeline>>();

function pipelineOf(device: GPUDevice, dispatch: Dispatch): GPUComputePipeline {
	let known = pipelines.get(device);
	if (!known) pipelines.set(device, (known = new Map()));
	let pipeline = known.get(dispatch.key);
	if (!pipeline) {
		const module = device.createShaderModule({ code: declarations(dispatch) + dispatch.code() });
		pipeline = device.createComputePipeline({ layout: 'auto', compute: { module, entryPoint: 'main' } });
		known.set(dispatch.key, pipeline);
	}
	return pipeline;
}

/** Records the dispatch and returns its outputs. @throws RangeError for more buffers or workgroups than devices take. */
export function dispatch(backend: WebGPUBackend, what: Dispatch): TensorInfo[] {
	const { inputs, uniforms, workgroups } = what;
	if (inputs.length + what.outputs.length > MOST_BUFFERS)
		throw new RangeError(`A shader takes ${MOST_BUFFERS} buffers.`);
	if (Math.max(...workgroups) > backend.device.limits.maxComputeWorkgroupsPerDimension)
		throw new RangeError('More workgroups than this device dispatches at once.');
	const outputs = what.outputs.map(({ shape }) => backend.makeTensorInfo(shape, 'float32'));
	const tensors = [...outputs, ...inputs.map(({ tensor }) => tensor)];
	for (const { dataId } of tensors) backend.uploadToGPU(dataId);
	const pipeline = pipelineOf(backend.device, what);
	const recording = backend as unknown as Recording;
	const entries = tensors
		.map(({ dataId }): GPUBindingResource => ({
			buffer: backend.tensorMap.get(dataId).resource as GPUBuffer
		}))
		.concat(recording.makeUniforms(uniforms.map(({ type, value }) => ({ type, data: [value] }))))
		.map((resource, binding) => ({ binding, resource }));
	const group = backend.device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
	// Their buffers go back to the pool only when what is recorded has been submitted.
	for (const { dataId } of tensors) recording.commandQueueOwnedIds.add(dataId);
	backend.ensureCommandEncoderReady();
	recording.computePassEncoder ??= recording.commandEncoder.beginComputePass();
	recording.computePassEncoder.setPipeline(pipeline);
	recording.computePassEncoder.setBindGroup(0, group);
	recording.computePassEncoder.dispatchWorkgroups(...workgroups);
	recording.dispatchCountInPass++;
	if (env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE') <= recording.dispatchCountInPass) {
		backend.endComputePassEncoder();
		backend.submitQueue();
	}
	return outputs;
}
