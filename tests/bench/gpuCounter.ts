// Counts what a program asks of WebGPU, at the API itself, so that it holds for any library above it: dispatches,
// submissions, bytes mapped for reading, bytes uploaded. These counts do not depend on the machine.

export interface GpuCounts {
	readonly dispatches: number;
	readonly submissions: number;
	/** bytes of buffers mapped for reading */
	readonly bytesRead: number;
	/** bytes given to queue.writeBuffer or in buffers mapped at creation */
	readonly bytesWritten: number;
}

const counts = { dispatches: 0, submissions: 0, bytesRead: 0, bytesWritten: 0 };

/** Wraps a method so that `note` sees each call before it happens. */
function watch<T extends object>(
	prototype: T,
	name: keyof T,
	note: (self: never, args: never[]) => void
): void {
	const original = prototype[name] as (...args: unknown[]) => unknown;
	prototype[name] = function (this: unknown, ...args: unknown[]) {
		note(this as never, args as never[]);
		return original.apply(this, args);
	} as T[keyof T];
}

let installed = false;

/** Starts to count, once a worker. Throws where there is no WebGPU. */
export function installGpuCounter(): void {
	if (installed) return;
	if (!globalThis.navigator?.gpu)
		throw new Error('This browser offers no WebGPU here, so nothing can be counted.');
	installed = true;
	watch(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', () => counts.dispatches++);
	watch(GPUComputePassEncoder.prototype, 'dispatchWorkgroupsIndirect', () => counts.dispatches++);
	watch(GPUQueue.prototype, 'submit', () => counts.submissions++);
	watch(GPUQueue.prototype, 'writeBuffer', (_queue, [, , data, offset, size]: unknown[]) => {
		const source = data as ArrayBuffer | ArrayBufferView;
		const bytes = 'BYTES_PER_ELEMENT' in source ? (source as Uint8Array).BYTES_PER_ELEMENT : 1;
		const given = size as number | undefined;
		counts.bytesWritten +=
			given === undefined ? source.byteLength - ((offset as number) ?? 0) * bytes : given * bytes;
	});
	watch(GPUDevice.prototype, 'createBuffer', (_device, [descriptor]: GPUBufferDescriptor[]) => {
		if (descriptor.mappedAtCreation) counts.bytesWritten += descriptor.size;
	});
	watch(GPUBuffer.prototype, 'mapAsync', (buffer: GPUBuffer, [mode, offset, size]: unknown[]) => {
		if ((mode as number) & GPUMapMode.READ)
			counts.bytesRead += (size as number | undefined) ?? buffer.size - ((offset as number) ?? 0);
	});
}

export function resetGpuCounts(): void {
	counts.dispatches = counts.submissions = counts.bytesRead = counts.bytesWritten = 0;
}

export function gpuCounts(): GpuCounts {
	return { ...counts };
}
