// Starts tfjs's WebGPU backend on a device of our own, so that its limits are chosen here, its errors are heard, and
// a lost device can be replaced.
import { removeBackend, registerBackend, type KernelBackend } from '@tensorflow/tfjs-core';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

type Loss = { readonly name: 'webgpu'; readonly kind: 'lost' | 'error'; readonly message: string };

let device: GPUDevice | null = null;

/** Software adapters by what they call themselves, for browsers that do not flag them. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render|warp/i;

function isSoftware(adapter: GPUAdapter): boolean {
	const info = adapter.info as GPUAdapterInfo & { isFallbackAdapter?: boolean };
	const flagged = (adapter as GPUAdapter & { isFallbackAdapter?: boolean }).isFallbackAdapter;
	const named = [info?.vendor, info?.architecture, info?.device, info?.description].join(' ');
	return Boolean(info?.isFallbackAdapter ?? flagged) || SOFTWARE.test(named);
}

async function requestDevice(adapter: GPUAdapter): Promise<GPUDevice> {
	const limits = adapter.limits;
	return adapter.requestDevice({
		requiredFeatures: adapter.features.has('timestamp-query') ? ['timestamp-query'] : [],
		requiredLimits: {
			maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
			maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
			maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
			maxBufferSize: limits.maxBufferSize,
			maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
			maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup
		}
	});
}

/**
 * Requests a device and registers it as tfjs's 'webgpu' backend; returns a sentence on the adapter. Throws, with the
 * reason, where there is none or only a software one that was not asked for. `lose` hears the device's end.
 */
export async function startWebGPU(allowSoftware: boolean, lose: (loss: Loss) => void): Promise<string> {
	const gpu = globalThis.navigator?.gpu;
	if (!gpu) throw new Error('this browser offers no WebGPU here.');
	const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
	if (!adapter) throw new Error('WebGPU finds no adapter on this machine.');
	const software = isSoftware(adapter);
	if (software && !allowSoftware) throw new Error('the only WebGPU adapter is a slow software one.');
	const own = await requestDevice(adapter);
	own.onuncapturederror = (event) => {
		// tfjs hears nothing of a broken shader or binding and would go on with stale numbers.
		console.error(event.error);
		lose({ name: 'webgpu', kind: 'error', message: event.error.message });
	};
	void own.lost.then((info) => {
		if (own === device)
			lose({ name: 'webgpu', kind: 'lost', message: info.message || 'The device was lost.' });
	});
	removeBackend('webgpu');
	device = own;
	registerBackend('webgpu', () => new WebGPUBackend(own, adapter.info), 3);
	const name =
		[adapter.info?.vendor, adapter.info?.architecture].filter(Boolean).join(' ') || 'unnamed adapter';
	return software ? `a software adapter (${name}), on request.` : `the GPU (${name}).`;
}

/** Submits what is recorded and waits for the device to finish it. */
export async function webgpuDone(backend: KernelBackend): Promise<void> {
	const gpu = backend as WebGPUBackend;
	gpu.ensureCommandEncoderReady();
	gpu.endComputePassEncoder();
	gpu.submitQueue();
	await gpu.device.queue.onSubmittedWorkDone();
}

/** Destroys the device in use. */
export function destroyDevice(): void {
	device?.destroy();
}
