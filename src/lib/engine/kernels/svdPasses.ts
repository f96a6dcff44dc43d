// Dispatches of our own on tfjs's device, for shaders with several outputs or hundreds of rounds, which tfjs's programs
// do not do. What tfjs has recorded goes to the queue first, so that order is kept.
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

const pipelines = new WeakMap<GPUDevice, Map<string, GPUComputePipeline>>();

/** The pipeline of a shader, entry point `main`; made once a device. */
export function pipelineFor(device: GPUDevice, code: string): GPUComputePipeline {
	let known = pipelines.get(device);
	if (!known) pipelines.set(device, (known = new Map()));
	let pipeline = known.get(code);
	if (!pipeline) {
		const module = device.createShaderModule({ code });
		pipeline = device.createComputePipeline({ layout: 'auto', compute: { module, entryPoint: 'main' } });
		known.set(code, pipeline);
	}
	return pipeline;
}

/** The buffer that holds a tensor's values on the device. */
export function bufferOf(backend: WebGPUBackend, tensor: TensorInfo): GPUBuffer {
	backend.uploadToGPU(tensor.dataId);
	return backend.tensorMap.get(tensor.dataId).resource as GPUBuffer;
}

/** A new float32 tensor and its buffer. */
export function newTensor(backend: WebGPUBackend, shape: number[]): TensorInfo {
	const tensor = backend.makeTensorInfo(shape, 'float32');
	backend.uploadToGPU(tensor.dataId);
	return tensor;
}

/** Hands what tfjs has recorded to the queue. */
export function flush(backend: WebGPUBackend): void {
	backend.ensureCommandEncoderReady();
	backend.endComputePassEncoder();
	backend.submitQueue();
}

/** Records dispatches in one pass and submits it. */
export function submit(device: GPUDevice, record: (pass: GPUComputePassEncoder) => void): void {
	const encoder = device.createCommandEncoder();
	const pass = encoder.beginComputePass();
	record(pass);
	pass.end();
	device.queue.submit([encoder.finish()]);
}

/** Workgroup counts for `count` workgroups on a line, folded where a dimension allows no more. */
export function folded(device: GPUDevice, count: number): [number, number] {
	const x = Math.min(count, device.limits.maxComputeWorkgroupsPerDimension);
	return [x, Math.ceil(count / x)];
}
