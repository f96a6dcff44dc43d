// Our SIMD module, living in the heap of tfjs's wasm backend: tensors are pointers to it, nothing is copied. Loaded
// once a backend; without SIMD, or when it cannot be fetched, kernels fall back to plain code.
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import plainUrl from './kernels.wasm?url';
import sharedUrl from './kernels-shared.wasm?url';
import { startThreads, type ThreadPool } from './threads';

type Numeric = (...numbers: number[]) => number;

/** Functions whose last three arguments are scratch, from and to: threads share their work. */
export type Shared =
	| 'dotRows'
	| 'drawLayer'
	| 'enumerateStates'
	| 'gaussianNoise'
	| 'langevinRun'
	| 'langevinUpdate'
	| 'logConditional'
	| 'malaRun'
	| 'multiplyBits'
	| 'sampleUnits'
	| 'splittingRun'
	| 'stepWeights'
	| 'sumSoftplus'
	| 'unitProbabilities';
type Alone =
	| 'countBits'
	| 'drawLayerScratch'
	| 'enumerateScratch'
	| 'packColumns'
	| 'packRows'
	| 'productScratch'
	| 'softplusScratch'
	| 'stackRows'
	| 'stepWeightsScratch'
	| 'tileScratch';

/** What the module exports. */
export type Exports = Readonly<Record<Shared | Alone, Numeric>>;

/** Outputs of a tile in products (product.as). */
export const TILE = 32;

/** The backend's Emscripten module, as far as we need it. */
interface Emscripten {
	_malloc(bytes: number): number;
	_free(pointer: number): void;
	HEAPU8: Uint8Array;
	/** the threaded build's memory */
	wasmMemory?: WebAssembly.Memory;
	/** the plain build's exports, its memory among them */
	asm?: { memory?: WebAssembly.Memory };
}

export interface Simd {
	readonly exports: Exports;
	/** threads that share a call, this one included */
	readonly threads: number;
	/** where a tensor lies in the heap */
	pointer(tensor: TensorInfo): number;
	/** at least `bytes` bytes of heap, valid until the next call; 64-byte aligned */
	scratch(bytes: number): number;
	float32(pointer: number, length: number): Float32Array;
	float64(pointer: number, length: number): Float64Array;
	int32(pointer: number, length: number): Int32Array;
	/**
	 * Calls name(…numbers, scratch, from, to) for parts of 0…count−1 that together make the whole, in steps of
	 * `grain`, on every thread; `scratchBytes` each, placed at and after `scratch`.
	 */
	share(name: Shared, numbers: readonly number[], work: Work): void;
	dispose(): void;
}

export interface Work {
	readonly count: number;
	readonly grain: number;
	/** scratch for all threads: threads·scratchBytes bytes at this pointer */
	readonly scratch: number;
	/** bytes a thread, a multiple of 64 */
	readonly scratchBytes: number;
	/** what one thread needs for all of it, roughly, in nanoseconds */
	readonly cost: number;
}

/** Bytes rounded up to whole cache lines. */
export const aligned = (bytes: number): number => Math.ceil(bytes / 64) * 64;

const loaded = new WeakMap<BackendWasm, Simd>();

/** The module of a backend, or null where it was not loaded. */
export function simdOf(backend: BackendWasm): Simd | null {
	return loaded.get(backend) ?? null;
}

/** Work of fewer nanoseconds is not shared out: waking a thread takes some ten thousand. */
const ALONE_BELOW = 100_000;

function make(
	backend: BackendWasm,
	exports: Exports,
	memory: WebAssembly.Memory,
	pool: ThreadPool | null
): Simd {
	const wasm = backend.wasm as unknown as Emscripten;
	let block = 0;
	let size = 0;
	const threads = pool?.threads ?? 1;
	return {
		exports,
		threads,
		pointer: (tensor) => backend.getMemoryOffset(tensor.dataId),
		scratch(bytes) {
			if (bytes > size) {
				if (block) wasm._free(block);
				size = aligned(bytes * 1.25);
				block = wasm._malloc(size + 64) >>> 0;
			}
			return aligned(block);
		},
		float32: (pointer, length) => new Float32Array(memory.buffer, pointer, length),
		float64: (pointer, length) => new Float64Array(memory.buffer, pointer, length),
		int32: (pointer, length) => new Int32Array(memory.buffer, pointer, length),
		share(name, numbers, work) {
			if (pool && work.cost > ALONE_BELOW && work.count > work.grain) pool.share(name, numbers, work);
			else exports[name](...numbers, work.scratch, 0, work.count);
		},
		dispose() {
			pool?.stop();
			loaded.delete(backend);
		}
	};
}

/**
 * Loads the module into the backend's heap, with `threads` threads where that heap is shared. Returns null, and says
 * why on the console, when that fails; the engine then computes without it.
 */
export async function loadSimd(backend: BackendWasm, threads: number): Promise<Simd | null> {
	const known = simdOf(backend);
	if (known) return known;
	const wasm = backend.wasm as unknown as Emscripten;
	const memory = wasm.wasmMemory ?? wasm.asm?.memory;
	try {
		if (!memory) throw new Error('tfjs keeps its memory to itself.');
		const shared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
		const response = await fetch(shared ? sharedUrl : plainUrl);
		if (!response.ok) throw new Error(`The server answers ${response.status}.`);
		const module = await WebAssembly.compile(await response.arrayBuffer());
		const instance = await WebAssembly.instantiate(module, { env: { memory } });
		const exports = instance.exports as unknown as Exports;
		const pool = shared && threads > 1 ? await startThreads(module, memory, exports, threads) : null;
		const simd = make(backend, exports, memory, pool);
		loaded.set(backend, simd);
		return simd;
	} catch (error) {
		console.warn(`The SIMD kernels are not used: ${error instanceof Error ? error.message : error}`);
		return null;
	}
}
