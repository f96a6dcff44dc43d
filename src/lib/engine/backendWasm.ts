// Starts tfjs's wasm backend: its files by URL, so that any base path works, and as many threads as there are cores
// when the page is cross-origin isolated.
import { env } from '@tensorflow/tfjs-core';
import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';

/** Beyond this many threads a product of the sizes used here gains nothing. */
const MAX_THREADS = 8;

/** Prepares the backend and says, in a sentence, in which form it will run. */
export async function startWasm(threads?: number): Promise<string> {
	if (typeof WebAssembly === 'undefined') throw new Error('this browser has no WebAssembly.');
	setWasmPaths({
		'tfjs-backend-wasm.wasm': plainUrl,
		'tfjs-backend-wasm-simd.wasm': simdUrl,
		'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl
	});
	// Left to itself tfjs takes half the cores, one on a machine of two.
	const cores = globalThis.navigator?.hardwareConcurrency ?? 1;
	const wanted = Math.max(1, Math.min(threads ?? cores, MAX_THREADS));
	const isolated = globalThis.crossOriginIsolated === true;
	setThreadsCount(wanted);
	const simd = await env().getAsync('WASM_HAS_SIMD_SUPPORT');
	const threaded = simd && wanted > 1 && isolated && (await env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT'));
	// A page that is not isolated may still pass tfjs's own test of a SharedArrayBuffer; then its threads would hang.
	if (!threaded) env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
	const form = simd ? 'with SIMD' : 'without SIMD';
	if (threaded) return `WebAssembly ${form} on ${wanted} threads.`;
	return `WebAssembly ${form} on one thread${isolated ? '' : ' (the page is not cross-origin isolated)'}.`;
}

/** Threads in use; 1 before the backend has started. */
export function wasmThreads(): number {
	try {
		return Math.max(1, getThreadsCount());
	} catch {
		return 1;
	}
}
