// Starts tfjs's WebGPU backend on a device of our own, so that its limits are chosen here, its errors are heard, and
// a lost device can be replaced.
import {
	findBackendFactory,
	registerBackend,
	removeBackend,
	type KernelBackend
} from '@tensorflow/tfjs-core';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

type Loss = { readonly name: 'webgpu'; readonly kind: 'lost' | 'error'; readonly message: string };

/** The device registered with tfjs; null before the first and after its end. */
let current: { readonly device: GPUDevice; readonly software: boolean; readonly name: string } | null = null;

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

const sentence = (software: boolean, name: string): string =>
	software ? `a software adapter (${name}), on request.` : `the GPU (${name}).`;

/**
 * Requests a device and registers it as tfjs's 'webgpu' backend, or keeps the one that is alive; returns a sentence on
 * the adapter. Throws, with the reason, where there is none or only a software one that was not asked for. `lose`
 * hears the device's end.
 */
export async function startWebGPU(allowSoftware: boolean, lose: (loss: Loss) => void): Promise<string> {
	const gpu = globalThis.navigator?.gpu;
	if (!gpu) throw new Error('this browser offers no WebGPU here.');
	if (current && (allowSoftware || !current.software)) return sentence(current.software, current.name);
	const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
	if (!adapter) throw new Error('WebGPU finds no adapter on this machine.');
	const software = isSoftware(adapter);
	if (software && !allowSoftware) throw new Error('the only WebGPU adapter is a slow software one.');
	const device = await requestDevice(adapter);
	const end = (kind: Loss['kind'], message: string): void => {
		if (current?.device !== device) return;
		current = null;
		lose({ name: 'webgpu', kind, message });
	};
	device.onuncapturederror = ({ error }) => {
		// tfjs hears nothing of a broken shader or binding and would go on with stale numbers.
		if (current?.device === device) console.error(`WebGPU: ${error.message}`);
		end('error', error.message);
	};
	void device.lost.then((info) => end('lost', info.message || 'The device was lost.'));
	// tfjs registers a factory of its own on import; a dead device's may still be there too.
	if (findBackendFactory('webgpu')) removeBackend('webgpu');
	const name =
		[adapter.info?.vendor, adapter.info?.architecture].filter(Boolean).join(' ') || 'unnamed adapter';
	current = { device, software, name };
	registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info), 3);
	return sentence(software, name);
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
	current?.device.destroy();
}
