// One contender in one module worker of its own, as the app computes in one: started by host.ts, told what to do.
import * as Comlink from 'comlink';
import { engine, memory } from '@tensorflow/tfjs-core';
import { chooseBackend, type BackendName } from '../../src/lib/engine/backend';
import { Unavailable, type Contender, type Side, type Size, type Workload } from './contender';
import { gpuCounts, installGpuCounter, resetGpuCounts, type GpuCounts } from './gpuCounter';

const workloads = import.meta.glob<{ workload: Workload }>('./workloads/*.ts');

export interface Start {
	readonly workload: string;
	readonly side: Side;
	readonly backend: BackendName;
	readonly size: Size;
	/** count what WebGPU is asked for */
	readonly counting?: boolean;
}

export type Started =
	| { readonly ok: true; readonly amount: number; readonly note: string; readonly backend: string }
	| { readonly ok: false; readonly why: string };

let contender: Contender | null = null;

const api = {
	/** Chooses the backend and builds the contender. */
	async start({ workload, side, backend, size, counting }: Start): Promise<Started> {
		const load = workloads[`./workloads/${workload}.ts`];
		if (!load) throw new Error(`There is no workload "${workload}".`);
		if (counting) installGpuCounter();
		const choice = await chooseBackend({ order: [backend], allowSoftware: true });
		try {
			contender = await (await load()).workload.make(side, size);
		} catch (error) {
			if (error instanceof Unavailable) return { ok: false, why: error.message };
			throw error;
		}
		return { ok: true, amount: contender.amount, note: contender.note ?? '', backend: choice.reason };
	},
	/** Seconds that `times` goes take. */
	async run(times: number): Promise<number> {
		const start = performance.now();
		await contender!.run(times);
		return (performance.now() - start) / 1000;
	},
	/** What WebGPU is asked for in `times` goes, after a first one that compiles and fills caches. */
	async count(times: number): Promise<GpuCounts> {
		await contender!.run(1);
		resetGpuCounts();
		await contender!.run(times);
		return gpuCounts();
	},
	/** Memory that the backend holds, in bytes: tensors, and the whole wasm heap where there is one. */
	memory(): { readonly tensors: number; readonly tensorBytes: number; readonly heapBytes: number } {
		const { numTensors, numBytes } = memory();
		const wasm = (engine().backend as { wasm?: { HEAPU8: Uint8Array } }).wasm;
		return { tensors: numTensors, tensorBytes: numBytes, heapBytes: wasm?.HEAPU8.byteLength ?? 0 };
	},
	stop(): void {
		contender?.dispose();
		contender = null;
	}
};

export type BenchWorker = typeof api;

Comlink.expose(api);
